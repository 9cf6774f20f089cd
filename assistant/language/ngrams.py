"""Counts of one, two and three Vietnamese syllables in a row, and the probabilities they give.

A syllable is an id, most frequent first; probabilities back off by absolute discounting. A model of 13 million
syllables of law is about 1 MB on disk and 12 MB in memory.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from assistant.errors import UnreadableFile
from assistant.language.normalise import clean, fold, has_diacritics, lower
from assistant.language.syllable import is_syllable, place_tone

Ids = NDArray[np.int64]
Values = NDArray[np.float64]

BREAK, OTHER, NUMBER = 0, 1, 2  # ids of a sentence end, of a word that is no syllable, of a number
FIRST_SYLLABLE = 3
DISCOUNT = 0.9
CODES_PER_DOUBLING = 8  # counts are stored as rounded logarithms, within 5 %
SMALL_CORPUS = 500_000  # syllables; below it nothing is rare enough to be dropped
NOISE_SHARE = 0.002  # an accentless spelling rarer than this beside its accented ones is a typing fault of the source
LONE_VOWELS = frozenset("aàáạảeiìoôổồơởờuủúừưyýỷ")  # other one-letter syllables are broken words ("ngh ệ")
FORMAT = 1

# The letter of a point, "a)"; a word; a number; a sign that ends a run of words. A slash only separates.
PIECE = re.compile(r"[a-zđ]\)|[^\W\d_]+|\d[\d.,/]*|[^\w\s/]|\n")


@dataclass(frozen=True, slots=True, eq=False)
class Ngrams:
    """Mô hình n-gram âm tiết. ``pairs`` and ``triples`` are sorted keys; ``p_*`` and ``left_*`` stand beside them."""

    words: tuple[str, ...]
    singles: Ids  # how often each syllable was seen
    pairs: Ids
    pair_counts: Values
    triples: Ids
    triple_counts: Values
    p_single: Values
    p_pair: Values
    left_single: Values  # the share of probability that a one-syllable context leaves to shorter ones
    p_triple: Values
    contexts: Ids  # the pairs that begin a triple
    left_pair: Values

    def times(self, first: int, second: int) -> int:
        """How often the second syllable followed the first; counts are kept within 5 %."""
        wanted = np.array([first * len(self.words) + second])
        return int(_look_up(self.pairs, self.pair_counts, wanted, 0.0)[0])

    def given_one(self, before: Ids, word: Ids) -> Values:
        """P(word | before); arrays of ids that broadcast."""
        seen = _look_up(self.pairs, self.p_pair, before * len(self.words) + word, 0.0)
        return seen + self.left_single[before] * self.p_single[word]

    def given_two(self, first: Ids, second: Ids, word: Ids) -> Values:
        """P(word | first second); arrays of ids that broadcast."""
        context = first * len(self.words) + second
        seen = _look_up(self.triples, self.p_triple, context * len(self.words) + word, 0.0)
        return seen + _look_up(self.contexts, self.left_pair, context, 1.0) * self.given_one(second, word)

    def save(self, path: Path) -> None:
        size = len(self.words)
        pair_of_triple = np.searchsorted(self.pairs, self.triples // size)
        np.savez_compressed(
            path,
            format=np.array([FORMAT]),
            words=np.frombuffer(" ".join(self.words).encode(), dtype=np.uint8),
            singles=_encoded(self.singles),
            pairs_of=np.bincount(self.pairs // size, minlength=size).astype(np.uint16),
            pairs=(self.pairs % size).astype(np.uint16),
            pair_counts=_encoded(self.pair_counts),
            triples_of=np.bincount(pair_of_triple, minlength=len(self.pairs)).astype(np.uint16),
            triples=(self.triples % size).astype(np.uint16),
            triple_counts=_encoded(self.triple_counts),
        )

    @classmethod
    def load(cls, path: Path) -> Ngrams:
        try:
            with np.load(path, allow_pickle=False) as stored:
                data = {name: stored[name] for name in stored.files}
            if data["format"][0] != FORMAT:
                raise ValueError(f"định dạng {data['format'][0]}")
            words = tuple(data["words"].tobytes().decode().split(" "))
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            raise UnreadableFile(
                f"Không đọc được mô hình khôi phục dấu {path} ({error}). Cần tệp do eval/train_restorer.py tạo ra; "
                "hãy tạo lại bằng lệnh đó."
            ) from error
        size = len(words)
        pairs = np.repeat(np.arange(size), data["pairs_of"]) * size + data["pairs"]
        triples = np.repeat(pairs, data["triples_of"]) * size + data["triples"]
        counts = (_decoded(data[name]) for name in ("singles", "pair_counts", "triple_counts"))
        return from_counts(words, next(counts), (pairs, next(counts)), (triples, next(counts)))


def count(texts: Iterable[str]) -> Ngrams:
    """The model of these texts. Rare n-grams of a large corpus are dropped."""
    words, stream = _renumbered(*_ids(texts))
    size = len(words)
    least = 2 if len(stream) >= SMALL_CORPUS else 1
    pairs, pair_counts = np.unique(stream[:-1] * size + stream[1:], return_counts=True)
    pairs, pair_counts = pairs[pair_counts >= least], pair_counts[pair_counts >= least]
    triples, triple_counts = np.unique((stream[:-2] * size + stream[1:-1]) * size + stream[2:], return_counts=True)
    kept = (triple_counts >= 2 * least - 1) & np.isin(triples // size, pairs)
    singles = np.bincount(stream, minlength=size)
    return from_counts(words, singles, (pairs, pair_counts), (triples[kept], triple_counts[kept]))


def _ids(texts: Iterable[str]) -> tuple[list[str], Ids]:
    """Syllables in order of appearance, and the texts as one row of their ids."""
    number_of: dict[str, int] = {}
    known: dict[str, int] = {}  # every spelling met, so that each is worked out once
    stream = array("i", [BREAK])
    for text in texts:
        for piece in _pieces(text):
            if piece[-1].isalpha():
                found = known.get(piece)
                if found is None:
                    syllable = place_tone(piece)
                    found = OTHER
                    if is_syllable(syllable) and (len(syllable) > 1 or syllable in LONE_VOWELS):
                        found = number_of.setdefault(syllable, len(number_of) + FIRST_SYLLABLE)
                    known[piece] = found
                stream.append(found)
            elif piece[0].isdigit():
                stream.append(NUMBER)
            elif stream[-1] != BREAK:
                stream.append(BREAK)
        stream.append(BREAK)
    return ["<s>", "<khác>", "<số>", *number_of], np.frombuffer(stream, dtype=np.int32).astype(np.int64)


def _pieces(text: str) -> Iterator[str]:
    """Lower-case pieces line by line, leaving out lines typed without diacritics (file names, English)."""
    for line in clean(text).split("\n"):
        if has_diacritics(line) or len(line) < 20:
            yield from PIECE.findall(lower(line))
        yield "\n"


def _renumbered(words: list[str], stream: Ids) -> tuple[tuple[str, ...], Ids]:
    """The most frequent syllable first, accentless noise made OTHER."""
    seen = np.bincount(stream, minlength=len(words))
    of_fold: Counter[str] = Counter()
    for word, times in zip(words, seen, strict=True):
        of_fold[fold(word)] += int(times)
    noise = [i for i, word in enumerate(words) if i >= FIRST_SYLLABLE and seen[i] < NOISE_SHARE * of_fold[word]]
    stream = np.where(np.isin(stream, noise), OTHER, stream)
    kept = sorted(set(range(FIRST_SYLLABLE, len(words))) - set(noise), key=lambda i: (-seen[i], words[i]))
    order = [*range(FIRST_SYLLABLE), *kept]
    new_id = np.zeros(len(words), dtype=np.int64)
    new_id[order] = np.arange(len(order))
    return tuple(words[i] for i in order), new_id[stream]


def from_counts(
    words: tuple[str, ...],
    singles: NDArray[np.generic],
    pairs: tuple[Ids, NDArray[np.generic]],
    triples: tuple[Ids, NDArray[np.generic]],
) -> Ngrams:
    """Counts made probabilities. Keys are sorted: first * size + second, (first * size + second) * size + third."""
    size = len(words)
    single_counts = singles.astype(np.float64)
    pair_keys, pair_counts = pairs[0], pairs[1].astype(np.float64)
    triple_keys, triple_counts = triples[0], triples[1].astype(np.float64)
    before = pair_keys // size
    total = np.maximum(single_counts, np.bincount(before, weights=pair_counts, minlength=size))
    p_pair = (pair_counts - DISCOUNT) / total[before]
    contexts, context_of = np.unique(triple_keys // size, return_inverse=True)
    context_total = np.maximum(
        pair_counts[np.searchsorted(pair_keys, contexts)], np.bincount(context_of, weights=triple_counts)
    )
    p_triple = (triple_counts - DISCOUNT) / context_total[context_of]
    return Ngrams(
        words=words,
        singles=single_counts.astype(np.int64),
        pairs=pair_keys,
        pair_counts=pair_counts,
        triples=triple_keys,
        triple_counts=triple_counts,
        p_single=(single_counts + 0.5) / (single_counts.sum() + 0.5 * size),
        p_pair=p_pair,
        left_single=np.clip(1 - np.bincount(before, weights=p_pair, minlength=size), 1e-4, 1),
        p_triple=p_triple,
        contexts=contexts,
        left_pair=np.clip(1 - np.bincount(context_of, weights=p_triple), 1e-4, 1),
    )


def _look_up(keys: Ids, values: Values, wanted: Ids, default: float) -> Values:
    if not len(keys):
        return np.full(wanted.shape, default)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, values[at], default)


def _encoded(counts: NDArray[np.generic]) -> NDArray[np.uint8]:
    codes: Values = np.rint(CODES_PER_DOUBLING * np.log2(np.maximum(counts.astype(np.float64), 1)))
    return codes.astype(np.uint8)


def _decoded(codes: NDArray[np.uint8]) -> Values:
    return np.rint(np.exp2(codes / CODES_PER_DOUBLING))
