"""Raw Telex and VNI typing (the input method was off): ``"ddawng kys keets hoon"`` → ``"đăng ký kết hôn"``."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from assistant.language.normalise import has_diacritics
from assistant.language.syllable import (
    HEAVY,
    NO_TONE,
    PLAIN_VOWELS,
    SHARP,
    TONED_VOWELS,
    is_syllable,
    place_tone,
)

_TELEX_TONES = {"f": 0, "s": 1, "r": 2, "x": 3, "j": 4}
_VNI_TONES = {"2": 0, "1": 1, "3": 2, "4": 3, "5": 4}
_HATS = {"a": "â", "e": "ê", "o": "ô"}
_HORNS = {"u": "ư", "o": "ơ"}
_VOWELS = frozenset(PLAIN_VOWELS)
_TYPED = re.compile(r"(?<![\w@/.-])[A-Za-z][A-Za-z0-9]{0,11}(?![\w@/-])")
_FOREIGN = frozenset(("visa", "taxi", "fax", "bar", "form", "user", "care", "year", "years", "passport"))


def decode_typing(text: str) -> str:
    """The text with raw Telex or VNI words put together, or the text itself where it was not typed so.

    One such word proves nothing ("books", "mau1"): at least two must become Vietnamese, one of them by several keys,
    and they must outnumber the words that neither are nor become Vietnamese.
    """
    for decoder in (telex, vni):
        decoded = _decode(text, decoder)
        if decoded is not None:
            return decoded
    return text


def _decode(text: str, decoder: Callable[[str], str | None]) -> str | None:
    made = sure = others = 0
    for found in _TYPED.finditer(text):
        word = found.group().lower()
        syllable = decoder(word)
        if syllable is not None:
            made += 1
            sure += len(word) - len(syllable) > 1  # keys that left no letter of their own
        elif len(word) > 2 and not is_syllable(word) and not any(map(str.isdigit, word)):
            others += 1
    accented = sum(map(has_diacritics, text.split()))
    if made < 2 or not sure or made <= others or accented > made:
        return None
    return _TYPED.sub(lambda found: _cased(found.group(), decoder(found.group().lower())), text)


def _cased(typed: str, syllable: str | None) -> str:
    if syllable is None:
        return typed
    if typed.isupper() and len(typed) > 1:
        return syllable.upper()
    return syllable.capitalize() if typed[0].isupper() else syllable


@lru_cache(maxsize=16_384)
def telex(word: str) -> str | None:
    """The syllable that these lower-case keys make; None when none of them acts, or what comes out is no syllable."""
    letters: list[str] = []
    tone = NO_TONE
    for key in word:
        last = letters[-1] if letters else ""
        vowels = any(letter in _VOWELS for letter in letters)
        if key in _TELEX_TONES and vowels:
            tone = _TELEX_TONES[key]
        elif key == "w" and _add_horn(letters):
            continue
        elif key == "d" and letters[:1] == ["d"] and (last == "d" or vowels):
            letters[0] = "đ"
        elif key in _HATS and key in letters and not _replace_last(letters, key, _HATS[key]):
            continue
        elif key not in _HATS or key not in letters:
            letters.append(key)
    return None if word in _FOREIGN else _syllable(word, letters, tone)


@lru_cache(maxsize=16_384)
def vni(word: str) -> str | None:
    """As ``telex``, for VNI: ``"d9ang8"`` → ``"đăng"``."""
    letters: list[str] = []
    tone = NO_TONE
    for key in word:
        if key in _VNI_TONES:
            tone = _VNI_TONES[key]
        elif key == "6":
            for vowel, hatted in _HATS.items():
                if vowel in letters:
                    _replace_last(letters, vowel, hatted)
                    break
        elif key == "7":
            _add_horn(letters, without_a=True)
        elif key == "8":
            _replace_last(letters, "a", "ă")
        elif key == "9":
            _replace_last(letters, "d", "đ")
        else:
            letters.append(key)
    return _syllable(word, letters, tone)


def _replace_last(letters: list[str], old: str, new: str) -> bool:
    """Put ``new`` for the last ``old``; False when it was done."""
    for at in range(len(letters) - 1, -1, -1):
        if letters[at] == old:
            letters[at] = new
            return False
    return True


def _add_horn(letters: list[str], *, without_a: bool = False) -> bool:
    """w after u, o, uo or a makes ư, ơ, ươ or ă; False when there is none of them."""
    joined = "".join(letters)
    for at in (joined.rfind("uo"), joined.rfind("ưo")):
        if at >= 0:
            letters[at : at + 2] = ["ư", "ơ"]
            return True
    for at in range(len(letters) - 1, -1, -1):
        if letters[at] in _HORNS:
            letters[at] = _HORNS[letters[at]]
            return True
        if letters[at] == "a" and not without_a:
            letters[at] = "ă"
            return True
    return False


def _syllable(word: str, letters: list[str], tone: int) -> str | None:
    plain = "".join(letters)
    first = next((i for i, letter in enumerate(plain) if letter in _VOWELS), None)
    if first is None:
        return None
    if tone != NO_TONE:
        toned = TONED_VOWELS[tone][PLAIN_VOWELS.index(plain[first])]
        plain = place_tone(plain[:first] + toned + plain[first + 1 :])
    elif plain.endswith(("c", "p", "t", "ch")):
        return None
    return plain if plain != word and is_syllable(plain) and _fits(plain, tone) else None


def _fits(plain: str, tone: int) -> bool:
    return tone in (SHARP, HEAVY) if plain.endswith(("c", "p", "t", "ch")) else True
