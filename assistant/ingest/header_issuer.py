"""Cơ quan ban hành: from the enacting line, the number, or the capitals above the number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.language.normalise import for_matching
from assistant.law.number import DocNumber
from assistant.law.number_codes import ISSUERS

_ENACTS = re.compile(
    r"(?P<who>[A-ZĐỦÀ-Ỵ][^;:.]{2,150}?),?\s+(?:ban hành|quyết định ban hành|thông qua|quyết nghị)\s+"
    r"(?:Luật|Bộ luật|Pháp lệnh|Nghị|Thông tư|Quyết định|Chỉ thị|Quy|Hiến pháp)"
)
# The person in whose name the body acts: “Bộ trưởng Bộ Tài chính” → “Bộ Tài chính”.
_OFFICE = re.compile(
    r"(?:Bộ trưởng(?:, Chủ nhiệm)?|Thống đốc|Chánh án|Viện trưởng|Tổng|Chủ nhiệm|Tổng Giám đốc|Giám đốc)"
    r"\s+(?=Bộ|Ngân hàng|Tòa án|Toà án|Viện kiểm sát|Ủy ban|Uỷ ban|Thanh tra|Bảo hiểm|Văn phòng|Sở|Ban)"
)
_NOISE = re.compile(r"VĂN BẢN|CỘNG HÒA|CỘNG HOÀ|ĐỘC LẬP|Độc lập|PHẦN |DỰ THẢO|CÔNG BÁO|MẬT|HỎA TỐC|KHẨN")
_TITLE = re.compile(
    r"(?:BỘ )?LUẬT|LỆNH|SẮC LỆNH|PHÁP LỆNH|NGHỊ |QUYẾT |THÔNG |CHỈ THỊ|QUY |KẾ HOẠCH|BÁO CÁO|TỜ TRÌNH|HƯỚNG DẪN"
)
# A second line that goes on with the name: the place of a council, or the rest of a long name.
_GOES_ON = re.compile(r"(?:THÀNH PHỐ|TỈNH|XÃ|PHƯỜNG|QUẬN|HUYỆN|THỊ XÃ|THỊ TRẤN|ĐẶC KHU|VÀ |TP\.)")
_PLACE_WORD = re.compile(r"\b(thành phố|tỉnh|xã|phường|quận|huyện|thị xã|thị trấn|đặc khu)\s+(.+)$")


def issuer_of(top: Sequence[str], enacting: str, number: DocNumber | None) -> str | None:
    """The body's official name, as far as one can be found."""
    local = number is not None and number.issuer_code in ("UBND", "HĐND", "CTUBND")
    if number is not None and number.type_code == "VBHN" and number.issuer:
        return number.issuer
    enacted = _ENACTS.match(enacting) if enacting else None
    if enacted and not local:
        name = _OFFICE.sub("", " ".join(enacted["who"].split()))
        if len(name) < 120 and not name.startswith(("Luật", "Nghị", "Thông", "Điều", "Theo", "Căn")):
            return _official(name)
    if number is not None and number.issuer and not local:
        return number.issuer
    return _from_capitals(top) or (number.issuer if number else None)


def _from_capitals(top: Sequence[str]) -> str | None:
    """The block of capitals at the head: its last name, with the lines that belong to it."""
    names: list[str] = []
    for line in top[:12]:
        text = re.split(r"\s*(?:CỘNG HÒA|CỘNG HOÀ|\| )", line)[0].strip(" -_–|*")
        if _TITLE.match(text):
            break
        if not text or text != text.upper() or not text[0].isalpha() or _NOISE.match(text):
            continue
        if names and (_GOES_ON.match(text) or line_breaks_off(names[-1])):
            names[-1] = f"{names[-1]} {text}"
        else:
            names.append(text + (" -" if line.rstrip().endswith(" -") else ""))
    return _official(names[-1].rstrip(" -")) if names else None


def line_breaks_off(name: str) -> bool:
    """“BỘ LAO ĐỘNG -” goes on in the next line."""
    return name.endswith((" -", " VÀ", ","))


_KNOWN = {for_matching(name): name for name in ISSUERS.values()}


def _official(name: str) -> str:
    """As the State writes it: “BỘ TÀI CHÍNH” → “Bộ Tài chính”, “Uỷ ban” → “Ủy ban”."""
    known = _KNOWN.get(for_matching(name))
    if known:
        return known
    if name != name.upper():
        return name.replace("Uỷ ban", "Ủy ban").replace("Toà án", "Tòa án")
    lowered = name.lower().replace("uỷ ban", "ủy ban").replace("toà án", "tòa án")
    place = _PLACE_WORD.search(lowered)
    if place:
        named = f"{place[1]} {place[2].title()}"
        lowered = lowered[: place.start()] + (named[0].upper() + named[1:] if place[1] == "thành phố" else named)
    return lowered[0].upper() + lowered[1:]
