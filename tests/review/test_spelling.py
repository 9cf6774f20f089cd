"""Chính tả: what is a slip and what is not."""

from __future__ import annotations

import pytest

from assistant.review.spelling import load_speller


def slips(line: str) -> list[tuple[str, str]]:
    speller = load_speller()
    assert speller is not None
    return [(line[s.start : s.end], s.right) for s in speller.slips(line)]


@pytest.mark.parametrize(
    ("line", "wrong", "right"),
    [
        ("Các nghành có trách nhiệm", "nghành", "ngành"),
        ("việc sữ dụng đất", "sữ dụng", "sử dụng"),
        ("Bổ xung hồ sơ", "Bổ xung", "Bổ sung"),
        ("hồ sơ đuợc nộp", "đuợc", "được"),
        ("nguời nộp hồ sơ", "nguời", "người"),
        ("thuộc thẫm quyền của Sở", "thẫm quyền", "thẩm quyền"),
        ("ban hành hành Quy định này", "hành hành", "hành"),
        ("của của cơ quan", "của của", "của"),
        ("thực hiện hiện các việc", "hiện hiện", "hiện"),
    ],
)
def test_a_slip_is_found_with_its_correction(line: str, wrong: str, right: str) -> None:
    assert (wrong, right) in slips(line)


@pytest.mark.parametrize(
    "line",
    [
        "hành vi vi phạm hành chính",
        "Luật Chuyển đổi số số 148/2025/QH15",
        "Trưởng phòng Phòng Kinh tế",
        "quy định định mức chi",
        "trường hợp hợp đồng hết hạn",
        "hàng không không tổ chức",
        "tiếp theo theo quy định",
        "thiết bị bị hư hỏng",
        "năm năm liên tục",
        "luôn luôn sẵn sàng, song song thực hiện",
        "công trình hòa bình, công trình hoà bình, Uỷ ban, Ủy ban",
        "kỹ sư, kĩ sư, mỹ thuật, mĩ thuật",
        "ông Nguyễn, bà Đỗ ở Đắk Lắk và Krông Pắc",
        "máy photocopy, website, logistics, container",
    ],
)
def test_correct_text_raises_nothing(line: str) -> None:
    assert slips(line) == []


def test_a_word_broken_by_marks_is_left_alone() -> None:
    assert slips("thuyền tr\u00adưởng và x**ác đ**ịnh") == []
