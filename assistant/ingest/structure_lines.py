"""Lines of a document and what stands at their head: Chương II, Điều 5., 3., đ), PHỤ LỤC I, Nơi nhận."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.language.normalise import CAPITALS
from assistant.law.document import ProvisionKind


@dataclass(frozen=True, slots=True)
class Line:
    """Một dòng có chữ: offsets into the document's text (without the line break)."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Head:
    """Nhãn đầu dòng: what a line may begin. ``firm`` heads need no proof from the numbers around them."""

    kind: ProvisionKind
    label: str
    body: int  # offset in the line at which the text behind the label begins
    style: str = "."  # the sign after a clause or point: . ) / -
    firm: bool = True


def lines_of(text: str) -> list[Line]:
    """Every line that holds more than spaces."""
    lines: list[Line] = []
    start = 0
    for written in text.split("\n"):
        if written and not written.isspace():
            lines.append(Line(start, start + len(written), written))
        start += len(written) + 1
    return lines


# A footnote mark may follow any label: “Điều 5.[5] Quyền”, “1.[2] (được bãi bỏ)”.
_NOTE = r"(?:\[\d{1,3}\])?"
_ORDINALS = {
    **{"nhất": 1, "hai": 2, "nhì": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6},
    **{"bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10},
}
_SIGN = r"\s*(?:[.:\-–]\s*)?"
# “Phần thứ nhất”, “PHẦN II”, “Phần 3”.
_PART = re.compile(rf"\s*(?:Phần|PHẦN)\s+(?:(?:thứ|THỨ|Thứ)\s+(\w+)|([IVXLC]{{1,6}}|\d{{1,2}})){_NOTE}{_SIGN}")
# “Chương II”, “CHƯƠNG 3:”, and a title glued to the number: “Chương INHỮNG QUY ĐỊNH CHUNG”.
_CHAPTER = re.compile(rf"\s*(?:Chương|CHƯƠNG)\s+([IVXLCl]{{1,8}}[a-zđ]?|\d{{1,3}}[a-zđ]?){_NOTE}{_SIGN}")
_SECTION = re.compile(rf"\s*(?:Mục|MỤC)\s+(\d{{1,3}}[a-zđ]?|[IVX]{{1,6}}|[A-Z](?=[.:\s]|$)){_NOTE}{_SIGN}")
_SUBSECTION = re.compile(rf"\s*(?:Tiểu mục|TIỂU MỤC|Tiểu Mục)\s+(\d{{1,3}}[a-zđ]?|[IVX]{{1,6}}){_NOTE}{_SIGN}")
# “Điều 5. …”, “Điều 5: …”, “Điều 5” alone, in old laws “Điều 5 Người …”, and slips of the keyboard.
_ARTICLE = re.compile(
    rf"\s*(?:Điều|ĐIỀU|(Điểu|Diều|Đièu|Đìều|ĐIều|Điêu|Điếu))\s+(\d{{1,4}})\s?([a-zđ]{{0,2}})(?![^\W\d_]){_NOTE}"
    rf"\s*([.:]?){_NOTE}\s*(?:[-–]\s)?\s*"
)
# “3. …”, “3a. …”, “3.Luật”; not “3.5”, “1.000”.
_CLAUSE = re.compile(rf"\s*(\d{{1,3}}[a-zđ]?)\s?([.)/]|-(?=\s)){_NOTE}\s*(?=[^\d\s]|\d{{2,}}\s|$)")
# “đ) …”, “a1) …”, “a. …”, “a/ …”.
_POINT = re.compile(rf"\s*([a-zđ]\d{{0,2}})\s?([)/]|\.(?=\s)|-(?=\s)){_NOTE}\s*")
_ROMAN_SECTION = re.compile(rf"\s*([IVX]{{1,6}}|[A-E])\s?[.)/\-–]{_NOTE}\s*(?=[^\W\d_])")
_APPENDIX = re.compile(
    r"\s*(?:PHỤ LỤC|Phụ lục|PHỤ BIỂU|Phụ biểu)(?:\s+(?:SỐ|Số|số))?\s*:?\s*"
    rf"((?:[IVXLC]{{1,6}}|\d{{1,3}}|[A-Z])(?:[.\-]?\d{{1,2}})?[a-zA-Z]?(?=[\s.:(\[–-]|$))?{_NOTE}{_SIGN}"
)
_FORM = re.compile(
    r"\s*(?:Mẫu|MẪU)(?:\s+(?:biểu|BIỂU))?\s+(?:(?:số|SỐ|Số)\s*:?\s*)?"
    r"((?:[A-Z]{0,6}[.\-]?)?\d{1,3}(?:[.\-/]?\w{1,8}){0,4}|[IVX]{1,4}\.\d{1,3}(?:\.\d{1,3})?)"
    rf"(?=[\s.:(\[–-]|$){_NOTE}{_SIGN}"
)

# A title that goes on in small letters is a reference that a line break put at the head of a line.
_SENTENCE = re.compile(
    r"(?:của|này|và|hoặc|ban hành|kèm theo|thuộc|nêu|quy định|theo|được|có|đối với|tại|đã|thì|là)\b|[,;)]"
)
_LAW_NAME = re.compile(
    r"(?:Luật|Bộ luật|Nghị định|Thông tư|Quyết định|Pháp lệnh|Hiến pháp|Nghị quyết|Quy chế|Quy định|Điều lệ|khoản"
    r"|Chương|Điều \d)\b"
)


def heads(line: Line) -> Iterator[Head]:
    """What a line may begin, by its first letter: at most one head of the upper levels, else a clause or point."""
    text = line.text
    first = text.lstrip()[:1]
    for pattern, kind in _BY_LETTER.get(first, ()):
        match = pattern.match(text)
        if match is not None:
            head = _titled(kind, match, text)
            if head is not None:
                yield head
                return
    if first.isdigit() or first in _POINT_LETTERS:
        pattern, kind = (_CLAUSE, ProvisionKind.CLAUSE) if first.isdigit() else (_POINT, ProvisionKind.POINT)
        match = pattern.match(text)
        if match is not None:
            yield Head(kind, match[1], match.end(), match[2])


_POINT_LETTERS = frozenset("abcdđefghijklmnopqrstuvwxyz")
_BY_LETTER = {
    "P": ((_PART, ProvisionKind.PART),),
    "C": ((_CHAPTER, ProvisionKind.CHAPTER),),
    "M": ((_SECTION, ProvisionKind.SECTION),),
    "T": ((_SUBSECTION, ProvisionKind.SUBSECTION),),
    "Đ": ((_ARTICLE, ProvisionKind.ARTICLE),),
    "D": ((_ARTICLE, ProvisionKind.ARTICLE),),
}


def _titled(kind: ProvisionKind, match: re.Match[str], text: str) -> Head | None:
    rest = text[match.end() :]
    if kind is ProvisionKind.ARTICLE:
        return _article(match, rest)
    if _SENTENCE.match(rest) or rest[:1].islower():
        return None
    if kind is ProvisionKind.PART:
        return _part(match)
    if kind is ProvisionKind.CHAPTER:
        return _chapter(match, text)
    if rest and _LAW_NAME.match(rest) and match.group().rstrip()[-1].isalnum():
        return None
    return Head(kind, match[1], match.end())


def _article(match: re.Match[str], rest: str) -> Head | None:
    label, sign = match[2] + match[3], match[4]
    firm = (bool(sign) or not rest) and not match[1]
    if not firm and (_SENTENCE.match(rest) or _LAW_NAME.match(rest) or not rest[:1].isupper()):
        return None
    return Head(ProvisionKind.ARTICLE, label, match.end(), sign, firm)


def _part(match: re.Match[str]) -> Head | None:
    if match[1] is None:
        return Head(ProvisionKind.PART, match[2], match.end())
    number = _ORDINALS.get(match[1].lower())
    return Head(ProvisionKind.PART, str(number), match.end()) if number else None


_GLUED_CHAPTER = re.compile(rf"\s*(?:Chương|CHƯƠNG)\s+([IVXLC]{{1,8}})(?=[{CAPITALS}])")
_ROMAN = re.compile(r"(X{0,3})(IX|IV|V?I{0,3})")


def _chapter(match: re.Match[str], text: str) -> Head:
    """A glued title may begin with letters that are also numerals: “Chương IICHIẾN LƯỢC” is II."""
    label = match[1].replace("l", "I")
    glued = _GLUED_CHAPTER.match(text)
    if glued is None or match.end() != glued.end():
        return Head(ProvisionKind.CHAPTER, label, match.end())
    roman = _ROMAN.match(glued[1])
    length = len(roman.group()) if roman else len(label)
    return Head(ProvisionKind.CHAPTER, glued[1][:length], glued.start(1) + length)


def roman_section(line: Line) -> Head | None:
    """“II. NHIỆM VỤ”: the upper level of documents without Điều."""
    match = _ROMAN_SECTION.match(line.text)
    return Head(ProvisionKind.SECTION, match[1], match.end()) if match else None


def appendix(line: Line) -> Head | None:
    """“PHỤ LỤC II”, “Mẫu số 01”: not “Phụ lục II ban hành kèm theo …” within a sentence."""
    for pattern, style in ((_APPENDIX, "phu-luc"), (_FORM, "mau")):
        match = pattern.match(line.text)
        if match is None:
            continue
        rest = line.text[match.end() :]
        if _SENTENCE.match(rest) or rest[:1].islower():
            return None
        return Head(ProvisionKind.APPENDIX, match[1] or "", match.end(), style, firm=line.text.lstrip()[:3].isupper())
    return None
