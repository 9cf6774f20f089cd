"""Quotation marks of a draft, and the text of other documents that stands between them."""

from __future__ import annotations

import re

from assistant.ingest.structure_lines import lines_of
from assistant.ingest.structure_quotes import quoted_lines
from assistant.review.header import Span

_AS_FOLLOWS = re.compile(r"như sau\s*:\s*$", re.I)
# A line that is one quotation from end to end, whatever the shape of its marks: “"b) Tiến hành …";.”
_WHOLE_LINE = re.compile(r"^[ \t]*[“\"„][^\n]*[”\"][ \t]*[.;,]{0,3}[ \t]*$", re.M)


def replaced_text(text: str) -> tuple[Span, ...]:
    """Quotations that hold text of another document: whole lines of it, or what follows “như sau:”."""
    flags, _ = quoted_lines(lines := lines_of(text))
    whole = [Span(line.start, line.end) for line, flag in zip(lines, flags, strict=True) if flag]
    after = [Span(*m.span()) for m in _WHOLE_LINE.finditer(text) if _follows(text, m.start())]
    inline = [s for s in quoted_spans(text) if _follows(text, s.start)]
    return tuple(_joined(sorted([*whole, *after, *inline])))


def _follows(text: str, start: int) -> bool:
    return bool(_AS_FOLLOWS.search(text[max(0, start - 30) : start]))


def _joined(spans: list[Span]) -> list[Span]:
    """Spans that touch or overlap as one, so that they can be searched by halving."""
    joined: list[Span] = []
    for span in spans:
        if joined and span.start <= joined[-1].end + 1:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return joined


def quoted_spans(text: str) -> list[Span]:
    """Outermost “…”; what an unclosed mark opens is left out."""
    spans, depth, start = [], 0, 0
    for found in re.finditer("[“”]", text):
        if found[0] == "“":
            start = found.start() if depth == 0 else start
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                spans.append(Span(start, found.end()))
    return spans
