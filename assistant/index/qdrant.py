"""All three stores in a Qdrant cluster (or, for tests, a folder): replicas of the server then hold nothing themselves.

A chunk is one point with a dense vector and a sparse one for each lexical signal; an entry is a point of its own. The
one importer of qdrant_client.
"""

from __future__ import annotations

import uuid
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from qdrant_client import QdrantClient
from qdrant_client import models as q
from qdrant_client.http.exceptions import ResponseHandlingException, UnexpectedResponse

from assistant.errors import IndexProblem
from assistant.index.chunk import chunk_id
from assistant.index.entries import from_json, to_json
from assistant.index.filters import Filters, facets
from assistant.index.lexical import SIGNALS, passage, question
from assistant.index.reading import Reading, read
from assistant.index.sqlite_file import slices
from assistant.index.stores import Stored, Vector
from assistant.index.values import Chunk, Entry, Kind
from assistant.settings import settings

CHUNKS, ENTRIES, STATE = "troly_chunks", "troly_entries", "troly_state"
_DENSE = "dense"
_BATCH = 256  # points in one write
_PAGE = 1_000  # points in one page of a listing
_TIMEOUT = 30  # seconds
_K1, _B = 1.2, 0.75  # BM25, as tantivy has them; the server adds the rarity of each token
_AVERAGE = {"text": 170.0, "bare": 170.0, "name": 60.0}  # tokens of a chunk in each field, on codified law
_CHUNKS_PER_ENTRY = 3  # chunks looked at for each entry wanted
_FACETS = ("kind", "number", "audience", "territory", "effective_on", "expires_on")


class Client:
    """The client, whose failures are named. Raises IndexProblem when the server does not answer or refuses."""

    def __init__(self, place: str) -> None:
        """``place`` is the URL of a cluster, or a folder that one process at a time may open."""
        self._place = place
        self.remote = place.startswith(("http://", "https://"))
        secret = settings().qdrant_api_key.get_secret_value() or None
        options = {"url": place, "api_key": secret, "timeout": _TIMEOUT, "check_compatibility": False}
        try:
            self._client = QdrantClient(**options) if self.remote else QdrantClient(path=place)  # type: ignore[arg-type]
        except (RuntimeError, ValueError, OSError) as error:  # a folder that another process holds, no address
            raise IndexProblem(_failure(place, error)) from error

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._client, name)

        def call(*values: Any, **named: Any) -> Any:
            try:
                return method(*values, **named)
            except (ResponseHandlingException, UnexpectedResponse) as error:
                raise IndexProblem(_failure(self._place, error)) from error

        return call


def _failure(place: str, error: Exception) -> str:
    if isinstance(error, UnexpectedResponse) and error.status_code in (401, 403):
        return f"Qdrant ở “{place}” từ chối khóa truy cập (mã {error.status_code}). Hãy đặt đúng TROLY_QDRANT_API_KEY."
    if isinstance(error, UnexpectedResponse):
        return f"Qdrant ở “{place}” báo lỗi {error.status_code}. Hãy xem nhật ký của máy chủ Qdrant rồi thử lại."
    return f"Không kết nối được Qdrant ở “{place}”. Hãy kiểm tra máy chủ đang chạy và TROLY_INDEX=qdrant:URL."


def prepare(client: Client, dimension: int) -> None:
    """Make the collections that are not there yet, with the shards and copies that the settings say."""
    spread = {
        "shard_number": settings().qdrant_shards,
        "replication_factor": settings().qdrant_replicas,
        "write_consistency_factor": settings().qdrant_replicas // 2 + 1,
    }
    if not client.collection_exists(CHUNKS):
        sparse = {name: q.SparseVectorParams(modifier=q.Modifier.IDF) for name in SIGNALS}
        dense = {_DENSE: q.VectorParams(size=dimension, distance=q.Distance.COSINE, on_disk=True)}
        small = q.ScalarQuantization(scalar=q.ScalarQuantizationConfig(type=q.ScalarType.INT8, always_ram=True))
        client.create_collection(
            CHUNKS, vectors_config=dense, sparse_vectors_config=sparse, quantization_config=small, **spread
        )
        _index_payload(client, CHUNKS, (*_FACETS, "entry"))
    for name in (ENTRIES, STATE):
        if not client.collection_exists(name):
            client.create_collection(name, vectors_config={}, **spread)
            _index_payload(client, name, ("number", "source", "kind") if name == ENTRIES else ("begun",))


def _index_payload(client: Client, collection: str, fields: Sequence[str]) -> None:
    """What is filtered by must be indexed on a server; a folder has no such index."""
    for name in fields if client.remote else ():
        whole_number = name.endswith("_on")
        schema = q.PayloadSchemaType.INTEGER if whole_number else q.PayloadSchemaType.KEYWORD
        client.create_payload_index(collection, field_name=name, field_schema=schema, wait=True)


def _point(name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name))


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


def _any(key: str, values: Sequence[str]) -> q.FieldCondition:
    return q.FieldCondition(key=key, match=q.MatchAny(any=list(values)))


