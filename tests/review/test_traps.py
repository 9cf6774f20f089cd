"""What looks like a defect and is none: each line goes into a clean draft and must raise nothing."""

from __future__ import annotations

import pytest

from tests.review.conftest import review_text
from tests.review.seeds import AMENDING, CITY, COUNCIL, LETTER, WARD, text_of

CLAUSE = "3. Không được chuyển phản ánh quá một lần giữa các bộ phận."  # of the ward's decision
TRANSITION = "Phản ánh đã tiếp nhận trước ngày Quyết định này có hiệu lực thi hành mà chưa xử lý xong"

IN_A_CLAUSE = [
    ("K06", "Hồ sơ do Ủy ban nhân dân cấp huyện đã tiếp nhận trước ngày 01 tháng 7 năm 2025 được chuyển đến phường."),
    ("K06", "Công an, Thuế cơ sở và Viện kiểm sát nhân dân khu vực phối hợp khi có đề nghị."),
    ("K06", "Ủy ban nhân dân phường, xã, đặc khu phối hợp khi có đề nghị."),
    ("K07", "Sở Nông nghiệp và Môi trường, Sở Dân tộc và Tôn giáo phối hợp khi có đề nghị."),
    ("K08", "Phường Bình Dương, phường Vũng Tàu, phường Thủ Đức phối hợp khi có đề nghị."),
    ("K08", "Hồ sơ của Quận 1 cũ được lưu tại phường."),
    ("K28", "Việc xử lý thực hiện theo kết quả tổng kết thí điểm của Thành phố."),
    ("K28", "Thí điểm phân loại phản ánh bằng hình ảnh trong thời hạn 06 tháng kể từ ngày 01 tháng 01 năm 2027."),
    ("K42", "Kết quả ghi theo Mẫu số 05 Phụ lục II ban hành kèm theo Nghị định số 118/2025/NĐ-CP."),
    ("K50", "Việc xử lý phản ánh thực hiện theo khoản 9 Điều 12 Luật Chuyển đổi số số 148/2025/QH15."),
    ("K53", "Việc xử lý phản ánh thực hiện theo Nghị định số 118/2025/NĐ-CP."),
    ("K55", "Trường hợp quy định tại khoản 1 Điều này được ưu tiên xử lý."),
    ("K62", "Tổ công tác phòng, chống COVID-19 và thiết bị GPS, mã QR, chuẩn ISO 9001 được ưu tiên."),
    (
        "K62",
        "Trung tâm Phục vụ hành chính công (sau đây viết tắt là TTPVHCC) là đầu mối; TTPVHCC báo cáo khi có đề nghị.",
    ),
    ("K64", "Đăng ký, quản lý, kỹ thuật, mỹ thuật; hòa giải, hoà giải; quy định định mức; hành vi vi phạm."),
    ("K65", "Kết quả được niêm yết công khai trong 15 ngày tại trụ sở."),
    ("K65", "Trong 05 ngày đầu tiên của tháng, bộ phận chủ trì tổng hợp số liệu."),
    ("K65", "Trong thời hạn 05 ngày quy định tại khoản 2 Điều 4 Quyết định này, bộ phận chủ trì trả lời."),
    ("K66", "Mức chi là 1.500.000 đồng (một triệu năm trăm nghìn đồng) mỗi tháng."),
    ("K66", "Gửi 02 (hai) bản đến Ủy ban nhân dân phường (sau đây gọi là cơ quan tiếp nhận)."),
    ("K73", "Ủy ban nhân dân phường kiến nghị bãi bỏ các quy định trái với quy định của pháp luật."),
    ("K83", "Việc ứng dụng trí tuệ nhân tạo phải bảo đảm công khai, minh bạch và có người chịu trách nhiệm."),
    ("K84", "Bộ phận tiếp nhận bảo mật thông tin của người gửi phản ánh."),
    ("K84", "Kinh phí chuyển vào tài khoản số 079012345678 tại Kho bạc Nhà nước."),
]


