"""Questions that are known to be answered by an entry: who asks nearly the same is led there.

People name what they see, records what the law calls it; a question finds another question where it misses the text.
``corpus/questions/`` holds them, and an office adds its own there; what is compared ships beside them.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from assistant.index.asking import as_query
from assistant.index.embed import CachedEmbeddings
from assistant.index.products import Products, eight_bits
from assistant.index.sample_words import SampleWords, words_of
from assistant.index.stores import Vector

QUESTIONS = "questions.npz"  # in the corpus folder
# Cosines of two questions, in meaning and in words, under which one says nothing of the other.
LEAST = {"asked": 0.35, "asked_words": 0.05}
VOTERS = 10  # the nearest questions of all, whatever they lead to
Scores = NDArray[np.float32]
Numbers = NDArray[np.int32]
Cosine = TypeVar("Cosine", float, Scores)
_LOG = logging.getLogger(__name__)
_WORDS = ("terms", "term_starts", "questions", "times")


@dataclass(frozen=True)
class Samples:
    """Câu hỏi mẫu: of entry n, in ``asked``, the questions from ``starts[n]`` on.

    ``vectors``: what they mean; ``words``: what they say.
    """

    entries: Sequence[str]
    asked: Numbers
    starts: Numbers
    vectors: Products
    words: SampleWords

    def nearness(self, vector: Vector, text: str) -> Nearness:
        """How near those of each entry are to this question."""
        if not self.entries:
            return Nearness((), {}, dict.fromkeys(LEAST, np.zeros(0, np.float32)), ())
        cosines = {"asked": self.vectors.cosines(vector), "asked_words": self.words.cosines(text)}
        scores = {signal: self._of_entries(row, LEAST[signal]) for signal, row in cosines.items()}
        voters = self._voters(meant(cosines["asked"]) + cosines["asked_words"])
        return Nearness(self.entries, self._places, scores, voters)

    def _voters(self, near: Scores) -> tuple[Voter, ...]:
        """The nearest questions, by meaning and words together."""
        best = np.argpartition(-near, min(VOTERS, len(near)) - 1)[:VOTERS]
        shares = near[best] / max(float(near[best].sum()), 1e-9)
        led = ([self.entries[entry] for entry in self._led.of([n]).tolist()] for n in best.tolist())
        return tuple(Voter(share, frozenset(to)) for share, to in zip(shares.tolist(), led, strict=True) if share > 0.0)

    def _of_entries(self, cosines: Scores, least: float) -> Scores:
        """The mean of the two nearest questions of each entry, or its only one; 0 where they are not near at all.

        Two, since one may be near by a turn of speech alone (docs/log.md).
        """
        near = np.unique(self._led.of(np.flatnonzero(cosines >= least)))  # of the others no mean can be so near
        scores = np.zeros(len(self.entries), np.float32)
        if not len(near):
            return scores
        counts = self._asked.counts[near]
        begins, cosines = _before(counts), cosines[self._asked.of(near)]
        first = np.maximum.reduceat(cosines, begins)
        others = np.where(cosines == np.repeat(first, counts), -1.0, cosines)
        second = np.maximum.reduceat(others, begins)
        mean = np.where(second > -1.0, (first + second) / 2, first)
        scores[near] = np.where(mean >= least, mean, 0.0)
        return scores

    @cached_property
    def _asked(self) -> _Lists:
        """Of each entry, its questions."""
        return _Lists(self.asked, self.starts)

    @cached_property
    def _led(self) -> _Lists:
        """Of each question, its entries."""
        order = np.argsort(self.asked, kind="stable")
        owners = np.repeat(np.arange(len(self.entries), dtype=np.int32), self._asked.counts)
        starts = np.searchsorted(self.asked[order], np.arange(self.words.count))
        return _Lists(owners[order], starts.astype(np.int32))

    @cached_property
    def _places(self) -> dict[str, int]:
        return {entry_id: n for n, entry_id in enumerate(self.entries)}


class _Lists:
    """One array of lists, the nth from ``starts[n]`` on."""

    def __init__(self, values: Numbers, starts: Numbers) -> None:
        self._values, self._starts = values, starts
        self.counts = np.diff(starts, append=np.int32(len(values)))

    def of(self, wanted: NDArray[np.intp] | Numbers | Sequence[int]) -> Numbers:
        """The values of these lists, one list after another."""
        counts = self.counts[wanted]
        places = np.arange(counts.sum()) + np.repeat(self._starts[wanted] - _before(counts), counts)
        values: Numbers = self._values[places]
        return values


def _before(counts: Numbers) -> NDArray[np.intp]:
    """Where each list begins when lists of these lengths stand one after another."""
    return np.cumsum(counts) - counts


def meant(cosine: Cosine) -> Cosine:
    """How near in meaning, 0…1, by the cosine of two questions, or each of an array."""
    near: Cosine = np.maximum(0.0, cosine - LEAST["asked"]) / (1.0 - LEAST["asked"])
    return near


class Voter(NamedTuple):
    """Câu hỏi mẫu gần nhất: its share of the votes, more the nearer it is, and the entries that it leads to."""

    share: float
    entries: frozenset[str]


@dataclass(frozen=True, slots=True)
class Nearness:
    """Độ gần của câu hỏi mẫu: signal → score of each of ``entries``; ``places``: where each stands among them.

    ``voters``: the nearest questions, which also tell what is asked about where each alone might err.
    """

    entries: Sequence[str]
    places: Mapping[str, int]
    scores: Mapping[str, Scores]
    voters: Sequence[Voter]

    def nearest(self, most: int) -> list[str]:
        """The entries whose questions are nearest by all signals together."""
        total = np.sum(list(self.scores.values()), axis=0)
        best = np.argsort(-total, kind="stable")[:most]
        return [self.entries[n] for n in best.tolist() if total[n] > 0.0]

    def among(self, entry_ids: Iterable[str]) -> dict[str, dict[str, float]]:
        """Signal → entry id → score, of these entries, votes too; one without sample questions is left out."""
        places = {entry_id: self.places[entry_id] for entry_id in entry_ids if entry_id in self.places}
        scores = {
            signal: dict(zip(places, scores[list(places.values())].tolist(), strict=True))
            for signal, scores in self.scores.items()
        }
        votes = self.votes()
        return scores | {"votes": {entry_id: votes.get(entry_id, 0.0) for entry_id in places}}

    def votes(self) -> dict[str, float]:
        """Entry id → its share of the votes."""
        votes: dict[str, float] = {}
        for share, entries in self.voters:
            votes |= {entry_id: votes.get(entry_id, 0.0) + share for entry_id in entries}
        return votes

    def elsewhere(self, held: Iterable[str]) -> float:
        """The share of the votes that lead to nothing held: how much of what is asked about this index lacks."""
        return sum(share for share, entries in self.voters if entries.isdisjoint(held))


_NONE = np.zeros(0, np.int32)
_NO_WORDS = SampleWords(np.zeros(0, np.uint32), _NONE, _NONE, np.zeros(0, np.uint8), 0)
NONE = Samples((), _NONE, _NONE, Products(np.zeros((0, 0), np.int8)), _NO_WORDS)


@lru_cache(maxsize=2)
def open_samples(path: Path, model: str) -> Samples:
    """Those of the file; none where it was made with another model than that of this digest."""
    if not path.is_file():
        return NONE
    with np.load(path) as stored:
        if str(stored["model"]) != model:
            _LOG.warning("%s was made with another model; run: troly corpus vectors", path)
            return NONE
        vectors = stored["vectors"]
        terms, term_starts, questions, times = (stored[name] for name in _WORDS)
        words = SampleWords(terms, term_starts, questions, times, len(vectors))
        return Samples(tuple(stored["entries"].tolist()), stored["asked"], stored["starts"], Products(vectors), words)


def build_samples(questions: Iterable[tuple[str, Iterable[str]]], path: Path, embeddings: CachedEmbeddings) -> int:
    """Write the file that ``open_samples`` reads, of questions with the ids of their entries; returns how many.

    No questions: no file.
    """
    texts: list[str] = []
    of_entry: dict[str, list[int]] = {}
    for text, entry_ids in questions:
        for entry_id in entry_ids:
            of_entry.setdefault(entry_id, []).append(len(texts))
        texts.append(as_query(text).text)
    if not of_entry:
        path.unlink(missing_ok=True)
        return 0
    entries = sorted(of_entry)
    counts = [len(of_entry[name]) for name in entries]
    vectors, words = embeddings.questions(texts), words_of(texts)
    with path.open("wb") as out:
        np.savez_compressed(
            out,
            model=np.array(embeddings.asking),
            entries=np.array(entries),
            asked=np.array([n for name in entries for n in of_entry[name]], np.int32),
            starts=np.cumsum([0, *counts[:-1]], dtype=np.int32),
            vectors=eight_bits(vectors),
            terms=words.terms,
            term_starts=words.starts,
            questions=words.questions,
            times=words.times,
        )
    return len(texts)
