"""The tables that ship: holidays, places, bodies, transitional rules, as values."""

from __future__ import annotations

import importlib
import sys
from datetime import date
from pathlib import Path

import pytest

from assistant.ingest.corpus import load_bodies, load_holidays, load_places, load_transitions
from assistant.law.calendar import Holidays
from assistant.law.places import Bodies, Places

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="module")
def holidays() -> Holidays:
    return load_holidays(CORPUS)


@pytest.fixture(scope="module")
def places() -> Places:
    return load_places(CORPUS)


@pytest.fixture(scope="module")
def bodies() -> Bodies:
    return load_bodies(CORPUS)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2025, 4, 26), True),  # a Saturday on which offices made up for 2 May
        (date(2025, 5, 2), False),
        (date(2025, 9, 1), False),
        (date(2026, 1, 2), False),
        (date(2026, 1, 10), True),
        (date(2026, 2, 20), False),  # mùng 4 Tết
        (date(2026, 2, 23), True),
        (date(2026, 4, 27), False),  # Giỗ Tổ fell on a Sunday
        (date(2026, 11, 24), False),  # Ngày Văn hóa Việt Nam, from 2026
        (date(2025, 11, 24), True),
        (date(2026, 11, 22), False),  # a Sunday
    ],
)
def test_working_days_follow_holidays_swaps_and_compensation(holidays: Holidays, day: date, working: bool) -> None:
    assert holidays.is_working(day) is working


def test_what_is_not_decided_yet_is_said(holidays: Holidays) -> None:
    assert holidays.complete_years == (2025, 2026)
    assert any("Tết Âm lịch năm 2027" in note for note in holidays.doubts(date(2027, 2, 1), date(2027, 2, 5)))
    assert holidays.doubts(date(2026, 11, 1), date(2026, 12, 31)) == ()
    assert holidays.doubts(date(2029, 1, 1), date(2029, 1, 2)) == ("chưa có lịch nghỉ lễ, tết năm 2029",)


def test_the_next_working_day_skips_weekend_and_holiday(holidays: Holidays) -> None:
    assert holidays.next_working(date(2026, 4, 25)) == date(2026, 4, 28)


@pytest.mark.parametrize(
    ("lunar", "day"),
    [
        ((2025, 1, 1), date(2025, 1, 29)),
        ((2026, 1, 1), date(2026, 2, 17)),
        ((2027, 1, 1), date(2027, 2, 6)),
        ((2023, 3, 10), date(2023, 4, 29)),  # a year with a leap second month
        ((2024, 3, 10), date(2024, 4, 18)),
        ((2025, 8, 15), date(2025, 10, 6)),  # a year with a leap sixth month
        ((2030, 1, 1), date(2030, 2, 2)),  # a day before the Chinese date: the meridian differs
    ],
)
def test_lunar_dates_are_those_of_the_vietnamese_calendar(lunar: tuple[int, int, int], day: date) -> None:
    sys.path.insert(0, str(CORPUS))
    try:
        assert importlib.import_module("lunar").lunar_to_date(*lunar) == day
    finally:
        sys.path.pop(0)


def test_the_city_has_168_units_of_three_kinds(places: Places) -> None:
    kinds = [unit.kind for unit in places.units]
    assert (kinds.count("Phường"), kinds.count("Xã"), kinds.count("Đặc khu")) == (113, 54, 1)


@pytest.mark.parametrize(
    ("ward", "district", "now"),
    [
        ("Phường Bến Nghé", "Quận 1", {"Phường Sài Gòn"}),
        ("P.5", "Q.3", {"Phường Bàn Cờ"}),
        ("phuong 5", "quan 3", {"Phường Bàn Cờ"}),
        ("Phường Đa Kao", "Quận 1", {"Phường Sài Gòn", "Phường Tân Định"}),  # divided
        ("Phường 13", "Quận 3", {"Phường Nhiêu Lộc"}),  # merged into Phường 12 before
        ("Phường Không Có", "Quận 1", set()),
    ],
)
def test_an_old_ward_leads_to_the_units_of_today(places: Places, ward: str, district: str, now: set[str]) -> None:
    assert {unit.name for unit in places.successors(ward, district)} == now


def test_an_old_district_leads_to_all_its_units(places: Places) -> None:
    names = {unit.name for unit in places.of_district("Quận 7")}
    assert names == {"Phường Tân Hưng", "Phường Tân Thuận", "Phường Phú Thuận", "Phường Tân Mỹ"}
    assert [unit.name for unit in places.of_district("huyện Côn Đảo")] == ["Đặc khu Côn Đảo"]


def test_a_unit_of_today_is_found_with_or_without_its_kind(places: Places) -> None:
    unit = places.named("tân hưng")
    assert unit is not None and unit.name == "Phường Tân Hưng"
    assert places.named("Quận 7") is None


def test_a_merged_department_is_known_from_its_day_and_in_its_territory(bodies: Bodies) -> None:
    ended = bodies.ended("Sở Kế hoạch và Đầu tư", date(2026, 1, 1), "79")
    assert ended is not None and ended.new == "Sở Tài chính" and ended.source
    assert bodies.ended("Sở Kế hoạch và Đầu tư", date(2025, 2, 1), "79") is None
    assert bodies.ended("Sở Kế hoạch và Đầu tư", date(2026, 1, 1), "01") is None
    assert bodies.ended("Sở Tài chính", date(2026, 1, 1), "79") is None


def test_the_district_level_ended_without_one_successor(bodies: Bodies) -> None:
    ended = bodies.ended("Ủy ban nhân dân quận", date(2025, 7, 1))
    assert ended is not None and ended.new == "" and "72/2025/QH15" in ended.source


def test_district_documents_may_be_used_until_march_2027() -> None:
    (transition,) = load_transitions(CORPUS)
    assert transition.until == date(2027, 3, 1) and "Ủy ban nhân dân quận" in transition.issuers
