"""Everybody can use the pages: WCAG 2.2 AA as far as a machine can tell, small screens, large text, both themes."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.store import Role
from tests.browser.conftest import Page

PATHS = [
    "/",
    "/embed",
    "/staff",
    "/reviewer",
    "/v1/documents/45/2099/QH14/dieu-5.khoan-2",
    "/v1/documents/1.009999",
    "/x",
]


def show(page: Page, path: str, **window: Any) -> None:
    """The page with something on it: past its gate, with an answer."""
    page.open(path, **window)
    if path in ("/staff", "/reviewer"):
        page.enter(page.site.keys[Role.ADMIN])
    if path in ("/", "/embed", "/staff", "/reviewer"):
        page.ask("Thời hạn bao lâu?")
        page.js("document.querySelectorAll('details').forEach((d) => (d.open = true))")


def violations(page: Page) -> list[str]:
    """What axe finds, one line each."""
    axe = pytest.importorskip("axe_core_python.selenium", reason="pip install axe-core-python")
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
    found = axe.Axe().run(page.driver, options=options)["violations"]
    return [f"{v['id']}: {n['html'][:160]} {n['failureSummary']}" for v in found for n in v["nodes"]]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_no_barrier_is_found_on_any_page(page: Page, path: str, dark: bool) -> None:
    show(page, path, dark=dark)
    assert violations(page) == []


def test_no_barrier_is_found_in_the_drawer_the_menu_and_the_gate(page: Page) -> None:
    show(page, "/")
    page.click("button.cite")
    page.until("return document.getAnimations().every((a) => a.playState !== 'running')")
    assert violations(page) == []
    page.open("/staff")
    page.one("#gate")
    page.click("#display")
    assert violations(page) == []


_CUT = """
return [...document.querySelectorAll('button, a, h1, input, textarea')]
  .filter((n) => n.checkVisibility() && !n.closest('.hidden, .skip'))
  .filter((n) => n.getBoundingClientRect().right > innerWidth + 1)
  .map((n) => n.outerHTML)
"""


@pytest.mark.parametrize("path", PATHS)
def test_nothing_runs_out_of_the_window_however_small_it_is_or_large_the_text(page: Page, path: str) -> None:
    show(page, path, width=320, height=700)
    for width, size in ((320, "1"), (360, "1"), (360, "3"), (768, "3"), (1280, "1")):
        page.resize(width, 700)
        page.js("localStorage.setItem('troly.size', arguments[0]); dispatchEvent(new Event('troly:appearance'))", size)
        assert page.js("return document.documentElement.dataset.size") == size
        assert page.js("return document.documentElement.scrollWidth") <= width, (width, size)
        assert page.js(_CUT) == [], (width, size)


@pytest.mark.parametrize("path", ["/", "/staff", "/reviewer"])
def test_everything_one_presses_is_large_enough(page: Page, path: str) -> None:
    show(page, path, width=360, height=700)
    small = page.js(
        "return [...document.querySelectorAll('button, summary, input, textarea, .bar a')].filter((n) => {"
        " const b = n.getBoundingClientRect(); return n.checkVisibility() && !n.closest('.hidden, .skip, .menu-body')"
        " && b.width && (b.width < 24 || b.height < 24) && !n.closest('label')}).map((n) => n.outerHTML)"
    )
    assert small == []


@pytest.mark.parametrize("path", ["/", "/embed"])
def test_on_a_telephone_the_notice_is_seen_without_scrolling(page: Page, path: str) -> None:
    page.open(path, width=360, height=640)
    box = page.js(
        "const n = document.querySelector('.notice').getBoundingClientRect();"
        "return [n.top, n.bottom, document.querySelector('.composer').getBoundingClientRect().top]"
    )
    assert 0 <= box[0] < box[1] <= box[2]
    assert "trí tuệ nhân tạo" in page.one(".notice").text


def test_every_control_can_be_reached_by_tab_and_shows_that_it_is(page: Page) -> None:
    show(page, "/")
    page.js("document.body.focus(); window.scrollTo(0, 0)")
    wanted = page.js(
        "const all = [...document.querySelectorAll('a[href], button, textarea, summary')];"
        "return all.filter((n) => n.checkVisibility()).length"
    )
    seen: set[str] = set()
    for _ in range(wanted + 5):
        page.press("\ue004")
        state = page.js(
            "const n = document.activeElement; const s = getComputedStyle(n);"
            "return [n.outerHTML.slice(0, 200) + n.getBoundingClientRect().top, n === document.body,"
            " s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2,"
            " document.elementsFromPoint(...(({x, y, width}) => [x + width / 2, y + 2])(n.getBoundingClientRect()))[0]"
            " ?.closest('a, button, textarea, summary') === n]"
        )
        if not state[1]:
            assert state[2], f"no visible focus on {state[0]}"
            assert state[3], f"focused and hidden behind something: {state[0]}"
            seen.add(state[0])
    assert len(seen) >= wanted


def test_size_and_theme_are_kept_on_this_device(page: Page) -> None:
    page.open("/")
    page.click("#display")
    for value in ("2", "dark"):
        page.js("document.querySelector(`.menu-body input[value='${arguments[0]}']`).click()", value)
    page.driver.refresh()
    page.until("return document.documentElement.dataset.theme === 'dark'")
    assert page.js("return getComputedStyle(document.documentElement).fontSize") == "19px"


def test_nothing_moves_for_who_asked_for_stillness(page: Page) -> None:
    page.open("/")
    still = {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]}
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", still)
    page.ask("Thời hạn bao lâu?")
    page.click("button.cite")
    assert page.js("return document.getAnimations().length") == 0


def test_severity_is_told_by_word_and_sign_and_not_by_colour_alone(page: Page) -> None:
    page.open("/reviewer")
    page.enter(page.site.keys[Role.ADMIN])
    page.driver.execute_async_script(
        "const done = arguments[0]; import('/static/findings.js').then(({ showFindings }) => {"
        "showFindings(['critical', 'major', 'minor', 'info'].map((severity, n) => ({ severity, name: 'x',"
        "check: 'K' + n, place: '', quote: '', reason: 'y', basis: '', proposal: '', start: n, confidence: 1 })));"
        "done() })"
    )
    words = [s.text for s in page.all(".finding .severity")]
    assert words == ["Nghiêm trọng", "Quan trọng", "Nhỏ", "Lưu ý"]
    signs = page.js("return [...document.querySelectorAll('.finding .severity path')].map((p) => p.getAttribute('d'))")
    assert len(set(signs)) == 4
    assert violations(page) == []
