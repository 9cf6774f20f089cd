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
from assistant.index.likelihood import Likelihood, said_of
from assistant.index.products import Products, eight_bits
from assistant.index.stores import Vector

QUESTIONS = "questions.npz"  # in the corpus folder
LEAST = 0.35  # cosine of two questions under which one says nothing of the other
SIGNALS = ("asked", "likely", "said")
LEADING = ("asked", "likely")  # those that lead to an entry
VOTERS = 10  # the nearest questions of all, whatever they lead to
Scores = NDArray[np.float32]
Numbers = NDArray[np.int32]
Cosine = TypeVar("Cosine", float, Scores)
_LOG = logging.getLogger(__name__)
_LIKELIHOOD = ("terms", "begins", "about", "times", "said")


@dataclass(frozen=True)
class Samples:
    """Câu hỏi mẫu: on subject n, in ``asked``, the questions from ``starts[n]`` on.

    ``subjects``: what each entry is about, those that have all their questions in common (one text under two names)
    about the same. ``vectors``: what the questions mean; ``likelihood``: what is said on each subject.
    """

    subjects: Mapping[str, int]
    asked: Numbers
    starts: Numbers
    vectors: Products
    likelihood: Likelihood

    def nearness(self, vector: Vector, text: str) -> Nearness:
        """How near those on each subject are to this question."""
        if not self.subjects:
            return Nearness({}, [], dict.fromkeys(SIGNALS, np.zeros(0, np.float32)), ())
        cosines = self.vectors.cosines(vector)
        likely, said = self.likelihood.of(text)
        scores = {"asked": self._two_nearest(cosines), "likely": likely, "said": said}
        return Nearness(self.subjects, self._names, scores, self._voters(meant(cosines)))

    @cached_property
    def _names(self) -> list[list[str]]:
        """Of each subject, the entries on it."""
        names: list[list[str]] = [[] for _ in range(len(self.starts))]
        for name, subject in self.subjects.items():
            names[subject].append(name)
        return names

    def _voters(self, near: Scores) -> tuple[Voter, ...]:
        """The nearest questions."""
        best = np.argpartition(-near, min(VOTERS, len(near)) - 1)[:VOTERS]
        shares = near[best] / max(float(near[best].sum()), 1e-9)
        led = (frozenset(self._led.of([n]).tolist()) for n in best.tolist())
        return tuple(Voter(share, to) for share, to in zip(shares.tolist(), led, strict=True) if share > 0.0)

    def _two_nearest(self, cosines: Scores) -> Scores:
        """The mean of the two nearest questions of each subject, or its only one; 0 where they are not near at all.

        Two, since one may be near by a turn of speech alone (docs/log.md).
        """
        near = np.unique(self._led.of(np.flatnonzero(cosines >= LEAST)))  # of the others no mean can be so near
        scores = np.zeros(len(self.starts), np.float32)
        if not len(near):
            return scores
        counts = self._asked.counts[near]
        begins, cosines = _before(counts), cosines[self._asked.of(near)]
        first = np.maximum.reduceat(cosines, begins)
        others = np.where(cosines == np.repeat(first, counts), -1.0, cosines)
        second = np.maximum.reduceat(others, begins)
        mean = np.where(second > -1.0, (first + second) / 2, first)
        scores[near] = np.where(mean >= LEAST, mean, 0.0)
        return scores

    @cached_property
    def _asked(self) -> _Lists:
        """Of each subject, its questions."""
        return _Lists(self.asked, self.starts)

    @cached_property
    def _led(self) -> _Lists:
        """Of each question, its subjects."""
        order = np.argsort(self.asked, kind="stable")
        owners = np.repeat(np.arange(len(self.starts), dtype=np.int32), self._asked.counts)
        starts = np.searchsorted(self.asked[order], np.arange(self.vectors.count))
        return _Lists(owners[order], starts.astype(np.int32))


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
    near: Cosine = np.maximum(0.0, cosine - LEAST) / (1.0 - LEAST)
    return near


