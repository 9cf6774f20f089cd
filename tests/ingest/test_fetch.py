"""Downloading the documents of a manifest from a server on the loopback, with pages shaped like a gazette's."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from assistant.errors import BadInput, UnreadableFile
from assistant.ingest.fetch import Item, Manifest, fetch, read_manifest
from assistant.ingest.fetch_http import PoliteClient
from assistant.ingest.fetch_pages import attachments

PDF = b"%PDF-1.7 " + bytes(range(256)) * 40
DOC = b"\xd0\xcf\x11\xe0" + b"noi dung" * 50

# A list of documents and a page of one issue, in the manner of a provincial gazette; our own text.
LIST_PAGE = """
<table><tr><th>Ngày ban hành</th><th>Văn bản</th></tr>
<tr><td>05/02/2026</td><td><a href='NoiDung?openForm&ParentUNID=AB12'>
<span class='doc-notation'>số 7/2026/QĐ-UBND</span>
quy định mức hỗ trợ xe buýt</a></td><td><div class='download-links'>
<a target="_blank" href="AB12/$file/QD so 07.2026.doc">QD so 07.2026.doc</a></div></td></tr>
<tr><td>06/02/2026</td><td><span class='doc-notation'>số 8/2026/QĐ-UBND</span></td><td>
<a href="/tep/Quy%20dinh%20kem%20theo.pdf">tải</a>
<a href="https://may-chu-khac.example/la.pdf">nơi khác</a></td></tr></table>
"""
ISSUE_PAGE = """<table><tr><td><a onclick='window.open("str/CD34/$file/so-12_signed.pdf");' title='so-12'>
<span>Tải cuốn công báo</span></a></td></tr></table>"""

Answer = tuple[int, dict[str, str], bytes]


class Site:
    """Routes of a test server, and what was asked of it."""

    def __init__(self) -> None:
        self.routes: dict[str, Callable[[dict[str, str]], Answer]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.url = ""

    def serve(self, path: str, body: bytes, *, status: int = 200, headers: dict[str, str] | None = None) -> None:
        self.routes[path] = lambda _: (status, headers or {}, body)

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@pytest.fixture
def site() -> Iterator[Site]:
    held = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = {key.lower(): value for key, value in self.headers.items()}
            held.asked.append((self.path, asked))
            status, headers, body = held.routes.get(self.path, lambda _: (404, {}, b""))(asked)
            self.send_response(status)
            for key, value in headers.items():
                self.send_header(key, value)
            if "Content-Length" not in headers:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    held.url = f"http://127.0.0.1:{server.server_port}"
    yield held
    server.shutdown()
    server.server_close()


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def client(waits: list[float]) -> Iterator[PoliteClient]:
    clock = [0.0]

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        clock[0] += seconds

    held = PoliteClient("troly-thu", delay=2.0, timeout=5.0, sleep=sleep, clock=lambda: clock[0])
    yield held
    held.close()


def one(site: Site, path: str, file: str = "tep.pdf", sha256: str = "") -> Manifest:
    return Manifest((Item(site.url + path, file, sha256=sha256),))


def test_a_named_file_is_saved_and_its_digest_recorded(site: Site, client: PoliteClient, tmp_path: Path) -> None:
    site.serve("/a.pdf", PDF)
    report = fetch(one(site, "/a.pdf"), tmp_path, client=client)
    assert report.fetched == ["tep.pdf"] and not report.failed
    assert (tmp_path / "tep.pdf").read_bytes() == PDF
    state = json.loads((tmp_path / "fetched.json").read_text(encoding="utf-8"))
    assert state[site.url + "/a.pdf"]["sha256"] == hashlib.sha256(PDF).hexdigest()
    assert not list(tmp_path.glob("*.part"))


def test_a_second_run_asks_for_nothing_that_is_there(site: Site, client: PoliteClient, tmp_path: Path) -> None:
    site.serve("/a.pdf", PDF)
    fetch(one(site, "/a.pdf"), tmp_path, client=client)
    site.asked.clear()
    report = fetch(one(site, "/a.pdf"), tmp_path, client=client)
    assert report.unchanged == ["tep.pdf"] and site.asked == []


def test_a_file_that_was_changed_on_disk_is_fetched_again(site: Site, client: PoliteClient, tmp_path: Path) -> None:
    site.serve("/a.pdf", PDF)
    fetch(one(site, "/a.pdf"), tmp_path, client=client)
    (tmp_path / "tep.pdf").write_bytes(b"%PDF hong")
    assert fetch(one(site, "/a.pdf"), tmp_path, client=client).fetched == ["tep.pdf"]
    assert (tmp_path / "tep.pdf").read_bytes() == PDF


def test_attachments_of_a_gazette_page_are_followed(site: Site, client: PoliteClient, tmp_path: Path) -> None:
    site.serve("/congbao.nsf/danh-muc", LIST_PAGE.encode(), headers={"Content-Type": "text/html; charset=utf-8"})
    site.serve("/congbao.nsf/AB12/$file/QD%20so%2007.2026.doc", DOC)
    site.serve("/tep/Quy%20dinh%20kem%20theo.pdf", PDF)
    manifest = Manifest((Item(site.url + "/congbao.nsf/danh-muc", "", folder="cong-bao"),))
    report = fetch(manifest, tmp_path, client=client)
    assert report.fetched == ["cong-bao/QD so 07.2026.doc", "cong-bao/Quy dinh kem theo.pdf"]
    state = json.loads((tmp_path / "fetched.json").read_text(encoding="utf-8"))
    assert [row["number"] for row in state.values()] == ["07/2026/QĐ-UBND", "08/2026/QĐ-UBND"]


def test_a_file_opened_by_script_is_found_and_other_hosts_are_left_alone() -> None:
    found = attachments(ISSUE_PAGE, "https://congbao.example/congbao.nsf/so?OpenView")
    assert [a.url for a in found] == ["https://congbao.example/congbao.nsf/str/CD34/$file/so-12_signed.pdf"]
    hosts = {a.url.split("/")[2] for a in attachments(LIST_PAGE, "https://congbao.example/congbao.nsf/x")}
    assert hosts == {"congbao.example"}


def test_robots_txt_is_obeyed_and_the_rest_goes_on(site: Site, client: PoliteClient, tmp_path: Path) -> None:
    site.serve("/robots.txt", b"User-agent: *\nDisallow: /kin/\n")
    site.serve("/kin/a.pdf", PDF)
    site.serve("/mo/b.pdf", PDF)
    manifest = Manifest((Item(site.url + "/kin/a.pdf", "a.pdf"), Item(site.url + "/mo/b.pdf", "b.pdf")))
    report = fetch(manifest, tmp_path, client=client)
    assert report.fetched == ["b.pdf"]
    assert "robots.txt" in report.failed[0][1] and "/kin/a.pdf" not in site.paths()


def test_a_crawl_delay_longer_than_ours_is_kept(
    site: Site, client: PoliteClient, waits: list[float], tmp_path: Path
) -> None:
    site.serve("/robots.txt", b"User-agent: *\nCrawl-delay: 9\n")
    site.serve("/a.pdf", PDF)
    fetch(one(site, "/a.pdf"), tmp_path, client=client)
    assert waits == [9.0]


def test_a_busy_server_is_asked_again_after_the_time_it_names(
    site: Site, client: PoliteClient, waits: list[float], tmp_path: Path
) -> None:
    answers: list[Answer] = [(503, {"Retry-After": "30"}, b""), (200, {}, PDF)]
    site.routes["/a.pdf"] = lambda _: answers.pop(0)
    assert fetch(one(site, "/a.pdf"), tmp_path, client=client).fetched == ["tep.pdf"]
    assert 30.0 in waits


def test_a_server_that_stays_broken_is_reported_and_named(site: Site, client: PoliteClient, tmp_path: Path) -> None:
    site.serve("/a.pdf", b"", status=500)
    report = fetch(one(site, "/a.pdf"), tmp_path, client=client)
    assert site.paths().count("/a.pdf") == 4
    assert report.failed[0][0].endswith("/a.pdf") and "HTTP 500" in report.failed[0][1]


def test_a_missing_document_is_not_asked_for_twice(site: Site, client: PoliteClient, tmp_path: Path) -> None:
    report = fetch(one(site, "/khong-co.pdf"), tmp_path, client=client)
    assert "404" in report.failed[0][1] and site.paths().count("/khong-co.pdf") == 1


def test_an_interrupted_download_goes_on_where_it_stopped(site: Site, client: PoliteClient, tmp_path: Path) -> None:
    def answer(asked: dict[str, str]) -> Answer:
        start = int(asked.get("range", "bytes=0-")[6:-1])
        if start == 0:  # the line breaks after 3,000 bytes
            return 200, {"ETag": '"v1"', "Content-Length": str(len(PDF))}, PDF[:3000]
        assert asked["if-range"] == '"v1"'
        return 206, {"Content-Range": f"bytes {start}-{len(PDF) - 1}/{len(PDF)}"}, PDF[start:]

    site.routes["/a.pdf"] = answer
    assert fetch(one(site, "/a.pdf"), tmp_path, client=client).fetched == ["tep.pdf"]
    assert (tmp_path / "tep.pdf").read_bytes() == PDF
    assert [asked.get("range") for path, asked in site.asked if path == "/a.pdf"] == [None, "bytes=3000-"]


def test_a_file_that_changed_while_we_were_away_is_begun_again(
    site: Site, client: PoliteClient, tmp_path: Path
) -> None:
    (tmp_path / "tep.pdf.part").write_bytes(b"%PDF cu")
    (tmp_path / "tep.pdf.mark").write_text('"cu"')
    site.serve("/a.pdf", PDF, headers={"ETag": '"moi"'})  # If-Range does not match: the whole file comes
    fetch(one(site, "/a.pdf"), tmp_path, client=client)
    assert (tmp_path / "tep.pdf").read_bytes() == PDF


def test_a_login_page_in_place_of_a_file_is_refused(site: Site, client: PoliteClient, tmp_path: Path) -> None:
    site.serve("/a.pdf", b"<html>Dang nhap</html>")
    report = fetch(one(site, "/a.pdf"), tmp_path, client=client)
    assert not report.fetched and not (tmp_path / "tep.pdf").exists()


def test_another_content_than_the_manifest_names_is_refused(site: Site, client: PoliteClient, tmp_path: Path) -> None:
    site.serve("/a.pdf", PDF)
    report = fetch(one(site, "/a.pdf", sha256="0" * 64), tmp_path, client=client)
    assert "mã băm" in report.failed[0][1] and not (tmp_path / "tep.pdf").exists()


def test_requests_to_one_host_keep_their_distance(
    site: Site, client: PoliteClient, waits: list[float], tmp_path: Path
) -> None:
    site.serve("/a.pdf", PDF)
    site.serve("/b.pdf", PDF)
    fetch(Manifest((Item(site.url + "/a.pdf", "a.pdf"), Item(site.url + "/b.pdf", "b.pdf"))), tmp_path, client=client)
    assert waits == [2.0, 2.0]  # robots.txt, then a, then b


@pytest.mark.parametrize(
    "row",
    [
        "{file: a.pdf}",
        "{url: 'ftp://x.example/a.pdf'}",
        "{url: 'https://x.example/a.pdf', file: ../a.pdf}",
        "{url: 1, la: 2}",
    ],
)
def test_a_wrong_item_is_refused_with_its_place(tmp_path: Path, row: str) -> None:
    path = tmp_path / "manifest.yaml"
    path.write_text(f"items:\n  - {{url: 'https://x.example/dung.pdf'}}\n  - {row}\n", encoding="utf-8")
    with pytest.raises(BadInput, match="mục 2"):
        read_manifest(path)


def test_a_manifest_that_is_not_yaml_is_named(tmp_path: Path) -> None:
    path = tmp_path / "manifest.yaml"
    path.write_text("items: [", encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"manifest\.yaml"):
        read_manifest(path)
