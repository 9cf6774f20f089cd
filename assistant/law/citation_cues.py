"""What stands around a citation and changes its meaning: operations, titles, quotations, words that only look alike."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from assistant.law.citation_grammar import Token
from assistant.law.citation_levels import ARTICLE, CLAUSE, FORM, ITEM, POINT, SECTION
from assistant.law.fold import FoldedText

OPERATIONS = {
    "sua doi": "amend",
    "bo sung": "insert",
    "bai bo": "repeal",
    "huy bo": "repeal",
    "thay the": "replace",
    "ngung": "suspend",
    "dinh chinh": "correct",
}
# “Bãi bỏ (quy định tại) khoản 3 …”: the operation whose object the citation is.
_OPERATION = re.compile(
    r"(?<![a-z])(?P<passive>(?:duoc|da|bi)\s+)?(?P<op>sua\s+doi,?(?:\s+va)?\s+bo\s+sung|sua\s+doi|bo\s+sung|bai\s+bo|huy\s+bo"
    r"|thay\s+the|(?:tam\s+)?ngung\s+hieu\s+luc(?:\s+thi\s+hanh)?|dinh\s+chinh)"
    r"(?P<filler>(?:\s+(?:quy\s+dinh|noi\s+dung|mot\s+phan|toan\s+bo|doi\s+voi|hieu\s+luc|cua|tai|cho|them|cac|lai|van\s+ban|nganh,\s+nghe|quy\s+hoach)){0,5})"
    r"\s*[:-]?\s*$"
)
# “(được) sửa đổi, bổ sung (một số điều) bởi|theo …”: what follows amended what stands before.
_AMENDED_BY = re.compile(r"(?:sua\s+doi|bo\s+sung)(?:\s+mot\s+so\s+(?:dieu|noi\s+dung))?\s+(?:boi|theo)\s+(?:cac\s+)?$")
_OPERATION_WORDS = ("bo ", "bai ", "doi", "thay", "ngung", "dinh ch")
# “Sửa đổi, bổ sung tên Điều và một số khoản của Điều 24 như sau”: the lead of the instructions that follow.
_LEAD = re.compile(
    r"(?:sua\s+doi|bo\s+sung)(?:\s+ten\s+[a-z]+,?(?:\s+va)?)?\s+mot\s+so\s+(?:(?:diem|khoan|dieu|muc|noi\s+dung|quy\s+dinh)[,\s]+"
    r"(?:va\s+)?){1,4}(?:cua|tai|thuoc)\s+(?:cac\s+)?$"
)
# “… “B” tại khoản 1 …”: where a phrase is replaced.
_PHRASE_PLACE = re.compile(
    r"[\"']\s*,?\s*(?:duoc\s+)?(?:quy\s+dinh\s+)?tai(?:\s+(?:cac|mot\s+so))?(?:\s+(?:diem|khoan|dieu|quy\s+dinh),?){0,4}(?:\s+sau(?:\s+day)?)?\s*:?\s*$"
)
_PHRASE_OPERATION = re.compile(
    r"(?<![a-z])(?:(?P<replace>thay(?:\s+the)?|sua\s+doi)|(?P<insert>bo\s+sung)|(?P<delete>bai\s+bo|bo))"
    r"(?:\s+mot\s+so)?(?:\s+cac)?\s+(?:cum\s+tu|tu|chu|so|doan|ten\s+goi)"
)
_LIST_OPERATION = re.compile(
    r"(?<![a-z])(?:(?P<replace>thay\s+the)|(?P<delete>bai\s+bo|bo(?!\s+sung)))\s(?=[^.]*[;,]\s*(?:cac\s+)?(?:cum\s+)?tu\s*\")"
)
PHRASES = {"replace": "replace_phrase", "insert": "insert_phrase", "delete": "delete_phrase"}
# The words between quotation marks after “cụm từ” are material, not citations.
_PHRASE_QUOTE = re.compile(r"(?:cum\s+tu|tu|chu|so|doan|bang|thanh)\s*[\"'](?P<quote>[^\"\n]{0,400})\"")
_NEW_TEXT = re.compile(r"nhu\s+sau\s*:?\s*\"")
_LINE_LABEL = re.compile(
    r"(?:^|(?<=\n)|(?<=\"))[ \t]*\"?"
    r"(?:dieu\s+(?P<article>\d{1,3}[a-z]?)[.:]|(?P<clause>\d{1,3}[a-z]?)\.(?!\d)|(?P<point>[a-z]{1,2}\d?)\))"
)
# A straight mark closes too where it ends its line: typists mix both.
_MARKS = re.compile(r"[“”]|\"(?=[.;,]{0,3}[ \t]*(?:\n|$))")
_STRAIGHT_END = re.compile(r"\"[.;,]?[ \t]*(?=\n|$)")
# Before a lone “điểm b” or “khoản 2”: words after which it is a citation.
_LEADS_IN = re.compile(
    r"(?:^|[\n(\"]|(?<![a-z])(?:tai|theo|o|cac|va|hoac|quy\s+dinh|bai\s+bo|bo\s+sung|sua\s+doi|sau|truoc|trong|thuoc|cua|neu|tru|dinh|voi|ten|tu"
    r"|den|hien|hop|ap\s+dung|can\s+cu|vao|la))\s*$"
)
# “thời điểm”, “tài khoản”, “danh mục”: the word before makes it another word.
_OTHER_WORDS = {
    POINT: frozenset(
        "thời địa quan đặc trọng thí ưu nhược khuyết tâm cao giao cực tổng số đạt chấm cộng hơn yếu".split()  # noqa: SIM905
    ),
    CLAUSE: frozenset(("tài", "chuyển", "điều", "ngân", "thanh")),
    SECTION: frozenset(("danh", "tiết", "đề", "chuyên", "hạng", "thư", "đầu")),
    ITEM: frozenset(("chi", "thời", "tình")),
    FORM: frozenset(("cỡ", "lấy", "lô", "lưu", "bệnh")),
    ARTICLE: frozenset(("đê", "biểu", "tiêu")),
}
_TITLE = re.compile(
    r"[\s,]*(?:cua\s[^.;()\n]{1,110}?\s)?(?:quy\s+dinh(?!\s+tai)|huong\s+dan|sua\s+doi|bo\s+sung|ve|ban\s+hanh|hop\s+nhat|quy\s+che)(?![a-z])[^.;\n]*$"
)
_NAMES_AGAIN = re.compile(r"sau\s+day|goi\s+(?:tat|chung|la)|viet\s+(?:tat|gon)")
_LIST_GAP = re.compile(r"\s?(?:[,;]|,?\s?(?:va|hoac))\s{0,2}(?:cac\s)?(?:so\s)?$")


# “Mục 2 ĐẦU TƯ XÂY DỰNG …” at the head of a line.
_NAME_IN_CAPITALS = re.compile(r"[.:]?[ \t]+[A-ZĐÀ-Ỹ]{2,}[ \t,]+[A-ZĐÀ-Ỹ]{2,}(?![a-zà-ỹ])")


class Quote(NamedTuple):
    """Đoạn trong ngoặc kép của điều sửa đổi: new text of the amended document."""

    start: int
    end: int
    places: tuple[tuple[int, dict[str, str]], ...]  # (offset, article, clause and point from there on)


def operation_before(folded: FoldedText, start: int) -> tuple[str | None, bool]:
    """(operation, passive) of the words before a citation: “Bãi bỏ ” → repeal; “được bổ sung tại ” is passive."""
    plain = folded.plain
    window = plain[max(0, start - 60) : start]
    if '"' in window or "'" in window:
        found = _PHRASE_PLACE.search(plain, max(0, start - 60), start)
        if found is not None:
            return _phrase_operation(plain, found.start()), False
    if not any(word in window for word in _OPERATION_WORDS):
        return None, False
    found = _OPERATION.search(plain, max(0, start - 90), start)
    if found is None:
        return None, _AMENDED_BY.search(plain, max(0, start - 60), start) is not None
    if found["passive"]:
        return None, "tai" in found["filler"]
    return operation_of(found["op"]), False


def leads_amendment(folded: FoldedText, start: int) -> bool:
    """What follows is a unit of the amended document, though nothing is done to it as a whole."""
    return "mot so" in folded.plain[max(0, start - 60) : start] and bool(
        _LEAD.search(folded.plain, max(0, start - 110), start)
    )


def operation_of(words: str) -> str | None:
    """“sua doi, bo sung” → amend."""
    plain = " ".join(words.split())
    return next(
        (name for cue, name in OPERATIONS.items() if plain.startswith(cue) or (cue == "ngung" and cue in plain)), None
    )


def _phrase_operation(plain: str, end: int) -> str | None:
    last = None
    for found in _PHRASE_OPERATION.finditer(plain, max(0, plain.rfind("\n", max(0, end - 600), end), end - 600), end):
        last = found
    if last is None:  # “Bãi bỏ Điều 5; cụm từ “A” tại khoản 2 Điều 6; …”: the verb stands before the whole list
        last = _LIST_OPERATION.search(plain, max(0, plain.rfind("\n", 0, end) + 1, end - 600), end)
    return PHRASES[last.lastgroup] if last and last.lastgroup else None


def leads_in(folded: FoldedText, start: int) -> bool:
    return _LEADS_IN.search(folded.plain, max(0, start - 14), start) is not None


def is_other_word(folded: FoldedText, token: Token) -> bool:
    """“thời điểm a”, “tài khoản 111”, “danh mục 2”: not a unit of a document."""
    others = _OTHER_WORDS.get(token.level)
    if others is None or token.part:
        return False
    before = folded.text[max(0, token.start - 8) : token.start].split()
    return bool(before) and folded.text[token.start - 1] in " \xa0\t" and before[-1].lower() in others


def is_heading(folded: FoldedText, token: Token) -> bool:
    """“Điều 5. Phạm vi …” or “Chương II” on a line of its own: the structure of the text itself."""
    plain = folded.plain
    before = plain[max(0, token.start - 4) : token.start].rstrip(" \t\"'*#")
    rest = plain[token.end : token.end + 3]
    if before and before[-1] != "\n":
        # The codified law glues headings to the sentence before: “… kỳ họp.Chương VI”.
        return token.level >= SECTION and before[-1] == "." and plain[token.start - 1] == "." and rest[:1] in ("\n", "")
    if token.level == ARTICLE:
        after = folded.text[token.end + 1 : token.end + 4].strip()
        return rest[:1] in (".", ":") and bool(after) and (after[0].isupper() or not after[0].isalnum())
    alone = rest.lstrip(" *")[:1]
    if token.level >= SECTION and _NAME_IN_CAPITALS.match(folded.text, token.end):
        return True
    return token.level >= SECTION and (alone == "\n" or (bool(before) and alone in ("", ".", ":")))


def in_title(folded: FoldedText, previous_end: int, start: int) -> bool:
    """Whether what lies between a document and the next makes the next part of the first one's title."""
    if start - previous_end > 300 or _TITLE.match(folded.plain, previous_end, start) is None:
        return False
    between = folded.plain[previous_end:start]
    if _NAMES_AGAIN.search(between):
        return False
    # “Quyết định A về …, Quyết định B về … và Nghị định C” lists three; “hướng dẫn Luật A và Luật B” is one title.
    return not between.rstrip().endswith((",", " va", ";"))


