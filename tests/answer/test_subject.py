"""What only sounds like the answer is not given as one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answer.subject import asks_how_much_fine, off_subject, tells_how_much_fine
from assistant.answer.turn import Ask
from assistant.answer.values import Answer, Status
from assistant.index.values import Entry
from tests.answer.conftest import provision

WORKERS = provision("90", "Xóa kỷ luật", "Người lao động bị khiển trách sau 03 tháng thì đương nhiên được xóa kỷ luật.")
LABOUR_CODE = provision("92", "Hình thức xử lý", "1. Khiển trách. 2. Sa thải.", title="Bộ luật Lao động")
NO_TIME = provision("93", "Thi hành kỷ luật công chức", "Người đứng đầu công bố quyết định kỷ luật công chức.")
CLERKS = provision("91", "Kỷ luật công chức", "Công chức bị khiển trách thì kéo dài thời gian nâng lương.")


@pytest.mark.parametrize(
    ("question", "entry", "off"),
    [
        ("công chức bị khiển trách bao lâu được xóa kỷ luật", WORKERS, True),
        ("người lao động bị khiển trách bao lâu được xóa kỷ luật", WORKERS, False),
        ("bị khiển trách bao lâu được xóa kỷ luật", WORKERS, False),
        ("công chức bị khiển trách bao lâu được xóa kỷ luật", LABOUR_CODE, True),
        ("cán bộ bị khiển trách thì sao", CLERKS, False),
        ("viên chức bị khiển trách thì sao", CLERKS, True),
        ("công chức, viên chức bị khiển trách thì sao", CLERKS, False),
        ("công chức bị khiển trách có bị phạt tiền không", CLERKS, True),
        ("công chức bị kỷ luật thì bao lâu được xóa kỷ luật", NO_TIME, True),
        ("thời hạn xóa kỷ luật công chức là bao nhiêu", NO_TIME, True),
        ("công chức bị kỷ luật thì ai công bố", NO_TIME, False),
    ],
)
def test_a_provision_on_other_people_or_silent_on_what_is_asked_is_off_the_subject(
    question: str, entry: Entry, off: bool
) -> None:
    assert off_subject(asking(question), entry) is off


def asking(question: str, *synonyms: str) -> Ask:
    return Ask(question, question, synonyms=synonyms)


FILMS = provision("72", "Trách nhiệm quản lý nhà nước", "Bộ quản lý nhà nước về du lịch.", title="Luật Du lịch")
CROPS = provision("5", "Chiến lược", "Chiến lược phát triển chăn nuôi lập cho 10 năm.", title="Luật Chăn nuôi")
GUIDING = provision("5", "Chiến lược", "Chiến lược lập cho 10 năm.", title="Nghị định hướng dẫn Luật Trồng trọt")


def test_a_provision_without_the_rare_word_of_the_question_is_off_the_subject() -> None:
    assert off_subject(asking("cơ quan nào quản lý nhà nước về điện ảnh"), FILMS)
    assert not off_subject(asking("cơ quan nào quản lý nhà nước về du lịch"), FILMS)
    assert not off_subject(asking("cơ quan nào bắt buộc quản lý nhà nước về du lịch"), FILMS)
    assert not off_subject(asking("ai quản lý khách sạn", "du lịch"), FILMS), "asked in everyday words"
    assert not off_subject(asking("Ở Trần Hưng Đạo, cơ quan nào quản lý nhà nước về du lịch"), FILMS), "a name"


def test_who_asks_what_one_law_says_is_not_told_another() -> None:
    asked = "Theo Luật Trồng trọt, chiến lược phát triển lập cho bao nhiêu năm"
    assert off_subject(asking(asked), CROPS)
    assert not off_subject(asking(asked), GUIDING)
    assert not off_subject(asking("Chiến lược phát triển lập cho bao nhiêu năm theo Luật Trồng trọt"), CROPS)


def test_a_fine_that_no_record_names_is_said_to_be_unknown_first(ask: Callable[..., Answer]) -> None:
    answer = ask("đăng ký khai sinh trễ thì bị phạt bao nhiêu tiền")
    assert answer.status is Status.PARTIAL
    assert answer.text.startswith("Kho chưa có căn cứ về việc xử phạt")
    assert "phạt" not in ask("đăng ký tạm trú cần giấy tờ gì").text


def test_a_fine_that_is_known_to_be_lacking_is_not_found_and_the_nearest_records_are_offered(
    ask: Callable[..., Answer],
) -> None:
    answer = ask("đăng ký tạm trú trễ thì bị phạt bao nhiêu tiền")
    assert answer.status is Status.UNANSWERABLE
    assert "Đăng ký tạm trú" in answer.text and "đồng" not in answer.text


@pytest.mark.parametrize("text", ["phạt mấy triệu", "mức phạt vượt đèn đỏ", "bị phạt bao nhiêu", "phạt nhiêu vậy"])
def test_who_asks_how_much_a_fine_is_is_heard(text: str) -> None:
    assert asks_how_much_fine(text)


@pytest.mark.parametrize("text", ["bị phạt thì khiếu nại ở đâu", "phạt mấy năm tù", "bao nhiêu ngày phải nộp phạt"])
def test_other_questions_on_fines_ask_no_amount(text: str) -> None:
    assert not asks_how_much_fine(text)


def test_only_an_amount_tells_how_much() -> None:
    assert tells_how_much_fine("Phạt tiền từ 500.000 đồng đến 1.000.000 đồng")
    assert not tells_how_much_fine("Người bị phạt nộp tiền trong 10 ngày. Lệ phí 50.000 đồng")
