"""Counting time limits in days, working days and months.

The rule (Bộ luật Dân sự 91/2015/QH13, Điều 147 and 148): the day on which something happens is not counted, the first
day is the one after it; a month ends on the day of the same number, or on the last day of a shorter month; an end on a
weekend or holiday moves to the next working day. A special law may count otherwise.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection
from datetime import date, timedelta

from assistant.errors import BadInput

SATURDAY = 5
FAR = 100_000  # days; a limit beyond it is a typing error


def is_working_day(day: date, holidays: Collection[date], make_up_days: Collection[date] = ()) -> bool:
    """Monday to Friday but holidays, and the rest days on which offices work instead (ngày làm bù)."""
    return day not in holidays and (day.weekday() < SATURDAY or day in make_up_days)


def next_working_day(day: date, holidays: Collection[date], make_up_days: Collection[date] = ()) -> date:
    """The day itself where it is a working day, else the first one after it (Điều 148 khoản 5)."""
    while not is_working_day(day, holidays, make_up_days):
        day += timedelta(days=1)
    return day


def add_working_days(start: date, days: int, holidays: Collection[date], make_up_days: Collection[date] = ()) -> date:
    """The last of so many working days, ``start`` not counted: Friday and 1 is Monday. Negative days count back."""
    _within_reason(days)
    step = timedelta(days=1 if days >= 0 else -1)
    day = start
    left = abs(days)
    while left:
        day += step
        left -= is_working_day(day, holidays, make_up_days)
    return day


def add_days(start: date, days: int) -> date:
    """The last of so many calendar days, ``start`` not counted. It may be a rest day: see ``next_working_day``."""
    _within_reason(days)
    return start + timedelta(days=days)


def add_months(start: date, months: int) -> date:
    """The day of the same number so many months later, or the last of that month: 31/01 and 1 is 28/02."""
    _within_reason(months)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))


def working_days_between(
    start: date, end: date, holidays: Collection[date], make_up_days: Collection[date] = ()
) -> int:
    """Working days after ``start`` up to and with ``end``; negative where ``end`` lies before ``start``.

    ``add_working_days(start, n, …)`` and this undo each other.
    """
    if end < start:
        return -sum(
            is_working_day(start - timedelta(days=i), holidays, make_up_days) for i in range(1, (start - end).days + 1)
        )
    return sum(
        is_working_day(start + timedelta(days=i), holidays, make_up_days) for i in range(1, (end - start).days + 1)
    )


def _within_reason(count: int) -> None:
    if abs(count) > FAR:
        raise BadInput(
            f"Thời hạn {count:,} quá dài, không tính được. Cần một số ngày hoặc số tháng không quá {FAR:,}; "
            "hãy kiểm tra lại số."
        )
