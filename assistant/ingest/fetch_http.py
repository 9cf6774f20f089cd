"""A polite HTTP client: pauses between requests to one host, obeys robots.txt, retries, resumes downloads."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

import httpx

from assistant.errors import BadInput, NotFound, TooLarge, UnreadableFile

_T = TypeVar("_T")
_RETRY = {429, 500, 502, 503, 504}
_NO_SUCH_RANGE = 416  # what lies in the .part file is not part of the file any more
_ATTEMPTS = 4
_LONGEST_WAIT = 60.0  # seconds, also where a server asks for more
MAX_BYTES = 300_000_000


class Refused(BadInput):
    """robots.txt của máy chủ không cho phép tải địa chỉ này."""

    code = "robots_refused"


@dataclass
class PoliteClient:
    """``delay``: seconds between two requests to one host. ``sleep`` and ``clock`` are replaced in tests."""

    user_agent: str
    delay: float = 2.0
    timeout: float = 60.0
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _robots: dict[str, RobotFileParser] = field(default_factory=dict)
    _last: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        headers = {"User-Agent": self.user_agent, "Accept-Language": "vi", "Accept-Encoding": "identity"}
        self._http = httpx.Client(headers=headers, timeout=self.timeout, follow_redirects=True, max_redirects=5)

    def close(self) -> None:
        self._http.close()

    def page(self, url: str) -> str:
        """The text of a page. Raises Refused, NotFound, TooLarge or UnreadableFile."""
        self._obey_robots(url)
        return self._ask(url, dict, _text)

    def download(self, url: str, target: Path) -> str:
        """Save a file, return its hex SHA-256. An earlier try's ``target.part`` is gone on with where possible."""
        self._obey_robots(url)
        partial = _Partial(target)
        self._ask(url, partial.headers, partial.save)
        partial.finish()
        return digest_of(target)

    def _obey_robots(self, url: str) -> None:
        if not self._robots_of(url).can_fetch(self.user_agent, url):
            host = urlsplit(url).netloc
            raise Refused(f"robots.txt của {host} không cho phép tải {url}; bỏ địa chỉ này khỏi danh sách.")

    def _robots_of(self, url: str) -> RobotFileParser:
        """The rules of a host; a host whose robots.txt cannot be had for now is not asked for anything else."""
        host = urlsplit(url).netloc
        if host not in self._robots:
            robots = RobotFileParser()
            try:
                rules = self._ask(f"{urlsplit(url).scheme}://{host}/robots.txt", dict, _text)
            except NotFound:
                rules = ""
            robots.parse(rules.splitlines())
            self._robots[host] = robots
        return self._robots[host]

    def _ask(self, url: str, headers: Callable[[], dict[str, str]], use: Callable[[httpx.Response], _T]) -> _T:
        """One GET with retries; a fault of the line in the middle of a body counts as a failed try."""
        reason = ""
        for attempt in range(_ATTEMPTS):
            self._pause(url)
            asked = 0.0
            try:
                with self._http.stream("GET", url, headers=headers()) as response:
                    if response.status_code in (404, 410):
                        raise NotFound(
                            f"Không có {url} (HTTP {response.status_code}); kiểm tra lại địa chỉ trong danh sách."
                        )
                    if response.status_code not in _RETRY:
                        _refuse_errors(response)
                        return use(response)
                    reason = f"HTTP {response.status_code}"
                    asked = _retry_after(response)
            except httpx.TransportError as problem:
                reason = f"{type(problem).__name__}: {problem}"
            if attempt < _ATTEMPTS - 1:
                self.sleep(min(max(2.0**attempt, asked), _LONGEST_WAIT))
        raise UnreadableFile(
            f"Không tải được {url} sau {_ATTEMPTS} lần ({reason}); chạy lại sau, phần đã tải được giữ."
        )

    def _pause(self, url: str) -> None:
        host = urlsplit(url).netloc
        robots = self._robots.get(host)
        wanted = max(self.delay, float(robots.crawl_delay(self.user_agent) or 0) if robots else 0.0)
        if host in self._last:
            wait = self._last[host] + min(wanted, _LONGEST_WAIT) - self.clock()
            if wait > 0:
                self.sleep(wait)
        self._last[host] = self.clock()


class _Partial:
    """A download under way: the bytes so far, and the server's mark of the version they belong to."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._part = target.with_name(target.name + ".part")
        self._mark = target.with_name(target.name + ".mark")

    def headers(self) -> dict[str, str]:
        """Go on only with the same version of the file; without a mark begin again."""
        have = self._part.stat().st_size if self._part.exists() else 0
        if not have or not self._mark.exists():
            return {}
        return {"Range": f"bytes={have}-", "If-Range": self._mark.read_text(encoding="ascii")}

    def save(self, response: httpx.Response) -> None:
        have = self._part.stat().st_size if self._part.exists() else 0
        going_on = response.status_code == 206
        ranged = response.headers.get("content-range", "")
        if response.status_code == _NO_SUCH_RANGE or (going_on and not ranged.startswith(f"bytes {have}-")):
            self._part.unlink(missing_ok=True)
            raise httpx.RemoteProtocolError("máy chủ trả về đoạn khác đoạn đã hỏi")
        if not going_on:
            have = 0
            self._remember(response)
        with self._part.open("ab" if going_on else "wb") as file:
            for block in response.iter_bytes():
                have += len(block)
                if have > MAX_BYTES:
                    raise TooLarge(f"{response.url} lớn hơn {MAX_BYTES // 1_000_000} MB; tải bằng tay nếu thật cần.")
                file.write(block)

    def _remember(self, response: httpx.Response) -> None:
        mark = response.headers.get("etag", "") or response.headers.get("last-modified", "")
        if mark and not mark.startswith("W/"):  # a weak mark does not promise the same bytes
            self._mark.write_text(mark, encoding="ascii", errors="ignore")
        else:
            self._mark.unlink(missing_ok=True)

    def finish(self) -> None:
        self._part.replace(self._target)
        self._mark.unlink(missing_ok=True)


def _refuse_errors(response: httpx.Response) -> None:
    if response.status_code >= 400 and response.status_code != _NO_SUCH_RANGE:
        raise UnreadableFile(f"Máy chủ từ chối {response.url} (HTTP {response.status_code}); kiểm tra quyền truy cập.")


def _text(response: httpx.Response) -> str:
    response.read()
    return response.text


def _retry_after(response: httpx.Response) -> float:
    value = response.headers.get("retry-after", "")
    return float(value) if value.isdigit() else 0.0


def digest_of(path: Path) -> str:
    """Hex SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
