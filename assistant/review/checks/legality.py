"""Hợp pháp, thống nhất: retroactive effect, fines, pilots (K25, K26, K28)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.review.check import Context, Note, Severity
from assistant.review.draft import Draft, Level, Organ


def retroactive(draft: Draft, _: Context) -> Iterator[Note]:
    """K25: effect before signing; never for a commune, only with reasons for a province."""
    clause, starts = draft.effect, draft.effective_on
    if clause is None or starts is None or starts >= draft.signed_on:
        return
    if not draft.header.issuer.local and not draft.date_printed:
        return
    signed = "ngày ký" if draft.date_printed else "ngày dự kiến ký"
    compared = f"Ngày có hiệu lực ({starts:%d/%m/%Y}) trước {signed} ({draft.signed_on:%d/%m/%Y})"
    if draft.header.issuer.level in (Level.COMMUNE, Level.DISTRICT):
        reason = (
            f"{compared}; văn bản quy phạm pháp luật của chính quyền cấp xã không được quy định hiệu lực trở về trước."
        )
    else:
        reason = (
            f"{compared}; hiệu lực trở về trước chỉ được quy định trong trường hợp thật cần thiết, không áp dụng "
            f"với trách nhiệm pháp lý mới hoặc nặng hơn."
        )
    yield Note(
        *clause.span(),
        reason,
        "Xác định lại ngày có hiệu lực, không sớm hơn ngày ký ban hành.",
        severity=None if draft.header.issuer.local else Severity.INFO,
    )


_FINE = re.compile(
    r"(?:bị[ \t]+)?(?:xử[ \t]+)?phạt[ \t]+tiền[ \t]+(?:từ[ \t]+|đến[ \t]+|là[ \t]+|mức[ \t]+)?\d[\d.]*[ \t]*(?:đồng"
    r"|triệu)",
    re.I,
)


def fines(draft: Draft, _: Context) -> Iterator[Note]:
    """K26: a committee sets no fine. A council may where a special mechanism says so: not reported."""
    if draft.header.issuer.organ not in (Organ.COMMITTEE, Organ.CHAIR):
        return
    for found in _FINE.finditer(draft.text, draft.body.start, draft.body.end):
        if not draft.quoted(found.start()):
            yield Note(
                *found.span(),
                "Quy định mức phạt tiền không thuộc thẩm quyền của Ủy ban nhân dân.",
                "Bỏ mức phạt; dẫn chiếu nghị định xử phạt vi phạm hành chính tương ứng.",
            )


# The text itself sets a pilot up: “Thí điểm mô hình …”, “tổ chức thí điểm”; not “tổng kết thí điểm”, “cơ chế thí điểm”.
_PILOT = re.compile(
    r"(?:(?:^|[.;:][ \t]+)(?:[a-zđ]\)[ \t]*|\d+\.[ \t]*)?"
    r"|\b(?:thực hiện|triển khai|tổ chức|được|tiến hành)[ \t]+(?:việc[ \t]+)?)(?P<pilot>thí điểm)\b",
    re.I | re.M,
)
_PERIOD = re.compile(
    r"\d+[ \t]*(?:\([^)]{1,20}\)[ \t]*)?(?:năm|tháng|ngày|quý)\b|ngày[ \t]+\d{1,2}|năm[ \t]+\d{4}|đến hết"
    r"|giai đoạn[ \t]+\d{4}|quý[ \t]+[IV]+",
    re.I,
)
_NAMED = re.compile(r"(?:Nghị quyết|Luật|Nghị định|Quyết định|Đề án|Chương trình|Kế hoạch)[^.;\n]{0,160}$")


def pilot_without_term(draft: Draft, _: Context) -> Iterator[Note]:
    """K28: a pilot has a beginning and an end, in the same điều or in the subject of the text."""
    seen: set[int] = set()
    for found in _PILOT.finditer(draft.text, draft.body.start, draft.body.end):
        start = found.start("pilot")
        article = draft.article(start)
        if article is None or article.start in seen or draft.quoted(start):
            continue
        sentence = draft.sentence_at(start)
        if _NAMED.search(draft.text[sentence.start : start]):  # in the name of another document
            continue
        seen.add(article.start)
        span = _text_of(draft, article.start, article.end)
        if _PERIOD.search(span) or _PERIOD.search(draft.subject):
            continue
        yield Note(
            *found.span("pilot"),
            f"{draft.printed(article.locator)} quy định thí điểm nhưng không nêu thời hạn thực hiện.",
            "Bổ sung thời điểm bắt đầu, kết thúc và việc tổng kết thí điểm.",
        )


def _text_of(draft: Draft, start: int, end: int) -> str:
    """The article without the dates that only identify other documents."""
    return re.sub(
        r"số[ \t]+\S+[ \t]+ngày[ \t]+\d{1,2}[ \t]+tháng[ \t]+\d{1,2}[ \t]+năm[ \t]+\d{4}|năm[ \t]+\d{4}[ \t]+của",
        " ",
        draft.text[start:end],
    )
