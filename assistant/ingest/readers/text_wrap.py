"""Text files whose lines were broken at a fixed width: one paragraph a line again. No character is added or lost."""

from __future__ import annotations

import re
from itertools import pairwise

_LONGEST = 110  # characters; a longer line is a paragraph of its own
_SHORTEST = 50
_SHARE = 0.6  # of the full lines go on in the next one
_ENDS = re.compile(r"[.;:!?…”\"’)\]_*=-]\s*$")
# What begins a paragraph: Chương II, Điều 5., 3., a), – , “, Nơi nhận, TM., lines in capitals.
_BEGINS = re.compile(
    r"\s*(?:(?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC|Tiểu mục|Điều|ĐIỀU|Phụ lục|PHỤ LỤC|Mẫu|Căn cứ|Nơi nhận|Theo đề nghị)\b"
    r"|\d{1,3}[a-zđ]?[.)]\s|[a-zđ]\d?\)\s|[-+–•*“\"\[(]|[IVX]{1,5}\.\s|(?:TM|KT|TL|TUQ|Q)\.)"
)


def unwrap(text: str) -> tuple[str, int]:
    """(text, line breaks that became spaces); 0 for a text that is not wrapped."""
    lines = text.split("\n")
    width = _width(lines)
    if not width:
        return text, 0
    joined = [n for n in range(len(lines) - 1) if _goes_on(lines[n], lines[n + 1], width)]
    breaks = frozenset(joined)
    parts = [line + (" " if n in breaks else "\n") for n, line in enumerate(lines)]
    return "".join(parts)[:-1], len(joined)


def _width(lines: list[str]) -> int:
    """The width at which lines were broken, 0 if they were not: most full lines stop in mid-sentence."""
    lengths = sorted(len(line.rstrip()) for line in lines if len(line.rstrip()) >= _SHORTEST)
    if len(lengths) < 5 or lengths[-1] > _LONGEST:
        return 0
    width = lengths[int(len(lengths) * 0.9)]
    full = [(line, below) for line, below in pairwise(lines) if len(line.rstrip()) >= 0.8 * width]
    cut = [line for line, below in full if below.strip()[:1].islower() and not _ENDS.search(line)]
    return width if len(full) >= 5 and len(cut) >= _SHARE * len(full) else 0


def _goes_on(line: str, below: str, width: int) -> bool:
    """A line that was filled and stops in mid-sentence, and a next one that begins nothing new."""
    first = below.lstrip()[:1]
    if (
        not first
        or not line.strip()
        or _ENDS.search(line)
        or (_BEGINS.match(below) and not line.rstrip().endswith(","))
    ):
        return False
    fits = len(line.rstrip()) + 1 + len(below.split(maxsplit=1)[0]) > 0.85 * width  # the next word had no room left
    return first.islower() or (fits and line != line.upper())
