"""A question answered by the statements of a guide, each with its own legal basis and dates."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from assistant.answer.compose.part import Part, day, sentence
from assistant.answer.compose.sources import Sources
from assistant.answer.relevance import relevance
from assistant.answer.topic import clauses, topic_words
from assistant.answer.turn import Ask
from assistant.answer.values import Status
from assistant.answer.whom import whom_to_ask
from assistant.index.values import Audience, Entry
from assistant.language.normalise import fold

MAX_STATEMENTS = 8
GAP_ASKED = 0.22
GAP_FIRST = 1.25  # a gap that speaks so much more of the question than any statement is said with it
TOLD_TOO = 0.3  # a statement that speaks so much of another clause of the question is given beside the gap
WHOLE_GUIDE = 6  # a guide of so few statements is given whole
NEAR = 0.35  # statements at least this share of the best one's relevance belong to the answer


def answer_guide(ask: Ask, entry: Entry, sources: Sources) -> Part:
    """The statements that speak of the question; those not in force on the date are marked or left out."""
    sections: Sequence[Mapping[str, Any]] = entry.payload.get("sections", [])
    rows = [(s["heading"], statement) for s in sections for statement in s["statements"]]
    missing, weight = _named_gap(ask, entry, rows)
    ask_whom = whom_to_ask(ask.text, "staff" if sources.audience is Audience.STAFF else "citizen")
    told = f"{sentence(missing)} {ask_whom} [{sources.gap(entry, missing)}]" if weight in _SAID_FIRST else ""
    if weight is Status.UNANSWERABLE:
        return Part(told, weight)
    chosen = _choose(ask, rows)
    lines, warnings = [*([told] if told else []), f"**{entry.title}**"], []
    for heading, statement in chosen:
        if heading and len({h for h, _ in chosen}) > 1 and f"*{heading}*" not in lines:
            lines.append(f"*{heading}*")
        line, warning = _statement(statement, entry, sources)
        lines.append(line)
        warnings.append(warning)
    gaps = entry.payload.get("gaps") or []
    scores = relevance(ask.text, gaps)
    spoken = [gap for gap, score in zip(gaps, scores, strict=True) if score > 0.35 or len(gaps) == 1]
    warnings += [sentence(gap) for gap in dict.fromkeys([*([missing] if missing and not told else []), *spoken])]
    warnings.append(sources.second_hand([basis for _, row in chosen for basis in row.get("bases") or ()]))
    kept = tuple(dict.fromkeys(w for w in warnings if w))
    return Part(
        text="\n".join(lines),
        status=Status.PARTIAL if told else Status.ANSWERED_WITH_WARNING if kept else Status.ANSWERED,
        warnings=kept,
        follow_ups=tuple(s["heading"] for s in sections if s["heading"] not in {h for h, _ in chosen})[:3],
    )


def _named_gap(ask: Ask, entry: Entry, rows: list[tuple[str, Mapping[str, Any]]]) -> tuple[str, Status]:
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
    asked = bool(only_there) or scores[best] > 1.5 * known
    if scores[best] < GAP_ASKED or not (asked or scores[best] > GAP_FIRST * known):
        return "", Status.ANSWERED
    if not asked:
        return gaps[best], Status.PARTIAL
    others = [clause for clause in clauses(ask.text) if clause != ask.text and not only_there & _bare(clause)]
    beside = any(max(relevance(clause, told)) >= TOLD_TOO for clause in others)
    return gaps[best], Status.ANSWERED_WITH_WARNING if beside else Status.UNANSWERABLE


_SAID_FIRST = frozenset({Status.UNANSWERABLE, Status.PARTIAL})
# Words of any question, which make no gap the thing asked for.
_COMMON = frozenset(re.findall(r"\w+", "co quan don vi nguoi viec nam nay phuong xa thanh pho nha nuoc"))


def _bare(text: str) -> set[str]:
    return set(re.findall(r"\w+", fold(text)))


def _choose(ask: Ask, rows: list[tuple[str, Mapping[str, Any]]]) -> list[tuple[str, Mapping[str, Any]]]:
    """Whole sections, since a statement leans on its neighbours: those with a statement near the best one."""
    if len(rows) <= WHOLE_GUIDE:
        return rows
    scores = relevance(ask.text, [f"{heading} {row['text']}" for heading, row in rows])
    best = max(scores)
    if best <= 0:
        return rows[:MAX_STATEMENTS]
    speaking = [rows[n][0] for n in sorted(range(len(rows)), key=lambda n: -scores[n]) if scores[n] >= NEAR * best]
    kept: list[str] = []
    for heading in dict.fromkeys(speaking):
        size = sum(h in (*kept, heading) for h, _ in rows)
        if not kept or size <= MAX_STATEMENTS:
            kept.append(heading)
    return [row for row in rows if row[0] in kept]


def _statement(statement: Mapping[str, Any], entry: Entry, sources: Sources) -> tuple[str, str]:
    """One line with its markers, and a warning where its basis does not hold on the date."""
    bases: Sequence[dict[str, Any]] = statement.get("bases") or []
    text = sentence(statement["text"])
    if not bases:
        return f"- {text} [{sources.statement(entry, text, None)}]", ""
    markers = [sources.statement(entry, text, dict(basis)) for basis in bases]
    starts = [d for b in bases if (d := _date(b.get("from")))]
    ends = [d for b in bases if (d := _date(b.get("to")))]
    warning = ""
    if starts and all(d > sources.on for d in starts):
        warning = f"Nội dung “{text}” chỉ có hiệu lực từ ngày {day(min(starts))}."
    elif ends and all(d < sources.on for d in ends):
        warning = f"Nội dung “{text}” đã hết hiệu lực sau ngày {day(max(ends))}."
    return f"- {text} " + "".join(f"[{m}]" for m in dict.fromkeys(markers)), warning


def _date(value: object) -> date | None:
    if isinstance(value, date):
        return value
    return date.fromisoformat(value) if isinstance(value, str) and value else None
