"""Lines put together to paragraphs by where they stand: indent, and whether the next word would have fitted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.ingest.readers.pdf_furniture import Page
from assistant.ingest.readers.pdf_words import Line

# Blocks that stand side by side without being a table: head of the document, signature and recipients.
_BLOCK = re.compile(
    r"CỘNG HÒA XÃ HỘI|CỘNG HOÀ XÃ HỘI|Độc lập|Số ?:|Luật số|Nơi nhận|- |TM\.|KT\.|TL\.|TUQ\.|Q\. |.{2,40}, ngày "
    r"|CHỦ TỊCH|BỘ TRƯỞNG|THỦ TƯỚNG|ỦY BAN|HỘI ĐỒNG|QUỐC HỘI|CHÍNH PHỦ|\((?:Đã ký|đã ký)\)"
)
# What begins a paragraph wherever it stands.
_MARKER = re.compile(
    r"(?:Điều \d+[a-zđ]?[.:]|(?:Chương|CHƯƠNG|Phần|PHẦN|Phụ lục|PHỤ LỤC) [IVXLC\d]|(?:Mục|MỤC|Tiểu mục) \d"
    r"|\d{1,3}[a-zđ]?\. |[a-zđ]\d?\) |Căn cứ |[-–+•] |“(?:Điều |\d{1,3}[a-zđ]?\. |[a-zđ]\d?\) ))"
)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the body of a page stands, and which of its lines are cells of a table."""

    left: float
    right: float
    edges: dict[int, float]  # left edge (rounded) → the farthest right any line from there goes
    rows: frozenset[int]  # baselines (rounded to four points) on which cells stand side by side

    @classmethod
    def of(cls, page: Page) -> _Layout:
        """From the lines wider than half the page, or all lines where there are none."""
        width = page.height if page.lines and page.lines[0].y < 0 else page.width
        wide = [line for line in page.lines if line.x1 - line.x0 > 0.5 * width] or list(page.lines)
        edges: dict[int, float] = {}
        for line in page.lines:
            for edge in (round(line.x0 / 3), round(line.x0 / 3) + 1):
                edges[edge] = max(edges.get(edge, 0.0), line.x1)
        rights = sorted(line.x1 for line in wide) or [0.0]
        rows = frozenset(round(line.y / 4) for line in page.lines if line.same_row)
        return cls(min((line.x0 for line in wide), default=0.0), rights[int(0.9 * (len(rights) - 1))], edges, rows)


def page_paragraphs(pages: list[Page]) -> list[list[str]]:
    """Paragraphs of each page; one that runs over the page break belongs to the page on which it begins."""
    result: list[list[str]] = []
    last: Line | None = None
    layout_before: _Layout | None = None
    open_page: list[str] = []
    for page in pages:
        layout = _Layout.of(page)
        here: list[str] = []
        for line in page.lines:
            target = here or open_page
            if line.same_row and here:
                _beside(here, line)
            elif last is not None and target and _goes_on(last, line, layout_before or layout, layout):
                target[-1] = _joined(target[-1], line.text)
            else:
                here.append(line.text)
            last, layout_before = line, layout
        result.append(here)
        open_page = here or open_page
    return result


def _beside(paragraphs: list[str], line: Line) -> None:
    """A cell beside the last one: on in the same row, or a block of its own."""
    if _BLOCK.match(line.text) or _BLOCK.match(paragraphs[-1]):
        paragraphs.append(line.text)
    else:
        paragraphs[-1] += " | " + line.text


def _goes_on(last: Line, line: Line, before: _Layout, here: _Layout) -> bool:
    """Whether ``line`` continues the paragraph of ``last``; ``before`` is the layout of the page of ``last``."""
    across = before is not here
    size = max(last.size, line.size)
    drop = last.y - line.y
    if abs(last.size - line.size) > 0.2 * size or not (across or 0 < drop < 1.8 * size):
        return False
    marked = bool(_MARKER.match(line.text))
    full = before.right - last.x1 < line.first_width + 0.25 * size  # the first word would not have fitted above
    if line.x0 - here.left < 0.8 * size:
        same_edge = abs(line.x0 - last.x0) < 0.3 * size and not across
        ended = last.text.endswith((".", ";", ":", "”", "./."))
        return full and not last.same_row and not (marked and (same_edge or ended))
    if marked or _BLOCK.match(line.text) or _BLOCK.match(last.text):
        return False
    if abs((line.x0 + line.x1) - (here.left + here.right)) < 1.5 * size:  # centred: a title over several lines
        return full
    return not across and drop < 1.45 * size and _in_one_cell(last, line, here, size)


def _in_one_cell(last: Line, line: Line, layout: _Layout, size: float) -> bool:
    """Lines of one cell of a table: an edge from which no line reaches the right margin, and a full line above."""
    if line.text == line.text.upper():
        return False
    if abs(line.x0 - last.x0) < 0.3 * size:
        edge = layout.edges[round(line.x0 / 3)]
        return edge < layout.right - 2 * size and edge - last.x1 < line.first_width + 0.25 * size
    in_row = round(line.y / 4) in layout.rows or round(last.y / 4) in layout.rows
    return in_row and abs((line.x0 + line.x1) - (last.x0 + last.x1)) < 0.6 * size


def _joined(text: str, more: str) -> str:
    """With a space, except inside a number or symbol broken over lines: “NĐ-” “CP”, “15/2020/” “NĐ-CP”."""
    broken = len(text) > 1 and text[-1] in "-/" and not text[-2].isspace() and (more[0].isupper() or more[0].isdigit())
    return text + more if broken else f"{text} {more}"
