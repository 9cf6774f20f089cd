"""Who may use what: open to all, or with a key of the right role."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from assistant.api.limits import Limiter
from assistant.errors import LimitReached
from assistant.store import Role
from tests.api.fixtures import Site
from tests.api.test_bad_input import error_of
from tests.api.test_chat import ask

ALLOWED = {
    None: {"citizen"},
    Role.CITIZEN: {"citizen"},
    Role.STAFF: {"citizen", "staff"},
    Role.REVIEWER: {"citizen", "staff", "reviewer"},
    Role.ADMIN: {"citizen", "staff", "reviewer"},
}


@pytest.mark.parametrize(("role", "model"), list(product(ALLOWED, ["citizen", "staff", "reviewer"])))
def test_each_role_may_use_its_assistants_and_no_other(site: Site, role: Role | None, model: str) -> None:
    response = ask(site, role=role, model=model)
    if model in ALLOWED[role]:
        assert response.status_code == 200
        assert response.json()["model"] == model
        return
    error = error_of(response, 403 if role else 401, "not_allowed" if role else "invalid_api_key")
    assert error["type"] == ("permission_error" if role else "authentication_error")
    assert "troly keys add" in error["message"]
    assert not site.agents[model].asked


def test_a_caller_without_a_key_is_told_how_to_send_one(site: Site) -> None:
    response = ask(site, model="staff")
    assert response.headers["www-authenticate"] == "Bearer"
    assert "Authorization: Bearer" in error_of(response, 401, "invalid_api_key")["message"]


@pytest.mark.parametrize("model", ["citizen", "staff"])
def test_a_key_of_our_form_that_is_not_known_is_refused_even_where_none_is_needed(site: Site, model: str) -> None:
    response = site.client.post(
        "/v1/chat/completions",
        json={"model": model, "messages": [{"role": "user", "content": "x"}]},
        headers={"Authorization": "Bearer troly-000000000000-" + "0" * 64},
    )
    error_of(response, 401, "invalid_api_key")


@pytest.mark.parametrize("header", ["Bearer none", "Bearer sk-abc", "Bearer", "Basic dXNlcjpwYXNz", "", "Bearer é"])
def test_a_client_that_must_send_some_key_still_reaches_the_open_assistant(site: Site, header: str) -> None:
    body = {"model": "citizen", "messages": [{"role": "user", "content": "x"}]}
    headers = {b"Authorization": header.encode("latin-1")}
    assert site.client.post("/v1/chat/completions", json=body, headers=headers).status_code == 200
    error_of(
        site.client.post("/v1/chat/completions", json=body | {"model": "staff"}, headers=headers),
        401,
        "invalid_api_key",
    )


def test_a_revoked_key_stops_at_the_next_request(site: Site) -> None:
    assert ask(site, role=Role.STAFF, model="staff").status_code == 200
    [key] = [k for k in site.store.keys.list() if k.role is Role.STAFF]
    site.store.keys.revoke(key.id)
    error_of(ask(site, role=Role.STAFF, model="staff"), 401, "invalid_api_key")


def test_a_caller_over_its_limit_is_told_when_to_come_back(make_site: Any) -> None:
    site = make_site(rate_limit=3)
    assert [ask(site).status_code for _ in range(3)] == [200] * 3
    response = ask(site)
    error = error_of(response, 429, "rate_limit_exceeded")
    assert error["type"] == "rate_limit_error"
    assert int(response.headers["retry-after"]) in range(1, 21)
    assert site.client.get("/healthz").status_code == 200


def test_a_key_has_a_limit_of_its_own(make_site: Any) -> None:
    site = make_site(rate_limit=1)
    assert [ask(site).status_code for _ in range(2)] == [200, 429]
    assert [ask(site, role=Role.STAFF).status_code for _ in range(2)] == [200, 429]
    assert ask(site, role=Role.ADMIN).status_code == 200


def test_guessing_keys_is_limited_by_address(make_site: Any) -> None:
    site = make_site(rate_limit=2)
    wrong = {"Authorization": "Bearer troly-000000000000-" + "0" * 64}
    assert [site.client.get("/v1/models", headers=wrong).status_code for _ in range(3)] == [401, 401, 429]


def test_what_the_caller_says_of_its_address_counts_only_behind_a_known_proxy(make_site: Any) -> None:
    def codes(site: Site, *forwarded: str) -> list[int]:
        return [site.client.get("/v1/models", headers={"X-Forwarded-For": f}).status_code for f in forwarded]

    assert codes(make_site(rate_limit=1), "10.0.0.1", "10.0.0.2") == [200, 429]
    behind = make_site(rate_limit=1, proxies=1)
    assert codes(behind, "10.0.0.1", "10.0.0.2") == [200, 200]
    assert codes(behind, "1.2.3.4, 10.0.0.3", "5.6.7.8, 10.0.0.3") == [200, 429], "the first entry is the caller's own"
    assert codes(behind, "2001:db8:1:1::1", "2001:db8:1:1::2", "2001:db8:1:2::1") == [200, 429, 200]


def test_a_bucket_fills_again_with_time() -> None:
    moment = 0.0
    limiter = Limiter(60, clock=lambda: moment)
    for _ in range(60):
        limiter.take("a")
    with pytest.raises(LimitReached) as caught:
        limiter.take("a")
    assert caught.value.retry_after == 1
    limiter.take("b")
    moment = 2.0
    limiter.take("a")
    limiter.take("a")
    with pytest.raises(LimitReached):
        limiter.take("a")


def test_no_limit_means_no_limit() -> None:
    limiter = Limiter(0)
    for _ in range(1000):
        limiter.take("a")


def test_buckets_of_callers_long_gone_are_forgotten() -> None:
    moment = 0.0
    limiter = Limiter(1, clock=lambda: moment)
    for number in range(10_000):
        limiter.take(f"address {number}")
    moment = 120.0
    limiter.take("address new")
    assert len(limiter._buckets) == 1
    with pytest.raises(LimitReached):
        limiter.take("address new")
