"""The shipped procedures: what sends people home, or makes them pay wrongly, when it is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.ingest.procedures import read_yaml
from assistant.law.procedure import Channel, Fee, FeeKind, Procedure

FOLDER = Path(__file__).parents[2] / "corpus" / "procedures"
FILES = {path.name.split("-", 1)[0]: path for path in sorted(FOLDER.glob("*.yaml"))}
AFTER_THE_YEAR = date(2027, 1, 1)


def procedure(code: str) -> Procedure:
    return read_yaml(FILES[code])


def amounts(fees: tuple[Fee, ...], on: date) -> set[int]:
    return {
        fee.amount
        for fee in fees
        if fee.amount
        and (fee.valid_from is None or fee.valid_from <= on)
        and (fee.valid_to is None or on <= fee.valid_to)
    }


@pytest.mark.parametrize("path", FILES.values(), ids=FILES.keys())
def test_every_shipped_procedure_loads_under_its_code_with_names_people_use(path: Path) -> None:
    held = read_yaml(path)
    assert path.name.startswith(f"{held.code}-")
    assert 5 <= len(held.aliases) <= 12
    assert all(flag.message.endswith(".") for flag in held.flags)


@pytest.mark.parametrize("path", FILES.values(), ids=FILES.keys())
def test_free_is_said_without_a_condition_only_where_no_doubt_about_the_fee_stands(path: Path) -> None:
    held = read_yaml(path)
    always_free = [fee for fee in held.fees if fee.kind is FeeKind.FREE and not fee.condition]
    doubts = {flag.code for flag in held.flags_on("fees")}
    assert not (always_free and doubts & {"fee_contradicted", "fee_local", "fee_missing"})


def test_the_fee_for_a_list_of_residents_is_not_given_as_the_fee_of_one_person() -> None:
    direct = [fee for fee in procedure("1.004194").fees if fee.channel is Channel.DIRECT]
    assert {fee.amount for fee in direct if "danh sách" in fee.condition} == {10_000}
    assert all(fee.amount is None for fee in direct if "cá nhân" in fee.condition)


def test_the_passport_costs_the_same_online_and_the_ended_discount_is_only_a_warning() -> None:
    passport = procedure("1.001456")
    assert amounts(passport.fees, date(2026, 11, 21)) == {200_000, 400_000}
    assert any("160.000" in flag.message for flag in passport.flags_on("fees"))


@pytest.mark.parametrize(("code", "half", "full"), [("1.014063", 25_000, 50_000), ("1.014064", 35_000, 70_000)])
def test_the_identity_card_costs_half_until_the_end_of_2026_and_the_full_amount_after(
    code: str, half: int, full: int
) -> None:
    fees = procedure(code).fees
    assert amounts(fees, date(2026, 12, 31)) == {half}
    assert amounts(fees, AFTER_THE_YEAR) == {full}


@pytest.mark.parametrize("code", ["1.012786", "1.013831", "3.000333", "1.001612", "3.000347", "1.012575"])
def test_a_fee_that_the_record_calls_free_and_its_note_does_not_is_never_free(code: str) -> None:
    held = procedure(code)
    lasting = [fee for fee in held.fees if fee.kind is FeeKind.FREE and fee.valid_to is None]
    assert not lasting
    assert "fee_contradicted" in {flag.code for flag in held.flags_on("fees")}


def test_two_citizens_marry_without_a_paper_on_their_marital_status() -> None:
    marriage = procedure("1.000894")
    assert not any("tình trạng hôn nhân" in item.name for item in marriage.dossier)
    assert any("66.7/2025/NQ-CP" in note for note in marriage.notes)
