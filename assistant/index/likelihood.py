"""How likely who asks about a subject is to say what is asked: query likelihood by its sample questions.

What many have asked about in many ways is known by all their words together, better than by the nearest question. Each
subject is a language model of words and pairs of neighbours, smoothed by all questions (Jelinek–Mercer; Zhai and
Lafferty, 2004), so that what everybody says tells nothing. Read without diacritics: what was restored wrongly costs
nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from assistant.language.tokens import folded

OWN = 0.7  # share of what is said that a subject says of its own; the rest is what everybody says
NEVER = 0.5  # how often what nobody has said counts as said, to be weighed beside the rest
Numbers = NDArray[np.int32]
Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Likelihood:
    """Khả năng hỏi: of term ``terms[n]`` (a number), from ``begins[n]`` on, which subjects it is said ``about``.

    ``times``: in how many questions on the subject; ``said``: how much is said on each subject in all.
    """

    terms: NDArray[np.uint32]
    begins: Numbers
    about: Numbers
    times: Numbers
    said: Numbers

    def of(self, text: str) -> tuple[Scores, Scores]:
        """Of each subject: by how much, in logarithms, it makes the text likelier than chance does; and the share of
        the text, rare terms weighing more, that was ever said of it.

        The first by the root of the number of terms, so that long and short questions compare.
        """
        asked = terms_of(text)
        known = places_in(self.terms, asked)
        parts = [slice(self.begins[n], self._ends[n]) for n in known.tolist()]
        if not parts:
            return np.zeros(len(self.said), np.float32), np.zeros(len(self.said), np.float32)
        about, likelier = (np.concatenate([values[part] for part in parts]) for values in (self.about, self._likelier))
        rarity = np.repeat(self._rarity[known], self._ends[known] - self.begins[known])
        likely, said = (np.bincount(about, values, minlength=len(self.said)) for values in (likelier, rarity))
        whole = self._rarity[known].sum() + (len(asked) - len(known)) * -math.log(NEVER / self.said.sum())
        return (likely / math.sqrt(len(asked))).astype(np.float32), (said / max(whole, 1e-9)).astype(np.float32)

    @cached_property
    def _ends(self) -> Numbers:
        return np.append(self.begins[1:], len(self.about)).astype(np.int32)

    @cached_property
    def _everywhere(self) -> NDArray[np.float64]:
        """How often each term is said, of all that is said."""
        often: NDArray[np.float64] = np.add.reduceat(self.times, self.begins) / self.said.sum()
        return often

    @cached_property
    def _rarity(self) -> Scores:
        """Of each term."""
        rarity: Scores = -np.log(self._everywhere).astype(np.float32)
        return rarity

    @cached_property
    def _likelier(self) -> Scores:
        """Of each term with each subject that it is said about."""
        own = self.times / self.said[self.about]
        chance = np.repeat(self._everywhere, self._ends - self.begins)
        likelier: Scores = np.log1p(OWN / (1.0 - OWN) * own / chance).astype(np.float32)
        return likelier


def said_of(texts: Sequence[str], asked: Numbers, about: Numbers) -> Likelihood:
    """From pairs: question ``asked[n]`` of the texts is ``about[n]``, a subject from 0 on."""
    spoken = [terms_of(text) for text in texts]
    terms = np.concatenate([spoken[n] for n in asked.tolist()] or [terms_of("")])
    subjects = np.repeat(about, [len(spoken[n]) for n in asked.tolist()]).astype(np.uint64)
    pairs, times = np.unique(terms.astype(np.uint64) << np.uint64(32) | subjects, return_counts=True)
    unique, begins = np.unique(pairs >> np.uint64(32), return_index=True)
    subjects = (pairs & np.uint64(0xFFFFFFFF)).astype(np.int32)
    said = np.bincount(subjects, times)
    return Likelihood(
        unique.astype(np.uint32),
        *(column.astype(np.int32) for column in (begins, subjects, times, said)),
    )


def places_in(terms: NDArray[np.uint32], asked: NDArray[np.uint32]) -> NDArray[np.intp]:
    """Where those of the asked terms stand that are among the sorted ``terms``."""
    places = np.searchsorted(terms, asked)
    held = places < len(terms)
    held[held] = terms[places[held]] == asked[held]
    return places[held]


def terms_of(text: str) -> NDArray[np.uint32]:
    """Its syllables and pairs of neighbours, each once."""
    said = folded(text)
    return np.array(sorted({crc32(term.encode()) for term in (*said, *map(" ".join, pairwise(said)))}), np.uint32)
