"""What an old ward, district or body is today."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answer.pipeline import Resources
from assistant.answer.places import asks_what_became
from assistant.answer.route import route_of
from assistant.answer.turn import Route
from assistant.answer.understand import as_ask
from assistant.answer.values import Answer, Status
from tests.answer.conftest import TODAY

Ask = Callable[..., Answer]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("phường 12 quận 3 giờ là phường nào", ["Phường 12 (Quận 3) nay thuộc Phường Nhiêu Lộc."]),
        ("phuong ben nghe quan 1 bay gio la phuong gi", ["nay thuộc Phường Sài Gòn"]),
        ("P12 Q3 cũ nay thuộc phường nào", ["Phường Nhiêu Lộc"]),
        ("quan 3 cu gio la phuong nao", ["Phường Bàn Cờ", "Phường Xuân Hòa", "Phường Nhiêu Lộc"]),
        ("phường Đa Kao cũ giờ thuộc phường nào", ["được chia cho 2 nơi", "Phường Sài Gòn", "Phường Tân Định"]),
        ("p13 gò vấp cũ nay là phường gì", ["Phường 13 (Quận Gò Vấp) đã nhập vào Phường 15", "Phường An Hội Đông"]),
        ("phường Sài Gòn gồm những phường cũ nào", ["Toàn bộ: Phường Bến Nghé (Quận 1).", "Một phần:"]),
        ("ủy ban nhân dân quận 5 dời đi đâu", ["Quận 5 cũ nay thuộc", "kết thúc hoạt động từ ngày 01/7/2025"]),
        ("sở kế hoạch và đầu tư giờ là sở nào", ["Sở Tài chính", "01/3/2025"]),
        ("bình dương sáp nhập vào đâu", ["Thành phố Hồ Chí Minh", "01/7/2025"]),
        ("Nhà tôi hồi trước ở phường 12 quận 3. Giờ là phường nào?", ["Phường Nhiêu Lộc"]),
    ],
)
def test_the_tables_answer_with_source_and_date(ask: Ask, question: str, said: list[str]) -> None:
    answer = ask(question)
    assert answer.status is Status.ANSWERED
    for words in said:
        assert words in answer.text, answer.text
    assert answer.citations


def test_a_name_that_many_districts_had_is_asked_back(ask: Ask) -> None:
    answer = ask("phường 12 giờ là phường gì")
    assert answer.status is Status.CLARIFICATION
    places = [line for line in answer.text.splitlines() if line.startswith("- ")]
    assert places.index("- Quận 3") < places.index("- Quận 10") < places.index("- Quận Bình Thạnh")
    assert ask(answer.follow_ups[0]).status is Status.ANSWERED


@pytest.mark.parametrize(
    "question",
    [
        "quận 3 cũ giờ làm giấy khai sinh ở đâu",
        "chuyển hộ khẩu từ quận 5 về quận 7 cần giấy tờ gì",
        "công an quận 1 giờ ở đâu",
        "phường Sài Gòn ở đâu",
    ],
)
def test_an_errand_is_not_a_question_about_the_place(question: str) -> None:
    assert not asks_what_became(question)


def test_a_place_of_the_story_is_not_what_is_asked_about(resources: Resources) -> None:
    told = "Tôi gửi đơn lên quận 8, chưa ai trả lời thì quận giải thể. {}"
    for question, route in (("Đơn mất luôn hay có ai lo tiếp", None), ("Quận 8 giờ là phường nào", Route.PLACE)):
        ask = as_ask(told.format(question), question)
        assert route_of(ask, resources.catalogue, resources.places, TODAY) is route
