"""What the first page and the last say about a document: number, issuer, place, date, grounds, signer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from assistant.ingest.header_issuer import issuer_of
from assistant.ingest.header_title import Title, cased, read_title
from assistant.language.normalise import CAPITALS
from assistant.law.citation_numbers import office_number_at
from assistant.law.document import ParseWarning
from assistant.law.fold import FoldedText
from assistant.law.number import DocNumber, parse_number
from assistant.law.number_codes import TYPES


@dataclass(frozen=True, slots=True)
class Header:
    """Phần mở đầu và phần kết, as values. None and "" mean: not found."""

    number: str | None = None
    doc_type: str | None = None
    subject: str = ""
    issuing_body: str | None = None
    place: str | None = None
    issued_on: date | None = None
    signer: str | None = None
    legal_bases: tuple[str, ...] = ()
    warnings: tuple[ParseWarning, ...] = ()


# “Số: 12/2025/QĐ-UBND”, “Luật số: 51/2024/QH15”.
_NUMBER = re.compile(r"\s*(?:(?:Luật|LUẬT|Bộ luật|Pháp lệnh|Nghị quyết|Lệnh)\s+)?[Ss][Ốố]\s*:?\s*(?P<number>\S.{0,60})")
# “Số:     /2026/NĐ-CP”, “Số: …”.
_BLANK_NUMBER = re.compile(
    r"\s*(?:(?:Luật|LUẬT|Bộ luật|Pháp lệnh|Nghị quyết|Lệnh)\s+)?[Ss][Ốố]\s*:[\s.…_xX\[\]()-]*(?:$|[/-])"
)
_DRAFT = re.compile(r"\s*\(?(?:DỰ THẢO|Dự thảo)\b")
# “Hà Nội, ngày 27 tháng 3 năm 2026”, and blank in a draft.
_PLACE_DATE = re.compile(
    r"(?P<place>[A-ZĐÁÂÀẢÃẠ][^\d,:;]{1,40}?)\s?,\s*ngày\s*(?P<day>\d{1,2}|[\s.…_]*)\s*tháng\s*(?P<month>\d{1,2}|[\s.…_]*)"
    r"\s*năm\s*(?P<year>\d{4})"
)
_CAPITAL_TYPES = frozenset(name.title() for name in (*TYPES.values(), "Luật", "Bộ luật", "Hiến pháp"))
_ADOPTED = re.compile(r"thông qua\s+(?:vào )?ngày\s+(\d{1,2})\s*(?:tháng\s*|[/-])(\d{1,2})\s*(?:năm\s*|[/-])(\d{4})")
_GROUND = re.compile(r"\s*[-–+]?\s*[\[(“\"]?(?:Căn cứ|CĂN CỨ|Xét|Thực hiện)\s+(?=\S)")
_ENACTS = re.compile(r"ban hành|quyết nghị|QUYẾT NGHỊ|QUYẾT ĐỊNH\s*:|thông qua")
# Titles of learning before a name.
_DEGREES = re.compile(r"(?:(?:GS|PGS|TSKH|TS|ThS|Ths|BS)\.?\s?){1,4}")
_NO_NAME = re.compile(
    r"(?:Hà Nội|Sao [Yy]|Nơi|Như|Lưu|Đã|Ký|Chủ|Phó|Bộ|Thứ|Số|Điều|Chương|Phụ|Mẫu|Quốc|Văn|Thành|Ủy|Hội|Trưởng)\b"
)
_SIGNED_ABOVE = re.compile(
    r"CHỦ TỊCH|THỦ TƯỚNG|BỘ TRƯỞNG|THỨ TRƯỞNG|TRƯỞNG|THỐNG ĐỐC|CHÁNH ÁN|VIỆN TRƯỞNG|CHỦ NHIỆM|GIÁM ĐỐC|TỔNG"
    r"|TM\.|KT\.|[Đđ]ã ký|CHÁNH|QUYỀN|Chủ tịch"
)


# Glued to the title before it or the name behind it: “CHỦ TỊCH QUỐC HỘI(Đã ký)Trần Văn A”, “Đã ký: Trần Văn A”.
_SIGNED = re.compile(r"\(\s*[Đđ]ã ký\s*\)|\b[Đđ]ã ký\s*:")
_COLUMNS = re.compile(r"(?P<left>\S.*?)(?:\t|[ \xa0]{3,})(?P<right>[" + CAPITALS + r"*_–—-].*)")


def read_header(text: str, header_end: int, closing: tuple[int, int], source: str) -> Header:
    """``header_end`` is where the first provision begins; ``closing`` spans what follows the last one."""
    head = [line.strip() for line in text[: min(header_end, 60_000)].split("\n")[:300]]
    head = _columns([line for line in head if line])
    tail = [line.strip() for line in text[closing[0] : closing[1]].split("\n")[:80] if line.strip()]
    top = head[: _first_ground(head)]
    number, warnings = _number(top, tail, source)
    title = read_title(top, number)
    place, issued_on = _place_and_date(top, tail)
    enacting = next((line for line in head if _ENACTS.search(line) and not _GROUND.match(line)), "")
    doc_type = (number.doc_type if number else None) or title.doc_type
    issuer = issuer_of(top, enacting, number) or ("Quốc hội" if doc_type in ("Luật", "Bộ luật") else None)
    consolidated = bool(number and number.type_code == "VBHN")
    adopted = _adopted(tail)
    if adopted and (issued_on is None or (number is not None and "QH" in number.issuer_code)):
        issued_on = adopted
    return Header(
        number=(number.printed if number.printed != number.printed.lower() else number.normalised) if number else None,
        doc_type=doc_type,
        subject=_subject(title, enacting, consolidated),
        issuing_body=issuer,
        place=place,
        issued_on=issued_on,
        signer=_signer(tail),
        legal_bases=_grounds(head),
        warnings=warnings,
    )


def _first_ground(lines: Sequence[str]) -> int:
    return next((index for index, line in enumerate(lines) if _GROUND.match(line)), min(len(lines), 60))


def _number(top: Sequence[str], tail: Sequence[str], source: str) -> tuple[DocNumber | None, tuple[ParseWarning, ...]]:
    """From “Số:”, else from a title that ends with it, else from the name of the file, which is then said.

    A draft has none: the numbers that it names are of other documents.
    """
    blank = False
    for line in [*top, *tail]:
        found = _NUMBER.match(line)
        number = parse_number(found["number"]) if found else None
        if number is not None and not blank:
            return number, ()
        blank = blank or bool(_BLANK_NUMBER.match(line))
    blank = blank or any(_DRAFT.match(line) for line in top)
    for line in [] if blank else _naming(top[:12]):
        titled = re.search(r"\bsố\s+(?:Luật số\s+)?(\d\S*)\s*$", line, re.IGNORECASE)
        number = parse_number(titled[1]) if titled else None
        if number is not None:
            return number, ()
    for line in [] if blank else top:  # letters: “Số: 123/SXD-QLN”, an office and no type
        found = _NUMBER.match(line)
        office = office_number_at(FoldedText.of(f"số {found['number']}"), 0) if found else None
        if office is not None:
            return office[1], ()
    if blank:
        return None, (ParseWarning(0, "Số ký hiệu còn để trống (dự thảo)"),)
    number = number_from_name(source)
    if number is not None:
        return number, (ParseWarning(0, f"Văn bản không in số ký hiệu; {number.normalised} lấy từ tên tệp"),)
    return None, (ParseWarning(0, "Không tìm thấy số ký hiệu"),)


def _naming(lines: Sequence[str]) -> list[str]:
    """Lines that may end with the own number: above the title, and the last of the heading of a register's file.

    Below “NGHỊ ĐỊNH” numbers are of the documents that the subject names.
    """
    titled = (n for n, line in enumerate(lines) if line.isupper() and line.title() in _CAPITAL_TYPES)
    above = lines[: next(titled, len(lines))]
    return [*above, *(line for line, below in pairwise(lines) if below.startswith("Nguồn:"))]


# “nghi-dinh-so-118-2026-nd-cp-469379.pdf”, “43_2025_QD-UBND.docx”.
_FILE_NUMBER = re.compile(
    r"(?:^|[^\d])(\d{1,5})[-_. ](?:((?:19|20)\d\d)[-_. ])?"
    r"((?:nd|nq|qd|tt|ttlt|ct|vbhn|qh|ubtvqh|pl)\d{0,2}(?:[-_][a-z]{1,12}){0,6})",
    re.IGNORECASE,
)


def number_from_name(source: str) -> DocNumber | None:
    """The number that the name of a file spells, if it does."""
    found = _FILE_NUMBER.search(source.rpartition("/")[2])
    if found is None:
        return None
    tail = found[3].replace("_", "-")
    return parse_number("/".join(filter(None, (found[1], found[2], tail))))


def _columns(head: list[str]) -> list[str]:
    """A plain text keeps the two columns of a heading side by side: the left one is read first."""
    found = [(line, _COLUMNS.fullmatch(line)) for line in head[:8]]
    if sum(columns is not None for _, columns in found) < 2:
        return head
    left = [columns["left"] if columns else line for line, columns in found]
    right = [columns["right"] for _, columns in found if columns]
    last = max(n for n, (_, columns) in enumerate(found) if columns)
    return [*left[: last + 1], *right, *head[last + 1 :]]


def _place_and_date(top: Sequence[str], tail: Sequence[str]) -> tuple[str | None, date | None]:
    place: str | None = None
    for line in [*top, *tail]:
        found = _PLACE_DATE.search(line)
        if found is None:
            continue
        place = place or found["place"].strip(" |-_")
        if found["day"].isdigit() and found["month"].isdigit():
            return place, _day(found["day"], found["month"], found["year"])
    return place, None


def _adopted(tail: Sequence[str]) -> date | None:
    """Laws and resolutions carry no date at their head; they say when they were adopted."""
    found = _ADOPTED.search(" ".join(tail))
    return _day(*found.groups()) if found else None


def _day(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _subject(title: Title, enacting: str, consolidated: bool) -> str:
    """Trích yếu, in the spelling of the enacting line where the title is in capitals."""
    subject = cased(title.subject, enacting)
    return f"{title.doc_type} {subject}".strip() if consolidated and title.doc_type else subject


def _grounds(head: Sequence[str]) -> tuple[str, ...]:
    """Căn cứ, one each, without the closing sign; several in one line are parted."""
    grounds: list[str] = []
    for line in head:
        if line.startswith(("Căn cứ ", "- Căn cứ ", "CĂN CỨ ")):
            for part in re.split(r";\s+(?=Căn cứ )", line):
                grounds.append(re.sub(r"^[-–]\s*", "", part).strip().rstrip(";.,").strip())
    return tuple(dict.fromkeys(grounds))


def _signer(tail: Sequence[str]) -> str | None:
    """The first personal name below a title or “(Đã ký)”."""
    below = False
    for line in tail:
        if line.startswith("SAO Y"):
            break  # who signs below has only copied
        for part in (part.strip() for part in _SIGNED.sub(r" | \g<0> | ", line).split(" | ")):
            titled = bool(_SIGNED_ABOVE.search(part))
            name = part.title() if part.isupper() and not titled else _DEGREES.sub("", part).strip(" .")
            if below and _is_name(name):
                return name
            below = below or titled
    return None


def _is_name(text: str) -> bool:
    """Two to five words of letters, each with a capital at its head only."""
    words = text.split()
    spelled = all(word.isalpha() and word[0].isupper() and word[1:] == word[1:].lower() for word in words)
    return 2 <= len(words) <= 5 and spelled and not _NO_NAME.match(text)
