"""The levels of a citation and their labels: “dd” is đ, “thứ hai” is II, “a đến d” is a, b, c, d."""

from __future__ import annotations

import re
from typing import NamedTuple

# Levels from the inside outwards; a citation in ascending order names them in this order.
ITEM, POINT, CLAUSE, ARTICLE, SUBSECTION, SECTION, CHAPTER, DIVISION, FORM, APPENDIX = range(10)
LEVEL_FIELDS = (
    "item",
    "point",
    "clause",
    "article",
    "subsection",
    "section",
    "chapter",
    "division",
    "form",
    "appendix",
)
LETTERS = "abcdđeghiklmnopqrstuvxy"
_POINT_SHAPE = re.compile(rf"(?:dd|[{LETTERS}fjwz])\d{{0,2}}(?:\.\d{{1,2}})?")
ORDINALS = ["nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai"]
_ROMANS = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
_ORDINAL_VALUES = dict(zip(ORDINALS, _ROMANS, strict=True)) | {
    "nhat": "I", "bon": "IV", "bốn": "IV", "tu": "IV", "nam": "V", "sau": "VI", "bay": "VII", "tam": "VIII",
    "chin": "IX", "muoi": "X", "muoi mot": "XI", "muoi hai": "XII",
}  # fmt: skip


class Label(NamedTuple):
    """Số hiệu của một đơn vị: “5”, “3a”, “đ”; ``until`` for a range."""

    text: str
    start: int
    end: int
    item: str | None = None  # “iv” of a(iv)
    until: str | None = None


def read_label(level: int, printed: str, found: re.Match[str]) -> Label | None:
    """“DD” → “đ”, “a(iv)” → “a” with its item; None where the original is no letter of a point (“ở” for “o”)."""
    lowered = printed.lower().replace("ð", "đ")
    start, end = found.span()
    if level in (POINT, ITEM):
        head, bracket, inner = lowered.partition("(")
        head = head.rstrip()
        if not head[0].isdigit() and not _POINT_SHAPE.fullmatch(head) and level == POINT:
            return None
        head = "đ" + head[2:] if head.startswith("dd") else head
        return Label(head.rstrip("."), start, end, inner.rstrip(")") if bracket else None)
    if level in (CLAUSE, ARTICLE):
        return Label(lowered.replace("dd", "đ") if lowered[-1].isascii() or lowered[-1] == "đ" else lowered, start, end)
    return Label(_outer_label(level, printed, lowered), start, end)


def _outer_label(level: int, printed: str, lowered: str) -> str:
    """Labels of the levels above the article, and of forms and appendices."""
    words = lowered.split()
    if words[0] in ("thứ", "thu") and len(words) > 1:
        word = " ".join(words[1:])
        number = ORDINALS.index(word) + 1 if word in ORDINALS else None
        return _ROMANS[number - 1] if number else _ORDINAL_VALUES.get(word, word.upper())
    label = re.sub(r"^(?:số|so)\s*:?\s*", "", printed, flags=re.IGNORECASE)
    if level == FORM:
        return " ".join(label.rstrip(".-/").split())
    if level in (SECTION, SUBSECTION) and label[0].isdigit():
        return label.lower()
    roman = re.match(r"[ivxlcIVXLC]+", label)
    return roman.group().upper() + label[roman.end() :] if roman else label.upper() if len(label) == 1 else label


def expand(level: int, first: str, last: str) -> list[str]:
    """The members of a range: numbers count up, points follow the Vietnamese letters, chapters are Roman.

    A range that cannot be counted, or of more than 300 members, comes back as its two ends.
    """
    ends = [first, last]
    if first.isdigit() and last.isdigit():
        members = [str(n) for n in range(int(first), min(int(last), int(first) + 300) + 1)]
        return members if members and members[-1] == str(int(last)) else ends
    if level in (POINT, ITEM) and first in LETTERS and last in LETTERS:
        return list(LETTERS[LETTERS.index(first) : LETTERS.index(last) + 1]) or ends
    if first[:-1].isdigit() and first[:-1] == last[:-1] and first[-1] in LETTERS and last[-1] in LETTERS:
        letters = LETTERS[LETTERS.index(first[-1]) : LETTERS.index(last[-1]) + 1]
        return [first[:-1] + letter for letter in letters] or ends
    if level >= SECTION and first in _ROMANS_LONG and last in _ROMANS_LONG:
        return _ROMANS_LONG[_ROMANS_LONG.index(first) : _ROMANS_LONG.index(last) + 1] or ends
    return ends


def _roman(number: int) -> str:
    signs = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    written = ""
    for value, sign in signs:
        written += sign * (number // value)
        number %= value
    return written


_ROMANS_LONG = [_roman(n) for n in range(1, 60)]
