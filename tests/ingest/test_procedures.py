"""Crawled portal records become clean values; every doubt about money and time becomes a flag."""

from __future__ import annotations

import gzip
import importlib.util
import json
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from assistant.errors import BadInput, UnreadableFile
from assistant.index.values import Kind
from assistant.ingest.procedures import CRAWLED_ON, from_portal, read_portal, to_entry
from assistant.law.procedure import Channel, FeeKind, Procedure, TimeUnit

METHODS = "Hình thức nộpThời gianPhí, lệ phíMô tả"
PAPERS = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
BASES = "Tên văn bản pháp lýMã văn bản"
PORTAL = Path(__file__).parents[2].parent / "shared/data/procedures/procedures.jsonl.gz"


def record(**fields: str) -> dict[str, str]:
    """A record as the crawl leaves it, of our own making."""
    plain = {
        "ma_thu_tuc": "9.000001",
        "ten_thu_tuc": "Thủ tục xin dựng rạp cưới trên vỉa hè",
        "so_quyet_dinh": "12/QĐ-BXD",
        "cap_thuc_hien": "Cấp tỉnh, Cấp xã",
        "linh_vuc": "Vỉa hè",
        "doi_tuong_thuc_hien": "Tổ chức (không bao gồm doanh nghiệp, HTX), Công dân Việt Nam",
        "co_quan_thuc_hien": "Ủy ban nhân dân cấp xã",
        "trinh_tu_thuc_hien": "Bước 1: Nộp đơn.\nBước 2: Nhận giấy.",
        "cach_thuc_thuc_hien": METHODS + "Trực tuyến3 Ngày làm việcMiễn phíTrực tiếp3 Ngày làm việcMiễn phí",
        "thanh_phan_ho_so": f"--{PAPERS}Đơn xin dựng rạp1 bản chính",
        "can_cu_phap_ly": BASES + "Luật Vỉa hè năm 202402/2024/QH15",
        "ket_qua_xu_ly": "Giấy phép dựng rạpMã: KQ.G01.000001Từ khóaKhông có thông tinMô tảKhông có thông tin"
        "Chọn cơ quan thực hiệnTỉnh/ Thành phốBộ ngành-- Chọn Tỉnh/ Thành phố --Nộp hồ sơ",
        "yeu_cau_dieu_kien": "Không có thông tin",
        "detail_url": "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/x",
    }
    return plain | fields


def with_methods(rows: str, **fields: str) -> Procedure:
    return from_portal(record(cach_thuc_thuc_hien=METHODS + rows, **fields))


def codes(procedure: Procedure, field: str) -> set[str]:
    return {flag.code for flag in procedure.flags if flag.field == field}


def test_a_plain_record_keeps_every_field_without_page_furniture() -> None:
    procedure = from_portal(record())
    assert procedure.name == "Xin dựng rạp cưới trên vỉa hè"
    assert procedure.levels == ("Cấp tỉnh", "Cấp xã")
    assert procedure.applicants == ("Công dân Việt Nam", "Tổ chức (không bao gồm doanh nghiệp, HTX)")
    assert procedure.authority == "Ủy ban nhân dân cấp xã"
    assert procedure.channels == (Channel.ONLINE, Channel.DIRECT)
    assert [(limit.amount, limit.unit, limit.channel) for limit in procedure.time_limits] == [
        (3.0, TimeUnit.WORKING_DAY, None)
    ]
    assert [fee.kind for fee in procedure.fees] == [FeeKind.FREE]
    assert [step.text for step in procedure.steps] == ["Nộp đơn.", "Nhận giấy."]
    assert procedure.result == ("Giấy phép dựng rạp",)
    assert procedure.requirements == ()
    assert procedure.checked_on == CRAWLED_ON
    assert procedure.flags == ()
    assert "tháng 7/2026" in procedure.sources["fees"]
    assert "requirements" not in procedure.sources


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Thủ tục cấp phép nuôi chim", "Cấp phép nuôi chim"),
        ("Thủ tục hải quan đối với lô hàng mẫu", "Thủ tục hải quan đối với lô hàng mẫu"),
        ("Thủ tục đối với hàng mẫu", "Thủ tục đối với hàng mẫu"),
        ("Cấp phép nuôi chim (9.000001)", "Cấp phép nuôi chim"),
        ("Ca\u0302\u0301p phe\u0301p", "Cấp phép"),
    ],
)
def test_names_lose_the_leading_word_only_where_it_is_not_part_of_the_name(name: str, expected: str) -> None:
    assert from_portal(record(ten_thu_tuc=name)).name == expected


