"""Messages out of danger are told whom to call, however they are worded."""

from __future__ import annotations

import pytest

from assistant.answer.danger import CALL_FIRST
from assistant.answer.values import Status
from tests.answer.conftest import Ask


# No word of these stands in the patterns of rules/screen.yaml.
@pytest.mark.parametrize(
    ("message", "number"),
    [
        ("con bé 2 tuổi mới nuốt nhằm thuốc diệt chuột đang sùi bọt mép, làm sao giờ", "115"),
        ("con be 2 tuoi moi nuot nham thuoc diet chuot dang sui bot mep, lam sao gio", "115"),
        ("bình xe điện đang sạc nổ cái đùng, lửa bùng lên, nhà trọ còn mấy người trên lầu", "114"),
        ("có thằng lạ cầm cây đập cửa đòi vô nhà, em ở nhà có một mình sợ quá", "113"),
    ],
)
def test_an_emergency_without_the_words_of_the_rules_gets_the_number_first(ask: Ask, message: str, number: str) -> None:
    answer = ask(message)
    assert answer.status is Status.EMERGENCY
    assert f"**Gọi {number} ngay**" in answer.text


@pytest.mark.parametrize(
    "message",
    [
        "nhà em bị cháy năm ngoái, giờ làm lại sổ hộ khẩu với khai sinh thì cần gì",
        "bố em mất vì tai nạn, làm giấy khai tử ở đâu",
        "mức phạt đánh người gây thương tích là bao nhiêu",
        "xin giấy chứng nhận đủ điều kiện phòng cháy ở đâu",
    ],
)
def test_a_question_that_only_uses_the_words_is_no_emergency(ask: Ask, message: str) -> None:
    answer = ask(message)
    assert answer.status is not Status.EMERGENCY


def test_words_of_danger_in_a_question_leave_a_word_on_whom_to_call(ask: Ask) -> None:
    assert CALL_FIRST in ask("nhà em bị cháy năm ngoái, giờ xin cấp lại khai sinh thì cần gì").warnings
    assert CALL_FIRST not in ask("xin cấp lại bản sao khai sinh thì cần gì").warnings