def continues_list(folded: FoldedText, previous_end: int, start: int) -> bool:
    """“và Điều 7 …”, also behind the title of the document before: “… quy định các mẫu và Phụ lục II …”."""
    if start - previous_end <= 12:
        return _LIST_GAP.fullmatch(folded.plain, previous_end, start) is not None
    between = folded.plain[previous_end : min(start, previous_end + 300)].rstrip()
    return start - previous_end < 300 and between.endswith((" va", ";")) and bool(_TITLE.match(between))


def phrase_quotes(folded: FoldedText) -> list[tuple[int, int]]:
    """Spans between quotation marks that hold a phrase to be replaced."""
    plain = folded.plain
    if '"' not in plain or ("cum tu" not in plain and "thay" not in plain):
        return []
    return [found.span("quote") for found in _PHRASE_QUOTE.finditer(plain)]


def new_texts(folded: FoldedText) -> list[Quote]:
    """The quotations of an amending text that hold new wording (after “như sau:”)."""
    plain, text = folded.plain, folded.text
    quotes: list[Quote] = []
    at = 0
    while '"' in plain and (found := _NEW_TEXT.search(plain, at)):
        end = _closing(text, plain, found.end())
        quotes.append(Quote(found.end(), end, _places(folded, found.end(), end)))
        at = end
    return quotes


