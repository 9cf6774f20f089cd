"""Searching: what is found, however it is typed, and what never is."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from assistant.index import Index, Query
from assistant.index.values import Audience, Kind
from tests.index.conftest import BIRTH, CITY_PARKING, ENTRIES, LEAVE, NEW_ARCHIVE, OLD_ARCHIVE, STAFF_ONLY


def first(index: Index, text: str, **fields: object) -> str:
    hits = index.search(Query(text, text, **fields))  # type: ignore[arg-type]
    return hits[0].entry.id if hits else ""


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("làm giấy khai sinh cần giấy tờ gì", BIRTH),
        ("viên chức được nghỉ phép mấy ngày", LEAVE),
        ("giá giữ xe máy ban đêm", CITY_PARKING),
        ("bao lâu phải nộp hồ sơ vào kho lưu trữ", NEW_ARCHIVE),
    ],
)
def test_an_everyday_question_finds_its_entry_first(index: Index, asked: str, found: object) -> None:
    assert first(index, asked, on=date(2025, 1, 1), territory="79") == found.id  # type: ignore[attr-defined]


def test_a_question_without_diacritics_finds_the_same_entry(index: Index) -> None:
    assert first(index, "lam giay khai sinh can giay to gi") == BIRTH.id


def test_text_in_another_normal_form_finds_the_same_entry(index: Index) -> None:
    import unicodedata

    assert first(index, unicodedata.normalize("NFD", "làm giấy khai sinh")) == BIRTH.id


def test_a_hit_shows_the_window_that_answers_and_the_score_of_each_signal(index: Index) -> None:
    hit = index.search(Query("xin nghỉ phép gửi đơn thế nào"))[0]
    assert hit.entry == LEAVE
    assert "phần mềm nội bộ" in hit.chunk_text
    assert 0.3 < hit.signals["dense"] <= 1.0
    assert hit.signals["meaning"] > 0.3
    assert hit.signals["lexical"] > 0.0
    assert 0.0 < hit.signals["coverage"] <= 1.0


def test_coverage_tells_a_question_that_the_index_cannot_answer_from_one_it_can(index: Index) -> None:
    known = index.search(Query("giấy tờ đăng ký khai sinh cho trẻ em"))[0]
    unknown = index.search(Query("cách nấu phở bò tái chín ở nhà hàng"))[0]
    assert known.signals["coverage"] > 0.7 > 0.5 > unknown.signals["coverage"]
    assert known.signals["meaning"] > 0.3 > unknown.signals["meaning"]


def test_the_past_and_the_present_have_each_their_provision(index: Index) -> None:
    asked = "thời hạn nộp hồ sơ vào kho lưu trữ"
    assert first(index, asked, on=date(2015, 6, 1)) == OLD_ARCHIVE.id
    assert first(index, asked, on=date(2025, 6, 1)) == NEW_ARCHIVE.id
    assert first(index, asked, on=date(2020, 1, 1)) == NEW_ARCHIVE.id, "the day of expiry is the first without force"
    both = {hit.entry.id for hit in index.search(Query(asked))}
    assert {OLD_ARCHIVE.id, NEW_ARCHIVE.id} <= both


def test_another_province_is_left_out_and_the_own_city_comes_first(index: Index) -> None:
    hits = index.search(Query("giá dịch vụ trông giữ xe máy", territory="79"))
    assert hits[0].entry.territory == "79"
    assert {hit.entry.territory for hit in hits} <= {"79", "vn"}
    assert "48" in {hit.entry.territory for hit in index.search(Query("giá dịch vụ trông giữ xe máy"))}


def test_kinds_and_numbers_narrow_the_search(index: Index) -> None:
    asked = "thời hạn nộp hồ sơ"
    assert {hit.entry.kind for hit in index.search(Query(asked, kinds=(Kind.PROCEDURE,)))} == {Kind.PROCEDURE}
    assert {hit.entry.number for hit in index.search(Query(asked, numbers=("1/2010/QĐ",)))} == {"1/2010/QĐ"}
    assert index.search(Query(asked, numbers=("không/có",))) == []


def test_no_more_hits_than_asked_for_and_one_for_each_entry(index: Index) -> None:
    hits = index.search(Query("hồ sơ", k=3))
    assert len(hits) == 3
    everything = index.search(Query("hồ sơ", k=100, audience=Audience.STAFF))
    assert len({hit.entry.id for hit in everything}) == len(everything) == len(ENTRIES)


@pytest.mark.parametrize("text", ["", "   ", "?!…", "\x00", "😀"])
def test_a_question_without_words_is_no_error(index: Index, text: str) -> None:
    assert isinstance(index.search(Query(text)), list)


_FIELDS = st.fixed_dictionaries(
    {
        "text": st.sampled_from(["trực đêm", "phan cong truc dem", "hồ sơ", "quy chế nội bộ về trực cơ quan", "x"]),
        "k": st.integers(1, 50),
        "on": st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2030, 1, 1))),
        "territory": st.sampled_from(["", "79", "vn"]),
        "kinds": st.sampled_from([(), (Kind.PROVISION,), tuple(Kind)]),
        "numbers": st.sampled_from([(), (STAFF_ONLY.number,)]),
    }
)


@examples(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_FIELDS)
def test_no_search_of_a_citizen_returns_what_only_staff_may_read(index: Index, fields: dict[str, object]) -> None:
    hits = index.search(Query(**fields, audience=Audience.CITIZEN))  # type: ignore[arg-type]
    assert all(hit.entry.audience is Audience.CITIZEN for hit in hits)


def test_staff_documents_are_read_by_staff_alone(index: Index) -> None:
    assert first(index, "phân công trực đêm", audience=Audience.STAFF) == STAFF_ONLY.id
    assert index.get(STAFF_ONLY.id) is None
    assert index.entries(STAFF_ONLY.number) == []
    assert index.get(STAFF_ONLY.id, audience=Audience.STAFF) == STAFF_ONLY
    assert index.entries(STAFF_ONLY.number, audience=Audience.STAFF) == [STAFF_ONLY]
