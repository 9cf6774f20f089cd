"""A document known by its name: “Luật Đất đai”, “Luật sửa đổi, bổ sung một số điều của …”, “Hiến pháp”."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.law.citation_attributes import with_attributes
from assistant.law.citation_document_words import (
    AMENDED,
    AMENDING_NAME,
    GAP,
    MANY_LAWS,
    NAME_STOP,
    NAMED_TYPES,
    NEXT_LAW,
    NOT_LAWS,
    SERIAL,
    SO,
    TYPE,
    YEAR,
)
from assistant.law.citation_grammar import is_plain
from assistant.law.citation_names import NAMES
from assistant.law.citation_values import CitedDocument
from assistant.law.fold import FoldedText
from assistant.law.number import NUMBER


def read_law(folded: FoldedText, found: re.Match[str], after_units: bool) -> CitedDocument | None:
    """A constitution, code, law or ordinance by name, number, year or several of them."""
    plain, text, at = folded.plain, folded.text, found.start()
    doc_type = NAMED_TYPES[" ".join(found["named"].split())]
    typed = is_plain(text, at, doc_type.split()[0].lower())
    if typed is None or _is_other_word(folded, found, doc_type):
        return None
    if doc_type == "Hiến pháp":
        return _constitution(folded, found, after_units)
    end, name, sure = _name(folded, found.end(), doc_type, typed)
    lower = text[at].islower()
    cited = CitedDocument(
        at, end, doc_type, name=f"{doc_type} {name}" if name else None, confidence=0.95 if sure else 0.7
    )
    read = with_attributes(folded, cited)
    if read.number is not None and AMENDING_NAME.match(plain, found.end()) and _of_inner(plain, read.end):
        read = replace(read, number=None, year=None)
    told = read.number is not None or read.year is not None or read.issued_on is not None
    vague = not sure or (typed and " " not in name)  # “luat duoc …” without diacritics can be many things
    if not told and doc_type == "Bộ luật" and name.isupper():
        return None  # “Bộ luật IMDG”: a code of an international organisation
    if not told and (not name or (vague and not after_units)):
        dated = _by_serial(plain, found.end(), read)
        if dated is None:
            return None
        read = dated
    if read.number is not None and read.number.party:
        return None
    if typed or lower:
        read = replace(read, confidence=round(read.confidence * (0.6 if typed else 0.8), 2))
    return read


def _by_serial(plain: str, at: int, cited: CitedDocument) -> CitedDocument | None:
    """“luật 31/2024”: a serial and its year in the place of a name."""
    serial = SERIAL.match(plain, at)
    if serial is None or not serial["year"]:
        return None
    name = f"{cited.doc_type} {serial['serial']}/{serial['year']}"
    return replace(cited, end=serial.end(), name=name, year=int(serial["year"]), confidence=0.6)


def _of_inner(plain: str, end: int) -> bool:
    """Whether a number is the amended law's: “Luật sửa đổi … của Luật A số 1 đã được sửa đổi …”, “… và Luật B số 2”."""
    amended = AMENDED.match(plain, end)
    another = NEXT_LAW.match(plain, end)
    return bool(
        (amended and amended["passive"]) or (another and re.search(r"\sso\s+\d", plain[another.end() : end + 160]))
    )


def _is_other_word(folded: FoldedText, found: re.Match[str], doc_type: str) -> bool:
    """“pháp luật”, and in tables “… đường bộ ⏎ Luật Đường bộ”."""
    if doc_type == "Bộ luật":
        return folded.text[found.start()].islower() and folded.text[found.end() - 4] == "L"
    return doc_type == "Luật" and folded.plain[found.start() - 5 : found.start()] == "phap "


def _constitution(folded: FoldedText, found: re.Match[str], after_units: bool) -> CitedDocument | None:
    cited = CitedDocument(found.start(), found.end(), "Hiến pháp", name="Hiến pháp", confidence=0.9)
    read = with_attributes(folded, cited)
    if read.year is None and not after_units and folded.text[found.start()] != "H":
        return None
    return read


def _name(folded: FoldedText, at: int, doc_type: str, plain: bool, inner: bool = False) -> tuple[int, str, bool]:
    """(end, name without the type, whether it is a known name); an empty name where none follows."""
    amending = None if inner else AMENDING_NAME.match(folded.plain, at)
    if amending is not None:
        many = MANY_LAWS.match(folded.plain, amending.end())
        end = many.end() if many else _amended_names_end(folded, amending.end())
        if end:
            return end, " ".join(folded.text[at:end].split()), True
    gap = GAP.match(folded.plain, at)
    if gap is None:
        return at, "", False
    known = NAMES[doc_type].match(folded, gap.end(), plain)
    if known is not None:
        return known[0], known[1], True
    return _unknown_name(folded, gap.end())


def _amended_names_end(folded: FoldedText, at: int) -> int:
    """Where the names of the laws inside the name of an amending law end; 0 if there is none."""
    end = 0
    while True:
        found = TYPE.match(folded.plain, at)
        if found is None or not found["named"] or found["named"] == "hien phap":
            return end
        doc_type = NAMED_TYPES[" ".join(found["named"].split())]
        inner, name, known = _name(folded, found.end(), doc_type, folded.text[at].isascii(), inner=True)
        if not name:
            return end
        year = YEAR.match(folded.plain, inner)
        end = year.end() if year and folded.plain[inner:].lstrip().startswith("nam") else inner
        more = NEXT_LAW.match(folded.plain, end) if known else None
        if more is None:
            return end
        at = more.end()


def _unknown_name(folded: FoldedText, at: int) -> tuple[int, str, bool]:
    """A name that is not in the list: from a capital letter to the first word that cannot belong to a name.

    In small letters it counts only where a number or a year follows.
    """
    stop = NAME_STOP.search(folded.plain, at - 1, at + 140)
    end = stop.start() if stop else min(len(folded.plain), at + 140)
    words = folded.text[at:end].split()
    if not words or len(words) > 14 or NOT_LAWS.match(folded.plain, at):
        return at, "", False
    capital = words[0][0].isupper()
    told = SO.match(folded.plain, end)
    number = NUMBER.match(folded.plain, told.end()) if told else None
    if not capital and number is None and not YEAR.match(folded.plain, end):
        return at, "", False
    name = " ".join(words)
    return end, name[0].upper() + name[1:], False
