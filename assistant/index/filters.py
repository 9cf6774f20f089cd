"""What a caller may see, as one value that every engine and every read path applies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.index.values import WORDING, Audience, Chunk, Entry, Query

COUNTRY = "vn"
NEVER = 99_991_231  # expiry of what has none


def day(value: date | None, missing: int) -> int:
    """A date as yyyymmdd, the form in which engines compare dates."""
    return missing if value is None else value.year * 10_000 + value.month * 100 + value.day


def facets(item: Entry | Chunk) -> dict[str, str | int]:
    """The fields that filters look at, in engine form."""
    return {
        "kind": item.kind.value,
        "number": item.number,
        "audience": item.audience.value,
        "territory": item.territory,
        "effective_on": day(item.effective_on, 0),  # unknown start: not hidden
        "expires_on": day(item.expires_on, NEVER),
    }


@dataclass(frozen=True, slots=True)
class Filters:
    """Bộ lọc: an empty tuple or None lets everything pass, but ``audiences`` is never empty."""

    audiences: tuple[str, ...]
    on: int | None = None
    territories: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()

    @classmethod
    def of(cls, query: Query) -> Filters:
        """The filters that a query asks for."""
        return cls(
            audiences=tuple(level.value for level in query.audience.visible),
            on=None if query.on is None else day(query.on, 0),
            territories=(query.territory, COUNTRY) if query.territory else (),
            kinds=tuple(kind.value for kind in query.kinds),
            numbers=query.numbers,
        )

    def choices(self) -> list[tuple[str, tuple[str, ...]]]:
        """The facets that must be one of some values; the audience is always among them."""
        narrowed = (("territory", self.territories), ("kind", self.kinds), ("number", self.numbers))
        return [("audience", self.audiences), *((name, allowed) for name, allowed in narrowed if allowed)]

    def passes(self, values: Mapping[str, Any]) -> bool:
        """Whether an item with these ``facets`` may be returned."""
        if self.on is not None and not values["effective_on"] <= self.on < values["expires_on"]:
            return False
        if (self.kinds and values["kind"] not in self.kinds) or (self.numbers and values["number"] not in self.numbers):
            return False
        territory = not self.territories or values["territory"] in self.territories
        return territory and values["audience"] in self.audiences


def worded_on(entries: Sequence[Entry], on: date) -> list[Entry]:
    """Of an article stored in several wordings only that of the day: else the last before it, else the first."""
    wordings: dict[str, list[Entry]] = {}
    for entry in entries:
        wordings.setdefault(entry.id.partition(WORDING)[0], []).append(entry)
    return [_of_day(several, on) for several in wordings.values()]


def _of_day(wordings: list[Entry], on: date) -> Entry:
    ordered = sorted(wordings, key=lambda entry: entry.effective_on or date.min)
    begun = [entry for entry in ordered if (entry.effective_on or date.min) <= on]
    return begun[-1] if begun else ordered[0]


def may_read(entry: Entry, audience: Audience) -> bool:
    """Whether a caller of this level may read the entry."""
    return entry.audience in audience.visible
