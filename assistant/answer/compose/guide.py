"""A question answered by the statements of a guide, each with its own legal basis and dates."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from assistant.answer.compose.gap import named_gap
from assistant.answer.compose.part import Part, day, sentence
from assistant.answer.compose.sources import Sources
from assistant.answer.relevance import relevance, spoken_of
from assistant.answer.turn import Ask, Facet
from assistant.answer.values import Status
from assistant.answer.whom import whom_to_ask
from assistant.index.values import Audience, Entry

MAX_STATEMENTS = 8
WHOLE_GUIDE = 6  # a guide of so few statements is given whole
NEAR = 0.1  # statements at least this share of the best one's score belong to the answer (docs/log.md)
TELLS = 1.6  # what a statement that tells how long or how much is worth where just that is asked
NAMES_IT = 0.5  # what a section named so is worth beside the others, of which the best have about as much
Row = tuple[str, Mapping[str, Any]]  # heading, statement
_SIDES = ("thời hạn", "thời hiệu", "lệ phí")
_TOLD = {
    Facet.TIME: re.compile(r"thời hạn|thời hiệu|\b\d+ (?:giờ|ngày|tháng|năm)\b"),
    Facet.FEE: re.compile(r"\b\d[\d.]* đồng\b|\d ?%|lệ phí|miễn phí"),
}
_SAID_FIRST = frozenset({Status.UNANSWERABLE, Status.PARTIAL})


def answer_guide(ask: Ask, entry: Entry, sources: Sources) -> Part:
    """The statements that speak of the question; those not in force on the date are marked or left out."""
    rows = statements(entry)
    missing, weight = named_gap(ask, entry, rows)
    ask_whom = whom_to_ask(ask.text, "staff" if sources.audience is Audience.STAFF else "citizen")
    told = f"{sentence(missing)} {ask_whom} [{sources.gap(entry, missing)}]" if weight in _SAID_FIRST else ""
    if weight is Status.UNANSWERABLE:
        return Part(told, weight)
    chosen = _choose(ask, rows, entry.title, sources)
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
        follow_ups=tuple(dict.fromkeys(h for h, _ in rows if h and h not in {h for h, _ in chosen}))[:3],
    )


def statements(entry: Entry) -> list[Row]:
    """All that the guide states, each with the heading of its section."""
    sections: Sequence[Mapping[str, Any]] = entry.payload.get("sections", [])
    return [(section["heading"], statement) for section in sections for statement in section["statements"]]


def as_told(heading: str, statement: Mapping[str, Any]) -> str:
    """A statement as it is compared with a question."""
    return f"{heading}. {statement['text']}"


def _choose(ask: Ask, rows: list[Row], title: str, sources: Sources) -> list[Row]:
    """Whole sections, since a statement leans on its neighbours: those with a statement near the best one."""
    if len(rows) <= WHOLE_GUIDE:
        return rows
    told = [as_told(*row) for row in rows]
    spoken = spoken_of(ask.said, title, told, sources.index.embeddings)
    scores = [
        score * _tells(ask, text) + NAMES_IT * _named(ask, heading)
        for score, text, (heading, _) in zip(spoken, told, rows, strict=True)
    ]
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


def _tells(ask: Ask, text: str) -> float:
    """More than 1 for a statement of the kind that is asked for: how long, how much."""
    lowered = text.lower()
    return TELLS if any(facet in ask.facets and told.search(lowered) for facet, told in _TOLD.items()) else 1.0


def _named(ask: Ask, heading: str) -> bool:
    """True for a section whose heading names the side of the matter as the question does: “Thời hạn xử lý kỷ luật”."""
    return any(side in ask.said.lower() and side in heading.lower() for side in _SIDES)


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
