"""Thẩm quyền: form and issuer, normative or not, district level, old names (K01, K03, K05–K08)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.language.normalise import CAPITALS, for_matching
from assistant.review.check import Context, Note, Severity
from assistant.review.draft import Draft, Family, Level, Organ, Span
from assistant.review.names import OldName

_FORMS = {Organ.COUNCIL: "Nghị quyết", Organ.COMMITTEE: "Quyết định", Organ.CHAIR: "Quyết định"}
_SIGNS = {"NQ": "Nghị quyết", "QĐ": "Quyết định"}


def form_of_issuer(draft: Draft, _: Context) -> Iterator[Note]:
    """K01: councils issue nghị quyết, committees and provincial chairs quyết định; nobody else below the province."""
    issuer, title = draft.header.issuer, draft.header.title
    yield from _no_issuer(draft)
    right = _FORMS.get(issuer.organ)
    if right is None or title is None or draft.header.doc_type == "Nghị quyết liên tịch":
        return
    number = draft.text[draft.header.number.start : draft.header.number.end] if draft.header.number else ""
    sign = re.search(r"/(NQ|QĐ)-", number)
    written = {draft.header.doc_type, *([_SIGNS[sign[1]]] if sign else [])}
    if written != {right}:
        wrong = next(iter(written - {right}), draft.header.doc_type)
        yield Note(
            title.start,
            title.end,
            f"{issuer.organ.value} ban hành văn bản quy phạm pháp luật dưới hình thức {right.lower()}; "
            f"dự thảo sử dụng hình thức {wrong.lower()} là không đúng thẩm quyền về hình thức.",
            f"Ban hành dưới hình thức {right.lower()}; thống nhất tên loại và ký hiệu.",
        )
    elif issuer.level is Level.DISTRICT or (issuer.organ is Organ.CHAIR and issuer.level is Level.COMMUNE):
        span = draft.header.issuer_span or title
        yield Note(
            span.start,
            span.end,
            f"{issuer.name} không thuộc danh mục cơ quan, người có thẩm quyền ban hành văn bản quy phạm pháp luật.",
            "Xác định lại cơ quan ban hành, hoặc ban hành dưới hình thức văn bản hành chính nếu không chứa quy phạm.",
        )


def _no_issuer(draft: Draft) -> Iterator[Note]:
    title = draft.header.title
    if draft.header.present and title and not draft.header.issuer.name and not draft.document.issuing_body:
        yield Note(
            title.start,
            title.end,
            "Phần đầu văn bản chưa ghi tên cơ quan ban hành.",
            "Bổ sung tên cơ quan ban hành.",
            severity=Severity.MAJOR,
        )


_RULES = re.compile(r"\b(?:phải|không được|có trách nhiệm|có nghĩa vụ|được quyền|có quyền|nghiêm cấm)\b", re.I)
_PUBLIC = re.compile(
    r"\b(?:tổ chức, cá nhân|cá nhân, tổ chức|hộ gia đình|người dân|công dân|doanh nghiệp|cơ quan, tổ chức)\b", re.I
)
_INTERNAL = re.compile(
    r"quy chế làm việc|nội bộ|kế hoạch|đề án|chương trình|quy trình|quy chế (?:tổ chức|hoạt động|phối hợp)|phê duyệt",
    re.I,
)


def normative_or_not(draft: Draft, _: Context) -> Iterator[Note]:
    """K03: general rules in a decision that is numbered and built as an individual one."""
    if draft.family is not Family.ADMINISTRATIVE or draft.header.doc_type not in ("Nghị quyết", "Quyết định"):
        return
    if not draft.header.issuer.local or draft.claims_normative or _INTERNAL.search(draft.subject):
        return
    scope = [a for a in draft.articles if re.search(r"phạm vi điều chỉnh|đối tượng áp dụng", a.heading, re.I)]
    addressed = any(_PUBLIC.search(draft.text, a.start, a.end) for a in scope)
    rules = sum(1 for _ in _RULES.finditer(draft.text, draft.body.start, draft.body.end))
    if scope and addressed and rules >= 2:
        span = draft.header.number or draft.header.title or scope[0]
        yield Note(
            span.start,
            span.end,
            "Dự thảo chứa quy tắc xử sự chung, áp dụng nhiều lần cho tổ chức, cá nhân nhưng được soạn dưới dạng văn "
            "bản cá biệt "
            "(ký hiệu không có năm, không căn cứ Luật Ban hành văn bản quy phạm pháp luật).",
            "Ban hành dưới hình thức văn bản quy phạm pháp luật, theo trình tự tương ứng.",
            confidence=0.7,
        )


_DELEGATES = re.compile(r"\b(?:phân cấp|ủy quyền)[ \t]+(?:cho|thực hiện)\b", re.I)


def delegation_by_commune(draft: Draft, _: Context) -> Iterator[Note]:
    """K05: the list of what a commune may regulate does not name phân cấp."""
    if draft.header.issuer.level is not Level.COMMUNE or draft.header.issuer.organ is not Organ.COMMITTEE:
        return
    for found in _DELEGATES.finditer(draft.text, draft.body.start, draft.body.end):
        before = draft.text[max(0, found.start() - 12) : found.start()].lower()
        if not draft.quoted(found.start()) and not before.rstrip().endswith(("được", "theo", "quy định về")):
            yield Note(
                *found.span(),
                "Danh mục nội dung Ủy ban nhân dân cấp xã được ban hành quyết định không nêu việc phân cấp (khác "
                "với cấp tỉnh).",
                "Nêu căn cứ của việc phân cấp, ủy quyền hoặc bỏ nội dung này.",
                confidence=0.6,
            )


_UNIT = r"(?:quận|huyện|thị xã|thành phố thuộc (?:tỉnh|thành phố)|thành phố Thủ Đức)"
_PROPER = rf"(?:[ \t]+(?:\d{{1,2}}\b|[{CAPITALS}]\w*(?:[ \t][{CAPITALS}]\w*){{0,3}}))?"
_ORGAN = (
    r"(?:Ủy ban nhân dân|UBND|Hội đồng nhân dân|HĐND|Công an|Phòng(?:[ \t][^\W\d]+){1,6}?"
    r"|Chi cục(?:[ \t][^\W\d]+){1,5}?|Thanh tra|Trung tâm(?:[ \t][^\W\d]+){1,6}?)"
)
# “Ủy ban nhân dân quận, huyện, thành phố Thủ Đức”, “cấp huyện”, “các quận, huyện”.
_DISTRICT = re.compile(
    rf"\b(?:{_ORGAN}[ \t]+)?(?:các[ \t]+)?{_UNIT}{_PROPER}(?:,[ \t]+(?:{_UNIT}){_PROPER})+"
    rf"|\b{_ORGAN}[ \t]+(?:các[ \t]+|cấp[ \t]+)?{_UNIT}{_PROPER}|\bcấp huyện\b"
)
# Words by which a sentence speaks of how things were, or hands them over.
_PAST = re.compile(
    r"trước (?:khi )?sắp xếp|trước ngày 0?1(?: tháng |/)0?7(?: năm |/)2025|trước đây|\bcũ\b"
    r"|đã (?:được )?(?:ban hành|cấp|tiếp nhận|phê duyệt|giải quyết|giao)"
    r"|không còn|không tổ chức|kết thúc (?:hoạt động|nhiệm vụ)|tiếp nhận từ|chuyển từ|bàn giao từ|bãi bỏ|thay thế"
    r"|hết hiệu lực|giai đoạn trước",
    re.I,
)
_CITED = re.compile(r"\d+(?:/\d{4})?/[A-ZĐ]{2,5}(?:-[A-ZĐ]{2,10})?[^.;\n]{0,400}$")


def historic(draft: Draft, found: Span) -> bool:
    """A cited title, quoted text, a repeal or a transitional rule: old names stay as they were there."""
    sentence = draft.sentence_at(found.start)
    article = draft.article(found.start)
    return (
        draft.quoted(found.start)
        or draft.inside(found.start, draft.quotes)
        or any(found.start in ground for ground in draft.zones.grounds)
        or bool(_PAST.search(draft.text, sentence.start, sentence.end))
        or bool(_CITED.search(draft.text[sentence.start : found.start]))
        or (article is not None and "chuyển tiếp" in article.heading.lower())
    )


def districts(draft: Draft) -> tuple[Span, ...]:
    """District-level bodies that the draft gives work to."""
    spans = (Span(*m.span()) for m in _DISTRICT.finditer(draft.text, draft.header.end))
    return tuple(span for span in spans if not historic(draft, span))


def district_level(draft: Draft, _: Context) -> Iterator[Note]:
    """K06: no district level since 01/7/2025."""
    for span in districts(draft):
        yield Note(
            span.start,
            span.end,
            "Từ ngày 01/7/2025 không còn đơn vị hành chính cấp huyện; dự thảo còn nêu cơ quan hoặc đơn vị cấp huyện.",
            "Thay bằng “Ủy ban nhân dân phường, xã, đặc khu” hoặc cơ quan được phân định thẩm quyền tại nghị định "
            "tương ứng.",
        )


def old_bodies(draft: Draft, context: Context) -> Iterator[Note]:
    """K07: bodies under a name that ended before the draft is signed."""
    for name, span in _old_names(draft, context.names.bodies, context.names.current):
        now = f" (nay: {name.new})" if name.new else ""
        written = draft.text[span.start : span.end]
        yield Note(
            span.start,
            span.end,
            f"Tên cơ quan “{written}” không còn trong cơ cấu tổ chức từ ngày {name.since:%d/%m/%Y}{now}.",
            f"Sửa thành “{name.new}”." if name.new else "Rà soát, ghi tên cơ quan hiện nay.",
            confidence=0.9,
        )


def old_places(draft: Draft, context: Context) -> Iterator[Note]:
    """K08: administrative units that were merged. Only local texts: elsewhere other units bear the same names."""
    local = draft.header.issuer.local
    places = tuple(p for p in context.names.places if local or p.old.startswith("Tỉnh "))
    for name, span in _old_names(draft, places, context.names.current):
        now = f" (nay: {name.new})" if name.new else ""
        written = draft.text[span.start : span.end]
        yield Note(
            span.start,
            span.end,
            f"Địa danh “{written}” không còn là đơn vị hành chính từ ngày {name.since:%d/%m/%Y}{now}.",
            "Ghi theo đơn vị hành chính hiện hành, hoặc ghi rõ “(trước sắp xếp)”.",
            confidence=0.9,
        )


def _old_names(draft: Draft, names: tuple[OldName, ...], current: tuple[str, ...]) -> Iterator[tuple[OldName, Span]]:
    """Each old name once, at its first place that is not historic; the longest name wins, of today's too."""
    old = {for_matching(n.old): n for n in names if n.since <= draft.signed_on}
    if not old:
        return
    taken = districts(draft)
    seen: set[str] = set()
    for found in _pattern((*old, *map(for_matching, current))).finditer(for_matching(draft.text), draft.header.end):
        span, name = Span(*found.span()), old.get(found[0])
        if name is None or name.old in seen or any(d.start <= span.start < d.end for d in taken):
            continue
        of_council = name.old.startswith("Ban ") and "Hội đồng nhân dân" in draft.text[span.end : span.end + 200]
        if _proper(draft.text[span.start : span.end]) and not of_council and not historic(draft, span):
            seen.add(name.old)
            yield name, span


def _proper(written: str) -> bool:
    """A name, not common words: what follows the first word begins with a capital or a digit."""
    rest = written.split()[1:]
    return any(word[0].isupper() or word[0].isdigit() for word in rest)


@lru_cache(maxsize=8)
def _pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(set(forms), key=len, reverse=True)))})(?!\w)")
