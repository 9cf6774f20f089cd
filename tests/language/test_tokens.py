from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.language.tokens import folded, sentences, syllables, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đăng ký kết hôn", ["đăng_ký", "kết_hôn"]),
        ("Ủy ban nhân dân phường", ["ủy_ban_nhân_dân", "phường"]),
        ("công chức, viên chức", ["công_chức", "viên_chức"]),
        ("mẫu CT07, lệ phí 8.000 đồng", ["mẫu", "ct07", "lệ_phí", "8.000", "đồng"]),
        ("Nghị định 12/2024/NĐ-CP", ["nghị_định", "12/2024", "nđ", "cp"]),
        ("", []),
        ("?!… —", []),
    ],
)
def test_words_are_joined_and_punctuation_dropped(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoà giải viên lao động", "hòa giải viên LAO ĐỘNG"),
        ("UỶ BAN NHÂN DÂN", "ủy ban nhân dân"),
        (unicodedata.normalize("NFD", "thuỷ lợi"), "thủy lợi"),
        ("quyền\u00a0sử\u00ad dụng đất", "quyền sử dụng đất"),
    ],
)
def test_a_question_and_a_law_give_the_same_words(one: str, other: str) -> None:
    assert words(one) == words(other)


def test_words_found_in_a_sentence_are_those_found_alone() -> None:
    found = words("Trường hợp người lao động và người sử dụng lao động chấm dứt hợp đồng lao động")
    assert {"lao_động", "chấm_dứt", "hợp_đồng"} <= set(found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("khoản 2Điều 5", ["khoản", "2", "điều", "5"]),
        ("Điều 32a, điểm đ", ["điều", "32a", "điểm", "đ"]),
        ("2.530.000 đồng, 05/03/2026", ["2.530.000", "đồng", "05/03/2026"]),
        ("mã 1.001193 (a_b)", ["mã", "1.001193", "a", "b"]),
        ("59/2020/QH14", ["59/2020", "qh14"]),
    ],
)
def test_syllables_keep_numbers_and_codes_whole(text: str, expected: list[str]) -> None:
    assert syllables(text) == expected


def test_folded_syllables_have_no_accents() -> None:
    assert folded("Hộ chiếu phổ thông, Đắk Lắk") == ["ho", "chieu", "pho", "thong", "dak", "lak"]


@given(st.text())
@settings(max_examples=200)
def test_every_form_comes_from_the_same_syllables(text: str) -> None:
    found = syllables(text)
    assert [part for word in words(text) for part in word.split("_")] == found
    assert len(folded(text)) == len(found)


@pytest.mark.parametrize("unit", ["a", "ă", "1", ".", "a.", "1.", '"', "A@", "!)", "\n", "a. ", "Điều 5. "])
def test_a_megabyte_of_one_thing_neither_hangs_nor_makes_a_giant_token(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    assert all(len(word) <= 200 for word in words(text))
    assert sentences(text) is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ở TP. Hồ Chí Minh có gì? Tôi hỏi.", ["Ở TP. Hồ Chí Minh có gì?", "Tôi hỏi."]),
        ("TP.HCM có nhiều phường. Mỗi phường có một Ủy ban.", ["TP.HCM có nhiều phường.", "Mỗi phường có một Ủy ban."]),
        ("Điều 5. Phạm vi. Luật này quy định.", ["Điều 5. Phạm vi.", "Luật này quy định."]),
        ("Áp dụng theo Điều 5. Trường hợp khác thì thôi.", ["Áp dụng theo Điều 5.", "Trường hợp khác thì thôi."]),
        ("Căn cứ Nghị định số 12/2024/NĐ-CP. Nghị định này.", ["Căn cứ Nghị định số 12/2024/NĐ-CP.", "Nghị định này."]),
        ("Mức 2.530.000 đồng. Hệ số 1,5.", ["Mức 2.530.000 đồng.", "Hệ số 1,5."]),
        ("Giấy tờ v.v. và thứ khác. Xong.", ["Giấy tờ v.v. và thứ khác.", "Xong."]),
        ("1. Luật này quy định. 2. Người nộp ký.", ["1. Luật này quy định.", "2. Người nộp ký."]),
        ("ông Nguyễn Văn A. Ông ấy ở Q. 7, P. Tân Hưng.", ["ông Nguyễn Văn A.", "Ông ấy ở Q. 7, P. Tân Hưng."]),
        ("ThS. Nguyễn A. trình bày", ["ThS. Nguyễn A. trình bày"]),
        ("làm sao. cần gì? mất bao lâu!!! ok…", ["làm sao.", "cần gì?", "mất bao lâu!!!", "ok…"]),
        ("Anh nói: “Tôi đồng ý.” Chị thì không.", ["Anh nói: “Tôi đồng ý.”", "Chị thì không."]),
        ("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        ("Chờ... rồi sao... Xong", ["Chờ... rồi sao...", "Xong"]),
        ("  ", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text())
def test_splitting_into_sentences_loses_no_visible_character(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


def test_the_heavy_library_is_not_imported_before_it_is_needed() -> None:
    script = "import sys, assistant.language.tokens; print([m for m in sys.modules if m.startswith('underthesea')])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
