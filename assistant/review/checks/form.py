"""Thể thức: the head, the signature, the recipients, appendices and attached texts, the file itself (K36–K44)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.language.normalise import fold, for_matching
from assistant.review.check import Context, Note, Severity
from assistant.review.draft import Draft, Level, Organ, Span
from assistant.review.header import DatePart

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"


def _spaced(text: str) -> str:
    return " ".join(text.replace("–", "-").replace("—", "-").split())


def _anchor(draft: Draft) -> Span:
    """What a missing part of the head is shown at: the title, else the first line."""
    return draft.header.title or draft.header.number or (draft.lines[0] if draft.lines else Span(0, 0))


def motto(draft: Draft, _: Context) -> Iterator[Note]:
    """K36: Quốc hiệu and Tiêu ngữ, letter by letter; hoà/hòa is a variant of spelling."""
    for span, right, name in ((draft.header.country, COUNTRY, "Quốc hiệu"), (draft.header.motto, MOTTO, "Tiêu ngữ")):
        if span is None:
            if draft.header.present:
                anchor = _anchor(draft)
                yield Note(anchor.start, anchor.end, f"Phần đầu văn bản chưa có {name}.", f"Bổ sung {name}: “{right}”.")
            continue
        written = _spaced(draft.text[span.start : span.end])
        if written == right:
            continue
        variant = (
            for_matching(written) == for_matching(right)
            and written.isupper() == right.isupper()
            and name == "Quốc hiệu"
        )
        yield Note(
            span.start,
            span.end,
            f"{name} trình bày “{right}”; dự thảo ghi “{written}”.",
            f"Sửa thành “{right}”.",
            severity=Severity.INFO if variant else None,
        )


def title_and_subject(draft: Draft, _: Context) -> Iterator[Note]:
    """K39, its rule part: there is a type and a subject. Whether they fit the content is for a person."""
    title = draft.header.title
    if not draft.header.present or draft.header.letter:
        return
    if title is None and draft.document.doc_type is None:
        anchor = _anchor(draft)
        yield Note(
            anchor.start, anchor.end, "Phần đầu văn bản chưa có tên loại văn bản.", "Bổ sung tên loại và trích yếu."
        )
    elif title is not None and not draft.subject:
        yield Note(title.start, title.end, "Dưới tên loại chưa có trích yếu nội dung.", "Bổ sung trích yếu nội dung.")


# n/yyyy/QH15 · n/yyyy/LOẠI-CƠQUAN; the serial may be blank or dots in a draft.
_BLANK = r"(?:\d+(?:\.\d+)?|[.…_ \t]*)"
_NORMATIVE = re.compile(
    rf"{_BLANK}/(?P<year>\d{{4}}|[.…_ \t]{{0,6}})/(?:U?B?TVQH\d{{1,2}}|QH\d{{1,2}}|(?P<type>NĐ|NQ|PL|QĐ|TT|TTLT"
    rf"|NQLT|CT|L)-(?P<issuer>[A-ZĐƯ][A-ZĐƯa-z&]*(?:-[A-ZĐƯ][A-ZĐƯa-z&]*)*\d{{0,2}}))"
)
_TYPE_SIGN = {
    "Nghị quyết": "NQ",
    "Quyết định": "QĐ",
    "Nghị định": "NĐ",
    "Thông tư": "TT",
    "Pháp lệnh": "PL",
    "Thông tư liên tịch": "TTLT",
}
_LOCAL_SIGN = {Organ.COUNCIL: ("HĐND",), Organ.COMMITTEE: ("UBND",), Organ.CHAIR: ("UBND", "CTUBND")}


def number(draft: Draft, _: Context) -> Iterator[Note]:
    """K37: số thứ tự/năm ban hành/tên viết tắt loại văn bản-tên viết tắt cơ quan."""
    span = draft.header.number
    if span is None:
        if draft.header.present and draft.document.number is None and draft.header.title:
            yield Note(
                *_bounds(_anchor(draft)),
                "Phần đầu văn bản chưa có dòng số, ký hiệu.",
                f"Bổ sung “Số: {_model(draft)}”.",
            )
        return
    written = _spaced(draft.text[span.start : span.end]).replace("/ ", "/").replace("- ", "-").replace(" -", "-")
    if not draft.normative or draft.header.doc_type == "Luật" or not written:
        return
    found = _NORMATIVE.fullmatch(written)
    if not found:
        why = "không đúng cấu trúc" if re.search(r"/\d{4}/", written) else "thiếu năm ban hành"
        reason = (
            f"Số, ký hiệu văn bản quy phạm pháp luật gồm: số thứ tự/năm ban hành/tên viết tắt loại văn bản-tên viết "
            f"tắt cơ quan; “{written}” {why}."
        )
        yield Note(span.start, span.end, reason, f"Ghi “{_model(draft)}”.")
        return
    for problem in _number_problems(draft, found):
        yield Note(span.start, span.end, f"Số, ký hiệu “{written}”: {problem}.", f"Ghi “{_model(draft)}”.")


def _bounds(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _number_problems(draft: Draft, found: re.Match[str]) -> Iterator[str]:
    signs = _LOCAL_SIGN.get(draft.header.issuer.organ)
    if signs and found["issuer"] and found["issuer"] not in signs:
        yield f"tên viết tắt cơ quan là “{signs[0]}”, không phải “{found['issuer']}”"
    if found["year"].strip(" .…_") and draft.date_printed and int(found["year"]) != draft.signed_on.year:
        yield f"năm trong ký hiệu ({found['year']}) khác năm ban hành ({draft.signed_on.year})"


def _model(draft: Draft) -> str:
    sign = _TYPE_SIGN.get(draft.header.doc_type, "QĐ")
    issuer = (_LOCAL_SIGN.get(draft.header.issuer.organ) or ("CP" if sign == "NĐ" else "…",))[0]
    return f"…/{draft.signed_on.year}/{sign}-{issuer}" if draft.normative else f"…/{sign}-{issuer}"


_SHORT_PLACE = re.compile(r"^(?:TP\.?|T\.P\.?)\s*\S|HCM\b", re.I)


def place_and_date(draft: Draft, _: Context) -> Iterator[Note]:
    """K38: place in full; day below 10 and months 1 and 2 with a leading zero; a day of the calendar."""
    placed = draft.header.placed
    if placed is None:
        of_assembly = draft.header.doc_type in ("Luật", "Bộ luật", "Pháp lệnh")  # dated by the line of adoption
        if draft.header.present and draft.header.title and draft.header.number and not of_assembly:
            yield Note(
                *_bounds(_anchor(draft)),
                "Phần đầu văn bản chưa có dòng địa danh và thời gian ban hành.",
                "Bổ sung dòng “<địa danh>, ngày … tháng … năm …”.",
            )
        return
    problems = list(_date_problems(placed))
    if problems:
        yield Note(
            *_bounds(placed.span), f"Dòng địa danh, thời gian {'; '.join(problems)}.", f"Ghi “{_right_place(placed)}”."
        )


def _date_problems(placed: DatePart) -> Iterator[str]:
    if _SHORT_PLACE.search(placed.place):
        yield f"viết tắt địa danh “{placed.place}”"
    if placed.numeric:
        yield "ghi ngày, tháng, năm bằng dấu gạch chéo"
    if placed.day and placed.month and placed.year and placed.on is None:
        yield f"ghi ngày không có trong lịch ({placed.day}/{placed.month}/{placed.year})"
    if not placed.numeric and len(placed.day) == 1:
        yield "thiếu số 0 trước ngày nhỏ hơn 10"
    if not placed.numeric and placed.month in ("1", "2"):
        yield "thiếu số 0 trước tháng 1, tháng 2"


def _right_place(placed: DatePart) -> str:
    place = "Thành phố Hồ Chí Minh" if re.search(r"HCM|Hồ Chí Minh", placed.place, re.I) else placed.place
    day = placed.day.zfill(2) if placed.day else "…"
    month = placed.month.lstrip("0") if placed.month else "…"
    month = month.zfill(2) if month in ("1", "2") else month
    day = (
        day if placed.on or not placed.day.isdigit() or not placed.month.isdigit() or not placed.year.isdigit() else "…"
    )
    return f"{place}, ngày {day} tháng {month} năm {placed.year or '…'}"


_ON_BEHALF = re.compile(r"TM\.[ \t]*[UỦ][ỶY] BAN NHÂN DÂN")
_CHAIR_SIGNS = re.compile(
    r"^[ \t]*(?:KT\.[ \t]*)?(?:PHÓ )?CHỦ TỊCH(?![ \t]{1,3}(?:[UỦ][ỶY] BAN|HỘI ĐỒNG))[^\n]{0,30}$", re.M
)


def signature(draft: Draft, _: Context) -> Iterator[Note]:
    """K40: a committee signs through “TM.”; a chair's own decision, and a council's resolution, do not."""
    organ = draft.header.issuer.organ
    start = draft.document.provisions[0].start if draft.document.provisions else draft.header.end
    signs = _CHAIR_SIGNS.search(draft.text, start)
    behalf = _ON_BEHALF.search(draft.text, start)
    if organ is Organ.COMMITTEE and signs and not behalf:
        begin = signs.start() + len(signs[0]) - len(signs[0].lstrip())
        yield Note(
            begin,
            signs.end(),
            "Văn bản của tập thể Ủy ban nhân dân do Chủ tịch ký thay mặt; phần ký thiếu “TM. ỦY BAN NHÂN DÂN”.",
            "Trình bày “TM. ỦY BAN NHÂN DÂN” ở dòng trên, “CHỦ TỊCH” ở dòng dưới.",
        )
    if organ is Organ.CHAIR and behalf:
        yield Note(
            *behalf.span(),
            "Văn bản của Chủ tịch Ủy ban nhân dân do Chủ tịch ký với thẩm quyền của mình, không ký thay mặt Ủy ban "
            "nhân dân.",
            "Bỏ “TM. ỦY BAN NHÂN DÂN”, ghi “CHỦ TỊCH”.",
        )
    if organ in (Organ.COMMITTEE, Organ.COUNCIL) and not signs and not behalf and draft.header.present:
        last = draft.lines[-1]
        yield Note(
            last.start,
            last.end,
            "Chưa thấy phần ký ở cuối văn bản.",
            "Bổ sung phần ký theo mẫu.",
            severity=Severity.MINOR,
        )


def recipients(draft: Draft, _: Context) -> Iterator[Note]:
    """K41: a provincial text goes to the ministry that checks it, to the gazette and to the portal."""
    issuer = draft.header.issuer
    if not issuer.local or not draft.header.present:
        return
    span = draft.zones.recipients
    if span.end == 0:
        last = draft.lines[-1]
        yield Note(
            last.start,
            last.end,
            "Chưa thấy phần “Nơi nhận”.",
            "Bổ sung nơi nhận, trong đó có nơi gửi kiểm tra và đăng công báo.",
        )
        return
    listed = fold(draft.text[span.start : span.end])
    wanted = (
        ("Cục Kiểm tra văn bản", "kiem tra van ban"),
        ("Công báo", "cong bao"),
        ("Cổng Thông tin điện tử", "cong thong tin dien tu|trang thong tin dien tu|cong ttdt"),
    )
    missing = [name for name, pattern in wanted if not re.search(pattern, listed)]
    if missing and issuer.level is Level.PROVINCE:
        line = draft.line_at(span.start)
        yield Note(
            line.start,
            line.end,
            f"Nơi nhận chưa có: {', '.join(missing)}.",
            "Bổ sung nơi nhận để gửi kiểm tra, đăng công báo, cập nhật Cơ sở dữ liệu quốc gia về pháp luật.",
        )


_ATTACHED = re.compile(r"\(?\s*(?:được\s+)?(?:Ban hành|Kèm)\s+(?:kèm\s+)?theo\s", re.I)


_ATTACHED_TITLE = re.compile(r"^[ \t]*(?:QUY ĐỊNH|QUY CHẾ|ĐIỀU LỆ|NỘI QUY|CHƯƠNG TRÌNH|ĐỀ ÁN)(?![ \t]+CHUNG)", re.M)


def attached_line(draft: Draft, _: Context) -> Iterator[Note]:
    """K43: an attached Quy định says which decision it belongs to."""
    for provision in draft.attachments:
        first = next((p for p in draft.document.provisions if p.start > provision.start), None)
        stop = min(first.start if first else provision.end, provision.start + 1_500)
        if _ATTACHED.search(draft.text, provision.start, stop):
            continue
        titles = list(_ATTACHED_TITLE.finditer(draft.text, max(0, provision.start - 600), provision.start + 30))
        line = draft.line_at(titles[-1].start() if titles else provision.start)
        sign = _model(draft)
        kind = draft.header.doc_type or "Quyết định"
        yield Note(
            line.start,
            line.end,
            f"Dưới tên văn bản kèm theo chưa ghi dòng “Ban hành kèm theo {kind} …”.",
            f"Bổ sung: “(Ban hành kèm theo {kind} số {sign} ngày … tháng … năm {draft.signed_on.year} của "
            f"{draft.header.issuer.name or '…'})”.",
        )


def file_form(draft: Draft, _: Context) -> Iterator[Note]:
    """K44: fonts and encoding of the file."""
    anchor = _anchor(draft)
    facts = draft.file
    if facts.legacy_fonts:
        fonts = ", ".join(facts.legacy_fonts)
        yield Note(
            anchor.start,
            anchor.end,
            f"Tệp dùng phông không theo bộ mã Unicode: {fonts}.",
            "Chuyển mã sang Unicode (TCVN 6909:2001), phông Times New Roman.",
        )
    if facts.decomposed:
        yield Note(
            anchor.start,
            anchor.end,
            "Tệp dùng chữ có dấu tổ hợp rời (không phải dạng dựng sẵn), gây lỗi tìm kiếm.",
            "Chuyển mã sang Unicode dựng sẵn.",
        )
