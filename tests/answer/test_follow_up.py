"""A follow-up is one question: the earlier subject with what is asked now."""

from __future__ import annotations

import pytest

from assistant.answer.follow_up import complete
from assistant.answer.topic import facets_of
from assistant.answer.turn import Facet
from assistant.answer.understand import split_questions
from assistant.answer.values import Message
from assistant.language.restore import Restorer

RESTORER = Restorer.default()


def completed(text: str, *earlier: str) -> str:
    return complete(text, tuple(Message("user", said) for said in earlier), RESTORER)


@pytest.mark.parametrize(
    ("text", "earlier", "holds"),
    [
        ("thế nộp online thì sao", "tách hộ bao nhiêu tiền", "tách hộ"),  # “hộ” alone is no topic word
        ("còn gia hạn thì phí bao nhiêu", "đăng ký tạm trú cần những gì", "đăng ký tạm trú"),
        ("dạ vậy nộp ở phường khác được không", "cấp lại thẻ căn cước cần gì", "cấp lại thẻ căn cước"),
        ("còn cán bộ thì sao", "công chức vi phạm bị kỷ luật những hình thức nào", "kỷ luật những hình thức nào"),
    ],
)
def test_the_earlier_subject_is_kept_and_nothing_is_answered_twice(text: str, earlier: str, holds: str) -> None:
    whole = completed(text, earlier)
    assert holds in whole
    assert split_questions(whole) == [whole]


def test_what_was_asked_before_gives_way_to_what_is_asked_now() -> None:
    assert facets_of(completed("ở đâu vậy", "làm hộ chiếu cần giấy tờ gì")) == {Facet.WHERE}


def test_no_longer_there_is_not_a_second_question() -> None:
    text = "giấy khai sinh bị cháy, sổ ở xã cũng không còn thì xin làm lại bằng cách nào"
    assert split_questions(text) == [text]
