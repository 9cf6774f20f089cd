"""The texts that one file holds: the document itself, what is issued with it (Quy định, Quy chế), appendices, forms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.ingest.structure_chain import number_key
from assistant.ingest.structure_lines import Head, Line, appendix, roman_section
from assistant.law.document import ProvisionKind


@dataclass(frozen=True, slots=True)
class Region:
    """Một văn bản trong tệp: lines ``first`` to ``last`` (exclusive); the body ends at ``closing``."""

    kind: ProvisionKind | None  # None: the document itself
    first: int
    last: int
    closing: int
    label: str = ""
    style: str = ""  # phu-luc or mau
    body: int = 0  # offset in the first line at which the title begins


# Where the body ends: adoption formula, recipients, signature.
_CLOSING = re.compile(
    r"\s*(?:Nơi nhận\s*[:./]|(?:TM|T/M|KT|TL|TUQ|TUN)\s?\.\s?[A-ZĐ]{2}|XÁC THỰC VĂN BẢN HỢP NHẤT"
    r"|(?:Đã ký|\(Đã ký\))\s*$)"
)
# “Luật này được Quốc hội … thông qua ngày …”; with “và có hiệu lực từ …” it is a rule and stays in its Điều.
_ADOPTED = re.compile(
    r"\s*(?:Luật|Bộ luật|Pháp lệnh|Nghị quyết|Hiến pháp) này (?:đã )?được (?![^\n]{0,400}hiệu lực).{0,120}thông qua"
)
_SIGNER = re.compile(
    r"\s*(?:Q\. ?|QUYỀN )?(?:PHÓ )?(?:CHỦ TỊCH|THỦ TƯỚNG|BỘ TRƯỞNG|THỨ TRƯỞNG|TỔNG|THỐNG ĐỐC|CHÁNH ÁN|VIỆN TRƯỞNG|CHÁNH"
    r"|CHỦ NHIỆM|GIÁM ĐỐC|CỤC TRƯỞNG|VỤ TRƯỞNG|TRƯỞNG BAN|HIỆU TRƯỞNG|CHỦ TOẠ|TRƯỞNG)\b"
)
# “(Ban hành kèm theo Quyết định số …)”, “Kèm theo Nghị quyết …”.
_ISSUED_WITH = re.compile(r"\s*\(?\s*(?:được )?(?:ban hành )?kèm theo ", re.IGNORECASE)
# Not the name of a chapter: “QUY ĐỊNH CHUNG”.
_TITLE = re.compile(
    r"\s*(?:QUY ĐỊNH(?! CHUNG| CỤ THỂ| CHUYỂN TIẾP| KHÁC)|QUY CHẾ|"
    r"ĐIỀU LỆ|NỘI QUY|QUY TRÌNH|QUY CHUẨN|CHƯƠNG TRÌNH|KẾ HOẠCH|ĐỀ ÁN|DANH MỤC|HƯỚNG DẪN"
    r"|TIÊU CHÍ|ĐỊNH MỨC|PHƯƠNG ÁN|CHIẾN LƯỢC|BẢNG|BIỂU|HỆ THỐNG|NỘI DUNG|CƠ CHẾ|CHÍNH SÁCH|THỂ LỆ|TIÊU CHUẨN)\b"
)
_NO_TITLE = re.compile(r"CỘNG HÒA XÃ HỘI|CỘNG HOÀ XÃ HỘI|Độc lập|^\s*(?:Điều |Nơi nhận|Căn cứ)")
_CHAPTER = re.compile(r"\s*(?:Chương|CHƯƠNG|Phần|PHẦN|Mục|MỤC)\b")  # its name stands in the next line
_LOOKAHEAD = 7  # lines of title between “QUY CHẾ” and “(Ban hành kèm theo …)”


def regions_of(lines: Sequence[Line], heads: Sequence[Head | None], quoted: bytearray) -> list[Region]:
    """The document first, then what follows it, in order. Together they cover every line."""
    starts: list[_Start] = [_Start(0)]
    state = _State()
    for index, line in enumerate(lines):
        if quoted[index]:
            continue
        head = heads[index]
        if head is not None and head.kind is ProvisionKind.ARTICLE:
            if starts[-1].kind is not ProvisionKind.APPENDIX and state.restarts_at(_number(head)):
                starts.append(_Start(_title_before(lines, index, starts[-1].first), ProvisionKind.ATTACHMENT))
            continue
        found = _boundary(lines, index, state.started, state.closed, starts[-1])
        if found is not None:
            starts.append(found)
            state = _State(started=True, closed=found.kind is ProvisionKind.APPENDIX)
        elif head is not None or roman_section(line) is not None:
            state.started = True
        elif state.started and is_closing(line.text):
            state.closed = True
    return [_region(lines, heads, quoted, starts, place) for place in range(len(starts))]


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a region begins, and the label of an appendix."""

    first: int
    kind: ProvisionKind | None = None
    head: Head | None = None


