"""A weighted sum of what tells candidates apart, beside the trees: the two err differently. Learned with them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from assistant.index.features import Row

FURTHEST = 4.0  # standard deviations; what lies further out counts as much


def standardised(rows: Row) -> NDArray[np.float32]:
    """Each column less its mean over the candidates of the question, by its deviation; a constant one says nothing."""
    deviation = rows.std(axis=0)
    apart = (rows - rows.mean(axis=0)) / np.where(deviation > 1e-6, deviation, np.inf)
    clipped: NDArray[np.float32] = np.clip(apart, -FURTHEST, FURTHEST).astype(np.float32)
    return clipped
