from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.dates import Unit, deadline, find_dates, find_durations
from assistant.language.money import find_money

TODAY = date(2026, 11, 21)  # a Saturday


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ngày 5 tháng 3 năm 2026", [("ngày 5 tháng 3 năm 2026", "2026-03-05", "2026-03-05")]),
        ("ký ngày 05/03/2026.", [("ngày 05/03/2026", "2026-03-05", "2026-03-05")]),
        ("5-3-26 và 5.3.2026", [("5-3-26", "2026-03-05", "2026-03-05"), ("5.3.2026", "2026-03-05", "2026-03-05")]),
        ("2026-03-05", [("2026-03-05", "2026-03-05", "2026-03-05")]),
        ("tháng 3/2026", [("tháng 3/2026", "2026-03-01", "2026-03-31")]),
        ("tháng 2 năm 2028", [("tháng 2 năm 2028", "2028-02-01", "2028-02-29")]),
        ("quý IV/2026", [("quý IV/2026", "2026-10-01", "2026-12-31")]),
        ("năm 2026", [("năm 2026", "2026-01-01", "2026-12-31")]),
        ("ngày 24/11", [("ngày 24/11", "2026-11-24", "2026-11-24")]),
        ("trước 30/6", [("30/6", "2026-06-30", "2026-06-30")]),
        ("hôm nay", [("hôm nay", "2026-11-21", "2026-11-21")]),
        ("Hôm qua tôi nộp", [("Hôm qua", "2026-11-20", "2026-11-20")]),
        ("sáng mai", [("mai", "2026-11-22", "2026-11-22")]),
        ("ngày mốt", [("ngày mốt", "2026-11-23", "2026-11-23")]),
        ("tuần sau", [("tuần sau", "2026-11-23", "2026-11-29")]),
        ("tháng trước", [("tháng trước", "2026-10-01", "2026-10-31")]),
        ("năm ngoái", [("năm ngoái", "2025-01-01", "2025-12-31")]),
        ("Thứ Ba tới", [("Thứ Ba tới", "2026-11-24", "2026-11-24")]),
        ("thứ bảy tới", [("thứ bảy tới", "2026-11-28", "2026-11-28")]),
        ("thứ Hai tuần sau", [("thứ Hai tuần sau", "2026-11-23", "2026-11-23")]),
        ("chủ nhật này", [("chủ nhật này", "2026-11-22", "2026-11-22")]),
        ("thứ sáu vừa rồi", [("thứ sáu vừa rồi", "2026-11-20", "2026-11-20")]),
        ("thứ bảy trước", [("thứ bảy trước", "2026-11-14", "2026-11-14")]),
        ("3 ngày nữa", [("3 ngày nữa", "2026-11-24", "2026-11-24")]),
        ("cách đây 2 tuần", [("cách đây 2 tuần", "2026-11-07", "2026-11-07")]),
    ],
)
def test_a_date_is_read_with_its_first_and_last_day(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(d.text, str(d.first), str(d.last)) for d in find_dates(text, TODAY)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2026",
        "ngày 32 tháng 1 năm 2026",
        "số 12/2024/NĐ-CP",
        "Nghị định 30/2020",
        "con thứ ba",
        "hoa mai",
        "1/2 ngày",
        "ba tháng rồi, 3 tháng rồi",
        "mã 1.001193, hồ sơ H29.15-251103-0021",
        "5 ngày trước khi nghỉ",
        "",
    ],
)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert find_dates(text, TODAY) == []


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)), st.text(alphabet="abc đ,. ", max_size=10))
def test_every_day_is_read_back_from_its_written_forms(day: date, around: str) -> None:
    for form in (f"ngày {day.day:02d}/{day.month:02d}/{day.year}", f"ngày {day.day} tháng {day.month} năm {day.year}"):
        text = f"{around} {form} {around}"
        found = find_dates(text, TODAY)
        assert [(d.value, d.is_day, text[d.start : d.end]) for d in found] == [(day, True, form)]


