"""Text → provisions, flat and in reading order, each with locator, span and own text. Linear in the length.

lines → footnotes and quoted blocks left out → regions (document, attached texts, appendices) → parts, chapters,
articles → clauses → points. Nothing is refused: a line that fits nowhere stays in the text of the provision it follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.ingest.footnotes import note_lines, read_footnotes
from assistant.ingest.structure_builder import Builder, Node
from assistant.ingest.structure_lines import heads, lines_of
from assistant.ingest.structure_quotes import quoted_lines
from assistant.ingest.structure_regions import regions_of
from assistant.law.document import Footnote, Locator, ParseWarning, Provision


@dataclass(frozen=True, slots=True)
class Structure:
    """Bố cục: provisions, and the spans before the first and behind the last of the document itself."""

    provisions: tuple[Provision, ...]
    header_end: int
    closing: tuple[int, int]
    warnings: tuple[ParseWarning, ...]
    footnotes: tuple[Footnote, ...] = ()


def read_structure(text: str, footnotes: Sequence[str] = ()) -> Structure:
    """The provisions of a cleaned text; ``footnotes`` are those that its reader kept apart."""
    every = lines_of(text)
    noted = note_lines(every)
    lines = [line for line, flag in zip(every, noted, strict=True) if not flag] if any(noted) else every
    quoted, warnings = quoted_lines(lines)
    marks = [None if quoted[index] else next(heads(line), None) for index, line in enumerate(lines)]
    regions = regions_of(lines, marks, quoted)
    builder = Builder(lines, marks, quoted, warnings)
    for region in regions:
        builder.region(region, len(text))
    main = regions[0]
    provisions = tuple(_provision(node) for node in builder.nodes)
    return Structure(
        provisions,
        header_end=provisions[0].start if provisions else len(text),
        closing=(builder.offset(main.closing, len(text)), builder.offset(main.last, len(text))),
        warnings=tuple(sorted(builder.warnings, key=lambda warning: warning.start)),
        footnotes=read_footnotes(text, every, noted, footnotes, provisions),
    )


def _provision(node: Node) -> Provision:
    text = "\n".join(part for part in (line.strip() for line in node.text) if part)
    return Provision(
        Locator(node.locator), node.kind, node.label, node.heading, text, node.start, node.end, node.context
    )
