"""How surely a record is taken to speak of a question."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer.confidence import FLOOR, TIE, confidence, evidence, one_of_two, sureness
from assistant.answer.turn import Ask
from assistant.index.values import Entry, Hit, Kind

LAND_TAX = "Khai thuế thu nhập cá nhân khi chuyển nhượng bất động sản"


def hit(title: str, text: str = "", meaning: float = 0.8) -> Hit:
    entry = Entry(id=title, kind=Kind.PROCEDURE, number="1", title=title, text=text or title, source="corpus")
    return Hit(entry, title, 0.9, {"meaning": meaning, "folded": 15.0})


def sure(question: str, found: Hit) -> float:
    return confidence(found, Ask(question, question, hits=(found,), ahead=1.0))


def test_a_record_that_lacks_the_rare_word_asked_about_is_less_sure() -> None:
    told = "Bị bệnh ung thư thì khai thuế thu nhập cá nhân"
    assert sure(told, hit(LAND_TAX)) < sure("Khai thuế thu nhập cá nhân", hit(LAND_TAX))
    assert evidence(hit(LAND_TAX), Ask(told, told))["lacking"] > 0.4
    assert evidence(hit(LAND_TAX, "người bệnh ung thư"), Ask(told, told))["lacking"] < 0.4


def test_names_of_people_and_places_are_not_what_a_record_lacks() -> None:
    told = "kết hôn với người Đài Loan"
    assert evidence(hit("Đăng ký kết hôn với người nước ngoài"), Ask(told, told))["lacking"] == 0.0


def asked_about(found: Hit, likely: float, likely_elsewhere: float = 5.0, elsewhere: float = 0.0) -> Hit:
    """The hit with sample questions that make the question so likely."""
    told = {"asked": 0.7, "likely": likely, "said": 0.5, "elsewhere": elsewhere, "likely_elsewhere": likely_elsewhere}
    return replace(found, signals={**found.signals, **told})


def test_who_asks_as_others_asked_is_surely_understood_and_who_does_not_is_not() -> None:
    asked, record = "nhà có thêm đứa nhỏ thì khai báo đâu", hit("Đăng ký khai sinh", meaning=0.5)
    assert sure(asked, asked_about(record, 4.0, 12.0, 0.9)) < sure(asked, record) < FLOOR
    assert sure(asked, asked_about(record, 16.0)) >= FLOOR


def test_who_asks_what_the_data_lacks_is_not_surely_answered_from_what_is_near() -> None:
    asked, record = "mở quán karaoke phải xin giấy gì", hit("Đăng ký thành lập hộ kinh doanh", meaning=0.7)
    lacked, held = asked_about(record, 11.0, 17.0, 0.9), asked_about(record, 11.0)
    assert sure(asked, lacked) < sure(asked, held) / 2


@pytest.mark.parametrize("city", ["Thành phố Hồ Chí Minh", "TP.HCM", "Sài Gòn"])
def test_the_city_in_which_all_is_asked_is_no_topic(city: str) -> None:
    said = f"{city} có bao nhiêu phường, xã"
    lowest = evidence(hit("Lệ phí khi nộp trực tuyến tại Thành phố Hồ Chí Minh"), Ask(said, said))
    assert lowest["named"] == 0.0


def test_a_record_called_exactly_so_passes_and_an_unrelated_one_does_not() -> None:
    assert sure("đăng ký tạm trú", hit("Đăng ký tạm trú")) >= FLOOR
    assert sure("đăng ký tạm trú", hit("Cấp hộ chiếu phổ thông", meaning=0.1)) < FLOOR


def test_without_any_sample_question_what_is_usual_stands_for_what_is_asked_elsewhere() -> None:
    asked, record = "nhà có thêm đứa nhỏ thì khai báo đâu", hit("Đăng ký khai sinh", meaning=0.5)
    nothing_lacks = replace(record, signals={**record.signals, "elsewhere": 0.0, "likely_elsewhere": 0.0})
    assert sure(asked, record) < sure(asked, nothing_lacks)


def test_two_records_on_one_matter_make_sure_together_where_neither_is_alone() -> None:
    asked = "nhà có thêm đứa nhỏ thì khai báo đâu"
    guide, procedure = (asked_about(hit(name, meaning=0.6), 9.0) for name in ("Khai sinh", "Giấy cho bé"))
    tied = Ask(asked, asked, hits=(guide, procedure), ahead=0.1, ahead_of_third=2.0)
    assert max(confidence(found, tied) for found in tied.hits) < FLOOR <= one_of_two(tied) == sureness(tied)
    assert one_of_two(replace(tied, ahead=TIE)) == 0.0
    assert one_of_two(replace(tied, ahead_of_third=0.1)) < one_of_two(tied)


def test_of_two_the_surely_meant_one_stands_alone() -> None:
    asked = "đăng ký tạm trú"
    named, near = asked_about(hit(asked), 16.0), asked_about(hit("Gia hạn tạm trú"), 9.0)
    ask = Ask(asked, asked, hits=(named, near), ahead=0.6, ahead_of_third=1.0)
    assert one_of_two(ask) == 0.0 and sureness(ask) == confidence(named, ask) >= FLOOR