class Voter(NamedTuple):
    """Câu hỏi mẫu gần nhất: its share of the votes, more the nearer it is, and the subjects that it leads to."""

    share: float
    subjects: frozenset[int]


@dataclass(frozen=True, slots=True)
class Nearness:
    """Độ gần của câu hỏi mẫu: signal → score of each subject.

    ``subjects``: what each entry is about; ``names``: the entries on each subject; ``voters``: the nearest questions,
    which also tell what is asked about where each alone might err.
    """

    subjects: Mapping[str, int]
    names: Sequence[Sequence[str]]
    scores: Mapping[str, Scores]
    voters: Sequence[Voter]

    def nearest(self, most: int) -> set[str]:
        """The entries on the subjects that are nearest by either signal, and on those voted for."""
        best = {subject for voter in self.voters for subject in voter.subjects}
        for scores in (self.scores[name] for name in LEADING):
            first = np.argpartition(-scores, min(most, len(scores) - 1))[:most] if len(scores) else ()
            best.update(n for n in first if scores[n] > 0.0)
        return {name for subject in best for name in self.names[subject]}

    def among(self, entry_ids: Iterable[str]) -> dict[str, dict[str, float]]:
        """Signal → entry id → score, of these entries; one without sample questions is left out."""
        held = {name: self.subjects[name] for name in entry_ids if name in self.subjects}
        about = list(held.values())
        return {name: dict(zip(held, scores[about].tolist(), strict=True)) for name, scores in self.scores.items()}

    def elsewhere(self, held: Iterable[str]) -> dict[str, float]:
        """How much of what is asked about these lack.

        ``elsewhere``: the share of the nearest questions that lead to none of them; ``likely_elsewhere``: how likely
        the likeliest of the other subjects is. Neither where nothing at all has sample questions.
        """
        if not self.subjects:
            return {}
        about = {self.subjects[name] for name in held if name in self.subjects}
        share = sum(voter.share for voter in self.voters if voter.subjects.isdisjoint(about))
        others = np.delete(self.scores["likely"], list(about))
        return {"elsewhere": share, "likely_elsewhere": float(others.max(initial=0.0))}


_NONE = np.zeros(0, np.int32)
NONE = Samples({}, _NONE, _NONE, Products(np.zeros((0, 0), np.int8)), said_of([], _NONE, _NONE))


@lru_cache(maxsize=2)
def open_samples(path: Path, model: str) -> Samples:
    """Those of the file; none where it was made with another model than that of this digest."""
    if not path.is_file():
        return NONE
    with np.load(path) as stored:
        if str(stored["model"]) != model:
            _LOG.warning("%s was made with another model; run: troly corpus vectors", path)
            return NONE
        likelihood = Likelihood(*(stored[name] for name in _LIKELIHOOD))
        subjects = dict(zip(stored["entries"].tolist(), stored["subjects"].tolist(), strict=True))
        return Samples(subjects, stored["asked"], stored["starts"], Products(stored["vectors"]), likelihood)


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
    subjects = {tuple(asked): n for n, asked in enumerate(dict.fromkeys(map(tuple, of_entry.values())))}
    counts = np.array([len(asked) for asked in subjects])
    asked = np.array([n for asked in subjects for n in asked], np.int32)
    likelihood = said_of(texts, asked, np.repeat(np.arange(len(subjects), dtype=np.int32), counts))
    with path.open("wb") as out:
        np.savez_compressed(
            out,
            model=np.array(embeddings.asking),
            entries=np.array(list(of_entry)),
            subjects=np.array([subjects[tuple(asked)] for asked in of_entry.values()], np.int32),
            asked=asked,
            starts=_before(counts).astype(np.int32),
            vectors=eight_bits(embeddings.questions(texts)),
            **{name: getattr(likelihood, name) for name in _LIKELIHOOD},
        )
    return len(texts)
