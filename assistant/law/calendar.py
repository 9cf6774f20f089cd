"""Days off and make-up days of public offices, as far as they are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class DayOff:
    """Ngày nghỉ lễ, tết, nghỉ bù or nghỉ hoán đổi."""

    day: date
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class MakeUpDay:
    """Ngày làm bù: a weekly rest day on which offices work, instead of the working day ``instead_of``."""

    day: date
    instead_of: date
    source: str


@dataclass(frozen=True, slots=True)
class Undecided:
    """Ngày nghỉ chưa có quyết định: somewhere between ``first`` and ``last`` of the year."""

    year: int
    name: str
    first: date
    last: date
    note: str


@dataclass(frozen=True, slots=True)
class Holidays:
    """Lịch nghỉ của cơ quan nhà nước. Days outside ``years`` are only known to be weekends or not."""

    days: Mapping[date, DayOff] = field(default_factory=dict)
    make_up: Mapping[date, MakeUpDay] = field(default_factory=dict)
    undecided: tuple[Undecided, ...] = ()
    years: tuple[int, ...] = ()  # every year the table speaks about
    complete_years: tuple[int, ...] = ()  # those of which nothing is undecided
    weekend: tuple[int, ...] = (5, 6)  # Monday is 0

    def is_working(self, day: date) -> bool:
        """A working day of offices, as far as is known: ask ``doubts`` too."""
        if day in self.days:
            return False
        return day.weekday() not in self.weekend or day in self.make_up

    def doubts(self, first: date, last: date) -> tuple[str, ...]:
        """What could change the working days between two days, both included; () when all is known."""
        open_days = [u for u in self.undecided if u.first <= last and first <= u.last]
        notes = [f"{u.name} năm {u.year}: {u.note}" for u in open_days]
        unknown = [year for year in range(first.year, last.year + 1) if year not in self.years]
        return (*notes, *(f"chưa có lịch nghỉ lễ, tết năm {year}" for year in unknown))

    def next_working(self, day: date) -> date:
        """The day itself if it is a working day, else the next one."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day
