"""The note under each article of the Bộ pháp điển: which document it comes from, since when, changed by what.

“(Điều 10 Nghị định số 01/2024/NĐ-CP Quy định … ngày 05/01/2024 của Chính phủ, có hiệu lực thi hành kể từ
ngày 20/02/2024, có nội dung được sửa đổi bởi Điều 1 Nghị định số 02/2025/NĐ-CP có hiệu lực …)”. Only the first
article of a document carries subject, date and issuing body; the others name type and number alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.ingest.header_title import full_title
from assistant.law.number import normalise_number

_TYPES = (
    "Nghị quyết liên tịch|Thông tư liên tịch|Bộ luật|Bộ Luật|Luật|Pháp lệnh|Nghị quyết|Nghị định|Thông tư"
    "|Quyết định|Chỉ thị|Sắc lệnh|Lệnh"
)
# A number may be broken by spaces around hyphens or slashes: “01/2014/TTLT-BNV -BLĐTBXH-BTC”, “34 /2019/TT-BCT”.
_NUMBER = r"\d+(?: /)?[^\s,;]*(?:[ \xa0]?(?<=[-/])[ \xa0]?[A-ZĐ][^\s,;]*|[ \xa0]+[-/][^\s,;]+)*"
_SOURCE = re.compile(
    rf"\(\s*Điều\s+(?P<article>\d+[a-zđ]?)?\s*(?P<type>{_TYPES})\s+(?:số\s+)?(?P<joint>liên tịch\s+)?"
    rf"(?:TT\s+)?'?(?P<number>{_NUMBER})(?P<rest>[^\n]*)",
    re.DOTALL,
)
_DATE = r"(\d{1,2}/\d{1,2}/\d{4})"
_EFFECT = re.compile(rf",?\s*có hiệu lực thi hành\s*kể từ ngày\s*{_DATE}")
_ISSUED = re.compile(rf"\s*ngày\s+{_DATE}\s+của\s+(?=[^\s])(?!.*ngày\s+{_DATE}\s+của)")
_UNTIL = re.compile(rf"hi[ệê][uc]\w* lực thi hành đến (?:hết )?ngày\s*{_DATE}")
_CHANGE = re.compile(
    rf"(Điều \d+[a-zđ]?(?:, Điều \d+[a-zđ]?){{0,9}}\s+)?(?:của\s+)?(?:{_TYPES})\s+(?:số\s+)?({_NUMBER}),?"
    rf"\s*có hiệu lực thi hành (?:kể )?từ ngày\s*{_DATE}"
)
_CHANGED = re.compile(r"nội dung (?:được|bị)|(?:được|bị) (?:sửa đổi|bổ sung|bãi bỏ)")
_ENDED = re.compile(r",\s*bị (bãi bỏ|ngưng hiệu lực) ")


@dataclass(frozen=True, slots=True)
class Change:
    """Văn bản sửa đổi, bổ sung, bãi bỏ a part of the article, and since when."""

    number: str
    provisions: str  # “Điều 1, Điều 2”, or ""
    effective_on: date | None


@dataclass(frozen=True, slots=True)
class Note:
    """Ghi chú nguồn, read. Subject, date and body are empty where the note does not carry them."""

    article: str
    doc_type: str
    number: str
    subject: str = ""
    issued_on: date | None = None
    issuing_body: str = ""
    effective_on: date | None = None
    expires_on: date | None = None
    suspended_on: date | None = None
    changes: tuple[Change, ...] = ()
    amended: bool = False

    @property
    def title(self) -> str:
        """“Luật Khiếu nại”, “Thông tư quy định về …”; type and number where the subject is not known."""
        return full_title(self.doc_type, self.subject) if self.subject else f"{self.doc_type} {self.number}"


def read_note(text: str) -> Note | None:
    """The note, or None when type and number cannot be read from it."""
    match = _SOURCE.match(text.replace("\n", " "))
    if match is None:
        return None
    left, _, right = _split_at_effect(match["rest"])
    subject, issued_on, body = _described(left)
    effective = _EFFECT.search(match["rest"])
    effective_on = _day(effective.group(1)) if effective else None
    changes = tuple(
        Change(_number(number), (provisions or "").strip(), _day(day))
        for provisions, number, day in _CHANGE.findall(right)
    )
    ended = _ENDED.search(right)
    end = changes[-1].effective_on if ended and changes else None
    return Note(
        article=match["article"] or "1",
        doc_type=_type_name(match["type"], bool(match["joint"])),
        number=_number(match["number"]),
        subject=subject,
        issued_on=issued_on,
        issuing_body=body,
        effective_on=effective_on,
        expires_on=end if ended and ended.group(1) == "bãi bỏ" else _last_day(right),
        suspended_on=end if ended and ended.group(1) != "bãi bỏ" else None,
        changes=changes,
        amended=bool(changes or _CHANGED.search(right)),
    )


def _split_at_effect(rest: str) -> tuple[str, str, str]:
    """(before, effect clause, after): what describes the document, and what changed it."""
    match = _EFFECT.search(rest)
    return (rest[: match.start()], match.group(), rest[match.end() :]) if match else (rest, "", "")


def _described(left: str) -> tuple[str, date | None, str]:
    """Subject, date of issue and issuing body; the last “ngày … của …” counts, earlier ones belong to the subject."""
    match = _ISSUED.search(left)
    if match is None:
        return "", None, ""
    subject = " ".join(left[: match.start()].split()).strip(" .,;")
    return subject, _day(match.group(1)), official_body(left[match.end() :])


def official_body(name: str) -> str:
    """The spelling of official texts: “Ủy ban”, “Tòa án”, “Bộ Công Thương”."""
    name = " ".join(name.split()).strip(" .,;)")
    for written, official in _BODIES:
        name = name.replace(written, official)
    return name


_BODIES = (
    ("Uỷ ban", "Ủy ban"),
    ("Toà án", "Tòa án"),
    ("Văn hoá", "Văn hóa"),
    ("Bộ công thương", "Bộ Công Thương"),
    ("Bộ Công thương", "Bộ Công Thương"),
    ("Thương Binh", "Thương binh"),
    ("Ủy ban thường vụ", "Ủy ban Thường vụ"),
)


def _last_day(right: str) -> date | None:
    """“đến ngày 31/12/2027”: that day is still in force, so the first day without force is the next."""
    match = _UNTIL.search(right)
    day = _day(match.group(1)) if match and "Phụ lục" not in right else None
    return day + timedelta(days=1) if day else None


def _type_name(name: str, joint: bool) -> str:
    name = "Bộ luật" if name == "Bộ Luật" else name
    return f"{name} liên tịch" if joint else name


def _number(written: str) -> str:
    return normalise_number("".join(written.split()).rstrip(".)'\""))


def _day(text: str) -> date | None:
    day, month, year = (int(part) for part in text.split("/"))
    try:
        return date(year, month, day)
    except ValueError:
        return None
