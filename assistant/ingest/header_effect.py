"""Ngày có hiệu lực, from the document's own effect clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from assistant.law.document import ParseWarning, Provision, ProvisionKind

# “Nghị định này có hiệu lực thi hành từ ngày …”, “Nghị quyết này được … thông qua … và có hiệu lực từ …”.
_CLAUSE = re.compile(
    r"(?:Hiến pháp|Bộ luật|[Ll]uật|Pháp lệnh|Lệnh|Nghị quyết|Nghị định|Quyết định|Thông tư|liên tịch|Chỉ thị|Quy định"
    r"|Quy chế|Văn bản)\s+này\s+(?:bắt đầu |(?:đã )?được [^\n]{0,150}thông qua [^\n]{0,60})?"
    r"có\s+hiệu\s+lực(?:\s+thi\s+hành)?\s*(?P<when>[^\n]{0,160})"
)
# Not: “trước ngày Nghị định này có hiệu lực”.
_SAYS_WHEN = re.compile(r"(?:kể\s+)?(?:từ|sau)\s")
# Not: “Khoản 2 Điều 5 của Luật này có hiệu lực từ …”, which is the exception.
_OF_A_PART = re.compile(r"(?:của|tại|theo|Điều \d{1,4}[a-zđ]?)\s+$")
_DATE = re.compile(r"(?:kể\s+)?từ\s+(?:ngày\s+)?(\d{1,2})\s*(?:tháng\s*|[/.-])(\d{1,2})\s*(?:năm\s*|[/.-])(\d{4})")
_AFTER = re.compile(
    r"sau\s+(?:(\d{1,3})|([a-zà-ỹ ]{2,20}?))\s*(?:\([^)]{1,30}\)\s*)?ngày,?\s*(?:kể\s+)?(?:từ\s+)?(?:ngày\s+)?"
    r"(?P<event>[^\n]{0,60})"
)
_AT_ISSUE = re.compile(r"(?:kể\s+)?từ\s+ngày\s+(?:được\s+)?(?:ký|ban\s+hành|thông\s+qua|.{0,60}thông\s+qua)")
_WORDS = {
    **{"năm": 5, "bảy": 7, "mười": 10, "mười lăm": 15, "hai mươi": 20, "ba mươi": 30, "bốn mươi lăm": 45},
    **{"sáu mươi": 60, "chín mươi": 90},
}
_ATTACHED = ("kem-theo", "phu-luc", "mau")
_WITH_TEXT = (ProvisionKind.ARTICLE, ProvisionKind.CLAUSE, ProvisionKind.POINT)


def effective_on(
    provisions: Sequence[Provision], issued_on: date | None
) -> tuple[date | None, tuple[ParseWarning, ...]]:
    """The day, and a warning where there is a clause that cannot be counted out."""
    unclear: ParseWarning | None = None
    for provision in _likely_first(provisions):
        for line in provision.text.split("\n"):
            if line.lstrip().startswith(("“", '"')):
                break
            found = _CLAUSE.search(line)
            if found is None or not _SAYS_WHEN.match(found["when"]) or _OF_A_PART.search(line[: found.start()]):
                continue
            day = counted(found["when"], issued_on)
            if day is not None:
                return day, ()
            message = f"Không tính được ngày hiệu lực: “{found.group().strip()}”"
            unclear = unclear or ParseWarning(provision.start, message)
    return None, (unclear,) if unclear else ()


def own_articles(provisions: Sequence[Provision]) -> list[Provision]:
    """The Điều of the document itself, not of what is attached to it."""
    return [p for p in provisions if p.kind is ProvisionKind.ARTICLE and not p.locator.path.startswith(_ATTACHED)]


def _likely_first(provisions: Sequence[Provision]) -> list[Provision]:
    """Own provisions, by Điều: those called “Hiệu lực …” first, then from the last backwards."""
    by_article: dict[str, list[Provision]] = {}
    for provision in provisions:
        if provision.kind in _WITH_TEXT and not provision.locator.path.startswith(_ATTACHED):
            by_article.setdefault(provision.locator.article.path, []).append(provision)
    groups = list(by_article.values())[::-1]
    groups.sort(key=lambda group: "hiệu lực" not in group[0].heading.lower())
    return [provision for group in groups for provision in group]


def counted(when: str, issued_on: date | None) -> date | None:
    """The day that a clause names, or that follows from the day of issue."""
    named = _DATE.match(when)
    if named:
        try:
            return date(int(named[3]), int(named[2]), int(named[1]))
        except ValueError:
            return None
    after = _AFTER.match(when)
    if after:
        days = int(after[1]) if after[1] else _WORDS.get(" ".join((after[2] or "").split()), 0)
        from_issue = bool(re.search(r"ký|ban hành|thông qua", after["event"])) and "ông báo" not in after["event"]
        return issued_on + timedelta(days=days) if issued_on and days and from_issue else None
    return issued_on if _AT_ISSUE.match(when) else None
