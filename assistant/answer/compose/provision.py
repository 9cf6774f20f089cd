"""A regulation question answered by quoting: the clauses that speak of it, verbatim, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.answer.compose.part import Part
from assistant.answer.compose.sources import Sources, document_label
from assistant.answer.relevance import relevance
from assistant.answer.turn import Ask
from assistant.answer.values import Status
from assistant.index.values import Entry
from assistant.law.document import Locator, Validity

WHOLE_ARTICLE = 700  # characters: a shorter article is quoted whole
MAX_QUOTE = 900  # a single quotation is cut at a unit's end after so many characters
MAX_UNITS = 3
NEAR = 0.6

_CLAUSE = re.compile(r"^\s*(\d{1,3}[a-zđ]?)\.\s", re.MULTILINE)
_POINT = re.compile(r"^\s*([a-zđ]\d?)\)\s", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Unit:
    """Một khoản, or the lead-in of the article: text exactly as it stands in the entry."""

    locator: str
    text: str


def units(entry: Entry) -> list[Unit]:
    """The article cut at its khoản; a lead-in before the first keeps the article's own locator."""
    starts = [(m.start(), m.group(1)) for m in _CLAUSE.finditer(entry.text)]
    if not starts:
        return [Unit(entry.locator, entry.text.strip())]
    cuts = [*starts, (len(entry.text), "")]
    found = [
        Unit(f"{entry.locator}.khoan-{label}" if entry.locator else "", entry.text[start : cuts[n + 1][0]].strip())
        for n, (start, label) in enumerate(starts)
    ]
    lead = entry.text[: starts[0][0]].strip()
    return [Unit(entry.locator, lead), *found] if lead else found


def points(unit: Unit) -> list[Unit]:
    """The điểm of one khoản, [] if it has none; what stands before the first is not a điểm."""
    starts = [(m.start(), m.group(1)) for m in _POINT.finditer(unit.text)]
    cuts = [*starts, (len(unit.text), "")]
    return [
        Unit(f"{unit.locator}.diem-{label}", unit.text[start : cuts[n + 1][0]].strip())
        for n, (start, label) in enumerate(starts)
    ]


def answer_provision(ask: Ask, entries: list[Entry], sources: Sources) -> Part:
    """Quotations of the clauses that answer, at most one warning per source that is not plainly in force."""
    lines: list[str] = []
    warnings: list[str] = []
    for entry in entries:
        quoted = _quotable(ask, entry)
        for unit in quoted:
            marker = sources.provision(entry, unit.locator, unit.text)
            place = f"{Locator(unit.locator)} {document_label(entry.title, entry.number)}".strip()
            heading = f" ({entry.heading})" if entry.heading else ""
            lines += [f"**{place}**{heading} [{marker}]", quotation(unit.text, marker)]
        warnings.append(force_warning(entry, sources))
    kept = tuple(dict.fromkeys(w for w in warnings if w))
    return Part(
        text="\n".join(lines),
        status=Status.ANSWERED_WITH_WARNING if kept else Status.ANSWERED,
        warnings=kept,
    )


def quotation(text: str, marker: int) -> str:
    """Markdown block quote of a verbatim text, with its marker on the last line."""
    rows = [row.strip() for row in text.splitlines() if row.strip()]
    return "\n".join(f"> {row}" for row in rows) + f" [{marker}]"


def _quotable(ask: Ask, entry: Entry) -> list[Unit]:
    """Whole when short; else the clauses that speak most of the question (with the lead-in they need)."""
    if len(entry.text) <= WHOLE_ARTICLE:
        return [Unit(entry.locator, entry.text.strip())]
    found = units(entry)
    scores = relevance(ask.text, [unit.text for unit in found])
    best = max(scores)
    ranked = sorted(range(len(found)), key=lambda n: -scores[n])[:MAX_UNITS]
    kept = sorted(n for n in ranked if scores[n] >= NEAR * best) if best > 0 else [0]
    chosen = [found[n] for n in kept]
    return [shorter for unit in chosen for shorter in _shortened(ask, unit)]


def _shortened(ask: Ask, unit: Unit) -> list[Unit]:
    """A khoản too long to read at a counter is given by the điểm that matter, each verbatim."""
    if len(unit.text) <= MAX_QUOTE:
        return [unit]
    found = points(unit)
    if not found:
        return [unit]
    scores = relevance(ask.text, [point.text for point in found])
    best = max(scores)
    kept = [point for point, score in zip(found, scores, strict=True) if best > 0 and score >= NEAR * best]
    lead = unit.text[: unit.text.index(found[0].text)].strip()
    chosen = kept[:MAX_UNITS] or found[:MAX_UNITS]
    return [Unit(unit.locator, lead), *chosen] if lead else chosen


def force_warning(entry: Entry, sources: Sources) -> str:
    """Why a quoted source must be used with care on this date; empty when it is plainly in force."""
    state = sources.catalogue.state_on(entry.number, sources.on)
    validity = sources.validity(entry.number, entry.effective_on, entry.expires_on)
    name = document_label(entry.title, entry.number)
    if validity in (Validity.EXPIRED, Validity.SUSPENDED, Validity.NOT_YET):
        replaced = f", được thay thế bởi {state.replaced_by}" if state.replaced_by else ""
        return f"{name} {validity.vietnamese} tại ngày {sources.on:%d/%m/%Y}{replaced}."
    if validity is Validity.UNKNOWN:
        return f"Chưa xác định được tình trạng hiệu lực của {name}; cần kiểm tra trước khi áp dụng."
    if entry.payload.get("amended"):
        return f"{name} đã được sửa đổi, bổ sung một số nội dung; đối chiếu bản đang có hiệu lực trước khi áp dụng."
    return ""
