"""Dates of the Vietnamese lunar calendar, by Hồ Ngọc Đức's method: new moons and the sun's longitude at UTC+7.

Build-time only: the product reads the dates from holidays.yaml.
"""

from __future__ import annotations

from datetime import date, timedelta
from math import floor, pi, sin

_UTC_OFFSET = 7  # hours; the calendar of Vietnam since 1968
_EPOCH = date(2000, 1, 1)
_EPOCH_JULIAN = 2451545  # Julian day number of that date


def lunar_to_date(year: int, month: int, day: int) -> date:
    """The day of a lunar date in an ordinary (not a leap) month: ``lunar_to_date(2026, 1, 1)`` is Tết 2026."""
    eleventh = _month_eleven(year - 1 if month < 11 else year)
    following = _month_eleven(year if month < 11 else year + 1)
    k = floor(0.5 + (eleventh - 2415021.076998695) / 29.530588853)
    offset = (month - 11) % 12
    if following - eleventh > 365:  # a leap month lies between: months after it are one later
        leap = _leap_offset(eleventh)
        if offset >= leap:
            offset += 1
    return _EPOCH + timedelta(days=_new_moon(k + offset) + day - 1 - _EPOCH_JULIAN)


def _new_moon(k: int) -> int:
    """Julian day number of the k-th new moon after 1900-01-01, local time."""
    t = k / 1236.85
    radian = pi / 180
    mean = 2415020.75933 + 29.53058868 * k + 0.0001178 * t * t - 0.000000155 * t**3
    mean += 0.00033 * sin((166.56 + 132.87 * t - 0.009173 * t * t) * radian)
    sun = (359.2242 + 29.10535608 * k - 0.0000333 * t * t - 0.00000347 * t**3) * radian
    moon = (306.0253 + 385.81691806 * k + 0.0107306 * t * t + 0.00001236 * t**3) * radian
    node = (21.2964 + 390.67050646 * k - 0.0016528 * t * t - 0.00000239 * t**3) * radian
    change = (0.1734 - 0.000393 * t) * sin(sun) + 0.0021 * sin(2 * sun) - 0.4068 * sin(moon) + 0.0161 * sin(2 * moon)
    change += -0.0004 * sin(3 * moon) + 0.0104 * sin(2 * node) - 0.0051 * sin(sun + moon) - 0.0074 * sin(sun - moon)
    change += 0.0004 * sin(2 * node + sun) - 0.0004 * sin(2 * node - sun) - 0.0006 * sin(2 * node + moon)
    change += 0.0010 * sin(2 * node - moon) + 0.0005 * sin(2 * moon + sun)
    return floor(mean + change - (-0.000278 + 0.000265 * t + 0.000262 * t * t) + 0.5 + _UTC_OFFSET / 24)


def _sun_sector(julian: int) -> int:
    """Which twelfth of its way the sun is in at the start of a day: 0–11 from the spring equinox."""
    t = (julian - 2451545.5 - _UTC_OFFSET / 24) / 36525
    radian = pi / 180
    anomaly = (357.52910 + 35999.05030 * t - 0.0001559 * t * t - 0.00000048 * t**3) * radian
    longitude = 280.46645 + 36000.76983 * t + 0.0003032 * t * t
    longitude += (1.914600 - 0.004817 * t - 0.000014 * t * t) * sin(anomaly)
    longitude += (0.019993 - 0.000101 * t) * sin(2 * anomaly) + 0.000290 * sin(3 * anomaly)
    return floor((longitude % 360) / 30)


def _month_eleven(year: int) -> int:
    """Start of the eleventh lunar month, the one that holds the winter solstice."""
    days = (date(year, 12, 31) - _EPOCH).days + _EPOCH_JULIAN - 2415021
    k = floor(days / 29.530588853)
    start = _new_moon(k)
    return _new_moon(k - 1) if _sun_sector(start) >= 9 else start


def _leap_offset(eleventh: int) -> int:
    """How many months after the eleventh the leap month comes: the first in which the sun changes no sector."""
    k = floor((eleventh - 2415021.076998695) / 29.530588853 + 0.5)
    last = _sun_sector(_new_moon(k + 1))
    for i in range(2, 15):
        sector = _sun_sector(_new_moon(k + i))
        if sector == last:
            return i - 1
        last = sector
    return 14
