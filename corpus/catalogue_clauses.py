"""Reads closing clauses: which documents a text replaces, repeals or ends, and since when.

Three wordings cover the closing articles of the national register: “… thay thế Thông tư số 1/2012/TT-BTC ngày …”,
“Thông tư số 1/2012/TT-BTC … hết hiệu lực kể từ ngày …”, and a list under “… các văn bản sau đây:”. A document named
inside the description of another one (“hướng dẫn Nghị định số …”) or in part (“Điều 3 Nghị định số …”) is left out:
what is not certain is not in the catalogue.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

TYPES = (
    "Nghị quyết liên tịch|Thông tư liên tịch|Bộ luật|Luật|Pháp lệnh|Nghị quyết|Nghị định|Thông tư|Quyết định|Chỉ thị"
)
# Số ký hiệu as printed; a hyphen may be followed by a stray space, which number normalisation removes.
NUMBER = (
    r"\d+(?:\.\d+)?(?:/\d{4})?/(?:UBTVQH\d{1,2}|QH\d{1,2}|[A-ZĐ]{2,5}(?:[-/][A-ZĐƯ&]{1,12}\d{0,2}){1,6}|CP|HĐBT|TTg)"
)
DATE = r"ngày\s+(\d{1,2})\s*(?:tháng\s+(\d{1,2})\s+năm\s+(\d{4})|[/-](\d{1,2})[/-](\d{4}))"
# “Luật Cán bộ, công chức số 22/2008/QH12 ngày …”: the name between type and number is bounded and names no other text.
_NO_TYPE = r"(?!(?-i:Bộ luật|Luật|Pháp lệnh|Nghị|Thông tư|Quyết định|Chỉ thị))[^;:.\d“”()]"
_DOCUMENT = re.compile(
    rf"(?P<type>{TYPES})(?P<name>\s(?:{_NO_TYPE}){{0,140}}?)?"
    rf"\s*(?:số\s*)?(?P<number>{NUMBER})(?:\s*,?\s*{DATE})?",
    re.IGNORECASE,
)
_ITEM = re.compile(r"^\s*(?:[-–+•*]|\d{1,2}[.)]|[a-zđ]{1,2}[).])\s*")
_SINCE = re.compile(
    rf"^(?:kể từ|từ)\s+(?:{DATE}|ngày)[^,]{{0,60}}?(?:có hiệu lực(?: thi hành)?)?\s*,?\s*(?:thì\s+)?", re.IGNORECASE
)
_REPLACES = re.compile(r"thay thế|bãi bỏ", re.IGNORECASE)
_LEAD = re.compile(r"^\s*(?:cho\s+)?(?:toàn bộ\s+)?(?:các\s+)?:?\s*", re.IGNORECASE)
_JOINED = re.compile(r"(?:,|;|\bvà|\bvà các)\s*$")
_DESCRIBES = re.compile(r"hướng dẫn|chi tiết|thi hành|theo|thực hiện|sửa đổi|bổ sung|của Luật|Luật", re.IGNORECASE)
_ENDS = re.compile(r"hết hiệu lực(?!\s+(?:của|một phần))", re.IGNORECASE)
_EXCEPT = re.compile(r"\btrừ\s+(?:trường hợp|các|quy định|khoản|điều|điểm|nội dung)|[;,] riêng\b", re.IGNORECASE)
_LISTS = re.compile(r"(?:thay thế|bãi bỏ|hết hiệu lực)[^:]{0,160}:\s*$", re.IGNORECASE)
_SELF = re.compile(rf"({TYPES})\s+này", re.IGNORECASE)
_QUOTED = re.compile(r"“[^“”]{0,20000}”")
_LINK = re.compile(r"\[([^\[\]]{0,200})\]\([^()\s]{0,400}\)")


@dataclass(frozen=True, slots=True)
class Ended:
    """Văn bản bị thay thế hoặc bãi bỏ. ``on`` None: from the day the text itself takes effect."""

    kind: str  # replaces | repeals
    number: str
    name: str
    issued_on: date | None
    on: date | None
    partial: bool  # an exception follows: “trừ …”


def clean(text: str) -> str:
    """NFC, links and stray marks of the register's pages removed."""
    text = unicodedata.normalize("NFC", text).replace("Ð", "Đ").replace("\xa0", " ").replace("\u00ad", "")
    return _LINK.sub(r"\1", text).replace("*", "")


