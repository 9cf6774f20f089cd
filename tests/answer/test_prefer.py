"""Which of the records that match alike leads."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from assistant.answer.confidence import confidence
from assistant.answer.retrieve import ordered, prefer
from assistant.answer.speaking import speaking
from assistant.answer.topic import clauses, facets_of
from assistant.answer.turn import Ask
from assistant.index.values import Audience, Entry, Hit, Kind


def hit(title: str, score: float, kind: Kind = Kind.GUIDE, audience: Audience = Audience.CITIZEN) -> Hit:
    entry = Entry(
        id=title, kind=kind, number=title, title=title, text=title, source="corpus", audience=audience,
        checked_on=date(2026, 11, 21),
    )  # fmt: skip
    return Hit(entry=entry, chunk_text=title, score=score)


def asked(text: str) -> Ask:
    return Ask(text=text, typed=text, facets=facets_of(text))


def test_an_officer_is_told_first_what_is_written_for_officers() -> None:
    hits = [hit("Mở công ty", 0.80), hit("Việc không được làm", 0.76, audience=Audience.STAFF)]
    ask = asked("có được đứng tên ở ngoài không")
    assert prefer(ask, hits, Audience.STAFF)[0].entry.title == "Việc không được làm"
    assert prefer(ask, hits, Audience.CITIZEN)[0].entry.title == "Mở công ty"


def test_the_procedure_that_the_question_calls_by_its_whole_name_leads() -> None:
    rows = [hit("Đăng ký tạm trú nhà thuê", 0.80, Kind.PROCEDURE), hit("Đăng ký thường trú", 0.78, Kind.PROCEDURE)]
    ask = asked("đăng ký thường trú ở nhà thuê")
    assert prefer(ask, rows)[0].entry.title == "Đăng ký thường trú"


def test_the_record_that_holds_more_of_the_question_leads_though_the_index_put_it_second() -> None:
    said = "Mất thẻ thì báo thủ thư trong ba ngày và nộp mười nghìn đồng để được cấp lại thẻ."
    hits = [hit("Nội quy phòng đọc", 0.80), hit("Thẻ thư viện", 0.70)]
    hits[1] = dataclasses.replace(hits[1], entry=dataclasses.replace(hits[1].entry, text=said))
    ask = dataclasses.replace(asked("làm rơi đâu đó rồi, báo thủ thư trong ba ngày có kịp không"), hits=tuple(hits))
    assert [row.entry.title for row in ordered(ask).hits] == ["Thẻ thư viện", "Nội quy phòng đọc"]


def test_a_lead_that_stands_far_before_the_next_is_surer() -> None:
    hits = (hit("Thẻ thư viện quận", 0.80), hit("Thẻ thư viện trường", 0.79), hit("Nội quy phòng đọc", 0.30))
    ask = dataclasses.replace(asked("thẻ thư viện"), hits=hits)
    alone = dataclasses.replace(ask, hits=(hits[0], hits[2]))
    beside, before = (ordered(each) for each in (ask, alone))
    assert beside.hits[0] is before.hits[0] is hits[0]
    assert 0.0 < beside.ahead < before.ahead
    assert confidence(hits[0], beside) < confidence(hits[0], before)


def test_a_record_for_foreigners_leads_only_where_one_is_spoken_of() -> None:
    alike = {"asked": 0.6, "likely": 6.0, "said": 0.5}
    tourists, own_people = hit("Khai báo tạm trú cho người nước ngoài", 0.80), hit("Đăng ký tạm trú", 0.70)
    hits = (*(dataclasses.replace(row, signals=alike) for row in (tourists, own_people)), hit("Nội quy", 0.10))
    guest = ordered(dataclasses.replace(asked("tạm trú cho khách Hàn Quốc"), hits=hits))
    assert guest.hits[0] is hits[0]
    own = ordered(dataclasses.replace(asked("tạm trú ở phòng trọ"), hits=hits))
    assert [row.entry.title for row in own.hits] == [hits[1].entry.title, hits[0].entry.title, hits[2].entry.title]
    assert own.ahead > 0.0  # measured to the one behind it


def test_nothing_found_has_nothing_to_put_in_order() -> None:
    assert speaking(asked("chuyện khác")) == {}


def test_provisions_keep_the_order_in_which_the_index_puts_them() -> None:
    hits = [hit("Nơi cư trú", 0.80, Kind.PROVISION), hit("Đăng ký tạm trú", 0.79, Kind.PROVISION)]
    ask = dataclasses.replace(asked("đăng ký tạm trú"), hits=tuple(hits))
    assert list(ordered(ask).hits) == hits
    guides = [dataclasses.replace(row, entry=dataclasses.replace(row.entry, kind=Kind.GUIDE)) for row in hits]
    ask = dataclasses.replace(ask, hits=tuple(guides))
    assert list(ordered(ask).hits) == guides[::-1]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("ngày lễ được nghỉ không hay vẫn trực cơ quan", ["ngày lễ được nghỉ không", "vẫn trực cơ quan"]),
        ("nuôi chó có phải đăng ký với phường không", ["nuôi chó có phải đăng ký với phường không"]),
        ("kết hôn với người nước ngoài, phí", ["kết hôn với người nước ngoài"]),
    ],
)
def test_a_long_question_is_cut_only_where_a_clause_ends(text: str, parts: list[str]) -> None:
    assert clauses(text) == parts


def test_order_keeps_every_record() -> None:
    hits = [hit("Một", 0.5), dataclasses.replace(hit("Hai", 0.7))]
    assert {row.entry.id for row in prefer(asked("gì đó"), hits)} == {"Một", "Hai"}
