"""Learns the weighted sum that stands beside the trees of ``train_ranker.py``: one weight a feature.

The chance that a candidate is right is the softmax of its sum over the candidates of its question. Needs scipy, which
lightgbm brings.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from assistant.index.features import Row
from assistant.index.linear import standardised

SHARE = 0.5  # of the weighted sum beside the trees
RIDGE = 100.0
STEPS = 120


def learn_linear(rows: Sequence[Row], right: Sequence[NDArray[np.bool_]]) -> NDArray[np.float64]:
    """``rows`` and which of them are ``right``, question by question."""
    table = np.concatenate([standardised(part) for part in rows])
    wanted = np.concatenate([part / part.sum() for part in right]).astype(np.float32)
    sizes = [len(part) for part in rows]
    starts = np.cumsum([0, *sizes[:-1]])
    question = np.repeat(np.arange(len(sizes)), sizes)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        sums = table @ weights.astype(np.float32)
        highest = np.maximum.reduceat(sums, starts)
        powers = np.exp(sums - highest[question])
        totals = np.add.reduceat(powers, starts)
        value = (np.log(totals) + highest).sum() - wanted @ sums + 0.5 * RIDGE * weights @ weights
        slope = table.T @ (powers / totals[question] - wanted) + RIDGE * weights
        return float(value), slope.astype(np.float64)

    found = minimize(loss, np.zeros(table.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    weights: NDArray[np.float64] = found.x
    return weights
