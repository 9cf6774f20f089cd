"""Civil servants enter with a key, review drafts and read internal sources."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.store import Role
from tests.browser.conftest import Page


def test_without_a_key_that_fits_the_page_stays_closed_and_says_why(page: Page) -> None:
    page.open("/staff")
    for key, said in (("troly-sai-khoa", "không đúng"), (page.site.keys[Role.CITIZEN], "chưa được cấp quyền")):
        page.js("document.getElementById('key').value = ''")
        page.one("#key").send_keys(key + "\n")
        page.until("return document.querySelector('#gate .problem').textContent.includes(arguments[0])", said)
        assert not page.driver.find_element("id", "desk").is_displayed()


def test_with_a_key_staff_ask_as_of_a_date(page: Page) -> None:
    page.open("/staff")
    page.enter(page.site.keys[Role.STAFF])
    page.js("document.getElementById('as-of').value = '2025-06-30'")
    page.ask("Thời hạn bao lâu?")
    assert page.site.agents["staff"].asked[0].as_of == date(2025, 6, 30)


def test_the_key_stays_in_the_tab_and_goes_when_one_leaves(page: Page) -> None:
    page.open("/staff")
    page.enter(page.site.keys[Role.STAFF])
    page.driver.refresh()
    page.one("#desk")
    assert page.js("return Object.keys(localStorage).length") == 0
    page.click("#leave")
    page.one("#gate")
    assert page.js("return sessionStorage.length") == 0


def test_a_key_revoked_meanwhile_is_told(page: Page) -> None:
    page.open("/staff")
    page.enter(page.site.keys[Role.STAFF])
    [key] = [k for k in page.site.store.keys.list() if k.role is Role.STAFF]
    page.site.store.keys.revoke(key.id)
    page.ask("Thời hạn bao lâu?")
    assert "thu hồi" in page.one(".answer [role=alert]").text


def test_an_internal_source_opens_for_staff_in_a_tab_of_its_own(page: Page) -> None:
    page.open("/v1/documents/guide:truc-le")
    assert "Chưa mở được" in page.one("h1").text
    page.open("/staff")
    page.enter(page.site.keys[Role.STAFF])
    page.js(
        "const a = document.createElement('a'); a.id = 'go'; a.href = '/v1/documents/guide:truc-le';"
        "a.target = '_blank'; a.rel = 'opener'; a.textContent = 'nguồn'; document.querySelector('main').prepend(a)"
    )
    first = page.driver.current_window_handle
    page.click("#go")
    page.driver.switch_to.window(next(h for h in page.driver.window_handles if h != first))
    try:
        page.until("return document.querySelector('h1')?.textContent === 'Trực ngày lễ'")
        assert "thủ trưởng cơ quan" in page.one("#main").text
    finally:
        page.driver.close()
        page.driver.switch_to.window(first)


@pytest.fixture
def draft_path(tmp_path: Path, draft: bytes) -> Path:
    path = tmp_path / "Dự thảo Quyết định.docx"
    path.write_bytes(draft)
    return path


def test_a_draft_is_reviewed_and_its_annotated_copy_fetched(page: Page, draft_path: Path, tmp_path: Path) -> None:
    page.open("/reviewer")
    page.enter(page.site.keys[Role.REVIEWER])
    page.driver.find_element("id", "file").send_keys(str(draft_path))
    findings = page.one("#findings")
    assert findings.find_element("css selector", "h2").text == "2 phát hiện"
    first = page.all(".finding")[0].text
    for wanted in ("Nghiêm trọng", "K30", "khoản 2 Điều 3", "Luật số 12/2001/QH10", "Lý do", "Căn cứ", "Đề xuất"):
        assert wanted in first
    assert page.site.agents["reviewer"].asked[0].files[0].name == "Dự thảo Quyết định.docx"
    folder = tmp_path / "downloads"
    behaviour = {"behavior": "allow", "downloadPath": str(folder)}
    page.driver.execute_cdp_cmd("Browser.setDownloadBehavior", behaviour)
    page.click("#downloads button")
    fetched = folder / "Dự thảo - rà soát.docx"
    for _ in range(100):
        if fetched.exists():
            break
        page.js("return new Promise((r) => setTimeout(r, 50))")
    assert fetched.read_bytes().startswith(b"PK annotated")
    assert page.problems() == []


def test_findings_can_be_narrowed_to_what_is_severe(page: Page, draft_path: Path) -> None:
    page.open("/reviewer")
    page.enter(page.site.keys[Role.REVIEWER])
    page.driver.find_element("id", "file").send_keys(str(draft_path))
    page.one("#findings")
    assert [f.text for f in page.all(".filter")] == ["Nghiêm trọng (1)", "Nhỏ (1)"]
    page.js("document.querySelectorAll('.filter input')[1].click()")
    assert [f.find_element("css selector", ".check").text for f in page.all(".finding")] == ["Phát hiện 1 · K30"]


def test_a_question_after_the_review_is_about_the_draft(page: Page, draft_path: Path) -> None:
    page.open("/reviewer")
    page.enter(page.site.keys[Role.REVIEWER])
    page.driver.find_element("id", "file").send_keys(str(draft_path))
    page.one("#findings")
    page.answered(1)
    page.ask("Vì sao K30?")
    question = page.site.agents["reviewer"].asked[-1]
    assert question.files == ()
    assert [f.name for f in question.earlier_files] == ["Dự thảo Quyết định.docx"]
    assert len(page.all(".finding")) == 2, "the findings stay while one talks about them"


def test_a_file_that_cannot_be_read_is_told_beside_the_upload(page: Page, tmp_path: Path) -> None:
    broken = tmp_path / "hong.docx"
    broken.write_bytes(b"PK\x03\x04 broken")
    page.open("/reviewer")
    page.enter(page.site.keys[Role.REVIEWER])
    page.driver.find_element("id", "file").send_keys(str(broken))
    assert "hỏng" in page.one("#upload .problem").text
