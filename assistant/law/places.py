"""Administrative units and bodies of today, and what they were before the reorganisations."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from assistant.law.fold import FoldedText

_TITLE = re.compile(r"^(?:phuong|xa|thi tran|dac khu|quan|huyen|thi xa|thanh pho|tp|tinh|p|q|h)[ .]+(?=\S)")
_SHORT = (("p ", "phuong "), ("q ", "quan "), ("h ", "huyen "), ("tp ", "thanh pho "), ("tx ", "thi xa "))
_SPACES = re.compile(r"[\s.,]+")


def place_key(name: str, *, bare: bool = False) -> str:
    """The form to compare by: “P. Bến Nghé” and “phường Bến Nghé” → “phuong ben nghe”; bare: “ben nghe”."""
    plain = _SPACES.sub(" ", FoldedText.of(name).plain).strip()
    for short, full in (
        ("p ", "phuong "),
        ("q ", "quan "),
        ("h ", "huyen "),
        ("tp ", "thanh pho "),
        ("tx ", "thi xa "),
    ):
        if plain.startswith(short):
            plain = full + plain[len(short) :]
    plain = re.sub(r"^([pqf])\s?0*(\d)", lambda m: f"{'quan' if m[1] == 'q' else 'phuong'} {m[2]}", plain)
    plain = re.sub(r"\b0+(?=\d)", "", plain)
    return _TITLE.sub("", plain) if bare else plain


@dataclass(frozen=True, slots=True)
class OldUnit:
    """Đơn vị hành chính trước sắp xếp. ``part``: only a part of it went to the new unit."""

    ward: str  # "" where the district had no communes (Côn Đảo)
    district: str
    province: str
    part: bool = False
    earlier: tuple[str, ...] = ()  # names of wards merged into it before


@dataclass(frozen=True, slots=True)
class Place:
    """Phường, xã, đặc khu hiện nay và các đơn vị hình thành nên."""

    code: str
    name: str  # “Phường Sài Gòn”
    kind: str  # Phường | Xã | Đặc khu
    origins: tuple[OldUnit, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """Danh mục đơn vị hành chính cấp xã của một tỉnh, thành phố, from ``since``."""

    units: tuple[Place, ...] = ()
    province: str = ""
    since: date | None = None
    source: str = ""
    _by_old: dict[str, tuple[Place, ...]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, units: tuple[Place, ...], province: str, since: date | None, source: str) -> Places:
        table: dict[str, list[Place]] = {}
        for unit in units:
            for origin in unit.origins:
                for name in (origin.ward or origin.district, *origin.earlier):
                    held = table.setdefault(place_key(name), [])
                    if unit not in held:
                        held.append(unit)
        return cls(units, province, since, source, {key: tuple(held) for key, held in table.items()})

    def named(self, name: str) -> Place | None:
        """The unit of today with this name, with or without “phường”, “xã”."""
        key, bare = place_key(name), place_key(name, bare=True)
        exact = [unit for unit in self.units if place_key(unit.name) == key]
        found = exact or [unit for unit in self.units if place_key(unit.name, bare=True) == bare]
        return found[0] if len(found) == 1 else None

    def successors(self, ward: str, district: str = "") -> tuple[Place, ...]:
        """The units of today that an old ward went to; several when it was divided or the name is not unique."""
        found = self._by_old.get(place_key(ward), ())
        if not district:
            return found
        wanted = place_key(district, bare=True)
        return tuple(unit for unit in found if any(_is(origin, ward, wanted) for origin in unit.origins))

    def of_district(self, district: str) -> tuple[Place, ...]:
        """The units of today on the land of an old district: “Quận 7” → its wards now."""
        wanted = place_key(district, bare=True)
        return tuple(u for u in self.units if any(place_key(o.district, bare=True) == wanted for o in u.origins))


def _is(origin: OldUnit, ward: str, district: str) -> bool:
    names = (origin.ward or origin.district, *origin.earlier)
    return place_key(origin.district, bare=True) == district and place_key(ward) in map(place_key, names)


@dataclass(frozen=True, slots=True)
class Body:
    """Cơ quan đã đổi tên, hợp nhất, tách hoặc kết thúc hoạt động. Not ``confirmed``: must not be stated as a fact."""

    old: tuple[str, ...]
    new: str  # "" where no single body took over
    change: str  # merged | renamed | split | ended | replaced
    since: date | None
    level: str = ""  # central | province | district | commune
    territory: str = "vn"
    note: str = ""
    source: str = ""
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class MovedTask:
    """Nhiệm vụ chuyển sang cơ quan khác."""

    task: str
    old: str
    new: str
    since: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Bodies:
    """Danh mục cơ quan: what is not there any more, what took over, and who exists now."""

    changed: tuple[Body, ...] = ()
    tasks: tuple[MovedTask, ...] = ()
    current: tuple[str, ...] = ()

    def ended(self, name: str, on: date, territory: str = "vn") -> Body | None:
        """What became of a body of this name on or before the day; None where nothing is known."""
        key = place_key(name)
        for body in self.changed:
            local = body.territory in ("vn", territory)
            if local and body.confirmed and body.since and body.since <= on and key in map(place_key, body.old):
                return body
        return None
