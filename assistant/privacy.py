"""Personal data in what people type, masked before it is searched with or stored.

Only shapes that identify a person are masked. Numbers of documents (45/2019/QH14), codes of procedures
(1.001193), money and dates stay, because the question is about them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from assistant.language.normalise import CAPITALS


@dataclass(frozen=True, slots=True)
class Masked:
    """Văn bản đã che: each span replaced by its kind in brackets; ``kinds`` as printed, in order, each once."""

    text: str
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Rule:
    """One kind of personal data: its shape, and whether one match really is one."""

    kind: str
    shape: re.Pattern[str]
    accept: Callable[[re.Match[str]], bool]


# A number stands alone: not inside a word, a document number (12/2020) or an amount in groups (1.000.000).
_START = r"(?<![\w/])(?<!\b\d\.)(?<!\b\d\d\.)(?<!\b\d\d\d\.)"
_END = r"(?![\w/])(?!\.\d{1,3}\b)"
_GAP = r"[ .\-]?"
_SURNAMES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đào|Đoàn|Vương|Trịnh|Trương|Đinh|Lâm|"
    "Phùng|Mai|Tô|Hà|Tạ|Cao|Châu|Thái|Chu|Kiều|Lương|Lưu|Tống|Quách|Nghiêm|Thạch|Thân|Viên"
)
_MONEY = re.compile(r"\s{0,3}(?:đồng|đ\b|vnđ|vnd|usd|nghìn|ngàn|triệu|tỷ|tỉ|dong\b|trieu\b|ty\b|k\b)", re.IGNORECASE)
_ID_WORDS = ("cccd", "can cuoc", "dinh danh", "cmnd", "cmt", "chung minh", "so giay to")
_TAX_WORDS = ("mst", "ma so thue", "ma so doanh nghiep", "msdn")
_ACCOUNT_WORDS = ("stk", "so tai khoan", "so tk", "tai khoan so")
_PASSPORT_WORDS = ("ho chieu", "passport")
_CONTEXT = 32  # characters before a number in which its name may stand


def _fold(text: str) -> str:
    """Lower case without marks, for the words around a number: “Số CCCD” and “so cccd” alike."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return bare.replace("đ", "d")


def _named(match: re.Match[str], words: tuple[str, ...]) -> bool:
    before = _fold(match.string[max(0, match.start() - _CONTEXT) : match.start()])
    return any(word in before for word in words)


def _is_money(match: re.Match[str]) -> bool:
    return bool(_MONEY.match(match.string, match.end()))


def _digits(match: re.Match[str]) -> str:
    return "".join(c for c in match.group() if c.isdigit())


def _luhn(match: re.Match[str]) -> bool:
    """The check digit that every payment card carries."""
    total = 0
    for place, digit in enumerate(reversed(_digits(match))):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def _citizen_id(match: re.Match[str]) -> bool:
    """Twelve digits that begin with a province code (001-096), or are called an identity number."""
    named = _named(match, _ID_WORDS)
    return named or (match.group()[0] == "0" and not _is_money(match))


def _old_id(match: re.Match[str]) -> bool:
    """Nine digits: called an identity number, or bare and not a sum of money."""
    if _named(match, _ID_WORDS):
        return True
    return match.group().isdigit() and not match.group().endswith("000") and not _is_money(match)


def _any(_: re.Match[str]) -> bool:
    return True


def _named_by(words: tuple[str, ...]) -> Callable[[re.Match[str]], bool]:
    return lambda match: _named(match, words)


def _shape(pattern: str) -> re.Pattern[str]:
    return re.compile(_START + pattern + _END)


# In this order: a longer number is tried before a shorter one that its beginning could be taken for.
_RULES = (
    _Rule("thư điện tử", re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"), _any),
    _Rule("số tài khoản", _shape(r"\d{6,19}"), _named_by(_ACCOUNT_WORDS)),
    _Rule("số thẻ ngân hàng", _shape(rf"\d{{4}}{_GAP}\d{{4}}{_GAP}\d{{4}}{_GAP}\d{{4}}(?:{_GAP}\d{{3}})?"), _luhn),
    _Rule("số định danh cá nhân", _shape(rf"\d{{3}}(?:{_GAP}\d{{3}}){{3}}|\d{{4}}(?:{_GAP}\d{{4}}){{2}}"), _citizen_id),
    _Rule("mã số thuế", _shape(r"\d{10}(?:-\d{3}|\d{3})?"), _named_by(_TAX_WORDS)),
    # Mobile 0[35789] and eight digits; landline 02 and nine; either with +84 in place of the 0.
    _Rule("số điện thoại", re.compile(rf"(?<![\w/.])(?:\+?84{_GAP}|0)(?:[35789]|2\d)(?:{_GAP}\d){{8}}{_END}"), _any),
    _Rule("số hộ chiếu", _shape(r"[A-Za-z]\d{7,8}"), _named_by(_PASSPORT_WORDS)),
    _Rule("số chứng minh nhân dân", _shape(rf"\d{{3}}(?:{_GAP}\d{{3}}){{2}}"), _old_id),
    _Rule("số nhà", re.compile(r"(?<=[Ss]ố nhà )\d[\w/]{0,12}|(?<=[Nn]hà số )\d[\w/]{0,12}"), _any),
    # A full name after a word that introduces a person. “Nguyễn Văn A” is nobody, so it stays.
    _Rule(
        "họ tên",
        re.compile(
            r"(?:(?<=tên là )|(?<=tên tôi là )|(?<=[Tt]ôi tên )|(?<=[Tt]ôi là )|(?<=[Hh]ọ tên: )|(?<=[Hh]ọ và tên: )|"
            r"(?<=[Ôô]ng )|(?<=[Bb]à )|(?<=[Aa]nh )|(?<=[Cc]hị ))"
            rf"(?:{_SURNAMES})(?: [{CAPITALS}][a-zà-ỹ]{{1,6}}\b){{1,4}}(?! [A-Z]\b)"
        ),
        _any,
    ),
)


def mask_personal_data(text: str) -> Masked:
    """“CCCD của tôi là 079…” → “CCCD của tôi là [số định danh cá nhân]”. Linear in the length of the text."""
    kinds: dict[str, None] = {}
    masked = unicodedata.normalize("NFC", text)
    for rule in _RULES:
        masked = rule.shape.sub(lambda match, rule=rule: _replace(match, rule, kinds), masked)  # type: ignore[misc]
    return Masked(masked, tuple(kinds))


def _replace(match: re.Match[str], rule: _Rule, kinds: dict[str, None]) -> str:
    if not rule.accept(match):
        return match.group()
    kinds[rule.kind] = None
    return f"[{rule.kind}]"
