"""What an old ward, district or body is today, from the tables of the corpus."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from assistant.answer.compose.part import Part, day
from assistant.answer.compose.sources import Sources
from assistant.answer.places import Mention, Named, PlaceNames, asks_of_what, by_kind
from assistant.answer.turn import Ask
from assistant.answer.values import Status
from assistant.law.places import Body, OldUnit, Place, Places, place_key

RESOLUTION = "1685/NQ-UBTVQH15"  # of the Standing Committee: the communes of the City since 2025-07-01
_CHANGES = {
    "merged": "đã hợp nhất vào {new} từ ngày {since}",
    "renamed": "đã đổi tên, nhiệm vụ nay thuộc {new}, từ ngày {since}",
    "replaced": "được thay bằng {new} từ ngày {since}",
    "ended": "đã kết thúc hoạt động từ ngày {since}",
}
_MANY = 4  # old wards of one name that are answered together; of more, one must be chosen
_DIVIDED = "Phường, xã cũ bị chia thì phải tra theo địa chỉ nhà: hỏi Ủy ban nhân dân một trong các nơi trên."


def answer_place(ask: Ask, sources: Sources, names: PlaceNames) -> Part | None:
    """None when the question names nothing that the tables know."""
    named = by_kind(names.mentions(ask.text))
    body = _body(named.get(Named.BODY), sources, names)
    if body and (body.new or Named.DISTRICT not in named):
        return Part(_of_body(body, sources))
    unit = _unit(named, names.places)
    if unit and (asks_of_what(ask.text) or Named.WARD not in named) and Named.DISTRICT not in named:
        return _of_unit(unit, sources, names.places)
    if ward := named.get(Named.WARD) or named.get(Named.UNIT):
        district = named[Named.DISTRICT].key if Named.DISTRICT in named else ""
        if old := list(_old_wards(names.places, ward.key, district)):
            return _of_wards(ward.key, old, sources, names.places)
    if district_named := named.get(Named.DISTRICT):
        return _of_district(district_named.key, sources, names)
    return None


def _unit(named: Mapping[Named, Mention], places: Places) -> Place | None:
    """The unit of today that is named, be it by a name that an old ward had too."""
    keys = [named[kind].key for kind in (Named.UNIT, Named.WARD) if kind in named]
    return next((unit for key in keys for unit in places.units if place_key(unit.name) == key), None)


def _old_wards(places: Places, ward: str, district: str) -> Iterable[tuple[OldUnit, list[Place]]]:
    """Old wards of that name with the units that they went to."""
    found: dict[tuple[str, str], tuple[OldUnit, list[Place]]] = {}
    for unit in places.units:
        for origin in unit.origins:
            here = ward in map(place_key, (origin.ward, *origin.earlier))
            if here and (not district or place_key(origin.district) == district):
                found.setdefault((origin.ward, origin.district), (origin, []))[1].append(unit)
    return found.values()


def _of_wards(ward: str, old: Sequence[tuple[OldUnit, list[Place]]], sources: Sources, places: Places) -> Part:
    if len(old) > _MANY:
        districts = sorted({origin.district for origin, _ in old}, key=_by_number)
        options = tuple(f"{old[0][0].ward} {district} cũ nay là phường nào" for district in districts)
        listed = "\n".join(f"- {district}" for district in districts)
        return Part(
            f"Tên này có ở nhiều quận, huyện cũ. Anh/chị hỏi về nơi nào?\n{listed}",
            Status.CLARIFICATION,
            follow_ups=options[:3],
        )
    said = [_moved(ward, origin, units) for origin, units in old]
    marker = _table(sources, places, " ".join(said))
    lines = [f"**{line}** [{marker}]" for line in said]
    divided = any(len(units) > 1 for _, units in old)
    return Part("\n".join([*lines, _since(places, marker), *([f"- {_DIVIDED} [{marker}]"] if divided else [])]))


def _moved(ward: str, origin: OldUnit, units: Sequence[Place]) -> str:
    """“Phường 12 (Quận 3) nay thuộc Phường Nhiêu Lộc.”"""
    earlier = next((name for name in origin.earlier if place_key(name) == ward), "")
    name = f"{origin.ward} ({origin.district})"
    before = f"{earlier} ({origin.district}) đã nhập vào {origin.ward} trước đó; " if earlier else ""
    if len(units) == 1:
        return f"{before}{name} nay thuộc {units[0].name}."
    return f"{before}{name} được chia cho {len(units)} nơi: {_listed([unit.name for unit in units])}."


def _of_unit(unit: Place, sources: Sources, places: Places) -> Part:
    whole = [_with_district(origin) for origin in unit.origins if not origin.part]
    parts = [_with_district(origin) for origin in unit.origins if origin.part]
    said = [f"Toàn bộ: {_listed(whole)}."] if whole else []
    said += [f"Một phần: {_listed(parts)}."] if parts else []
    head = f"{unit.name} hình thành từ các đơn vị cũ sau đây."
    marker = _table(sources, places, " ".join([head, *said]))
    return Part(
        "\n".join([f"**{head}** [{marker}]", *(f"- {line} [{marker}]" for line in said), _since(places, marker)])
    )


def _of_district(key: str, sources: Sources, names: PlaceNames) -> Part:
    district = next(o.district for u in names.places.units for o in u.origins if place_key(o.district) == key)
    units = names.places.of_district(district)
    said = f"Địa bàn {district} cũ nay thuộc {len(units)} đơn vị: {_listed([unit.name for unit in units])}."
    marker = _table(sources, names.places, said)
    committee = names.bodies.ended("Ủy ban nhân dân cấp huyện", sources.on)
    ended = [f"- {_of_body(committee, sources, 'Ủy ban nhân dân quận, huyện')}"] if committee else []
    return Part("\n".join([f"**{said}** [{marker}]", _since(names.places, marker), *ended]))


def _body(mention: Mention | None, sources: Sources, names: PlaceNames) -> Body | None:
    if mention is None:
        return None
    written = next(name for b in names.bodies.changed for name in b.old if place_key(name) == mention.key)
    body = names.bodies.ended(written, sources.on, _territory(names))
    return body if body and body.change in _CHANGES else None


def _territory(names: PlaceNames) -> str:
    """The City's own bodies count beside those of the whole country."""
    return next((body.territory for body in names.bodies.changed if body.territory != "vn"), "vn")


