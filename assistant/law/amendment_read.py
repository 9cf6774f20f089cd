"""Instructions of an amending text read into operations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest

from assistant.law.amendment_text import Unit, units_of
from assistant.law.amendment_values import Change, Operation
from assistant.law.citation import Reference, find_citations
from assistant.law.citation_cues import Quote, new_texts, operation_of
from assistant.law.document import Locator, Provision
from assistant.law.fold import FoldedText

_STRUCTURAL = {"amend": Change.AMEND, "insert": Change.INSERT, "repeal": Change.REPEAL}
_STRUCTURAL |= {"replace": Change.REPLACE, "suspend": Change.SUSPEND}
_WORD = r"(?:(?:cac\s+)?(?:cum\s+)?(?:tu|chu|so|doan|ten\s+goi)\s*)?"
_QUOTED = r"\"\s*([^\"\n]{1,400}?)\s*\""
# “A” bằng (cụm từ) “B”; (cụm từ) “C” bằng “D”.
_PAIR = re.compile(rf"{_QUOTED}\s*(?:bang|thanh)\s+{_WORD}{_QUOTED}")
_DELETED = re.compile(rf"(?<![a-z])(?:bai\s+bo|bo)\s+(?:cac\s+)?(?:cum\s+)?(?:tu|chu|so|doan)\s*{_QUOTED}")
# “Bãi bỏ Điều 5; cụm từ “A” tại khoản 2 Điều 6; cụm từ “B” tại Điều 7”: each phrase of the list goes.
_DELETES = re.compile(r"\s*(?:bai\s+bo|bo(?!\s+sung))\s")
_LISTED = re.compile(rf"(?<![a-z])(?:cum\s+tu|tu|chu)\s*{_QUOTED}")
_MORE = re.compile(rf"\s*(?:,|;|va)\s*{_WORD}{_QUOTED}")
_PUT = re.compile(
    rf"bo\s+sung\s+(?:cum\s+)?(?:tu|chu|so|doan)\s*{_QUOTED}\s*(?:vao\s+)?(?:ngay\s+)?(sau|truoc)\s+{_WORD}{_QUOTED}"
)
_LEAD_OPERATION = re.compile(r"\s*(sua\s+doi|bo\s+sung|bai\s+bo|thay\s+the|ngung\s+hieu\s+luc)")


@dataclass(frozen=True, slots=True)
class _Context:
    """What the units above an instruction say for it: document, place, operation."""

    document: str | None = None
    article: str | None = None
    clause: str | None = None
    operation: str | None = None
    attached: str | None = None


def find_operations(amending: str | Sequence[Provision]) -> list[Operation]:
    """The operations of an amending article, document or fragment, in order of reading.

    Instructions are understood inside their outer ones: “1. Sửa đổi, bổ sung một số khoản của Điều 5 như sau:
    a) Sửa đổi, bổ sung khoản 2 như sau: “…””. A unit without quoted wording whose wording is needed still comes out,
    with an empty text, so that nothing is lost.
    """
    units = units_of(amending)
    found: list[Operation] = []
    contexts: dict[int, _Context] = {}
    for unit, following in zip_longest(units, units[1:]):
        outer = next((contexts[depth] for depth in range(unit.depth - 1, -1, -1) if depth in contexts), _Context())
        leads = following is not None and following.depth > unit.depth
        own, inner = _read_unit(unit, outer, leads)
        found += own
        contexts = {depth: held for depth, held in contexts.items() if depth < unit.depth} | {unit.depth: inner}
    return found


@lru_cache(maxsize=4_096)  # the same amending document is read for each document and day that it concerns
def _read_unit(unit: Unit, outer: _Context, leads: bool) -> tuple[tuple[Operation, ...], _Context]:
    if unit.heading:
        heading = FoldedText.of(unit.heading)
        outer = _lead_in(outer, heading, find_citations(heading.text))
    folded = FoldedText.of(unit.text)
    quotes = new_texts(folded)
    references = [reference for reference in find_citations(folded.text) if not reference.quoted]
    until = quotes[0].start if quotes else len(folded.text)
    inner = _lead_in(outer, folded, [reference for reference in references if reference.start < until])
    if leads and not quotes and not _phrases(folded.text, folded.plain):
        return (), inner
    operations = _structural(folded, references, quotes, outer) + _phrase_operations(folded, references, outer)
    operations = _of_last_document(operations, references)
    if outer.operation is None and not any(map(_LEAD_OPERATION.match, folded.plain.split("\n"))):
        # “… Chính phủ trình Quốc hội sửa đổi, bổ sung Phụ lục IV”: told, not done.
        operations = [o for o in operations if o.text or o.kind not in (Change.AMEND, Change.INSERT)]
    words = folded.text[: quotes[0].start if quotes else 300].strip()
    return tuple(replace(operation, quote=words, place=unit.place) for operation in operations), inner


def _of_last_document(operations: list[Operation], references: list[Reference]) -> list[Operation]:
    """“Bãi bỏ Điều 50; cụm từ “A” tại Điều 52 của Luật X”: one document at the end is that of the whole instruction."""
    named = {
        document for reference in references if reference.role == "target" and (document := _document_of(reference))
    }
    if len(named) != 1 or not references or _document_of(references[-1]) not in named:
        return operations
    (document,) = named
    return [o if o.document else replace(o, document=document) for o in operations]


def _lead_in(outer: _Context, folded: FoldedText, references: list[Reference]) -> _Context:
    """What a unit passes on: the document of its heading, the article of its lead-in, its operation."""
    lead = references[0] if references else None
    cue = _LEAD_OPERATION.match(folded.plain)
    document = _document_of(lead) if lead else None
    return _Context(
        document or outer.document,
        (lead.article if lead else None) or outer.article,
        (lead.clause if lead else None) or outer.clause,
        (operation_of(cue[1]) if cue else None) or outer.operation,
        (lead.attached if lead else None) or outer.attached,
    )


def _document_of(reference: Reference) -> str | None:
    return (reference.number or reference.name) if reference.scope == "external" else None


def _structural(
    folded: FoldedText, references: list[Reference], quotes: list[Quote], outer: _Context
) -> list[Operation]:
    """amend, insert, repeal, replace, suspend with their anchors and new wording."""
    found: list[tuple[Reference, Operation]] = []
    for reference in references:
        kind = _STRUCTURAL.get(reference.operation or (_inherited(reference, outer) or ""))
        locator = _place(reference, outer)
        if kind is None or (not locator.path and kind not in (Change.REPEAL, Change.REPLACE, Change.SUSPEND)):
            continue
        if reference.role == "anchor":
            before = folded.plain[max(0, reference.start - 12) : reference.start].rstrip().endswith("truoc")
            found = [(r, _anchored(operation, locator, before)) for r, operation in found]
            continue
        found.append((reference, _operation(kind, reference, locator, outer)))
    return [operation for _, operation in _with_wording(found, quotes, folded.text)]


def _inherited(reference: Reference, outer: _Context) -> str | None:
    """“Bãi bỏ các quy định sau đây: a) Khoản 2 Điều 5;” – the operation stands above."""
    plain = reference.role is None and reference.relative is None and reference.doc_type is None
    named = reference.scope == "external"
    return outer.operation if outer.operation in ("repeal", "suspend") and (plain or named) else None


def _anchored(operation: Operation, anchor: Locator, before: bool) -> Operation:
    if operation.kind is not Change.INSERT or operation.anchor is not None:
        return operation
    return replace(operation, anchor=anchor, before=before)


def _operation(kind: Change, reference: Reference, locator: Locator, outer: _Context) -> Operation:
    part = reference.part or _inner_part(reference)
    if part == "tên" and kind is Change.AMEND:
        kind, part = Change.RENAME, None
    elif part and part.startswith(("đoạn mở đầu", "đoạn đầu", "câu dẫn")) and kind is Change.AMEND:
        kind, part = Change.AMEND_LEAD, None
    document = _document_of(reference) or outer.document
    return Operation(kind, locator, document, part=part, attached=reference.attached or outer.attached)


def _inner_part(reference: Reference) -> str | None:
    """What a unit's own place does not show: “tiết iv” of điểm a, “số thứ tự 31” of an appendix."""
    if reference.item is None:
        return None
    return f"tiết {reference.item}" if reference.point else f"số thứ tự {reference.item}"


