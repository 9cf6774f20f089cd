"""Second step: what was typed becomes questions with diacritics, facets, references and their topic."""

from __future__ import annotations

import dataclasses
import re

from assistant.answer.follow_up import complete
from assistant.answer.topic import facets_of, topic_words
from assistant.answer.turn import Ask, Step, Turn
from assistant.answer.widen import widened
from assistant.language.informal import understand_typing
from assistant.language.normalise import fold
from assistant.language.restore import Restorer
from assistant.language.typos import untangled
from assistant.law.citation import find_citations

MAX_ASKS = 4

# A new question starts after these; inside a sentence only before a connector that opens a question.
_BREAK = re.compile(
    r"([?!;\n]+|(?<=[^\d])\.\s+(?=\S)"
    r"|,?\s+(?=tiện (?:cho|thể)|nhân tiện|ngoài ra|với lại|cho (?:em|tôi) hỏi (?:thêm|luôn)))"
)
# “… có bị phạt không với cho bé đi học được chưa”: a word that closes a question, then one that joins another to it.
# Not “không còn …”, which only denies.
_JOINED = re.compile(
    r"\b(không(?!,? còn )|chưa(?!,? còn )|gì|đâu|sao|nào|bao nhiêu|mấy ngày|bao lâu)(?:,? (?:với|rồi|còn|và)) "
)
_ASKS = re.compile(r"\b(?:không|nào|sao|gì|mấy|bao nhiêu|chưa|hay|được|đâu|ai|cách)\b")


def split_questions(text: str) -> list[str]:
    """The separate questions of a message; a part without a topic of its own stays with its neighbour.

    Who uses question marks only tells what ends without one, whatever words are in it.
    """
    marked = "?" in text
    pieces = [*_BREAK.split(_JOINED.sub(r"\1? ", text)), ""]
    asks: list[str] = []
    story: list[str] = []
    for piece, end in zip(pieces[::2], pieces[1::2], strict=True):
        part = piece.strip(" ,.")
        if not part:
            continue
        if asks and min(len(topic_words(part)), len(topic_words(asks[-1]))) < 2:
            asks[-1] = f"{asks[-1]}, {part}"
        elif (facets_of(part) or _ASKS.search(part.lower())) and not (marked and end.startswith(".")):
            asks.append(". ".join([*story, part]) if not asks else part)
            story = []
        else:
            story.append(part)
    if story:
        asks = [f"{asks[0]}, {' '.join(story)}", *asks[1:]] if asks else [". ".join(story)]
    if len(asks) > MAX_ASKS:
        asks = [*asks[: MAX_ASKS - 1], ", ".join(asks[MAX_ASKS - 1 :])]
    return asks


def understand(restorer: Restorer) -> Step:
    """The step: fills ``turn.asks``."""

    def step(turn: Turn) -> Turn:
        typed = understand_typing(untangled(turn.text), restorer)
        text = complete(typed.text, turn.question.history, restorer)
        asks = [as_ask(part, turn.text) for part in split_questions(text) or [text]]
        return dataclasses.replace(turn, asks=tuple(asks))

    return step


def as_ask(text: str, typed: str) -> Ask:
    """One question; ``typed``: the message as it was typed."""
    plain = fold(typed) == typed.lower()
    return Ask(
        text=text,
        typed=fold(text) if plain else text,
        facets=facets_of(text),
        references=tuple(find_citations(text)),
        synonyms=widened(text),
    )
