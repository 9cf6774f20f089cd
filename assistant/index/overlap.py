"""How much of a question each candidate holds: its tokens, pairs and triples of them, anywhere or in one window.

All candidates are laid in one row of tokens and compared at once, since numpy's calls cost more than their work here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.index.reading import Form, Tokens

Column = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.intp]

_LOW = 0xFFFF  # bits of a token that tell it from nearly all others


@dataclass(frozen=True, slots=True)
class _Asked:
    """The question's tokens, pairs and triples, each once, numbered; the tables say which one two parts make, or -1."""

    tokens: Tokens
    pairs: Places  # token × token
    triples: Places  # pair × token
    order: Places  # its triples from the first to the last

    @classmethod
    def of(cls, asked: Tokens) -> _Asked:
        tokens, at = np.unique(asked, return_inverse=True)
        pairs, pair_at = _table(at[:-1], at[1:], (len(tokens), len(tokens)))
        triples, order = _table(pair_at[:-1], at[2:], (int(pairs.max(initial=-1)) + 1, len(tokens)))
        return cls(tokens, pairs, triples, order)


def _table(first: Places, last: Places, shape: tuple[int, int]) -> tuple[Places, Places]:
    keys, order = np.unique(first * shape[1] + last, return_inverse=True)
    table = np.full(shape, -1, np.intp)
    table.flat[keys] = np.arange(len(keys))
    return table, order


@dataclass(frozen=True, slots=True)
class _Runs:
    """Where runs of the question begin in the row, and which they are."""

    at: Places
    run: Places

    def among(self, chosen: Flags) -> _Runs:
        return _Runs(self.at[chosen], self.run[chosen])

    def held(self, owner: Places, owners: int, runs: int) -> Flags:
        """Owners (of the row's tokens) × runs: who holds which."""
        held = np.zeros((owners, runs), np.bool_)
        held[owner[self.at], self.run] = True
        return held


class _Row:
    """Texts side by side: ``owner`` is the text of each token."""

    def __init__(self, asked: _Asked, texts: Sequence[Tokens]) -> None:
        self.asked = asked
        self.lengths = np.array([len(text) for text in texts])
        self.owner = np.repeat(np.arange(len(texts)), self.lengths)
        tokens = np.concatenate(texts)
        likely = np.zeros(_LOW + 1, np.bool_)
        likely[asked.tokens & _LOW] = True
        at = np.flatnonzero(likely[tokens & _LOW])
        place = np.searchsorted(asked.tokens, tokens[at]).clip(max=max(len(asked.tokens) - 1, 0))
        same = asked.tokens[place] == tokens[at] if len(asked.tokens) else np.zeros(len(at), np.bool_)
        self.single = _Runs(at, place).among(same)
        self._place = np.full(len(tokens) + 2, -1)  # two more: what would follow the last token
        self._place[self.single.at] = self.single.run
        self.double = self._longer(self.single, asked.pairs, 2)

    def triple(self) -> _Runs:
        return self._longer(self.double, self.asked.triples, 3)

    def _longer(self, runs: _Runs, table: Places, size: int) -> _Runs:
        """The runs that are still the question's with the token after them, in the same text."""
        followed = runs.among(self._place[runs.at + size - 1] >= 0)
        last = followed.at + size - 1
        longer = _Runs(followed.at, table[followed.run, self._place[last]])
        return longer.among((longer.run >= 0) & (self.owner[longer.at] == self.owner[last]))


class _Parts:
    """The headings and windows of the row's texts: ``of`` each token, and the ``first`` of each text, its heading."""

    def __init__(self, forms: Sequence[Form]) -> None:
        self.counts = np.array([1 + len(form.starts) for form in forms])
        self.first = np.cumsum(self.counts) - self.counts
        ends = np.cumsum([len(form.tokens) for form in forms])
        begins = [n for form, end in zip(forms, ends, strict=True) for n in _begins(form, end - len(form.tokens))]
        self.of = np.cumsum(np.bincount(np.concatenate(begins), minlength=ends[-1] + 1)[:-1]) - 1

    def best(self, held: Flags, weights: Column) -> Column:
        """Of each text the window that holds most, its heading taken as a part of each."""
        with_heading = held | np.repeat(held[self.first], self.counts, axis=0)
        return np.maximum.reduceat(with_heading @ weights, self.first)


def _begins(form: Form, start: int) -> tuple[Places, Places]:
    return np.array([start]), form.starts.astype(np.intp) + start


def overlaps(asked: Tokens, forms: Sequence[Form], windows: Sequence[int]) -> Iterator[Column]:
    """One number a candidate: tokens, pairs and triples covered, tokens and pairs covered in a window, the longest run,
    the question in the heading, and the tokens and pairs of the heading and of the title in the question."""
    row, parts, texts = _Row(known := _Asked.of(asked), [form.tokens for form in forms]), _Parts(forms), len(forms)
    sizes = len(known.tokens), int(known.pairs.max(initial=-1)) + 1
    covered = [found.held(row.owner, texts, n) for found, n in zip((row.single, row.double), sizes, strict=True)]
    single, double = (_weights(held) for held in covered)
    yield covered[0] @ single
    yield covered[1] @ double
    triples = row.triple().held(row.owner, texts, int(known.triples.max(initial=-1)) + 1)[:, known.order]
    yield triples.sum(axis=1) / max(triples.shape[1], 1)
    inside = row.double.among(parts.of[row.double.at] == parts.of[row.double.at + 1])
    by_part = row.single.held(parts.of, parts.counts.sum(), sizes[0])
    has_windows = np.array(windows) > 0
    yield parts.best(by_part, single) * has_windows
    yield parts.best(inside.held(parts.of, parts.counts.sum(), sizes[1]), double) * has_windows
    yield _longest(triples) / max(triples.shape[1], 1)
    yield by_part[parts.first] @ single
    headings = np.array([form.heading for form in forms])
    named = [runs.among(parts.of[runs.at] == parts.first[row.owner[runs.at]]) for runs in (row.single, inside)]
    yield from _shares(row, named, headings)
    titles = _Row(known, [form.title for form in forms])
    yield from _shares(titles, (titles.single, titles.double), titles.lengths)


def _shares(row: _Row, runs: Iterable[_Runs], lengths: Places) -> Iterator[Column]:
    """Of the tokens, then of the pairs, of texts that are so long, those where a run begins."""
    for shorter, found in enumerate(runs):
        counted = np.bincount(row.owner[found.at], minlength=len(lengths))
        yield counted / np.maximum(lengths - shorter, 1)


def _weights(held: Flags) -> Column:
    """How much each run tells the candidates (rows) apart, all together 1; one that none holds tells nothing."""
    count = held.sum(axis=0)
    weights = np.where(count > 0, np.log(1 + (len(held) - count + 0.5) / (count + 0.5)), 0.0)
    total = weights.sum()
    return weights / total if total else weights


def _longest(marks: Flags) -> Places:
    """The longest run of marks in each row."""
    count = np.cumsum(marks, axis=1)
    longest: Places = (count - np.maximum.accumulate(np.where(marks, 0, count), axis=1)).max(axis=1, initial=0)
    return longest
