"""Gradient-boosted trees that order provisions which match a question alike. Learned by ``eval/train_ranker.py``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.index.features import NAMES, Row

TREES = Path(__file__).parent / "data" / "ranker.npz"
RANKED = 40  # best candidates that are put in order


@dataclass(frozen=True, slots=True)
class Ranker:
    """Cây quyết định: nodes of all trees side by side, each array of shape (trees, nodes).

    An inner node sends a row left when ``row[feature] <= threshold``; a leaf leads to itself.
    """

    feature: NDArray[np.int16]
    threshold: NDArray[np.float32]
    left: NDArray[np.int16]
    right: NDArray[np.int16]
    value: NDArray[np.float32]
    depth: int

    def scores(self, rows: Row) -> NDArray[np.float32]:
        """One number a row; higher is better. Only their order means something."""
        trees = np.arange(len(self.feature))[None, :]
        at = np.zeros((len(rows), len(self.feature)), dtype=np.int16)
        each = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            goes_left = rows[each, self.feature[trees, at]] <= self.threshold[trees, at]
            at = np.where(goes_left, self.left[trees, at], self.right[trees, at])
        summed: NDArray[np.float32] = self.value[trees, at].sum(axis=1)
        return summed


@lru_cache(maxsize=1)
def default_ranker() -> Ranker | None:
    """The ranker that ships."""
    return read_ranker(TREES)


def read_ranker(path: Path) -> Ranker | None:
    """None where it was learned for other features than these: candidates then keep the order of the fused score."""
    if not path.is_file():
        return None
    with np.load(path) as stored:
        if tuple(stored["names"].tolist()) != NAMES:
            return None
        arrays = {name: stored[name] for name in ("feature", "threshold", "left", "right", "value")}
        return Ranker(**arrays, depth=int(stored["depth"]))
