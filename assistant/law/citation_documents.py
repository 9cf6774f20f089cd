"""The document of a citation: “Luật này”, “Luật Đất đai số 45/2013/QH13”, “Quy chế ban hành kèm theo …”."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from assistant.law.citation_document_words import (
    AMENDED,
    AMENDING_NAME,
    AND,
    ATTACHED,
    ATTACHED_TYPES,
    DATE,
    GAP,
    ISSUER,
    MANY_LAWS,
    NAME_STOP,
    NAMED_TYPES,
    NEXT_LAW,
    NOT_LAWS,
    NUMBERED_TYPES,
    PLACE,
    SELF_TYPES,
    SELF_WORD,
    SERIAL,
    SHORT_TYPES,
    SO,
    TYPE,
    YEAR,
)
from assistant.law.citation_grammar import is_plain
from assistant.law.citation_names import NAMES, SHORT_CODES
from assistant.law.citation_numbers import number_at, office_number_at
from assistant.law.fold import FoldedText, fold
from assistant.law.number import NUMBER, DocNumber, read_number

_LAWS = frozenset(NAMED_TYPES.values())
_SEVERAL = re.compile(r"(?:cac|nhung|hai)\s$")  # “theo các Nghị quyết này”: those named before
_SELF_PRINTED = frozenset(name.lower() for name in SELF_TYPES.values())


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """Văn bản được viện dẫn, as far as its words tell."""

    start: int
    end: int
    doc_type: str | None
    number: DocNumber | None = None
    name: str | None = None
    year: int | None = None
    issued_on: date | None = None
    issuer: str | None = None
    amended_by: tuple[str, ...] = ()
    attached: str | None = None
    itself: bool = False  # “Luật này”
    confidence: float = 1.0


def read_document(folded: FoldedText, at: int, after_units: bool) -> CitedDocument | None:
    """The document named at a position. After “khoản 2 Điều 5 (của)” looser writing is understood."""
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
        return _law(folded, found, after_units)
    if found["code"]:
        name = SHORT_CODES[found["code"]]
        return _with_attributes(folded, CitedDocument(at, found.end(), "Bộ luật", name=name, confidence=0.9))
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
    attached = doc_type in ATTACHED_TYPES.values()
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
    return _with_attributes(folded, CitedDocument(start, end, kind, number=number, confidence=1.0 if doc_type else 0.9))


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
    return _with_attributes(folded, cited)


def _law(folded: FoldedText, found: re.Match[str], after_units: bool) -> CitedDocument | None:
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
    read = _with_attributes(folded, cited)
    if read.number is not None and AMENDING_NAME.match(plain, found.end()) and _of_inner(plain, read.end):
        read = replace(read, number=None, year=None)
    told = read.number is not None or read.year is not None or read.issued_on is not None
    vague = not sure or (typed and " " not in name)  # “luat duoc …” without diacritics can be many things
    if not told and doc_type == "Bộ luật" and name.isupper():
        return None  # “Bộ luật IMDG”: a code of an international organisation
    if not told and (not name or (vague and not after_units)):
        serial = SERIAL.match(plain, found.end())
        if serial is None or not serial["year"]:
            return None
        shown = f"{serial['serial']}/{serial['year']}"
        read = replace(read, end=serial.end(), name=f"{doc_type} {shown}", year=int(serial["year"]), confidence=0.6)
    if read.number is not None and read.number.party:
        return None
    if typed or lower:
        read = replace(read, confidence=round(read.confidence * (0.6 if typed else 0.8), 2))
    return read


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
    read = _with_attributes(folded, cited)
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


def _with_attributes(folded: FoldedText, cited: CitedDocument) -> CitedDocument:
    """Number, year, date, issuer in whatever order they follow."""
    plain, end = folded.plain, cited.end
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


def _amended(folded: FoldedText, cited: CitedDocument) -> CitedDocument:
    """“được sửa đổi, bổ sung bởi Luật số … và Luật số …”: said of this document, not citations of their own.

    With a provision (“tại khoản 3 Điều 1 Nghị định …”) it is left to be read as a citation.
    """
    found = AMENDED.match(folded.plain, cited.end)
    names: list[str] = []
    end = cited.end
    at = found.end() if found else 0
    while found is not None:
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
