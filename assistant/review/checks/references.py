"""Viện dẫn to other documents (K51–K53, K56)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from assistant.law import citation_values as roles
from assistant.law.citation import Reference
from assistant.law.document import Locator, Validity
from assistant.review.check import Context, Note, Unchecked
from assistant.review.checks.authority import historic
from assistant.review.checks.grounds import label, other_name, successor
from assistant.review.checks.references_internal import CLOSING
from assistant.review.cited import Missing, look_up
from assistant.review.draft import Draft, Span

_LAST_CHAPTER = re.compile(r"điều khoản (?:thi hành|cuối cùng|chuyển tiếp)|hiệu lực thi hành|chuyển tiếp", re.I)
_ENDS = re.compile(r"bãi bỏ|thay thế|hết hiệu lực|hủy bỏ", re.I)


def _ended_here(draft: Draft, reference: Reference) -> bool:
    """In an article that ends other documents, maybe in a list below “các văn bản sau đây hết hiệu lực”."""
    article = draft.article(reference.start)
    if article is None:
        return False
    chapter = draft.at(Locator(article.context)) if article.context else None
    if chapter is not None and _LAST_CHAPTER.search(chapter.heading):
        return True
    closing = CLOSING.search(article.heading) or draft.sets_effect(article)
    return bool(closing and _ENDS.search(draft.text, article.start, article.end))


def _external(draft: Draft) -> Iterator[Reference]:
    """References of the body to other documents, once a place; grounds have checks of their own."""
    for reference in draft.references:
        if reference.scope != roles.EXTERNAL or reference.number is None or draft.quoted(reference.start):
            continue
        if reference.role in (roles.IN_TITLE, roles.AMENDING, roles.INSERTED):
            continue
        if reference.start not in draft.body or any(reference.start in ground for ground in draft.zones.grounds):
            continue
        yield reference


def external(draft: Draft, context: Context) -> Iterator[Note | Unchecked]:
    """K51: the cited provision is in the cited text; a text not in the store is listed, not judged."""
    for reference in _external(draft):
        if not reference.article or reference.number is None:
            continue
        found = look_up(reference, context, draft.signed_on)
        cited = f"{reference.locator} văn bản số {reference.number}"
        if isinstance(found, Unchecked):
            yield found
        elif isinstance(found, Missing):
            yield Note(
                reference.start,
                reference.end,
                f"{_document(reference.number, context)} không có {reference.locator}: {found.why}.",
                f"Kiểm tra lại viện dẫn {cited}.",
                confidence=found.confidence,
            )


def _document(number: str, context: Context) -> str:
    row = context.catalogue.get(number)
    name = label(row) if row else f"văn bản số {number}"
    return name[:1].upper() + name[1:]


def expired(draft: Draft, context: Context) -> Iterator[Note | Unchecked]:
    """K52: cited texts are in force when the draft takes effect; rules for old cases may cite old texts."""
    on = max(draft.effective_on or draft.signed_on, draft.signed_on)
    seen: set[str] = set()
    for reference in _external(draft):
        number = reference.number or ""
        if number in seen or reference.operation or _ended_here(draft, reference) or draft.amends_at(reference.start):
            continue
        if not _cited_number(draft, reference) and _same_name_holds(reference, context, on):
            continue
        if historic(draft, Span(reference.start, reference.end)):
            continue
        row = context.catalogue.get(number)
        if row is not None and _cited_year(draft, reference) not in (None, row.year):  # K56 tells that the two disagree
            continue
        state = context.catalogue.state_on(number, on)
        if state.validity is Validity.UNKNOWN:
            seen.add(number)
            yield Unchecked(f"Hiệu lực của văn bản số {number}", state.reason or "danh mục chưa đủ dữ liệu")
        if state.validity is Validity.EXPIRED:
            seen.add(number)
            newer = successor(row, context, draft) if row else ""
            since = f" từ ngày {state.since:%d/%m/%Y}" if state.since else ""
            replaced = f"; văn bản thay thế: {newer}" if newer else ""
            yield Note(
                reference.start,
                reference.end,
                f"{_document(number, context)} đã hết hiệu lực{since}{replaced}.",
                f"Cập nhật viện dẫn đến {newer}." if newer else "Cập nhật viện dẫn đến văn bản đang có hiệu lực.",
            )


def _same_name_holds(reference: Reference, context: Context, on: date) -> bool:
    """“Luật Đất đai” without number means the law of that name in force, then as now."""
    if reference.year is not None or not reference.name:
        return False
    row = context.catalogue.by_name(reference.name, on)
    return row is not None and context.catalogue.state_on(row.number, on).validity is not Validity.EXPIRED


# “Nghị định 118”, “Thông tư số 05”: type and serial without year and issuer.
_BARE = re.compile(
    r"\b(?P<type>Nghị định|Thông tư liên tịch|Thông tư|Quyết định|Nghị quyết)[ \t]+(?:số[ \t]+)?(?P<n>\d{1,4})"
    r"(?!\d|[./-][\dA-ZĐ])(?![ \t]*(?:đã|tháng|năm|điều|khoản|ngày))",
)


def first_mention(draft: Draft, _: Context) -> Iterator[Note]:
    """K53: type, number, issuer and name the first time; never a serial alone."""
    for found in _BARE.finditer(draft.text, draft.header.end, draft.body.end):
        if not draft.quoted(found.start()) and not draft.inside(found.start(), draft.quotes):
            yield Note(
                *found.span(),
                f"Viện dẫn “{found[0]}” thiếu số, ký hiệu đầy đủ. Lần đầu viện dẫn phải ghi tên loại, số, ký hiệu, "
                "cơ quan ban hành, tên gọi; lần tiếp theo chỉ ghi tên loại, số, ký hiệu.",
                f"Ghi đầy đủ “{found['type']} số {found['n']}/<năm>/<ký hiệu>” kèm cơ quan ban hành và tên gọi ở "
                f"lần đầu.",
            )


def name_and_number(draft: Draft, context: Context) -> Iterator[Note]:
    """K56: name, number and year of a cited law belong together."""
    told: set[tuple[str, str]] = set()
    for reference in _external(draft):
        number, name = reference.number or "", reference.name or ""
        row = context.catalogue.get(number)
        amending = re.search(r"sửa đổi|bổ sung|bãi bỏ", name, re.I)  # the number may be the amended document's
        if row is None or not name or amending or (name, number) in told or not _cited_number(draft, reference):
            continue
        told.add((name, number))
        year = _cited_year(draft, reference)
        if other_name(name, row):
            reason = f"Số hiệu {row.number} là của {row.title or row.doc_type}; dự thảo ghi “{name}”."
        elif year and row.year and year not in (row.year, _year_of(number)):
            other = context.catalogue.by_name(name, draft.signed_on, year)
            hint = f"; {name} năm {year} có số {other.number}" if other else ""
            reason = f"Số hiệu {row.number} là của {row.title} năm {row.year}{hint}; dự thảo ghi năm {year}."
        else:
            continue
        span = _around(draft, reference)
        yield Note(span.start, span.end, reason, "Thống nhất tên gọi, số, ký hiệu và năm của văn bản được viện dẫn.")


def _cited_year(draft: Draft, reference: Reference) -> int | None:
    """The year written with the law: “Luật Đất đai năm 2024”, “Luật Đất đai số 45/2013/QH13 năm 2024”."""
    behind = re.match(r"[ \t]*(?:năm|\(năm)[ \t]+(\d{4})", draft.text[_around(draft, reference).end :])
    return reference.year or (int(behind[1]) if behind else None)


def _year_of(number: str) -> int | None:
    found = re.search(r"/((?:19|20)\d\d)/", number)
    return int(found[1]) if found else None


def _cited_number(draft: Draft, reference: Reference) -> str:
    """The number as it stands in the sentence after the reference begins; "" where only the name is written."""
    sentence = draft.sentence_at(reference.start)
    found = re.search(r"số[ \t]+(\d[\d.]*/[^\s,;.]+)", draft.text[reference.start : max(sentence.end, reference.end)])
    return found[1] if found else ""


def _around(draft: Draft, reference: Reference) -> Span:
    """From the name to the number."""
    start = draft.text.find(reference.name or "", max(0, reference.start - 5), reference.end + 200)
    start = reference.start if start < 0 else start
    number = re.compile(r"\d[\d.]*/[^\s,;.]+").search(draft.text, start, start + 200)
    return Span(start, number.end() if number else reference.end)
