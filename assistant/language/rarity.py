"""How often a compound word stands in the law's own language: a rare one says what a text is about."""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import pairwise

from assistant.language.restore import Restorer
from assistant.language.tokens import words

SYLLABLES = 13_000_000  # of law, that the restorer learned from


def compounds(text: str) -> list[str]:
    """Từ ghép: the words of several syllables, in reading order (“điện ảnh”)."""
    return [word.replace("_", " ") for word in words(text) if "_" in word]


@lru_cache(maxsize=65_536)
def times_in_law(compound: str) -> int:
    """Of its pairs of syllables the commonest, in the syllables that the restorer learned from."""
    restorer = Restorer.default()
    numbers = [restorer.number_of.get(syllable) for syllable in compound.split()]
    return max((restorer.model.times(a, b) for a, b in pairwise(numbers) if a is not None and b is not None), default=0)


def rarity(compound: str) -> float:
    """0…1: 1 for a compound that the law never uses, 0 for one that it would use all the time."""
    return 1.0 - math.log1p(times_in_law(compound)) / math.log(SYLLABLES)


def rare_compounds(text: str, most: int) -> list[str]:
    """The compounds that stand there at most so often."""
    return [compound for compound in compounds(text) if times_in_law(compound) <= most]
