"""Where nothing is found, the answer names the body to ask; the names are those of the City's bodies."""

from __future__ import annotations

import re

import pytest

from assistant.answer.status import WHERE_TO_ASK
from assistant.answer.whom import bodies, whom_to_ask
from assistant.ingest.corpus import load_bodies
from assistant.settings import settings


@pytest.mark.parametrize(
    ("question", "assistant", "body"),
    [
        ("học phí đại học năm nay bao nhiêu", "citizen", "Sở Giáo dục và Đào tạo"),
        ("hoàn thuế thu nhập cá nhân làm sao", "citizen", "cơ quan thuế"),
        ("mức phạt vượt đèn đỏ khi tham gia giao thông", "citizen", "Cảnh sát giao thông"),
        ("hàng xóm hát karaoke ồn ào", "citizen", "Công an phường"),
        ("mức công tác phí một ngày là bao nhiêu", "staff", "Sở Tài chính"),
        ("công chức làm việc từ xa theo văn bản nào", "staff", "Sở Nội vụ"),
        ("dự thảo nghị quyết quy phạm", "reviewer", "Sở Tư pháp"),
    ],
)
def test_the_body_of_the_subject_is_named(question: str, assistant: str, body: str) -> None:
    assert body in whom_to_ask(question, assistant)


def test_an_officer_who_asks_of_a_citizens_matter_gets_the_body_of_that_matter() -> None:
    assert "Chi nhánh Văn phòng đăng ký đất đai" in whom_to_ask("sổ đỏ của dân cấp sai", "staff")


@pytest.mark.parametrize(
    ("question", "not_named"),
    [
        ("trường hợp nào được miễn thuế thu nhập cá nhân", "Sở Giáo dục"),
        ("điều kiện kinh doanh rượu", "Tòa án"),
        ("môi trường bị ô nhiễm", "Sở Giáo dục"),
    ],
)
def test_a_word_inside_another_names_no_body(question: str, not_named: str) -> None:
    assert not_named not in whom_to_ask(question, "citizen")


def test_without_a_known_subject_the_general_advice_is_given() -> None:
    assert whom_to_ask("xin chào buổi sáng", "citizen") == WHERE_TO_ASK["citizen"]


def test_every_department_named_exists() -> None:
    current = set(load_bodies(settings().corpus).current)
    named = {
        name.strip()
        for table in bodies().values()
        for _, body in table
        for name in re.findall(r"(?:Sở|Thanh tra) [^,()]+?(?= hoặc|,| \(|$)", body)
    }
    assert named and named <= current, named - current
