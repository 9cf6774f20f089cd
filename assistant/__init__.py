"""Trợ Lý Công Vụ: assistants for Vietnamese public administration.

ask("đăng ký khai sinh cần giấy tờ gì")          → Answer
search("thời hạn giải quyết khiếu nại")           → [Hit, …]
ingest_files([Path("van-ban/")], open_index("chroma:./data/index", create=True))  → SyncReport
review_file(Path("du-thao.docx"), on=date.today())  → Report
create_app()                                      → the FastAPI application
retriever()                                       → a LangChain BaseRetriever over the index
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

# A government product sends nothing by itself. The libraries read these when they are imported, so they come first.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
os.environ["ANONYMIZED_TELEMETRY"] = "False"
os.environ["LANGSMITH_TRACING"] = "false"
os.environ["LANGCHAIN_TRACING_V2"] = "false"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
os.environ.setdefault("HF_HUB_OFFLINE", "1")

if TYPE_CHECKING:
    from assistant.agents import Agent
    from assistant.answer.values import Answer, Message
    from assistant.index.values import Hit

__all__ = ["ask", "create_app", "ingest_files", "retriever", "review_file", "search"]


@lru_cache(maxsize=1)
def _agents() -> dict[str, Agent]:
    from assistant.agents import open_agents  # noqa: PLC0415 (nothing heavy is loaded by importing the package)
    from assistant.settings import settings  # noqa: PLC0415

    return dict(open_agents(settings()))


def ask(
    question: str,
    *,
    assistant: str = "citizen",
    history: Sequence[Message] = (),
    as_of: date | None = None,
    territory: str | None = None,
) -> Answer:
    """The verified answer of one assistant. Raises UnknownModel, BadInput, IndexProblem."""
    from assistant.answer.values import Question  # noqa: PLC0415
    from assistant.errors import UnknownModel  # noqa: PLC0415
    from assistant.settings import settings  # noqa: PLC0415

    agents = _agents()
    if assistant not in agents:
        raise UnknownModel(f"Không có trợ lý “{assistant}”; các trợ lý: {', '.join(agents)}.", param="model")
    where = settings().territory if territory is None else territory
    return agents[assistant].answer(Question(question, tuple(history), as_of=as_of, territory=where))


def search(
    query: str,
    *,
    k: int = 10,
    audience: str = "citizen",
    on: date | None = None,
    territory: str = "",
    kinds: Sequence[str] = (),
    index: str | None = None,
) -> list[Hit]:
    """The best entries for a query typed by anyone, best first; each hit carries the score of each signal."""
    from assistant.index import open_index  # noqa: PLC0415
    from assistant.index.asking import as_query  # noqa: PLC0415
    from assistant.index.values import Audience, Kind  # noqa: PLC0415
    from assistant.settings import settings  # noqa: PLC0415

    chosen = tuple(Kind(kind) for kind in kinds)
    wanted = as_query(query, k, audience=Audience(audience), on=on, territory=territory, kinds=chosen)
    return open_index(index or settings().index).search(wanted)


def __getattr__(name: str) -> Any:
    """The other public names, imported when they are first asked for."""
    if name == "create_app":
        from assistant.api.app import create_app  # noqa: PLC0415

        return create_app
    if name == "review_file":
        from assistant.agents.reviewer import review_file  # noqa: PLC0415

        return review_file
    if name == "ingest_files":
        from assistant.ingest import ingest  # noqa: PLC0415

        return ingest
    if name == "retriever":
        from assistant.index.retriever import IndexRetriever  # noqa: PLC0415

        return IndexRetriever
    raise AttributeError(name)
