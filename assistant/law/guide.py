"""Short guides as values: every statement carries the legal bases it stands on and the days between which they hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Basis:
    """Căn cứ của một câu: number, the place in it where known, and the days on which it holds.

    A programme, plan or announcement whose number is not known has ``number`` "" and is named by its title, where it
    was read (``source``) and the day of that (``dated``).
    """

    number: str
    locator: str = ""
    title: str = ""
    valid_from: date | None = None
    valid_to: date | None = None  # last day on which it holds; None: no end known
    source: str = ""  # where it was read, where there is no number to look it up by
    dated: date | None = None

    def holds_on(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Statement:
    """Một câu hướng dẫn, understandable by itself."""

    text: str
    bases: tuple[Basis, ...]

    def holds_on(self, on: date) -> bool:
        """True while every basis holds."""
        return all(basis.holds_on(on) for basis in self.bases)


@dataclass(frozen=True, slots=True)
class GuideSection:
    """Một mục: the sub-question it answers, in everyday words, and its statements."""

    heading: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """Bài hướng dẫn ngắn. ``gaps``: what is not covered or not confirmed, said to the user when asked."""

    id: str
    title: str
    audience: str  # "staff" or "citizen"
    field: str
    sections: tuple[GuideSection, ...]
    checked_on: date
    aliases: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    territory: str = "vn"

    @property
    def statements(self) -> tuple[Statement, ...]:
        return tuple(statement for section in self.sections for statement in section.statements)

    @property
    def bases(self) -> tuple[Basis, ...]:
        """Every basis once, in order of first use."""
        return tuple(dict.fromkeys(basis for statement in self.statements for basis in statement.bases))
