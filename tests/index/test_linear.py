"""Columns on one scale, whatever they measure."""

from __future__ import annotations

import dataclasses

import numpy as np

from assistant.index.features import NAMES
from assistant.index.linear import FURTHEST, standardised
from assistant.index.ranker import TREES, Ranker, read_ranker


def test_columns_have_one_scale_and_a_constant_one_says_nothing() -> None:
    rows = np.array([[0, 7, 100], [1, 7, 300], [2, 7, 200]], np.float32)
    found = standardised(rows)
    assert found[:, 1].tolist() == [0.0, 0.0, 0.0]
    assert np.allclose(found[:, [0, 2]].mean(axis=0), 0.0, atol=1e-6)
    assert np.allclose(found[:, [0, 2]].std(axis=0), 1.0, atol=1e-6)


def test_one_far_outlier_counts_no_more_than_the_furthest() -> None:
    rows = np.zeros((100, 1), np.float32)
    rows[0] = 1e6
    assert standardised(rows).max() == FURTHEST


def test_a_single_candidate_gives_zeros() -> None:
    assert not standardised(np.ones((1, 5), np.float32)).any()


def test_the_sum_is_added_to_the_trees() -> None:
    flat = Ranker(*(np.zeros((1, 1), np.int16) for _ in range(4)), np.zeros((1, 1), np.float32))  # type: ignore[arg-type]
    rows = np.array([[0.0, 1.0], [2.0, 1.0]], np.float32)
    assert flat.scores(rows).tolist() == [0.0, 0.0]
    weighed = dataclasses.replace(flat, linear=np.array([3.0, 5.0], np.float32))
    assert weighed.scores(rows).tolist() == [-3.0, 3.0]


def test_the_shipped_ranker_has_a_weight_for_each_feature() -> None:
    ranker = read_ranker(TREES)
    assert ranker is not None
    assert ranker.linear is not None and ranker.linear.shape == (len(NAMES),)
