"""Căn cứ ban hành against the catalogue: in force, complete, written right (K10–K12, K15)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.language.normalise import fold
from assistant.law.catalogue_rows import CatalogueRow
from assistant.law.document import Validity
from assistant.review.check import Context, Note, Unchecked
from assistant.review.draft import Draft
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
    amended = f" được sửa đổi, bổ sung bởi {', '.join(_short(n, context) for n in later)}" if later else ""
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
    starts = draft.effective_on or draft.signed_on
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
