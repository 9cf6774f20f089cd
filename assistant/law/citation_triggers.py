"""Where a citation can begin: the first letters of a unit or a document, with “tên”, “đoạn mở đầu” before it."""

from __future__ import annotations

import re

from assistant.law.citation_grammar import PART
from assistant.law.fold import FoldedText

# Every branch begins with a plain letter or digit of its own: only then re skims a text fast
# (30 MB/s instead of 7). A branch that begins a unit has a group; the grammar decides what it really is.
_NUMBERED = r"(?:\s{1,2}lien\s{1,2}(?:tich|bo))?\s{1,3}(?:so\s|so:|\d|nay(?![a-z]))"
_LABEL = r"(?:\d|nay(?![a-z])|[ivxlc]+[a-e]?(?![a-z])|[ivxl]+[-.]?\d|[a-h]\d{0,2}(?![a-z])|thu\s|so\s)"
TRIGGER = re.compile(
    r"d(i(?:em\s{0,3}(?:\d|[a-z](?![a-z])|[a-z](?=khoan\s?\d)|[a-z]\d|dd|nay(?![a-z])|tu\s)|eu\s{0,3}(?:\d|nay(?![a-z])|tu\s\d)))"
    r"|k(?:(hoan\s{0,3}(?:\d|nay(?![a-z])|tu\s\d))|e\shoach\sso\s)"
    rf"|m(uc\s{{1,3}}{_LABEL}|au\s{{1,3}}(?:bieu\s|don\s|to\s|so\s|\d|[a-z]{{1,5}}[ .-]?\d))"
    rf"|t(?:(i(?:et\s{{1,3}}(?:[a-z](?![a-z])|\d|[ivx]+(?![a-z]))|eu\s{{1,3}}muc\s{{1,3}}{_LABEL}))"
    rf"|hong(?:\s{{1,2}}tu{_NUMBERED}|\sbao\sso\s)|t(?:lt)?\s{{0,2}}\d|o\strinh\sso\s)"
    rf"|c(?:h(?:(uong\s{{1,3}}{_LABEL})|i\s{{1,2}}thi{_NUMBERED})|ong\s(?:van|dien)\sso\s)"
    rf"|p(?:h(?:(an\s{{1,3}}{_LABEL}|u\s{{1,2}}luc\s{{1,3}}(?:{_LABEL}|ban\s|kem\s|cua\s|duoc\s|danh\smuc\s|bang\s|bieu\s))"
    r"|ap\s{1,2}lenh\s)|l\s{0,2}\d)"
    r"|s(?:(o\s{1,2}thu\s{1,2}tu\s{1,2}(?:so\s)?\d)|ac\s(?:lenh|luat)\sso\s)"
    # documents only
    r"|l(?:uat(?<!phap luat)\s|enh(?<!phap lenh)\sso\s)|h(?:ien\s{1,2}phap|uong\sdan\sso\s)"
    r"|b(?:o\s{1,2}luat\s|l(?:ds|hs|ld|ttds|tths)(?![a-z])|ao\scao\sso\s)"
    rf"|n(?:ghi\s{{1,2}}(?:dinh|quyet){_NUMBERED}|[dq]\s{{0,2}}\d)|q(?:uyet\s{{1,2}}dinh{_NUMBERED}|d\s{{0,2}}\d)"
    r"|v(?:an\sban\shop\snhat\sso\s|bhn\s{0,2}\d)|"
    # a number by itself
    + "|".join(
        rf"{digit}\d{{0,4}}(?:\.\d{{1,3}})?[a-z]?\s?/\s?(?:(?:19|20)\d\d\s?/|(?:ubtv)?qh\d"
        r"|(?:nd|nq|qd|tt|ttlt|pl|ct|nqlt|vbhn)[-/]|cp(?![a-z])|hdbt)"
        for digit in "0123456789"
    )
)
_PART_BEFORE = re.compile(rf"(?<![a-z])(?P<part>{PART})\s+(?:cac\s+)?$")
_PART_ENDS = ("ten ", "dau ", "cuoi ", "goi ", "de ", "dan ", "cua ", "cac ", "hai ", "ba ", "tu ", "nam ", "nhat ")
_GLUED_AFTER = ("tại", "và", "của", "theo")


def inside_word(text: str, start: int) -> bool:
    """Glued to the letters before (but “tạikhoản 1” and “hànhHiến pháp” are read)."""
    before = text[start - 1 : start]
    if before == " " or not (before.isalnum() and start):
        return False
    glued = text[start].isupper() and (before.islower() or before.isdigit())
    return not glued and not text[max(0, start - 4) : start].lower().endswith(_GLUED_AFTER)


def with_part(folded: FoldedText, start: int) -> int:
    """Where the unit begins with “tên”, “đoạn mở đầu” before it."""
    plain = folded.plain
    if start < 4 or not (
        plain.endswith(_PART_ENDS, start - 5 if start > 4 else 0, start) or plain[start - 2].isdigit()
    ):
        return start
    part = _PART_BEFORE.search(plain, max(0, start - 34), start)
    return part.start("part") if part else start
