"""An entry as the ranker compares it: every token a number, heading first, then window by window.

Made when an entry is written, since cutting a long article into tokens takes longer than a whole search.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from assistant.index.chunk import windows
from assistant.index.values import Entry
from assistant.language.normalise import fold
from assistant.language.tokens import folded, syllables

Tokens = NDArray[np.uint32]

VERSION = 1  # raised whenever an entry is read otherwise: what was stored before is then read anew
_ARTICLE = re.compile(r"Điều (\d{1,4})\b")
_DURATION = re.compile(r"\b\d{1,3} (?:ngày|tháng|năm|giờ)\b")
_BREAK = "qqxqq"  # stands between two windows while they are read
_HEADER = 11  # numbers that say how long the parts are


@dataclass(frozen=True, slots=True)
class Form:
    """Tokens in one spelling: of the heading, then of each window in turn."""

    tokens: Tokens
    heading: int  # how many of them are the heading's
    starts: Tokens  # where the windows begin that hold any
    title: Tokens


@dataclass(frozen=True, slots=True)
class Reading:
    """Bản đọc of an entry, with its diacritics and without."""

    accented: Form
    bare: Form
    windows: int
    durations: int  # how many the text names, five at most
    cites: Tokens  # numbers of the articles that the text names


def read(entry: Entry) -> Reading:
    return _read(entry.title, entry.heading, entry.text)


@lru_cache(maxsize=2_048)  # for an engine that does not keep readings (some 4 kB each)
def _read(title: str, heading: str, text: str) -> Reading:
    parts = [heading, *windows(text)]
    whole = f"\n{_BREAK}\n".join(parts)  # one call for all windows: most of its time goes into its start
    cites = {int(number) for number in _ARTICLE.findall(text) if number[0] != "0"}
    return Reading(
        accented=_form(syllables(whole), syllables(title)),
        bare=_form(folded(whole), folded(title)),
        windows=len(parts) - 1,
        durations=min(len(_DURATION.findall(text)), 5),
        cites=np.array(sorted(cites), np.uint32),
    )


def _form(whole: list[str], title: list[str]) -> Form:
    tokens = numbered(whole)
    breaks = tokens == _number(_BREAK)
    lengths = np.diff(np.concatenate([[-1], np.flatnonzero(breaks), [len(tokens)]])) - 1
    ends = np.cumsum(lengths)
    return Form(tokens[~breaks], int(lengths[0]), ends[:-1][lengths[1:] > 0].astype(np.uint32), numbered(title))


def in_one_spelling(text: str, typed: str, readings: Sequence[Reading]) -> tuple[Tokens, list[Form]]:
    """A question and what it is held against: without diacritics where it was typed so, for restored ones may err."""
    typed = typed or text
    if fold(typed) == typed.lower():
        return numbered(folded(typed)), [reading.bare for reading in readings]
    return numbered(syllables(text)), [reading.accented for reading in readings]


def numbered(tokens: Iterable[str]) -> Tokens:
    """The same number for the same token, in every process and version."""
    return np.fromiter(map(_number, tokens), dtype=np.uint32)


@lru_cache(maxsize=65_536)
def _number(token: str) -> int:
    return crc32(token.encode())


def to_bytes(reading: Reading) -> bytes:
    """``from_bytes`` gives an equal one."""
    forms = (reading.accented, reading.bare)
    parts = [reading.cites, *(part for form in forms for part in (form.tokens, form.starts, form.title))]
    header = [reading.windows, reading.durations, *(form.heading for form in forms), *map(len, parts)]
    return np.concatenate([np.array(header, np.uint32), *parts]).tobytes()


def from_bytes(stored: bytes) -> Reading:
    numbers = np.frombuffer(stored, np.uint32)
    count, durations, heading, bare_heading, *lengths = numbers[:_HEADER].tolist()
    ends = np.cumsum([_HEADER, *lengths]).tolist()
    cites, *parts = (numbers[start:end] for start, end in pairwise(ends))
    accented, bare = Form(parts[0], heading, *parts[1:3]), Form(parts[3], bare_heading, *parts[4:6])
    return Reading(accented, bare, count, durations, cites)
