"""Two letters typed in the wrong order: “khai sihn” → “khai sinh”."""

from __future__ import annotations

import re

from assistant.language.syllable import is_syllable

_WORD = re.compile(r"\b[^\W\d_]{4,7}\b")  # shorter ones are abbreviations, longer ones no Vietnamese syllables


def untangled(text: str) -> str:
    """Every word that is no syllable, and becomes just one when two neighbouring letters change places, is that one."""
    return _WORD.sub(lambda found: _swapped(found.group()), text)


def _swapped(word: str) -> str:
    if is_syllable(word.lower()):
        return word
    pairs = range(len(word) - 1)
    tries = {word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in pairs if word[n] != word[n + 1]}
    right = [other for other in tries if is_syllable(other.lower())]
    return right[0] if len(right) == 1 else word
