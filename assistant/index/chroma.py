"""Vectors of chunks in a Chroma collection on disk. The one importer of chromadb."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from heapq import nlargest
from pathlib import Path

import numpy as np

from assistant.index.chunk import chunk_id, parse_chunk_id
from assistant.index.entry_vectors import EntryVectors
from assistant.index.filters import Filters
from assistant.index.manifest import Manifest, passing
from assistant.index.stores import Vector
from assistant.index.values import Chunk

_LOG = logging.getLogger(__name__)
COLLECTION = "troly"
_BATCH = 2_000  # below Chroma's own limit for one write
_SPACE = {"hnsw": {"space": "cosine", "ef_construction": 128, "ef_search": 128, "max_neighbors": 24}}
# Chroma writes its whole graph anew after so many vectors: 70 GB while 280,000 are added, if it were not in bulk less.
_SAVE_EACH, _SAVE_EACH_IN_BULK = 1_000, 10_000
_NARROW = 3_000  # entries: where no more pass, all of their chunks are compared


class ChromaVectors:
    """Kho véc-tơ: the graph, and beside it the vectors by entry.

    Filtering inside Chroma costs fifteen times the query, and what it filters by a third of the writing; so its results
    are filtered here, and where too few pass, more are asked for.
    Two processes may not write its files at the same time, and opening them may write: callers hold a lock for both.
    """

    torn_by_kill = True  # its graph is written in place

    def __init__(self, folder: Path, dimension: int, manifest: Manifest) -> None:
        self._folder = folder
        self._dimension = dimension
        self._manifest = manifest
        self._size = 0
        self._written = 0  # in this run
        self.reopen()
        self._by_entry = EntryVectors(folder / "by_entry.db", dimension)

    def _open(self) -> None:
        import chromadb  # noqa: PLC0415 (heavy)
        from chromadb.api.shared_system_client import SharedSystemClient  # noqa: PLC0415
        from chromadb.config import Settings  # noqa: PLC0415

        # Chroma keeps one system per folder and process, and an old one does not see what other processes wrote.
        SharedSystemClient._identifier_to_system.pop(str(self._folder), None)
        options = Settings(anonymized_telemetry=False, allow_reset=False)
        self._error = chromadb.errors.ChromaError
        self._client = chromadb.PersistentClient(str(self._folder), settings=options)
        self._collection = self._client.get_or_create_collection(
            COLLECTION, configuration=_SPACE, embedding_function=None
        )

    def search(self, vector: Vector, limit: int, filters: Filters) -> dict[str, float]:
        near, enough = passing(lambda most: self._nearest(vector, most), limit, filters, self._manifest, _entry_of)
        return near if enough else self._among_few(vector, limit, filters) or near

    def _nearest(self, vector: Vector, limit: int) -> tuple[dict[str, float], bool]:
        """Chunk id → cosine, and whether these are all chunks."""
        if not self._size:
            return {}, True
        number = min(limit, self._size)
        try:
            found = self._collection.query(query_embeddings=[vector], n_results=number, include=["distances"])
        except self._error:  # another process has changed the files: until they are reopened, words alone must do
            _LOG.warning("Chroma could not answer", exc_info=True)
            return {}, True
        cosines = {name: 1.0 - gap for name, gap in zip(found["ids"][0], found["distances"][0], strict=True)}
        return cosines, limit >= self._size

    def _among_few(self, vector: Vector, limit: int, filters: Filters) -> dict[str, float]:
        """The nearest of all that pass, where these are few; else none."""
        few = self._manifest.passing(filters, _NARROW) or {}
        found = self.cosines(vector, few).items()
        every = ((chunk_id(name, n), cosine) for name, row in found for n, cosine in enumerate(row.tolist()))
        return dict(nlargest(limit, every, key=lambda item: item[1]))

    def cosines(self, vector: Vector, entries: Mapping[str, int]) -> dict[str, Vector]:
        found = self._by_entry.cosines(vector, entries)
        missing = {name: count for name, count in entries.items() if name not in found}
        return found | self._cosines_in_graph(vector, missing)

    def _cosines_in_graph(self, vector: Vector, entries: Mapping[str, int]) -> dict[str, Vector]:
        """For an index that was built before vectors were kept by entry too."""
        ids = [chunk_id(name, n) for name, count in entries.items() for n in range(count)]
        if not ids or not self._size:
            return {}
        try:
            found = self._collection.get(ids=ids, include=["embeddings"])
        except self._error:
            return {}
        cosines: dict[str, list[float]] = {}
        held = dict(zip(found["ids"], np.asarray(found["embeddings"], dtype=np.float32), strict=True))
        for name in filter(held.__contains__, ids):  # in their order in the entry, which Chroma does not keep
            cosine = float(held[name] @ vector / np.linalg.norm(held[name]))
            cosines.setdefault(_entry_of(name), []).append(cosine)
        return {name: np.array(row, np.float32) for name, row in cosines.items()}

    def replace(self, chunks: Sequence[Chunk], vectors: Vector, stale: Sequence[str]) -> None:
        self._by_entry.replace(chunks, vectors, stale)
        for start in range(0, len(stale), _BATCH):
            self._collection.delete(ids=list(stale[start : start + _BATCH]))
        for start in range(0, len(chunks), _BATCH):
            ids = [chunk.id for chunk in chunks[start : start + _BATCH]]
            self._collection.upsert(ids=ids, embeddings=vectors[start : start + _BATCH])
        self._size = self._collection.count()
        self._written += len(chunks)
        if self._written >= _SAVE_EACH_IN_BULK:
            self._save_each(_SAVE_EACH_IN_BULK)

    def settle(self) -> None:
        """Save what was added since the graph was last saved, which else every opening would add again."""
        self._written = 0
        self._save_each(_SAVE_EACH)

    def _save_each(self, vectors: int) -> None:
        if self._collection.configuration["hnsw"]["sync_threshold"] != vectors:
            self._collection.modify(configuration={"hnsw": {"sync_threshold": vectors}})
            self.reopen()

    def clear(self) -> None:
        self._by_entry.clear()
        self._client.delete_collection(COLLECTION)
        self._open()
        self._size = 0

    def reopen(self) -> None:
        """The caller keeps writers off: Chroma reads its files at the first query, and may write to them then."""
        self._open()
        self._size = self._collection.count()
        if self._size:
            self._collection.query(query_embeddings=[np.ones(self._dimension, np.float32)], n_results=1, include=[])

    def close(self) -> None:
        self._by_entry.close()
        del self._collection, self._client


def _entry_of(chunk: str) -> str:
    return parse_chunk_id(chunk)[0]
