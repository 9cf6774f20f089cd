"""Cutting entries into the windows that are searched."""

from __future__ import annotations

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from assistant.index.chunk import WINDOW, chunks, windows
from tests.index.conftest import BIRTH, CITY_PARKING, LEAVE


def test_no_window_is_longer_than_the_limit_and_every_word_is_in_one() -> None:
    clauses = "\n".join(f"{n}. " + " ".join(f"từ{n}x{k}" for k in range(40)) for n in range(1, 9))
    made = list(windows(clauses))
    assert max(len(window.split()) for window in made) <= WINDOW
    assert set(clauses.split()) == {word for window in made for word in window.split()}


def test_a_window_that_begins_with_a_point_repeats_the_opening_line_of_its_clause() -> None:
    points = "\n".join(f"{letter}) " + "nội dung của điểm này " * 6 for letter in "abcdđe")
    made = list(windows("1. Người dân được miễn phí khi:\n" + points))
    assert len(made) > 1
    assert all(window.startswith("1. Người dân được miễn phí khi:") for window in made)


def test_a_new_clause_does_not_carry_the_line_of_the_one_before() -> None:
    text = "1. Mở đầu ngắn:\n" + "a) " + "lời " * 60 + "\n2. " + "khác " * 20
    assert not list(windows(text))[-1].startswith("1.")


@given(st.text(alphabet="ab .;\n", max_size=400), st.integers(3, 20))
def test_cutting_ends_loses_nothing_and_keeps_to_the_size(text: str, size: int) -> None:
    made = list(windows(text, size))
    assert all(len(window.split()) <= size for window in made)
    assert len("".join(made).split()) <= len(text.split())
    assert sum(len(window.split()) for window in made) == len(text.split())


def test_a_procedure_has_a_chunk_of_its_names_and_one_for_each_facet() -> None:
    made = chunks(BIRTH)
    assert [chunk.heading for chunk in made] == ["", "Hồ sơ", "Thời hạn và phí"]
    assert "làm giấy khai sinh" in made[0].passage
    assert {chunk.entry_id for chunk in made} == {BIRTH.id}


def test_a_guide_has_a_chunk_for_each_section() -> None:
    assert [chunk.heading for chunk in chunks(LEAVE)] == ["Số ngày nghỉ", "Cách xin nghỉ"]


def test_an_entry_without_text_can_still_be_found_by_its_names() -> None:
    made = chunks(dataclasses.replace(CITY_PARKING, text=""))
    assert [chunk.passage for chunk in made] == [f"{CITY_PARKING.title}. {CITY_PARKING.heading}"]
