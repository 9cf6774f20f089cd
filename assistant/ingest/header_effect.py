"""Ngày có hiệu lực, from the document's own effect clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from assistant.law.document import ParseWarning, Provision, ProvisionKind

# “Nghị định này có hiệu lực thi hành (kể) từ ngày …”, also after the title of an attached regulation.
_CLAUSE = re.compile(
    r"(?:Hiến pháp|Bộ luật|[Ll]uật|Pháp lệnh|Lệnh|Nghị quyết(?: liên tịch)?|Nghị định|Quyết định|Thông tư(?: liên tịch)?|Chỉ thị"
    r"|Quy định|Quy chế|Văn bản)\s+này\s+(?:bắt đầu )?có\s+hiệu\s+lực(?:\s+thi\s+hành)?\s*(?P<when>[^\n]{0,160})"
)
_DATE = re.compile(r"(?:kể\s+)?từ\s+(?:ngày\s+)?(\d{1,2})\s*(?:tháng\s*|[/.-])(\d{1,2})\s*(?:năm\s*|[/.-])(\d{4})")
_AFTER = re.compile(
    r"sau\s+(?:(\d{1,3})|([a-zà-ỹ ]{2,20}?))\s*(?:\([^)]{1,30}\)\s*)?ngày,?\s*(?:kể\s+)?(?:từ\s+)?(?:ngày\s+)?(?P<event>[^\n]{0,60})"
)
_AT_ISSUE = re.compile(r"(?:kể\s+)?từ\s+ngày\s+(?:được\s+)?(?:ký|ban\s+hành|thông\s+qua|.{0,60}thông\s+qua)")
_WORDS = {
    "năm": 5, "bảy": 7, "mười": 10, "mười lăm": 15, "mười năm": 15, "hai mươi": 20, "ba mươi": 30, "bốn mươi lăm": 45,
    "sáu mươi": 60, "chín mươi": 90,
}  # fmt: skip


def effective_on(
    provisions: Sequence[Provision], issued_on: date | None
) -> tuple[date | None, tuple[ParseWarning, ...]]:
    """The day, and a warning where there is a clause that cannot be counted out."""
    for provision in _likely_first(provisions):
        for line in provision.text.split("\n"):
            if line.lstrip().startswith(("“", '"')):
                break
            found = _CLAUSE.search(line)
            if found is None:
                continue
            day = _counted(found["when"], issued_on)
            if day is not None:
                return day, ()
            return None, (ParseWarning(provision.start, f"Không tính được ngày hiệu lực: “{found.group().strip()}”"),)
    return None, ()


def _likely_first(provisions: Sequence[Provision]) -> list[Provision]:
    """Own provisions from the last backwards: the clause stands at the end, quotations of others before it."""
    own = [
        p for p in provisions if p.kind in _WITH_TEXT and not p.locator.path.startswith(("kem-theo", "phu-luc", "mau"))
    ]
    return own[::-1]


_WITH_TEXT = (ProvisionKind.ARTICLE, ProvisionKind.CLAUSE, ProvisionKind.POINT)


def _counted(when: str, issued_on: date | None) -> date | None:
    named = _DATE.match(when)
    if named:
        try:
            return date(int(named[3]), int(named[2]), int(named[1]))
        except ValueError:
            return None
    after = _AFTER.match(when)
    if after:
        days = int(after[1]) if after[1] else _WORDS.get(" ".join((after[2] or "").split()), 0)
        counted_from_issue = re.search(r"ký|ban hành|thông qua", after["event"]) and "ông báo" not in after["event"]
        return issued_on + timedelta(days=days) if issued_on and days and counted_from_issue else None
    return issued_on if _AT_ISSUE.match(when) else None
