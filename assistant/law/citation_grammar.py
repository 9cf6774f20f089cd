"""The words of a citation: units, lists and what joins them. All patterns run on the folded copy of a text."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.law.citation_levels import (
    APPENDIX,
    ARTICLE,
    CHAPTER,
    CLAUSE,
    DIVISION,
    FORM,
    ITEM,
    LETTERS,
    LEVEL_FIELDS,
    ORDINALS,
    POINT,
    SECTION,
    SUBSECTION,
    Label,
    read_label,
)
from assistant.law.fold import FoldedText

# First word of each level as printed: the folded copy also shows “mức 5” and “điểm” alike, so the original is checked.
_PRINTED = (("tiết", "số thứ tự"), "điểm", "khoản", "điều", "tiểu", "mục", "chương", "phần", "mẫu", "phụ")
THIS = "này"
_THIS_FORMS = frozenset(("này", "nay", "nầy", "nảy"))

_END = r"(?![a-z0-9])"
_THIS = rf"nay{_END}"
# The next word without its space, a common slip: “Điều 45của Luật này”, “khoản 2Điều 5”.
_GLUED = (
    r"(?=(?:khoan|dieu)\s?\d|(?:cua|va|hoac|tai|thuoc|den)\s|(?:bo\s+)?luat\s|phap\s+lenh\s|nghi\s+(?:dinh|quyet)\s"
    r"|thong\s+tu\s|quyet\s+dinh\s)"
)
# “b”, “đ”, “a1”, “a.2”, “a(iv)”, old texts “5.4” and “12”; not a score or a date (“điểm 8,5”, “thời điểm 31/12”).
_POINT = rf"(?:dd|[a-z])\d{{0,2}}(?:\.\d{{1,2}})?(?:\s?\((?:[ivx]{{1,5}}|\d{{1,2}})\))?(?:{_GLUED}|{_END})"
_POINT_NUMBER = r"\d{1,2}(?:\.\d{1,2}){0,3}[a-z]?(?![a-z0-9%/]|[.,]\d)"
_ITEM = rf"(?:[a-z](?:\.\d{{1,2}})?|\d{{1,3}}[a-z]?(?:\.\d{{1,2}}){{0,3}}|[ivx]{{1,5}}){_END}"
# “1”, “3a”, “2đ”, “1.2” in old circulars; not an amount of money.
_CLAUSE = (
    rf"\d{{1,3}}(?:{_GLUED}|(?:dd|[a-z])?(?:\.\d{{1,2}}){{0,2}}"
    r"(?![a-z0-9%/]|[.,]\d|\s*(?:trieu|ty|dong|nghin|ngan|usd)(?![a-z])))"
)
# “5”, “32a”, “148đ”; not the identifiers of the codified law (“Điều 19.6.QĐ.5.6”).
_ARTICLE = rf"\d{{1,3}}(?:{_GLUED}|(?:dd|[a-z])?\d?(?![a-z0-9%/]|\.\d))"
_ROMAN = r"[ivxlc]{1,7}"
_SECTION = rf"(?:\d{{1,3}}[a-z]?(?:\.\d{{1,2}}){{0,2}}|{_ROMAN}|[a-h])(?![a-z0-9/]|[.,]\d)"
_CHAPTER = rf"(?:thu\s)?(?:{_ROMAN}[a-e]?|\d{{1,2}}[a-z]?){_END}"
_ORDINAL = r"nhat|hai|ba|tu|bon|nam|sau|bay|tam|chin|muoi(?:\s(?:mot|hai))?"
_DIVISION = rf"(?:thu\s{{1,2}}(?:{_ORDINAL}|\d{{1,2}})|{_ROMAN}|[a-h]|\d{{1,2}}){_END}"
# “I”, “II-1”, “số 01”, “4”, “VIa”; a single unnumbered one is cited as “Phụ lục ban hành kèm theo …”.
_APPENDIX = (
    rf"(?:so\s+)?(?:{_ROMAN}(?:[-.]?\d{{1,2}}|[a-e])?|\d{{1,2}}[a-z]?(?:[-.]\d{{1,2}}){{0,2}}|[a-h]\d{{0,2}}){_END}"
)
_APPENDIX_ONLY = (
    r"(?=\s+(?:(?:duoc\s+)?(?:(?:ban\s+hanh\s+)?kem|cua\s|nay)"
    r"|(?:danh\s+muc|bang|bieu)\s[^.;:\n()\"]{2,150}?\sban\s+hanh\s+kem\s+theo\s))"
)
# “số 21”, “CT01”, “08/PGHKVTB”, “04.ĐKT”, “TK1-TS”.
_FORM = (
    r"(?:so\s*:?\s*)?(?:[a-z]{1,5}[ .-]?)?\d{1,3}[a-z]?(?:[./-][a-z0-9]{1,12}){0,4}"
    r"(?:\.\s[a-z]{2,12}(?=\s(?:tai|phu|ban|quy|kem)\s))?(?![a-z0-9_])"
)
_FORM_WORD = r"(?:bieu\s+)?mau(?:\s+(?:bieu|don|to\s+khai|so(?=\s*:)))?"

LEVEL_WORD = r"(?:diem|khoan|dieu|tieu\s+muc|muc|chuong|phan|phu\s+luc|mau|tiet)"
_DOC_WORD = (
    r"(?:luat|bo\s+luat|phap\s+lenh|hien\s+phap|nghi\s+(?:dinh|quyet)|thong\s+tu|quyet\s+dinh|quy\s+(?:dinh|che))"
)
# A bare label after a comma (“khoản 1, 2”) counts only where the text goes on like a citation …
_GOES_ON = (
    rf"(?=\s*(?:[,;:.)\]\"'!?-]|$|\n|(?:va|hoac|hay|den|cua|thuoc|tai|trong|neu|tren|theo|thi|la|nhu|vao|ma|de|khong|co|duoc)\s"
    rf"|{_THIS}|(?:cac\s+)?{LEVEL_WORD}{_END}|{_DOC_WORD}{_END}|ban\s+hanh|kem\s+theo|nd\s|tt\s|qd\s|nq\s))"
)
# … and after “các …” unless it counts something (“các khoản 1, 2 và 30 ngày”).
_COUNTS = (
    r"(?!\s*(?:ngay|thang|nam|gio|phut|tuan|dong|trieu|ty|nghin|ngan|lan|ban|bo|nguoi|thanh\s+vien|buoi|tuoi|met|km|kg|ha|m2)"
    r"(?![a-z]))"
)
_LIST_SEP = r"(?:\s?[,;]\s?(?:va\s|hoac\s)?|\s(?:va|hoac|hay)\s|\s(?:cho\s)?den\s|\s?-\s?)"


def _list(label: str) -> str:
    return rf"{label}(?:{_LIST_SEP}{label}(?(plural){_COUNTS}|{_GOES_ON}))*"


# “tên Điều 19”, “đoạn mở đầu khoản 4”, “đoạn 2 khoản 1”, “gạch đầu dòng thứ hai điểm a”.
_NTH = rf"(?:thu\s+)?(?:{_ORDINAL}|\d{{1,2}})"
PART = (
    rf"(?:ten(?:\s+goi)?|tieu\s+de|doan\s+(?:mo\s+dau|dau|cuoi|{_NTH})|cau\s+(?:dan|dau|cuoi|{_NTH})"
    rf"|gach\s+dau\s+dong\s+{_NTH})(?:\s+cua|\s+tai|\s*,)?"
)
# “các điều từ Điều 33 đến Điều 39”: the kind before the first of a range.
_KINDS = r"(?:cac|nhung)\s+(?:diem|khoan|dieu|muc|chuong|phan)\s+(?=tu\s)"
TOKEN = re.compile(
    rf"(?:(?P<part>{PART})\s+)?(?:{_KINDS})?(?P<plural>(?:cac|nhung)\s+)?(?:tu\s+)?(?P<word>)(?:"
    rf"(?:tiet|so\s+thu\s+tu(?:\s+so)?)\s+(?P<item>{_list(_ITEM)})"
    rf"|diem\s*(?P<point>{_THIS}|(?:tu\s)?(?:(?<=\s){_list(_POINT)}|{_list(_POINT_NUMBER)}))"
    rf"|khoan\s*(?P<clause>{_THIS}|(?:tu\s)?{_list(_CLAUSE)})"
    rf"|dieu\s*(?P<article>{_THIS}|(?:tu\s)?{_list(_ARTICLE)})"
    rf"|tieu\s+muc\s*(?P<subsection>{_THIS}|{_list(_SECTION)})"
    rf"|muc\s+(?P<section>{_THIS}|{_list(_SECTION)})"
    rf"|chuong\s+(?P<chapter>{_THIS}|{_list(_CHAPTER)})"
    rf"|phan\s+(?P<division>{_THIS}|{_list(_DIVISION)})"
    rf"|{_FORM_WORD}\s*(?P<form>(?<=\s){_list(_FORM)}|\d\w*)"
    rf"|phu\s+luc\s*(?P<appendix>{_THIS}|{_list(_APPENDIX)}|{_APPENDIX_ONLY}))"
)
_LABELS = {
    level: re.compile(label)
    for level, label in (
        (ITEM, _ITEM),
        (POINT, rf"{_POINT}|{_POINT_NUMBER}"),
        (CLAUSE, _CLAUSE),
        (ARTICLE, _ARTICLE),
        (SUBSECTION, _SECTION),
        (SECTION, _SECTION),
        (CHAPTER, _CHAPTER),
        (DIVISION, _DIVISION),
        (FORM, _FORM),
        (APPENDIX, _APPENDIX),
    )
}
_LETTERS = frozenset(LETTERS)
_SEPARATOR = re.compile(_LIST_SEP)
_RANGE = re.compile(r"\s(?:cho\s)?den\s|-")

# What stands between two units: nothing or “của” (they belong together), a list sign, a range, an anchor.
_GAP = r"[ \t]{0,3}(?:\r?\n[ \t]{0,3})?"
JOIN = re.compile(
    rf"{_GAP}(?:(?P<semi>;)|(?P<after>(?:va\s+)?(?:vao\s+)?(?:ngay\s+|lien\s+)?(?:sau|truoc){_END})"
    rf"|(?P<and>,?\s?(?:va/hoac|va|hoac|hay|cung\s+nhu|(?:bao\s+)?gom){_END}|\((?=(?:(?:bao\s+)?gom|tu)\s))|(?P<comma>,)"
    rf"|(?P<to>(?:cho\s+)?den{_END}|-)|(?P<into>vao(?:\s+cuoi)?{_END}))?{_GAP}"
    rf"(?:va\s+)?(?P<op>(?:sua\s+doi,?(?:\s+va)?\s+bo\s+sung|sua\s+doi|bo\s+sung|bai\s+bo|thay\s+the)\s+)?"
    rf"(?P<link>(?:(?:duoc\s+|nhu\s+)?quy\s+dinh\s+(?:tai|trong|o)|(?:duoc\s+)?ban\s+hanh\s+(?:kem(?:\s+theo)?|theo)|kem\s+theo"
    rf"|cua|thuoc|tai|trong|theo|o)\s+)?"
)


class Token(NamedTuple):
    """Một cấp trong viện dẫn: a level with its labels."""

    level: int
    labels: tuple[Label, ...]
    start: int
    end: int
    part: str | None  # printed form of “tên”, “đoạn mở đầu”
    plain: bool  # typed without diacritics
    join: str  # how it hangs on the token before it: "", comma, and, semi, to, after, into
    link: bool  # with “của”, “tại”, … before it
    op: str | None  # an operation begins here

    @property
    def this(self) -> bool:
        return self.labels[0].text == THIS


def read_token(folded: FoldedText, at: int, join: re.Match[str] | None = None) -> Token | None:
    """The unit that begins at a position, or None."""
    found = TOKEN.match(folded.plain, at)
    if found is None or found.lastgroup is None:
        return None
    level = LEVEL_FIELDS.index(found.lastgroup)
    word = found.start("word")
    plain = is_plain(folded.text, word, _PRINTED[level], level)
    if plain is None:
        return None
    labels = _labels(folded, level, found.start(found.lastgroup), found.end())
    if not labels:
        return None
    return Token(
        level,
        labels,
        found.start() if found["part"] else word,
        labels[-1].end,
        _part(folded.text[found.start("part") : found.end("part")]) if found["part"] else None,
        plain,
        _kind(join),
        bool(join and join["link"]),
        " ".join(join["op"].split()) if join and join["op"] else None,
    )


def _kind(join: re.Match[str] | None) -> str:
    if join is None or join.lastindex is None:
        return ""
    return next((name for name in ("semi", "and", "comma", "to", "after", "into") if join[name]), "")


def is_plain(text: str, at: int, printed: str | tuple[str, ...], level: int = -1) -> bool | None:
    """False: the word stands there as printed; True: typed without diacritics; None: another word (“mức”)."""
    if isinstance(printed, tuple):
        return min((is_plain(text, at, word, level) for word in printed), key=(False, True, None).index)
    if text.startswith(printed, at):
        return False
    word = text[at : at + len(printed)].replace("\xa0", " ")
    if word.lower() == printed:
        return False
    if word.isascii():
        return True
    return False if level == FORM and text[at : at + 4].lower() == "biểu" else None


def _labels(folded: FoldedText, level: int, start: int, end: int) -> tuple[Label, ...]:
    """The labels of a unit's list; it ends before the first that the original does not bear out (“ở” for “o”)."""
    plain, text = folded.plain, folded.text
    if level <= ARTICLE and ((printed := text[start:end]).isdigit() or (level == POINT and printed in _LETTERS)):
        return (Label(printed, start, end),)  # by far the most frequent: “5”, “b”
    if plain.startswith("nay", start) and (end - start) == 3:
        return (Label(THIS, start, end),) if text[start:end].lower() in _THIS_FORMS else ()
    if start == end:
        return (Label("*", start, end),)
    labels: list[Label] = []
    at = start + 3 if plain.startswith("tu ", start, end) else start
    # What follows the list counts too (“Mẫu 5. BBKT tại …”), so the match may look beyond it, not reach beyond it.
    while (found := _LABELS[level].match(plain, at)) and found.end() <= end:
        label = read_label(level, text[at : found.end()], found)
        if label is None:
            break
        if labels and _RANGE.search(plain, labels[-1].end, at):
            labels[-1] = labels[-1]._replace(until=label.text, end=label.end)
        else:
            labels.append(label)
        separator = _SEPARATOR.match(plain, found.end(), end)
        if separator is None:
            break
        at = separator.end()
    return tuple(labels)


def _part(printed: str) -> str:
    """“đoạn thứ hai của” → “đoạn 2”; “Tên” → “tên”."""
    words = re.sub(r"\s*(?:,|của|tại|cua|tai)$", "", printed.lower()).split()
    if len(words) > 1 and "thứ" in words:
        words.remove("thứ")
    numbers = {word: str(n) for n, word in enumerate(ORDINALS, 1)} | {"một": "1", "bốn": "4"}
    if words and words[-1] in numbers:
        words[-1] = numbers[words[-1]]
    return "tên" if words[0] in ("tên", "ten", "tiêu") else " ".join(words)
