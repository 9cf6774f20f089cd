from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import BadInput
from assistant.language.workdays import (
    add_days,
    add_months,
    add_working_days,
    is_working_day,
    next_working_day,
    working_days_between,
)

CULTURE_DAY = date(2026, 11, 24)  # a Tuesday
MAKE_UP = date(2026, 11, 28)  # a Saturday
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31))


@pytest.mark.parametrize(
    ("start", "days", "holidays", "make_up", "last"),
    [
        (date(2026, 11, 20), 1, (), (), date(2026, 11, 23)),  # Friday to Monday
        (date(2026, 11, 20), 2, (CULTURE_DAY,), (), date(2026, 11, 25)),
        (date(2026, 11, 20), 5, (CULTURE_DAY,), (MAKE_UP,), date(2026, 11, 28)),
        (date(2026, 11, 21), 1, (), (), date(2026, 11, 23)),  # filed on a Saturday
        (date(2026, 11, 20), 0, (), (), date(2026, 11, 20)),
        (date(2026, 11, 23), -1, (), (), date(2026, 11, 20)),
        (date(2026, 12, 31), 1, (date(2027, 1, 1),), (), date(2027, 1, 4)),
    ],
)
def test_working_days_are_counted_from_the_next_day(
    start: date, days: int, holidays: tuple[date, ...], make_up: tuple[date, ...], last: date
) -> None:
    assert add_working_days(start, days, holidays, make_up) == last


@given(DAYS, st.integers(1, 60), st.sets(DAYS, max_size=20), st.sets(DAYS, max_size=5))
def test_counting_forth_and_measuring_agree(start: date, days: int, holidays: set[date], make_up: set[date]) -> None:
    last = add_working_days(start, days, holidays, make_up)
    assert is_working_day(last, holidays, make_up)
    assert working_days_between(start, last, holidays, make_up) == days


@given(DAYS, DAYS, st.sets(DAYS, max_size=20))
def test_days_that_are_measured_never_exceed_the_calendar(start: date, end: date, holidays: set[date]) -> None:
    assert abs(working_days_between(start, end, holidays)) <= abs((end - start).days)
    assert next_working_day(start, holidays) >= start


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
    ],
)
def test_a_month_ends_on_the_same_number_or_the_last_day(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end


@given(DAYS, st.integers(0, 400))
def test_calendar_days_leave_out_the_first(start: date, days: int) -> None:
    assert add_days(start, days) - start == timedelta(days=days)


def test_an_absurd_time_limit_is_refused_in_words() -> None:
    with pytest.raises(BadInput, match="quá dài"):
        add_working_days(date(2026, 1, 1), 10**9, ())
