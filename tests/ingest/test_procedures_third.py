"""Traps in dossiers, steps, bases and names that the third draw of crawled records showed."""

from __future__ import annotations

import pytest

from assistant.ingest.procedures_dossier import dossier_of
from assistant.ingest.procedures_text import clean_name, legal_basis_of, results_of, steps_of
from tests.ingest.test_procedures import BASES, PAPERS, with_methods


def conditions(text: str) -> list[tuple[str, str]]:
    return [(item.name, item.condition) for item in dossier_of(text).items]


def test_the_name_of_a_form_ends_at_a_phrase_or_a_number_never_in_a_word() -> None:
    long = "và những giấy tờ khác về việc dựng rạp mà phường đã hẹn người dân mang tới khi nhận kết quả"
    cells = (
        f"Đơn theo Mẫu số 04 Phụ lục kèm theo Nghị quyết 05/2025/NQ-CP của Chính phủ {long}1 bản chính"
        "Bản khai (mẫu 1 A)1 bản chính"
    )
    assert [item.form for item in dossier_of(f"--{PAPERS}{cells}").items] == [
        "Mẫu số 04 Phụ lục kèm theo Nghị quyết 05/2025/NQ-CP",
        "mẫu 1 A",
    ]


def test_headings_of_several_tables_tell_them_apart_but_one_heading_is_no_condition() -> None:
    first, second = "Hồ sơ dựng rạp cưới của phường", "Hồ sơ dựng rạp hát của tỉnh"
    two = f"{first}:{PAPERS}Đơn xin1 bản chính{second}:{PAPERS}Bản vẽ1 bản chính"
    assert conditions(two) == [("Đơn xin", first), ("Bản vẽ", second)]
    assert conditions(f"Thành phần hồ sơ đề nghị dựng rạp cưới:{PAPERS}Đơn xin1 bản chính") == [("Đơn xin", "")]


def test_a_heading_inside_the_table_is_the_condition_of_the_papers_below_it() -> None:
    heading = "- Đối với rạp trên vỉa hè hẹp, hồ sơ phải bổ sung:"
    table = f"--{PAPERS}- Đơn xin1 bản chính{heading}0 bản chính+ Ảnh chụp vỉa hè1 bản chính- Bản vẽ1 bản chính"
    assert conditions(table) == [
        ("Đơn xin", ""),
        ("Ảnh chụp vỉa hè", "Đối với rạp trên vỉa hè hẹp, hồ sơ phải bổ sung"),
        ("Bản vẽ", ""),
    ]


def test_a_sentence_in_brackets_above_a_table_is_a_remark() -> None:
    aside = "Cơ quan nhận đơn tự tra cứu thông tin về người dựng rạp trong cơ sở dữ liệu và không đòi người dân nộp nữa"
    dossier = dossier_of(f"({aside}) Trường hợp rạp hai tầng:{PAPERS}Bản vẽ1 bản chính")
    assert [item.condition for item in dossier.items] == ["Trường hợp rạp hai tầng"]
    assert dossier.remarks == (aside,)


def test_a_case_with_commas_is_not_cut_at_the_first() -> None:
    paper = "Trường hợp đổi tên rạp, địa chỉ, chủ rạp, hồ sơ kèm theo đơn của chủ mới"
    assert conditions(f"--{PAPERS}{paper}1 bản chính") == [(paper, "Trường hợp đổi tên rạp, địa chỉ, chủ rạp")]


def test_one_form_of_a_cell_with_several_papers_is_given_to_none_of_them() -> None:
    dossier = dossier_of(f"--{PAPERS}- Tờ trình; - Báo cáo dựng rạp; - Biên bản họpMẫu 3. Báo cáo.docx1 bản chính")
    assert [(item.name, item.form) for item in dossier.items] == [
        ("Tờ trình", ""),
        ("Báo cáo dựng rạp", ""),
        ("Biên bản họp", ""),
    ]
    assert dossier.remarks == ("Mẫu kèm theo: Mẫu 3. Báo cáo",)


def test_a_list_below_a_colon_belongs_to_its_step() -> None:
    text = "- Người dân nộp đơn, theo một trong hai cách:\n+ Tại phường.\n+ Qua bưu điện.\n- Phường trả lời."
    assert [step.text for step in steps_of(text)] == [
        "Người dân nộp đơn, theo một trong hai cách:\n+ Tại phường.\n+ Qua bưu điện.",
        "Phường trả lời.",
    ]


def test_labels_and_titles_of_sections_are_no_part_of_a_step() -> None:
    text = "3.1. Trình tự thực hiện\n(ii) Người dân nộp đơn.\na2) Phường xem đơn.\n3.2.1. Phường trả lời."
    assert [step.text for step in steps_of(text)] == ["Người dân nộp đơn.", "Phường xem đơn.", "Phường trả lời."]


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (
            "Luật sửa đổi Luật Vỉa hè và Luật Rạp 146/2025/QH15 Thông tư 01/2022/TT-BXD về rạp01/2022/TT-BXD",
            {
                "146/2025/QH15": "Luật sửa đổi Luật Vỉa hè và Luật Rạp",
                "01/2022/TT-BXD": "Thông tư 01/2022/TT-BXD về rạp",
            },
        ),
        (
            "Nghị định 23/2026/NĐ-CP về dựng rạp.NĐ 23/2026/NĐ-CP14/2025/TT-BXD14/2025/TT-BXD",
            {"23/2026/NĐ-CP": "Nghị định 23/2026/NĐ-CP về dựng rạp", "14/2025/TT-BXD": ""},
        ),
        (
            "Luật số 58/2024/QH15 của Quốc hội: Luật Vỉa hèLuật số 58Nghị định về dựng rạp11/2025/NĐ-CP",
            {
                "58/2024/QH15": "Luật số 58/2024/QH15 của Quốc hội: Luật Vỉa hè",
                "11/2025/NĐ-CP": "Nghị định về dựng rạp",
            },
        ),
    ],
)
def test_a_number_column_not_glued_to_its_title_still_ends_the_row(column: str, expected: dict[str, str]) -> None:
    assert {basis.number: basis.title for basis in legal_basis_of(f"{BASES}{column}")} == expected


def test_the_word_for_number_is_no_title() -> None:
    bases = legal_basis_of(f"{BASES}73/2025/TT-BXDSố 73/2025/TT-BXDLuật Vỉa hè02/2024/QH15")
    assert all(basis.title != "Số" for basis in bases)


def test_names_stand_on_one_line_and_results_lose_codes_with_a_small_letter() -> None:
    assert clean_name("Thủ tục xin dựng rạp\ntrên vỉa hè") == "Xin dựng rạp trên vỉa hè"
    assert results_of("Giấy phépMã: KQ.G01.000067Giấy từ chốiMã: KQ.g19.000556")[0] == ("Giấy phép", "Giấy từ chối")
    assert results_of("Giấy từ chốiMã: KQ.g19.000556Giấy phépMã: KQ.G01.000067")[0] == ("Giấy từ chối", "Giấy phép")


def test_an_amount_in_the_description_is_no_note_on_the_time() -> None:
    told = "+ 50.000 đồng/lần\n+ 25.000 đồng/lần (áp dụng từ ngày 01/7/2025 đến hết ngày 31/12/2026)\n"
    told += "Thời hạn giải quyết tính từ khi đủ hồ sơ"
    (limit,) = with_methods(f"Trực tiếp3 Ngày làm việc50,000 VNĐ(50.000 đồng/lần){told}").time_limits
    assert limit.note == "Thời hạn giải quyết tính từ khi đủ hồ sơ"