def _of_body(body: Body, sources: Sources, shown: str = "") -> str:
    since = day(body.since) if body.since else ""
    change = _CHANGES[body.change].format(new=body.new or "cơ quan khác", since=since)
    said = f"{shown or body.old[0]} {change}."
    marker = sources.calculation(f"Danh mục cơ quan sau sắp xếp. Căn cứ: {body.source}", f"{said} {body.note}")
    return f"{said} {body.note} [{marker}]".replace("  ", " ")


def _table(sources: Sources, places: Places, said: str) -> int:
    since = f"từ ngày {day(places.since)}" if places.since else ""
    return sources.document(RESOLUTION, f"{said} {places.province} {since} {_DIVIDED} {places.source}")


def _since(places: Places, marker: int) -> str:
    return (
        f"- Theo danh mục đơn vị hành chính cấp xã của {places.province} từ ngày {day(places.since)}. [{marker}]"
        if (places.since)
        else ""
    )


def _with_district(origin: OldUnit) -> str:
    return f"{origin.ward} ({origin.district})" if origin.ward else origin.district


def _by_number(name: str) -> tuple[int, str]:
    """“Quận 3” before “Quận 10” before “Quận Bình Thạnh”."""
    number = re.search(r"\d+", name)
    return (int(number[0]) if number else 1_000, name)


def _listed(names: Sequence[str]) -> str:
    """“A, B và C”."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} và {names[-1]}"
