"""Header fields as offices print them, and as files of the register and drafts carry them."""

from datetime import date

import pytest

from assistant.ingest.header import number_from_name
from assistant.ingest.header_title import full_title, sentence_case
from assistant.ingest.parse import parse

BODY = "Điều 1. Bến đò\nBến mở cửa.\n"
MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"


def test_a_circular_gives_all_its_fields() -> None:
    document = parse(
        f"BỘ TÀI CHÍNH\nSố: 17/2031/TT-BTC\n{MOTTO}Hà Nội, ngày 04 tháng 6 năm 2031\nTHÔNG TƯ\n"
        "Quy định phí qua bến đò\nCăn cứ Luật Phí và lệ phí số 97/2015/QH13;\n"
        "Theo đề nghị của Cục trưởng Cục Phí;\nBộ trưởng Bộ Tài chính ban hành Thông tư quy định phí qua bến đò.\n"
        f"{BODY}Điều 2. Hiệu lực\nThông tư này có hiệu lực thi hành sau 45 ngày kể từ ngày ký ban hành.\n"
        "Nơi nhận:\n- Ban Bí thư;\n- Lưu: VT.\nKT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\nĐỗ Thị Lan Anh\n"
    )
    assert document.number == "17/2031/TT-BTC"
    assert document.doc_type == "Thông tư"
    assert document.issuing_body == "Bộ Tài chính"
    assert document.place == "Hà Nội"
    assert document.issued_on == date(2031, 6, 4)
    assert document.effective_on == date(2031, 7, 19)
    assert document.subject == "Quy định phí qua bến đò"
    assert document.legal_bases == ("Căn cứ Luật Phí và lệ phí số 97/2015/QH13",)
    assert document.signer == "Đỗ Thị Lan Anh"
    assert document.warnings == ()


def test_a_law_takes_its_date_from_the_adoption_and_its_name_from_the_enacting_line() -> None:
    document = parse(
        f"QUỐC HỘI\n{MOTTO}Luật số: 41/2030/QH16\nLUẬT\nBẾN BÃI\nCăn cứ Hiến pháp;\n"
        f"Quốc hội ban hành Luật Bến bãi.\n{BODY}"
        "Luật này được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam khóa XVI, kỳ họp thứ 9 thông qua ngày 12 tháng "
        "6 năm 2030.\nCHỦ TỊCH QUỐC HỘI\n(Đã ký)\nNGUYỄN VĂN TÁM\n"
    )
    assert (document.number, document.doc_type, document.issuing_body) == ("41/2030/QH16", "Luật", "Quốc hội")
    assert document.subject == "Bến bãi"
    assert document.issued_on == date(2030, 6, 12)
    assert document.signer == "Nguyễn Văn Tám"


def test_a_file_of_the_register_carries_its_number_in_the_title() -> None:
    document = parse(f"{MOTTO}Luật Bến bãi số 41/2030/QH16\nLUẬTBẾN BÃI\nQuốc hội ban hành Luật bến bãi.\n{BODY}")
    assert (document.number, document.doc_type, document.subject) == ("41/2030/QH16", "Luật", "Bến bãi")


def test_a_city_decision_names_the_committee_with_its_city() -> None:
    document = parse(
        f"ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HỒ CHÍ MINH\n-------\nSố: 08/2031/QĐ-UBND\n{MOTTO}QUYẾT ĐỊNH\nVề bến đò\n"
        f"QUYẾT ĐỊNH:\n{BODY}"
    )
    assert document.issuing_body == "Ủy ban nhân dân Thành phố Hồ Chí Minh"
    assert document.subject == "Về bến đò"


def test_a_draft_with_blank_number_and_date_says_so() -> None:
    document = parse(
        f"ỦY BAN NHÂN DÂN\nXÃ BẾN GỖ\nSố:      /2031/QĐ-UBND\n{MOTTO}Bến Gỗ, ngày     tháng     năm 2031\nQUYẾT ĐỊNH\n"
        f"Về giờ mở bến\n{BODY}",
        source="Dự thảo 2.docx",
    )
    assert document.number is None
    assert document.doc_type == "Quyết định"
    assert document.place == "Bến Gỗ"
    assert document.issued_on is None
    assert [warning.message for warning in document.warnings] == ["Số ký hiệu còn để trống (dự thảo)"]


