"""Vectors and words of chunks in a Qdrant cluster: replicas of the server then hold nothing themselves.

A chunk is one point with a dense vector and a sparse one for each lexical signal. Only the three qdrant modules beside
this file import qdrant_client.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from qdrant_client import models as q

from assistant.index.chunk import chunk_id
from assistant.index.filters import Filters, facets
from assistant.index.lexical import SIGNALS, passage, question
from assistant.index.qdrant_place import CHUNKS, DENSE, Client, any_of, point_id
from assistant.index.sqlite_file import slices
from assistant.index.stores import Vector
from assistant.index.values import Chunk

_BATCH = 256  # points in one write
_K1, _B = 1.2, 0.75  # BM25, as tantivy has them; the server adds the rarity of each token
_AVERAGE = {"text": 170.0, "bare": 170.0, "name": 60.0}  # tokens of a chunk in each field, on codified law
_CHUNKS_PER_ENTRY = 3  # chunks looked at for each entry wanted


def _token(token: str) -> int:
    return zlib.crc32(token.encode())


def _summed(weights: Iterable[tuple[int, float]]) -> q.SparseVector:
    """Tokens that share a number share a weight."""
    total: dict[int, float] = {}
    for number, weight in weights:
        total[number] = total.get(number, 0.0) + weight
    return q.SparseVector(indices=list(total), values=list(total.values()))


def _stored_words(field: str, tokens: Sequence[str]) -> q.SparseVector:
    """The part of BM25 that a chunk decides by itself."""
    size = _K1 * (1 - _B + _B * len(tokens) / _AVERAGE[field])
    return _summed((_token(token), n * (_K1 + 1) / (n + size)) for token, n in Counter(tokens).items())


def _conditions(filters: Filters) -> list[q.Condition]:
    wanted = (
        ("audience", filters.audiences),
        ("territory", filters.territories),
        ("kind", filters.kinds),
        ("number", filters.numbers),
    )
    conditions: list[q.Condition] = [any_of(name, values) for name, values in wanted if values]
    if filters.on is not None:
        conditions.append(q.FieldCondition(key="effective_on", range=q.Range(lte=filters.on)))
        conditions.append(q.FieldCondition(key="expires_on", range=q.Range(gt=filters.on)))
    return conditions


class QdrantVectors:
    """Kho véc-tơ; its points carry the words too."""

    torn_by_kill = False  # the server keeps a log of its own

    def __init__(self, client: Client) -> None:
        self._client = client

    def search(self, vector: Vector, limit: int, filters: Filters) -> dict[str, float]:
        return self._nearest(vector, limit, _conditions(filters))

    def cosines(self, vector: Vector, entries: Mapping[str, int]) -> dict[str, Vector]:
        ids = {name: [chunk_id(name, n) for n in range(count)] for name, count in entries.items()}
        points: list[Any] = [point_id(chunk) for chunks in ids.values() for chunk in chunks]
        found = self._nearest(vector, len(points), [q.HasIdCondition(has_id=points)]) if points else {}
        rows = {name: [found[chunk] for chunk in chunks if chunk in found] for name, chunks in ids.items()}
        return {name: np.array(row, np.float32) for name, row in rows.items() if row}

    def _nearest(self, vector: Vector, limit: int, must: list[q.Condition]) -> dict[str, float]:
        found = self._client.query_points(
            CHUNKS,
            query=vector.tolist(),
            using=DENSE,
            query_filter=q.Filter(must=must),
            limit=limit,
            with_payload=["chunk"],
        )
        return {point.payload["chunk"]: point.score for point in found.points if point.payload}

    def replace(self, chunks: Sequence[Chunk], vectors: Vector, stale: Sequence[str]) -> None:
        for part in slices(stale):
            self._client.delete(CHUNKS, points_selector=q.PointIdsList(points=[point_id(name) for name in part]))
        for start in range(0, len(chunks), _BATCH):
            pairs = zip(chunks[start : start + _BATCH], vectors[start : start + _BATCH], strict=True)
            self._client.upsert(CHUNKS, points=[self._chunk(chunk, vector) for chunk, vector in pairs])

    @staticmethod
    def _chunk(chunk: Chunk, vector: Vector) -> q.PointStruct:
        words = passage(chunk)
        sparse = {signal: _stored_words(field, words[field]) for signal, field in SIGNALS.items()}
        payload = {"chunk": chunk.id, "entry": chunk.entry_id, "locator": chunk.locator, "field": chunk.field}
        return q.PointStruct(
            id=point_id(chunk.id), vector={DENSE: vector.tolist(), **sparse}, payload={**payload, **facets(chunk)}
        )

    def settle(self) -> None:
        """Nothing to do: the server saves and indexes by itself."""

    def clear(self) -> None:
        self._client.delete(CHUNKS, points_selector=q.FilterSelector(filter=q.Filter()))

    def reopen(self) -> None:
        """Nothing to do: every query goes to the server."""

    def close(self) -> None:
        self._client.close()


class QdrantLexicon:
    """Kho từ: the sparse vectors of the same points."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def search(self, text: str, typed: str, limit: int, filters: Filters) -> dict[str, dict[str, float]]:
        asked = limit * _CHUNKS_PER_ENTRY, _conditions(filters)
        return self._top(text, typed, dict.fromkeys(SIGNALS, asked))

    def scores(self, text: str, typed: str, missing: Mapping[str, Sequence[str]]) -> dict[str, dict[str, float]]:
        return self._top(text, typed, {name: (20 * len(ids), [any_of("entry", ids)]) for name, ids in missing.items()})

    def _top(
        self, text: str, typed: str, chosen: Mapping[str, tuple[int, list[q.Condition]]]
    ) -> dict[str, dict[str, float]]:
        """Signal → entry id → score of its best chunk, all in one request; of each so many chunks that meet these."""
        asked = question(text, typed)
        wanted = {signal: tokens for signal in chosen if (tokens := asked[SIGNALS[signal]])}
        requests = [
            q.QueryRequest(
                query=_summed((_token(token), float(n)) for token, n in Counter(tokens).items()),
                using=signal,
                filter=q.Filter(must=chosen[signal][1]),
                limit=chosen[signal][0],
                with_payload=["entry"],
            )
            for signal, tokens in wanted.items()
        ]
        found = self._client.query_batch_points(CHUNKS, requests=requests) if requests else []
        best: dict[str, dict[str, float]] = {signal: {} for signal in chosen}
        for signal, response in zip(wanted, found, strict=True):
            for point in response.points:
                if point.payload and point.score > 0:
                    best[signal].setdefault(point.payload["entry"], point.score)
        return best

    def replace(self, chunks: Mapping[str, Sequence[Chunk]], stale: Sequence[str]) -> None:
        """Nothing to do: the words were written with the vectors."""

    def reopen(self) -> None: ...

    def close(self) -> None: ...
