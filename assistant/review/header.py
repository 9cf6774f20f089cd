"""The head of a draft, with offsets: issuer, motto, number, place and date, type, grounds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.language.normalise import fold


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Đoạn văn bản: offsets into the cleaned text."""

    start: int
    end: int

    def __contains__(self, offset: int) -> bool:
        return self.start <= offset < self.end


class Organ(StrEnum):
    """Loại cơ quan ban hành."""

    COUNCIL = "Hội đồng nhân dân"
    COMMITTEE = "Ủy ban nhân dân"
    CHAIR = "Chủ tịch Ủy ban nhân dân"
    OTHER = ""


class Level(StrEnum):
    """Cấp của cơ quan ban hành."""

    CENTRAL = "trung ương"
    PROVINCE = "cấp tỉnh"
    DISTRICT = "cấp huyện"
    COMMUNE = "cấp xã"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Issuer:
    """Cơ quan ban hành."""

    name: str
    organ: Organ
    level: Level

    @property
    def local(self) -> bool:
        return self.organ is not Organ.OTHER


@dataclass(frozen=True, slots=True)
class DatePart:
    """Dòng địa danh, thời gian. ``on`` None: left blank, or no date of the calendar."""

    span: Span
    place: str
    day: str
    month: str
    year: str
    numeric: bool  # written 3/2/2026

    @property
    def on(self) -> date | None:
        try:
            return date(int(self.year), int(self.month), int(self.day))
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Header:
    """Phần đầu văn bản; None: not found."""

    end: int  # where the grounds or the body begin
    issuer: Issuer
    issuer_span: Span | None
    country: Span | None  # Quốc hiệu
    motto: Span | None  # Tiêu ngữ
    number: Span | None  # the value after “Số:”
    placed: DatePart | None
    title: Span | None  # tên loại
    doc_type: str  # “Quyết định”; "" for a công văn
    letter: bool  # công văn: “V/v”, “Kính gửi”

    @property
    def present(self) -> bool:
        """At least two parts were found: the file has a head, so a missing part is missing."""
        return sum(part is not None for part in (self.country or self.motto, self.number, self.placed, self.title)) >= 2


_TYPES = (
    "Luật", "Bộ luật", "Pháp lệnh", "Lệnh", "Nghị quyết liên tịch", "Nghị quyết", "Nghị định", "Quyết định",
    "Thông tư liên tịch", "Thông tư", "Chỉ thị", "Quy chế", "Quy định", "Thông cáo", "Thông báo", "Hướng dẫn",
    "Chương trình", "Kế hoạch", "Phương án", "Đề án", "Dự án", "Báo cáo", "Biên bản", "Tờ trình", "Hợp đồng",
    "Công điện", "Bản ghi nhớ", "Bản thỏa thuận", "Giấy mời", "Giấy giới thiệu", "Phiếu trình", "Kết luận",
    "Văn bản hợp nhất", "Giấy ủy quyền",
)  # fmt: skip
_TITLE = re.compile(
    r"^[ \t]*(?P<type>" + "|".join(t.upper() for t in sorted(_TYPES, key=len, reverse=True)) + r")[ \t]*\d*[ \t]*$",
    re.M,
)
# Quốc hiệu, Tiêu ngữ: found by their folded letters, so that a wrong accent or case is still found and can be reported.
_COUNTRY = re.compile(r"cong\s{1,3}hoa\s{1,3}xa\s{1,3}hoi\s{1,3}chu\s{1,3}nghia\s{1,3}viet\s{1,3}nam")
_MOTTO = re.compile(r"doc\s{0,3}lap\s{0,3}[-–—]?\s{0,3}tu\s{0,3}do\s{0,3}[-–—]?\s{0,3}hanh\s{0,3}phuc")
# “Số: 15/2026/QĐ-UBND”, “Số:      /QĐ-UBND”, “Số: …/2026/NQ-HĐND”, “Luật số: 64/2025/QH15”.
_NUMBER = re.compile(
    r"^(?:[^\n]{0,60}?\bSố|[ \t]*(?:Luật|Bộ luật|Pháp lệnh|Nghị quyết)[ \t]+số)[ \t]*:[ \t]*"
    r"(?P<value>[\d.…_ \t]*(?:/[ \t]?\d{4}[ \t]?)?(?:/[ \t]?[^\s,;]+(?:[ \t]?-[ \t]?[^\s,;]+)*)?)",
    re.M,
)
# “Hà Nội, ngày 03 tháng 4 năm 2026”, with blanks or dots for what is not known yet; or “ngày 3/2/2026”.
_BLANK = r"[\d.…_ \t]{0,12}"
_PLACED = re.compile(
    r"(?P<place>[^\n,;:]{1,60}?)[ \t]*,[ \t]*"
    rf"(?:ngày(?P<day>{_BLANK})tháng(?P<month>{_BLANK})năm(?P<year>[ \t]*[\d.…_]{{0,6}})"
    r"|(?:ngày[ \t]*)?(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4}))",
    re.I,
)
_BODY = re.compile(
    r"^[ \t]*(?:Căn cứ\b|Theo đề nghị|Xét\b|Điều 1\b|Chương I\b|CHƯƠNG I\b|Phần I\b|Kính gửi|Thực hiện\b)", re.M
)
_LETTER = re.compile(r"^[ \t]*(?:V/v\b|Về việc\b|Kính gửi)", re.M)
_ISSUER = re.compile(
    r"^[ \t]*(?P<organ>CHỦ TỊCH[ \t\n]{1,3}[UỦ][ỶY] BAN NHÂN DÂN|[UỦ][ỶY] BAN NHÂN DÂN"
    r"|HỘI ĐỒNG NHÂN DÂN)[ \t]*(?P<place>[^\n]*\n?[^\n]*)",
    re.M,
)
_CENTRAL = re.compile(
    r"^[ \t]*(?P<name>QUỐC HỘI|CHÍNH PHỦ|THỦ TƯỚNG(?: CHÍNH PHỦ)?|CHỦ TỊCH NƯỚC|BỘ [^\n\d]{2,60}"
    r"|NGÂN HÀNG NHÀ NƯỚC[^\n\d]{0,20}"
    r"|THANH TRA CHÍNH PHỦ|VĂN PHÒNG QUỐC HỘI|KIỂM TOÁN NHÀ NƯỚC|TÒA ÁN NHÂN DÂN TỐI CAO|ỦY BAN THƯỜNG VỤ QUỐC HỘI)",
    re.M,
)
_LEVELS = (
    (Level.COMMUNE, re.compile(r"^(?:phường|xã|đặc khu|thị trấn)\b", re.I)),
    (Level.DISTRICT, re.compile(r"^(?:quận|huyện|thị xã)\b|^thành phố thủ đức", re.I)),
    (Level.PROVINCE, re.compile(r"^(?:thành phố|tỉnh|tp)\b", re.I)),
)


