"""The judge of answers: figures must all be there, words mostly, forbidden words not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.errors import BadInput
from assistant.evaluate.questions import holds, read_questions, says

ANSWER = "**Thời hạn:** 07 ngày làm việc. [1]\nLệ phí 35.000 đồng/thẻ đến hết ngày 31/12/2026, theo 64/2025/TT-BTC."


@pytest.mark.parametrize(
    ("fact", "met"),
    [
        ("thời hạn 7 ngày làm việc", True),
        ("35.000 đồng đến 31/12/2026", True),
        ("thời hạn 10 ngày làm việc", False),
        ("lệ phí 70.000 đồng", False),
        ("nộp tại Công an cấp xã bất kỳ", False),
    ],
)
def test_a_fact_is_met_by_its_figures_and_most_of_its_words(fact: str, met: bool) -> None:
    assert holds(ANSWER, fact) is met


def test_forbidden_words_count_as_they_stand_whatever_their_accents() -> None:
    assert says(ANSWER, "le phi 35.000 dong")
    assert not says(ANSWER, "miễn phí")


@pytest.mark.parametrize(("line", "said"), [("{", ":1:"), ('{"id": "a", "text": "b"}', "expected"), ("[1]", ":1:")])
def test_a_line_that_is_no_question_is_named(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "cau-hoi.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(BadInput, match=said):
        read_questions(path)


def test_questions_come_back_in_order_and_a_missing_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "cau-hoi.jsonl"
    rows = [{"id": name, "text": "?", "expected": "answer"} for name in ("b", "a")]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert [row["id"] for row in read_questions(path)] == ["b", "a"]
    with pytest.raises(BadInput, match=r"khong-co\.jsonl"):
        read_questions(tmp_path / "khong-co.jsonl")
