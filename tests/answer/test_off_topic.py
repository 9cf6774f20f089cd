"""What no office answers is said to be so, unless a record surely speaks of it."""

from __future__ import annotations

import pytest

from assistant.answer.values import Status
from tests.answer.conftest import Ask


@pytest.mark.parametrize(
    "text",
    [
        "be sot cho uong may vien ha sot",
        "trưa nay ăn gì ngon",
        "giá vàng hôm nay",
        "viết cho tôi một bài thơ tình",
        "đau đầu uống thuốc gì",
    ],
)
def test_it_is_out_of_scope(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert answer.status is Status.OUT_OF_SCOPE
    assert "ngoài phạm vi" in answer.text and not answer.citations


def test_a_film_crew_may_ask_about_parking(ask: Ask) -> None:
    answer = ask("đoàn làm phim có xe máy gửi quá giờ trong bãi giữ xe cơ quan trả bao nhiêu tiền mỗi giờ")
    assert "3.000 đồng" in answer.text and answer.citations