def test_a_number_only_the_file_name_knows_is_used_and_said() -> None:
    document = parse(f"NGHỊ ĐỊNH\nVề bến đò\n{BODY}", source="nghi-dinh-so-118-2031-nd-cp-4693.pdf")
    assert document.number == "118/2031/NĐ-CP"
    assert "lấy từ tên tệp" in document.warnings[0].message


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("luat-so-51-2030-qh15-43559.pdf", "51/2030/QH15"),
        ("43_2031_QD-UBND.docx", "43/2031/QĐ-UBND"),
        ("van-ban-hop-nhat-so-40-vbhn-bct-1.pdf", "40/VBHN-BCT"),
        ("Dự thảo lần 2.docx", None),
        ("bien-ban-12-05-2031.docx", None),
    ],
)
def test_numbers_in_file_names(name: str, number: str | None) -> None:
    found = number_from_name(name)
    assert (found.normalised if found else None) == number


@pytest.mark.parametrize(
    ("clause", "day"),
    [
        ("Quyết định này có hiệu lực kể từ ngày 01 tháng 7 năm 2031.", date(2031, 7, 1)),
        ("Quyết định này có hiệu lực thi hành từ ngày 01/7/2031, trừ khoản 2 Điều này.", date(2031, 7, 1)),
        ("Quyết định này có hiệu lực kể từ ngày ký.", date(2031, 5, 9)),
        ("Quyết định này có hiệu lực sau 10 ngày kể từ ngày ký.", date(2031, 5, 19)),
        ("Quyết định này có hiệu lực sau 15 (mười lăm) ngày, kể từ ngày ký ban hành.", date(2031, 5, 24)),
        ("Quyết định này có hiệu lực sau mười lăm ngày kể từ ngày ký.", date(2031, 5, 24)),
        ("Quyết định này có hiệu lực sau 15 ngày kể từ ngày đăng Công báo.", None),
        ("Quyết định này có hiệu lực kể từ ngày 31 tháng 02 năm 2031.", None),
        ("Hồ sơ nộp trước ngày Quyết định này có hiệu lực được giải quyết tiếp.", None),
        ("Khoản 2 Điều 5 của Quyết định này có hiệu lực từ ngày 01 tháng 7 năm 2031.", None),
    ],
)
def test_the_day_of_effect_is_counted_from_the_clause(clause: str, day: date | None) -> None:
    document = parse(
        "UBND\nSố: 08/2031/QĐ-UBND\nBến Gỗ, ngày 09 tháng 5 năm 2031\nQUYẾT ĐỊNH\nVề bến\n"
        f"{BODY}Điều 2. Thi hành\n{clause}\n"
    )
    assert document.effective_on == day


def test_a_council_resolution_takes_effect_by_its_last_line() -> None:
    document = parse(
        f"Số: 05/2031/NQ-HĐND\nBến Gỗ, ngày 09 tháng 5 năm 2031\nNGHỊ QUYẾT\nVề bến\n{BODY}"
        "Nghị quyết này đã được Hội đồng nhân dân xã khóa II, kỳ họp thứ 3 thông qua ngày 08 tháng 5 năm 2031 và có hiệu "
        "lực từ ngày 01 tháng 6 năm 2031.\nCHỦ TỊCH\nLê Thị Bảy\n"
    )
    assert document.effective_on == date(2031, 6, 1)
    assert document.signer == "Lê Thị Bảy"


def test_a_clause_that_cannot_be_counted_out_is_said_with_its_place() -> None:
    text = f"{BODY}Điều 2. Hiệu lực\nQuyết định này có hiệu lực sau 15 ngày kể từ ngày đăng Công báo.\n"
    warning = parse(text).warnings[-1]
    assert "Không tính được ngày hiệu lực" in warning.message
    assert text[warning.start :].startswith("Điều 2.")


def test_the_effect_of_a_quoted_text_is_not_that_of_the_document() -> None:
    text = (
        "Điều 1. Sửa đổi Điều 9 như sau:\n“Điều 9. Hiệu lực\n"
        "Quyết định này có hiệu lực từ ngày 01 tháng 01 năm 2020.”\nĐiều 2. Hiệu lực thi hành\nNghị định này có hiệu lực từ ngày 01 tháng 3 năm 2031.\n"
    )
    assert parse(text).effective_on == date(2031, 3, 1)


def test_recipients_are_no_clauses_and_no_signer() -> None:
    document = parse(f"{BODY}Nơi nhận:\n1. Văn phòng;\n2. Công an;\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nHồ Văn Ba\n")
    assert [p.locator.path for p in document.provisions] == ["dieu-1"]
    assert document.signer == "Hồ Văn Ba"


