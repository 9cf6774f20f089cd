"""Dates and lengths of time in Vietnamese text, with their offsets. ``money.py`` reads amounts, ``workdays.py`` counts.

Texts are accented and in NFC, as ``understand_typing`` makes them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import ceil

from assistant.language.money import Money, find_money
from assistant.language.workdays import (
    add_days,
    add_months,
    add_working_days,
    is_working_day,
    next_working_day,
    working_days_between,
)

__all__ = [
    "Duration", "FoundDate", "Money", "Unit", "add_days", "add_months", "add_working_days", "deadline", "find_dates",
    "find_durations", "find_money", "is_working_day", "next_working_day", "working_days_between",
]  # fmt: skip
_ANY_DAY = date(2000, 1, 1)


class Unit(StrEnum):
    """Đơn vị thời gian."""

    WORKING_DAY = "working_day"
    DAY = "day"
    WORKING_HOUR = "working_hour"
    HOUR = "hour"
    MINUTE = "minute"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class FoundDate:
    """Ngày, or a longer time: ``first`` and ``last`` are its days, equal for a single day."""

    start: int
    end: int
    text: str
    first: date
    last: date

    @property
    def value(self) -> date:
        return self.first

    @property
    def is_day(self) -> bool:
        return self.first == self.last


@dataclass(frozen=True, slots=True)
class Duration:
    """Khoảng thời gian. ``least`` differs from ``amount`` in a range: “3 - 5 ngày” is least 3, amount 5."""

    start: int
    end: int
    text: str
    amount: float
    unit: Unit
    least: float


Days = tuple[date, date]
_Reader = Callable[[re.Match[str], date], Days]


def _day(year: int, month: int, day: int) -> Days:
    found = date(year + 2000 if year < 100 else year, month, day)
    return found, found


def _month(year: int, month: int) -> Days:
    first = date(year, month, 1)
    return first, add_months(first, 1) - timedelta(days=1)


def _year(year: int) -> Days:
    return date(year, 1, 1), date(year, 12, 31)


def _week(day: date, weeks: int) -> Days:
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=weeks)
    return monday, monday + timedelta(days=6)


_SHIFT = {"này": 0, "nay": 0, "sau": 1, "tới": 1, "trước": -1, "ngoái": -1, "rồi": -1, "qua": -1, "vừa rồi": -1}
_SHIFT_WORD = "này|nay|sau|tới|trước|ngoái|vừa rồi|rồi|qua"
_NEAR_DAYS = {
    "hôm nay": 0, "bữa nay": 0, "ngày hôm nay": 0, "hôm qua": -1, "ngày hôm qua": -1, "hôm kia": -2,
    "ngày mai": 1, "ngày mốt": 2, "ngày kia": 2,
}  # fmt: skip
_WEEKDAYS = {
    "hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "2": 0, "3": 1, "4": 2, "5": 3, "6": 4, "7": 5,
}  # fmt: skip
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def _of_parts(found: re.Match[str], today: date) -> Days:
    year = int(found["y"]) if found["y"] else today.year
    return _day(year, int(found["m"]), int(found["d"]))


def _of_month(found: re.Match[str], _today: date) -> Days:
    return _month(int(found["y"]), int(found["m"]))


def _of_quarter(found: re.Match[str], _today: date) -> Days:
    first = date(int(found["y"]), 3 * _QUARTERS[found["q"].lower()] - 2, 1)
    return first, add_months(first, 3) - timedelta(days=1)


def _of_near_day(found: re.Match[str], today: date) -> Days:
    words = found["near"].lower()
    day = add_days(today, _NEAR_DAYS.get(words, 2 if words == "mốt" else 1))
    return day, day


def _of_period(found: re.Match[str], today: date) -> Days:
    shift = _SHIFT[found["shift"].lower()]
    unit = found["unit"].lower()
    if unit == "tuần":
        return _week(today, shift)
    if unit == "năm":
        return _year(today.year + shift)
    month = add_months(today.replace(day=1), shift)
    return _month(month.year, month.month)


def _of_weekday(found: re.Match[str], today: date) -> Days:
    weekday = _WEEKDAYS[found["wd"].lower()] if found["wd"] else 6
    shift = _SHIFT[found["shift"].lower()]
    if found["week"] or shift == 0:
        day = _week(today, shift)[0] + timedelta(days=weekday)
    elif shift > 0:  # “thứ Ba tới”: the first one after today
        day = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    else:
        day = today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
    return day, day


def _of_distance(found: re.Match[str], today: date) -> Days:
    count = int(found["n"]) * (1 if found["ahead"] else -1)
    unit = found["unit"].lower()
    if unit in ("ngày", "hôm", "bữa", "tuần"):
        day = add_days(today, count * (7 if unit == "tuần" else 1))
    else:
        day = add_months(today, count * (12 if unit == "năm" else 1))
    return day, day


_WEEKDAY = "|".join(_WEEKDAYS)
_COUNTED = r"(?P<n>\d{1,4})\s(?P<unit>ngày|hôm|bữa|tuần|tháng|năm)"
_TIME_BEFORE = "(?:" + "|".join(f"(?<={word} )" for word in ("hôm", "từ", "đến", "trước", "sau", "tới")) + ")"
_D, _M, _Y = r"(?P<d>\d{1,2})", r"(?P<m>\d{1,2})", r"(?P<y>\d{4})"
# “ba tháng rồi”, “5 năm trước” count; “tháng rồi”, “năm trước” name a time.
_NOT_COUNTED = r"(?<!\d )" + "".join(
    f"(?<!{word} )" for word in ("một", "hai", "ba", "bốn", "mấy", "vài", "các", "những")
)
# Longer forms first: what one has taken, the next leaves alone.
_DATES: tuple[tuple[re.Pattern[str], _Reader], ...] = tuple(
    (re.compile(rf"(?<![\w/.-])(?:{pattern})(?![\w/-]|\.\d)", re.IGNORECASE), reader)
    for pattern, reader in (
        (rf"(?:ngày\s{{1,3}}|mùng\s|mồng\s)?{_D}\s{{1,3}}tháng\s{{1,3}}{_M}\s{{1,3}}năm\s{{1,3}}{_Y}", _of_parts),
        (rf"(?:ngày\s|mùng\s|mồng\s)?{_D}\s?tháng\s?{_M}\s?[/,]\s?{_Y}", _of_parts),
        (r"(?:ngày\s{1,3})?(?P<d>\d{1,2})(?P<sep>[/.-])(?P<m>\d{1,2})(?P=sep)(?P<y>\d{4}|\d{2})", _of_parts),
        (rf"{_Y}-(?P<m>\d{{2}})-(?P<d>\d{{2}})", _of_parts),
        (r"(?:ngày|mùng|mồng)\s{1,3}(?P<d>\d{1,2})(?:\s{1,3}tháng\s{1,3}|/)(?P<m>\d{1,2})(?P<y>)", _of_parts),
        (rf"{_TIME_BEFORE}(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}})(?P<y>)", _of_parts),
        (rf"tháng\s{{1,3}}{_M}(?:\s{{1,3}}năm\s{{1,3}}|\s?/\s?|-){_Y}", _of_month),
        (rf"quý\s(?P<q>iv|i{{1,3}}|[1-4])(?:\snăm\s|\s?/\s?){_Y}", _of_quarter),
        (rf"năm\s{{1,3}}{_Y}", lambda found, _today: _year(int(found["y"]))),
        (rf"(?:thứ\s(?P<wd>{_WEEKDAY})|chủ nhật)(?P<week>\stuần)?\s(?P<shift>{_SHIFT_WORD})", _of_weekday),
        (rf"{_COUNTED}\s(?:(?P<ahead>nữa|tới)|trước)(?! khi| ngày| thời)", _of_distance),
        (rf"cách đây\s{_COUNTED}(?P<ahead>)", _of_distance),
        ("(?P<near>" + "|".join(sorted(_NEAR_DAYS, key=len, reverse=True)) + ")", _of_near_day),
        (r"(?:(?<=sáng )|(?<=trưa )|(?<=chiều )|(?<=tối )|(?<=đến )|(?<=từ ))(?P<near>mai|mốt)", _of_near_day),
        (rf"{_NOT_COUNTED}(?P<unit>tuần|tháng|năm)\s(?P<shift>{_SHIFT_WORD})", _of_period),
    )
)  # fmt: skip


def find_dates(text: str, today: date) -> list[FoundDate]:
    """The dates of a text in reading order; ``today`` gives meaning to “hôm qua” and supplies a year left out.

    What is no date of the calendar (31/02/2026) is left out.
    """
    taken = bytearray(len(text))
    dates = []
    for pattern, reader in _DATES:
        for found in pattern.finditer(text):
            start, end = found.span()
            if 1 in taken[start:end]:
                continue
            with suppress(ValueError, OverflowError):
                dates.append(FoundDate(start, end, found.group(), *reader(found, today)))
            taken[start:end] = b"\1" * (end - start)  # also of 32/01/2026, so that its month is not read alone
    return sorted(dates, key=lambda found: found.start)


_TIME_UNITS = {
    "ngày làm việc": Unit.WORKING_DAY, "ngày": Unit.DAY, "hôm": Unit.DAY, "giờ làm việc": Unit.WORKING_HOUR,
    "giờ": Unit.HOUR, "tiếng": Unit.HOUR, "phút": Unit.MINUTE, "tuần": Unit.WEEK, "tháng": Unit.MONTH, "năm": Unit.YEAR,
}  # fmt: skip
_COUNT = r"\d{1,5}(?:[.,]\d{1,2})?|1/2|nửa|rưỡi|một|hai|ba|bốn|sáu|bảy|tám|chín|mười"
_COUNT_WORDS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_DURATION = re.compile(
    rf"(?<![\w/.,-])(?:(?P<least>\d{{1,5}})\s?(?:-|–|đến)\s?)?(?P<count>{_COUNT})(?:\s?\([^()\n]{{1,30}}\))?\s?"
    r"(?P<unit>ngày làm việc|ngày|giờ làm việc|giờ|tiếng|phút|tuần|tháng|năm)(?P<half>\srưỡi)?(?!\w| tuổi)",
    re.IGNORECASE,
)
# A time of day or of the calendar, not a length: "lúc 8 giờ", "15 giờ 30", "5 tháng 3", "Điều 5 năm".
_CLOCK_BEFORE = re.compile(r"(?:lúc|vào|trước|sau|từ|đến)\s$", re.IGNORECASE)
_CLOCK_AFTER = re.compile(r"\s?(?:\d|sáng|trưa|chiều|tối|kém)", re.IGNORECASE)


def find_durations(text: str) -> list[Duration]:
    """Lengths of time: “30 ngày làm việc”, “10 (mười) ngày”, “03 tháng”, “24 giờ”, “3 - 5 ngày”. Dates are not."""
    dated = bytearray(len(text))
    for found in find_dates(text, _ANY_DAY):
        if not _counts_days(found.text):
            dated[found.start : found.end] = b"\1" * (found.end - found.start)
    durations = []
    for m in _DURATION.finditer(text):
        unit = _TIME_UNITS[m["unit"].lower()]
        clock = _CLOCK_BEFORE.search(text, max(0, m.start() - 8), m.start()) or _CLOCK_AFTER.match(text, m.end())
        if 1 in dated[m.start() : m.end()] or (unit is Unit.HOUR and clock):
            continue
        amount = _count(m["count"]) + (0.5 if m["half"] else 0)
        least = float(m["least"]) if m["least"] else amount
        durations.append(Duration(m.start(), m.end(), m.group(), amount, unit, least))
    return durations


def _counts_days(text: str) -> bool:
    """“3 ngày nữa” is a day and a length of time."""
    return text[0].isdigit() and text.endswith(("nữa", "tới", "trước"))


def _count(words: str) -> float:
    words = words.lower()
    if words in ("nửa", "rưỡi", "1/2"):
        return 0.5
    return float(_COUNT_WORDS.get(words) or words.replace(",", "."))


_DAYS_IN = {Unit.DAY: 1.0, Unit.WEEK: 7.0, Unit.HOUR: 1 / 24, Unit.MINUTE: 1 / 1440}


def deadline(start: date, duration: Duration, holidays: Collection[date], make_up_days: Collection[date] = ()) -> date:
    """The last day of a time limit set off by what happens on ``start``; ``workdays`` states the rule.

    Half days and hours count as the days they reach into.
    """
    if duration.unit is Unit.WORKING_DAY:
        return add_working_days(start, ceil(duration.amount), holidays, make_up_days)
    if duration.unit is Unit.WORKING_HOUR:
        return add_working_days(start, ceil(duration.amount / 8), holidays, make_up_days)
    if duration.unit in (Unit.MONTH, Unit.YEAR):
        end = add_months(start, round(duration.amount * (12 if duration.unit is Unit.YEAR else 1)))
    else:
        end = add_days(start, ceil(duration.amount * _DAYS_IN[duration.unit]))
    return next_working_day(end, holidays, make_up_days)