def ended_documents(text: str, doc_type: str) -> list[Ended]:
    """Whole documents that the closing clauses of ``text`` end. ``doc_type`` is the type of the text itself."""
    found: dict[str, Ended] = {}
    for ended in _read(_QUOTED.sub("“”", clean(text)), doc_type):
        found.setdefault(ended.number, ended)
    return list(found.values())


def _read(text: str, doc_type: str) -> Iterator[Ended]:
    listing = ""  # the line that opened a list, while its items last
    for raw in text.split("\n"):
        line = raw.strip()
        if not line:
            continue
        own = _SELF.search(line)
        if own and not _same_type(own.group(1), doc_type):
            listing = ""
            continue
        item = _ITEM.sub("", line)
        if listing and (item != line or _DOCUMENT.match(line)) and not _ENDS.search(line) and not _REPLACES.match(item):
            yield from _heads(item, _kind(listing), _date_after(listing), bool(_EXCEPT.search(line)))
            continue
        listing = line if _LISTS.search(line) else ""
        if not listing:
            for sentence in re.split(r"\.\s+(?=[A-ZĐ])", item):
                yield from _sentence(sentence)


def _sentence(sentence: str) -> Iterator[Ended]:
    partial = bool(_EXCEPT.search(sentence))
    end = _ENDS.search(sentence)
    if end and "còn hiệu lực" not in sentence:
        yield from _heads(
            _SINCE.sub("", sentence[: end.start()]), "replaces", _date_after(sentence[end.start() :]), partial
        )
        return
    for trigger in _REPLACES.finditer(sentence):
        kind = "repeals" if trigger.group().lower() == "bãi bỏ" else "replaces"
        yield from _heads(sentence[trigger.end() :], kind, None, partial)


def _heads(segment: str, kind: str, on: date | None, partial: bool) -> Iterator[Ended]:
    """Documents named at the head of a segment and those joined to them by a comma or “và”."""
    segment = _LEAD.sub("", segment, count=1)
    last_end, last_was_head, first_suffix = 0, True, ""
    for mention in _DOCUMENT.finditer(segment):
        between = segment[last_end : mention.start()]
        suffix = mention["number"].rpartition("/")[2]
        if not first_suffix:
            head = mention.start() == 0
            if not head:
                return
            first_suffix = suffix
        else:
            joined = bool(_JOINED.search(between))
            head = joined and last_was_head and (suffix == first_suffix or not _DESCRIBES.search(between))
        if head:
            yield Ended(kind, mention["number"], _name(mention), _date(mention.groups()[3:8]), on, partial)
        last_end, last_was_head = mention.end(), head


def _name(mention: re.Match[str]) -> str:
    """“Luật Tố cáo”; "" for texts whose name stands after the number."""
    name = (mention["name"] or "").strip()
    return f"{mention['type'].capitalize()} {name}" if name and name.lower() not in {"số", "này"} else ""


def _same_type(name: str, doc_type: str) -> bool:
    return name.lower() in doc_type.lower() or (name.lower() == "luật" and doc_type.lower() == "bộ luật")


def _kind(intro: str) -> str:
    return "repeals" if "bãi bỏ" in intro.lower() and "thay thế" not in intro.lower() else "replaces"


def _date_after(text: str) -> date | None:
    match = re.search(rf"(?:kể từ|từ)\s+{DATE}", text)
    return _date(match.groups()) if match else None


def _date(groups: tuple[str | None, ...]) -> date | None:
    day, month, year = groups[0], groups[1] or groups[3], groups[2] or groups[4]
    try:
        return date(int(year or 0), int(month or 0), int(day or 0))
    except ValueError:
        return None
