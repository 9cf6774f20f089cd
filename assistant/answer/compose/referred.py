"""A provision asked for by its number: exactly that text, or a plain word that the store does not hold it."""

from __future__ import annotations

from assistant.answer.compose.part import Part
from assistant.answer.compose.provision import force_warning, quotation
from assistant.answer.compose.sources import Sources, document_label
from assistant.answer.compose.units import unit_at
from assistant.answer.turn import Ask
from assistant.answer.values import Status
from assistant.index.values import Entry
from assistant.law.citation import Reference
from assistant.law.document import Locator


def answer_reference(ask: Ask, sources: Sources) -> Part:
    """Each referred provision quoted; those not in the store are named as such."""
    lines: list[str] = []
    warnings: list[str] = []
    missing: list[str] = []
    for reference in ask.references:
        number = number_of(reference, sources)
        locator = Locator.of(reference.article, reference.clause, reference.point)
        entry = _entry(number, locator, sources) if number else None
        unit = unit_at(entry, locator) if entry else None
        if entry is None or unit is None:
            missing.append(_missing(reference, number, locator, entry, sources))
            continue
        marker = sources.provision(entry, unit.locator, unit.text)
        place = f"{Locator(unit.locator)} {document_label(entry.title, entry.number)}".strip()
        heading = f" ({entry.heading})" if entry.heading else ""
        lines += [f"**{place}**{heading} [{marker}]", quotation(unit.text, marker)]
        warnings.append(force_warning(entry, sources))
    if not lines:
        return Part(" ".join(dict.fromkeys(missing)), Status.UNANSWERABLE)
    kept = tuple(dict.fromkeys(w for w in [*warnings, *missing] if w))
    return Part("\n".join(lines), Status.ANSWERED_WITH_WARNING if kept else Status.ANSWERED, warnings=kept)


def number_of(reference: Reference, sources: Sources) -> str:
    """The document's number, looked up by name and date where it was not given."""
    if reference.number:
        return reference.number
    if not reference.name:
        return ""
    row = sources.catalogue.by_name(reference.name, sources.on, reference.year)
    return row.number if row else ""


def _entry(number: str, locator: Locator, sources: Sources) -> Entry | None:
    held = sources.index.entries(number, locator.article.path, audience=sources.audience, on=sources.on)
    return next(iter(held), None)


def _missing(reference: Reference, number: str, locator: Locator, entry: Entry | None, sources: Sources) -> str:
    row = sources.catalogue.get(number) if number else None
    name = document_label(row.title if row else reference.name or "", number) or "văn bản được nêu"
    if entry is not None:
        return f"{Locator(entry.locator)} {name} trong kho không có {locator}; cần kiểm tra lại viện dẫn."
    if row is None and number:
        return f"Văn bản số {number} không có trong danh mục của kho; chưa xác minh được văn bản này."
    return f"Kho chưa có toàn văn {locator} {name}, nên chưa trích dẫn được."