@pytest.mark.parametrize(
    ("doc_type", "subject", "title"),
    [
        ("Luật", "Khiếu nại", "Luật Khiếu nại"),
        ("Thông tư", "Quy định phí qua bến", "Thông tư quy định phí qua bến"),
        ("Nghị định", "Nghị định về bến đò", "Nghị định về bến đò"),
        (None, "Về việc họp", "Về việc họp"),
        ("Luật", "", ""),
    ],
)
def test_the_full_title_joins_type_and_subject(doc_type: str | None, subject: str, title: str) -> None:
    assert full_title(doc_type, subject) == title


def test_titles_in_capitals_are_shown_in_small_letters_with_the_names_of_the_state_kept() -> None:
    assert sentence_case("TỔ CHỨC QUỐC HỘI VÀ ỦY BAN NHÂN DÂN") == "Tổ chức Quốc hội và Ủy ban nhân dân"


AMENDING_DRAFT = """CHÍNH PHỦ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
{number}
Hà Nội, ngày    tháng    năm 2036
NGHỊ ĐỊNH
Sửa đổi, bổ sung một số điều của Nghị định số 12/2030/NĐ-CP
và Nghị định số 45/2032/NĐ-CP
Căn cứ Luật Cây xanh số 20/2030/QH20;
Chính phủ ban hành Nghị định sửa đổi, bổ sung một số điều của Nghị định số 12/2030/NĐ-CP.
Điều 1. Hiệu lực thi hành
Nghị định này có hiệu lực từ ngày 01 tháng 01 năm 2037.
"""


@pytest.mark.parametrize(
    "number",
    [
        "Số:     /2036/NĐ-CP",
        "Số: .../2036/NĐ-CP",
        "Số: …",
        "Số:",
        "Số: xx/2036/NĐ-CP",
        "Luật số:    /2036/QH20",
        "DỰ THẢO",
    ],
)
def test_a_draft_without_number_does_not_take_that_of_the_document_it_amends(number: str) -> None:
    document = parse(AMENDING_DRAFT.format(number=number), source="sua-doi-nghi-dinh-12-2030-nd-cp.docx")
    assert document.number is None
    assert document.doc_type == "Nghị định"
    assert [w.message for w in document.warnings] == ["Số ký hiệu còn để trống (dự thảo)"]


def test_a_draft_that_has_its_number_keeps_it() -> None:
    assert parse(AMENDING_DRAFT.format(number="DỰ THẢO\nSố: 15/2036/NĐ-CP")).number == "15/2036/NĐ-CP"


def test_two_columns_of_a_plain_text_are_read_the_left_one_first():
    text = (
        "ỦY BAN NHÂN DÂN              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "THÀNH PHỐ HỒ CHÍ MINH            Độc lập - Tự do - Hạnh phúc\n"
        "Số: 045/2026/QĐ-UBND       Thành phố Hồ Chí Minh, ngày 05 tháng 02 năm 2026\n"
        "QUYẾT ĐỊNH\nVề cây trên vỉa hè\nĐiều 1. Ban hành quy định.\n"
    )
    document = parse(text)
    assert document.issuing_body == "Ủy ban nhân dân Thành phố Hồ Chí Minh"
    assert (document.number, str(document.issued_on)) == ("045/2026/QĐ-UBND", "2026-02-05")


def test_a_letter_is_numbered_by_its_office():
    text = "SỞ XÂY DỰNG\nSố: 123/SXD-CX\nV/v trồng cây\nKính gửi: Phường.\n1. Trồng cây.\n2. Báo cáo.\n"
    assert parse(text).number == "123/SXD-CX"


@pytest.mark.parametrize(
    "closing",
    [
        "CHỦ TỊCH QUỐC HỘI(Đã ký)Trần Văn Cây",
        "CHỦ TỊCH QUỐC HỘI\n(Đã ký)Trần Văn Cây",
        "CHỦ TỊCH QUỐC HỘI\nĐã ký: Trần Văn Cây\nSAO Y BẢN CHÍNH\nCHỦ NHIỆM VĂN PHÒNG\nLê Thị Lá",
    ],
)
def test_the_name_glued_to_the_mark_of_signing_is_the_signer(closing):
    text = f"LUẬT\nCÂY XANH\nĐiều 1. Phạm vi\nLuật này về cây.\nĐiều 2. Hiệu lực\nTừ năm 2026.\n{closing}\n"
    assert parse(text).signer == "Trần Văn Cây"


def test_what_the_register_writes_behind_a_title_is_not_the_subject():
    text = "LUẬT\nTHUẾ CÂY XANH NGÀY 10/07/1993 CỦA QUỐC HỘI\nĐể khuyến khích trồng cây;\nĐiều 1. Thuế.\nĐiều 2. Mức.\n"
    assert parse(text).subject == "Thuế cây xanh"
