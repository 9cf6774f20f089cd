"""Questions about a document as a whole: is it in force, what amended or replaced it, which number has it."""

from __future__ import annotations

import re

from assistant.answer.compose.part import Part, day
from assistant.answer.compose.sources import Sources, document_label
from assistant.answer.topic import topic_words
from assistant.answer.turn import Ask
from assistant.answer.values import Status
from assistant.index.values import Entry
from assistant.language.normalise import fold
from assistant.law.catalogue_rows import CatalogueRow
from assistant.law.document import Validity

MORE = 2  # topic words beyond the documents' own names that the guide's names must share
_OF_THE_STATE = frozenset(fold("hiệu lực áp dụng thay thế sửa đổi bổ sung bãi bỏ số ban hành văn bản hiện").split())
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


def asks_more(ask: Ask, rows: list[CatalogueRow], guide: Entry) -> bool:
    """True where the question asks more than the state of the documents, of which the guide speaks by name.

    A guide that carries the document in its own name always belongs to it; “kỷ luật cán bộ, công chức” does not carry
    the law of that name.
    """
    names = " | ".join((guide.title, *guide.aliases)).lower()
    if any(row.number.lower() in names or re.search(rf"(?<!kỷ ){re.escape(row.title.lower())}", names) for row in rows):
        return True
    of_rows = set(re.findall(r"\w+", fold(" ".join(f"{row.doc_type} {row.title} {row.number}" for row in rows))))
    rest = {fold(word) for word in topic_words(ask.text)} - of_rows - _OF_THE_STATE
    return len(rest & set(re.findall(r"\w+", fold(names)))) >= MORE


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
    facts += [
        f"Từ ngày {day(newer.effective_on)} được thay thế bởi {document_label(newer.title, newer.number)}."
        for number in sources.catalogue.related(row.number, "replaces")
        if (newer := sources.catalogue.get(number)) and newer.effective_on and newer.effective_on > sources.on
    ]
    for relation in row.relations:
        verb = _RELATIONS.get(str(relation.kind), "liên quan đến")
        target = sources.catalogue.get(relation.number)
        facts.append(f"Văn bản này {verb} {document_label(target.title if target else '', relation.number)}.")
    return facts
