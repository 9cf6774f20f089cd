"""Vectors of chunks in a Chroma collection on disk. The one importer of chromadb."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.index.filters import Filters, facets
from assistant.index.stores import Vector
from assistant.index.values import Chunk

_LOG = logging.getLogger(__name__)
COLLECTION = "troly"
_BATCH = 2_000  # below Chroma's own limit for one write
_SPACE = {"hnsw": {"space": "cosine", "ef_construction": 128, "ef_search": 128, "max_neighbors": 24}}


def _where(filters: Filters) -> dict[str, Any]:
    """The filters in Chroma's language; audience is always among them."""
    clauses: list[dict[str, Any]] = [{"audience": {"$in": list(filters.audiences)}}]
    if filters.on is not None:
        clauses += [{"effective_on": {"$lte": filters.on}}, {"expires_on": {"$gt": filters.on}}]
    for name, allowed in (("territory", filters.territories), ("kind", filters.kinds), ("number", filters.numbers)):
        if allowed:
            clauses.append({name: {"$in": list(allowed)}})
    return clauses[0] if len(clauses) == 1 else {"$and": clauses}


class ChromaVectors:
    """Kho véc-tơ. A filter costs Chroma ten times the query, so it is tried without one first.

    Two processes may not write its files at the same time, and opening them may write: callers hold a lock for both.
    """

    torn_by_kill = True  # its graph is written in place

    def __init__(self, folder: Path, dimension: int) -> None:
        self._folder = folder
        self._dimension = dimension
        self.reopen()

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
        if not self._size:
            return {}
        found = self._nearest(vector, min(limit, self._size), None)
        passing = {key: cosine for key, (cosine, values) in found.items() if filters.passes(values)}
        if len(passing) * 2 >= len(found) or len(found) >= self._size:
            return passing
        return {key: cosine for key, (cosine, _) in self._nearest(vector, limit, _where(filters)).items()}

    def _nearest(
        self, vector: Vector, limit: int, where: dict[str, Any] | None
    ) -> dict[str, tuple[float, dict[str, Any]]]:
        try:
            found = self._collection.query(
                query_embeddings=[vector], n_results=limit, where=where, include=["distances", "metadatas"]
            )
        except self._error:  # another process has changed the files: until they are reopened, words alone must do
            _LOG.warning("Chroma could not answer", exc_info=True)
            return {}
        ids, distances, values = found["ids"][0], found["distances"][0], found["metadatas"][0]
        return {key: (1.0 - gap, value) for key, gap, value in zip(ids, distances, values, strict=True)}

    def scores(self, vector: Vector, chunk_ids: Sequence[str]) -> dict[str, float]:
        if not chunk_ids or not self._size:
            return {}
        try:
            found = self._collection.get(ids=list(chunk_ids), include=["embeddings"])
        except self._error:
            return {}
        if not found["ids"]:
            return {}
        stored = np.asarray(found["embeddings"], dtype=np.float32)
        cosines = stored @ vector / np.linalg.norm(stored, axis=1)
        return dict(zip(found["ids"], cosines.tolist(), strict=True))

    def replace(self, chunks: Sequence[Chunk], vectors: Vector, stale: Sequence[str]) -> None:
        for start in range(0, len(stale), _BATCH):
            self._collection.delete(ids=list(stale[start : start + _BATCH]))
        for start in range(0, len(chunks), _BATCH):
            part = chunks[start : start + _BATCH]
            self._collection.upsert(
                ids=[chunk.id for chunk in part],
                embeddings=vectors[start : start + _BATCH],
                metadatas=[
                    {"entry": chunk.entry_id, "locator": chunk.locator, "field": chunk.field, **facets(chunk)}
                    for chunk in part
                ],
            )
        self._size = self._collection.count()

    def clear(self) -> None:
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
        del self._collection, self._client
