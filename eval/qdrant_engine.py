"""Qdrant's own storage engine as a library (qdrant-edge), in place of a server that cannot be had everywhere.

``config`` makes a shard as the product makes a collection. ``EngineClient`` is the product's connection with the chunks
kept in such a shard, so that every search is made and scored by the engine of the server; qdrant_client's own folder,
which compares in Python and takes seconds a question, keeps only what is read by id.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import qdrant_edge as edge
from qdrant_client import models as q

from assistant.index.lexical import SIGNALS
from assistant.index.qdrant_place import CHUNKS, DENSE, FACETS, Client


def config(dimension: int) -> Any:
    """As ``qdrant_place.prepare`` makes a collection, searched by one thread."""
    cold = edge.Memory.Cold
    return edge.EdgeConfig(
        vectors={DENSE: edge.EdgeVectorParams(dimension, edge.Distance.Cosine, memory=cold)},
        sparse_vectors={name: edge.EdgeSparseVectorParams(modifier=edge.Modifier.Idf) for name in SIGNALS},
        hnsw_config=edge.HnswIndexConfig(16, 100, 10_000, max_indexing_threads=1),
        quantization_config=edge.ScalarQuantizationConfig(edge.ScalarType.Int8, memory=edge.Memory.Pinned),
        optimizers=edge.EdgeOptimizersConfig(default_segment_number=1, indexing_threshold=1_000),
        max_search_threads=1,
    )


def index_payload(shard: Any) -> None:
    for name in (*FACETS, "entry"):
        kind = edge.PayloadSchemaType.Integer if name.endswith("_on") else edge.PayloadSchemaType.Keyword
        shard.update(edge.UpdateOperation.create_field_index(name, kind))


def sparse(vector: q.SparseVector) -> Any:
    return edge.SparseVector(indices=list(vector.indices), values=list(vector.values))


class EngineClient(Client):
    """Kết nối Qdrant whose chunks are in a shard of qdrant-edge under ``place``."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self._folder = Path(place) / "shard"
        self._shard = edge.EdgeShard.load(str(self._folder)) if self._folder.is_dir() else None
        self._written = False

    def collection_exists(self, name: str) -> bool:
        return self._shard is not None if name == CHUNKS else bool(self._client.collection_exists(name))

    def create_collection(self, name: str, **options: Any) -> None:
        if name != CHUNKS:
            self._client.create_collection(name, **options)
            return
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir()
        self._shard = edge.EdgeShard.create(str(self._folder), config(options["vectors_config"][DENSE].size))
        index_payload(self._shard)

    def upsert(self, collection: str, points: Sequence[q.PointStruct], **options: Any) -> None:
        if collection != CHUNKS:
            self._client.upsert(collection, points=list(points), **options)
            return
        self._written = True
        self._shard.update(edge.UpdateOperation.upsert_points([_point(point) for point in points]))

    def delete(self, collection: str, points_selector: q.PointIdsList, **options: Any) -> None:
        if collection != CHUNKS:
            self._client.delete(collection, points_selector=points_selector, **options)
            return
        self._shard.update(edge.UpdateOperation.delete_points([UUID(str(p)) for p in points_selector.points]))

    def _ready(self) -> Any:
        """The shard, its graph and word lists built, which a server does by itself after writing."""
        while self._written and self._shard.optimize():
            pass
        self._written = False
        return self._shard

    def query_points(self, _collection: str, **asked: Any) -> SimpleNamespace:
        request = q.QueryRequest(
            query=asked["query"],
            using=asked["using"],
            filter=asked["query_filter"],
            limit=asked["limit"],
            with_payload=asked["with_payload"],
        )
        return SimpleNamespace(points=self._ready().query(_request(request)))

    def query_batch_points(self, _collection: str, requests: Sequence[q.QueryRequest]) -> list[SimpleNamespace]:
        batch = edge.QueryBatchRequest([_request(request) for request in requests])
        return [SimpleNamespace(points=points) for points in self._ready().query_batch(batch)]

    def close(self) -> None:
        if self._shard is not None:
            self._shard.close()
        self._client.close()


def _point(point: q.PointStruct) -> Any:
    vectors = point.vector
    assert isinstance(vectors, dict)
    held = {name: sparse(row) if isinstance(row, q.SparseVector) else row for name, row in vectors.items()}
    return edge.Point(UUID(str(point.id)), held, point.payload)


def _request(request: q.QueryRequest) -> Any:
    vector = request.query
    nearest = sparse(vector) if isinstance(vector, q.SparseVector) else vector
    must = request.filter.must if isinstance(request.filter, q.Filter) else None
    return edge.QueryRequest(
        limit=request.limit,
        query=edge.Query.Nearest(nearest, request.using),
        with_payload=list(request.with_payload),
        filter=edge.Filter(must=list(_conditions(must))) if must else None,
    )


def _conditions(must: Any) -> Iterator[Any]:
    for condition in must:
        if isinstance(condition, q.HasIdCondition):
            yield edge.HasIdCondition({UUID(str(name)) for name in condition.has_id})
        elif condition.match is not None:
            yield edge.FieldCondition(condition.key, match=edge.MatchAny(any=condition.match.any))
        else:
            span = condition.range
            yield edge.FieldCondition(condition.key, range=edge.RangeFloat(lte=span.lte, gt=span.gt))
