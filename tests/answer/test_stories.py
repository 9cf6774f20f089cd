"""A message in several sentences: one errand told as a story, or several questions."""

from __future__ import annotations

import pytest

from assistant.answer.status import OFFER
from assistant.answer.understand import split_questions
from assistant.answer.values import Status
from tests.answer.conftest import Ask

ANSWERED = {Status.ANSWERED, Status.ANSWERED_WITH_WARNING}
BORN_AT_HOME = "Nhà em đẻ rớt, giờ làm giấy cho con. Vậy mấy ngày thì xong?"


def test_a_story_and_the_question_after_it_are_answered_as_one(ask: Ask) -> None:
    answer = ask(BORN_AT_HOME)
    assert answer.status in ANSWERED
    assert answer.card is not None and answer.card["code"] == "1.001193"
    assert "###" not in answer.text and "chưa tìm thấy căn cứ trong kho" not in answer.text
    assert "**Thời hạn" in answer.text


def test_a_question_that_says_nothing_by_itself_takes_its_story(ask: Ask) -> None:
    answer = ask(
        "Hôm qua có người tới chúc tết rồi để lại cái phong bì trong ngăn bàn. Giờ em phải làm gì với nó?", "staff"
    )
    assert answer.status in ANSWERED and "05 ngày làm việc" in answer.text


def test_what_ends_without_a_question_mark_only_tells() -> None:
    told = "Tui bán căn nhà mà mấy đứa cháu còn đứng tên ở đó. Nhà có người bị gỡ tên thì phải nộp giấy trong mấy ngày?"
    assert split_questions(told) == [told.rstrip("?")]
    unmarked = "làm căn cước cho bé ở phường nào. đăng ký tạm trú mất mấy ngày"
    assert len(split_questions(unmarked)) == 2


def test_two_errands_stay_two(ask: Ask) -> None:
    answer = ask("Làm khai sinh cho con cần giấy tờ gì? Còn đăng ký tạm trú thì mất mấy ngày?")
    assert answer.text.count("### ") == 2
    assert "(mã 1.001193)" in answer.text and "(mã 1.004194)" in answer.text


def test_what_of_a_message_may_be_unanswered_is_named(ask: Ask) -> None:
    answer = ask("Vợ em mới sinh em bé. Đăng ký khai sinh cho con nộp ở đâu? Nuôi chim bồ câu trên mái nhà thì sao?")
    assert "**Nơi nộp" in answer.text
    unheard = [*answer.warnings, *answer.text.split("### ")[1:]]
    assert any("bồ câu" in text and "hưa tìm thấy căn cứ" in text for text in unheard)


@pytest.mark.parametrize("pick", ["1", "cái đầu tiên", "đăng ký thuế lần đầu đối với cá nhân, người phụ thuộc"])
def test_a_refusal_names_what_may_be_meant_and_a_pick_asks_the_same_of_it(ask: Ask, pick: str) -> None:
    question = (
        "Cô bán hủ tíu muốn tự khai mẹ già để được trừ thuế thu nhập, hỏi tờ khai cho người đó là mẫu số mấy, "
        "em ở quầy chỉ giùm cô"
    )
    refused = ask(question)
    assert refused.status is Status.UNANSWERABLE and OFFER in refused.text
    assert "1. Đăng ký thuế lần đầu đối với cá nhân, người phụ thuộc" in refused.text
    answer = ask(pick, history=(question, refused.text))
    assert answer.status in ANSWERED and "20-ĐK-TCT" in answer.text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "em đã có thẻ căn cước, muốn mua chậu kiểng ở đâu",
            marks=pytest.mark.xfail(strict=True, reason="answered from two records on the card since decision 0020"),
        ),
        "em làm thẻ căn cước xong rồi, giờ nấu nồi bún bò cho sáu người ăn thì mua mấy ký xương",
        "Tôi khai thuế xong rồi, chiều nay đi biển nào đẹp",
        "xe vừa sang tên xong hôm bữa, chạy về thì cứ khục khặc tắt máy, chắc bugi hay bình xăng con, tự sửa sao ạ",
    ],
)
def test_what_only_tells_is_not_answered_for_the_question_beside_it(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert answer.status is Status.UNANSWERABLE and answer.card is None


def test_a_clause_is_not_answered_for_what_the_whole_asks_and_the_data_lacks(ask: Ask) -> None:
    asked = "miếng đất vườn ông bà cho 500m, giờ muốn lên thổ cư 100m để cất nhà cho con, nộp đơn ở đâu vậy"
    assert ask(asked).status is Status.UNANSWERABLE
    assert ask("giờ muốn cất nhà cho con thì xin giấy phép ở đâu").status in ANSWERED
