"""Cosines in 8-bit numbers come near enough to exact ones, whatever the scale of the vectors."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.index.products import Products, eight_bits


@pytest.mark.parametrize("scale", [1e-3, 1.0, 1e3])
def test_cosines_are_a_few_thousandths_from_exact(scale: float) -> None:
    numbers = np.random.default_rng(0)
    rows = numbers.normal(size=(500, 384)).astype(np.float32)
    asked = numbers.normal(size=384).astype(np.float32)
    asked /= np.linalg.norm(asked)
    exact = rows @ asked / np.linalg.norm(rows, axis=1)
    assert Products(eight_bits(rows * scale)).cosines(asked) == pytest.approx(exact, abs=0.005)


def test_the_largest_sums_do_not_overflow() -> None:
    """Sums of two products of full 8-bit numbers pass 16 bits, which processors without VNNI cut off."""
    ones = np.ones((1, 384), np.float32)
    rows = np.concatenate([ones, -ones])
    assert Products(eight_bits(rows)).cosines(ones[0] / np.linalg.norm(ones)) == pytest.approx([1.0, -1.0], abs=0.01)
