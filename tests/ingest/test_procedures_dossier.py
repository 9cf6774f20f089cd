"""The flattened dossier and legal-basis tables of crawled records."""

from __future__ import annotations

import pytest

from assistant.ingest.procedures_dossier import dossier_of
from assistant.ingest.procedures_text import legal_basis_of, results_of, steps_of
from tests.ingest.test_procedures import BASES, PAPERS


def test_items_carry_originals_and_copies() -> None:
    dossier = dossier_of(f"--{PAPERS}- Đơn xin dựng rạp1 bản chính,2 bản saoẢnh cưới0 bản chính,1 bản sao")
    assert [(item.name, item.originals, item.copies) for item in dossier.items] == [
        ("Đơn xin dựng rạp", 1, 2),
        ("Ảnh cưới", 0, 1),
    ]


@pytest.mark.parametrize(
    ("cell", "name", "originals"),
    [
        ("Tờ khai theo Mẫu số 181 bản chính", "Tờ khai theo Mẫu số 18", 1),
        ("Đơn lập ngày 05/3/20262 bản chính", "Đơn lập ngày 05/3/2026", 2),
        ("Hợp đồng (01 bản chính hoặc 01 bản sao)1 bản chính", "Hợp đồng (01 bản chính hoặc 01 bản sao)", 1),
        ("Giấy báo: 01 bản chính.3 bản chính", "Giấy báo: 01 bản chính.", 3),
    ],
)
def test_digits_of_the_name_are_not_taken_for_the_quantity(cell: str, name: str, originals: int) -> None:
    (item,) = dossier_of(f"--{PAPERS}{cell}").items
    assert (item.name, item.originals) == (name, originals)


@pytest.mark.parametrize(
    ("name", "file", "form"),
    [
        ("Đơn xin dựng rạp theo Nghị định số 33/2026/NĐ-CP", ".Mus02-PhlcIII.docx", "Mus02-PhlcIII"),
        ("Đơn xin dựng rạp theo mẫu", "Phụ lục XVII.pdf", "Phụ lục XVII"),
        ("Đơn xin dựng rạp theo Mẫu CT09 kèm theo Quyết định này", ";CT09.doc", "Mẫu CT09 kèm theo Quyết định này"),
        ("Đơn theo Thông tư số 20/2013/TTLT-BYT-BCT", "Phụ lục 1.docx", "Phụ lục 1"),
    ],
)
def test_glued_file_names_become_the_form(name: str, file: str, form: str) -> None:
    (item,) = dossier_of(f"--{PAPERS}{name}{file}1 bản chính").items
    assert (item.name, item.form) == (name, form)


def test_the_heading_of_a_table_is_the_condition_of_its_items() -> None:
    text = (
        f"* Giấy tờ phải nộp:{PAPERS}Đơn xin1 bản chínhTrường hợp rạp hai tầng, hồ sơ gồm:{PAPERS}Bản vẽ1 bản chính"
        f"* Giấy tờ phải xuất trình:{PAPERS}Thẻ căn cước1 bản chính"
    )
    items = dossier_of(text).items
    assert [(item.name, item.condition, item.submit) for item in items] == [
        ("Đơn xin", "", True),
        ("Bản vẽ", "Trường hợp rạp hai tầng", True),
        ("Thẻ căn cước", "", False),
    ]


def test_conditions_stand_in_the_item_too() -> None:
    text = f"--{PAPERS}Trường hợp thuê rạp thì phải có hợp đồng thuê1 bản chínhGiấy ủy quyền (nếu có)1 bản chính"
    assert [item.condition for item in dossier_of(text).items] == ["Trường hợp thuê rạp", "nếu có"]


def test_rules_and_counts_of_sets_are_no_papers() -> None:
    rule = "Trường hợp cơ quan đã tra được thông tin trong cơ sở dữ liệu thì người dân không phải nộp giấy tờ này nữa"
    dossier = dossier_of(f"--{PAPERS}{rule}0 bản chínhSố lượng hồ sơ: 02 (hai) bộ.1 bản chínhĐơn xin1 bản chính")
    assert [item.name for item in dossier.items] == ["Đơn xin"]
    assert dossier.remarks == (rule,)
    assert dossier.sets == 2


def test_several_papers_of_one_cell_are_told_apart() -> None:
    items = dossier_of(f"--{PAPERS}- Tờ trình; - Báo cáo thành tích; - Biên bản họp1 bản chính").items
    assert [item.name for item in items] == ["Tờ trình", "Báo cáo thành tích", "Biên bản họp"]
    content = dossier_of(f"--{PAPERS}Đơn gồm các nội dung: - Tên cũ; - Tên mới1 bản chính").items
    assert len(content) == 1


def test_legal_bases_are_cut_at_numbers_glued_to_the_next_title() -> None:
    text = (
        f"{BASES}Luật Vỉa hè năm 201102/2011/QH13Nghị định 05/2012/NĐ-CP05/2012/NĐ-CPThông tư số 53/2025/TT-BCAngày "
        "01/7/2025 sửa Thông tư số 55/2021/TT-BCA53/2025/TT-BCAsửa đổi quy định về rạp66.7/2025/NQ-CP"
    )
    assert [(basis.number, basis.title) for basis in legal_basis_of(text)] == [
        ("02/2011/QH13", "Luật Vỉa hè năm 2011"),
        ("05/2012/NĐ-CP", "Nghị định 05/2012/NĐ-CP"),
        ("53/2025/TT-BCA", "Thông tư số 53/2025/TT-BCAngày 01/7/2025 sửa Thông tư số 55/2021/TT-BCA"),
        ("66.7/2025/NQ-CP", "sửa đổi quy định về rạp"),
    ]


def test_malformed_numbers_of_the_portal_are_repaired() -> None:
    text = f"{BASES}Nghị quyết về rạp190/2025/NQ-QH15Thông tư về vỉa hè31/2025/TT_BCA"
    assert [basis.number for basis in legal_basis_of(text)] == ["190/2025/QH15", "31/2025/TT-BCA"]


def test_results_lose_codes_and_buttons_and_keep_the_description() -> None:
    text = "Giấy phépMã: KQ.G01.000067Giấy từ chốiMã: KQ0.00.00.G00-3322"
    text += "Từ khóaRạpMô tảGiấy có hạn 5 năm.Chọn cơ quan thực hiện"
    assert results_of(text) == (("Giấy phép", "Giấy từ chối"), "Giấy có hạn 5 năm.")


def test_steps_without_marks_are_read_by_line_and_wrapped_lines_are_joined() -> None:
    steps = steps_of("- Người dân nộp đơn\ntại phường.\n- Phường trả lời.")
    assert [step.text for step in steps] == ["Người dân nộp đơn tại phường.", "Phường trả lời."]
