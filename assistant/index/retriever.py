"""The index as a LangChain retriever, for use in other people's chains."""

from __future__ import annotations

from datetime import date
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from assistant.index.asking import as_query
from assistant.index.values import Audience, Hit, Kind


class IndexRetriever(BaseRetriever):
    """Bộ truy hồi: ``index`` is an ``assistant.index.Index``; the other fields are those of ``Query``."""

    index: Any
    k: int = 10
    audience: Audience = Audience.CITIZEN
    on: date | None = None
    territory: str = ""
    kinds: tuple[Kind, ...] = ()

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 (LangChain's signature)
    ) -> list[Document]:
        wanted = as_query(query, self.k, audience=self.audience, on=self.on, territory=self.territory, kinds=self.kinds)
        return [_document(hit) for hit in self.index.search(wanted)]


def _document(hit: Hit) -> Document:
    entry = hit.entry
    return Document(
        page_content=hit.chunk_text,
        id=entry.id,
        metadata={
            "number": entry.number,
            "locator": entry.locator,
            "title": entry.title,
            "heading": entry.heading,
            "kind": entry.kind.value,
            "audience": entry.audience.value,
            "effective_on": entry.effective_on.isoformat() if entry.effective_on else None,
            "expires_on": entry.expires_on.isoformat() if entry.expires_on else None,
            "url": entry.url,
            "score": hit.score,
            "signals": dict(hit.signals),
        },
    )
