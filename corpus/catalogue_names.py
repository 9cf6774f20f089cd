"""Names around a số ký hiệu: the type and issuer it shows, short names people use, relations that a title states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from catalogue_clauses import NUMBER

_TYPES = {
    "NĐ": "Nghị định",
    "NQ": "Nghị quyết",
    "NQLT": "Nghị quyết liên tịch",
    "PL": "Pháp lệnh",
    "QĐ": "Quyết định",
    "CT": "Chỉ thị",
    "TT": "Thông tư",
    "TTLT": "Thông tư liên tịch",
    "TTLB": "Thông tư liên bộ",
    "VBHN": "Văn bản hợp nhất",
}
_ISSUERS = {
    "CP": "Chính phủ",
    "TTg": "Thủ tướng Chính phủ",
    "BTC": "Bộ Tài chính",
    "BCA": "Bộ Công an",
    "BTP": "Bộ Tư pháp",
    "BNNMT": "Bộ Nông nghiệp và Môi trường",
    "BNNPTNT": "Bộ Nông nghiệp và Phát triển nông thôn",
    "BTNMT": "Bộ Tài nguyên và Môi trường",
    "BXD": "Bộ Xây dựng",
    "BGTVT": "Bộ Giao thông vận tải",
    "BNV": "Bộ Nội vụ",
    "BLĐTBXH": "Bộ Lao động - Thương binh và Xã hội",
    "BYT": "Bộ Y tế",
    "BGDĐT": "Bộ Giáo dục và Đào tạo",
    "BVHTTDL": "Bộ Văn hóa, Thể thao và Du lịch",
    "BKHCN": "Bộ Khoa học và Công nghệ",
    "BTTTT": "Bộ Thông tin và Truyền thông",
    "BCT": "Bộ Công Thương",
    "BQP": "Bộ Quốc phòng",
    "BNG": "Bộ Ngoại giao",
    "BKHĐT": "Bộ Kế hoạch và Đầu tư",
    "BDTTG": "Bộ Dân tộc và Tôn giáo",
    "UBDT": "Ủy ban Dân tộc",
    "NHNN": "Ngân hàng Nhà nước Việt Nam",
    "TTCP": "Thanh tra Chính phủ",
    "VPCP": "Văn phòng Chính phủ",
    "TANDTC": "Tòa án nhân dân tối cao",
    "HĐTP": "Hội đồng Thẩm phán Tòa án nhân dân tối cao",
    "VKSNDTC": "Viện kiểm sát nhân dân tối cao",
    "VKSTC": "Viện kiểm sát nhân dân tối cao",
    "KTNN": "Kiểm toán nhà nước",
    "VPQH": "Văn phòng Quốc hội",
}
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
    "Trật tự, an toàn giao thông đường bộ": "TTATGTĐB",
}
_CHANGES = re.compile(rf"\bsửa đổi|\bbổ sung", re.IGNORECASE)
_REPEALS = re.compile(r"^(?:Nghị định|Thông tư(?: liên tịch)?|Quyết định|Nghị quyết)\s+(?:về việc\s+)?(bãi bỏ|sửa đổi|bổ sung)", re.I)
_GUIDES = re.compile(
    rf"(?:hướng dẫn|quy định chi tiết)[^.;]{{0,160}}?(?:Luật|Pháp lệnh|Nghị định|Quyết định|Nghị quyết|Thông tư)"
    rf"[^.;\d]{{0,80}}?số\s+({NUMBER})",
    re.IGNORECASE,
)
_OF = re.compile(rf"\bcủa\s+(?:các\s+)?(?:Luật|Pháp lệnh|Nghị định|Quyết định|Nghị quyết|Thông tư)[^.;\d]{{0,80}}?số\s+({NUMBER})", re.I)
_WHOLE = re.compile(rf"bãi bỏ\s+(?:toàn bộ\s+)?(?:Nghị định|Thông tư(?: liên tịch)?|Quyết định|Chỉ thị)\s+số\s+({NUMBER})", re.I)


def doc_type_of(number: str, read: str | None) -> str:
    """The type shown by the number; the National Assembly's numbers do not show one, so what was read is kept."""
    code = number.rpartition("/")[2].partition("-")[0] if "TTLT" not in number else "TTLT"
    if "NQLT" in number:
        code = "NQLT"
    read = "Bộ luật" if read == "Bộ Luật" else read
    return _TYPES.get(code, read or "")


def issuer_of(number: str) -> str:
    """“Quốc hội” for 80/2015/QH13; "" where the suffix names several bodies or none that is known."""
    tail = number.rpartition("/")[2]
    if re.fullmatch(r"QH\d{1,2}", tail):
        return "Quốc hội"
    if "UBTVQH" in tail:
        return "Ủy ban thường vụ Quốc hội"
    codes = tail.split("-")[1:] if "-" in tail else [tail]
    return _ISSUERS.get(codes[0], "") if len(codes) == 1 else ""


def short_names(title: str, issued_on: date | None) -> Iterator[str]:
    """“Luật Bảo hiểm xã hội 2024”, “Luật BHXH 2024”: laws and codes only, not those that amend another."""
    match = re.match(r"(Bộ luật|Luật|Pháp lệnh)\s+(.+)", title)
    if not match or _CHANGES.search(title) or not issued_on:
        return
    yield f"{title} {issued_on.year}"
    if short := _SHORT.get(match[2]):
        kind = "BL" if match[1] == "Bộ luật" else "Luật "
        yield f"{kind}{short} {issued_on.year}".replace("BLthuế", "BL thuế")


def title_relations(title: str) -> Iterator[tuple[str, str]]:
    """(kind, number) that the title itself states: amends, repeals, guides."""
    act = _REPEALS.match(title)
    if act and act[1].lower() == "bãi bỏ":
        for number in _WHOLE.findall(title):
            yield "repeals", number
    elif act or re.match(r"Luật sửa đổi", title):
        for number in _OF.findall(title):
            yield "amends", number
            break
    else:
        for number in _GUIDES.findall(title):
            yield "guides", number
