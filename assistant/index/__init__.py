"""One index for all three assistants: ``open_index(url)`` gives it, whatever engine is behind.

entries ─chunk→ chunks ─embed→ vectors ┐
                       └tokens→ lexical ┴→ search (one fusion) → hits → entries
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Protocol

from assistant.index.values import Entry, Hit, Query, SyncReport


class Index(Protocol):
    """Chỉ mục of provisions, procedures and guides."""

    def search(self, query: Query) -> list[Hit]:
        """At most ``query.k`` hits, best first, one per entry; [] when nothing passes the filters."""

    def get(self, entry_id: str) -> Entry | None:
        """The stored entry, whole."""

    def entries(self, number: str, locator: str = "") -> list[Entry]:
        """Entries of a document (or procedure code) in reading order; with a locator, only what it covers."""

    def sync(
        self, entries: Iterable[Entry], *, source: str, complete: bool = True, total: int | None = None
    ) -> SyncReport:
        """Bring the index to what ``entries`` say. ``complete``: entries of this source not met are deleted.

        Safe to kill at any moment: a new run finishes the work, nothing doubled or lost.
        """

    def count(self) -> dict[str, int]:
        """Entries by kind."""

    def close(self) -> None: ...


__all__ = ["Entry", "Hit", "Index", "Iterable", "Iterator", "Query", "Sequence", "SyncReport", "date"]
