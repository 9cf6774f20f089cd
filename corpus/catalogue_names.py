"""Names around a số ký hiệu: titles as they should read, short names people use, relations that a title states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from catalogue_clauses import DATE, NUMBER

from assistant.law.number import parse_number

# Abbreviations that staff write for the name of a law.
_SHORT = {
    "Bảo hiểm xã hội": "BHXH",
    "Bảo hiểm y tế": "BHYT",
    "Ban hành văn bản quy phạm pháp luật": "BHVBQPPL",
    "Phòng, chống tham nhũng": "PCTN",
    "Hôn nhân và gia đình": "HNGĐ",
    "Tổ chức chính quyền địa phương": "TCCQĐP",
    "Xử lý vi phạm hành chính": "XLVPHC",
    "Phòng cháy, chữa cháy và cứu nạn, cứu hộ": "PCCC",
    "Bảo vệ môi trường": "BVMT",
    "Cán bộ, công chức": "CBCC",
    "Lao động": "LĐ",
    "Dân sự": "DS",
    "Hình sự": "HS",
    "Tố tụng dân sự": "TTDS",
    "Tố tụng hình sự": "TTHS",
    "Tố tụng hành chính": "TTHC",
    "Bảo vệ dữ liệu cá nhân": "BVDLCN",
    "Bảo vệ bí mật nhà nước": "BVBMNN",
    "Thuế thu nhập cá nhân": "thuế TNCN",
    "Thuế thu nhập doanh nghiệp": "thuế TNDN",
    "Thuế giá trị gia tăng": "thuế GTGT",
    "An toàn, vệ sinh lao động": "ATVSLĐ",
    "Nghĩa vụ quân sự": "NVQS",
}
_LAWS = ("Luật", "Bộ luật", "Pháp lệnh")
_TYPES = ("Thông tư liên tịch", *_LAWS, "Nghị định", "Nghị quyết", "Quyết định", "Thông tư", "Chỉ thị")
_CHANGES = re.compile(r"\bsửa đổi|\bbổ sung", re.IGNORECASE)
_SUBJECT = re.compile(
    r"(?:Quy định|Hướng dẫn|Sửa đổi|Bổ sung|Ban hành|Về|Bãi bỏ|Công bố|Phân cấp|Phân định)\b", re.IGNORECASE
)
_OF_ISSUER = re.compile(
    r"^(Nghị định|Thông tư|Quyết định|Nghị quyết|Luật)\s+của\s+(?:[^:]{3,60}:|(?:Bộ trưởng\s+)?(?:Thủ tướng\s+)?"
    r"(?:Chính phủ|Quốc hội|Bộ [A-ZĐ]\w+(?: \w+){1,5}?(?=\s+(?:quy|hướng|về|ban|sửa|bãi))))\s*",
)
_UNCLEAR = re.compile(r"\d{5}|[a-zà-ỹ]\d|^\W|^\w+ \w+ của Bộ trưởng|^\w+ \w+ số \d|\.NĐ$|[a-zà-ỹ][A-ZĐ]")
_ACTS_ON = re.compile(
    r"^(?:Nghị định|Thông tư(?: liên tịch)?|Quyết định|Nghị quyết)\s+(?:về việc\s+)?(bãi bỏ|sửa đổi|bổ sung)", re.I
)
_TEXTS = "Luật|Pháp lệnh|Nghị định|Quyết định|Nghị quyết|Thông tư"
_GUIDES = re.compile(
    rf"(?:hướng dẫn|quy định chi tiết)[^.;]{{0,160}}?(?:{_TEXTS})[^.;\d]{{0,80}}?số\s+({NUMBER})", re.IGNORECASE
)
_OF = re.compile(rf"\bcủa\s+(?:các\s+)?(?:{_TEXTS})[^.;\d]{{0,80}}?số\s+({NUMBER})", re.IGNORECASE)
_WHOLE = re.compile(
    rf"bãi bỏ\s+(?:toàn bộ\s+)?(?:Nghị định|Thông tư(?: liên tịch)?|Quyết định|Chỉ thị)\s+số\s+({NUMBER})",
    re.IGNORECASE,
)


def doc_type_of(number: str, read: str | None) -> str:
    """The type shown by the number; the National Assembly's numbers do not show one, so what was read is kept."""
    parsed = parse_number(number)
    return (parsed.doc_type if parsed else None) or ("Bộ luật" if read == "Bộ Luật" else read or "")


