from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.keystrokes import decode_typing, telex, vni


@pytest.mark.parametrize(
    ("keys", "syllable"),
    [
        ("ddawng", "đăng"),
        ("kys", "ký"),
        ("nguwowif", "người"),
        ("nguoiwf", "người"),
        ("dduowcj", "được"),
        ("hongo", "hông"),
        ("quyeenf", "quyền"),
        ("uyr", "ủy"),
        ("gif", "gì"),
        ("hoaf", "hòa"),
        ("can", None),
        ("ddawngx1", None),
        ("matf", None),  # a syllable that ends in t has no such tone
        ("visa", None),
    ],
)
def test_telex_keys_make_a_syllable(keys: str, syllable: str | None) -> None:
    assert telex(keys) == syllable


@pytest.mark.parametrize(
    ("keys", "syllable"),
    [("d9ang8", "đăng"), ("ky1", "ký"), ("nguoi72", "người"), ("d9uoc75", "được"), ("ct07", None), ("q1", None)],
)
def test_vni_keys_make_a_syllable(keys: str, syllable: str | None) -> None:
    assert vni(keys) == syllable


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ddawng kys keets hoon", "đăng ký kết hôn"),
        ("Thur tucj lamf hooj chieesu maats bao laau", "Thủ tục làm hộ chiếu mất bao lâu"),
        ("THUR TUCJ DDAATS DDAI", "THỦ TỤC ĐẤT ĐAI"),
        ("toi muon ddangw kys khai sinh", "toi muon đăng ký khai sinh"),
        ("gia hanj visa cho nguwowif nuwowcs ngoaif", "gia hạn visa cho người nước ngoài"),
        ("d9ang8 ky1 tam5 tru1 o73 d9au6", "đăng ký tạm trú ở đâu"),
    ],
)
def test_a_message_typed_with_the_input_method_off_is_read(typed: str, meant: str) -> None:
    assert decode_typing(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "How soon can I see the new law for foreigners",
        "fax so box max tax six",
        "dang ky tam tru can giay to gi",
        "mau1 dieu5 khoan1",
        "mẫu ct07, form b1, tầng p2",
        "đăng ký kết hôn ở đâu, có cần box không",
        "gửi về dieus.luatj@thu.vn hoặc ddawng.kys.vn",
        "",
    ],
)
def test_other_text_is_not_taken_for_raw_typing(text: str) -> None:
    assert decode_typing(text) == text


@given(st.text(alphabet="adeowuisfrxjhngckt 12697,.A"))
def test_decoding_keeps_words_in_their_places(text: str) -> None:
    assert len(decode_typing(text).split()) == len(text.split())
