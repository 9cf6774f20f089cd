"""Procedures survive JSON and YAML; what does not fit is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.errors import BadInput, UnreadableFile
from assistant.ingest.procedures import from_json, from_portal, read_yaml, to_json
from assistant.law.procedure import Channel, Fee, FeeKind, Flag, Procedure, TimeLimit, TimeUnit
from tests.ingest.test_procedures import record

YAML = """
code: 1.013420
name: Dựng rạp cưới
levels: [Cấp xã]
channels: [online, direct]
dossier:
  - {name: Đơn xin, originals: 1, submit: true}
time_limits:
  - {amount: 1.5, unit: working_day, channel: online}
  - {amount: 3, unit: null}
fees:
  - {kind: charge, amount: 8000, per: bản, valid_to: 2026-12-31, basis: 281/2016/TT-BTC}
checked_on: 2026-07-31
related: [1.000689]
flags: [{code: time_without_unit, field: time_limits, message: Không nêu đơn vị}]
sources: {fees: bản ghi 1.013420}
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "thu-tuc.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_json_gives_the_same_value_back() -> None:
    procedure = from_portal(record())
    assert from_json(to_json(procedure)) == procedure


def test_yaml_codes_stay_text_and_dates_and_numbers_keep_their_types(tmp_path: Path) -> None:
    procedure = read_yaml(written(tmp_path, YAML))
    assert procedure.code == "1.013420"
    assert procedure.related == ("1.000689",)
    assert procedure.checked_on == date(2026, 7, 31)
    assert procedure.channels == (Channel.ONLINE, Channel.DIRECT)
    assert procedure.time_limits == (
        TimeLimit(1.5, TimeUnit.WORKING_DAY, Channel.ONLINE),
        TimeLimit(3.0, None),
    )
    assert procedure.fees == (
        Fee(FeeKind.CHARGE, amount=8000, per="bản", valid_to=date(2026, 12, 31), basis="281/2016/TT-BTC"),
    )
    assert procedure.flags_on("time_limits") == (Flag("time_without_unit", "time_limits", "Không nêu đơn vị"),)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"phi": 5}, "phi"),
        ({"name": 5}, "name"),
        ({"fees": [{"kind": "tax"}]}, "kind"),
        ({"fees": [{"kind": "fee", "amount": "5000"}]}, "amount"),
        ({"fees": [{"kind": "fee", "amount": True}]}, "amount"),
        ({"fees": [{"amount": 5}]}, "kind"),
        ({"dossier": "Đơn"}, "dossier"),
        ({"checked_on": "31/07/2026"}, "checked_on"),
        ({"sources": {"fees": 5}}, "sources"),
        ({"aliases": ["a", None]}, "aliases"),
    ],
)
def test_unknown_keys_and_wrong_types_are_named(change: dict[str, object], named: str) -> None:
    plain: dict[str, object] = {"code": "9.000001", "name": "Dựng rạp"}
    with pytest.raises(BadInput, match=named):
        from_json(plain | change)


def test_code_and_name_are_required() -> None:
    assert from_json({"code": "9.000001", "name": "Dựng rạp"}) == Procedure("9.000001", "Dựng rạp")
    with pytest.raises(BadInput, match="name"):
        from_json({"code": "9.000001"})


def test_errors_in_a_file_name_the_file(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"thu-tuc\.yaml.*phi"):
        read_yaml(written(tmp_path, YAML + "phi: 5\n"))
    with pytest.raises(UnreadableFile, match=r"thu-tuc\.yaml"):
        read_yaml(written(tmp_path, "code: [1"))
    with pytest.raises(UnreadableFile, match=r"khong-co\.yaml"):
        read_yaml(tmp_path / "khong-co.yaml")
