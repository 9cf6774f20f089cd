"""Amendments put into the text: ``consolidate``. What cannot be applied is reported and marked, never dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.law.amendment_read import find_operations
from assistant.law.amendment_values import Change, Consolidated, CurrentProvision, Operation, Unapplied
from assistant.law.amendment_work import AmendedText, Source
from assistant.law.document import Document, Locator
from assistant.law.effect import effect_of
from assistant.law.fold import fold
from assistant.law.number import normalise_number

_NAME_END = re.compile(r"\s(?:so|nam|ngay)\s+\d.*", re.DOTALL)  # “Luật Đất đai số 31/2024/QH15” → “Luật Đất đai”
_Step = tuple[date, Operation, Document]


def consolidate(base: Document, amendments: Sequence[Document], on: date) -> Consolidated:
    """The base with every operation that is in force on the date, oldest first.

    An operation holds from the day of its own khoản, where the amending document gives it one. An amendment that was
    itself amended before the date is brought up to date first; suspended clauses of it are not applied. Amendments
    without a date of effect, and operations that do not fit the text, come back in ``unapplied``.
    """
    work = AmendedText(base)
    for undated in (a for a in amendments if a.effective_on is None):
        operation = Operation(Change.AMEND, Locator(), base.number)
        work.unapplied.append(Unapplied(operation, undated.number or "", "văn bản sửa đổi chưa rõ ngày có hiệu lực"))
    dated = sorted((a for a in amendments if a.effective_on), key=lambda a: (a.effective_on or on, a.number or ""))
    states = {id(amendment): _current(amendment, dated, on) for amendment in dated}
    steps = [step for amendment in dated for step in _steps(states[id(amendment)], amendment, base, on)]
    for _, operation, amendment in (step for step in steps if not _says_which(step[1], step[2])):
        work.unapplied.append(Unapplied(operation, amendment.number or "", "không rõ sửa đổi văn bản nào"))
    steps = [step for step in steps if _says_which(step[1], step[2])]
    for since, operation, amendment in sorted(steps, key=lambda step: step[0]):  # stable: reading order within a day
        suspended = [held.locator for held in states[id(amendment)].provisions if held.suspended]
        stopped = any(place.contains(operation.place) for place in suspended)
        work.apply(operation, Source(amendment.number or "", since), stopped)
        for matter, day in _matters(amendment, operation):
            work.mark(operation, f"{amendment.number}: {matter} có hiệu lực từ ngày {day:%d/%m/%Y}")
    return work.result(on)


def amends(amendment: Document, operations: Sequence[Operation], base: Document) -> bool:
    """Whether it changes the base, and each of its operations surely says, or its title shows, what it changes."""
    named = [operation for operation in operations if operation.document is not None]
    if _titled(amendment, base):
        return bool(operations)
    return len(named) == len(operations) and any(_is_for(operation, base) for operation in named)


def _titled(amendment: Document, base: Document) -> bool:
    """“Sửa đổi, bổ sung một số điều của Nghị định số 10/2020/NĐ-CP …”."""
    title = fold(amendment.subject)
    name = fold(f"{base.doc_type or ''} {base.subject}").strip()
    by_number = bool(base.number) and fold(normalise_number(base.number or "")) in title
    return "sua doi" in title and (by_number or (bool(base.subject) and name in title))


def _steps(current: Consolidated, amendment: Document, base: Document, on: date) -> Iterator[_Step]:
    """(day, operation, amending document) of what an amendment does to the base and is in force on the date."""
    for operation in find_operations([held.provision for held in current.provisions]):
        since, until = effect_of(amendment, operation.place)
        if _is_for(operation, base) and since and since <= on and not (until and until <= on):
            yield since, operation, amendment


def _says_which(operation: Operation, amendment: Document) -> bool:
    """An instruction that names no document is the base's where the amending document is about the base alone.

    The last article of a new law changes many others; what it leaves unsaid must not hit the wrong one.
    """
    if operation.document is not None:
        return True
    title = fold(amendment.subject)
    if "sua doi" not in title:
        return not any(other.document for other in find_operations(amendment.provisions))
    return re.search(r"(?:\d|cac|mot so|va) (?:luat|nghi dinh|thong tu|quyet dinh|nghi quyet)\b", title) is None


def _matters(amendment: Document, operation: Operation) -> Iterator[tuple[str, date]]:
    """Matters inside an operation that begin on a day of their own: for the reader, since no text can be parted."""
    for effect in amendment.effects:
        if effect.matter and effect.effective_on and effect.locator.contains(operation.place):
            yield effect.matter, effect.effective_on


def _current(amendment: Document, others: Sequence[Document], on: date) -> Consolidated:
    """The amending document itself as of the date: it too may have been amended or suspended."""
    name = normalise_number(amendment.number or "")
    later = [other for other in others if other is not amendment and name and _mentions(other, name)]
    if not later:
        held = tuple(CurrentProvision(provision) for provision in amendment.provisions)
        return Consolidated(amendment, on, held)
    # Only documents after it: each step has fewer, so the recursion ends.
    after = [
        o
        for o in later
        if (o.effective_on or on, o.number or "") > (amendment.effective_on or on, amendment.number or "")
    ]
    return consolidate(amendment, after, on)


def _mentions(document: Document, number: str) -> bool:
    return number in document.subject or any(number in p.heading or number in p.text for p in document.provisions)


def _is_for(operation: Operation, base: Document) -> bool:
    """Whether an operation is about the base: by number, by name, or because nothing else is named."""
    named = operation.document
    if named is None:
        return True
    if base.number and normalise_number(named) == normalise_number(base.number):
        return True
    names = (base.subject, f"{base.doc_type or ''} {base.subject}")
    return fold(named) in {_NAME_END.sub("", fold(name)).strip() for name in names}
