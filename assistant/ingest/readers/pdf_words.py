"""Words of a PDF page with their places, and the lines they stand on."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

# Hyphens that PDFium marks at the end of a line; in “NĐ-/CP” they belong to the text.
_LINE_HYPHENS = "\x02\ufffe"


@dataclass(frozen=True, slots=True)
class Word:
    """Một từ: text, left and right edge, baseline (upwards) and height, in points along the reading direction."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    spaced: bool = True  # a space, not a mere line break, stands before it


@dataclass(frozen=True, slots=True)
class Line:
    """Một dòng, or one cell of it where a wide gap parts it from the next."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    first_width: float  # of its first word: would it have fitted on the line before?
    same_row: bool = False  # stands beside the line before it


def page_words(page: Any) -> list[Word]:
    """Words in the order of the page's content, from a pypdfium2 text page."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    count = pdfium.FPDFText_CountChars(page)
    x, y, left, right, bottom, top = (ctypes.c_double() for _ in range(6))
    box = pdfium.FS_RECTF()
    words: list[Word] = []
    for start, end, written, spaced in _tokens(page, count, pdfium):
        text = _marked(page, start, end, written, pdfium)
        pdfium.FPDFText_GetCharOrigin(page, start, x, y)
        pdfium.FPDFText_GetLooseCharBox(page, start, box)
        x0, y0 = x.value, y.value
        pdfium.FPDFText_GetCharBox(page, end, left, right, bottom, top)
        angle = round(pdfium.FPDFText_GetCharAngle(page, start) / 1.5708) % 4
        if angle == 0:
            word = Word(text, min(x0, box.left), right.value, y0, abs(box.top - box.bottom), spaced)
        elif angle == 3:  # turned a quarter to the left: reading goes up the page
            word = Word(text, y0, top.value, -x0, abs(box.right - box.left), spaced)
        elif angle == 1:
            word = Word(text, -y0, -bottom.value, x0, abs(box.right - box.left), spaced)
        else:
            word = Word(text, -x0, -left.value, -y0, abs(box.top - box.bottom), spaced)
        words.append(word)
    return words


def _tokens(page: Any, count: int, pdfium: Any) -> Iterator[tuple[int, int, str, bool]]:
    """(first index, last index, text, whether a space stands before) of each run of characters without a space."""
    chars: list[str] = []
    start, spaced = 0, True
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(page, index)
        char = chr(code) if code < 0xD800 or 0xE000 <= code < 0x110000 else "\ufffd"
        if char in _LINE_HYPHENS:
            char = "-"
        if char.isspace() or not code:
            if chars:
                yield start, index - 1, "".join(chars), spaced
                chars, spaced = [], False
            spaced = spaced or char not in "\r\n"
            continue
        if not chars:
            start = index
        chars.append(char)
    if chars:
        yield start, count - 1, "".join(chars), spaced


def _marked(page: Any, start: int, end: int, text: str, pdfium: Any) -> str:
    """“tác.1” with a small, high 1 is the text “tác.” and the mark of a footnote: “tác.[1]”."""
    if not text[-1].isdigit() or len(text) != end - start + 1:
        return text
    digits = len(text) - len(text.rstrip("0123456789"))
    if digits == len(text):
        return text
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(page, start, box)
    height = box.top - box.bottom
    pdfium.FPDFText_GetLooseCharBox(page, end, box)
    raised = 0 < box.top - box.bottom < 0.8 * height
    return f"{text[:-digits]}[{text[-digits:]}]" if raised else text


def lines_of(words: list[Word]) -> list[Line]:
    """Lines in content order: words of one baseline joined, cells parted by a gap of three letters or more."""
    lines: list[Line] = []
    cell: list[Word] = []
    for word in words:
        if cell:
            last = cell[-1]
            size = max(last.size, word.size)
            near = -0.5 * size < word.x0 - last.x1 < _CELL_GAP * size
            if near and _is_mark(word, last):
                cell.append(replace(word, text=f"[{word.text}]", y=last.y, size=last.size, spaced=False))
                continue
            if near and len(cell) == 1 and _is_mark(last, word):  # the mark that heads a footnote
                cell = [replace(last, text=f"[{last.text}]", y=word.y, size=word.size), word]
                continue
            if near and abs(word.y - last.y) < 0.35 * size:
                cell.append(word)
                continue
            lines.append(_line(cell, lines))
        cell = [word]
    if cell:
        lines.append(_line(cell, lines))
    return lines


_CELL_GAP = 2.2  # in heights of the type; justified Vietnamese text stays well below


def _is_mark(word: Word, beside: Word) -> bool:
    """A number set small and high is the mark of a footnote."""
    if not word.text.isdigit() or word.size > 0.8 * beside.size:
        return False
    return 0.1 * beside.size < word.y - beside.y < 0.8 * beside.size


def _line(cell: list[Word], before: list[Line]) -> Line:
    text = cell[0].text
    for last, word in pairwise(cell):
        apart = word.spaced or word.x0 - last.x1 > 0.12 * word.size
        text += (" " if apart else "") + word.text
    first, size = cell[0], max(word.size for word in cell)
    beside = bool(before) and abs(before[-1].y - first.y) < 0.35 * size and first.x0 > before[-1].x1
    return Line(text, first.x0, cell[-1].x1, first.y, size, first.x1 - first.x0, beside)