def _place(reference: Reference, outer: _Context) -> Locator:
    """The place of a reference, its missing outer levels taken from the units above."""
    if reference.article or reference.appendix or reference.chapter or reference.section or reference.division:
        return reference.locator
    if reference.clause:
        return Locator.of(outer.article, reference.clause, reference.point)
    if reference.point:
        return Locator.of(outer.article, outer.clause, reference.point)
    return Locator()


def _with_wording(
    found: list[tuple[Reference, Operation]], quotes: list[Quote], text: str
) -> Iterable[tuple[Reference, Operation]]:
    """Each quotation belongs to the operations named since the one before it."""
    result = list(found)
    begin = -1
    for quote in quotes:
        for n, (reference, operation) in enumerate(result):
            if begin < reference.end <= quote.start and operation.kind is not Change.REPEAL:
                result[n] = (reference, replace(operation, text=text[quote.start : quote.end].strip()))
        begin = quote.end
    return result


def _phrases(text: str, plain: str) -> list[tuple[int, Change, str, str]]:
    """(end, kind, old, new) of the phrase instructions of a unit; an insertion is “B” → “B A”."""
    found: list[tuple[int, Change, str, str]] = []
    for pair in _PAIR.finditer(plain):
        found.append((pair.end(), Change.REPLACE_PHRASE, text[slice(*pair.span(1))], text[slice(*pair.span(2))]))
    for put in _PUT.finditer(plain):
        added, held = text[slice(*put.span(1))], text[slice(*put.span(3))]
        whole = f"{held} {added}" if put[2] == "sau" else f"{added} {held}"
        found.append((put.end(), Change.INSERT_PHRASE, held, whole))
    deletes = _DELETES.match(plain) is not None and not found
    for listed in _LISTED.finditer(plain) if deletes else ():
        found.append((listed.end(), Change.DELETE_PHRASE, text[slice(*listed.span(1))], ""))
    for deleted in () if deletes else _DELETED.finditer(plain):
        more: re.Match[str] | None = deleted
        while more is not None:
            found.append((more.end(), Change.DELETE_PHRASE, text[slice(*more.span(1))], ""))
            more = _MORE.match(plain, more.end())
    return sorted(found)


def _phrase_operations(folded: FoldedText, references: list[Reference], outer: _Context) -> list[Operation]:
    """Each phrase instruction applies at the places named after it, up to the next instruction's phrases."""
    phrases = _phrases(folded.text, folded.plain)
    found: list[Operation] = []
    for n, (end, kind, old, new) in enumerate(phrases):
        places = _places_after(n, end, phrases, references)
        for reference in places:
            document = _document_of(reference) or outer.document
            part = reference.part or _inner_part(reference)
            found.append(Operation(kind, _place(reference, outer), document, part=part, old=old, new=new))
        if not places:
            place = Locator.of(outer.article, outer.clause)
            found.append(Operation(kind, place, outer.document, old=old, new=new))
    return found


def _places_after(
    index: int, end: int, phrases: list[tuple[int, Change, str, str]], references: list[Reference]
) -> list[Reference]:
    """References between a phrase and the next; two phrases side by side (“A” … và “B” … tại …) share theirs."""
    for following in [*phrases[index + 1 :], (1 << 60, Change.AMEND, "", "")]:
        places = [r for r in references if end <= r.start < following[0] and (r.operation or "").endswith("_phrase")]
        if places:
            return places
    return []
