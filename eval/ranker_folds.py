"""Which development questions each of the five rankers beside this file has never seen.

The ranker that ships has learned from all development questions, so that its figures on them would flatter. What is
reported is asked of the ranker that was learned without the question (``train_ranker.py`` writes them).
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from pathlib import Path

from assistant.index.ranker import Ranker, read_ranker

FOLDS = 5
FOLDER = Path(__file__).parent / "folds"


def fold_of(question_id: str) -> int:
    return zlib.crc32(question_id.encode()) % FOLDS


def path_of(fold: int) -> Path:
    return FOLDER / f"ranker-{fold}.npz"


@lru_cache(maxsize=FOLDS)
def without(fold: int) -> Ranker:
    """The ranker learned without the questions of this fold."""
    ranker = read_ranker(path_of(fold))
    if ranker is None:
        raise SystemExit(f"{path_of(fold)} was learned for other features: run eval/train_ranker.py --write")
    return ranker
