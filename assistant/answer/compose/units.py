"""An article cut at its khoản and điểm, each verbatim with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.index.values import Entry
from assistant.law.document import Locator

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


def unit_at(entry: Entry, locator: Locator) -> Unit | None:
    """The article, khoản or điểm itself; None when the article has no such part."""
    if locator.label("khoan") is None and locator.label("diem") is None:
        return Unit(entry.locator, entry.text.strip())
    clauses = units(entry)
    if locator.label("khoan") is None:
        found = [p for clause in clauses for p in points(clause)]
    else:
        found = [c for c in clauses if Locator(c.locator).label("khoan") == locator.label("khoan")]
        if locator.label("diem") is not None:
            found = [p for clause in found for p in points(clause)]
    wanted = locator.label("diem")
    if wanted is not None:
        found = [u for u in found if Locator(u.locator).label("diem") == wanted]
    return found[0] if found else None
