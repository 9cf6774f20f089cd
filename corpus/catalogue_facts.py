"""What a whole text or an article says about documents: number of articles, day of effect, other documents named."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from catalogue_clauses import DATE, NUMBER, ended_documents

Fact = dict[str, Any]  # one source's facts about one document; "rank" says how far the source is believed (0: most)

_ARTICLE_LINE = re.compile(r"^\s*Điều\s+(\d+)\s*\.", re.MULTILINE)
_QUOTED = re.compile(r"“[^“”]{0,60000}”")
_EFFECTIVE = re.compile(rf"(?:này|quyết)\s+có hiệu lực(?: thi hành)?\s*,?\s*(?:kể\s+)?từ\s+{DATE}", re.IGNORECASE)
_FROM_SIGNING = re.compile(r"này\s+có hiệu lực(?: thi hành)?\s+(?:kể\s+)?từ\s+ngày\s+ký", re.IGNORECASE)
_NAMES_NUMBER = re.compile(rf"({NUMBER})(?:\s*,?\s*{DATE})?")
# “Luật Phòng, chống tham nhũng số 36/2018/QH14”: numbers of the National Assembly do not show the type.
_TYPED = re.compile(
    r"(Bộ luật|Luật|Nghị quyết|Pháp lệnh)(\s[^;:.\d“”()\n]{2,120}?)?\s+số:?\s+(\d{1,4}/\d{4}/(?:UBTVQH|QH)\d{1,2})\b"
)
_TYPE_WORD = re.compile(r"\b(?:Bộ luật|Luật|Nghị quyết|Pháp lệnh|Nghị định|Điều|khoản|theo|bởi|sửa đổi|bãi bỏ)\b")


def ended_facts(text: str, host: str, doc_type: str, effective: date | None) -> Iterator[Fact]:
    """For each document that the closing clauses end: the relation, and the end itself."""
    for ended in ended_documents(text, doc_type):
        on = ended.on or effective
        if ended.number == host or _year_in(ended.number) > (_year_in(host) or 9999):
            continue  # a clause of a later text, stuck to this one by its source
        source = f"điều khoản thi hành của {host}"
        yield relation_fact(host, ended.kind, ended.number, on, source, _STILL_APPLIES if ended.partial else "")
        yield {
            "number": ended.number,
            "title": ended.name,
            "issued_on": ended.issued_on,
            "expires_on": None if ended.partial else on,
            "status": "partly_expired" if ended.partial else "expired",
            "rank": 4,
            "source": source,
        }


def _year_in(number: str) -> int:
    year = re.search(r"/(\d{4})/", number)
    return int(year[1]) if year else 0


_STILL_APPLIES = "có quy định còn tiếp tục áp dụng"


def relation_fact(number: str, kind: str, other: str, on: date | None, source: str, note: str = "") -> Fact:
    relation = {"kind": kind, "number": other, "on": on, "note": note}
    return {"number": number, "relations": [relation], "rank": 4, "source": source}


def mention_facts(text: str, host: str) -> Iterator[Fact]:
    """Other documents that a text names with their date of issue, laws also with their name."""
    source = f"dẫn chiếu tại {host}"
    for match in _NAMES_NUMBER.finditer(text):
        issued = day_of(match.groups()[1:])
        if issued and f"/{issued.year}/" in match[1]:
            yield {"number": match[1], "issued_on": issued, "rank": 5, "source": source}
    for kind, words, number in _TYPED.findall(text):
        name = words.strip()
        named = name[:1].isupper() and not _TYPE_WORD.search(name) and kind != "Nghị quyết"
        fact = {"number": number, "doc_type": kind, "rank": 5, "source": source}
        yield fact | {"title": f"{kind} {name}"} if named else fact


def article_count(text: str) -> int | None:
    """Articles of a whole text whose numbering rises from 1; a few headings may be lost, quotations do not count."""
    numbers = [int(n) for n in _ARTICLE_LINE.findall(_QUOTED.sub("", text))]
    rises = bool(numbers) and numbers[0] == 1 and all(a < b for a, b in itertools.pairwise(numbers))
    return numbers[-1] if rises and len(numbers) >= 0.95 * numbers[-1] else None


def effective_day(text: str, issued: date | None) -> date | None:
    """The day the text itself names in its first “… này có hiệu lực từ ngày …”."""
    lines = unwrapped(_QUOTED.sub("", text))
    match = _EFFECTIVE.search(lines)
    if match:
        return day_of(match.groups())
    return issued if _FROM_SIGNING.search(lines) else None


def unwrapped(text: str) -> str:
    """Lines of a page joined; a new line stays before articles, clauses, points and dashes."""
    return re.sub(r"\s*\n\s*(?!Điều \d|\d{1,2}\.|[a-zđ]\)|-)", " ", text)


def first_number(text: str) -> str:
    match = re.search(NUMBER, text)
    return match.group() if match else ""


def day_of(groups: tuple[str | None, ...]) -> date | None:
    """The date of the five groups of DATE; None for 30/02 and the like."""
    day, month, year = groups[0], groups[1] or groups[3], groups[2] or groups[4]
    try:
        return date(int(year or 0), int(month or 0), int(day or 0))
    except ValueError:
        return None
