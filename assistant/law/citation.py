"""Viện dẫn: find citations in a text, resolve what they mean, write them out again.

find_citations(text)                         every leaf with offsets, as its own words tell
resolve(references, host, catalogue, on)     “này”, missing documents and names filled in, and a status
render(reference)                            “điểm b khoản 2 Điều 5 của Luật Đất đai số 31/2024/QH15”

How it is read: citation_triggers (where one can begin), citation_levels (levels, labels), citation_grammar (units),
citation_documents (documents), citation_laws (those with a name), citation_expression (units joined, right to left),
citation_cues (words around), citation_reader (one pass over a text), citation_resolve (host and catalogue).
"""

from __future__ import annotations

from assistant.law.citation_reader import CitationReader
from assistant.law.citation_resolve import render, resolve
from assistant.law.citation_values import Host, Reference
from assistant.law.fold import FoldedText


def find_citations(text: str) -> list[Reference]:
    """Every citation of a text, one Reference a leaf, in reading order. Linear in the length of the text."""
    return CitationReader(FoldedText.of(text)).read()


__all__ = ["Host", "Reference", "find_citations", "render", "resolve"]
