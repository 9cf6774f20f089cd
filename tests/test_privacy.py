"""What identifies a person is masked; what the question is about stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.privacy import mask_personal_data

MASKED = [
    ("CCCD của tôi là 079090012345", "079090012345", "số định danh cá nhân"),
    ("can cuoc so 079 090 012 345 mat roi", "079 090 012 345", "số định danh cá nhân"),
    ("số định danh 123456789012", "123456789012", "số định danh cá nhân"),
    ("CMND cũ 024.123.456 đổi thế nào", "024.123.456", "số chứng minh nhân dân"),
    ("tôi có số 271234567 thì làm sao", "271234567", "số chứng minh nhân dân"),
    ("gọi lại cho tôi 0901234567", "0901234567", "số điện thoại"),
    ("sdt 090 123 4567 nhé", "090 123 4567", "số điện thoại"),
    ("liên hệ +84 901 234 567", "+84 901 234 567", "số điện thoại"),
    ("nhà tôi 028 3822 1234.", "028 3822 1234", "số điện thoại"),
    ("gửi về lan.nguyen+1@vidu.com.vn giúp em", "lan.nguyen+1@vidu.com.vn", "thư điện tử"),
    ("thẻ 4111 1111 1111 1111 bị trừ tiền", "4111 1111 1111 1111", "số thẻ ngân hàng"),
    ("MST 0312345678-001 của công ty tôi", "0312345678-001", "mã số thuế"),
    ("hộ chiếu B1234567 hết hạn", "B1234567", "số hộ chiếu"),
    ("chuyển vào stk 19034567890123", "19034567890123", "số tài khoản"),
    ("tôi tên là Trần Thị Thu Hà, ở phường Bến Thành", "Trần Thị Thu Hà", "họ tên"),
    ("ở số nhà 12/3A đường Lê Lợi", "12/3A", "số nhà"),
]


@pytest.mark.parametrize(("text", "secret", "kind"), MASKED)
def test_what_identifies_a_person_is_masked_and_named(text: str, secret: str, kind: str) -> None:
    masked = mask_personal_data(text)
    assert secret not in masked.text
    assert f"[{kind}]" in masked.text
    assert masked.kinds == (kind,)


@pytest.mark.parametrize(
    "text",
    [
        "Điều 113 Bộ luật Lao động số 45/2019/QH14",
        "Nghị định 30/2020/NĐ-CP và Nghị quyết 98/2023/QH15",
        "Quyết định 123456789/QĐ-UBND",
        "thủ tục 1.001193 cần giấy tờ gì",
        "lương cơ sở 2.530.000 đồng, vốn 1.000.000.000 đồng",
        "vốn điều lệ 100000000000 đồng",
        "mua nhà 250000000 có phải nộp lệ phí",
        "phí 123456789 đồng",
        "sinh ngày 21/11/2026 hoặc 2026-11-21",
        "gọi tổng đài 1022, 113, 1900545415",
        "đường Nguyễn Huệ, phường Võ Thị Sáu",
        "ông Nguyễn Văn A kiện bà Trần Thị B",
        "mã hồ sơ H29.12.3-240101-0001",
        "từ 2020-2025 có 12 đợt",
    ],
)
def test_numbers_that_the_question_is_about_stay(text: str) -> None:
    assert mask_personal_data(text).text == text


def test_two_numbers_side_by_side_are_both_masked() -> None:
    masked = mask_personal_data("cccd 079090012345 0901234567 012345678")
    assert not any(char.isdigit() for char in masked.text)
    assert masked.kinds == ("số định danh cá nhân", "số điện thoại", "số chứng minh nhân dân")


def test_decomposed_letters_do_not_hide_a_name() -> None:
    assert "[họ tên]" in mask_personal_data("Tôi là Lê Thị Hồng").text


@given(st.text())
def test_any_text_is_accepted_and_masking_twice_changes_nothing(text: str) -> None:
    once = mask_personal_data(text)
    assert mask_personal_data(once.text).text == once.text


@given(st.integers(min_value=0, max_value=999_999), st.integers(min_value=1, max_value=96))
def test_every_citizen_number_is_masked_wherever_it_stands(serial: int, province: int) -> None:
    number = f"{province:03}190{serial:06}"
    assert number not in mask_personal_data(f"Xin hỏi,{number},được không").text
    assert number not in mask_personal_data(f"Số:{number}.").text
