"""How much two questions have in common by their words: those that few questions say count most (TF-IDF, cosine).

Read without diacritics, so that what was restored wrongly costs nothing; pairs of neighbours count as words do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from assistant.language.tokens import folded


@dataclass(frozen=True)
class SampleWords:
    """Từ của câu hỏi mẫu: of term ``terms[n]`` (a number), from ``starts[n]`` on, the ``questions`` that say it.

    ``times``: how often each says it; ``count``: questions.
    """

    terms: NDArray[np.uint32]
    starts: NDArray[np.int32]
    questions: NDArray[np.int32]
    times: NDArray[np.uint8]
    count: int

    def cosines(self, text: str) -> NDArray[np.float32]:
        """With each question in turn, 0…1; words that no question says count nothing."""
        told = _terms(text)
        asked = np.array(sorted(told), np.uint32)
        places = np.searchsorted(self.terms, asked)
        held = places < len(self.terms)
        held[held] = self.terms[places[held]] == asked[held]
        places, times = places[held], np.array([told[term] for term in asked[held].tolist()])
        own = (1.0 + np.log(times)) * self._rarity[places]
        parts = [slice(self.starts[n], self._ends[n]) for n in places.tolist()]
        if not parts:
            return np.zeros(self.count, np.float32)
        met = np.concatenate([self.questions[part] for part in parts])
        length = float(np.linalg.norm(own))
        shared = [self._weights[part] * (weight / length) for part, weight in zip(parts, own.tolist(), strict=True)]
        return np.bincount(met, np.concatenate(shared), minlength=self.count).astype(np.float32)

    @cached_property
    def _ends(self) -> NDArray[np.int32]:
        return np.append(self.starts[1:], len(self.questions)).astype(np.int32)

    @cached_property
    def _rarity(self) -> NDArray[np.float64]:
        """Of each term."""
        return 1.0 + np.log((1 + self.count) / (1.0 + self._ends - self.starts))

    @cached_property
    def _weights(self) -> NDArray[np.float32]:
        """Of each term in each question, the terms of a question making a unit vector."""
        raw = (1.0 + np.log(self.times)) * np.repeat(self._rarity, self._ends - self.starts)
        lengths = np.sqrt(np.bincount(self.questions, raw * raw, minlength=self.count))
        return (raw / lengths[self.questions]).astype(np.float32)


def words_of(texts: Sequence[str]) -> SampleWords:
    """Those of these questions."""
    rows = sorted((term, n, times) for n, text in enumerate(texts) for term, times in _terms(text).items())
    terms, questions, times = (np.array(column) for column in zip(*rows, strict=True))
    unique, starts = np.unique(terms, return_index=True)
    return SampleWords(
        unique.astype(np.uint32),
        starts.astype(np.int32),
        questions.astype(np.int32),
        times.clip(max=255).astype(np.uint8),
        len(texts),
    )


def _terms(text: str) -> Counter[int]:
    said = folded(text)
    return Counter(crc32(term.encode()) for term in (*said, *map(" ".join, pairwise(said))))
