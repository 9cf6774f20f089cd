"""Gradient-boosted trees and a weighted sum that order provisions which match a question alike.

Learned by ``eval/train_ranker.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.index.features import NAMES, Row
from assistant.index.linear import standardised

TREES = Path(__file__).parent / "data" / "ranker.npz"
RANKED = 60  # best candidates that are put in order


@dataclass(frozen=True)
class Ranker:
    """Cây quyết định: nodes of all trees side by side, each array of shape (trees, nodes).

    An inner node sends a row left when ``row[feature] <= threshold``; a leaf leads to itself. At most 64 leaves a tree.
    """

    feature: NDArray[np.int16]
    threshold: NDArray[np.float32]
    left: NDArray[np.int16]
    right: NDArray[np.int16]
    value: NDArray[np.float32]
    linear: NDArray[np.float32] | None = None  # a weight a feature, already on the scale of the trees

    def scores(self, rows: Row) -> NDArray[np.float32]:
        """One number a row; higher is better. Only their order means something."""
        flat = self._flat
        # Every node at once instead of a walk, in a tenth of its time: a node that sends a row right closes the leaves
        # on its left, and the leftmost leaf that stays open is the one a walk would reach (“QuickScorer”).
        goes_left = np.ascontiguousarray(rows.T)[flat.feature] <= flat.threshold[..., None]
        opened = np.bitwise_and.reduce(np.where(goes_left, flat.every, flat.right[..., None]), axis=0)
        leaf = np.bitwise_count((opened & -opened) - flat.every.dtype.type(1))
        reached = flat.value.ravel()[leaf + np.arange(len(flat.value))[:, None] * flat.value.shape[1]]
        summed: NDArray[np.float32] = np.ascontiguousarray(reached.T).sum(axis=1)
        return summed if self.linear is None else summed + standardised(rows) @ self.linear

    @cached_property
    def _flat(self) -> _Flat:
        return _flattened([self._leaves(tree, 0, 0) for tree in range(len(self.left))])

    def _leaves(self, tree: int, node: int, first: int) -> _Tree:
        """The part of a tree below a node, its leaves counted from ``first``, from left to right."""
        if self.left[tree, node] == node:
            return _Tree([], [self.value[tree, node]])
        below = self._leaves(tree, self.left[tree, node], first)
        beside = self._leaves(tree, self.right[tree, node], first + len(below.values))
        closed = (1 << len(below.values)) - 1 << first
        here = (self.feature[tree, node], self.threshold[tree, node], closed)
        return _Tree([here, *below.inner, *beside.inner], below.values + beside.values)


@dataclass(frozen=True, slots=True)
class _Tree:
    """``inner``: feature, threshold and the leaves on the left as bits; ``values`` of the leaves from left to right."""

    inner: list[tuple[int, float, int]]
    values: list[float]


@dataclass(frozen=True, slots=True)
class _Flat:
    """The trees by their n-th inner nodes: arrays of shape (inner nodes, trees), ``value`` (trees, leaves).

    ``right``: the leaves that stay open where a row goes right, as bits; ``every``: all of them.
    """

    feature: NDArray[np.intp]
    threshold: NDArray[np.float32]
    right: NDArray[np.unsignedinteger]
    value: NDArray[np.float32]
    every: np.unsignedinteger


def _flattened(trees: list[_Tree]) -> _Flat:
    inner = max((len(tree.inner) for tree in trees), default=0)
    bits = next(kind for kind in (np.uint8, np.uint16, np.uint32, np.uint64) if inner < np.iinfo(kind).bits)
    every = np.iinfo(bits).max
    feature = np.zeros((inner, len(trees)), np.intp)
    threshold = np.zeros(feature.shape, np.float32)
    right = np.full(feature.shape, every, bits)
    value = np.zeros((len(trees), inner + 1), np.float32)
    for n, tree in enumerate(trees):
        value[n, : len(tree.values)] = tree.values
        for at, (column, most, closed) in enumerate(tree.inner):
            feature[at, n], threshold[at, n], right[at, n] = column, most, every & ~closed
    return _Flat(feature, threshold, right, value, bits(every))


@lru_cache(maxsize=1)
def default_ranker() -> Ranker | None:
    """The ranker that ships."""
    return read_ranker(TREES)


def read_ranker(path: Path) -> Ranker | None:
    """None where it was learned for other features, or has no weights: candidates then keep the fused order."""
    if not path.is_file():
        return None
    with np.load(path) as stored:
        if tuple(stored["names"].tolist()) != NAMES or "linear" not in stored:
            return None
        return Ranker(**{name: stored[name] for name in ("feature", "threshold", "left", "right", "value", "linear")})
