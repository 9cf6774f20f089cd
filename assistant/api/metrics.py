"""Figures for Prometheus. The one importer of prometheus_client."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.process_collector import ProcessCollector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """Số đo of one process, in a registry of its own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._requests = Counter(
            "troly_http_requests",
            "Requests by route and status",
            ["method", "route", "status"],
            registry=self._registry,
        )
        self._answers = Counter(
            "troly_answers", "Answers by assistant and outcome", ["assistant", "status"], registry=self._registry
        )
        self._seconds = Histogram(
            "troly_answer_seconds",
            "Time to the whole answer",
            ["assistant"],
            registry=self._registry,
            buckets=_SECONDS,
        )
        self._feedback = Counter("troly_feedback", "Ratings given by users", ["rating"], registry=self._registry)
        self._unaudited = Counter(
            "troly_unaudited_answers", "Answers whose audit line could not be written", registry=self._registry
        )
        self._jobs = Gauge("troly_questions_in_progress", "Questions answered or waiting", registry=self._registry)

    def request(self, method: str, route: str, status: int) -> None:
        self._requests.labels(method, route, status).inc()

    def answer(self, assistant: str, status: str, seconds: float) -> None:
        self._answers.labels(assistant, status).inc()
        self._seconds.labels(assistant).observe(seconds)

    def feedback(self, rating: str) -> None:
        self._feedback.labels(rating).inc()

    def unaudited(self) -> None:
        self._unaudited.inc()

    def watch_jobs(self, jobs: Callable[[], int]) -> None:
        self._jobs.set_function(jobs)

    def text(self) -> bytes:
        """The exposition format, version 0.0.4."""
        return generate_latest(self._registry)


class CountRequests:
    """ASGI layer that counts each response under its route's pattern, so that paths do not multiply the series."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                route = getattr(scope.get("route"), "path", "other")
                self._metrics.request(_method(scope), route, message["status"])
            await send(message)

        await self._app(scope, receive, counted)


def _method(scope: Scope) -> str:
    """A method outside the usual ones is the caller's invention and no label of ours."""
    return (
        scope["method"] if scope["method"] in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS") else "other"
    )
