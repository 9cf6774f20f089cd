"""Bodies and places that no longer exist under a name, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.law.places import Bodies, Places

_UNITS = ("Tỉnh ", "Thành phố ", "Quận ", "Huyện ", "Thị xã ", "Thị trấn ")


@dataclass(frozen=True, slots=True)
class OldName:
    """Tên cũ của cơ quan hoặc đơn vị hành chính. ``new`` empty: what took its place is not known."""

    old: str
    new: str
    since: date
    source: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """Danh mục tên cũ, có ngày; ``current`` are names in use, which may begin or contain an old one."""

    bodies: tuple[OldName, ...] = ()
    places: tuple[OldName, ...] = ()
    current: tuple[str, ...] = ()

    @classmethod
    def of(cls, bodies: Bodies, places: Places, territory: str = "vn") -> Names:
        """Only what is confirmed and dated. A unit whose name another unit bears today is not old."""
        changed = tuple(
            OldName(old, body.new, body.since, body.source)
            for body in bodies.changed
            if body.confirmed and body.since and body.territory in ("vn", territory)
            for old in body.old
            if old[0].isupper() and not old.startswith(_UNITS) and old not in bodies.current
        )
        return cls(changed, _units(places), (*bodies.current, *(unit.name for unit in places.units)))


def _units(places: Places) -> tuple[OldName, ...]:
    if places.since is None:
        return ()
    current = {unit.name for unit in places.units}
    now: dict[str, list[str]] = {}
    for unit in places.units:
        for origin in unit.origins:
            now.setdefault(origin.ward, []).append(unit.name)
            now.setdefault(origin.district, [])
            now.setdefault(origin.province, [])
    now.pop("", None)
    kept = {name: units for name, units in now.items() if name not in current and name != places.province}
    return tuple(
        OldName(name, units[0] if len(set(units)) == 1 else "", places.since, places.source)
        for name, units in sorted(kept.items())
        if not name.endswith(places.province)  # “Thành phố Hồ Chí Minh” before and after
    )
