"""The application: one chat endpoint, what belongs to it, and the pages.

request → SecurityHeaders → CountRequests → BodyLimit → LastResort → route
route   → identify → read_json → Exchange → AnswerPool → reply
"""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from starlette.staticfiles import StaticFiles

from assistant.api import chat, documents, feedback, health, pages, uploads
from assistant.api.answering import AnswerPool
from assistant.api.body import BodyLimit
from assistant.api.faults import LastResort, handle_errors
from assistant.api.headers import SecurityHeaders
from assistant.api.limits import Limiter
from assistant.api.metrics import CountRequests, Metrics
from assistant.api.services import Desk, Opening, Services, open_desk
from assistant.api.source_page import WEB
from assistant.errors import TrolyError
from assistant.settings import Settings
from assistant.settings import settings as read_settings
from assistant.store import Store, open_store

if TYPE_CHECKING:
    from assistant.agents import Agent
    from assistant.index import Index
    from assistant.law.catalogue import Catalogue

_log = logging.getLogger(__name__)


def create_app(
    settings: Settings | None = None,
    *,
    agents: Mapping[str, Agent] | None = None,
    index: Index | None = None,
    catalogue: Catalogue | None = None,
    store: Store | None = None,
) -> FastAPI:
    """The FastAPI application. Agents and index are opened in the background unless both are given."""
    config = settings or read_settings()
    given = Desk(agents, index, catalogue) if agents is not None and index is not None else None
    parts = Services(
        config,
        store or open_store(config),
        Opening(lambda: given or open_desk(config)),
        Limiter(config.rate_limit),
        AnswerPool(config.concurrency),
        Metrics(),
    )
    parts.metrics.watch_jobs(lambda: parts.pool.jobs)
    # The interactive pages of FastAPI load scripts from elsewhere, so only the description is served; its own
    # telemetry would see request bodies, and an environment variable could send them away.
    app = FastAPI(
        title="Trợ Lý Công Vụ",
        docs_url=None,
        redoc_url=None,
        telemetry={"auto_configure": False, "tracing": False, "metrics": False, "logs": False},
        lifespan=_lifespan,
    )
    app.state.services = parts
    handle_errors(app)
    for module in (chat, uploads, documents, feedback, health, pages):
        app.include_router(module.router)
    app.mount("/static", StaticFiles(directory=WEB / "static"))
    app.add_middleware(LastResort)  # each layer stands around those before it
    app.add_middleware(BodyLimit, upload_bytes=config.max_upload_mb << 20)
    app.add_middleware(CountRequests, metrics=parts.metrics)
    app.add_middleware(SecurityHeaders, allowed_origins=config.allowed_origins)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Opening goes on while /healthz already answers; what is over is deleted at the start."""
    parts: Services = app.state.services
    threading.Thread(target=_warm, args=(parts.opening,), name="opening", daemon=True).start()
    with suppress(TrolyError):
        await run_in_threadpool(parts.store.purge, parts.settings.audit_days)
    yield
    parts.pool.close()
    parts.opening.close()
    parts.store.close()


def _warm(opening: Opening) -> None:
    try:
        opening.desk()
    except TrolyError:
        return  # told in the log, by /readyz and to whoever asks
    except Exception:
        _log.exception("opening the assistants")
