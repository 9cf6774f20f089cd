"""A document and what amends it, read together: an entry for each wording that an article has had, with its days.

A technical merge: the originals prevail, and what could not be put in is said beside the article it concerns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

from assistant.index.values import WORDING, Entry
from assistant.ingest.documents import clean_lines, without_notes
from assistant.law.amendment import (
    Consolidated,
    CurrentProvision,
    EndedProvision,
    Unapplied,
    amends,
    consolidate,
    find_operations,
)
from assistant.law.amendment_text import tail_of
from assistant.law.document import Document, ProvisionKind
from assistant.law.fold import fold
from assistant.law.number import normalise_number, parse_number

_PIECES = (ProvisionKind.ARTICLE, ProvisionKind.APPENDIX)
_SIGN = {ProvisionKind.CLAUSE: ".", ProvisionKind.POINT: ")"}


@dataclass(frozen=True, slots=True)
class Wording:
    """Lời văn of an article from a day on; ``changes``: (number, day) of what made it so."""

    heading: str
    text: str
    changes: tuple[tuple[str, date | None], ...]
    notes: tuple[str, ...]  # suspended, or what could not be put in


def amendments_among(documents: Sequence[Document]) -> Callable[[Document], list[Document]]:
    """Of one document, those of the others that amend it. Most documents amend nothing, which is found out once."""
    read = [(document, find_operations(document.provisions)) for document in documents]
    amending = [(document, operations) for document, operations in read if operations]

    issued: dict[str, list[date]] = {}  # of the documents of one name
    for document in documents:
        issued.setdefault(fold(document.subject), []).append(_issued(document))

    def of(base: Document) -> list[Document]:
        if not amending or not _can_be_merged(base):
            return []
        newer = [day for day in issued[fold(base.subject)] if day > _issued(base)]
        later = (pair for pair in amending if pair[0] is not base and _may_concern(pair[0], base, newer))
        return [each for each, operations in later if amends(each, operations, base)]

    return of


def _can_be_merged(base: Document) -> bool:
    """A consolidated text (văn bản hợp nhất) holds its amendments already."""
    number = parse_number(base.number) if base.number else None
    consolidated = number is not None and number.type_code == "VBHN"
    return not consolidated and any(p.kind is ProvisionKind.ARTICLE for p in base.provisions)


def _may_concern(amendment: Document, base: Document, newer: Sequence[date]) -> bool:
    """Not what is older than the base, nor what came after a newer document of its name and does not give its number.

    “Luật Nhà ở” is the latest of that name at the time.
    """
    if _issued(amendment) < _issued(base):
        return False
    outlived = any(day <= _issued(amendment) for day in newer)
    return not outlived or bool(base.number and base.number in amendment.text)


def _issued(document: Document) -> date:
    return document.issued_on or document.effective_on or date.min


def merged_entries(
    base: Document, amendments: Sequence[Document], entries: Sequence[Entry]
) -> tuple[list[Entry], list[str]]:
    """``entries`` of the base as issued, and one more for each later wording; and what a person must still put in.

    The last wording keeps the id of the article; those before it have the day on which they began in theirs. One that
    has ended has its last day.
    """
    states = [(day, _wordings(base, consolidate(base, amendments, day))) for day in _days(base, amendments)]
    issued = {entry.locator: entry for entry in entries}
    places = dict.fromkeys([*issued, *(place for _, state in states for place in state)])
    made = (_versions(place, issued.get(place), entries[0], states) for place in places)
    unapplied = consolidate(base, amendments, date.max).unapplied
    read = {"amendments_read": _put_in(amendments, unapplied)}
    left = [f"Chưa ghép được sửa đổi của {u.source} tại {u.operation.locator}: {u.reason}." for u in unapplied]
    return [replace(entry, payload={**entry.payload, **read}) for versions in made for entry in versions], left


def _put_in(amendments: Sequence[Document], unapplied: Sequence[Unapplied]) -> list[str]:
    """Numbers of the amendments of which every instruction was put in, or is noted at the article that it concerns."""
    adrift = {each.source for each in unapplied if each.operation.locator.label("dieu") is None}
    numbers = (each.number for each in amendments if each.number and each.effective_on)
    return [normalise_number(number) for number in numbers if number not in adrift]


def _days(base: Document, amendments: Sequence[Document]) -> list[date]:
    """Days on which anything may change; a change before the base itself began is there from its beginning."""
    days = {amendment.effective_on for amendment in amendments}
    for effect in (effect for amendment in amendments for effect in amendment.effects):
        days |= {effect.effective_on, effect.expires_on}
    begins = base.effective_on or date.min
    return sorted({max(day, begins) for day in days if day})


def _versions(
    place: str, issued: Entry | None, model: Entry, states: Sequence[tuple[date, dict[str, Wording | None]]]
) -> Iterator[Entry]:
    """The wordings of one place in turn; None in a state: as issued; no place: repealed, or not yet there."""
    begun: list[tuple[date | None, Wording | None, bool]] = [(None, None, issued is not None)]
    for day, state in states:
        now = (state.get(place), place in state or (issued is not None and not _article(issued)))
        if now != begun[-1][1:]:
            begun.append((day, *now))
    spans = [(*version, following[0]) for version, following in pairwise([*begun, (None, None, False)])]
    held = [(start, wording, end) for start, wording, there, end in spans if there]
    for n, (start, wording, end) in enumerate(held, 1):
        template = issued or replace(model, id=f"{model.number}#{place}", locator=place)
        begins = start or template.effective_on
        if end is not None and begins is not None and end <= begins:
            continue
        name = template.id if n == len(held) else f"{template.id}{WORDING}{begins or 'ban-dau'}"
        yield replace(_worded(template, wording), id=name, effective_on=begins, expires_on=end or template.expires_on)


def _article(entry: Entry) -> bool:
    return entry.locator.rpartition(".")[2].startswith(("dieu-", "phu-luc", "mau-"))


def _worded(template: Entry, wording: Wording | None) -> Entry:
    if wording is None:
        return template
    began = template.effective_on.isoformat() if template.effective_on else ""
    changes = [{"number": number, "on": day.isoformat() if day else ""} for number, day in wording.changes]
    merged: dict[str, Any] = {"merged": changes, "merge_notes": list(wording.notes), "issued_effect": began}
    return replace(template, heading=wording.heading, text=wording.text, payload={**template.payload, **merged})


def _wordings(base: Document, now: Consolidated) -> dict[str, Wording | None]:
    """Place → wording of every article and appendix that is there; None for those that nothing touched."""
    text, held = _Text(base, now), now.provisions
    tops = [n for n, top in enumerate(held) if top.provision.kind in _PIECES]
    return {held[n].locator.path: text.wording(held[n : _end(held, n)]) for n in tops}


class _Text:
    """The text of units on a day: what was not changed as the file prints it, what was in the same form."""

    def __init__(self, base: Document, now: Consolidated) -> None:
        self._base = base
        self._ended = now.ended

    def wording(self, unit: Sequence[CurrentProvision]) -> Wording | None:
        ended = self._ended_in(unit[0])
        if not ended and all(_as_issued(held) for held in unit):
            return None
        made = {(held.source, held.since) for held in unit if held.source} | {(e.source, e.since) for e in ended}
        notes = dict.fromkeys(held.note for held in unit if held.note)
        changes = sorted(made, key=lambda change: (change[1] or date.min, change[0]))
        text = "\n".join(self._lines(unit)) or unit[0].provision.heading
        return Wording(unit[0].provision.heading, text, tuple(changes), tuple(notes))

    def _ended_in(self, top: CurrentProvision) -> list[EndedProvision]:
        return [e for e in self._ended if e.provision.locator.path.startswith(f"{top.locator.path}.")]

    def _lines(self, unit: Sequence[CurrentProvision]) -> Iterator[str]:
        """Without the unit's own label."""
        paragraphs = clean_lines(unit[0].provision.text)
        tail = tail_of("\n".join(paragraphs)) if len(unit) > 1 else []
        yield from paragraphs[: len(paragraphs) - len(tail)]
        n = 1
        while n < len(unit):
            below = unit[n : _end(unit, n)]
            changed = self._ended_in(below[0]) or any(held.source for held in below)
            printed = self._labelled(below) if changed else clean_lines(without_notes(self._base, below[0].provision))
            yield from printed
            n += len(below)
        yield from tail

    def _labelled(self, unit: Sequence[CurrentProvision]) -> Iterator[str]:
        provision = unit[0].provision
        first, *others = [*self._lines(unit)] or [""]
        yield f"{provision.label}{_SIGN.get(provision.kind, '.')} {first}".strip()
        yield from others


def _as_issued(held: CurrentProvision) -> bool:
    return held.source is None and not held.note and not held.suspended


def _end(held: Sequence[CurrentProvision], first: int) -> int:
    """Behind the last unit below the one at ``first``."""
    place, end = held[first].locator.path, first + 1
    while end < len(held) and held[end].locator.path.startswith(f"{place}."):
        end += 1
    return end
