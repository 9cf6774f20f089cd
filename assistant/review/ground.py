"""One line of the grounds (căn cứ), read: which document, its name and date as written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from assistant.law.catalogue import Catalogue
from assistant.law.catalogue_rows import CatalogueRow
from assistant.law.number import DocNumber, find_numbers
from assistant.review.draft import Draft
from assistant.review.header import Span

_TYPES = (
    "Hiến pháp|Bộ luật|Luật|Pháp lệnh|Nghị quyết liên tịch|Nghị quyết|Nghị định|Quyết định|Thông tư liên tịch|Thông "
    "tư|Lệnh|Chỉ thị"
    "|Công văn|Công điện|Kết luận|Thông báo|Kế hoạch|Chương trình|Hướng dẫn|Báo cáo|Tờ trình|Quy định|Quy chế|Đề "
    "án|Văn bản"
)
_NAMED = re.compile(
    rf"^(?:Căn cứ|Xét|Trên cơ sở)[ \t]+(?:theo[ \t]+"
    rf"|vào[ \t]+)?(?P<type>{_TYPES})(?P<name>[^;\n]*?)(?=[ \t]*(?:\bsố[ \t]+[\d.…/]|\bngày[ \t]+\d"
    rf"|\bnăm[ \t]+\d{{4}}|[;,.(]|$|\b(?:đã[ \t]+)?được[ \t]+sửa))",
    re.I,
)
_DATE = re.compile(
    r"ngày\s{0,3}(\d{1,2})\s{0,3}(?:tháng\s{0,3}(\d{1,2})\s{0,3}năm\s{0,3}(\d{4})|[/.-](\d{1,2})[/.-](\d{4}))", re.I
)
_AMENDED = re.compile(
    r"\b(?:đã[ \t]+)?được[ \t]+sửa đổi|[;,]?[ \t]*(?:và[ \t]+)?(?:Luật|Nghị định|Thông tư)[^;]{0,20}sửa đổi", re.I
)


@dataclass(frozen=True, slots=True)
class Ground:
    """Một căn cứ ban hành."""

    span: Span
    doc_type: str  # “Luật”, “Nghị định”, “Công văn”, …; "" for a proposal line
    name: str  # “Luật Đất đai”; the type alone for a decree
    number: DocNumber | None
    number_span: Span | None
    issued_on: date | None
    date_span: Span | None
    mentioned: tuple[str, ...]  # every number of the line, normalised

    @property
    def is_law(self) -> bool:
        return self.doc_type.lower() in ("luật", "bộ luật", "pháp lệnh")

    def row(self, catalogue: Catalogue, on: date) -> CatalogueRow | None:
        """The catalogue's row: by number, else by name and date of issue."""
        if self.number is not None:
            return catalogue.get(self.number.normalised)
        if not self.is_law:
            return None
        found = catalogue.by_name(self.name, on, self.issued_on.year if self.issued_on else None)
        dated = self.issued_on is None or found is None or found.issued_on in (None, self.issued_on)
        return found if dated else None


def read_grounds(draft: Draft) -> tuple[Ground, ...]:
    """Only the lines that name a document: “Theo đề nghị của …” is a proposal, no ground."""
    found = (_read(draft, span) for span in draft.zones.grounds)
    return tuple(ground for ground in found if ground is not None)


def _read(draft: Draft, span: Span) -> Ground | None:
    text = draft.text[span.start : span.end]
    flat = text.replace("\n", " ")
    head = _NAMED.match(flat)
    if head is None or not flat.lower().startswith("căn cứ"):
        return None
    amended = _AMENDED.search(flat, head.end())
    stop = amended.start() if amended else len(flat)
    numbers = find_numbers(flat)
    first = next((n for n in numbers if n[0] <= stop and n[0] <= head.end() + 20), None)
    dated = _DATE.search(flat, head.end(), (first[1] if first else head.end()) + 45)
    dated = dated if dated and dated.start() <= stop else None
    start = span.start
    return Ground(
        span=span,
        doc_type=head["type"],
        name=" ".join(f"{head['type']}{head['name']}".split()),
        number=first[2] if first else None,
        number_span=Span(start + first[0], start + first[1]) if first else None,
        issued_on=_day(dated),
        date_span=Span(start + dated.start(), start + dated.end()) if dated else None,
        mentioned=tuple(n.normalised for _, _, n in numbers),
    )


def _day(found: re.Match[str] | None) -> date | None:
    if found is None:
        return None
    try:
        return date(int(found[3] or found[5]), int(found[2] or found[4]), int(found[1]))
    except ValueError:
        return None
