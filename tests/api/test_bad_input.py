"""Whatever comes in, a clear error in the protocol's shape goes out, and the server goes on serving."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.store import Role
from tests.api.fixtures import Site
from tests.api.test_chat import ASK, ask, events


def error_of(response: Any, status: int, code: str) -> dict[str, Any]:
    """The error object, after checking its shape, its status and that it speaks to a person."""
    assert response.status_code == status, response.text
    error: dict[str, Any] = response.json()["error"]
    assert set(error) == {"message", "type", "param", "code"}
    assert error["code"] == code
    assert len(error["message"]) > 20
    assert "Traceback" not in response.text
    return error


def message(content: Any, role: str = "user") -> dict[str, Any]:
    return {"messages": [{"role": role, "content": content}]}


BROKEN = {
    "empty": b"",
    "half": b'{"model": "citizen", "messages": [',
    "a list": b"[]",
    "binary": bytes(range(256)),
    "utf-16": '{"model":"citizen"}'.encode("utf-16"),
    "deep": b"[" * 100_000,
    "nan": b"NaN",
    "half a surrogate pair": b'{"model":"citizen","messages":[{"role":"user","content":"\\ud83d x"}]}',
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_body_that_is_no_json_object_is_refused(site: Site, name: str) -> None:
    error_of(site.client.post("/v1/chat/completions", content=BROKEN[name]), 400, "bad_input")
    assert ask(site).status_code == 200


def test_a_body_that_is_not_utf8_is_told_where_it_stops_being(site: Site) -> None:
    body = '{"model":"citizen","messages":[{"role":"user","content":"Thủ tục"}]}'.encode("cp1258", "replace")
    error = error_of(site.client.post("/v1/chat/completions", content=body.replace(b"?", b"\xfe")), 400, "bad_input")
    assert "UTF-8" in error["message"]


@pytest.mark.parametrize(
    ("changes", "param", "said"),
    [
        ({"messages": None}, "messages", "danh sách"),
        ({"messages": []}, "messages", "để trống"),
        ({"messages": "xin chào"}, "messages", "danh sách"),
        ({"messages": [{"content": "x"}]}, "messages.0.role", "Thiếu"),
        (message("x", role="tool"), "messages.0.role", "tool"),
        (message("x", role="quản trị"), "messages.0.role", "quản trị"),
        (message("x", role="assistant"), "messages.0.role", "user"),
        (message("x", role="system"), "messages.0.role", "user"),
        (message(7), "messages.0.content", "chuỗi"),
        (message(None), "messages.0.content", "trống"),
        (message(" \n\u0000\ufeff "), "messages.0.content", "trống"),
        (message([]), "messages.0.content", "trống"),
        (message([{"type": "image_url", "image_url": {"url": "x"}}]), "messages.0.content.0", "image_url"),
        (message([{"type": "file", "file": {}}]), "messages.0.content.0.file.file_id", "Thiếu"),
        (message([{"text": "x"}]), "messages.0.content.0", "type"),
        ({"stream": "có lẽ"}, "stream", "true"),
        ({"troly": {"as_of": "hôm qua"}}, "troly.as_of", "2026-07-01"),
        ({"troly": {"as_of": "2026-02-30"}}, "troly.as_of", "2026-02-30"),
        ({"troly": {"as_of": 1}}, "troly.as_of", "2026-07-01"),
        ({"troly": {"ngay": "2026-02-01"}}, "troly.ngay", "ngay"),
        ({"troly": {"territory": "Sài Gòn"}}, "troly.territory", "Sài Gòn"),
        ({"troly": {"conversation_id": "a b\n"}}, "troly.conversation_id", "a b"),
        ({"troly": []}, "troly", "đối tượng"),
        ({"model": None}, "model", "chuỗi"),
    ],
)
def test_a_wrong_field_is_named_with_what_is_expected(site: Site, changes: Any, param: str, said: str) -> None:
    error = error_of(ask(site, **changes), 400, "bad_input")
    assert error["param"] == param
    assert said in error["message"]
    assert error["type"] == "invalid_request_error"


def test_an_unknown_assistant_is_told_with_those_that_the_caller_may_use(site: Site) -> None:
    error = error_of(ask(site, model="gpt-5"), 404, "model_not_found")
    assert error["param"] == "model"
    assert "citizen" in error["message"]
    assert "reviewer" not in error["message"]


def test_a_question_over_the_limit_is_refused_and_one_at_the_limit_is_not(make_site: Any) -> None:
    site = make_site(max_message_chars=50)
    assert ask(site, **message("a" * 50)).status_code == 200
    error_of(ask(site, **message("a" * 51)), 413, "too_large")


def test_too_many_messages_are_refused(site: Site) -> None:
    turn = {"role": "user", "content": "x"}
    assert ask(site, messages=[turn] * 200).status_code == 200
    error_of(ask(site, messages=[turn] * 201), 400, "bad_input")


def test_ten_megabytes_are_refused_while_they_are_read(live: tuple[str, Site]) -> None:
    address, _ = live
    seen = 0

    def endless() -> Any:
        nonlocal seen
        for _ in range(10):
            seen += 1
            yield b"x" * (1 << 20)

    with httpx.Client(base_url=address, timeout=30) as client:
        whole = client.post("/v1/chat/completions", content=b'"' + b"x" * (10 << 20) + b'"')
        error_of(whole, 413, "too_large")
        try:
            error_of(client.post("/v1/chat/completions", content=endless()), 413, "too_large")
        except httpx.TransportError:
            assert seen < 10, "the server may also just hang up on a body without a declared length"
        assert client.post("/v1/chat/completions", json=ASK).status_code == 200


@pytest.mark.parametrize("stream", [False, True])
def test_an_error_of_the_assistant_before_its_first_word_is_an_http_error(site: Site, stream: bool) -> None:
    error = error_of(ask(site, **message("chưa nạp"), stream=stream), 503, "index_missing")
    assert "troly ingest" in error["message"]
    assert error["type"] == "server_error"


@pytest.mark.parametrize("stream", [False, True])
def test_what_nobody_foresaw_is_an_error_without_its_inside(site: Site, stream: bool) -> None:
    response = ask(site, **message("hỏng"), stream=stream)
    error_of(response, 500, "internal_error")
    assert "bí mật" not in response.text
    assert response.headers["x-request-id"]
    assert "content-security-policy" in response.headers
    assert ask(site).status_code == 200


def test_a_stream_that_breaks_ends_with_an_error_event(site: Site) -> None:
    response = ask(site, **message("đứt giữa chừng"), stream=True)
    *_, broken, end = events(response.text)
    assert broken["error"]["code"] == "internal_error"
    assert end == "[DONE]"
    assert "bí mật" not in response.text


def test_a_failed_answer_leaves_its_line_in_the_audit(site: Site) -> None:
    ask(site, **message("hỏng"))
    [record] = site.store.audit.recent(1)
    assert record.status == "error"


def test_an_answer_is_given_even_when_the_audit_cannot_be_written(site: Site) -> None:
    site.store.engine.dispose()
    with site.store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE feedback")
        connection.exec_driver_sql("DROP TABLE audit")
    assert ask(site).json()["troly"]["status"] == "answered"
    assert "troly_unaudited_answers_total 1.0" in site.client.get("/metrics").text


def test_unknown_paths_and_methods_are_errors_of_the_same_shape(site: Site) -> None:
    error_of(site.client.get("/v1/nothing"), 404, "not_found")
    error_of(site.client.get("/static/nothing.js"), 404, "not_found")
    response = site.client.put("/v1/chat/completions", json={})
    error_of(response, 405, "method_not_allowed")
    assert response.headers["allow"] == "POST"


def test_a_wrong_date_in_a_query_is_named(site: Site) -> None:
    error = error_of(site.client.get("/v1/documents/1.009999", params={"as_of": "mai"}), 400, "bad_input")
    assert "as_of" in error["message"]


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(field=st.sampled_from(["model", "messages", "stream", "stream_options", "troly", "content"]), value=json_values)
def test_no_shape_of_request_makes_the_server_fail(site: Site, field: str, value: Any) -> None:
    body = ASK | (message(value) if field == "content" else {field: value})
    response = site.client.post("/v1/chat/completions", content=json.dumps(body, allow_nan=True))
    assert response.status_code in (200, 400, 401, 404, 413), response.text


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_make_the_server_fail(site: Site, body: bytes) -> None:
    assert site.client.post("/v1/chat/completions", content=body).status_code == 400
    headers = {"content-type": "multipart/form-data; boundary=x", **site.bearer(Role.STAFF)}
    assert site.client.post("/v1/files", content=body, headers=headers).status_code == 400
