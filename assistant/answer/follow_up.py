"""A follow-up (“còn phí?”, “cái thứ hai”, “à không, ý tôi là …”) with the topic it leaves unsaid."""

from __future__ import annotations

import re

from assistant.answer.status import OFFER
from assistant.answer.topic import facet_words, facets_of, topic_words, without_facets
from assistant.answer.values import Message
from assistant.language.informal import understand_typing
from assistant.language.normalise import fold
from assistant.language.restore import Restorer

_CHOICE = re.compile(
    r"^(?:chọn |lấy |ý |hỏi )?(?:(?:cái|mục|số|câu|phần|thứ|ý|trường hợp)(?: thứ)? ?|(?=\d))"
    r"(nhất|hai|ba|tư|bốn|năm|đầu tiên|đầu|cuối|\d)\b[^\w]*$"
)
_ORDINALS = {"nhất": 1, "đầu": 1, "đầu tiên": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "cuối": -1}
_LIST_ITEM = re.compile(r"(?:^|[\s:])(\d)[.)]\s+([^\d\n?;][^\n?;]*?)(?=\s+\d[.)]\s|[\n?;]|$)")
_CORRECTION = re.compile(
    r"^(?:à |ờ |ủa )?(?:không|nhầm|lộn|ý (?:tôi|em|mình|tui) là|quên)[,. ]+"
    r"(?:phải[,. ]+)?(?:ý (?:tôi|em|mình|tui) (?:là|hỏi) )?"
)
_CONTINUES = re.compile(r"^(?:thế|vậy|rồi|còn|thế còn|vậy còn|nếu|trường hợp)\b")
_SENTENCE_END = re.compile(r"[.?!;]+\s+")
_FILLER = re.compile(r"^(?:(?:dạ|à|ủa|ừ|ờ)[ ,]+)+")
_CONNECTOR = re.compile(r"^(?:(?:à|ủa|ừ|dạ|thế|vậy|rồi|còn)[ ,]+)+(?=\S)", re.IGNORECASE)


def chosen_item(text: str, history: tuple[Message, ...]) -> str | None:
    """“cái thứ hai”, “2” or the item's own words → that item of the list that the assistant last offered."""
    match = _CHOICE.match(text.lower().strip())
    items: list[str] = [item.strip(" *_") for _, item in _LIST_ITEM.findall(_offered(history))]
    said = fold(text).strip(" .?")
    named = next((item for item in items if fold(item).strip(" .?") == said), None)
    if named or not match or not items:
        return named
    word = match.group(1)
    place = int(word) if word.isdigit() else _ORDINALS[word]
    if place == -1:
        return items[-1]
    return items[place - 1] if 0 < place <= len(items) else None


def _offered(history: tuple[Message, ...]) -> str:
    """What the assistant said last."""
    return next((m.content for m in reversed(history) if m.role == "assistant"), "")


def complete(text: str, history: tuple[Message, ...], restorer: Restorer) -> str:
    """A follow-up (“còn phí?”, “à không, ý tôi là …”) with the topic it leaves unsaid, taken from the history."""
    picked = chosen_item(text, history)
    if picked:
        earlier = _last_question(history, restorer)
        if OFFER in _offered(history):  # the question itself stands as it was asked
            return f"{picked}: {_SENTENCE_END.sub(', ', earlier)}"
        facets = facets_of(earlier) if earlier else frozenset()
        return f"{picked} {earlier}" if facets and not topic_words(earlier) else picked
    correction = _CORRECTION.match(text.lower())
    if correction and history:
        corrected = text[correction.end() :].strip()
        earlier = _last_question(history, restorer)
        asked = " ".join(facet_words(earlier)) if not facets_of(corrected) else ""
        return f"{corrected} {asked}".strip() or text
    topic = topic_words(text)
    if history and (len(topic) < 2 or (_CONTINUES.match(_FILLER.sub("", text.lower())) and len(topic) < 5)):
        earlier = _last_question(history, restorer)
        if earlier:
            return _joined(earlier, text)
    return text


def _joined(earlier: str, text: str) -> str:
    """One question of both: what is asked now replaces what was asked before, the subject stays."""
    said = _CONNECTOR.sub("", text)
    subject = without_facets(earlier) if facets_of(said) else earlier.rstrip(" ?.")
    return f"{subject} {said}"


def _last_question(history: tuple[Message, ...], restorer: Restorer) -> str:
    """The latest message of the user that has a topic, as understood; one of a single word only where no other has."""
    said = [understand_typing(m.content, restorer).text for m in reversed(history) if m.role == "user"]
    for least in (2, 1):
        for text in said:
            if len(topic_words(text)) >= least:
                return str(text)
    return ""
