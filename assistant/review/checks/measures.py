"""Thời hạn và số tiền: starting points of periods, figures against words (K65, K66)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.review.check import Context, Note
from assistant.review.draft import Draft
from assistant.review.numerals import read_words

# “trong 05 ngày”, “trong thời hạn không quá 10 ngày làm việc”, “trong vòng 3 (ba) ngày”: a limit set on somebody.
_LIMIT = re.compile(
    r"\btrong(?:[ \t]+(?:thời[ \t]+hạn|thời[ \t]+gian|vòng))?(?:[ \t]+(?:không[ \t]+quá|tối[ \t]+đa|tối[ \t]+thiểu))?"
    r"[ \t]+(?P<n>\d{1,3})(?:[ \t]*\([^)\n]{1,20}\))?[ \t]+(?P<unit>ngày(?:[ \t]+làm[ \t]+việc)?)\b(?![ \t]*/)",
    re.I,
)
_START = re.compile(
    r"\b(?:kể từ|tính từ|từ (?:ngày|khi|thời điểm|lúc)|sau (?:khi|ngày|thời)|trước (?:khi|ngày|thời)|khi (?:nhận|có"
    r"|hết|được)|tiếp theo|kế tiếp|đầu tiên|cuối cùng|liên tục|liên tiếp|đầu (?:tháng|quý|năm)|cuối (?:tháng|quý"
    r"|năm)|mỗi|hằng|hàng|quy định tại|nêu (?:tại|trên)|nói trên|này|đó|trở lên)\b",
    re.I,
)
# A span of time something lasts, not a limit for somebody's act.
_LASTS = re.compile(
    r"\b(?:niêm yết|công bố|công khai|đăng tải|đăng báo|thông báo trên|lưu giữ|lưu trữ|bảo quản|tạm giữ|tạm dừng"
    r"|tạm ngừng|tạm đình chỉ|nghỉ|nghỉ phép|làm việc|diễn ra|tổ chức|tập huấn|bồi dưỡng|đào tạo|có giá trị"
    r"|có hiệu lực|thực hiện thí điểm|cách ly|lưu trú|tạm trú|điều trị|theo dõi|lấy ý kiến|triển lãm"
    r"|trưng bày)\b[^.;]{0,250}$",
    re.I,
)
_DUTY = re.compile(r"^[^.;]{0,80}\b(?:phải|có trách nhiệm)\b", re.I)


def limit_start(draft: Draft, _: Context) -> Iterator[Note]:
    """K65: a limit in days says from when it is counted."""
    for found in _LIMIT.finditer(draft.text, draft.body.start, draft.body.end):
        if draft.quoted(found.start()):
            continue
        if found["n"].lstrip("0") == "1" and "thời" not in found[0].lower():  # “hai lần trong 01 ngày”
            continue
        sentence = draft.sentence_at(found.start())
        before, after = draft.text[sentence.start : found.start()], draft.text[found.end() : sentence.end]
        lasting = "thời gian" in found[0].lower() and not _DUTY.search(after)
        if lasting or _START.search(before) or _START.search(after) or _LASTS.search(before):
            continue
        working = "làm việc" in found["unit"]
        unclear = "" if working else " và chưa xác định là ngày hay ngày làm việc"
        yield Note(
            *found.span(),
            f"Thời hạn “{found['n']} {found['unit']}” chưa nêu mốc tính{unclear}.",
            f"Bổ sung mốc tính, ví dụ: “trong thời hạn {found['n']} ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ”.",
            confidence=0.85,
        )


# “30.000.000 đồng (ba mươi triệu đồng)”, “05 (năm) ngày”.
_BOTH = re.compile(
    r"(?<![\d.,/])(?P<figure>\d{1,3}(?:\.\d{3})+|\d{1,12})(?P<unit>[ \t]*(?:đồng|VNĐ"
    r"|VND)?(?:/[^\W\d_]+)?)[ \t]*\([ \t]*(?:bằng chữ[ \t]*:?[ \t]*)?(?P<words>[^\W\d_][^()\n\d]{1,120}?)[ \t]*\)",
    re.I,
)
_COMMA_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?:[ \t]*(?:đồng|VNĐ|VND|đ)\b)", re.I)


def figures_and_words(draft: Draft, _: Context) -> Iterator[Note]:
    """K66: an amount in figures equals the amount in words; thousands are parted with dots."""
    for found in _BOTH.finditer(draft.text, draft.header.end):
        said = read_words(found["words"])
        figure = int(found["figure"].replace(".", ""))
        if said is not None and said != figure:
            printed = f"{figure:,}".replace(",", ".")
            yield Note(
                *found.span(),
                f"Số tiền hoặc số lượng bằng số ({printed}) và bằng chữ (“{found['words'].strip()}”) không thống nhất.",
                "Kiểm tra và sửa cho thống nhất giữa số và chữ.",
            )
    for found in _COMMA_THOUSANDS.finditer(draft.text, draft.header.end):
        yield Note(
            *found.span(),
            "Phân cách hàng nghìn dùng dấu chấm, không dùng dấu phẩy.",
            f"Ghi “{found[0].replace(',', '.')}”.",
        )
