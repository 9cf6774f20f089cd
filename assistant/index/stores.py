"""What an engine offers. Chroma, tantivy and SQLite are one set of stores, Qdrant is another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.index.filters import Filters
from assistant.index.reading import Reading
from assistant.index.values import Chunk, Entry

Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Stored:
    """Bản ghi of the manifest: what was indexed of an entry, without its text."""

    id: str
    digest: str
    source: str
    chunks: int
    facets: Mapping[str, Any]


class VectorStore(Protocol):
    """Vectors of chunks by cosine. ``torn_by_kill``: a killed write may have broken more than its own part."""

    torn_by_kill: bool

    def search(self, vector: Vector, limit: int, filters: Filters) -> dict[str, float]:
        """Chunk id → cosine of the nearest chunks that pass."""

    def cosines(self, vector: Vector, entries: Mapping[str, int]) -> dict[str, Vector]:
        """Entry id → cosine of each of its chunks in turn, for entries already chosen, given with their chunks."""

    def replace(self, chunks: Sequence[Chunk], vectors: Vector, stale: Sequence[str]) -> None:
        """Write these chunks; ``stale`` ids are of no entry any more."""

    def settle(self) -> None:
        """A run has written all it had to."""

    def clear(self) -> None:
        """Forget every chunk."""

    def reopen(self) -> None:
        """See what another process wrote."""

    def close(self) -> None: ...


class LexicalStore(Protocol):
    """Words of chunks by BM25; an entry's score is that of its best chunk."""

    def search(self, text: str, typed: str, limit: int, filters: Filters) -> dict[str, dict[str, float]]:
        """Signal → entry id → score of the best entries that pass."""

    def scores(self, text: str, typed: str, missing: Mapping[str, Sequence[str]]) -> dict[str, dict[str, float]]:
        """Signal → entry id → score, for the entries missing in each signal; no score: no word in common."""

    def replace(self, chunks: Mapping[str, Sequence[Chunk]], stale: Sequence[str]) -> None:
        """Write the chunks of these entries (by id) and drop those of the stale ids, at once and durably."""

    def reopen(self) -> None: ...

    def close(self) -> None: ...


class EntryStore(Protocol):
    """Entries whole, and the manifest that says which of them are indexed."""

    def meta(self) -> dict[str, str]: ...

    def set_meta(self, values: Mapping[str, str]) -> None: ...

    def generation(self) -> int:
        """A number that grows with every batch written, by whichever process."""

    def get(self, ids: Sequence[str]) -> dict[str, Entry]: ...

    def readings(self, entries: Sequence[Entry]) -> dict[str, Reading]:
        """Entry id → what the ranker compares, kept from when it was written where it can be."""

    def stored(self, ids: Sequence[str]) -> dict[str, Stored]: ...

    def of_number(self, number: str) -> list[Entry]: ...

    def ids(self, source: str | None = None) -> list[str]:
        """Of all entries, or those of one source."""

    def count(self) -> dict[str, int]: ...

    def begin(self, chunks: Mapping[str, int]) -> None:
        """Note durably that these entries are about to be written, with so many chunks."""

    def finish(self, entries: Sequence[tuple[Entry, str, int]], deleted: Sequence[str]) -> None:
        """Note durably that entries (with source and number of chunks) are written or gone."""

    def move(self, ids: Sequence[str], source: str) -> None:
        """These entries, otherwise unchanged, come from this source now."""

    def unfinished(self) -> dict[str, int]:
        """Entries begun and not finished → the most chunks that may lie in the engines."""

    def settle(self) -> None:
        """A run has written all it had to."""

    def close(self) -> None: ...