def read_header(text: str) -> Header:
    """Find each part of the head wherever it stands above the body: two columns of a page come in any order."""
    body = _BODY.search(text)
    end = min(body.start() if body else 3_000, 6_000, len(text))
    head = text[:end]
    title = _TITLE.search(head)
    issuer, issuer_span = _issuer(head)
    return Header(
        end=end,
        issuer=issuer,
        issuer_span=issuer_span,
        country=_span(_COUNTRY.search(fold(head))),
        motto=_span(_MOTTO.search(fold(head))),
        number=_number(head),
        placed=_placed(head),
        title=Span(*title.span("type")) if title else None,
        doc_type=next((t for t in _TYPES if title and t.upper() == title["type"]), ""),
        letter=title is None and bool(_LETTER.search(text[: end + 200])),
    )


def _span(found: re.Match[str] | None) -> Span | None:
    return Span(*found.span()) if found else None


def _number(head: str) -> Span | None:
    found = _NUMBER.search(head)
    if not found:
        return None
    value = found["value"].rstrip()
    return Span(found.start("value"), found.start("value") + len(value)) if value else Span(*found.span())


def _placed(head: str) -> DatePart | None:
    for found in _PLACED.finditer(head):
        if "(" in found["place"]:  # “(Ban hành kèm theo Quyết định số …, ngày …)” is no date line
            continue
        numeric = found["d"] is not None
        parts = (found["d"], found["m"], found["y"]) if numeric else (found["day"], found["month"], found["year"])
        day, month, year = (part.strip(" \t.…_") for part in parts)
        start = found.start() + len(found[0]) - len(found[0].lstrip())
        return DatePart(Span(start, found.end()), found["place"].strip(), day, month, year, numeric)
    return None


def _issuer(head: str) -> tuple[Issuer, Span | None]:
    found = _ISSUER.search(head)
    if found:
        place = " ".join(re.split(r"\n|[ \t]{3,}|CỘNG H", found["place"].strip())[0].split())
        raw = " ".join(found["organ"].split())
        organ = (
            Organ.CHAIR if raw.startswith("CHỦ TỊCH") else Organ.COUNCIL if raw.startswith("HỘI") else Organ.COMMITTEE
        )
        level = next((level for level, pattern in _LEVELS if pattern.search(place)), Level.UNKNOWN)
        start = found.start("organ")
        stop = head.find(place, start) + len(place) if place else found.end("organ")
        return Issuer(f"{organ.value} {_name_case(place)}".strip(), organ, level), Span(start, stop)
    central = _CENTRAL.search(head)
    if central:
        return Issuer(_name_case(central["name"].strip()), Organ.OTHER, Level.CENTRAL), Span(*central.span("name"))
    return Issuer("", Organ.OTHER, Level.UNKNOWN), None


_SMALL = frozenset(("phường", "xã", "thị", "trấn", "đặc", "khu", "quận", "huyện", "thành", "phố", "tỉnh", "và"))


def _name_case(upper: str) -> str:
    """“PHƯỜNG SÀI GÒN” → “phường Sài Gòn”."""
    name = " ".join(w.lower() if w.lower() in _SMALL else w.capitalize() for w in upper.split())
    return "T" + name[1:] if name == "thành phố Hồ Chí Minh" else name