def test_a_time_without_unit_is_kept_and_flagged_once_for_all_channels() -> None:
    procedure = with_methods("Trực tuyến1Miễn phíDịch vụ bưu chính1Miễn phíTrực tiếp1Miễn phí")
    assert [(limit.amount, limit.unit) for limit in procedure.time_limits] == [(1.0, None)]
    flags = [flag for flag in procedure.flags if flag.field == "time_limits"]
    assert [flag.code for flag in flags] == ["time_without_unit"]
    assert "trực tuyến, qua bưu chính, trực tiếp" in flags[0].message


def test_times_of_different_channels_stay_apart_and_unexplained_differences_are_flagged() -> None:
    procedure = with_methods("Trực tuyến10 Ngày làm việcMiễn phíTrực tiếp20 NgàyMiễn phí")
    assert [(limit.amount, limit.unit, limit.channel) for limit in procedure.time_limits] == [
        (10.0, TimeUnit.WORKING_DAY, Channel.ONLINE),
        (20.0, TimeUnit.DAY, Channel.DIRECT),
    ]
    assert codes(procedure, "time_limits") == {"field_note_differ"}


@pytest.mark.parametrize(
    "description",
    [
        "Thời hạn giải quyết không quá 07 ngày làm việc kể từ ngày nhận hồ sơ.",
        "Thời gian giải quyết: 3 ngày kể từ ngày nhận đủ hồ sơ.",  # days, where the field has working days
        "Nộp tại phường (không quy định thời gian giải quyết)",
    ],
)
def test_a_description_that_names_another_time_is_flagged(description: str) -> None:
    procedure = with_methods(f"Trực tiếp3 Ngày làm việcMiễn phí{description}")
    assert codes(procedure, "time_limits") == {"field_note_differ"}


def test_parts_that_add_up_to_the_field_are_no_contradiction() -> None:
    text = "Thời hạn kiểm tra: 02 ngày làm việc; thời hạn thẩm định: 05 ngày làm việc (thêm 03 ngày làm việc nếu sửa)."
    assert codes(with_methods(f"Trực tiếp7 Ngày làm việcMiễn phí{text}"), "time_limits") == set()


def test_a_step_that_takes_longer_than_the_whole_limit_is_flagged() -> None:
    steps = "Bước 1: Nộp đơn.\nBước 2: Trong thời hạn 09 ngày làm việc kể từ ngày nhận đủ hồ sơ, phường trả lời."
    assert codes(from_portal(record(trinh_tu_thuc_hien=steps)), "time_limits") == {"field_note_differ"}


def test_a_time_in_words_or_none_at_all_is_missing() -> None:
    procedure = with_methods("Trực tuyếnKhông quy địnhMiễn phíTrực tiếpKhông có thông tinMiễn phí")
    assert [limit.amount for limit in procedure.time_limits] == [None, None]
    assert codes(procedure, "time_limits") == {"time_missing"}


def test_a_channel_word_inside_a_description_starts_no_row() -> None:
    procedure = with_methods("Trực tiếp3 NgàyMiễn phíTrực tiếp tại phường hoặc Trực tuyến qua cổng.")
    assert procedure.channels == (Channel.DIRECT,)
    assert "Trực tuyến qua cổng" in procedure.where


def test_old_district_bodies_and_odd_decisions_are_flagged() -> None:
    procedure = from_portal(
        record(co_quan_co_tham_quyen="Ủy ban nhân dân cấp huyện", so_quyet_dinh="QĐ/0001-BXD", co_quan_thuc_hien="")
    )
    assert codes(procedure, "authority") == {"old_body"}
    assert codes(procedure, "decision") == {"junk"}
    assert from_portal(record(so_quyet_dinh="Số 64./QD-BXD")).decision == "64/QĐ-BXD"


