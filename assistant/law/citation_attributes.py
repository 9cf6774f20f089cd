"""What follows the type or name of a document: number, year, date, issuer."""

from __future__ import annotations

import re
from datetime import date

from assistant.law.citation_document_words import DATE, ISSUER, PLACE, YEAR
from assistant.law.citation_numbers import number_at
from assistant.law.citation_values import CitedDocument
from assistant.law.fold import FoldedText

CLOSING = frozenset(("", *".;:)\"'"))  # with which nothing goes on


def with_attributes(folded: FoldedText, cited: CitedDocument) -> CitedDocument:
    """Number, year, date, issuer in whatever order they follow."""
    plain, end = folded.plain, cited.end
    if plain[end : end + 1] in CLOSING:
        return cited
    number, year, issued_on, issuer = cited.number, cited.year, cited.issued_on, cited.issuer
    for _ in range(4):
        step = end
        if number is None and cited.doc_type not in ("Hiến pháp",):
            end, number = number_at(folded, end)
        if issued_on is None and (found := DATE.match(plain, end)):
            issued_on = _as_date(found)
            end = found.end() if issued_on else end
        if year is None and number is None and (found := YEAR.match(plain, end)):
            year, end = int(found[1]), found.end()
        if issuer is None and (number or issued_on) and (found := ISSUER.match(plain, end)):
            end, issuer = _issuer(folded, found)
        if end == step:
            break
    if end == cited.end:
        return cited
    sure = 1.0 if number and cited.number is None else cited.confidence
    return CitedDocument(cited.start, end, cited.doc_type, number, cited.name, year, issued_on, issuer, confidence=sure)


def _as_date(found: re.Match[str]) -> date | None:
    try:
        return date(int(found[3] or found[5]), int(found[2] or found[4]), int(found[1]))
    except ValueError:
        return None


def _issuer(folded: FoldedText, found: re.Match[str]) -> tuple[int, str]:
    end = found.end()
    if found["issuer"].endswith("nhan dan"):
        place = PLACE.match(folded.text, end)
        end = place.end() if place else end
    return end, " ".join(folded.text[found.start("issuer") : end].split())
