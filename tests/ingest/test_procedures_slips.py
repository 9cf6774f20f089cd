"""Slips of crawled records that the second hand check found: each was once read wrongly."""

from __future__ import annotations

from assistant.ingest.procedures import from_portal
from assistant.law.procedure import TimeUnit
from tests.ingest.test_procedures import BASES, METHODS, PAPERS, codes, record, with_methods


def bases(text: str) -> list[tuple[str, str]]:
    procedure = from_portal(record(can_cu_phap_ly=BASES + text))
    return [(basis.number, basis.title) for basis in procedure.legal_basis]


def steps(text: str) -> list[str]:
    return [step.text for step in from_portal(record(trinh_tu_thuc_hien=text)).steps]


def test_fees_named_in_the_description_are_read_and_their_period_is_said() -> None:
    said = (
        "Phí: 800.000 đồng/hồ sơ (áp dụng mức phí 400.000 đồng/hồ sơ kể từ ngày 01/7/2025 đến hết ngày 31/12/2026). "
        "Lệ phí: 100.000 đồng/hồ sơ."
    )
    procedure = with_methods(f"Trực tiếp6 Ngày làm việc800,000 Việt Nam Đồng{said}")
    assert [(fee.amount, fee.kind.value, bool(fee.valid_to)) for fee in procedure.fees] == [
        (800_000, "fee", False),
        (400_000, "fee", True),
        (100_000, "charge", False),
    ]
    assert "field_note_differ" in codes(procedure, "fees")


def test_a_share_of_an_amount_is_not_taken_for_the_amount() -> None:
    procedure = with_methods("Trực tiếp6 NgàyMiễn phí(Xác nhận hằng năm: 20% của 11.000.000 đồng)")
    assert [fee.amount for fee in procedure.fees] == [None]
    assert "20% của 11.000.000 đồng" in procedure.fees[0].note
    assert codes(procedure, "fees") == {"fee_contradicted"}


def test_an_amount_that_lost_its_digits_gives_way_to_the_field_and_is_flagged() -> None:
    procedure = with_methods("Trực tiếp1 Ngày50,000 Việt Nam Đồng(0.000đ/giấy thông hành)")
    assert [fee.amount for fee in procedure.fees] == [50_000]
    assert codes(procedure, "fees") == {"fee_contradicted"}


def test_a_second_amount_without_its_currency_is_a_fee_of_its_own() -> None:
    procedure = with_methods("Trực tiếp20 Ngày400,000 VNĐ(Thi lý thuyết dựng rạp, Phí: 1,700,000 Thi thực hành)")
    assert [(fee.amount, fee.condition) for fee in procedure.fees] == [
        (400_000, "Thi lý thuyết dựng rạp"),
        (1_700_000, "Thi thực hành"),
    ]


def test_the_title_of_a_circular_is_no_exemption() -> None:
    note = "theo Thông tư số 64/2025/TT-BTC quy định mức thu, miễn một số khoản phí, lệ phí nhằm hỗ trợ doanh nghiệp"
    assert with_methods(f"Trực tiếp20 Ngày7,500,000 Việt Nam Đồng({note})").exemptions == ()


def test_an_empty_time_is_taken_from_the_description_and_said() -> None:
    said = "* Thời hạn giải quyết: 13 ngày làm việc, kể từ ngày nhận hồ sơ (không tính thời gian lấy ý kiến)."
    procedure = with_methods(f"Trực tiếpKhông có thông tinMiễn phí{said}")
    (limit,) = procedure.time_limits
    assert (limit.amount, limit.unit) == (13.0, TimeUnit.WORKING_DAY)
    assert any("lấy từ phần mô tả" in flag.message for flag in procedure.flags if flag.field == "time_limits")


def test_an_empty_time_with_two_times_in_the_description_stays_missing() -> None:
    said = "Thời hạn giải quyết: 13 ngày làm việc; trường hợp phức tạp 20 ngày làm việc."
    procedure = with_methods(f"Trực tiếpKhông có thông tinMiễn phí{said}")
    assert procedure.time_limits[0].amount is None
    assert "time_missing" in codes(procedure, "time_limits")


def test_a_row_that_the_portal_prints_twice_is_one() -> None:
    row = "Trực tiếp3 NgàyMiễn phíNộp tại bộ phận một cửa."
    assert with_methods(row + row).time_limits == with_methods(row).time_limits


def test_bases_with_cut_or_misspelt_numbers_are_kept_apart() -> None:
    assert bases("Nghị định về vỉa hè.NĐ 23/2026/NĐ-CP") == [("23/2026/NĐ-CP", "Nghị định về vỉa hè")]
    assert bases("Nghị định số 18/2021/NĐ-CP về rạp cưới18/2021/ND-CP") == [
        ("18/2021/NĐ-CP", "Nghị định số 18/2021/NĐ-CP về rạp cưới")
    ]
    assert bases("Luật Vỉa hè02/2024/QH15Luật số 58/2024/QH15: Luật Rạp cướiLuật số 58")[1:] == [
        ("58/2024/QH15", "Luật Rạp cưới")
    ]
    assert bases("Về cắt giảm thủ tục.Nghị quyết số 17/2026/NQ-CP Luật 08/2017/QH1408/2017/QH14") == [
        ("17/2026/NQ-CP", "Về cắt giảm thủ tục"),
        ("08/2017/QH14", "Luật 08/2017/QH14"),
    ]


def test_headings_and_numbers_of_steps_are_no_steps() -> None:
    assert steps("Nộp hồ sơ\nBước 1: Gửi đơn.\nBước 2: Nhận giấy.") == ["Nộp hồ sơ: Gửi đơn.", "Nhận giấy."]
    assert steps("4.1.1. Bước 1 nộp hồ sơ.\n4.1.2. Bước 2 kiểm tra.") == ["nộp hồ sơ.", "kiểm tra."]
    assert steps("i) Giấy khai sinh;\nii) Giấy kết hôn.") == ["Giấy khai sinh", "Giấy kết hôn."]


def test_a_placeholder_is_no_result() -> None:
    procedure = from_portal(record(ket_qua_xu_ly="Giấy phép dựng rạpMã: Chưa xác định rõTừ khóaMô tả"))
    assert procedure.result == ("Giấy phép dựng rạp",)


def test_an_instruction_above_the_papers_is_a_note_and_a_kind_of_case_a_condition() -> None:
    said = "Trong đơn nêu rõ mục đích, phạm vi dựng rạp và cam đoan chịu trách nhiệm về việc sử dụng vỉa hè."
    procedure = from_portal(record(thanh_phan_ho_so=f"{said}{PAPERS}Đơn xin dựng rạp1 bản chính"))
    assert procedure.dossier[0].condition == ""
    assert procedure.notes == (said,)
    case = "Theo quy định đối với loại hình rạp di động:"
    procedure = from_portal(record(thanh_phan_ho_so=f"{case}{PAPERS}Đơn xin dựng rạp1 bản chính"))
    assert procedure.dossier[0].condition == "Theo quy định đối với loại hình rạp di động"


def test_methods_header_alone_gives_no_rows() -> None:
    assert from_portal(record(cach_thuc_thuc_hien=METHODS)).channels == ()
