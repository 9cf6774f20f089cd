"""Traps in the words on money and time, found by rules that every crawled record is held against."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.ingest.procedures_clauses import split_exemption
from assistant.law.procedure import FeeKind, Procedure, TimeUnit
from tests.ingest.test_procedures import codes, with_methods


def paid(row: str) -> Procedure:
    return with_methods(f"Trực tiếp3 Ngày{row}")


def fees(procedure: Procedure) -> list[tuple[int | None, str, str]]:
    return [(fee.amount, fee.per, fee.condition) for fee in procedure.fees]


def said(procedure: Procedure, field: str = "fees") -> str:
    return " ".join(flag.message for flag in procedure.flags_on(field))


TEMPORARY = (
    "áp dụng mức phí 40.000 đồng/rạp kể từ ngày 01/7/2025 đến hết ngày 31/12/2026 theo Thông tư số 64/2025/TT-BTC"
)


def test_the_text_of_a_temporary_amount_is_not_the_basis_of_the_others() -> None:
    procedure = paid(f"80,000 Việt Nam ĐồngPhí: 80.000 đồng/rạp ({TEMPORARY}).\nLệ phí: 10.000 đồng/rạp.")
    assert [(fee.amount, fee.kind, fee.basis, fee.valid_to) for fee in procedure.fees] == [
        (80_000, FeeKind.FEE, "", None),
        (40_000, FeeKind.FEE, "64/2025/TT-BTC", date(2026, 12, 31)),
        (10_000, FeeKind.CHARGE, "", None),
    ]
    assert "ngoài thời gian" in procedure.fees[0].condition


def test_the_fields_amount_stays_beside_a_temporary_one() -> None:
    procedure = paid(f"80,000 Việt Nam Đồng(({TEMPORARY}))")
    assert [(fee.amount, fee.valid_to) for fee in procedure.fees] == [(80_000, None), (40_000, date(2026, 12, 31))]
    assert codes(procedure, "fees") == {"field_note_differ"}


def test_the_period_of_a_share_is_not_that_of_the_amount() -> None:
    share = (
        "Từ ngày 01/7/2025 đến hết ngày 31/12/2026, mức lệ phí bằng 50% mức phí nêu trên theo Thông tư 64/2025/TT-BTC"
    )
    fee = paid(f"70,000 Việt Nam Đồng({share})").fees[0]
    assert (fee.amount, fee.valid_to, fee.basis, fee.condition) == (70_000, None, "", "")
    assert "50%" in fee.note


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("Một rạp: 8.000.000/lần; thêm rạp: 2.000.000/lần", [(8_000_000, "lần", "Một rạp"), (2_000_000, "lần", "thêm rạp")]),
        ("Mức thu lệ phí: 45.000 (bốn mươi lăm nghìn) đồng/rạp", [(45_000, "rạp", "")]),
        ("65.000 đồng (sáu mươi lăm nghìn đồng)/lần dựng", [(65_000, "lần dựng", "")]),
        ("Phí 50USD/chuyến đối với rạp của người nước ngoài dựng tại Việt Nam", [(50, "chuyến", "đối với rạp của người nước ngoài dựng tại Việt Nam")]),
        ("Lệ phí: 40.000 đồng/rạp, riêng rạp nhỏ: 9.000 đồng/rạp", [(40_000, "rạp", ""), (9_000, "rạp", "riêng rạp nhỏ")]),
        ("Theo quy định tại Thông tư số 25/2022/TT-BTC: + Dưới 50 tỷ: 10 triệu đồng/giấy", [(10_000_000, "giấy", "Dưới 50 tỷ")]),
        ("- Dựng rạp: + Lần đầu: 6.000 đồng. + Gia hạn: 4.000 đồng. - Dỡ rạp: 2.000 đồng", [(6_000, "", "Dựng rạp: Lần đầu"), (4_000, "", "Dựng rạp: Gia hạn"), (2_000, "", "Dỡ rạp")]),
        ("Kiểm tra: - Nơi mới mở; Hoặc nơi có hai rạp: 7.000 đồng/lần", [(7_000, "lần", "Kiểm tra: Nơi mới mở; Hoặc nơi có hai rạp")]),
        ("Lệ phí: 20.000 Đồng (Cấp mới: 20.000 đồng/giấy.)", [(20_000, "giấy", "Cấp mới")]),
    ],
)  # fmt: skip
def test_amounts_units_and_cases(note: str, expected: list[tuple[int, str, str]]) -> None:
    assert fees(paid(f"Miễn phí({note})")) == expected


def test_a_case_may_follow_the_amount_in_words() -> None:
    procedure = paid(
        "9,000 VNĐ(gồm 6.000 đồng (Sáu nghìn đồng) thẩm định rạp; 3.000 đồng (Ba nghìn đồng) thẩm định đèn)"
    )
    assert fees(procedure) == [(6_000, "", "thẩm định rạp"), (3_000, "", "thẩm định đèn")]
    assert codes(procedure, "fees") == set()  # the parts make up the field


def test_a_formula_is_no_amount_and_a_maximum_is_named() -> None:
    procedure = paid("Miễn phí(Nộp 15.000 đồng + (số rạp x 1.500 đồng/rạp); Tối đa 70.000 đồng/lần)")
    assert fees(procedure) == [(None, "", "")]
    assert "x 1.500" in procedure.fees[0].note and "70.000" in said(procedure)
    assert "200.000" in said(paid("2,000 VNĐ(2.000 đồng/trang; tối đa không quá 200.000 đồng/bản)"))


@pytest.mark.parametrize("figure", ["15.000.0000 đồng/lần", "3000.000 đồng"])
def test_a_figure_that_cannot_be_read_is_named_by_a_flag(figure: str) -> None:
    procedure = paid(f"15,000,000 VNĐ(Phí thẩm định rạp {figure})")
    assert [fee.amount for fee in procedure.fees] == [15_000_000]
    assert figure.partition("/")[0] in said(procedure)


def test_neither_number_is_shown_where_they_differ_by_zeros() -> None:
    procedure = paid("50,000 VNĐ(25.000.000đ/giấy)")
    assert [fee.amount for fee in procedure.fees] == [None]


@pytest.mark.parametrize(
    ("note", "freed"),
    [
        ("Người thuộc diện được miễn phí theo quy định thì xuất trình giấy tờ", "Người thuộc diện được miễn phí theo quy định thì xuất trình giấy tờ"),
        ("5.000 đồng/tờ. Không lệ phí trong trường hợp dựng lại", "Không lệ phí trong trường hợp dựng lại"),
        ("5.000 đồng/việc dựng rạp.Miễn lệ phí cho người thuộc hộ nghèo", "Miễn lệ phí cho người thuộc hộ nghèo"),
        ("+ Đối với rạp lớn: 5.000 đồng + Đối với rạp nhỏ: Không", "Đối với rạp nhỏ: Không"),
    ],
)  # fmt: skip
def test_who_pays_nothing_is_told_in_a_whole_sentence(note: str, freed: str) -> None:
    procedure = paid(f"5,000 VNĐ({note})")
    assert procedure.exemptions == (freed,)
    assert [(fee.amount, "miễn" in fee.condition.lower()) for fee in procedure.fees] == [(5_000, False)]


def test_a_visa_waiver_is_no_exemption() -> None:
    assert split_exemption("Cấp giấy miễn thị thực: 10 USD") == ("Cấp giấy miễn thị thực: 10 USD", "")


def test_fees_below_a_note_that_is_only_a_unit_and_below_an_empty_field_are_read() -> None:
    below = "Phí: 80.000 đồng/rạp.\nLệ phí: 10.000 đồng/rạp."
    assert [fee.amount for fee in paid(f"80,000 Việt Nam Đồng(/rạp){below}").fees] == [80_000, 10_000]
    empty = paid(f"Không có thông tin{below}")
    assert [fee.amount for fee in empty.fees] == [80_000, 10_000]
    assert "để trống" in said(empty)


@pytest.mark.parametrize("field", ["Không có thông tin", "Miễn phí"])
def test_a_fee_left_to_the_province_in_the_description_is_local(field: str) -> None:
    procedure = paid(f"{field}Lệ phí (nếu có): Hội đồng nhân dân cấp tỉnh quyết định.\nNộp tại phường.")
    assert [fee.kind for fee in procedure.fees] == [FeeKind.LOCAL]
    assert "fee_local" in codes(procedure, "fees")


def test_not_charging_in_the_description_contradicts_nothing() -> None:
    procedure = paid("Miễn phí(Không thu lệ phí)Nhận giấy tại phường. Không thu lệ phí.")
    assert [fee.kind for fee in procedure.fees] == [FeeKind.FREE]
    assert codes(procedure, "fees") == set()


def test_how_to_submit_in_the_place_of_the_fee_note_is_no_doubt_about_the_fee() -> None:
    note = "Cách thức thực hiện: Gửi hồ sơ đến phường. Thời hạn giải quyết: 05 ngày kể từ ngày nhận đủ hồ sơ."
    procedure = with_methods(f"Trực tiếpKhông có thông tinMiễn phí({note})")
    assert [fee.kind for fee in procedure.fees] == [FeeKind.FREE]
    assert [(limit.amount, limit.unit) for limit in procedure.time_limits] == [(5.0, TimeUnit.DAY)]


def test_one_rung_of_a_ladder_and_unexplained_differences_are_flagged() -> None:
    assert "một trường hợp (“Dưới 50 tỷ”)" in said(paid("10,000 VNĐ(Dưới 50 tỷ: 10.000 đồng/giấy)"))
    differ = with_methods("Trực tuyến3 Ngày5,000 VNĐTrực tiếp3 Ngày9,000 VNĐ")
    assert "nhiều mức thu khác nhau" in said(differ)
    free = with_methods("Trực tuyến3 Ngày5,000 VNĐTrực tiếp3 NgàyMiễn phí")
    assert "không nói vì sao" in said(free)


def test_shares_and_periods_in_the_description_are_flagged() -> None:
    told = paid("30,000 VNĐ(/rạp)Phí dựng rạp: bằng 50% mức quy định, đến hết ngày 31/12/2026.")
    assert "50%" in said(told) and "31/12/2026" in said(told)


def test_a_unit_or_a_rule_in_the_note_is_no_case() -> None:
    assert fees(paid("5,000 VNĐ(đ/lần cấp (Miễn phí từ ngày 07/4/2026 đến 30/6/2026))")) == [(5_000, "lần cấp", "")]
    assert fees(paid("5,000 VNĐ(1 lần)")) == [(5_000, "1 lần", "")]
    by_rule = paid("5,000 VNĐ(theo quy định tại Thông tư số 10/2024/TT-BTC)")
    assert (by_rule.fees[0].condition, by_rule.fees[0].basis) == ("", "10/2024/TT-BTC")
    assert fees(paid("5,000 VNĐ(Phí thẩm định (rạp lớn))")) == [(5_000, "", "Phí thẩm định (rạp lớn)")]


def test_every_other_time_of_the_description_is_named() -> None:
    other = with_methods("Trực tiếp60 NgàyMiễn phí- 60 ngày đối với cấp mới;\n- 15 ngày đối với cấp lại.")
    assert "15 ngày" in said(other, "time_limits")
    assert "15 ngày đối với cấp lại" in other.time_limits[0].note
    steps = "Kiểm tra hồ sơ: 02 ngày làm việc; thẩm định: 05 ngày làm việc kể từ ngày nhận hồ sơ."
    assert codes(with_methods(f"Trực tiếp7 Ngày làm việcMiễn phí{steps}"), "time_limits") == set()
    clock = "Thời hạn 3 ngày; hồ sơ nhận sau 15 giờ cùng ngày thì tính từ hôm sau."
    assert codes(with_methods(f"Trực tiếp3 NgàyMiễn phí{clock}"), "time_limits") == set()


def test_an_empty_time_field_names_the_times_below_it() -> None:
    two = "28 ngày làm việc (đối với cấp mới), 02 ngày làm việc (đối với cấp lại) kể từ ngày nhận hồ sơ."
    procedure = with_methods(f"Trực tiếpKhông có thông tinMiễn phí{two}")
    assert procedure.time_limits[0].amount is None
    assert "28 ngày làm việc, 2 ngày làm việc" in said(procedure, "time_limits")
    one = with_methods("Trực tiếpKhông có thông tinMiễn phí15 ngày làm việc kể từ ngày nhận được hồ sơ đầy đủ")
    assert (one.time_limits[0].amount, one.time_limits[0].unit) == (15.0, TimeUnit.WORKING_DAY)
