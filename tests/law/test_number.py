"""Số ký hiệu: every way of writing a number is read, and one number has one normalised form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.law.number import find_numbers, normalise_number, parse_number

# (as written, normalised, tên loại, cơ quan)
READ = [
    ("31/2024/QH15", "31/2024/QH15", None, "Quốc hội"),
    ("190/2025/NQ-QH15", "190/2025/QH15", "Nghị quyết", "Quốc hội"),
    ("44/2002/PL-UBTVQH10", "44/2002/PL-UBTVQH10", "Pháp lệnh", "Ủy ban Thường vụ Quốc hội"),
    ("04/2008/UBTVQH12", "04/2008/UBTVQH12", None, "Ủy ban Thường vụ Quốc hội"),
    ("1023/NQ-UBTVQH13", "1023/NQ-UBTVQH13", "Nghị quyết", "Ủy ban Thường vụ Quốc hội"),
    ("123/2015/NĐ-CP", "123/2015/NĐ-CP", "Nghị định", "Chính phủ"),
    ("123/2015/nd-cp", "123/2015/NĐ-CP", "Nghị định", "Chính phủ"),
    ("123/2015/NÐ-CP", "123/2015/NĐ-CP", "Nghị định", "Chính phủ"),
    ("123/2015/NĐ_CP", "123/2015/NĐ-CP", "Nghị định", "Chính phủ"),
    ("118/2025/NĐ", "118/2025/NĐ-CP", "Nghị định", "Chính phủ"),
    ("66.7/2025/NQ-CP", "66.7/2025/NQ-CP", "Nghị quyết", "Chính phủ"),
    ("88/CP", "88/CP", None, "Chính phủ"),
    ("29/2026/QĐ-TTG", "29/2026/QĐ-TTg", "Quyết định", "Thủ tướng Chính phủ"),
    ("66/2023/TT- BCA", "66/2023/TT-BCA", "Thông tư", "Bộ Công an"),
    ("Số: 043/2025/QĐ- UBND", "43/2025/QĐ-UBND", "Quyết định", "Ủy ban nhân dân"),
    ("7/2020/TT-BNV", "07/2020/TT-BNV", "Thông tư", "Bộ Nội vụ"),
    ("05/2016/TTLT/BTP-BCA", "05/2016/TTLT-BTP-BCA", "Thông tư liên tịch", None),
    ("01/2016/NQ.HĐTP", "01/2016/NQ-HĐTP", "Nghị quyết", "Hội đồng Thẩm phán Tòa án nhân dân tối cao"),
    ("1523/QĐ-BCA-C06", "1523/QĐ-BCA-C06", "Quyết định", None),
    ("54/VBHN-VPQH", "54/VBHN-VPQH", "Văn bản hợp nhất", "Văn phòng Quốc hội"),
    ("21-LCT/HDNN8", "21-LCT/HĐNN8", None, None),
    ("107-KL/TW", "107-KL/TW", "Kết luận", "Đảng Cộng sản Việt Nam"),
    ("11-QĐi/TW", "11-QĐi/TW", "Quy định", "Đảng Cộng sản Việt Nam"),
]


@pytest.mark.parametrize(("written", "normalised", "doc_type", "issuer"), READ)
def test_a_number_is_read_in_every_way_of_writing(written, normalised, doc_type, issuer):
    number = parse_number(written)
    assert number is not None
    assert (number.normalised, number.doc_type, number.issuer) == (normalised, doc_type, issuer)


@pytest.mark.parametrize("text", ["Không số", "12/2024", "01/7/2025", "kế hoạch 5", "", "tỷ lệ 3/4", "B01/BCTC"])
def test_what_is_no_number_is_not_read_as_one(text):
    assert parse_number(text) is None


def test_the_printed_form_is_kept_beside_the_normalised_one():
    number = parse_number("043/2025/QĐ- UBND")
    assert number is not None
    assert number.printed == "043/2025/QĐ-UBND"
    assert number.normalised == "43/2025/QĐ-UBND"


@pytest.mark.parametrize(
    ("written", "normative"),
    [
        ("39/2018/QĐ-TTg", True),
        ("1058/QĐ-TTg", False),
        ("411/NQ-HĐND", False),
        ("12/2024/NQ-HĐND", True),
        ("78/2025/NĐ-CP", True),
        ("54/VBHN-VPQH", False),
        ("107-KL/TW", False),
    ],
)
def test_the_year_between_slashes_tells_normative_from_individual(written, normative):
    number = parse_number(written)
    assert number is not None
    assert number.is_normative is normative
    assert 0.8 <= number.normative_confidence <= 1.0


def test_numbers_are_found_with_their_places():
    text = "theo Nghị định số 12/2020/NĐ-CPngày 05/02/2020 và Thông tư 03/2021/TT-BTP. Điều 4"
    found = find_numbers(text)
    assert [text[start:end] for start, end, _ in found] == ["12/2020/NĐ-CP", "03/2021/TT-BTP"]


def test_places_count_in_the_text_as_given_even_if_it_is_not_in_nfc():
    text = "Nghi\u0323 đi\u0323nh số\xad 12/2020/NĐ-CP"
    start, end, _ = find_numbers(text)[0]
    assert text[start:end] == "12/2020/NĐ-CP"


def test_a_text_that_is_no_number_comes_back_cleaned():
    assert normalise_number(" Không  số ") == "Không số"
    assert normalise_number("12 - ABC / XY") == "12-ABC/XY"


@given(st.integers(1, 9999), st.integers(1990, 2030), st.sampled_from(["NĐ-CP", "TT-BTP", "QĐ-TTg", "QH15", "QĐ-UBND"]))
def test_normalising_twice_changes_nothing(serial, year, tail):
    once = normalise_number(f"{serial}/{year}/{tail}")
    assert normalise_number(once) == once
    assert normalise_number(f"0{serial}/{year}/{tail.lower()}") == once


@given(st.text(alphabet="0123456789/.-_ NĐCPnđcpTQHbx", max_size=80))
def test_no_text_breaks_the_reader(text):
    for start, end, number in find_numbers(text):
        assert 0 <= start < end <= len(text)
        assert normalise_number(number.normalised) == number.normalised
