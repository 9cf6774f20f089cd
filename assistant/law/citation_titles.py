"""What may stand between a unit and its document: the title of an appendix; and documents called by their type only."""

from __future__ import annotations

import re

from assistant.law.citation_document_words import words_of
from assistant.law.citation_documents import read_document
from assistant.law.citation_levels import APPENDIX, DIVISION, FORM, ITEM, POINT, SECTION
from assistant.law.citation_values import CitedDocument
from assistant.law.fold import FoldedText, fold

# “Phụ lục 4 Danh mục ngành, nghề … của Luật Đầu tư”, “Phụ lục IV - Danh mục …”, “Phụ lục số 01 về Danh mục …”.
_TITLE = re.compile(
    r"\s{0,3}(?:[-,:]\s?)?(?:(?:ve|trong|tai)\s+)?(?P<title>[a-z][^.;:\n()\"]{1,220}?)\s(?=(?:cua|(?:ban\s+hanh\s+)?kem(?:\s+theo)?)\s)"
)
_LINK = re.compile(r"\s*(?:cua|(?:ban\s+hanh\s+)?kem(?:\s+theo)?)\s+")
_LINKS_LATER = re.compile(r"\s(?=(?:cua|(?:ban\s+hanh\s+)?kem(?:\s+theo)?)\s)")
# A title names things; with these words a sentence has begun.
_NO_TITLE = re.compile(r"(?<![a-z])(?:theo|duoc|thi|phai|quy\s+dinh|thuc\s+hien|khong|do|la|ma)(?![a-z])")
# “mục 23 trong Danh mục … thuộc Phụ lục II”: the table between a row and its appendix.
_TABLE = re.compile(
    r"\s(?:trong|tai|cua)\s+(?P<title>(?:danh\s+muc|bang|bieu)\s[^.;:\n()\"]{1,160}?)\s(?:thuoc|cua|tai|trong)\s+(?=phu\s+luc)"
)
TITLED = (FORM, APPENDIX, SECTION, DIVISION)
ROWS = (ITEM, POINT, SECTION)
# “Điều 84 Nghị định, …”: the document that the text has called so before.
_BARE_TYPES = {
    fold(name): name for name in ("Nghị định", "Thông tư", "Thông tư liên tịch", "Nghị quyết", "Quyết định", "Quy chế")
}
_BARE = re.compile(
    rf"(?P<type>{words_of(_BARE_TYPES)})(?!\s+(?:so|lien|ve|cua|nay)(?![a-z]))(?=\s*(?:[,.;:)]|$|\n)|\s+[a-z]{{2}})"
)
_NAMED_SO = re.compile(
    r"sau\s+day\s+(?:goi|viet)(?:\s+(?:tat|gon|chung))?\s+la\s+[\"']?(?P<type>[a-z]+(?:\s[a-z]+)?)[\"']?\)"
)


def document_behind_title(folded: FoldedText, end: int) -> CitedDocument | None:
    """The document of an appendix, a form or a row, where the title of the appendix stands before it."""
    found = _TITLE.match(folded.plain, end)
    if found is None or not folded.text[found.start("title")].isupper():
        return None
    stop = found.end("title")
    while (link := _LINK.match(folded.plain, stop)) is not None:
        if "kem" not in link.group() and _NO_TITLE.search(folded.plain, found.start("title"), stop):
            return None
        document = read_document(folded, link.end(), True)
        if document is not None:
            return document
        later = _LINKS_LATER.search(folded.plain, stop + 1, end + 240)
        if later is None or re.search(r"[.;:\n()\"]", folded.plain[stop : later.start()]):
            return None
        stop = later.start()
    return None


def behind_table(folded: FoldedText, end: int) -> int | None:
    """Where the appendix begins whose table a row is cited from."""
    found = _TABLE.match(folded.plain, end)
    return found.end() if found else None


def bare_document(folded: FoldedText, at: int) -> CitedDocument | None:
    """“Nghị định”, with nothing that tells which: another document, or this one, as the text has said before."""
    found = _BARE.match(folded.plain, at)
    if found is None or not folded.text[at].isupper():
        return None
    doc_type = _BARE_TYPES[" ".join(found["type"].split())]
    if " ".join(folded.text[at : found.end("type")].split()).lower() != doc_type.lower():
        return None
    return CitedDocument(at, found.end("type"), doc_type, confidence=0.5)


def named_so(folded: FoldedText, doc_type: str, before: int) -> int | None:
    """Where “(sau đây gọi tắt là Nghị định)” stands last before a position."""
    wanted = [
        found.start()
        for found in _NAMED_SO.finditer(folded.plain, 0, before)
        if _BARE_TYPES.get(found["type"]) == doc_type
    ]
    return wanted[-1] if wanted else None
