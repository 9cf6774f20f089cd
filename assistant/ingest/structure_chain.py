"""Which of several numbered lines are the real ones: the longest run that counts upwards."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

Key = tuple[int, int]

# The order of điểm and of inserted numbers. Letters that Vietnamese does not count with keep their Latin place.
_ALPHABET = {letter: place for place, letter in enumerate("abcdđefghijklmnopqrstuvwxyz", start=1)}
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def number_key(label: str) -> Key:
    """“32” < “32a” < “32đ” < “33”."""
    digits = label.rstrip("abcdđefghijklmnopqrstuvwxyz")
    letters = label[len(digits) :]
    return int(digits or 0), sum(_ALPHABET[letter] * 30 ** (2 - i) for i, letter in enumerate(letters[:2]))


def letter_key(label: str) -> Key:
    """“a” < “a1” < “b” < … < “d” < “đ” < “e”."""
    return _ALPHABET.get(label[:1], 0), int(label[1:] or 0)


def roman_key(label: str) -> Key:
    """“IV” → 4; a single letter A–E stands for its place."""
    if not set(label) <= set(_ROMAN):
        return ord(label[0]) - ord("A") + 1, 0
    values = [_ROMAN[letter] for letter in label]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values)), 0


def counting_up(keys: Sequence[Key]) -> list[int]:
    """Indexes of the longest strictly increasing run of keys; of equal ones the first. O(n log n)."""
    tails: list[Key] = []
    at: list[int] = []
    before: list[int] = []
    for index, key in enumerate(keys):
        place = bisect_left(tails, key)
        before.append(at[place - 1] if place else -1)
        if place == len(tails):
            tails.append(key)
            at.append(index)
        elif key < tails[place]:
            tails[place] = key
            at[place] = index
    run: list[int] = []
    index = at[-1] if at else -1
    while index >= 0:
        run.append(index)
        index = before[index]
    return run[::-1]


def follows(before: Key, key: Key) -> bool:
    """3 after 2, 2b after 2a, đ after d: the very next number. “e” after “đ” skips nothing that is used."""
    return key in ((before[0] + 1, 0), (before[0], before[1] + 1))


def close_together(keys: Sequence[Key], run: list[int], jump: int) -> list[int]:
    """The run up to the first step wider than ``jump``: a year or an amount at the head of a line is no clause."""
    for place in range(1, len(run)):
        if keys[run[place]][0] - keys[run[place - 1]][0] > jump:
            return run[:place]
    return run
