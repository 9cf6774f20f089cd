"""Document → Draft: its parts found, its family decided, the day of signing settled."""

from __future__ import annotations

import re
from datetime import date

from assistant.law.document import Document
from assistant.review.draft import LAWMAKING, NOWHERE, Draft, Family, Zones
from assistant.review.file_facts import FileFacts
from assistant.review.header import Header, Span, read_header

_ENDING = re.compile(r"^[ \t]*(?:Nơi nhận|TM\.|KT\.|TL\.|TUQ\.|Q\.)", re.M)
_GROUND = re.compile(r"^[ \t]*(?:Căn cứ|Xét|Theo đề nghị|Trên cơ sở|Thực hiện)\b", re.M)
_ENACTS = re.compile(
    r"^[ \t]*(?:[^\n]{2,120}(?:ban hành|quyết nghị|quyết định|ra)[^\n]{0,40}(?:Nghị|Quyết|Luật|Thông|Pháp|Bộ luật"
    r"|Chỉ)|QUYẾT (?:ĐỊNH|NGHỊ)[ \t]*:|Điều 1\b|Chương I\b|Phần)",
    re.M,
)
_SIGNS = re.compile(
    r"^[ \t]*(?:TM\.|KT\.|TL\.|TUQ\.|Q\.)[^\n]{0,80}|^[ \t]*(?:PHÓ )?(?:CHỦ TỊCH|BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG"
    r"|GIÁM ĐỐC|CHÁNH VĂN PHÒNG|TRƯỞNG PHÒNG)[^\n]{0,30}$",
    re.M,
)


def read_draft(document: Document, planned_on: date, file: FileFacts | None = None) -> Draft:
    """The draft without its citations: ``report.review`` resolves them against the catalogue."""
    header = read_header(document.text)
    printed = (header.placed.on if header.placed else None) or document.issued_on
    zones = _zones(document, header)
    signed_on = printed or planned_on
    return Draft(
        document,
        _family(document, header, zones),
        header,
        zones,
        signed_on,
        printed is not None,
        (),
        file or FileFacts(),
    )


def _zones(document: Document, header: Header) -> Zones:
    text = document.text
    first = next((p.start for p in document.provisions), len(text))
    enacts = _ENACTS.search(text, header.end)
    stop = min(first, enacts.start() if enacts and enacts.start() > header.end else first)
    starts = [m.start() for m in _GROUND.finditer(text, header.title.end if header.title else header.end, stop)]
    grounds = []
    for start, end in zip(starts, [*starts[1:], stop], strict=False):
        block = text[start:end]
        lead = len(block) - len(block.lstrip())
        grounds.append(Span(start + lead, start + len(block.rstrip())))
    recipients = re.search(r"^[ \t]*Nơi nhận[ \t]*:?", text, re.M)
    signature = _SIGNS.search(text, first if first < len(text) else header.end)
    ended = _ENDING.search(text, recipients.end()) if recipients else None
    return Zones(
        grounds=tuple(grounds),
        recipients=Span(recipients.start(), _block_end(text, recipients.end(), ended)) if recipients else NOWHERE,
        signature=Span(signature.start(), min(signature.end() + 40, len(text))) if signature else NOWHERE,
    )


def _block_end(text: str, start: int, ended: re.Match[str] | None) -> int:
    """The list of recipients goes on while lines begin with a dash."""
    end = start
    for found in re.finditer(r"\n[ \t]*(?:[-–+][^\n]*|(?=\n))", text[start : start + 4_000]):
        if found.start() > end - start + 1:
            break
        end = start + found.end()
    return min(end, ended.start()) if ended and ended.start() > start else end


_NORMATIVE_NUMBER = re.compile(r"/\s?\d{4}\s?/\s?(?:QH|UBTVQH|PL|NĐ|NQ|QĐ|TT)")
_ALWAYS = frozenset(
    ("Luật", "Bộ luật", "Pháp lệnh", "Nghị định", "Thông tư", "Thông tư liên tịch", "Nghị quyết liên tịch", "Lệnh")
)
_MAYBE = frozenset(("Nghị quyết", "Quyết định"))


def _family(document: Document, header: Header, zones: Zones) -> Family:
    """By the type first, then the year in the number, then the law the text rests on."""
    if header.letter or (header.doc_type and header.doc_type not in _ALWAYS | _MAYBE):
        return Family.ADMINISTRATIVE
    if header.doc_type in _ALWAYS or document.doc_type in _ALWAYS:
        return Family.NORMATIVE
    number = document.text[header.number.start : header.number.end] if header.number else document.number or ""
    if _NORMATIVE_NUMBER.search(number):
        return Family.NORMATIVE
    rests = any(LAWMAKING.search(document.text, g.start, g.end) for g in zones.grounds)
    return Family.NORMATIVE if rests else Family.ADMINISTRATIVE
