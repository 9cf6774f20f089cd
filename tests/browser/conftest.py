"""Chromium without a window, driven through Selenium against a real server on a loopback port."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api.fixtures import Site, draft, live, make_site, site

__all__ = ["draft", "live", "make_site", "site"]

INSTALL = "apt-get install -y chromium chromium-driver && pip install selenium axe-core-python"
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-sync",
    "--disable-component-update",
    "--no-first-run",
    "--hide-scrollbars",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder needs the browser, whose own clock is not ours: what fails is tried twice more."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.flaky(reruns=2))


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One browser for all tests; skipped with what to install where there is none."""
    webdriver = pytest.importorskip("selenium.webdriver", reason=f"selenium is not installed: {INSTALL}")
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not browser or not driver:
        pytest.skip(f"chromium or chromedriver is not installed: {INSTALL}")
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for argument in (*QUIET, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    running = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    running.set_script_timeout(20)
    yield running
    running.quit()


# What fades or slides in has no text for Selenium in its first frame; what moves for ever (the waiting dots) is shown.
_SHOWN = """
const node = document.querySelector(arguments[0]);
const moving = (n) => n.getAnimations().some((a) => a.playState === 'running' && isFinite(a.effect.getTiming().iterations));
for (let n = node; n; n = n.parentElement) if (moving(n)) return false;
return node && node.checkVisibility({ opacityProperty: true, visibilityProperty: true });
"""


class Page:
    """A tab on the server, and what a test does with it."""

    def __init__(self, driver: Any, address: str, site: Site) -> None:
        self.driver, self.address, self.site = driver, address, site

    def open(self, path: str, *, width: int = 1280, height: int = 800, dark: bool = False) -> None:
        """A fresh page in a window of that size; what was stored before is gone."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.resize(width, height)
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        self.driver.get(self.address + "/healthz")
        self.js("localStorage.clear(); sessionStorage.clear()")
        self.problems(), self.requests()
        self.driver.get(self.address + path)

    def resize(self, width: int, height: int) -> None:
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    def js(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def one(self, selector: str) -> Any:
        """The first match once it is there, shown, and no longer on its way in."""
        self.until(_SHOWN, selector)
        return self.driver.find_element("css selector", selector)

    def click(self, selector: str, number: int = 0) -> None:
        """Press the n-th match, brought to the middle as a person would."""
        self.one(selector)
        node = self.all(selector)[number]
        self.js("arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })", node)
        node.click()

    def all(self, selector: str) -> list[Any]:
        return list(self.driver.find_elements("css selector", selector))

    def until(self, script: str, *arguments: Any) -> None:
        """Wait for a script to return something true."""
        from selenium.webdriver.support.wait import WebDriverWait

        WebDriverWait(self.driver, 40, 0.05).until(lambda _: self.js(script, *arguments), f"never true: {script}")

    def ask(self, question: str) -> None:
        """Type it, press Enter, wait for the whole answer."""
        before = len(self.all(".answer"))
        self.one("#question").send_keys(question + "\n")
        self.answered(before + 1)

    def answered(self, count: int) -> None:
        self.until(
            "const a = document.querySelectorAll('.answer');"
            "return a.length === arguments[0] && a[a.length - 1].getAttribute('aria-busy') === 'false'",
            count,
        )

    def enter(self, key: str) -> None:
        """Pass the gate of a page that wants a key."""
        self.one("#key").send_keys(key + "\n")
        self.one("#desk")

    def press(self, *keys: str) -> None:
        from selenium.webdriver import ActionChains

        ActionChains(self.driver).send_keys(*keys).perform()

    def problems(self) -> list[str]:
        """What the browser complained of since the last look: errors of scripts, of the policy, of the network."""
        return [e["message"] for e in self.driver.get_log("browser") if e["level"] == "SEVERE"]

    def requests(self) -> list[str]:
        """The addresses that the page asked for since the last look."""
        events = (json.loads(e["message"])["message"] for e in self.driver.get_log("performance"))
        return [e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"]


@pytest.fixture
def page(chromium: Any, live: tuple[str, Site]) -> Page:
    return Page(chromium, *live)
