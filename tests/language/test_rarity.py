"""A compound that laws seldom use says what a text is about."""

from __future__ import annotations

from assistant.language.rarity import compounds, rare_compounds, times_in_law


def test_a_word_of_one_field_is_rarer_than_a_word_of_all() -> None:
    assert times_in_law("điện ảnh") < 1_600 < times_in_law("trách nhiệm")
    assert times_in_law("xyz qwerty") == 0


def test_the_rare_compounds_of_a_question_are_its_topic() -> None:
    question = "cơ quan nào chịu trách nhiệm quản lý nhà nước về điện ảnh"
    assert "trách nhiệm" in compounds(question)
    assert rare_compounds(question, 1_600) == ["điện ảnh"]
