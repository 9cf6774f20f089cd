"""The fee field of a crawled record is never trusted alone."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.ingest.procedures import from_portal
from assistant.ingest.procedures_clauses import clauses_of
from assistant.ingest.procedures_money import money_in
from assistant.law.procedure import Channel, Fee, FeeKind, Procedure
from tests.ingest.test_procedures import METHODS, codes, record


def charged(row: str, **fields: str) -> Procedure:
    return from_portal(record(cach_thuc_thuc_hien=METHODS + row, **fields))


def amounts(procedure: Procedure) -> list[tuple[int | None, str]]:
    return [(fee.amount, fee.per) for fee in procedure.fees]


@pytest.mark.parametrize("note", ["", "(Không)", "(Không có.)", "(Không thu lệ phí)", "(Miễn phí)"])
def test_free_is_free_where_the_note_is_empty_or_agrees(note: str) -> None:
    procedure = charged(f"Trực tiếp3 NgàyMiễn phí{note}")
    assert [fee.kind for fee in procedure.fees] == [FeeKind.FREE]
    assert codes(procedure, "fees") == set()


@pytest.mark.parametrize(
    ("note", "kind", "amount"),
    [
        ("Mức lệ phí do Hội đồng nhân dân cấp tỉnh quyết định", FeeKind.LOCAL, None),
        ("Lệ phí cấp giấy: 135.000 đồng/lần", FeeKind.CHARGE, 135000),
        ("Phí thẩm định theo Thông tư số 99/2016/TT-BTC", FeeKind.UNKNOWN, None),
        ("Cấp lại do mất", FeeKind.UNKNOWN, None),
        ("Chưa quy định.", FeeKind.UNKNOWN, None),
    ],
)
def test_free_is_never_said_where_the_note_says_otherwise(note: str, kind: FeeKind, amount: int | None) -> None:
    procedure = charged(f"Trực tiếp3 NgàyMiễn phí({note})")
    assert [(fee.kind, fee.amount) for fee in procedure.fees] == [(kind, amount)]
    assert "fee_contradicted" in codes(procedure, "fees")
    assert ("fee_local" in codes(procedure, "fees")) == (kind is FeeKind.LOCAL)


def test_free_is_doubted_where_a_step_asks_for_payment() -> None:
    paying = charged("Trực tiếp3 NgàyMiễn phí", trinh_tu_thuc_hien="Bước 1: Nộp đơn và nộp lệ phí tại quầy.")
    assert [fee.kind for fee in paying.fees] == [FeeKind.UNKNOWN]
    assert codes(paying, "fees") == {"fee_contradicted"}
    if_due = charged(
        "Trực tiếp3 NgàyMiễn phí", trinh_tu_thuc_hien="Bước 1: Nộp đơn, nộp lệ phí nếu thuộc diện phải nộp."
    )
    assert [fee.kind for fee in if_due.fees] == [FeeKind.FREE]


def test_free_with_a_circular_on_fees_among_the_bases_carries_a_doubt() -> None:
    bases = "Tên văn bản pháp lýMã văn bảnQuy định mức thu phí dựng rạp12/2020/TT-BTC"
    procedure = charged("Trực tiếp3 NgàyMiễn phí", can_cu_phap_ly=bases)
    assert [fee.kind for fee in procedure.fees] == [FeeKind.FREE]
    assert codes(procedure, "fees") == {"field_note_differ"}


def test_who_is_exempt_is_told_apart_from_what_others_pay() -> None:
    note = "Mức lệ phí do HĐND cấp tỉnh quy định. Miễn lệ phí cho người khuyết tật; người thuộc hộ nghèo."
    procedure = charged(f"Trực tiếp3 NgàyMiễn phí({note})")
    assert [fee.kind for fee in procedure.fees] == [FeeKind.LOCAL]
    assert procedure.exemptions == ("Miễn lệ phí cho người khuyết tật; người thuộc hộ nghèo.",)
    only_some = charged("Trực tiếp3 NgàyMiễn phí(Miễn lệ phí đối với người khuyết tật)")
    assert [fee.kind for fee in only_some.fees] == [FeeKind.UNKNOWN]
    assert "fee_contradicted" in codes(only_some, "fees")


def test_a_free_procedure_with_paid_copies_stays_free() -> None:
    note = "Miễn lệ phí. Phí cấp bản sao (nếu có yêu cầu) theo Thông tư số 281/2016/TT-BTC."
    procedure = charged(f"Trực tiếp3 NgàyMiễn phí({note})")
    assert [(fee.kind, fee.condition, fee.basis) for fee in procedure.fees] == [
        (FeeKind.FREE, "", ""),
        (FeeKind.UNKNOWN, "", "281/2016/TT-BTC"),
    ]
    assert "fee_contradicted" in codes(procedure, "fees")


def test_a_missing_fee_is_unknown_and_flagged() -> None:
    procedure = charged("Trực tiếp3 NgàyKhông có thông tin")
    assert [fee.kind for fee in procedure.fees] == [FeeKind.UNKNOWN]
    assert codes(procedure, "fees") == {"fee_missing"}


def test_an_amount_takes_unit_case_and_basis_from_its_note() -> None:
    note = "- Đăng ký theo danh sách: + Nộp trực tiếp thu 10.000 đồng/người/lần (Thông tư số 99/2022/TT-BTC)"
    procedure = charged(f"Trực tiếp3 Ngày10,000 Việt Nam Đồng({note})")
    assert procedure.fees == (
        Fee(
            FeeKind.FEE,
            amount=10000,
            per="người/lần",
            channel=Channel.DIRECT,
            condition="Đăng ký theo danh sách: Nộp trực tiếp",
            basis="99/2022/TT-BTC",
            note=procedure.fees[0].note,
        ),
    )


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("Trực tiếp5 Ngày làm việc10 USD(/bản)", (10, "bản")),
        ("Trực tiếp5 Ngày làm việc400,000 VNĐ(đồng/hồ sơ)", (400000, "hồ sơ")),
        (
            "Trực tiếp5 Ngày làm việc2,000,000 VNĐ(* Theo Thông tư 25/2022/TT-BTC: 02 triệu đồng/lần cấp.)",
            (2000000, "lần cấp"),
        ),
    ],
)
def test_units_stand_before_or_after_the_amount(row: str, expected: tuple[int, str]) -> None:
    procedure = charged(row)
    assert amounts(procedure) == [expected]
    assert codes(procedure, "fees") == set()


def test_several_cases_of_one_note_become_fees_of_their_own() -> None:
    note = "Đồng (Sát hạch lý thuyết) Phí: 1700000 Đồng (Sát hạch thực hành)"
    procedure = charged(f"Trực tiếp3 Ngày400,000 VNĐ({note})")
    assert [(fee.amount, fee.condition) for fee in procedure.fees] == [
        (400000, "Sát hạch lý thuyết"),
        (1700000, "Sát hạch thực hành"),
    ]


@pytest.mark.parametrize(
    ("row", "amount"),
    [
        ("Trực tiếp3 Ngày150 VNĐ(150.000 đồng/thẻ)", 150000),  # thousands lost, the note explains them
        ("Trực tiếp120 VNĐ(20.000 đồng/tờ khai)", 20000),  # time 1 and fee 20 printed together
        ("Trực tiếp3 Ngày4,000,000 VNĐ(áp dụng mức 2.000.000 đồng/hồ sơ)", 2000000),
        ("Trực tiếp3 Ngày25 VNĐ(25.000.000đ/giấy)", None),  # one of the two is a slip: neither is said
        ("Trực tiếp3 Ngày180 VNĐ(Phí thẩm định)", None),
        ("Trực tiếp120 VNĐ", None),
    ],
)
def test_a_field_that_disagrees_with_its_note_is_flagged_and_never_shown_as_it_is(row: str, amount: int | None) -> None:
    procedure = charged(row)
    assert [fee.amount for fee in procedure.fees] == [amount]
    assert "fee_contradicted" in codes(procedure, "fees")


def test_the_dates_of_an_exemption_are_not_those_of_the_amount() -> None:
    note = "5.000.000 đồng/lần (Miễn phí từ ngày 07/4/2026 đến 30/6/2026 theo Thông tư 40/2026/TT-BTC)"
    procedure = charged(f"Trực tiếp3 Ngày5,000,000 VNĐ({note})")
    fee = procedure.fees[0]
    assert (fee.amount, fee.valid_from, fee.valid_to, fee.basis) == (5000000, None, None, "")
    assert procedure.exemptions == ("Miễn phí từ ngày 07/4/2026 đến 30/6/2026 theo Thông tư 40/2026/TT-BTC",)
    assert codes(procedure, "fees") == {"fee_period_over"}


def test_a_reduction_in_the_note_warns_beside_the_amount() -> None:
    note = "70.000 đồng/thẻ. Kể từ ngày 01/7/2025 đến hết ngày 31/12/2026 mức thu bằng 50% mức trên"
    procedure = charged(f"Trực tiếp3 Ngày70,000 VNĐ({note})")
    assert "50%" in procedure.fees[0].note
    assert codes(procedure, "fees") == {"field_note_differ"}


def test_rows_of_different_cases_beside_each_other_say_that_rows_were_lost() -> None:
    rows = (
        "Trực tuyến3 Ngày7,000 VNĐ(Cá nhân: 7.000 đồng/lần)Trực tiếp3 Ngày10,000 VNĐ(Theo danh sách: 10.000 đồng/người)"
    )
    assert codes(charged(rows), "fees") == {"field_note_differ"}
    same = "Trực tuyến3 Ngày10,000 VNĐ(Nộp trực tuyến thu 10.000 đồng)"
    same += "Trực tiếp3 Ngày20,000 VNĐ(Nộp trực tiếp thu 20.000 đồng)"
    assert codes(charged(same), "fees") == set()


def test_periods_give_the_last_day_of_an_amount() -> None:
    procedure = charged("Trực tiếp3 Ngày7,000 VNĐ(7.000 đồng/lần đến hết ngày 31/12/2025)")
    assert procedure.fees[0].valid_to == date(2025, 12, 31)
    assert codes(procedure, "fees") == {"fee_period_over"}


def test_a_lower_bound_beside_an_amount_is_no_fee_of_its_own() -> None:
    found = [money.amount for money in money_in("Dưới 500 GT là 3.000 đồng/GT (tối thiểu không dưới 300.000 đồng)")]
    assert found == [3000]


def test_what_ends_with_a_colon_leads_the_items_after_it() -> None:
    assert clauses_of("Sang tên: + Xe máy 5.000 đồng; + Xe hơi 9.000 đồng") == [
        "Sang tên: Xe máy 5.000 đồng",
        "Sang tên: Xe hơi 9.000 đồng",
    ]
