"""What is printed on the pages and is no part of the text: running heads, page numbers, stamps, footnotes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from assistant.ingest.readers.pdf_words import Line


@dataclass(frozen=True, slots=True)
class Page:
    """Một trang: its lines in content order, width and height in points."""

    lines: tuple[Line, ...]
    width: float
    height: float
    notes: tuple[str, ...] = ()  # footnotes, taken out of the lines


# “CÔNG BÁO/Số 957 + 958/Ngày 25-8-2023”, with the page number before or behind it; one issue lost its first letter.
_GAZETTE = re.compile(r"(?:\d{1,4} )?C?ÔNG BÁO\s?/\s?Số [^/]{1,40}/\s?Ngày [\d\-/. ]{6,12}(?: \d{1,4})?")
_PAGE_NUMBER = re.compile(r"[-–—( ]*(?:Trang |trang |Page )?\d{1,4}(?: ?/ ?\d{1,4})?[-–—) ]*")
# Lines of a digital signature drawn on the page; each alone may also stand in a form, together they do not.
_STAMP = re.compile(
    r"(?:Ký bởi|Người ký|Email|Cơ quan|Thời gian ký|Ngày ký|Ký ngày|Signature Not Verified|Digitally signed by|Reason"
    r"|Location|Date) ?:?.*"
)
_STAMP_PROOF = re.compile(
    r"(?:Thời gian ký|Ngày ký|Ký ngày|Date) ?: ?\d|Ký bởi ?: ?\S|Digitally signed by|Cổng Thông tin", re.I
)
_STAMP_FIRST = re.compile(r"(?:Ký bởi|Người ký|Signature Not Verified|Digitally signed by)")
_NOTE = re.compile(r"\[?(\d{1,3}|\*{1,3})(?![\d/,%])\]?\.?\s*")


def without_furniture(pages: list[Page]) -> tuple[list[Page], tuple[str, ...]]:
    """The pages' own text, and what was taken out, each wording once."""
    repeated, body = _repeated(pages), _body_size(pages)
    removed: dict[str, None] = {}
    kept: list[Page] = []
    last_note = _Note()
    for page in pages:
        lines = []
        stamp = _stamp_lines(page.lines)
        outer = _outermost(page)
        for index, line in enumerate(page.lines):
            if index in stamp or _is_running(line, page, repeated, line in outer):
                removed[line.text] = None
            else:
                lines.append(line)
        bare, last_note = _notes_apart(replace(page, lines=tuple(lines)), last_note, body)
        kept.append(bare)
    return kept, tuple(removed)


def _outermost(page: Page) -> list[Line]:
    """Lines of the highest and the lowest baselines that white space parts from the body: never its last line."""
    places = sorted({round(line.y) for line in page.lines})
    if len(places) < 2:
        return list(page.lines)
    ends = set()
    for end, inner in ((places[0], places[1]), (places[-1], places[-2])):
        size = max(line.size for line in page.lines if round(line.y) == end)
        if abs(end - inner) > 1.6 * size:
            ends.add(end)
    return [line for line in page.lines if round(line.y) in ends]


def in_margin(line: Line, page: Page) -> bool:
    """In the outer tenth at the head or foot; turned lines (baseline below zero) are measured across the page."""
    place = -line.y / page.width if line.y < 0 else line.y / page.height
    return place < 0.1 or place > 0.885


def _is_running(line: Line, page: Page, repeated: set[tuple[str, int]], outer: bool) -> bool:
    if _GAZETTE.fullmatch(line.text):
        return True
    if not in_margin(line, page):
        return False
    return bool(_PAGE_NUMBER.fullmatch(line.text)) or (outer and _shape(line) in repeated)


def _repeated(pages: list[Page]) -> set[tuple[str, int]]:
    """Lines that stand at the very same height of the margin on two pages in five, and at least on three."""
    shapes = Counter(
        shape for page in pages for shape in {_shape(line) for line in _outermost(page) if in_margin(line, page)}
    )
    needed = max(3, 0.4 * len(pages))
    return {shape for shape, count in shapes.items() if count >= needed and len(shape[0]) > 3}


def _shape(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text).casefold(), round(line.y / 4)


def _stamp_lines(lines: tuple[Line, ...]) -> set[int]:
    """Indexes of the lines of signature stamps: a run of at most eight that begins with the signer."""
    found: set[int] = set()
    for first, line in enumerate(lines):
        if first in found or not _STAMP_FIRST.match(line.text):
            continue
        run = [first]
        for index in range(first + 1, min(first + 8, len(lines))):
            if not _STAMP.fullmatch(lines[index].text) or _STAMP_FIRST.match(lines[index].text):
                break
            run.append(index)
        if any(_STAMP_PROOF.search(lines[index].text) for index in run):
            found.update(run)
    return found


@dataclass(frozen=True, slots=True)
class _Note:
    """The footnote met last: its mark, and whether it breaks off at the foot of its page."""

    mark: str = ""
    open: bool = False

    @property
    def next(self) -> str:
        return str(int(self.mark) + 1) if self.mark.isdigit() else self.mark + "*"


def _notes_apart(page: Page, last: _Note, body: float) -> tuple[Page, _Note]:
    """Small print at the foot whose number stands in the text above, or that goes on from the page before."""
    foot = _small_print(page, body)
    first = _NOTE.match(foot[0].text) if foot else None
    called = first is not None and any(f"[{first[1]}]" in line.text for line in page.lines if line not in foot)
    if not foot or not (last.open or called):
        return page, _Note(last.mark)
    notes: list[str] = []
    for index, line in enumerate(foot):
        mark = _NOTE.match(line.text)
        if mark and (not last.mark or index == 0 or mark[1] == last.next):
            last = _Note(mark[1])
            notes.append(f"[{last.mark}] {line.text[mark.end() :].lstrip()}")
        elif notes:
            notes[-1] += " " + line.text
        else:
            notes.append(line.text)
    last = _Note(last.mark, open=not notes[-1].endswith((".", ";", "”", ")")))
    return replace(page, lines=tuple(line for line in page.lines if line not in foot), notes=tuple(notes)), last


def _body_size(pages: list[Page]) -> float:
    """The size of type in which most of the document is set."""
    sizes = Counter[float]()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _small_print(page: Page, body: float) -> list[Line]:
    """Lines of clearly smaller type below the last line of the body."""
    least = 0.9 * body
    lowest = min((line.y for line in page.lines if line.size >= least and line.y >= 0), default=0.0)
    return [line for line in page.lines if line.size < least and 0 <= line.y < lowest]
