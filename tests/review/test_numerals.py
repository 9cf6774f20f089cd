"""Số viết bằng chữ."""

from __future__ import annotations

import pytest

from assistant.review.numerals import read_words


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("ba mươi triệu đồng", 30_000_000),
        ("ba triệu đồng", 3_000_000),
        ("mười hai triệu đồng mỗi năm", 12_000_000),
        ("mười lăm", 15),
        ("hai mươi tư", 24),
        ("một trăm linh năm nghìn đồng", 105_000),
        ("hai tỷ ba trăm triệu đồng chẵn", 2_300_000_000),
        ("một trăm hai mươi ba triệu bốn trăm năm mươi sáu nghìn bảy trăm tám mươi chín đồng", 123_456_789),
        ("năm", 5),
    ],
)
def test_number_words_are_read(words: str, value: int) -> None:
    assert read_words(words) == value


@pytest.mark.parametrize("words", ["các cơ quan", "sau đây gọi là Tổ", "ngày làm việc", "", "một hai ba"])
def test_other_words_are_no_number(words: str) -> None:
    assert read_words(words) is None
