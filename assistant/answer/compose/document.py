"""Questions about a document as a whole: is it in force, what amended or replaced it, which number has it."""

from __future__ import annotations

from assistant.answer.compose.part import Part, day
from assistant.answer.compose.sources import Sources, document_label
from assistant.answer.values import Status
from assistant.law.catalogue import CatalogueRow
from assistant.law.document import Validity

_RELATIONS = {
    "amends": "sửa đổi, bổ sung",
    "supplements": "bổ sung",
    "replaces": "thay thế",
    "repeals": "bãi bỏ",
    "guides": "hướng dẫn",
    "consolidates": "hợp nhất",
}


def answer_document(rows: list[CatalogueRow], sources: Sources) -> Part:
    """State, dates and relations of each document, from the catalogue."""
    blocks, warnings = [], []
    for row in rows:
        facts = _facts(row, sources)
        text = "\n".join(facts)
        marker = sources.document(row.number, f"{row.title} {row.number}\n{text}\n{row.source}")
        name = document_label(row.title, row.number)
        blocks.append("\n".join([f"**{name}** [{marker}]", *(f"- {fact} [{marker}]" for fact in facts)]))
        if _undated_successors(row, sources):
            warnings.append(f"Đã có văn bản thay thế {name} nhưng danh mục chưa có ngày thay thế; cần kiểm tra.")
        if sources.catalogue.state_on(row.number, sources.on).validity is Validity.UNKNOWN:
            warnings.append(f"Danh mục chưa đủ căn cứ để khẳng định tình trạng hiệu lực của {name}.")
    if read := sources.second_hand([{"number": row.number} for row in rows]):
        warnings.append(read)
    return Part(
        text="\n\n".join(blocks),
        status=Status.ANSWERED_WITH_WARNING if warnings else Status.ANSWERED,
        warnings=tuple(warnings),
    )


def _undated_successors(row: CatalogueRow, sources: Sources) -> tuple[str, ...]:
    """What replaces it as a whole from a day that the catalogue does not know, so that it still counts as in force."""
    if sources.catalogue.state_on(row.number, sources.on).validity is Validity.EXPIRED:
        return ()
    return tuple(
        number
        for number in sources.catalogue.related(row.number, "replaces")
        if (newer := sources.catalogue.get(number)) is not None
        and newer.effective_on is None
        and not any(r.partial or r.on for r in newer.relations if r.kind == "replaces" and r.number == row.number)
    )


def _facts(row: CatalogueRow, sources: Sources) -> list[str]:
    state = sources.catalogue.state_on(row.number, sources.on)
    facts = [f"Tình trạng tại ngày {day(sources.on)}: {state.validity.vietnamese}."]
    if state.reason:
        facts.append(f"Lý do: {state.reason.rstrip('.')}.")
    issued = [f"ban hành ngày {day(row.issued_on)}" if row.issued_on else ""]
    issued.append(f"có hiệu lực từ ngày {day(row.effective_on)}" if row.effective_on else "")
    issued.append(f"hết hiệu lực từ ngày {day(row.expires_on)}" if row.expires_on else "")
    dates = ", ".join(part for part in issued if part)
    if dates:
        facts.append(f"{dates[0].upper()}{dates[1:]}{f', {row.issuing_body} ban hành' if row.issuing_body else ''}.")
    later = sources.catalogue.amended_by(row.number, sources.on)
    if later:
        names = "; ".join(
            document_label(r.title if r else "", n) for n, r in ((n, sources.catalogue.get(n)) for n in later)
        )
        facts.append(f"Đã được sửa đổi, bổ sung bởi: {names}.")
    for number in _undated_successors(row, sources):
        newer = sources.catalogue.get(number)
        facts.append(
            f"{document_label(newer.title if newer else '', number)} thay thế văn bản này, ngày thay thế chưa xác định."
        )
    if state.replaced_by:
        newer = sources.catalogue.get(state.replaced_by)
        facts.append(f"Văn bản thay thế: {document_label(newer.title if newer else '', state.replaced_by)}.")
    for relation in row.relations:
        verb = _RELATIONS.get(str(relation.kind), "liên quan đến")
        target = sources.catalogue.get(relation.number)
        facts.append(f"Văn bản này {verb} {document_label(target.title if target else '', relation.number)}.")
    return facts
