"""Where every character of a text went: into a provision's own words, its label, a footnote, the header or the end."""

from __future__ import annotations

import re
from collections import Counter

from assistant.ingest.clean import tidy
from assistant.ingest.structure_lines import appendix, heads, lines_of, roman_section
from assistant.ingest.structure_regions import is_closing
from assistant.law.document import Document, Provision, ProvisionKind


def account(source: str, document: Document) -> None:
    """Raises AssertionError naming the first provision that lost or invented a letter."""
    assert document.text == tidy(source), "the text kept is not the text given"
    notes = [note.span for note in document.footnotes if note.span]
    for index, provision in enumerate(document.provisions):
        own = _without(document.text, _span(provision), [*_below(document.provisions, index), *notes])
        if provision.kind is ProvisionKind.ATTACHMENT:
            own = _before_signature(own)
        said = _letters(provision.heading) + _letters(provision.text)
        lost = _letters(own) - said - _letters(_label(own))
        assert not lost, f"{provision.locator.path} lost {dict(lost)}"
        invented = said - _letters(own)
        assert not invented, f"{provision.locator.path} holds {dict(invented)} that its span does not"


def _label(own: str) -> str:
    """“Điều 5.”, “a)”, “PHỤ LỤC II”: what the first line begins with."""
    lines = lines_of(own)
    if not lines:
        return ""
    found = next(heads(lines[0]), None) or appendix(lines[0]) or roman_section(lines[0])
    return lines[0].text[: found.body] if found else ""


def _before_signature(own: str) -> str:
    """Recipients and signature of an attached text belong to no provision, as those of the document itself."""
    lines = own.split("\n")
    return "\n".join(lines[: next((n for n, line in enumerate(lines) if n and is_closing(line)), len(lines))])


def _span(provision: Provision) -> tuple[int, int]:
    return provision.start, provision.end


def _below(provisions: tuple[Provision, ...], index: int) -> list[tuple[int, int]]:
    """Spans of the provisions inside this one."""
    start, end = _span(provisions[index])
    return [
        _span(other)
        for place, other in enumerate(provisions)
        if place != index
        and start <= other.start
        and other.end <= end
        and _inner(provisions[index], other, place > index)
    ]


def _inner(outer: Provision, other: Provision, after: bool) -> bool:
    """Of two provisions with one span the later is the inner one."""
    return after if _span(outer) == _span(other) else other.kind is not ProvisionKind.ATTACHMENT or after


def _without(text: str, span: tuple[int, int], holes: list[tuple[int, int]]) -> str:
    at, parts = span[0], []
    for start, end in sorted(holes):
        if at <= start < span[1]:
            parts.append(text[at:start])
            at = max(at, end)
        elif start < at < end:
            at = end
    parts.append(text[at : span[1]])
    return "\n".join(parts)


def _letters(text: str) -> Counter[str]:
    return Counter(re.sub(r"\W", "", text))  # signs: a name loses its stray full stop
