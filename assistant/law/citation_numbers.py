"""The number behind a document's type: as written now, as written by offices, and as links of the web."""

from __future__ import annotations

import re

from assistant.law.citation_document_words import LINK, SO
from assistant.law.fold import FoldedText
from assistant.law.number import NUMBER, DocNumber, read_number

# “Quyết định số 417/TCCP-VC”, “Công văn số 1234/BXD-HTKT”: bodies and their departments, no type.
_OFFICE = re.compile(
    r"\s{0,3}so\s*:?\s*(?P<serial>\d{1,5})\s?/\s?(?:(?P<year>(?:19|20)\d\d)\s?/\s?)?"
    r"(?P<office>[a-z&]{2,10}(?:\s?[-/]\s?[a-z&]{1,12}){0,3})(?![a-z0-9])"
)


def number_at(folded: FoldedText, at: int) -> tuple[int, DocNumber | None]:
    """(end, number) of “số 12/2024/QĐ-UBND”; the position itself where there is none."""
    lead = SO.match(folded.plain, at)
    found = NUMBER.match(folded.plain, lead.end()) if lead else None
    read = read_number(folded.text, found) if found else None
    return (_behind_link(folded, read[0]), read[1]) if read else (at, None)


def office_number_at(folded: FoldedText, at: int) -> tuple[int, DocNumber] | None:
    """A number that only names an office, in capitals and behind “số”."""
    found = _OFFICE.match(folded.plain, at)
    office = folded.text[found.start("office") : found.end("office")] if found else ""
    if found is None or not office.isupper():
        return None
    printed = re.sub(r"\s", "", folded.text[found.start("serial") : found.end()])
    year = int(found["year"]) if found["year"] else None
    tail = re.sub(r"\s", "", office)
    normalised = f"{int(found['serial']):02d}/{f'{year}/' if year else ''}{tail}"
    return found.end(), DocNumber(printed, normalised, found["serial"], year, "", tail)


def _behind_link(folded: FoldedText, end: int) -> int:
    """“số [123/2015/NĐ-CP](https://…)”: the address is not read."""
    link = LINK.match(folded.plain, end)
    return link.end() if link else end