@given(st.text(alphabet=st.sampled_from("0123456789/-. ngàythánămhứtư bacđồruệiwk()\n")))
def test_offsets_always_cut_out_the_text_found(text: str) -> None:
    for found in (*find_dates(text, TODAY), *find_money(text), *find_durations(text)):
        assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30 ngày làm việc", [(30, 30, Unit.WORKING_DAY)]),
        ("10 (mười) ngày", [(10, 10, Unit.DAY)]),
        ("03 tháng hoặc 1 năm", [(3, 3, Unit.MONTH), (1, 1, Unit.YEAR)]),
        ("24 giờ", [(24, 24, Unit.HOUR)]),
        ("08 giờ làm việc", [(8, 8, Unit.WORKING_HOUR)]),
        ("3 - 5 ngày", [(3, 5, Unit.DAY)]),
        ("từ 3 đến 5 ngày làm việc", [(3, 5, Unit.WORKING_DAY)]),
        ("1/2 ngày, 0,5 ngày, nửa tháng", [(0.5, 0.5, Unit.DAY), (0.5, 0.5, Unit.DAY), (0.5, 0.5, Unit.MONTH)]),
        ("một năm rưỡi", [(1.5, 1.5, Unit.YEAR)]),
        ("15 ngày kể từ ngày 01/03/2026", [(15, 15, Unit.DAY)]),
        ("nộp hôm 05/03/2026, 5 ngày làm việc thì xong ngày nào", [(5, 5, Unit.WORKING_DAY)]),
        ("ngày 5 tháng 3 năm 2026", []),
        ("lúc 8 giờ 30, trước 15 giờ", []),
        ("dưới 36 tháng tuổi, 5 tuổi", []),
        ("năm 2026", []),
        ("khoản 5 Điều 3", []),
    ],
)
def test_lengths_of_time_are_told_from_dates_and_hours(text: str, expected: list[tuple[float, float, Unit]]) -> None:
    assert [(d.least, d.amount, d.unit) for d in find_durations(text)] == expected


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("2.530.000 đồng/tháng", 2_530_000),
        ("50k", 50_000),
        ("2 triệu rưỡi", 2_500_000),
        ("150.000đ", 150_000),
        ("150,000 VNĐ", 150_000),
        ("1 tỷ 2", 1_200_000_000),
        ("2tr5", 2_500_000),
        ("2 triệu 500", 2_500_000),
        ("1,5 triệu đồng", 1_500_000),
        ("1.500 tỷ đồng", 1_500_000_000_000),
        ("500 nghìn đồng/lần", 500_000),
        ("5 củ", 5_000_000),
        ("100 đồng", 100),
    ],
)
def test_an_amount_of_money_is_read_in_dong(text: str, amount: int) -> None:
    assert [found.amount for found in find_money(text)] == [amount]


@pytest.mark.parametrize("text", ["khoản 5 đ", "điểm đ", "20%", "2.530.000", "số 12/2024", "5 trang", "3 kg", "0 đồng"])
def test_other_numbers_are_not_money(text: str) -> None:
    assert find_money(text) == []


def test_money_before_a_length_of_time_does_not_eat_its_number() -> None:
    text = "mất 3 triệu 2 ngày"
    assert [found.amount for found in find_money(text)] == [3_000_000]
    assert [found.amount for found in find_durations(text)] == [2]


@pytest.mark.parametrize(
    ("limit", "last"),
    [
        ("5 ngày làm việc", "2026-03-12"),
        ("5 ngày", "2026-03-10"),
        ("3 ngày", "2026-03-09"),  # Sunday 8 moves to Monday 9
        ("1 tháng", "2026-04-06"),  # Sunday 5 moves to Monday 6
        ("1 năm", "2027-03-05"),
        ("24 giờ", "2026-03-06"),
        ("1/2 ngày làm việc", "2026-03-06"),
        ("4 giờ làm việc", "2026-03-06"),
        ("2 tuần", "2026-03-19"),
    ],
)
def test_a_time_limit_begins_the_day_after_and_ends_on_a_working_day(limit: str, last: str) -> None:
    (duration,) = find_durations(limit)
    assert str(deadline(date(2026, 3, 5), duration, holidays=frozenset())) == last  # 5 March 2026 is a Thursday
