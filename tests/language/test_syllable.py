from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.syllable import is_syllable, place_tone, split_tone


@pytest.mark.parametrize(
    "word",
    ["quyền", "giấy", "gì", "giết", "nghiêng", "ở", "Ủy", "khuỷu", "quốc", "xoong", "Đắk", "thuở", "huỳnh", "quýt"],
)
def test_vietnamese_syllables_are_known(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word",
    ["", "website", "căncước", "hợpđồng", "đ", "NĐ", "cấc1", "tàt", "mảc", "aaa", "hòạ", "str", "ngườii", "Wifi"],
)
def test_other_words_are_not(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("typed", "official", "modern"),
    [
        ("hoà", "hòa", "hoà"),
        ("uỷ", "ủy", "uỷ"),
        ("khoẻ", "khỏe", "khoẻ"),
        ("qúy", "quý", "quý"),
        ("toàn", "toàn", "toàn"),
        ("tòan", "toàn", "toàn"),
        ("cuả", "của", "của"),
        ("gịan", "giạn", "giạn"),
        ("ngừơi", "người", "người"),
        ("nhà", "nhà", "nhà"),
        ("website", "website", "website"),
        ("tạm1trú", "tạm1trú", "tạm1trú"),
    ],
)
def test_the_tone_goes_where_it_is_written(typed: str, official: str, modern: str) -> None:
    assert place_tone(typed) == official
    assert place_tone(typed, modern=True) == modern


@given(st.text(max_size=12))
def test_moving_a_tone_keeps_letters_tone_and_length(text: str) -> None:
    text = text.lower()
    moved = place_tone(text)
    assert len(moved) == len(text)
    assert split_tone(moved) == split_tone(text)
    assert place_tone(moved) == moved
