"""The sources viewer shows what was cited, to whoever may read it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from assistant.api.source import split_place
from assistant.api.source_page import mark_lines
from assistant.law.document import Locator
from assistant.store import Role
from tests.api.fixtures import Site
from tests.api.test_bad_input import error_of

LAW = "/v1/documents/45/2099/QH14"
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def page(site: Site, path: str, role: Role | None = None, **query: str) -> Any:
    return site.client.get(path, headers=BROWSER | site.bearer(role), params=query)


def test_a_place_in_a_document_is_found_through_the_slashes_of_its_number(site: Site) -> None:
    body = site.client.get(f"{LAW}/dieu-5").json()
    assert (body["number"], body["locator"], body["label"]) == ("45/2099/QH14", "dieu-5", "Điều 5")
    assert [e["heading"] for e in body["entries"]] == ["Thời hạn giải quyết"]
    assert body["entries"][0]["effective_on"] == "2025-07-01"


@pytest.mark.parametrize(
    "address", [quote("45/2099/QH14/dieu-5.khoan-2.diem-đ", safe=""), "45/2099/QH14/dieu-5.khoan-2.diem-đ"]
)
def test_a_point_is_found_in_its_article_however_the_address_is_written(site: Site, address: str) -> None:
    body = site.client.get(f"/v1/documents/{address}").json()
    assert body["label"] == "điểm đ khoản 2 Điều 5"
    assert body["entries"][0]["locator"] == "dieu-5"


def test_a_whole_document_comes_in_reading_order(site: Site) -> None:
    assert [e["locator"] for e in site.client.get(LAW).json()["entries"]] == ["dieu-5", "dieu-6"]


@pytest.mark.parametrize("place", ["1.009999", "tthc:1.009999"])
def test_a_procedure_is_found_by_its_code(site: Site, place: str) -> None:
    body = site.client.get(f"/v1/documents/{place}").json()
    assert (body["kind"], body["title"]) == ("procedure", "Đăng ký thử nghiệm")
    assert body["entries"][0]["checked_on"] == "2026-07-31"
    assert (body["validity"], body["validity_reason"]) == ("in_force", ""), "the catalogue is about documents"


def test_validity_is_told_for_the_date_that_is_asked_about(site: Site) -> None:
    assert site.client.get(LAW, params={"as_of": "2025-06-30"}).json()["validity"] == "not_yet"
    body = site.client.get(LAW, params={"as_of": "2025-07-01"}).json()
    assert (body["validity"], body["validity_label"], body["as_of"]) == ("in_force", "còn hiệu lực", "2025-07-01")


@pytest.mark.parametrize("role", [None, Role.CITIZEN, Role.STAFF, Role.REVIEWER, Role.ADMIN])
def test_internal_texts_are_for_staff_and_do_not_exist_for_others(site: Site, role: Role | None) -> None:
    response = site.client.get("/v1/documents/guide:truc-le", headers=site.bearer(role))
    if role in (None, Role.CITIZEN):
        hidden = error_of(response, 404, "not_found")["message"]
        absent = error_of(site.client.get("/v1/documents/guide:truc-la"), 404, "not_found")["message"]
        assert hidden.replace("truc-le", "truc-la") == absent
        assert "thủ trưởng" not in page(site, "/v1/documents/guide:truc-le", role).text
    else:
        assert response.json()["title"] == "Trực ngày lễ"


@pytest.mark.parametrize(
    "path", ["", "/", "45", "45/2099/QH14/dieu-99", "../../etc/passwd", "x" * 3000, "%00", "dieu-5"]
)
def test_what_is_not_there_is_not_found(site: Site, path: str) -> None:
    error_of(site.client.get(f"/v1/documents/{path}"), 404, "not_found")


def test_a_browser_gets_a_page_and_a_program_gets_data(site: Site) -> None:
    assert page(site, LAW).headers["content-type"].startswith("text/html")
    for accept in ("*/*", "application/json", "application/json, text/html;q=0.9", "", "text/html;q=0.1, */*;q=0.9"):
        response = site.client.get(LAW, headers={"Accept": accept})
        assert response.headers["content-type"] == "application/json", accept
        assert "Accept" in response.headers["vary"]


def test_the_page_names_the_source_its_validity_in_words_and_the_day(site: Site) -> None:
    text = page(site, f"{LAW}/dieu-5", as_of="2026-11-21").text
    for wanted in ("Luật Thử nghiệm", "45/2099/QH14", "Quốc hội", "01/07/2025", "Còn hiệu lực", "21/11/2026"):
        assert wanted in text
    assert 'href="https://congbao.chinhphu.vn/van-ban/thu"' in text
    assert "<h2>Điều 5. Thời hạn giải quyết</h2>" in text


def test_a_wording_put_together_here_says_so_on_its_page_and_the_others_do_not(site: Site) -> None:
    said = "Lời văn được ghép theo 20/2098/QH14 (từ 01/01/2026), chưa phải văn bản hợp nhất chính thức"
    assert said in page(site, f"{LAW}/dieu-6").text
    assert "Lời văn được ghép" not in page(site, f"{LAW}/dieu-5").text


def test_the_page_marks_the_cited_point_and_only_that(site: Site) -> None:
    text = page(site, f"{LAW}/dieu-5.khoan-2.diem-đ").text
    assert text.count('class="cited"') == 1
    assert "Đoạn được trích: </span>đ) 05 ngày" in text


def test_nothing_of_a_text_becomes_markup(site: Site) -> None:
    text = page(site, f"{LAW}/dieu-5").text
    assert "&lt;b&gt;làm việc&lt;/b&gt;" in text
    assert "<script>" not in page(site, "/v1/documents/<script>alert(1)</script>").text


def test_a_guide_links_each_statement_to_its_basis(site: Site) -> None:
    text = page(site, "/v1/documents/guide:truc-le", Role.STAFF).text
    assert f'href="{LAW}/dieu-5">Điều 5 Luật Thử nghiệm 45/2099/QH14</a>' in text
    assert "Chỉ công chức, viên chức" in text
    assert "Chưa rõ số người trực." in text
    assert "hiệu lực" not in text.split("<main")[1], "a guide has no force of its own"


def test_a_procedure_shows_its_lists_as_lists(site: Site) -> None:
    text = page(site, "/v1/documents/1.009999").text
    assert "<h2>Hồ sơ gồm</h2><ul><li>Tờ khai</li><li>Giấy tờ tùy thân</li></ul>" in text
    assert "<strong>Thời hạn giải quyết:</strong> 03 ngày làm việc" in text


def test_an_address_that_does_not_work_is_told_in_a_page(site: Site) -> None:
    response = page(site, "/v1/documents/99/2099/QH99")
    assert response.status_code == 404
    assert "99/2099/QH99" in response.text
    assert '<html lang="vi">' in response.text


@pytest.mark.parametrize(
    ("place", "number", "locator"),
    [
        ("30/2020/NĐ-CP", "30/2020/NĐ-CP", ""),
        ("30/2020/NĐ-CP/", "30/2020/NĐ-CP", ""),
        ("30/2020/NĐ-CP/dieu-5.khoan-2", "30/2020/NĐ-CP", "dieu-5.khoan-2"),
        ("30/2020/NĐ-CP/kem-theo-1.dieu-5", "30/2020/NĐ-CP", "kem-theo-1.dieu-5"),
        ("30/2020/ND\u0323-CP", "30/2020/NḌ-CP", ""),
        ("guide:nghi-phep-nam", "guide:nghi-phep-nam", ""),
    ],
)
def test_number_and_place_are_told_apart(place: str, number: str, locator: str) -> None:
    assert split_place(place) == (number, Locator(locator))


@pytest.mark.parametrize(
    ("locator", "marked"),
    [
        ("dieu-1", []),
        ("dieu-1.khoan-2", ["2. Hai:", "a) một;", "đ) năm.", "tiếp"]),
        ("dieu-1.khoan-2.diem-đ", ["đ) năm.", "tiếp"]),
        ("dieu-1.khoan-2a", ["2a. Hai a."]),
        ("dieu-1.khoan-9", []),
    ],
)
def test_a_clause_reaches_to_the_next_one(locator: str, marked: list[str]) -> None:
    text = "Mở đầu\n1. Một.\n2. Hai:\na) một;\nđ) năm.\ntiếp\n2a. Hai a.\n3. Ba."
    assert [line for line, cited in mark_lines(text, Locator(locator)) if cited] == marked


# What only the catalogue knows

OLD, NEW = "10/2090/QH13", "20/2098/QH14"


def test_a_document_without_text_shows_what_the_catalogue_knows(site: Site) -> None:
    body = site.client.get(f"/v1/documents/{OLD}", params={"as_of": "2026-11-21"}).json()
    assert (body["title"], body["entries"]) == ("Luật Thử nghiệm cũ", [])
    assert (body["validity"], body["replaced_by"]) == ("expired", NEW)
    text = page(site, f"/v1/documents/{OLD}/dieu-3", as_of="2026-11-21").text
    for wanted in ("Luật Thử nghiệm cũ", "Hết hiệu lực", "Nội dung Điều 3", "chưa có trong kho dữ liệu", "01/07/2025"):
        assert wanted in text
    assert f'href="/v1/documents/{NEW}"' in text


def test_an_article_that_a_document_cannot_have_is_not_found(site: Site) -> None:
    assert site.client.get(f"/v1/documents/{OLD}/dieu-40").status_code == 200
    error_of(site.client.get(f"/v1/documents/{OLD}/dieu-41"), 404, "not_found")


def test_a_document_tells_what_amended_it_by_the_date_asked_about(site: Site) -> None:
    assert site.client.get(LAW, params={"as_of": "2026-05-01"}).json()["amended_by"] == [NEW]
    assert site.client.get(LAW, params={"as_of": "2025-08-01"}).json()["amended_by"] == []
    assert f'bổ sung bởi: <a href="/v1/documents/{NEW}">' in page(site, LAW, as_of="2026-05-01").text


def test_the_catalogue_does_not_make_internal_texts_visible(site: Site) -> None:
    error_of(site.client.get("/v1/documents/truc-le"), 404, "not_found")
