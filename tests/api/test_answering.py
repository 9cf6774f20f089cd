"""A few threads answer; the server listens to everybody all the time."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from assistant.api.answering import AnswerPool
from assistant.errors import IndexMissing, LimitReached
from tests.api.fixtures import Site
from tests.api.test_chat import ASK, ask

SLOW = {"messages": [{"role": "user", "content": "trả lời chậm"}], "stream": True}


def wait_until(condition: Any, seconds: float = 10.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end and not condition():
        time.sleep(0.01)
    return bool(condition())


def test_a_reader_who_leaves_frees_the_thread_and_is_noted(live: tuple[str, Site]) -> None:
    address, site = live
    agent = site.agents["citizen"]
    with httpx.Client(base_url=address, timeout=30) as client:
        with client.stream("POST", "/v1/chat/completions", json=ASK | SLOW) as response:
            next(response.iter_lines())
        assert agent.hold.wait(5), "the assistant's generator was never closed"
        assert "whole" not in agent.steps
        assert wait_until(lambda: [r.status for r in site.store.audit.recent(1)] == ["abandoned"])
        assert client.post("/v1/chat/completions", json=ASK).status_code == 200


def test_other_callers_are_served_while_a_long_answer_runs(live: tuple[str, Site]) -> None:
    address, site = live
    with (
        httpx.Client(base_url=address, timeout=30) as client,
        client.stream("POST", "/v1/chat/completions", json=ASK | SLOW) as response,
    ):
        next(response.iter_lines())
        assert client.get("/healthz").json() == {"status": "ok"}
        assert client.post("/v1/chat/completions", json=ASK).status_code == 200
        assert "whole" not in site.agents["citizen"].steps


def test_pieces_come_in_order_and_silence_is_told() -> None:
    def pieces() -> Iterator[str]:
        yield "a"
        time.sleep(0.2)
        yield "b"

    async def read() -> list[str | None]:
        return [piece async for piece in AnswerPool(1).stream(pieces, quiet=0.05)]

    got = asyncio.run(read())
    assert [piece for piece in got if piece] == ["a", "b"]
    assert None in got


def test_an_error_in_the_thread_reaches_the_reader() -> None:
    def pieces() -> Iterator[str]:
        yield "a"
        raise IndexMissing("chưa có chỉ mục")

    async def read() -> list[str | None]:
        return [piece async for piece in AnswerPool(1).stream(pieces)]

    with pytest.raises(IndexMissing, match="chưa có"):
        asyncio.run(read())


def test_beyond_the_waiting_room_questions_are_turned_away_and_later_taken_again() -> None:
    gate = threading.Event()

    async def fill() -> None:
        pool = AnswerPool(1)
        jobs = [asyncio.ensure_future(pool.run(gate.wait)) for _ in range(17)]
        await asyncio.sleep(0)
        with pytest.raises(LimitReached, match="quá nhiều"):
            await pool.run(gate.wait)
        gate.set()
        await asyncio.gather(*jobs)
        await pool.run(gate.wait)
        while pool.jobs:  # the test's own time limit ends it
            await asyncio.sleep(0.01)

    asyncio.run(fill())


def test_no_more_questions_run_at_once_than_allowed() -> None:
    running, most, lock = 0, 0, threading.Lock()

    def work() -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.02)
        with lock:
            running -= 1

    async def many() -> None:
        pool = AnswerPool(2)
        await asyncio.gather(*(pool.run(work) for _ in range(12)))

    asyncio.run(many())
    assert most == 2


def test_a_question_given_up_while_it_waits_is_never_answered() -> None:
    gate, started = threading.Event(), threading.Event()

    def pieces() -> Iterator[str]:
        started.set()
        yield "x"

    async def give_up() -> None:
        pool = AnswerPool(1)
        first = asyncio.ensure_future(pool.run(gate.wait))
        await asyncio.sleep(0.01)
        waiting = pool.stream(pieces)
        task = asyncio.ensure_future(anext(waiting))
        await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        gate.set()
        await first
        while pool.jobs:  # the test's own time limit ends it
            await asyncio.sleep(0.01)

    asyncio.run(give_up())
    assert not started.is_set()


def test_the_answer_pool_is_as_wide_as_the_settings_say(make_site: Any) -> None:
    site = make_site(concurrency=1)
    assert ask(site).status_code == 200
    assert site.client.app.state.services.pool._threads._max_workers == 1
