"""Số ký hiệu: read, normalise, and say what a number shows about its document."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.law.fold import FoldedText, fold
from assistant.law.number_codes import ISSUER_BY_PLAIN, ISSUERS, PARTY_ORGANS, PARTY_TYPES, TYPE_BY_PLAIN, TYPES

# All patterns run on the folded copy of a text; what was typed in capitals is checked afterwards.
_SERIAL = r"\d{1,5}(?:\.\d{1,3})?[a-z]?"
_SLASH = r"\s?/\s?"
_YEAR = r"(?:19|20)\d\d"
# QH15, UBTVQH14; “NQ-QH15” and “PL-UBTVQH11” are read as type and issuer.
_ASSEMBLY = r"(?:(?:nq|l|pl)\s?-\s?)?(?:ubtvqh|qh)\s?\d{1,2}(?![a-z0-9])"
# Before 1997 the issuer alone stood behind the serial: 88/CP, 91/TTg.
_ISSUER_ALONE = r"(?:cp|hdbt|ttg|ctn)(?![a-z])"
# NĐ-CP, TTLT-BTC-BKHCN, TTLT/BTC-BGTVT, NQ.HĐTP, and a space after the hyphen left by a line break (TT- BCA).
_TYPE = "|".join(sorted(TYPE_BY_PLAIN, key=len, reverse=True))
_JOIN = r"(?:\s?[-/]\s?|[_.])"
_NEXT_JOIN = r"(?:[-/_]\s?)"
_TYPED = rf"(?:{_TYPE})(?:{_JOIN}[a-z][a-z&]*\d{{0,2}}(?:{_NEXT_JOIN}[a-z][a-z&]*\d{{0,2}})*|(?![a-z]))"
_STATE = rf"(?P<serial>{_SERIAL}){_SLASH}(?:(?P<year>{_YEAR}){_SLASH})?(?P<tail>{_ASSEMBLY}|{_TYPED}|{_ISSUER_ALONE})"
# 107-KL/TW, 11-QĐi/TW: the type comes before the slash.
_PARTY_TYPE = "|".join(sorted(PARTY_TYPES, key=len, reverse=True))
_PARTY = rf"(?P<pserial>\d{{1,4}})\s?-\s?(?P<ptype>{_PARTY_TYPE})\s?/\s?(?P<organ>{'|'.join(PARTY_ORGANS)})(?![a-z])"
# 101-SL/L003, 23-L/CTN, 21-LCT/HĐNN8: laws before 1993.
_OLD = r"(?P<oserial>\d{1,4})\s?-\s?(?P<otail>(?:lct|sl|l|pl)/(?:l-?\d{3}|ctn|hdnn\d{1,2}))(?![a-z0-9])"

NUMBER = re.compile(rf"(?<![a-z0-9/.])(?:{_STATE}|{_PARTY}|{_OLD})")
_SPACES_AROUND_SIGNS = re.compile(r"\s*([-/])\s*")
_CAPITALS = re.compile(r"TTg|TTr|CTr|QyĐ|[A-ZĐÐƠƯĂÂÊÔ][A-ZĐÐƠƯĂÂÊÔ&]*\d{0,2}")
_LETTER_RUN = re.compile(r"[^\W\d_]+(?:&[^\W\d_]+)*\d{0,2}")

_ALWAYS_NORMATIVE = {"NĐ", "PL", "TT", "TTLT", "TTLB", "NQLT"}
_NEVER_NORMATIVE = {"VBHN", "CV", "CĐ", "TB", "TTr", "BC", "KH", "HD", "KL", "BB", "PA", "ĐA", "DA", "CTr"}


@dataclass(frozen=True, slots=True)
class DocNumber:
    """Số ký hiệu: số thứ tự/năm/loại-cơ quan (Luật 64/2025/QH15, khoản 3 Điều 7).

    ``printed`` is what stood in the text, cleaned; ``normalised`` is the same for every way of writing one number
    (serial as an integer of at least two digits, codes as printed officially), so it can be compared.
    """

    printed: str
    normalised: str
    serial: str
    year: int | None
    type_code: str  # “NĐ”; "" for 31/2024/QH15, which does not show whether it is a law or a resolution
    issuer_code: str  # “CP”, “QH15”, “BTC-BKHCN”; "" when the number shows none
    party: bool = False

    @property
    def doc_type(self) -> str | None:
        """Tên loại văn bản, or None when the number does not show it."""
        if self.party:
            return PARTY_TYPES[self.type_code.lower().replace("đ", "d")][1]
        return TYPES.get(self.type_code)

    @property
    def issuer(self) -> str | None:
        """Tên cơ quan ban hành, or None when the code is not known or names several bodies."""
        if self.party:
            return "Đảng Cộng sản Việt Nam"
        return ISSUERS.get(re.sub(r"\d+$", "", self.issuer_code))

    @property
    def is_normative(self) -> bool:
        """Văn bản quy phạm pháp luật, as far as the number shows; see ``normative_confidence``."""
        return self._normative[0]

    @property
    def normative_confidence(self) -> float:
        """0–1: the year between slashes is the best single cue, but not proof."""
        return self._normative[1]

    @property
    def _normative(self) -> tuple[bool, float]:
        if self.party:
            return False, 1.0
        if self.type_code in _NEVER_NORMATIVE:
            return False, 0.95
        if self.type_code in _ALWAYS_NORMATIVE:
            return True, 0.95
        if self.issuer_code.startswith("QH"):
            return True, 0.85  # resolutions of the National Assembly share the form with laws
        return (True, 0.9) if self.year else (False, 0.9)


def parse_number(text: str) -> DocNumber | None:
    """The number that ``text`` is, “Số:” and “số” before it allowed; None when it is something else."""
    found = find_numbers(re.sub(r"^\s*[Ss]ố\s*:?\s*", "", text.strip().strip("'\"“”.,;")))
    return found[0][2] if found and found[0][0] == 0 else None


@lru_cache(maxsize=8_192)
def normalise_number(text: str) -> str:
    """The form to compare by: “043/2025/QĐ- UBND” and “43/2025/qđ-ubnd” → “43/2025/QĐ-UBND”.

    A text that is no number (“Không số”) comes back cleaned.
    """
    number = parse_number(text)
    if number is not None:
        return number.normalised
    cleaned = unicodedata.normalize("NFC", text).replace("Ð", "Đ").strip()
    return _SPACES_AROUND_SIGNS.sub(r"\1", " ".join(cleaned.split()))


def find_numbers(text: str) -> list[tuple[int, int, DocNumber]]:
    """(start, end, number) of every number in a text, in order."""
    folded = FoldedText.of(text)
    return [(folded.origin(s), folded.origin(e), number) for s, e, number in numbers_in(folded)]


def numbers_in(folded: FoldedText) -> Iterator[tuple[int, int, DocNumber]]:
    for found in NUMBER.finditer(folded.plain):
        read = read_number(folded.text, found)
        if read is not None:
            yield found.start(), read[0], read[1]


def read_number(text: str, found: re.Match[str]) -> tuple[int, DocNumber] | None:
    """(end, value) of a match of NUMBER on the folded copy of ``text``; None where its letters are just words."""
    read = _read(text[found.start() : found.end()])
    return (found.start() + read[0], read[1]) if read else None


@lru_cache(maxsize=4096)  # a document names the same few numbers over and over
def _read(text: str) -> tuple[int, DocNumber] | None:
    found = NUMBER.match(fold(text))
    if found is None:
        return None
    if found["pserial"]:
        return found.end(), _party(text, found)
    if found["oserial"]:
        tail = text[found.start("otail") : found.end()].upper().replace("HDNN", "HĐNN")
        printed = f"{found['oserial']}-{tail}"
        kind = tail.partition("/")[0]
        return found.end(), DocNumber(printed, printed, found["oserial"], None, "", kind)
    end, codes = _codes(text, found.start("tail"), found.end("tail"))
    type_code, issuer_code = _type_and_issuer(codes)
    year = int(found["year"]) if found["year"] else None
    if (not type_code and not issuer_code) or (not issuer_code and year is None):
        return None
    if type_code == "NĐ" and not issuer_code:
        issuer_code = "CP"  # only the Government issues decrees
    serial = found["serial"]
    normalised = f"{_canonical(serial)}/{f'{year}/' if year else ''}{_tail(type_code, issuer_code)}"
    printed = _SPACES_AROUND_SIGNS.sub(r"\1", text[:end]).replace("Ð", "Đ")
    return end, DocNumber(printed, normalised, serial, year, type_code, issuer_code)


def _party(text: str, found: re.Match[str]) -> DocNumber:
    code, _ = PARTY_TYPES[found["ptype"]]
    number = f"{found['pserial']}-{code}/{found['organ'].upper().replace('DU', 'ĐU')}"
    printed = _SPACES_AROUND_SIGNS.sub(r"\1", text[found.start() : found.end()])
    return DocNumber(printed, number, found["pserial"], None, code, found["organ"].upper(), party=True)


def _codes(text: str, start: int, end: int) -> tuple[int, list[str]]:
    """The letter groups of a tail; a number typed in capitals ends where small letters begin (“NĐ-CPngày”)."""
    codes: list[str] = []
    stop = end
    for run in _LETTER_RUN.finditer(text, start, end):
        capitals = _CAPITALS.match(text, run.start(), run.end())
        if codes and codes[0][0].isupper() and capitals is None:
            return stop, codes
        known = _plain(run.group()) in ISSUER_BY_PLAIN
        kept = capitals.end() if capitals and not known else run.end()
        codes.append(text[run.start() : kept])
        stop = kept
        if kept < run.end():
            break
    return stop, codes


def _type_and_issuer(codes: list[str]) -> tuple[str, str]:
    """(“TTLT”, “BTC-BKHCN”) of the letter groups, each in its official form."""
    if not codes:
        return "", ""
    first = _plain(codes[0])
    issuers = codes[1:] if first in TYPE_BY_PLAIN else codes
    return TYPE_BY_PLAIN.get(first, ""), "-".join(_issuer(code) for code in issuers)


def _issuer(code: str) -> str:
    plain = _plain(code)
    term = re.fullmatch(r"(ubtvqh|qh|hdnn)\s?(\d{1,2})", plain)
    if term:
        return f"{term[1].upper().replace('HDNN', 'HĐNN')}{term[2]}"
    return ISSUER_BY_PLAIN.get(plain) or code.upper().replace("Ð", "Đ")


def _plain(code: str) -> str:
    return "".join("d" if c in "đĐðÐ" else c for c in code.lower())


def _tail(type_code: str, issuer_code: str) -> str:
    """“NQ-QH15” is a malformed “QH15”: the National Assembly's numbers do not show the type."""
    if not type_code or (issuer_code.startswith("QH") and issuer_code[2:].isdigit()):
        return issuer_code
    return f"{type_code}-{issuer_code}" if issuer_code else type_code


def _canonical(serial: str) -> str:
    """Compared as integers, written with at least two digits as NĐ 30/2020/NĐ-CP asks: 043 → 43, 7 → 07."""
    whole, letter = re.match(r"(\d+(?:\.\d+)?)([a-zA-Z]?)", serial).groups()  # type: ignore[union-attr]
    number, dot, rest = whole.partition(".")
    return f"{int(number):02d}{dot}{rest}{letter}"