@dataclass
class _State:
    """How far the text being read has come."""

    article: int = 0
    started: bool = False  # something numbered was met
    closed: bool = False  # it was signed since

    def restarts_at(self, number: int) -> bool:
        """Count an Điều; True if it is the first of another text behind a signature."""
        if self.closed and number == 1:
            self.article, self.closed = 1, False
            return True
        if number > self.article:
            self.article, self.closed = number, False
        self.started = True
        return False


def _number(head: Head) -> int:
    return number_key(head.label)[0]


def is_closing(text: str) -> bool:
    """Adoption formula, recipients or a signature in capitals."""
    if _CLOSING.match(text) or _ADOPTED.match(text):
        return True
    title = re.split(r"\(\s*[Đđ]ã ký", text)[0]  # “CHỦ TỊCH QUỐC HỘI(Đã ký)Trần Văn A”
    return len(text) < 90 and bool(_SIGNER.match(text)) and title == title.upper()


def _boundary(lines: Sequence[Line], index: int, started: bool, closed: bool, current: _Start) -> _Start | None:
    """Whether an appendix, a form or an attached text begins at this line."""
    text = lines[index].text
    if not started or len(text) > 300:
        return None
    head = appendix(lines[index])
    if head is not None:
        return _Start(index, ProvisionKind.APPENDIX, head) if _begins(lines, index, head, closed) else None
    if text != text.upper() or not text.strip()[:1].isalpha():
        return None
    in_appendix = current.kind is ProvisionKind.APPENDIX
    titled = bool(_TITLE.match(text)) and not _CHAPTER.match(lines[index - 1].text if index else "")
    if (
        is_closing(text)
        or not (titled or (closed and not in_appendix))
        or (current.kind and index - current.first <= _LOOKAHEAD)
    ):
        return None
    return _Start(index, ProvisionKind.ATTACHMENT) if issued_with(lines, index) is not None else None


def _begins(lines: Sequence[Line], index: int, head: Head, closed: bool) -> bool:
    """A heading of its own: nothing behind the number, or its title in capitals; in lists the title is a sentence."""
    rest = lines[index].text[head.body :].strip()
    if rest and rest != rest.upper() and not rest.startswith("("):
        return False
    follows = lines[index + 1].text if index + 1 < len(lines) else ""
    titled = follows == follows.upper() or bool(_ISSUED_WITH.match(follows)) or bool(rest)
    return closed or (head.style == "phu-luc" and (head.firm or titled))


def issued_with(lines: Sequence[Line], index: int) -> int | None:
    """The line “(Ban hành kèm theo …)” that ends a title beginning at ``index``."""
    for below in range(index + 1, min(index + 1 + _LOOKAHEAD, len(lines))):
        text = lines[below].text
        if _ISSUED_WITH.match(text):
            return below
        if len(text) > 300 or is_closing(text) or appendix(lines[below]) or _NO_TITLE.search(text):
            return None
    return None


def attached_kind(title: str) -> str:
    """“QUY CHẾ TỔ CHỨC …” → “Quy chế”."""
    found = _TITLE.match(title)
    return found.group().strip().capitalize() if found else ""


def _title_before(lines: Sequence[Line], index: int, earliest: int) -> int:
    """The line at which the title of an attached text begins, given its Điều 1."""
    first = index
    for above in range(index - 1, max(earliest, index - 12), -1):
        text = lines[above].text
        if is_closing(text) or text.lstrip().startswith(("-", "–")) or len(text) > 300:
            break
        if _TITLE.match(text) and text == text.upper() and not _CHAPTER.match(lines[above - 1].text):
            return above
        if _CHAPTER.match(text):
            first = above
    return first


def _region(
    lines: Sequence[Line], heads: Sequence[Head | None], quoted: bytearray, starts: Sequence[_Start], place: int
) -> Region:
    start = starts[place]
    last = starts[place + 1].first if place + 1 < len(starts) else len(lines)
    closing = last
    if start.kind is not ProvisionKind.APPENDIX:
        closing = _closing(lines, heads, quoted, start.first, last)
    head = start.head or Head(ProvisionKind.APPENDIX, "", 0, "")
    return Region(start.kind, start.first, last, closing, head.label, head.style, head.body)


def _closing(lines: Sequence[Line], heads: Sequence[Head | None], quoted: bytearray, first: int, last: int) -> int:
    """The first closing line behind which the articles do not go on counting."""
    article, started, found = 0, False, last
    for index in range(first, last):
        if quoted[index]:
            continue
        head = heads[index]
        started = started or head is not None or roman_section(lines[index]) is not None
        if head is not None and head.kind is ProvisionKind.ARTICLE:
            if _number(head) > article or found == last:
                article, found = max(article, _number(head)), last
        elif found == last and started and is_closing(lines[index].text) and not _is_title(heads, index):
            found = index
    return found


def _is_title(heads: Sequence[Head | None], index: int) -> bool:
    """The line behind “Mục 2” is its title, even if it begins like a signature: “CHỦ TỊCH NƯỚC”."""
    above = heads[index - 1] if index else None
    return above is not None and above.kind in (ProvisionKind.PART, ProvisionKind.CHAPTER, ProvisionKind.SECTION)