def test_a_record_whose_sections_were_cut_in_a_sentence_is_put_right_from_the_page() -> None:
    page = (
        "Xin dựng rạpTrình Tự Thực HiệnBước 1. Lập hồ sơ theo mục 3 (Thành phần hồ sơ); nộp ở phường.\n"
        f"Cách Thức Thực Hiện{METHODS}Trực tiếp3 NgàyMiễn phíThành phần hồ sơ--{PAPERS}Đơn xin dựng rạp2 bản chính"
        f"Căn cứ pháp lý{BASES}Luật Vỉa hè02/2024/QH15Cơ quan thực hiệnPhườngYêu cầu, điều kiện thực hiện"
        "Không có thông tinKết quả xử lýGiấy phépMã: KQ1"
    )
    cut = record(
        trinh_tu_thuc_hien="Bước 1. Lập hồ sơ theo mục 3 (", thanh_phan_ho_so="); nộp ở phường.", raw_text=page
    )
    procedure = from_portal(cut)
    assert [step.text for step in procedure.steps] == ["Lập hồ sơ theo mục 3 (Thành phần hồ sơ); nộp ở phường."]
    assert [(item.name, item.originals) for item in procedure.dossier] == [("Đơn xin dựng rạp", 2)]


def test_a_record_without_code_or_name_is_refused_in_vietnamese() -> None:
    with pytest.raises(BadInput, match="thiếu mã"):
        from_portal(record(ma_thu_tuc=""))


def test_an_entry_can_be_searched_by_all_fields_and_carries_the_value() -> None:
    entry = to_entry(with_methods("Trực tuyến3 Ngày làm việc7,000 VNĐ(Lệ phí: 7.000 đồng/lần.)"), source="tệp.jsonl")
    assert (entry.id, entry.kind, entry.number) == ("tthc:9.000001", Kind.PROCEDURE, "9.000001")
    assert entry.source == "tệp.jsonl"
    for words in ("Đơn xin dựng rạp", "03 ngày làm việc (trực tuyến)", "7.000 đồng/lần", "Luật Vỉa hè", "Nộp đơn."):
        assert words in entry.text
    assert entry.payload["fees"][0]["amount"] == 7000


def test_a_file_is_read_lazily_and_bad_lines_are_reported(tmp_path: Path) -> None:
    path = tmp_path / "portal.jsonl.gz"
    lines = [json.dumps(record()), "{not json", json.dumps(record()), json.dumps(record(ma_thu_tuc="9.000002"))]
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    problems: list[tuple[str, str]] = []
    entries = list(read_portal(path, on_error=lambda where, reason: problems.append((where, reason))))
    assert [entry.number for entry in entries] == ["9.000001", "9.000002"]
    assert [where for where, _ in problems] == ["portal.jsonl.gz:2", "portal.jsonl.gz:3"]
    assert "đã có ở dòng trước" in problems[1][1]


def test_a_file_that_is_no_gzip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "portal.jsonl.gz"
    path.write_text("no gzip")
    with pytest.raises(UnreadableFile, match=r"portal\.jsonl\.gz"):
        list(read_portal(path, on_error=lambda where, reason: None))


def test_periods_are_over_relative_to_the_day_asked_about() -> None:
    note = "Trực tuyến3 Ngày5,000 VNĐ(5.000 đồng/lần từ ngày 01/7/2025 đến hết ngày 31/12/2026)"
    fields = record(cach_thuc_thuc_hien=METHODS + note)
    before = from_portal(fields, on=date(2026, 7, 31))
    after = from_portal(fields, on=date(2027, 1, 1))
    assert "fee_period_over" not in codes(before, "fees")
    assert "fee_period_over" in codes(after, "fees")
    assert before.fees[0].valid_to == date(2026, 12, 31)


@pytest.mark.data
@pytest.mark.skipif(not PORTAL.exists(), reason="the crawled records are not beside the project")
def test_every_crawled_record_becomes_a_value() -> None:
    problems: list[str] = []
    entries = list(read_portal(PORTAL, on_error=lambda where, reason: problems.append(f"{where}: {reason}")))
    assert problems == []
    assert len(entries) == 1993
    assert all("Chọn cơ quan thực hiện" not in entry.text and "Nộp hồ sơ\n" not in entry.title for entry in entries)
    free = [entry for entry in entries if any(fee["kind"] == "free" for fee in entry.payload["fees"])]
    assert all("lệ phí cụ thể do Hội đồng nhân dân" not in entry.text for entry in free)


@pytest.mark.data
@pytest.mark.skipif(not PORTAL.exists(), reason="the crawled records are not beside the project")
def test_no_record_breaks_a_rule_on_money_or_time() -> None:
    with gzip.open(PORTAL, "rt", encoding="utf-8") as lines:
        found = [one for line in lines for one in invariants().broken(json.loads(line))]
    assert found == []


def invariants() -> ModuleType:
    path = Path(__file__).parents[2] / "eval/procedures_check/invariants.py"
    spec = importlib.util.spec_from_file_location("procedure_invariants", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
