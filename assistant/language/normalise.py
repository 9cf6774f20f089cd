"""One form for Vietnamese text: clean it, compare it, read it from bytes of any usual encoding."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from assistant.errors import UnreadableFile
from assistant.language import legacy
from assistant.language.syllable import place_tone

# Classes of a regular expression. A range such as “À-Ỹ” would hold letters of both kinds.
CAPITALS = "A-Z" + "".join(letter for letter in map(chr, range(0xC0, 0x1EFA)) if letter.isupper())
SMALLS = "a-z" + "".join(letter for letter in map(chr, range(0xC0, 0x1EFA)) if letter.islower())


class _Clean(dict[int, str | None]):
    """What each code point becomes before NFC; None removes it. Filled as code points are met."""

    def __missing__(self, code: int) -> str | None:
        self[code] = value = _cleaned(code)
        return value


def _cleaned(code: int) -> str | None:
    char = chr(code)
    category = unicodedata.category(char)
    if char in "\n\t":
        return char
    if char in "\v\f\x85\u2028\u2029":  # line and page breaks of word processors: removing them would join two words
        return "\n"
    if char in "Ðð":  # Icelandic eth, typed for đ by some keyboards
        return "Đ" if char == "Ð" else "đ"
    if category == "Zs":
        return " "
    if category in ("Cc", "Cf", "Cs") or char in _INVISIBLE:
        return None
    return char


# Drawn as nothing, though not of category Cf: joiner, fillers, variation selectors (text can be hidden in them).
_INVISIBLE = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u180b\u180c\u180d\u180f"
    + "".join(map(chr, range(0xFE00, 0xFE10)))
    + "".join(map(chr, range(0xE0000, 0xE0FFF + 1)))
)
_CLEAN = _Clean()

# A tone typed before the hat or breve of its vowel: NFC cannot join "é" + U+0302 into "ế".
_TONE_BEFORE_HAT = re.compile("([aeoAEO])([\u0300\u0301\u0303\u0309])([\u0302\u0306])")


def clean(text: str) -> str:
    """Text as it is stored and shown: NFC, real đ, plain spaces, ``\\n`` line ends, nothing invisible.

    Tone placement, case and spacing stay as written.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_CLEAN)
    text = unicodedata.normalize("NFC", text)
    if "\u0302" in text or "\u0306" in text:
        decomposed = unicodedata.normalize("NFD", text)
        text = unicodedata.normalize("NFC", _TONE_BEFORE_HAT.sub(r"\1\3\2", decomposed))
    return text


class _PerChar(dict[int, str]):
    """A ``str.translate`` table that works out one character at a time and never changes the length."""

    def __init__(self, *, keep_marks: bool) -> None:
        super().__init__()
        self.keep_marks = keep_marks

    def __missing__(self, code: int) -> str:
        char = chr(code)
        lowered = char.lower()
        value = lowered if len(lowered) == 1 else char
        if not self.keep_marks:
            value = "d" if value in "đð" else unicodedata.normalize("NFD", value)[0]
        self[code] = value
        return value


_LOWER = _PerChar(keep_marks=True)
_FOLD = _PerChar(keep_marks=False)


def fold(text: str) -> str:
    """Lower case without accents, đ as d: ``"Hộ chiếu"`` → ``"ho chieu"``. As long as the (NFC) input."""
    return text.translate(_FOLD)


def lower(text: str) -> str:
    """Lower case, as long as the input (``str.lower`` makes two characters of İ)."""
    return text.translate(_LOWER)


_WORD = re.compile(r"[^\W\d_]+")  # a run of letters


def for_matching(text: str) -> str:
    """Lower case with one tone placement (hoà = hòa, uỷ = ủy, thuỷ = thủy), as long as the (NFC) input.

    y and i stay as typed (kỹ ≠ kĩ): which of them is right depends on the word, not on the syllable.
    """
    return _WORD.sub(lambda found: place_tone(found.group()), lower(text))


def has_diacritics(text: str) -> bool:
    """Whether any letter of the text differs from its folded form."""
    return not text.isascii() and fold(text) != lower(text)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Văn bản đã giải mã. ``encoding``: utf-8, utf-16-le, utf-16-be, windows-1258, tcvn3, vni, viscii, windows-1252."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """Bytes of a text file, whatever Vietnamese encoding they were written in, as NFC text.

    Raises UnreadableFile for what is no text.
    """
    found = legacy.decode_unicode(data) or legacy.decode_single_byte(data)
    if found is None:
        raise UnreadableFile(
            f"Tệp này ({len(data):,} byte) không phải tệp văn bản: nội dung là dữ liệu nhị phân. "
            "Cần tệp chữ (UTF-8, UTF-16, Windows-1258, TCVN3, VNI hoặc VISCII). "
            "Hãy mở tệp bằng phần mềm đã tạo ra nó và lưu lại dạng .docx, .pdf hoặc .txt (UTF-8)."
        )
    text, encoding = found
    return Decoded(unicodedata.normalize("NFC", text), encoding)


def convert_legacy(text: str) -> tuple[str, str | None]:
    """Text typed in a TCVN3 (.VnTime) or VNI (VNI-Times) font as Unicode, and ``"tcvn3"`` or ``"vni"``.

    Unicode Vietnamese, and text that only has signs such as µ ± °, comes back unchanged with None.
    """
    return legacy.convert_font_text(text)
