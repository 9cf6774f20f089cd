"""What a guide says it does not know: where just that is asked, it is said instead of what is near it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from assistant.answer.relevance import relevance
from assistant.answer.topic import clauses, topic_words
from assistant.answer.turn import Ask
from assistant.answer.values import Status
from assistant.index.values import Entry
from assistant.language.normalise import fold

ASKED = 0.22  # a gap that speaks so much of the question may be what is asked
LEAST = 0.15  # the same, where no statement comes near
MOST = 1.5  # so much more than any statement: it is what is asked
FIRST = 1.25  # so much more: it is said first, with the statements below
TOLD_TOO = 0.3  # a statement that speaks so much of another clause of the question is given beside the gap
# Words of any question, which make no gap the thing asked for.
_COMMON = frozenset(re.findall(r"\w+", "co quan don vi nguoi viec nam nay phuong xa thanh pho nha nuoc"))


def named_gap(ask: Ask, entry: Entry, rows: list[tuple[str, Mapping[str, Any]]]) -> tuple[str, Status]:
    """What the guide says it does not know where that is asked ("" otherwise), and what it makes of the answer.

    Asked is what only the gap speaks of (“xóa kỷ luật”), or speaks of more than any statement does. UNANSWERABLE: it
    is all that is asked; PARTIAL: the statements are near it; ANSWERED_WITH_WARNING: they answer another clause.
    """
    gaps: list[str] = list(entry.payload.get("gaps") or ())
    if not gaps or not rows:
        return "", Status.ANSWERED
    told = [f"{heading} {row['text']}" for heading, row in rows]
    scores = relevance(ask.text, [*gaps, *told])
    best = max(range(len(gaps)), key=lambda n: scores[n])
    known = max(scores[len(gaps) :])
    topic = {fold(word) for word in topic_words(ask.text)}
    only_there = (topic & _bare(gaps[best])) - _bare(f"{entry.title} {' '.join(told)}") - _COMMON
    most = scores[best] > MOST * known
    asked = most or bool(only_there)
    if scores[best] < (LEAST if most else ASKED) or not (asked or scores[best] > FIRST * known):
        return "", Status.ANSWERED
    if not asked:
        return gaps[best], Status.PARTIAL
    others = [clause for clause in clauses(ask.text) if clause != ask.text and not only_there & _bare(clause)]
    beside = any(max(relevance(clause, told)) >= TOLD_TOO for clause in others)
    return gaps[best], Status.ANSWERED_WITH_WARNING if beside else Status.UNANSWERABLE


def _bare(text: str) -> set[str]:
    return set(re.findall(r"\w+", fold(text)))
