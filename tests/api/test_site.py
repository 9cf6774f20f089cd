"""Pages, health, figures, feedback, and what a browser is told it may do."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.api.app import create_app
from assistant.api.services import Desk, Opening
from assistant.errors import IndexMissing
from assistant.settings import Settings
from assistant.store import Rating
from tests.api.desk import MemoryIndex, plain_agents
from tests.api.fixtures import Site
from tests.api.test_bad_input import error_of
from tests.api.test_chat import ask

PAGES = ["/", "/staff", "/reviewer", "/embed"]
WEB = Path(__file__).parents[2] / "assistant" / "web"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_vietnamese_and_takes_everything_from_this_server(site: Site, path: str) -> None:
    text = site.client.get(path).text
    assert '<html lang="vi"' in text
    addresses = re.findall(r'(?:src|href)="([^"]+)"', text)
    assert addresses
    for address in addresses:
        assert address.startswith(("/", "#")) and not address.startswith("//"), address
        if not address.startswith("#"):
            assert site.client.get(address).status_code == 200, address


@pytest.mark.parametrize("path", ["/", "/embed"])
def test_the_first_thing_a_citizen_reads_says_that_this_is_a_machine(site: Site, path: str) -> None:
    text = " ".join(site.client.get(path).text.split())
    assert "trí tuệ nhân tạo" in text
    assert "không thay thế ý kiến của cơ quan có thẩm quyền" in text


def test_no_file_of_the_pages_names_another_host_or_runs_text_as_code() -> None:
    for file in [*WEB.rglob("*.js"), *WEB.rglob("*.html"), *WEB.rglob("*.css")]:
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"https?://(?!www\.w3\.org/)", text), file
        for unsafe in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"):
            assert unsafe not in text, f"{unsafe} in {file}"
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), file
        assert not re.search(r"\son\w+=|\sstyle=", text) or file.suffix != ".html", file


@pytest.mark.parametrize("path", [*PAGES, "/v1/models", "/static/base.css", "/nowhere", "/v1/documents/1.009999"])
def test_every_response_forbids_what_the_pages_do_not_need(site: Site, path: str) -> None:
    headers = site.client.get(path).headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == ("'self'" if path == "/embed" else "'none'")
    assert ("x-frame-options" in headers) == (path != "/embed")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-request-id"].startswith("req_")


def test_only_named_sites_may_hold_the_chat_in_a_frame(make_site: Any) -> None:
    site = make_site(allowed_origins="https://phuong.vidu.gov.vn, https://a.vn; script-src *, javascript:x")
    policy = site.client.get("/embed").headers["content-security-policy"]
    assert policy.endswith("frame-ancestors 'self' https://phuong.vidu.gov.vn")
    assert "phuong" not in site.client.get("/").headers["content-security-policy"]


def test_answers_are_not_kept_by_caches_and_files_of_the_pages_are_asked_about(site: Site) -> None:
    assert ask(site).headers["cache-control"] == "no-store"
    first = site.client.get("/static/base.css")
    assert first.headers["cache-control"] == "no-cache"
    again = site.client.get("/static/base.css", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304


def test_the_widget_may_be_loaded_by_any_site(site: Site) -> None:
    headers = site.client.get("/widget.js").headers
    assert headers["cross-origin-resource-policy"] == "cross-origin"
    assert headers["content-type"].startswith("text/javascript")


def test_the_server_is_ready_when_its_index_is_and_says_what_it_holds(site: Site) -> None:
    body = site.client.get("/readyz").json()
    assert body["status"] == "ready"
    assert body["entries"] == {"provision": 2, "procedure": 1, "guide": 1}
    assert body["assistants"] == ["citizen", "reviewer", "staff"]


@pytest.mark.parametrize(
    ("stranger", "code", "said"), [(None, "index_missing", "troly ingest"), ("ảnh.jpg", "index_foreign", "TROLY_INDEX")]
)
def test_without_an_index_the_server_lives_and_tells_everybody_what_to_do(
    tmp_path: Path, stranger: str | None, code: str, said: str
) -> None:
    folder = tmp_path / "index"
    if stranger:
        folder.mkdir()
        (folder / stranger).write_bytes(b"x")
    settings = Settings(
        store=f"sqlite:///{tmp_path}/s.db", files=tmp_path / "f", index=f"chroma:{folder}", rate_limit=0
    )
    with TestClient(create_app(settings)) as client:
        assert client.get("/healthz").status_code == 200
        ready = client.get("/readyz")
        assert (ready.status_code, ready.json()["code"]) == (503, code)
        body = {"model": "citizen", "messages": [{"role": "user", "content": "x"}]}
        for response in (
            client.post("/v1/chat/completions", json=body),
            client.post("/v1/chat/completions", json=body | {"stream": True}),
            client.get("/v1/documents/1.001193"),
        ):
            assert said in error_of(response, 503, code)["message"]
    assert not stranger or [p.name for p in folder.iterdir()] == [stranger], "what is not ours is left as it was"


def test_an_index_that_appears_later_is_found_without_a_restart(monkeypatch: pytest.MonkeyPatch) -> None:
    moment, desks = 0.0, [IndexMissing("chưa có chỉ mục"), Desk(plain_agents(), MemoryIndex())]  # type: ignore[arg-type]
    monkeypatch.setattr("assistant.api.services.time.monotonic", lambda: moment)

    def open_next() -> Desk:
        found = desks.pop(0)
        if isinstance(found, Exception):
            raise found
        return found

    opening = Opening(open_next)
    for _ in range(2):
        with pytest.raises(IndexMissing):
            opening.desk()
    assert len(desks) == 1, "an opening that failed is not tried again at once"
    moment = 6.0
    assert set(opening.desk().agents) == {"citizen", "staff", "reviewer"}


def test_figures_count_answers_by_outcome_and_requests_by_route(site: Site) -> None:
    ask(site)
    ask(site, messages=[{"role": "user", "content": "gì đó"}])
    site.client.get("/v1/documents/1.009999")
    text = site.client.get("/metrics").text
    assert 'troly_answers_total{assistant="citizen",status="answered"} 1.0' in text
    assert 'troly_answers_total{assistant="citizen",status="unanswerable"} 1.0' in text
    assert 'troly_http_requests_total{method="GET",route="/v1/documents/{place:path}",status="200"} 1.0' in text
    assert 'troly_answer_seconds_count{assistant="citizen"} 2.0' in text
    assert "Thời hạn" not in text


def test_a_rating_is_kept_once_and_its_comment_without_personal_data(site: Site) -> None:
    answer_id = ask(site).json()["troly"]["answer_id"]
    given = {"answer_id": answer_id, "rating": "down", "comment": "Sai lệ phí\u0000, gọi 0901234567"}
    assert site.client.post("/v1/feedback", json=given | {"rating": "up"}).status_code == 200
    assert site.client.post("/v1/feedback", json=given).json()["rating"] == "down"
    assert site.store.feedback.get(answer_id) == (Rating.DOWN, "Sai lệ phí , gọi [số điện thoại]")


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"answer_id": "khong-co"}, 404, "not_found"),
        ({"rating": "5 sao"}, 400, "bad_input"),
        ({"comment": "x" * 2001}, 400, "bad_input"),
        ({"more": 1}, 400, "bad_input"),
    ],
)
def test_feedback_that_cannot_be_kept_is_refused(site: Site, changes: Any, status: int, code: str) -> None:
    error_of(site.client.post("/v1/feedback", json={"answer_id": "a", "rating": "up"} | changes), status, code)


def test_the_description_of_the_interface_is_served_and_names_the_chat_endpoint(site: Site) -> None:
    body = site.client.get("/openapi.json").json()
    request = body["paths"]["/v1/chat/completions"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert {"model", "messages", "stream", "troly"} <= set(request["properties"])
    assert site.client.get("/docs").status_code == 404


def test_closing_the_application_closes_the_index(tmp_path: Path) -> None:
    index = MemoryIndex()
    settings = Settings(store=f"sqlite:///{tmp_path}/s.db", files=tmp_path / "f")
    with TestClient(create_app(settings, agents=plain_agents(), index=index)) as client:  # type: ignore[arg-type]
        client.get("/readyz")
    assert index.closed
