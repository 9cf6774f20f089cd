"""``troly fetch --list manifest.yaml``: the documents a manifest names, downloaded politely into a folder.

    delay: 2.0                      # giây giữa hai lần gọi cùng một máy chủ
    items:
      - {url: "https://…/van-ban.pdf", file: van-ban.pdf, number: 1/2026/NĐ-CP, sha256: …}
      - {url: "https://…/trang-cong-bao", folder: cong-bao}   # a page: its attachments are followed

What was fetched stands in ``fetched.json`` of the folder: a second run asks only for what is missing.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

import yaml

from assistant.errors import BadInput, TrolyError, UnreadableFile
from assistant.ingest.fetch_http import PoliteClient, digest_of
from assistant.ingest.fetch_pages import attachments, file_name

USER_AGENT = "troly-fetch/0.1"
STATE = "fetched.json"
_ITEM_KEYS = {"url", "file", "folder", "number", "sha256"}
_MANIFEST_KEYS = {"delay", "user_agent", "items"}
# A site that answers with a page where a file was asked for has not given the file.
_MAGIC = {".pdf": b"%PDF", ".docx": b"PK", ".xlsx": b"PK", ".zip": b"PK", ".doc": b"\xd0\xcf\x11\xe0"}

OnEvent = Callable[[str, str], None]  # (address or file, what happened)


@dataclass(frozen=True, slots=True)
class Item:
    """Một địa chỉ cần tải: a file, or with ``folder`` a page whose attachments are wanted."""

    url: str
    file: str
    folder: str = ""
    number: str = ""
    sha256: str = ""  # expected; "" accepts what comes and records its digest


@dataclass(frozen=True, slots=True)
class Manifest:
    """Danh sách tải."""

    items: tuple[Item, ...]
    delay: float = 2.0
    user_agent: str = USER_AGENT


@dataclass
class FetchReport:
    """Kết quả tải: files by name; failures as (address, reason)."""

    fetched: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)


def read_manifest(path: Path) -> Manifest:
    """Raises BadInput naming the item that is not as expected."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as problem:
        raise UnreadableFile(f"Không đọc được danh sách {path.name} ({problem}).") from problem
    if not isinstance(data, dict) or not isinstance(data.get("items"), list) or set(data) - _MANIFEST_KEYS:
        raise BadInput(f"{path.name}: cần các khóa delay, user_agent và items (một danh sách).", param=path.name)
    items = tuple(_item(path.name, number, row) for number, row in enumerate(data["items"], start=1))
    return Manifest(items, float(data.get("delay", 2.0)), str(data.get("user_agent") or USER_AGENT))


def _item(name: str, number: int, row: Any) -> Item:
    where = f"{name}, mục {number}"
    if not isinstance(row, dict) or set(row) - _ITEM_KEYS or not row.get("url"):
        raise BadInput(f"{where}: cần url và tùy chọn {', '.join(sorted(_ITEM_KEYS - {'url'}))}.", param=name)
    url = str(row["url"])
    if urlsplit(url).scheme not in ("http", "https"):
        raise BadInput(f"{where}: url phải bắt đầu bằng http:// hoặc https://, đang là “{url}”.", param=name)
    folder, file = str(row.get("folder") or ""), str(row.get("file") or file_name(url))
    for part in (folder, file):
        path = PurePosixPath(part)
        if path.is_absolute() or ".." in path.parts or "\\" in part:
            raise BadInput(f"{where}: “{part}” phải là đường dẫn tương đối nằm trong thư mục đích.", param=name)
    return Item(url, file, folder, str(row.get("number") or ""), str(row.get("sha256") or "").lower())


def fetch(
    manifest: Manifest, target: Path, *, client: PoliteClient | None = None, on_event: OnEvent = lambda _a, _b: None
) -> FetchReport:
    """Fetch what is missing; a failure is reported and does not stop the rest. Safe to stop and run again."""
    target.mkdir(parents=True, exist_ok=True)
    own = client or PoliteClient(manifest.user_agent, manifest.delay)
    run = _Run(target, own, on_event, _read_state(target / STATE))
    try:
        for item in manifest.items:
            run.take(item)
    finally:
        if client is None:
            own.close()
    return run.report


@dataclass
class _Run:
    target: Path
    client: PoliteClient
    on_event: OnEvent
    state: dict[str, dict[str, Any]]  # address → file, sha256, size, fetched_at, number
    report: FetchReport = field(default_factory=FetchReport)

    def take(self, item: Item) -> None:
        try:
            if item.folder:
                self._page(item)
            else:
                self._file(item)
        except TrolyError as error:
            self._fail(item.url, error.message)

    def _page(self, item: Item) -> None:
        found = attachments(self.client.page(item.url), item.url)
        if not found:
            self._fail(item.url, "Trang không có tệp đính kèm nào nhận ra được; mở trang để kiểm tra.")
        for attachment in found:
            name = f"{item.folder}/{attachment.name}"
            self.take(Item(attachment.url, name, number=attachment.number or item.number))

    def _file(self, item: Item) -> None:
        path = self.target / item.file
        known = self.state.get(item.url)
        if known and path.exists() and digest_of(path) == known["sha256"] and item.sha256 in ("", known["sha256"]):
            self.report.unchanged.append(item.file)
            self.on_event(item.file, "đã có")
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        digest = self.client.download(item.url, path)
        _demand(path, item, digest)
        self.state[item.url] = {
            "file": item.file,
            "number": item.number,
            "sha256": digest,
            "size": path.stat().st_size,
            "fetched_at": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        _write_state(self.target / STATE, self.state)
        self.report.fetched.append(item.file)
        self.on_event(item.file, "đã tải")

    def _fail(self, url: str, reason: str) -> None:
        self.report.failed.append((url, reason))
        self.on_event(url, reason)


def _demand(path: Path, item: Item, digest: str) -> None:
    """A file that is not what was asked for is not kept."""
    magic = _MAGIC.get(path.suffix.lower(), b"")
    with path.open("rb") as file:
        begins = file.read(len(magic))
    if begins != magic:
        path.unlink()
        raise UnreadableFile(
            f"{item.url} không trả về tệp {path.suffix} (nội dung khác định dạng); mở địa chỉ để kiểm tra."
        )
    if item.sha256 and digest != item.sha256:
        path.unlink()
        raise UnreadableFile(f"{item.url}: mã băm {digest} khác mã trong danh sách; tệp trên máy chủ đã thay đổi.")


def _read_state(path: Path) -> dict[str, dict[str, Any]]:
    try:
        data = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    except ValueError as problem:
        raise UnreadableFile(f"{path} không đọc được ({problem}); xóa tệp này để tải lại từ đầu.") from problem
    return data if isinstance(data, dict) else {}


def _write_state(path: Path, state: dict[str, dict[str, Any]]) -> None:
    new = path.with_name(path.name + ".new")
    new.write_text(json.dumps(state, ensure_ascii=False, indent=1), encoding="utf-8")
    new.replace(path)  # never half written
