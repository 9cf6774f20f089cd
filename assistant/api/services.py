"""What the routes draw on, one of each per application."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import Request

from assistant.api.answering import AnswerPool
from assistant.api.limits import Limiter
from assistant.api.metrics import Metrics
from assistant.errors import TrolyError
from assistant.settings import Settings
from assistant.store import Store

if TYPE_CHECKING:
    from assistant.agents import Agent
    from assistant.index import Index
    from assistant.law.catalogue import Catalogue

_log = logging.getLogger(__name__)
_RETRY = 5.0  # seconds before an opening that failed is tried again


@dataclass(frozen=True, slots=True)
class Desk:
    """Bàn làm việc: the assistants by name, the index behind their sources, the catalogue of documents."""

    agents: Mapping[str, Agent]
    index: Index
    catalogue: Catalogue | None = None


class Opening:
    """Opens the desk on first use. A failure is told to every caller, and tried again after a few seconds."""

    def __init__(self, open_desk: Callable[[], Desk]) -> None:
        self._open_desk = open_desk
        self._lock = threading.Lock()
        self._desk: Desk | None = None
        self._failed: tuple[TrolyError, float] | None = None

    def desk(self) -> Desk:
        """Blocks while it opens, so call it from a worker thread. Raises IndexProblem and the like."""
        with self._lock:
            if self._desk is None:
                if self._failed and time.monotonic() - self._failed[1] < _RETRY:
                    raise self._failed[0]
                try:
                    self._desk = self._open_desk()
                except TrolyError as error:
                    _log.error("%s", error.message)
                    self._failed = (error, time.monotonic())
                    raise
            return self._desk

    def close(self) -> None:
        with self._lock:
            if self._desk is not None:
                self._desk.index.close()
                self._desk = None


def open_desk(settings: Settings) -> Desk:
    """The real assistants over the index that the settings name."""
    from assistant.agents import agents_over  # noqa: PLC0415 (loads the index engines and the tokenizer)
    from assistant.agents.desk import open_resources  # noqa: PLC0415

    resources = open_resources(settings)
    return Desk(agents_over(resources, settings), resources.index, resources.catalogue)


@dataclass(frozen=True, slots=True)
class Services:
    """Những gì các đường dẫn dùng chung."""

    settings: Settings
    store: Store
    opening: Opening
    limiter: Limiter
    pool: AnswerPool
    metrics: Metrics


def services(request: Request) -> Services:
    found: Services = request.app.state.services
    return found
