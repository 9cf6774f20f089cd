"""Which lines of an amending document are quoted text of another one: they have no provisions of their own here.

A block opens with a quotation mark at the head of a line (or behind “như sau:”) and closes at the mark that balances
it. Marks of both shapes are judged by where they stand, since typists mix them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.ingest.structure_lines import Line
from assistant.law.document import ParseWarning

_MARK = re.compile(r"[“”„‟\"«»]|''|‘‘|’’|``")
_BEFORE_OPEN = frozenset(' \t([{–-:;,/|“"')
_AFTER_CLOSE = frozenset(' \t.,;:)]}!?/|”"')
# The amending text itself goes on: “2. Sửa đổi, …”, “b) Bãi bỏ …”, “Điều 3. Hiệu lực thi hành”.
_OUTER = re.compile(
    r"\s*(?:(?:\d{1,3}[a-zđ]?\.|[a-zđ]\d?\)|Điều \d{1,4}[a-zđ]?\.?)\s*"
    r"(?:Sửa đổi|Bổ sung|Bãi bỏ|Thay |Bỏ |Đổi |Hủy bỏ|Huỷ bỏ|Chuyển |Khoản \d|Điểm \w|Điều \d|Mục |Tên )"
    r"|Điều \d{1,4}[a-zđ]?\.?\s*"
    r"(?:Hiệu lực|Điều khoản|Tổ chức thực hiện|Trách nhiệm (?:thi hành|tổ chức)|Quy định chuyển))"
)
# Grounds quoted in the preamble of a consolidated text end at the latest where its own provisions begin.
_FIRST = re.compile(r"\s*(?:Phần|PHẦN|Chương|CHƯƠNG|Điều)\s+(?:I|1|thứ nhất|THỨ NHẤT)\b")


def quoted_lines(lines: Sequence[Line]) -> tuple[bytearray, list[ParseWarning]]:
    """(one flag per line, warnings about marks that never close)."""
    flags = bytearray(len(lines))
    warnings: list[ParseWarning] = []
    opened, depth = -1, 0
    for index, line in enumerate(lines):
        if depth:
            flags[index] = 1
        if not _MARK.search(line.text):
            continue
        net, heads, follows = _balance(line.text)
        if depth and net > 0 and heads:  # a new block: the one before was never closed
            warnings.append(_unclosed(lines[opened]))
            _give_back(lines, flags, opened, index)
            depth = 0
        if depth:
            depth = max(0, depth + net)
        elif net > 0 and (heads or follows):
            opened, depth = index, net
            flags[index] = heads
    if depth:
        warnings.append(_unclosed(lines[opened]))
        _give_back(lines, flags, opened, len(lines))
    return flags, warnings


def _balance(text: str) -> tuple[int, bool, bool]:
    """(marks opened less marks closed, a mark heads the line, an open mark follows “:” and stays open)."""
    net, heads, last_open = 0, False, -1
    for mark in _MARK.finditer(text):
        before = text[mark.start() - 1] if mark.start() else " "
        after = text[mark.end()] if mark.end() < len(text) else " "
        if _opens(mark.group(), before, after):
            net += 1
            last_open = mark.start()
            heads = heads or not text[: mark.start()].strip()
        else:
            net -= 1
    follows = net > 0 and text[:last_open].rstrip().endswith(":")
    return net, heads, follows


def _opens(mark: str, before: str, after: str) -> bool:
    could_open = before in _BEFORE_OPEN and after not in _AFTER_CLOSE
    could_close = before not in _BEFORE_OPEN and after in _AFTER_CLOSE
    if mark in "“„«‘‘" and not could_close:
        return True
    if mark in "”‟»’’" and not could_open:
        return False
    return could_open


def _give_back(lines: Sequence[Line], flags: bytearray, opened: int, end: int) -> None:
    """A block without end: it lasts to the first line in which the amending text clearly speaks again."""
    preamble = lines[opened].text.lstrip()[1:].startswith("Căn cứ")
    for index in range(opened + 1, end):
        if _OUTER.match(lines[index].text) or (preamble and _FIRST.match(lines[index].text)):
            flags[index:end] = bytes(end - index)
            return


def _unclosed(line: Line) -> ParseWarning:
    return ParseWarning(line.start, f"Dấu ngoặc kép mở ra mà không thấy đóng: “{line.text.strip()[:60]}…”")
