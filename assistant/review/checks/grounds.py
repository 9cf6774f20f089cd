"""Căn cứ ban hành: in force, complete, of the right kind, written right (K10–K17)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.language.normalise import fold
from assistant.law.catalogue import CatalogueRow
from assistant.law.document import Validity
from assistant.review.check import Context, Note, Severity, Unchecked
from assistant.review.checks.closing import effective_on
from assistant.review.draft import Draft, Level, Organ
from assistant.review.ground import Ground, read_grounds


def label(row: CatalogueRow) -> str:
    """“Luật Lưu trữ số 33/2024/QH15”; “Nghị định số 78/2025/NĐ-CP”."""
    if row.doc_type in ("Luật", "Bộ luật", "Pháp lệnh") and row.title:
        name = row.title[len(row.doc_type) :].strip() if row.title.startswith(row.doc_type) else ""
        title = f"{row.doc_type} {name.capitalize()}" if name.isupper() else row.title
        return f"{title} số {row.number}"
    return f"{row.doc_type or 'văn bản'} số {row.number}"


def successor(row: CatalogueRow, context: Context, draft: Draft) -> str:
    """What stands in its place, with its amendments: “Luật … số 64/2025/QH15 được sửa đổi, bổ sung bởi …”."""
    state = context.catalogue.state_on(row.number, draft.signed_on)
    newer = context.catalogue.get(state.replaced_by) if state.replaced_by else None
    if newer is None and row.title and row.doc_type in ("Luật", "Bộ luật"):
        same = context.catalogue.by_name(row.title, draft.signed_on)
        newer = same if same and same.number != row.number else None
    if newer is None:
        return f"văn bản số {state.replaced_by}" if state.replaced_by else ""
    later = context.catalogue.amended_by(newer.number, draft.signed_on)
    amended = f" được sửa đổi, bổ sung bởi {', '.join(f'văn bản số {n}' for n in later)}" if later else ""
    return label(newer) + amended


def expired(draft: Draft, context: Context) -> Iterator[Note | Unchecked]:
    """K10: a ground is in force on the day of signing."""
    for ground in read_grounds(draft):
        row = ground.row(context.catalogue, draft.signed_on)
        if row is None:
            if ground.number is not None and ground.number.is_normative:
                yield Unchecked(
                    f"Hiệu lực của căn cứ {ground.name} số {ground.number.normalised}", "danh mục chưa có văn bản này"
                )
            continue
        state = context.catalogue.state_on(row.number, draft.signed_on)
        if state.validity is Validity.UNKNOWN:
            yield Unchecked(f"Hiệu lực của căn cứ {label(row)}", state.reason or "danh mục chưa đủ dữ liệu")
        if state.validity is Validity.EXPIRED:
            since = f" kể từ ngày {state.since:%d/%m/%Y}" if state.since else ""
            newer = successor(row, context, draft)
            yield Note(
                ground.span.start,
                ground.span.end,
                f"{_capital(label(row))} đã hết hiệu "
                f"lực{since}{f' ({state.reason})' if state.reason and not since else ''}.",
                f"Thay bằng {newer}." if newer else "Thay bằng văn bản đang có hiệu lực, hoặc bỏ căn cứ này.",
            )


def not_yet(draft: Draft, context: Context) -> Iterator[Note]:
    """K11: allowed only where it takes effect before the draft does, or with it."""
    starts = effective_on(draft) or draft.signed_on
    for ground in read_grounds(draft):
        row = ground.row(context.catalogue, draft.signed_on)
        begins = row.effective_on if row else None
        if row is not None and begins is not None and begins > max(starts, draft.signed_on):
            yield Note(
                ground.span.start,
                ground.span.end,
                f"{_capital(label(row))} có hiệu lực từ ngày {begins:%d/%m/%Y}: chưa có hiệu lực tại thời điểm ban "
                f"hành "
                "và cũng không có hiệu lực trước hoặc cùng thời điểm với dự thảo.",
                "Dùng văn bản đang có hiệu lực làm căn cứ, hoặc xác định lại ngày có hiệu lực của dự thảo.",
            )


def missing_amendment(draft: Draft, context: Context) -> Iterator[Note]:
    """K12: what amended a ground is named with it, in its line or in one of its own."""
    grounds = read_grounds(draft)
    mentioned = {number for ground in grounds for number in ground.mentioned}
    for ground in grounds:
        row = ground.row(context.catalogue, draft.signed_on)
        if row is None or context.catalogue.state_on(row.number, draft.signed_on).validity is Validity.EXPIRED:
            continue
        later = [n for n in context.catalogue.amended_by(row.number, draft.signed_on) if n not in mentioned]
        later = [n for n in later if _amends_now(n, row, context, draft)]
        if later:
            names = ", ".join(_short(n, context) for n in later)
            yield Note(
                ground.span.start,
                ground.span.end,
                f"{_capital(label(row))} đã được sửa đổi, bổ sung bởi {names}; căn cứ chưa nêu.",
                f"Bổ sung “được sửa đổi, bổ sung bởi {names}”.",
                confidence=0.8,
            )


def _amends_now(number: str, row: CatalogueRow, context: Context, draft: Draft) -> bool:
    """Still in force, and of a kind that can amend the other: a circular amends no law."""
    other = context.catalogue.get(number)
    if other is None or context.catalogue.state_on(number, draft.signed_on).validity is Validity.EXPIRED:
        return False
    laws = ("Luật", "Bộ luật", "Nghị quyết")
    if row.doc_type in ("Luật", "Bộ luật"):
        return other.doc_type in laws
    return other.doc_type in (row.doc_type, *laws)


def _short(number: str, context: Context) -> str:
    row = context.catalogue.get(number)
    return f"{row.doc_type} số {number}" if row and row.doc_type else f"văn bản số {number}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


_NEVER = frozenset(
    ("công văn", "công điện", "kết luận", "thông báo", "kế hoạch", "chương trình", "hướng dẫn", "báo cáo", "tờ trình")
)
_OWN_FORCE = {Organ.COUNCIL: 3, Organ.COMMITTEE: 2, Organ.CHAIR: 2}


def wrong_kind(draft: Draft, _: Context) -> Iterator[Note]:
    """K13: grounds are normative texts of higher force; party papers and letters are none."""
    for ground in read_grounds(draft):
        number = ground.number
        what = f"{ground.doc_type} số {number.printed}" if number else ground.name
        if ground.doc_type.lower() in _NEVER or (number is not None and number.party):
            reason, severity = (
                f"Căn cứ ban hành phải là văn bản quy phạm pháp luật có hiệu lực pháp lý cao hơn; “{what}” không "
                f"phải văn bản quy phạm pháp luật.",
                None,
            )
        elif _lower(draft, ground):
            reason, severity = f"“{what}” có hiệu lực pháp lý thấp hơn dự thảo, không dùng làm căn cứ ban hành.", None
        elif (
            number is not None
            and not number.is_normative
            and number.normative_confidence >= 0.9
            and number.issuer_code != "CP"
        ):
            reason, severity = (
                f"Ký hiệu của “{what}” cho thấy đây là văn bản cá biệt, không phải văn bản quy phạm pháp luật.",
                Severity.MINOR,
            )
        else:
            continue
        yield Note(
            ground.span.start,
            ground.span.end,
            reason,
            f"Bỏ “{what}” khỏi phần căn cứ.",
            severity,
            1.0 if severity is None else 0.6,
        )


def _lower(draft: Draft, ground: Ground) -> bool:
    own = _OWN_FORCE.get(draft.header.issuer.organ)
    if own is None or ground.number is None or draft.header.issuer.level is Level.COMMUNE:
        return False
    text = draft.text[ground.span.start : ground.span.end].lower()
    commune = bool(re.search(r"nhân dân (?:xã|phường|thị trấn|đặc khu)\b", text))
    return commune or (own == 3 and ground.number.issuer_code == "UBND")


_LOCAL_GOVERNMENT = "luat to chuc chinh quyen dia phuong"
_LAWMAKING = "luat ban hanh van ban quy pham phap luat"


def missing_authority(draft: Draft, _: Context) -> Iterator[Note]:
    """K14: at least one ground for the power to issue, and one for the matter."""
    if not draft.zones.grounds or not draft.header.issuer.local:
        return
    folded = [fold(draft.text[s.start : s.end]) for s in draft.zones.grounds]
    first = draft.zones.grounds[0]
    line = draft.line_at(first.start)
    if not any(_LOCAL_GOVERNMENT in text or re.search(r"\b72/2025/qh15\b", text) for text in folded):
        yield Note(
            line.start,
            line.end,
            "Phần căn cứ chưa có văn bản quy định thẩm quyền, chức năng của cơ quan ban hành.",
            "Bổ sung “Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;”.",
        )
    content = [g for g in read_grounds(draft) if not _of_authority(fold(g.name)) and g.doc_type.lower() not in _NEVER]
    if not content:
        yield Note(
            line.start,
            line.end,
            "Phần căn cứ chưa có văn bản trực tiếp quy định nội dung của dự thảo.",
            "Bổ sung luật, nghị định, thông tư quy định nội dung hoặc giao quy định chi tiết.",
        )


def _of_authority(name: str) -> bool:
    return name.startswith((_LOCAL_GOVERNMENT, _LAWMAKING)) or "sua doi, bo sung mot so dieu cua " + _LAWMAKING in name


def wrong_facts(draft: Draft, context: Context) -> Iterator[Note]:
    """K15: number, date and name of a ground as the catalogue has them."""
    for ground in read_grounds(draft):
        row = ground.row(context.catalogue, draft.signed_on)
        if row is None:
            yield from _misnumbered(ground, context, draft)
            continue
        if ground.issued_on and row.issued_on and ground.issued_on != row.issued_on and ground.date_span:
            yield Note(
                ground.date_span.start,
                ground.date_span.end,
                f"{_capital(label(row))} được ban hành ngày {_long(row)}; dự thảo ghi "
                f"{draft.text[ground.date_span.start : ground.date_span.end]} là chưa chính xác.",
                f"Sửa thành “ngày {_long(row)}”.",
            )
        if ground.number_span and ground.is_law and other_name(ground.name, row):
            yield Note(
                ground.span.start,
                ground.span.end,
                f"Số {row.number} là của “{row.title}”; dự thảo ghi “{ground.name}”.",
                "Đối chiếu lại tên gọi và số, ký hiệu của căn cứ.",
            )


def _long(row: CatalogueRow) -> str:
    day = row.issued_on
    return (
        f"{day.day:02d} tháng {day.month:02d} năm {day.year}".replace(
            "tháng 0", "tháng " if day.month > 2 else "tháng 0"
        )
        if day
        else ""
    )


def _misnumbered(ground: Ground, context: Context, draft: Draft) -> Iterator[Note]:
    """A law of that name and year exists under another number."""
    if ground.number is None or ground.number.year is None or not ground.is_law or ground.number_span is None:
        return
    named = context.catalogue.by_name(ground.name, draft.signed_on, ground.number.year)
    if named is not None and named.number != ground.number.normalised:
        yield Note(
            ground.number_span.start,
            ground.number_span.end,
            f"Theo danh mục, {named.title} năm {ground.number.year} có số {named.number}; dự thảo ghi số "
            f"{ground.number.printed}.",
            f"Sửa thành số {named.number}.",
        )


def other_name(name: str, row: CatalogueRow) -> bool:
    """A law under another law's number. Titles of other types are written too freely to compare."""
    if not row.title or row.doc_type not in ("Luật", "Bộ luật", "Pháp lệnh"):
        return False
    written = set(re.findall(r"\w+", fold(name)))
    if len(written) < 2:
        return False
    return all(
        len(written & set(re.findall(r"\w+", fold(known)))) < 0.6 * len(written) for known in (row.title, *row.aliases)
    )


