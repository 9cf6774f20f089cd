"""Bodies and places that no longer exist under a name, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class OldName:
    """Tên cũ của cơ quan hoặc đơn vị hành chính. ``new`` empty: what took its place is not known."""

    old: str
    new: str
    since: date
    source: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """Danh mục tên cũ, có ngày."""

    bodies: tuple[OldName, ...] = ()
    places: tuple[OldName, ...] = ()
