"""What a question implies is added to the search; what a message says in passing is told from an errand."""

from __future__ import annotations

import pytest

from assistant.answer.outside import not_held
from assistant.answer.topic import errands
from assistant.answer.widen import is_foreign, widened
from assistant.index.values import Entry, Kind


def record(title: str, *aliases: str, kind: Kind = Kind.PROCEDURE) -> Entry:
    return Entry(id=title, kind=kind, number="1.000001", title=title, text=title, aliases=aliases)


@pytest.mark.parametrize(
    "text",
    [
        "chong em quoc tich Han",
        "cưới vợ Nhật",
        "khách Hàn Quốc thuê phòng",
        "kỹ sư người Ấn Độ",
        "work permit",
        "khai sinh cho con lai",
        "khách Tây mướn phòng",
        "ông Tây tới ở",
        "bếp trưởng người Ý",
    ],
)
def test_a_foreigner_is_known_by_country(text: str) -> None:
    assert is_foreign(text)
    assert "có yếu tố nước ngoài" in widened(text)


@pytest.mark.parametrize(
    "text",
    [
        "người hạn chế năng lực",
        "người ngã xuống",
        "vợ em bán mỹ phẩm",
        "người lao động",
        "làm giấy cho con lại từ đầu",
        "anh Tây Ninh lên",
        "người anh ruột",
        "có bản án đóng dấu hẳn hoi mà không trả",
        "hợp đồng vô hạn",
        "đem bản án đó đi đâu",
    ],
)
def test_an_everyday_word_is_no_country(text: str) -> None:
    assert not is_foreign(text)


def test_the_age_says_which_card() -> None:
    assert "cấp thẻ căn cước cho người dưới 14 tuổi" in widened("con 9 tuổi làm căn cước")
    assert "cấp thẻ căn cước cho người từ đủ 14 tuổi trở lên" in widened("em 15 tuổi làm căn cước ở đâu")
    assert not any("tuổi" in said for said in widened("em 30 tuổi mất căn cước làm lại"))


def test_the_errands_of_a_story() -> None:
    text = "em muốn chuyển hộ khẩu về quê rồi làm lại căn cước bị mất với xin giấy xác nhận cư trú"
    assert len(errands(text)) == 3


def test_an_errand_that_no_record_carries_is_not_answered_by_its_neighbour() -> None:
    business = record("Đăng ký thành lập hộ kinh doanh", "mở quán karaoke")
    assert not_held("xin giấy phép mở quán karaoke", business)
    assert not not_held("mở quán cà phê cần giấy gì", business)
    assert not not_held("xin phép karaoke", record("Cấp giấy phép kinh doanh dịch vụ karaoke"))
    assert not not_held("xin giấy phép mở quán karaoke", record("Luật An ninh", kind=Kind.PROVISION))


def test_what_is_told_beside_the_errand_does_not_hide_it() -> None:
    assert not not_held("anh hưởng án treo ghe hỏi đi Vũng Tàu mấy ngày thì phải khai", record("Khai báo tạm vắng"))
    assert not not_held("bạn là thương binh 4/4 thi công chức được cộng mấy điểm", record("Tuyển dụng công chức"))
    told = "Người ta nói chịu 10% giá đất. Con dâu nhận đất của má chồng có bị đánh thuế không"
    assert not not_held(told, record("Khai thuế thu nhập cá nhân"))
    assert not_held("đăng ký cái ghe ba lá cần giấy gì", record("Đăng ký xe"))
    assert not_held("làm chế độ thương binh cho ba", record("Thực hiện trợ cấp hưu trí xã hội"))