def line_form(draft: Draft, _: Context) -> Iterator[Note]:
    """K16: one ground a line, ended with a semicolon; the last of an administrative text with a full stop."""
    grounds = draft.zones.grounds
    joined = [
        g
        for g in grounds
        if len(
            re.findall(
                r"(?<![\w“(])Căn cứ\s+(?:Luật|Bộ luật|Nghị|Thông tư|Quyết|Pháp lệnh|Hiến pháp)",
                draft.text[g.start : g.end],
            )
        )
        > 1
    ]
    if joined:
        yield Note(
            joined[0].start,
            joined[0].end,
            "Nhiều căn cứ viết liền trong một đoạn.",
            "Trình bày mỗi căn cứ thành một dòng riêng, chữ in nghiêng, cuối dòng có dấu chấm phẩy.",
        )
        return
    signs = {g: ";." if g is grounds[-1] or not draft.text.startswith("Căn cứ", g.start) else ";" for g in grounds}
    wrong = [g for g in grounds if draft.text[g.end - 1] not in signs[g]]
    if wrong:
        line = draft.line_at(wrong[0].end - 1)
        count = f" ({len(wrong)} dòng)" if len(wrong) > 1 else ""
        yield Note(
            line.start,
            line.end,
            f"Dòng căn cứ không kết thúc bằng dấu chấm phẩy{count}.",
            "Trình bày mỗi căn cứ thành một dòng riêng, cuối dòng có dấu chấm phẩy.",
        )


_RANK = (
    ("hiến pháp",), ("bộ luật", "luật"), ("pháp lệnh",), ("lệnh",), ("nghị định",), ("thông tư", "thông tư liên tịch"),
)  # fmt: skip


def order(draft: Draft, _: Context) -> Iterator[Note]:
    """K17: from higher to lower force. Resolutions and decisions depend on their issuer and are left out."""
    highest_after = -1
    for ground in read_grounds(draft):
        rank = next((i for i, names in enumerate(_RANK) if ground.doc_type.lower() in names), None)
        if rank is None:
            continue
        if rank < highest_after:
            yield Note(
                ground.span.start,
                ground.span.end,
                f"“{ground.name}” đứng sau căn cứ có hiệu lực pháp lý thấp hơn.",
                "Sắp xếp căn cứ theo thứ bậc hiệu lực từ cao xuống thấp; cùng thứ bậc thì theo thời gian ban hành.",
            )
            return
        highest_after = rank
