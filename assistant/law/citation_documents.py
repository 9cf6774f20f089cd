"""The document of a citation: “Luật này”, “Luật Đất đai số 45/2013/QH13”, “Quy chế ban hành kèm theo …”."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.law.citation_attributes import CLOSING, with_attributes
from assistant.law.citation_document_words import (
    AMENDED,
    AMENDING_NAME,
    AND,
    ATTACHED,
    ATTACHED_TYPES,
    ISSUER,
    NAMED_TYPES,
    NUMBERED_TYPES,
    SELF_TYPES,
    SELF_WORD,
    SERIAL,
    SHORT_TYPES,
    TYPE,
)
from assistant.law.citation_grammar import is_plain
from assistant.law.citation_laws import read_law
from assistant.law.citation_names import SHORT_CODES
from assistant.law.citation_numbers import number_at, office_number_at
from assistant.law.citation_values import CitedDocument
from assistant.law.fold import FoldedText, fold
from assistant.law.number import NUMBER, read_number

_LAWS = frozenset(NAMED_TYPES.values())
_SEVERAL = re.compile(r"(?:cac|nhung|hai)\s$")  # “theo các Nghị quyết này”: those named before
_ATTACHED = frozenset(ATTACHED_TYPES.values())
_SELF_PRINTED = frozenset(name.lower() for name in SELF_TYPES.values())


def read_document(folded: FoldedText, at: int, after_units: bool) -> CitedDocument | None:
    """The document named at a position. After “khoản 2 Điều 5 (của)” looser writing is understood."""
    if folded.plain[at : at + 1] in CLOSING:
        return None
    itself = _itself(folded, at, after_units)
    if itself is not None:
        return itself
    attached = ATTACHED.match(folded.plain, at)
    cited = _attached(folded, attached) if attached else _named(folded, at, after_units)
    return _amended(folded, cited) if cited is not None else None


def _named(folded: FoldedText, at: int, after_units: bool) -> CitedDocument | None:
    found = TYPE.match(folded.plain, at)
    if found is None:
        return _numbered(folded, at, at, None)
    if found["named"]:
        return read_law(folded, found, after_units)
    if found["code"]:
        name = SHORT_CODES[found["code"]]
        return with_attributes(folded, CitedDocument(at, found.end(), "Bộ luật", name=name, confidence=0.9))
    if found["short"]:
        return _short(folded, found)
    doc_type = NUMBERED_TYPES[" ".join(found["numbered"].split())]
    if is_plain(folded.text, at, doc_type.split()[0].lower()) is None:
        return None
    return _numbered(folded, at, found.end(), doc_type) or _serial(folded, found, doc_type)


def _itself(folded: FoldedText, at: int, after_units: bool) -> CitedDocument | None:
    found = SELF_WORD.match(folded.plain, at)
    if found is None or not _is_this(folded, found) or _SEVERAL.search(folded.plain, max(0, at - 6), at):
        return None
    doc_type = SELF_TYPES[" ".join(found["type"].split())]
    word = folded.text[at : found.end("type")]
    attached = doc_type in _ATTACHED
    typed = word.isascii()
    if not after_units and (attached or (not word[0].isupper() and (doc_type == "Quyết định" or not typed))):
        return None  # “Quy định này” opens sentences about a rule; “quyết định này” is a decision in a case
    if not typed and " ".join(word.lower().split()) not in _SELF_PRINTED:
        return None
    confidence = 0.5 if typed else 1.0 if word[0].isupper() else 0.8
    return CitedDocument(
        at, found.end(), doc_type, attached=doc_type if attached else None, itself=True, confidence=confidence
    )


def _is_this(folded: FoldedText, found: re.Match[str]) -> bool:
    """“này” with its accent ends its word even where the space behind it is lost: “Nghị định nàyđến các …”."""
    glued = folded.plain[found.end() : found.end() + 1].isalnum()
    return not glued or folded.text[found.start("this") : found.end()].lower() == "này"


def _attached(folded: FoldedText, found: re.Match[str]) -> CitedDocument | None:
    outer = _named(folded, found.end(), True)
    if outer is None:
        return None
    kind = ATTACHED_TYPES[" ".join(found["type"].split())]
    return replace(outer, start=found.start(), attached=kind, name=f"{kind} kèm theo")


def _numbered(folded: FoldedText, start: int, at: int, doc_type: str | None) -> CitedDocument | None:
    """“số 12/2024/QĐ-UBND” after a type, or a number by itself. A number of the Party is left alone."""
    end, number = number_at(folded, at)
    if number is None and doc_type is not None:
        end, number = office_number_at(folded, at) or (at, None)
    if number is None or number.party or (doc_type is None and not number.doc_type and not number.issuer):
        return None
    kind = doc_type or number.doc_type
    return with_attributes(folded, CitedDocument(start, end, kind, number=number, confidence=1.0 if doc_type else 0.9))


def _short(folded: FoldedText, found: re.Match[str]) -> CitedDocument | None:
    """“NĐ 118/2025”, “tt 03/2025/TT-VPCP”; the bare letters of other words are not types."""
    doc_type = SHORT_TYPES[found["short"]]
    numbered = _numbered(folded, found.start(), found.end(), doc_type)
    word = folded.text[found.start() : found.end()]
    if numbered or not (word.isupper() or "đ" in word.lower()):
        return numbered
    return _serial(folded, found, doc_type)


def _serial(folded: FoldedText, found: re.Match[str], doc_type: str) -> CitedDocument | None:
    """“nghị định 118”, “NĐ 30/2020”: a serial without issuer. Only decrees can then be numbered for sure."""
    serial = SERIAL.match(folded.plain, found.end())
    word = folded.text[found.start() : found.end()]
    sure = serial is not None and bool(
        serial["so"].strip() or serial["year"] or word[0].isupper() or ISSUER.match(folded.plain, serial.end())
    )
    if (
        serial is None
        or not (sure or doc_type in ("Nghị định", "Thông tư", "Nghị quyết"))
        or doc_type in ("Kết luận", "Luật", "Pháp lệnh")
    ):
        return None
    year = int(serial["year"]) if serial["year"] else None
    shown = f"{serial['serial']}/{year}" if year else serial["serial"]
    number = None
    if doc_type == "Nghị định" and year:
        decree = NUMBER.match(f"{shown}/nd-cp")
        number = read_number(f"{shown}/NĐ-CP", decree)[1] if decree else None  # type: ignore[index]
    name = None if number else f"{doc_type} {shown}"
    cited = CitedDocument(found.start(), serial.end(), doc_type, number, name, year, confidence=0.7)
    return with_attributes(folded, cited)


def _amended(folded: FoldedText, cited: CitedDocument) -> CitedDocument:
    """“được sửa đổi, bổ sung bởi Luật số … và Luật số …”: said of this document, not citations of their own.

    With a provision (“tại khoản 3 Điều 1 Nghị định …”) it is left to be read as a citation.
    """
    found = AMENDED.match(folded.plain, cited.end)
    if found is None:
        return cited
    names: list[str] = []
    end, at = cited.end, found.end()
    while True:
        other = _named(folded, at, False)
        if other is None or (cited.doc_type in _LAWS and other.doc_type not in _LAWS):
            break  # a decree amends no law: what stood before the law in whose title it is named was amended
        names.append(other.number.normalised if other.number else other.name or "")
        end = other.end
        more = AND.match(folded.plain, end)
        if more is None:
            break
        at = more.end()
    if names and cited.name and AMENDING_NAME.search(fold(cited.name)):
        names = []  # what amended the amended law did not amend the amending one
    return replace(cited, end=end, amended_by=tuple(filter(None, names)))
