"""One index for all three assistants: ``open_index(url)`` gives it, whatever engine is behind.

entries ─chunk→ chunks ─embed→ vectors ┐
                       └tokens→ lexical ┴→ search (one fusion) → hits → entries
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Protocol

from assistant.index.embed import CachedEmbeddings
from assistant.index.values import Audience, Entry, Hit, Query, SyncReport
from assistant.settings import settings


class Index(Protocol):
    """Chỉ mục of provisions, procedures and guides."""

    embeddings: CachedEmbeddings

    def search(self, query: Query) -> list[Hit]:
        """At most ``query.k`` hits, best first, one per entry; [] when nothing passes the filters."""

    def get(self, entry_id: str, *, audience: Audience = Audience.CITIZEN) -> Entry | None:
        """The stored entry, whole; None also when ``audience`` may not read it."""

    def entries(
        self, number: str, locator: str = "", *, audience: Audience = Audience.CITIZEN, on: date | None = None
    ) -> list[Entry]:
        """Entries of a document (or procedure code) in reading order; with a locator, only what it covers.

        What ``audience`` may not read is left out. Of an article stored in several wordings there is the one of the
        day ``on`` (None: today).
        """

    def sync(
        self,
        entries: Iterable[Entry],
        *,
        source: str,
        complete: bool = True,
        total: int | None = None,
        progress: Callable[[int, int | None, float], None] | None = None,
    ) -> SyncReport:
        """Bring the index to what ``entries`` say. ``complete``: entries of this source not met are deleted.

        ``progress`` is called after each batch with entries done, ``total`` and entries a second.
        Safe to kill at any moment: a new run finishes the work, nothing doubled or lost.
        """

    def count(self) -> dict[str, int]:
        """Entries by kind."""

    def close(self) -> None: ...


def open_index(url: str, *, create: bool = False, embeddings: str | None = None) -> Index:
    """The index at ``chroma:FOLDER`` or ``qdrant:URL``; with ``create`` it is made where there is none.

    ``embeddings`` names the model (default: the settings'). Raises IndexMissing, IndexForeign (the folder holds
    something else), IndexMismatch (built with another model or format), BadInput (an address of no known kind),
    MissingExtra and ModelUnavailable (TROLY_RERANKER names what is not there).
    """
    from assistant.index.open import open_index as opened  # noqa: PLC0415 (the engines are heavy)

    index: Index = opened(url, create=create, embeddings=embeddings)
    name = settings().reranker
    if not name or create:  # who writes does not search
        return index
    from assistant.index.rerank import RerankedIndex, Reranker  # noqa: PLC0415

    return RerankedIndex(index, Reranker(name))


__all__ = [
    "Audience",
    "Entry",
    "Hit",
    "Index",
    "Iterable",
    "Iterator",
    "Query",
    "Sequence",
    "SyncReport",
    "date",
    "open_index",
]