def _places(folded: FoldedText, start: int, end: int) -> tuple[tuple[int, dict[str, str]], ...]:
    """Where each unit inside a quotation begins, and the levels that hold from there."""
    found: list[tuple[int, dict[str, str]]] = []
    place: dict[str, str] = {}
    for unit in _LINE_LABEL.finditer(folded.plain, start - 1, end):
        level = unit.lastgroup or ""
        inner = {"article": ("clause", "point"), "clause": ("point",), "point": ()}[level]
        kept = {name: label for name, label in place.items() if name not in inner}
        place = kept | {level: folded.text[unit.start(level) : unit.end(level)].lower()}
        found.append((unit.start(), place))
    return tuple(found)


def _closing(text: str, plain: str, start: int) -> int:
    """Where a quotation ends: by counting curly marks, or at a straight mark that ends its line."""
    following = _NEW_TEXT.search(plain, start)
    next_lead = plain.rfind("\n", start, following.start()) if following else -1
    if text[start - 1] == "“":
        end = _balanced(text, start)
        return end if end is not None else next_lead if next_lead > 0 else len(text)
    straight = _STRAIGHT_END.search(plain, start)
    end = straight.start() if straight else len(text)
    return next_lead if 0 < next_lead < end else end  # one that nobody closed ends where the next is led in


def _balanced(text: str, start: int) -> int | None:
    depth = 1
    for found in _MARKS.finditer(text, start):
        if found.group() == "“":
            depth += 1
        elif found.group() == "”" or text.count('"', text.rfind("\n", start, found.start()) + 1, found.end()) % 2:
            depth -= 1
        if depth == 0:
            return found.start()
    return None


def position_in(quote: Quote, at: int) -> dict[str, str]:
    """Article, clause and point that an offset inside a quotation stands in, as far as the quotation shows."""
    place = bisect_right(quote.places, at, key=lambda held: held[0]) - 1
    return dict(quote.places[place][1]) if place >= 0 else {}