def _conditions(filters: Filters) -> list[q.Condition]:
    wanted = (
        ("audience", filters.audiences),
        ("territory", filters.territories),
        ("kind", filters.kinds),
        ("number", filters.numbers),
    )
    conditions: list[q.Condition] = [_any(name, values) for name, values in wanted if values]
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
        points: list[Any] = [_point(chunk) for chunks in ids.values() for chunk in chunks]
        found = self._nearest(vector, len(points), [q.HasIdCondition(has_id=points)]) if points else {}
        rows = {name: [found[chunk] for chunk in chunks if chunk in found] for name, chunks in ids.items()}
        return {name: np.array(row, np.float32) for name, row in rows.items() if row}

    def _nearest(self, vector: Vector, limit: int, must: list[q.Condition]) -> dict[str, float]:
        found = self._client.query_points(
            CHUNKS,
            query=vector.tolist(),
            using=_DENSE,
            query_filter=q.Filter(must=must),
            limit=limit,
            with_payload=["chunk"],
        )
        return {point.payload["chunk"]: point.score for point in found.points if point.payload}

    def replace(self, chunks: Sequence[Chunk], vectors: Vector, stale: Sequence[str]) -> None:
        for part in slices(stale):
            self._client.delete(CHUNKS, points_selector=q.PointIdsList(points=[_point(name) for name in part]))
        for start in range(0, len(chunks), _BATCH):
            pairs = zip(chunks[start : start + _BATCH], vectors[start : start + _BATCH], strict=True)
            self._client.upsert(CHUNKS, points=[self._chunk(chunk, vector) for chunk, vector in pairs])

    @staticmethod
    def _chunk(chunk: Chunk, vector: Vector) -> q.PointStruct:
        words = passage(chunk)
        sparse = {signal: _stored_words(field, words[field]) for signal, field in SIGNALS.items()}
        payload = {"chunk": chunk.id, "entry": chunk.entry_id, "locator": chunk.locator, "field": chunk.field}
        return q.PointStruct(
            id=_point(chunk.id), vector={_DENSE: vector.tolist(), **sparse}, payload={**payload, **facets(chunk)}
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
        return self._top(text, typed, {name: (20 * len(ids), [_any("entry", ids)]) for name, ids in missing.items()})

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


class QdrantEntries:
    """Kho mục."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def meta(self) -> dict[str, str]:
        found = self._client.retrieve(STATE, ids=[_point("meta")])
        return dict(found[0].payload or {}) if found else {}

    def set_meta(self, values: Mapping[str, str]) -> None:
        payload = {**self.meta(), **values}
        self._client.upsert(STATE, points=[q.PointStruct(id=_point("meta"), vector={}, payload=payload)])

    def generation(self) -> int:
        return 0  # readers keep nothing, so they need not be told

    def _payloads(self, ids: Sequence[str]) -> Iterator[dict[str, Any]]:
        for part in slices(ids):
            for record in self._client.retrieve(ENTRIES, ids=[_point(name) for name in part]):
                yield dict(record.payload or {})

    def get(self, ids: Sequence[str]) -> dict[str, Entry]:
        return {row["id"]: from_json(row["value"]) for row in self._payloads(ids)}

    def readings(self, entries: Sequence[Entry]) -> dict[str, Reading]:
        return {entry.id: read(entry) for entry in entries}

    def stored(self, ids: Sequence[str]) -> dict[str, Stored]:
        return {
            row["id"]: Stored(
                row["id"], row["digest"], row["source"], row["chunks"], {name: row[name] for name in _FACETS}
            )
            for row in self._payloads(ids)
        }

    def of_number(self, number: str) -> list[Entry]:
        rows = self._listed(ENTRIES, q.Filter(must=[_any("number", [number])]), ["value"])
        return [from_json(row["value"]) for row in rows]

    def ids(self, source: str | None = None) -> list[str]:
        chosen = q.Filter(must=[_any("source", [source])]) if source is not None else None
        return [row["id"] for row in self._listed(ENTRIES, chosen, ["id"])]

    def _listed(self, collection: str, chosen: q.Filter | None, fields: list[str]) -> Iterator[dict[str, Any]]:
        offset: Any = None
        while True:
            records, offset = self._client.scroll(collection, chosen, limit=_PAGE, offset=offset, with_payload=fields)
            yield from (dict(record.payload or {}) for record in records)
            if offset is None:
                return

    def count(self) -> dict[str, int]:
        counted = {
            kind.value: self._client.count(ENTRIES, q.Filter(must=[_any("kind", [kind.value])])).count for kind in Kind
        }
        return {kind: number for kind, number in counted.items() if number}

    def begin(self, chunks: Mapping[str, int]) -> None:
        points = [
            q.PointStruct(id=_point(f"begun {name}"), vector={}, payload={"begun": name, "chunks": count})
            for name, count in chunks.items()
        ]
        self._client.upsert(STATE, points=points, wait=True)

    def finish(self, entries: Iterable[tuple[Entry, str, int]], deleted: Sequence[str]) -> None:
        written = list(entries)
        points = [q.PointStruct(id=_point(e.id), vector={}, payload=_row(e, source, n)) for e, source, n in written]
        if points:
            self._client.upsert(ENTRIES, points=points, wait=True)
        if deleted:
            gone: list[Any] = [_point(name) for name in deleted]
            self._client.delete(ENTRIES, points_selector=q.PointIdsList(points=gone), wait=True)
        done: list[Any] = [_point(f"begun {name}") for name in (*(e.id for e, _, _ in written), *deleted)]
        self._client.delete(STATE, points_selector=q.PointIdsList(points=done), wait=True)

    def move(self, ids: Sequence[str], source: str) -> None:
        if ids:
            self._client.set_payload(ENTRIES, payload={"source": source}, points=[_point(name) for name in ids])

    def unfinished(self) -> dict[str, int]:
        rows = self._listed(STATE, None, ["begun", "chunks"])
        return {row["begun"]: row["chunks"] for row in rows if "begun" in row}

    def settle(self) -> None: ...

    def close(self) -> None: ...


def _row(entry: Entry, source: str, chunks: int) -> dict[str, Any]:
    known = {"id": entry.id, "digest": entry.digest, "source": source, "chunks": chunks, "value": to_json(entry)}
    return {**known, **facets(entry)}
