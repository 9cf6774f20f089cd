"""Letters in the wrong order are put right only where there is no doubt."""

from __future__ import annotations

import pytest

from assistant.language.typos import untangled


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("khai sihn cho con", "khai sinh cho con"),
        ("Giyấ khai sinh", "Giấy khai sinh"),
        ("chưng htực giấy tờ", "chưng thực giấy tờ"),
    ],
)
def test_two_letters_that_changed_places_are_put_back(typed: str, meant: str) -> None:
    assert untangled(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "đăng ký kết hôn cần gì",
        "dk tam tru can j z",
        "ddawng kys keets hoon",  # raw Telex has its own reader
        "vbqppl của ubnd về tthc",
        "khai báo vneid online qua facebook, homestay",
        "http://dichvucong.gov.vn",
    ],
)
def test_what_is_no_such_slip_stays_as_typed(typed: str) -> None:
    assert untangled(typed) == typed
