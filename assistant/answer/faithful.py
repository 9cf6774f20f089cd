"""Does a sentence that a language model wrote say what its source says? Judged by words and by what is negated.

``verify`` holds figures, dates, numbers and quotations against the source; this holds the rest of the sentence, so that
neither “không phải nộp” can become “phải nộp”, nor free invention pass because it names no figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.language.normalise import for_matching

WORDS = 0.6  # of a sentence's own words must stand in its sources
PAIRS = 0.25  # of its neighbouring words must be neighbours there
_NEGATION = frozenset(("không", "chưa", "chẳng", "đừng", "cấm", "miễn", "trừ"))
# Words that a sentence may bring along: address, order and joints, no facts.
_FRAME_WORDS = """
    anh chị ông bà bạn xin vui lòng cần nên có thể là và hoặc hay của cho với khi nếu thì sẽ được bị sau trước từ đến
    tại theo để các những một này đó như gồm bao cụ trong ngoài ở về vào ra mà do bởi vì cũng còn chỉ đã đang
"""
_FRAME = frozenset(_FRAME_WORDS.split())
_SOURCE_PARTS = re.compile(r"[;\n]|[.](?=\s|$)")
_PARTS = re.compile(r"[;\n]|[.,:](?=\s|$)")
_WORD = re.compile(r"\w+")
Pair = tuple[str, str]


def faithful(sentence: str, source: str) -> bool:
    """True when most words and word pairs are the source's, and nothing is negated otherwise than there."""
    said, held = _words(sentence), _words(source)
    own = [word for word in said if word not in _FRAME]
    if not own:
        return True
    known, pairs = set(held), set(pairwise(held))
    words = sum(word in known for word in own) / len(own)
    together = sum(pair in pairs for pair in pairwise(said)) / max(len(said) - 1, 1)
    return words >= WORDS and together >= PAIRS and not _turned(sentence, source)


def _turned(sentence: str, source: str) -> bool:
    """A part of the sentence disagrees on a negation with every part of the source that is nearest to it."""
    held = [_words(part) for part in _SOURCE_PARTS.split(source) if part.strip()]
    for part in _PARTS.split(sentence):
        said = _words(part)
        own = set(said) - _NEGATION
        if len(own) < 2 or not held:
            continue
        shared = [len(own & set(words)) for words in held]
        nearest = [words for words, count in zip(held, shared, strict=True) if count == max(shared)]
        if not any(_agree(said, words) for words in nearest):
            return True
    return False


def _agree(said: Sequence[str], held: Sequence[str]) -> bool:
    """Every pair of words that both have is negated in both or in neither; no negation stands in ``said`` alone."""
    plain, negated = _pairs(held)
    here_plain, here_negated = _pairs(said)
    known = set(pairwise(held))
    invented = any(pair[0] in _NEGATION and pair not in known for pair in pairwise(said))
    return not (invented or here_plain & (negated - plain) or here_negated & (plain - negated))


def _pairs(words: Sequence[str]) -> tuple[set[Pair], set[Pair]]:
    """(pairs without a negation right before them, pairs with one)."""
    plain: set[Pair] = set()
    negated: set[Pair] = set()
    for n, pair in enumerate(pairwise(words)):
        if pair[0] not in _NEGATION:
            (negated if n and words[n - 1] in _NEGATION else plain).add(pair)
    return plain, negated


def _words(text: str) -> list[str]:
    """Lower case, one tone placement; “07” and “7” are one word."""
    found = _WORD.findall(for_matching(text))
    return [str(int(word)) if word.isdecimal() else word for word in found]