def issuer_of(number: str) -> str:
    """“Quốc hội” for 80/2015/QH13; "" where the suffix names several bodies or none that is known."""
    parsed = parse_number(number)
    return (parsed.issuer if parsed else None) or ""


def law_title(title: str, number: str) -> str:
    """The register's “LUẬT DÂN SỰ số 91/2015/QH13” → “Luật Dân sự”."""
    name = re.sub(rf"\s+số\s+(?:Luật số\s+)?{re.escape(number)}\.?$", "", " ".join(title.split()), flags=re.IGNORECASE)
    kind = "Bộ luật" if name.lower().startswith("bộ luật") else "Luật"
    rest = name[len(kind) :].strip()
    return f"{kind} {rest.capitalize() if rest.isupper() else rest}"


def proper_title(title: str, doc_type: str) -> str:
    """“Bộ luật lao động” → “Bộ luật Lao động”, “Luật Sửa đổi …” → “Luật sửa đổi …”; the bare type is no title."""
    title = re.sub(r"\s+số \S+/QH\d+\.?$", "", title.strip(" ."))
    rest = title[len(doc_type) :].strip() if doc_type and title.startswith(doc_type) else ""
    if doc_type in _LAWS and rest:
        first = rest[0].lower() if _CHANGES.match(rest) else rest[0].upper()
        return f"{doc_type} {first}{rest[1:]}"
    return title if not doc_type or len(title) > len(doc_type) + 2 else ""


def portal_title(name: str, number: str) -> str:
    """“Nghị định số 76/2020/NĐ-CP ngày … của Chính phủ quy định …” → “Nghị định quy định …”; "" if not trustworthy."""
    name = " ".join(name.split()).strip(" -:.,;")
    name = re.sub(rf"\s*(?:số:?\s*)?{re.escape(number)}\s*(?:,?\s*{DATE})?", "", name, count=1)
    name = re.sub(r"^Luật (?=Luật )", "", _OF_ISSUER.sub(r"\1 ", name))
    kind = next((word for word in _TYPES if name.startswith(word)), "")
    rest = name[len(kind) :].strip(" :")
    kind = kind or (doc_type_of(number, None) if _SUBJECT.match(rest) else "")
    if not kind or name.isupper() or not 8 <= len(name) <= 300 or _UNCLEAR.search(name) or len(rest) < 4:
        return ""
    return f"{kind} {rest if kind in _LAWS else rest[:1].lower() + rest[1:]}"


def short_names(title: str, issued_on: date | None) -> Iterator[str]:
    """“Luật Bảo hiểm xã hội 2024”, “Luật BHXH 2024”: laws and codes only, not those that amend another."""
    match = re.match(r"(Bộ luật|Luật|Pháp lệnh)\s+(.+)", title)
    if not match or _CHANGES.search(title) or not issued_on:
        return
    yield f"{title} {issued_on.year}"
    if short := _SHORT.get(match[2]):
        yield f"{'BL' if match[1] == 'Bộ luật' else 'Luật '}{short} {issued_on.year}"


def title_relations(title: str) -> Iterator[tuple[str, str]]:
    """(kind, number) that the title itself states: amends, repeals, guides."""
    act = _ACTS_ON.match(title)
    if act and act[1].lower() == "bãi bỏ":
        for number in _WHOLE.findall(title):
            yield "repeals", number
    elif act or title.startswith("Luật sửa đổi"):
        if found := _OF.search(title):
            yield "amends", found[1]
    else:
        for number in _GUIDES.findall(title):
            yield "guides", number


_AMENDING = re.compile(
    r"(?:Luật|Pháp lệnh|Nghị quyết) sửa đổi(?:, bổ sung)? (?:một số điều )?(?:và [^.;]{0,80} )?(?:của|các) "
)
_NAMED_LAW = re.compile(r"(?:Bộ luật|Luật|Pháp lệnh)\s(?:(?!\b(?:Bộ luật|Luật|Pháp lệnh)\b)[^;\d])+")


def amended_laws(title: str) -> list[str]:
    """“Luật sửa đổi, bổ sung một số điều của Luật Hải quan, Luật Đầu tư và Luật Giá” → the three names."""
    start = _AMENDING.match(title)
    if not start:
        return []
    rest = title[start.end() :]
    names = (re.sub(r"(?:,|\bvà\b|\s|số)+$", "", name.strip()) for name in _NAMED_LAW.findall(rest))
    return [re.sub(r",(?=\S)", ", ", name) for name in names]
