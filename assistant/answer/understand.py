"""Second step: what was typed becomes questions with diacritics, facets, references and their topic."""

from __future__ import annotations

import dataclasses
import re
from functools import lru_cache
from pathlib import Path

import yaml

from assistant.answer.turn import Ask, Facet, Step, Turn
from assistant.answer.values import Message
from assistant.language.informal import legal_synonyms, understand_typing
from assistant.language.normalise import fold
from assistant.language.restore import Restorer
from assistant.law.citation import find_citations

RULES = Path(__file__).parent / "rules" / "questions.yaml"
MAX_ASKS = 4

# A new question starts after these; inside a sentence only before a connector that opens a question.
_BREAK = re.compile(
    r"[?!;\n]+|(?<=[^\d])\.\s+(?=\S)"
    r"|,?\s+(?=tiện (?:cho|thể)|nhân tiện|ngoài ra|với lại|cho (?:em|tôi) hỏi (?:thêm|luôn))"
)
_CHOICE = re.compile(
    r"^(?:chọn |lấy |ý |hỏi )?(?:cái|mục|số|câu|phần|thứ|ý|trường hợp)(?: thứ)? ?"
    r"(nhất|hai|ba|tư|bốn|năm|đầu tiên|đầu|cuối|\d)\b[^\w]*$"
)
_ASKS = re.compile(r"\b(?:không|nào|sao|gì|mấy|bao nhiêu|chưa|hay|được|đâu|ai|cách)\b")
_ORDINALS = {"nhất": 1, "đầu": 1, "đầu tiên": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "cuối": -1}
_LIST_ITEM = re.compile(r"(?:^|[\s:])(\d)[.)]\s+([^\d\n?;][^\n?;]*?)(?=\s+\d[.)]\s|[\n?;]|$)")
_CORRECTION = re.compile(
    r"^(?:à |ờ |ủa )?(?:không|nhầm|lộn|ý (?:tôi|em|mình|tui) là|quên)[,. ]+"
    r"(?:phải[,. ]+)?(?:ý (?:tôi|em|mình|tui) (?:là|hỏi) )?"
)
_CONTINUES = re.compile(r"^(?:thế|vậy|rồi|còn|thế còn|vậy còn|nếu|trường hợp)\b")


@lru_cache(maxsize=1)
def _rules() -> tuple[dict[Facet, re.Pattern[str]], frozenset[str]]:
    rows = yaml.safe_load(RULES.read_text(encoding="utf-8"))
    facets = {Facet(name): re.compile("|".join(patterns)) for name, patterns in rows["facets"].items()}
    return facets, frozenset(" ".join(rows["not_topic"]).split())


def facets_of(text: str) -> frozenset[Facet]:
    """Which sides of a procedure are asked for; empty: the question names none."""
    lowered = text.lower()
    return frozenset(facet for facet, pattern in _rules()[0].items() if pattern.search(lowered))


def topic_words(text: str) -> list[str]:
    """The words that say what is asked about: without question words, pronouns and the words of facets."""
    facets, not_topic = _rules()
    lowered = text.lower()
    for pattern in facets.values():
        lowered = pattern.sub(" ", lowered)
    return [word for word in re.findall(r"\w+", lowered) if word not in not_topic]


def split_questions(text: str) -> list[str]:
    """The separate questions of a message; a part without a topic of its own stays with its neighbour."""
    parts = [part.strip(" ,.") for part in _BREAK.split(text) if part and part.strip(" ,.")]
    asks: list[str] = []
    story: list[str] = []
    for part in parts:
        if asks and len(topic_words(part)) < 2:
            asks[-1] = f"{asks[-1]}, {part}"
        elif facets_of(part) or re.search(
            r"\b(?:không|nào|sao|gì|mấy|bao nhiêu|chưa|hay|được|đâu|ai|cách)\b", part.lower()
        ):
            asks.append(" ".join([*story, part]) if not asks else part)
            story = []
        else:
            story.append(part)
    if story:
        asks = [f"{asks[0]}, {' '.join(story)}", *asks[1:]] if asks else [" ".join(story)]
    if len(asks) > MAX_ASKS:
        asks = [*asks[: MAX_ASKS - 1], ", ".join(asks[MAX_ASKS - 1 :])]
    return asks


def chosen_item(text: str, history: tuple[Message, ...]) -> str | None:
    """“cái thứ hai” → the second item of the list that the assistant last offered."""
    match = _CHOICE.match(text.lower().strip())
    offered = next((m.content for m in reversed(history) if m.role == "assistant"), "")
    items = [item.strip(" *_") for _, item in _LIST_ITEM.findall(offered)]
    if not match or not items:
        return None
    word = match.group(1)
    place = int(word) if word.isdigit() else _ORDINALS[word]
    if place == -1:
        return items[-1]
    return items[place - 1] if 0 < place <= len(items) else None


def complete(text: str, history: tuple[Message, ...], restorer: Restorer) -> str:
    """A follow-up (“còn phí?”, “à không, ý tôi là …”) with the topic it leaves unsaid, taken from the history."""
    picked = chosen_item(text, history)
    if picked:
        earlier = _last_question(history, restorer)
        facets = facets_of(earlier) if earlier else frozenset()
        return f"{picked} {earlier}" if facets and not topic_words(earlier) else picked
    correction = _CORRECTION.match(text.lower())
    if correction and history:
        corrected = text[correction.end() :].strip()
        earlier = _last_question(history, restorer)
        asked = " ".join(_facet_words(earlier)) if not facets_of(corrected) else ""
        return f"{corrected} {asked}".strip() or text
    topic = topic_words(text)
    if history and (len(topic) < 2 or (_CONTINUES.match(text.lower()) and len(topic) < 5)):
        earlier = _last_question(history, restorer)
        if earlier:
            return f"{earlier.rstrip(' ?.')} {text}" if topic else f"{' '.join(topic_words(earlier))} {text}"
    return text


def _facet_words(text: str) -> list[str]:
    lowered = text.lower()
    return [m.group(0).strip() for p in _rules()[0].values() if (m := p.search(lowered))]


def _last_question(history: tuple[Message, ...], restorer: Restorer) -> str:
    """The latest message of the user that has a topic, as understood."""
    for message in reversed(history):
        if message.role == "user":
            text = understand_typing(message.content, restorer).text
            if len(topic_words(text)) >= 2:
                return text
    return ""


def understand(restorer: Restorer) -> Step:
    """The step: fills ``turn.asks``."""

    def step(turn: Turn) -> Turn:
        typed = understand_typing(turn.text, restorer)
        text = complete(typed.text, turn.question.history, restorer)
        asks = [_ask(part, turn.text) for part in split_questions(text) or [text]]
        return dataclasses.replace(turn, asks=tuple(asks))

    return step


def _ask(text: str, typed: str) -> Ask:
    plain = fold(typed) == typed.lower()
    return Ask(
        text=text,
        typed=fold(text) if plain else text,
        facets=facets_of(text),
        references=tuple(find_citations(text)),
        synonyms=legal_synonyms(text),
    )
