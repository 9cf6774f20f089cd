"""Text → Document: header fields and provisions. Nothing is refused; what was not understood is a warning."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.ingest.clean import tidy
from assistant.ingest.header import read_header
from assistant.ingest.header_effect import effective_on
from assistant.ingest.header_effect_parts import effects_of_parts
from assistant.ingest.structure import read_structure
from assistant.law.document import Document


def parse(text: str, *, source: str = "", footnotes: Sequence[str] = ()) -> Document:
    """The document that a text is. Offsets point into ``Document.text``, the cleaned text.

    ``footnotes`` are those that the file's reader kept apart (``Raw.footnotes``).
    """
    text = tidy(text)
    structure = read_structure(text, footnotes)
    header = read_header(text, structure.header_end, structure.closing, source)
    effective, warnings = effective_on(structure.provisions, header.issued_on)
    effects, unclear = effects_of_parts(structure.provisions, header.issued_on)
    return Document(
        number=header.number,
        doc_type=header.doc_type,
        subject=header.subject,
        issuing_body=header.issuing_body,
        place=header.place,
        issued_on=header.issued_on,
        effective_on=effective,
        signer=header.signer,
        legal_bases=header.legal_bases,
        provisions=structure.provisions,
        warnings=tuple(sorted((*header.warnings, *structure.warnings, *warnings, *unclear), key=lambda w: w.start)),
        effects=effects,
        footnotes=structure.footnotes,
        text=text,
        source=source,
    )