@pytest.mark.parametrize(("check", "sentence"), IN_A_CLAUSE)
def test_a_look_alike_in_a_clause_raises_nothing(check: str, sentence: str) -> None:
    text = text_of(WARD)
    assert CLAUSE in text
    report = review_text(text.replace(CLAUSE, f"3. {sentence}"))
    assert [(f.check, f.quote) for f in report.findings] == [], check


IN_PLACE = [
    ("K06", CITY, TRANSITION, f"{TRANSITION} tại Ủy ban nhân dân quận, huyện"),
    ("K10", COUNCIL, "Xét Tờ trình số 512/TTr-UBND", "Xét Tờ trình số 512/TTr-UBND"),
    ("K15", CITY, "Nghị định số 118/2025/NĐ-CP ngày 09", "Nghị định số 0118/2025/NĐ-CP ngày 09"),
    ("K16", CITY, "TTr-SKHCN ngày 10 tháng 11 năm 2026;", "TTr-SKHCN ngày 10 tháng 11 năm 2026."),
    ("K30", AMENDING, "“Điều 10a. Trách nhiệm của Sở Xây dựng", "“Điều 10b. Trách nhiệm của Sở Xây dựng"),
    ("K37", CITY, "Số:       /2026/QĐ-UBND", "Số: ……/2026/QĐ-UBND"),
    ("K38", CITY, "ngày 25 tháng 11 năm 2026\nQUYẾT ĐỊNH", "ngày     tháng     năm 2026\nQUYẾT ĐỊNH"),
    ("K40", CITY, "CHỦ TỊCH\nỦY BAN", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nỦY BAN"),
    ("K52", CITY, TRANSITION, f"{TRANSITION} theo Nghị định số 61/2018/NĐ-CP"),
    ("K65", LETTER, "3. Báo cáo kết quả về", "3. Trong 05 ngày, báo cáo kết quả về"),
    ("K71", CITY, "từ ngày 10 tháng 12 năm 2026", "từ ngày 05 tháng 12 năm 2026"),
    ("K74", COUNCIL, "Bãi bỏ khoản 2 Điều 3 Nghị quyết số 08/2023/NQ-HĐND", "Bãi bỏ Quyết định số 08/2023/QĐ-UBND"),
]


@pytest.mark.parametrize(("check", "draft", "old", "new"), IN_PLACE)
def test_a_look_alike_elsewhere_raises_nothing(check: str, draft: str, old: str, new: str) -> None:
    text = text_of(draft)
    assert old in text
    report = review_text(text.replace(old, new, 1))
    assert [(f.check, f.quote, f.reason) for f in report.findings] == [], check


def test_effect_on_the_tenth_day_is_early_enough_and_on_the_ninth_is_not() -> None:
    ninth = text_of(CITY).replace("từ ngày 10 tháng 12 năm 2026", "từ ngày 04 tháng 12 năm 2026")
    assert [f.check for f in review_text(ninth).findings] == ["K71"]


def test_the_simplified_procedure_may_be_earlier() -> None:
    early = text_of(CITY).replace("từ ngày 10 tháng 12 năm 2026", "từ ngày 26 tháng 11 năm 2026")
    assert [f.check for f in review_text(early).findings] == ["K71"]
    assert review_text(early, expedited=True).findings == ()


def test_a_cited_limit_that_the_draft_keeps_is_no_contradiction() -> None:
    kept = text_of(WARD).replace(
        "trong thời hạn 05 ngày làm việc kể từ ngày nhận được phản ánh theo", "trong ngày theo"
    )
    assert review_text(kept).findings == ()


def test_a_text_not_in_the_store_is_listed_and_not_judged() -> None:
    text = text_of(WARD).replace(
        "khoản 2 Điều 6 Quy định ban hành kèm theo Quyết định số 25/", "khoản 9 Điều 6 Quyết định số 31/"
    )
    report = review_text(text)
    assert report.findings == ()
    assert any("31/2026/QĐ-UBND" in item.about for item in report.unchecked)
