"""One script tag puts the chat on another site, and only on those that are named."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.api.app import create_app
from tests.api.desk import MemoryIndex, plain_agents
from tests.api.server import serving
from tests.browser.conftest import Page

_HOST = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>Trang phường</title>
<style>button, iframe {{ display: none !important; color: red }}</style>
<h1>Trang của phường</h1><input id="own">
<script src="{address}/widget.js" defer data-label="Hỏi thủ tục"></script></html>"""
# A closed shadow root is out of a page's reach, so the test looks through the browser's own eyes.
_BUTTON_X, _BUTTON_Y = 1180, 766


@pytest.fixture
def other_site(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A web server of somebody else: its address and its folder."""
    folder = tmp_path / "www"
    folder.mkdir()
    handler = functools.partial(_Silent, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", folder
    server.shutdown()


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        return


@pytest.fixture
def embedded(chromium: Any, make_site: Any, other_site: tuple[str, Path]) -> Iterator[Callable[[bool], Any]]:
    """Open the other site with the widget on it, allowed or not."""
    stack: list[Any] = []

    def open_it(allowed: bool) -> Page:
        other, folder = other_site
        site = make_site(allowed_origins=other if allowed else "")
        app = create_app(site.settings, agents=plain_agents(), index=MemoryIndex(), store=site.store)  # type: ignore[arg-type]
        running = serving(app)
        address = running.__enter__()
        stack.append(running)
        (folder / "index.html").write_text(_HOST.format(address=address), encoding="utf-8")
        page = Page(chromium, address, site)
        page.open("/healthz")
        page.driver.get(other)
        return page

    yield open_it
    for running in stack:
        running.__exit__(None, None, None)


def press_button(page: Page) -> None:
    for kind in ("mousePressed", "mouseReleased"):
        event = {"type": kind, "x": _BUTTON_X, "y": _BUTTON_Y, "button": "left", "clickCount": 1}
        page.driver.execute_cdp_cmd("Input.dispatchMouseEvent", event)


def frames(page: Page) -> list[str]:
    """The addresses of the frames that really loaded."""
    tree = page.driver.execute_cdp_cmd("Page.getFrameTree", {})["frameTree"]
    return [child["frame"]["url"] for child in tree.get("childFrames", ()) if child["frame"]["url"] != "about:blank"]


def texts(page: Page, frame: str = "") -> str:
    """What assistive technology reads of the page, shadow roots included, or of one frame in it."""
    where = {"frameId": frame} if frame else {}
    nodes = page.driver.execute_cdp_cmd("Accessibility.getFullAXTree", where)["nodes"]
    return " | ".join(str(n.get("name", {}).get("value", "")) for n in nodes if not n.get("ignored"))


def frame_texts(page: Page) -> str:
    """The same of the chat's frame; its examples are there once its script runs."""
    tree = page.driver.execute_cdp_cmd("Page.getFrameTree", {})["frameTree"]
    return " | ".join(texts(page, child["frame"]["id"]) for child in tree.get("childFrames", ()))


def wait_for(page: Page, condition: Callable[[], bool]) -> None:
    for _ in range(100):
        if condition():
            return
        page.js("return new Promise((r) => setTimeout(r, 50))")
    raise AssertionError("the condition never came true")


def test_the_widget_opens_the_chat_on_a_named_site_and_loads_nothing_before(embedded: Any) -> None:
    page = embedded(True)
    wait_for(page, lambda: "Hỏi thủ tục" in texts(page))
    assert frames(page) == []
    assert not any("/embed" in address for address in page.requests())
    press_button(page)
    wait_for(page, lambda: frames(page) == [f"{page.address}/embed"])
    wait_for(page, lambda: "Đóng hỏi đáp" in texts(page))
    press_button(page)
    wait_for(page, lambda: "Đóng hỏi đáp" not in texts(page))


def test_a_site_that_is_not_named_gets_no_chat(embedded: Any) -> None:
    page = embedded(False)
    wait_for(page, lambda: "Hỏi thủ tục" in texts(page))
    press_button(page)
    wait_for(page, lambda: any("frame-ancestors" in problem for problem in page.problems()))
    assert f"{page.address}/embed" not in frames(page)


def test_escape_closes_the_chat_from_inside_and_from_outside(embedded: Any) -> None:
    page = embedded(True)
    wait_for(page, lambda: "Hỏi thủ tục" in texts(page))
    for inside in (False, True):
        press_button(page)
        wait_for(page, lambda: "Đóng hỏi đáp" in texts(page) and "Đăng ký khai sinh" in frame_texts(page))
        if not inside:
            page.js("document.getElementById('own').focus()")
        page.press("\ue00c")
        wait_for(page, lambda: "Đóng hỏi đáp" not in texts(page))


def test_the_widget_leaves_the_page_around_it_alone_and_is_left_alone_by_it(embedded: Any) -> None:
    page = embedded(True)
    wait_for(page, lambda: "Hỏi thủ tục" in texts(page))
    assert page.js("return Object.keys(window).filter((name) => /troly|widget/i.test(name))") == []
    assert page.js("return document.querySelectorAll('button, iframe').length") == 0
    press_button(page)  # the site's own style hides its buttons, not ours
    wait_for(page, lambda: frames(page) == [f"{page.address}/embed"])
