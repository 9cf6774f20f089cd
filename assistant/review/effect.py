"""Since when a text holds, as it says itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

SELF = (
    r"(?:Nghị quyết|Quyết định|Nghị định|Thông tư|Luật|Bộ luật|Pháp lệnh|Quy định|Quy chế)(?:[ \t]+liên tịch)?[ \t]+này"
)
# The sentence that sets the date: “Quyết định này có hiệu lực (thi hành) …”, “Hiệu lực thi hành: …”.
_EFFECT = re.compile(
    rf"{SELF}[ \t]+(?:chính thức[ \t]+)?có[ \t]+hiệu[ \t]+lực(?:[ \t]+thi[ \t]+hành)?(?P<rest>[^.;\n]{{0,200}})", re.I
)
# “trước ngày Quyết định này có hiệu lực”, “kể từ ngày Nghị định này có hiệu lực thì …”: not the clause of effect.
_MENTION = re.compile(r"(?:ngày|khi|điểm|sau|trước|thời gian|lúc|đến|theo)[ \t]*$", re.I)
_DATE = re.compile(
    r"ngày\s{0,3}(?P<d>\d{1,2})\s{0,3}(?:tháng\s{0,3}(?P<m>\d{1,2})\s{0,3}năm\s{0,3}(?P<y>\d{4})"
    r"|[/.-](?P<m2>\d{1,2})[/.-](?P<y2>\d{4}))",
    re.I,
)


def effect_clause(text: str, start: int, quoted: Callable[[int], bool]) -> re.Match[str] | None:
    """The clause that sets the date; its group ``rest`` is what follows “có hiệu lực”."""
    for found in _EFFECT.finditer(text, start):
        before = text[max(0, found.start() - 20) : found.start()]
        if not _MENTION.search(before) and not quoted(found.start()):
            return found
    return None


def read_date(text: str) -> date | None:
    """The first full date of a text; None when there is none or it is no day of the calendar."""
    found = _DATE.search(text)
    if not found:
        return None
    try:
        return date(int(found["y"] or found["y2"]), int(found["m"] or found["m2"]), int(found["d"]))
    except ValueError:
        return None
