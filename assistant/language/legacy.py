"""Encodings from before Unicode (TCVN3, VNI, VISCII, Windows-1258): tables, recognition, conversion.

A table is believed by what it makes: the right one turns words with strange letters into Vietnamese syllables.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from assistant.language.syllable import PLAIN_VOWELS, TONED_VOWELS, is_syllable

# The letters that a list of signs stands for: a à á ả ã ạ, ă ằ ắ ẳ ẵ ặ, â …, e, ê, i, o, ô, ơ, u, ư, y; then đ.
_LETTERS = "".join(plain + "".join(row[i] for row in TONED_VOWELS) for i, plain in enumerate(PLAIN_VOWELS)) + "đ"
_TCVN3 = (
    "a µ ¸ ¶ · ¹ ¨ » ¾ ¼ ½ Æ © Ç Ê È É Ë e Ì Ð Î Ï Ñ ª Ò Õ Ó Ô Ö i × Ý Ø Ü Þ o ß ã á â ä « å è æ ç é ¬ ê í ë ì î "
    "u ï ó ñ ò ô \xad õ ø ö ÷ ù y ú ý û ü þ ®"
)
_TCVN3_CAPITALS = dict(zip("¡¢£¤¥¦§", "ĂÂÊÔƠƯĐ", strict=True))
_VNI = (
    "a aø aù aû aõ aï aê aè aé aú aü aë aâ aà aá aå aã aä e eø eù eû eõ eï eâ eà eá eå eã eä i ì í æ ó ò "
    "o oø où oû oõ oï oâ oà oá oå oã oä ô ôø ôù ôû ôõ ôï u uø uù uû uõ uï ö öø öù öû öõ öï y yø yù yû yõ î ñ"
)
_VISCII_HIGH = (  # 0x80 to 0xFF
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
_VISCII_LOW = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}

TCVN3 = {
    sign: letter for sign, letter in zip(_TCVN3.split(" "), _LETTERS, strict=True) if sign != letter
} | _TCVN3_CAPITALS
_VNI_LOWER = {sign: letter for sign, letter in zip(_VNI.split(" "), _LETTERS, strict=True) if sign != letter}
VNI = _VNI_LOWER | {sign.upper(): letter.upper() for sign, letter in _VNI_LOWER.items()}
VNI |= {sign[0].upper() + sign[1]: letter.upper() for sign, letter in _VNI_LOWER.items() if len(sign) == 2}

_TCVN3_WORD = re.compile(f"[A-Za-z{re.escape(''.join(TCVN3))}ý]+")
_TCVN3_TABLE = str.maketrans(TCVN3)
_LATIN1_WORD = re.compile("[A-Za-z\u00c0-\u00ff]+")
_VNI_SIGN = re.compile("|".join(sorted(VNI, key=len, reverse=True)))
# Letters only Unicode has: a line that holds one was not typed in a legacy font.
_UNICODE_ONLY = re.compile("[\u0102-\u1ef9]")
# The micro sign before the letters of a unit: 5 µm, 10 µg/ml, 3 µs.
_MICRO = re.compile(r"µ(?=[mglsAFVWLM]{1,3}\b)")


def _tcvn3_word(word: str) -> str:
    converted = word.translate(_TCVN3_TABLE)
    plain = re.sub("[^A-Za-z]", "", word)
    return converted.upper() if len(plain) > 1 and plain.isupper() else converted


def _tcvn3_line(line: str) -> str:
    # The capital fonts (.VnTimeH) hold small accented letters: "X· HéI" is drawn "XÃ HỘI".
    plain = re.sub("[^A-Za-z]", "", line)
    if len(plain) > 3 and plain.isupper():
        return line.translate(_TCVN3_TABLE).upper()
    return _TCVN3_WORD.sub(lambda found: _tcvn3_word(found.group()), line)


def from_tcvn3(text: str) -> str:
    return "\n".join(map(_tcvn3_line, text.split("\n")))


def from_vni(text: str) -> str:
    return _VNI_SIGN.sub(lambda found: VNI[found.group()], text)


def from_viscii(data: bytes) -> str:
    table = {**_VISCII_LOW, **{0x80 + i: char for i, char in enumerate(_VISCII_HIGH)}}
    return data.decode("latin-1").translate(table)


@dataclass(frozen=True, slots=True)
class _Font:
    """Bảng mã phông chữ: how its words are delimited and converted."""

    name: str
    word: re.Pattern[str]
    convert: Callable[[str], str]


_FONTS = (_Font("tcvn3", _TCVN3_WORD, from_tcvn3), _Font("vni", _LATIN1_WORD, from_vni))


def convert_font_text(text: str) -> tuple[str, str | None]:
    if text.isascii():
        return text, None
    lines = text.split("\n")
    candidates = [line for line in lines if not line.isascii() and not _UNICODE_ONLY.search(line)]
    best, best_gain = None, 0.0
    for font in _FONTS:
        gain = _gain(font, candidates)
        if gain > best_gain:
            best, best_gain = font, gain
    if best is None:
        return text, None
    converted = (line if line.isascii() or _UNICODE_ONLY.search(line) else best.convert(line) for line in lines)
    return "\n".join(converted), best.name


def _gain(font: _Font, lines: list[str]) -> float:
    """Letters put right, or 0 where the lines do not look typed in that font."""
    good = bad = letters = 0
    for word in {word for line in lines for word in font.word.findall(_MICRO.sub("u", line))}:
        if word.isascii() or not any(map(str.isascii, word)):
            continue
        before, after = is_syllable(word), is_syllable(font.convert(word))
        if after and not before:
            good += 1
            letters += _strange(word)
        elif not after:  # a Vietnamese word lost, or a foreign one that the table does not mend
            bad += 1
    return letters if good > 3 * bad and letters > 1 else 0


# A capital or a sign right after a small letter, or a sign before one: no language is written so.
_OUT_OF_PLACE = re.compile("[a-zß-ÿ][\u00a1-\u00de]|[\u00a1-\u00bf][a-zß-ÿ]")


def _strange(word: str) -> int:
    """How little a word looks written as it stands; one letter out of place weighs as two that are merely foreign."""
    return sum(not char.isascii() for char in word) + len(_OUT_OF_PLACE.findall(word))


_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY_HEADS = (
    b"PK\x03\x04",
    b"%PDF",
    b"\xd0\xcf\x11\xe0",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\x7fELF",
)
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\v\f\r") - _VISCII_LOW.keys()


def decode_unicode(data: bytes) -> tuple[str, str] | None:
    """UTF-8 or UTF-16, with or without a byte order mark; None when it is neither."""
    if data.startswith(_BINARY_HEADS):
        return None
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, errors="replace"), encoding
    if b"\0" in data:
        return _utf16_without_bom(data)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
    # A file cut in the middle of a letter, or with a few bad bytes, is still UTF-8.
    damaged, sound = text.count("\ufffd"), sum(map(text.count, "ạảấậầệếềộốồợớờựướđ"))
    return (text, "utf-8") if sound > 20 * damaged or (damaged == 1 and text[-1] == "\ufffd") else None


def _utf16_without_bom(data: bytes) -> tuple[str, str] | None:
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        latin = sum(char < "\u0370" or "\u1e00" <= char <= "\u1eff" for char in text)
        if "\0" not in text and latin >= 0.9 * len(text):
            return text, encoding
    return None


def decode_single_byte(data: bytes) -> tuple[str, str] | None:
    """The encoding under which the words with high bytes become syllables; Windows-1252 when none does so."""
    if data.startswith(_BINARY_HEADS) or b"\0" in data:
        return None
    if sum(map(data.count, map(bytes, zip(_CONTROLS, strict=True)))) > len(data) // 100:
        return None
    latin = data.decode("cp1252", errors="replace")
    readings = (
        (_combined(data.decode("cp1258", errors="replace")), "windows-1258"),
        (from_tcvn3(latin), "tcvn3"),
        (from_vni(latin), "vni"),
        (from_viscii(data), "viscii"),
    )
    best = max(readings, key=lambda reading: _syllable_share(reading[0]))
    if _syllable_share(best[0]) >= 0.5:
        return best
    readable = sum(char.isascii() or char.isalpha() for char in latin) >= 0.9 * len(latin)
    return (latin, "windows-1252") if readable else None


def _combined(text: str) -> str:
    """Windows-1258 keeps vowel and tone as two characters."""
    return unicodedata.normalize("NFC", text)


_ANY_WORD = re.compile(r"[^\W\d_]+")


def _syllable_share(text: str) -> float:
    """Share of the words with a non-ASCII letter that are Vietnamese syllables, over the first 20,000 characters."""
    words = [word for word in _ANY_WORD.findall(text[:20_000]) if not word.isascii()]
    return sum(map(is_syllable, words)) / len(words) if words else 0.0
