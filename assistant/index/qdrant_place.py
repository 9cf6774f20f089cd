"""The connection to a Qdrant cluster (or, for tests, a folder), its collections, and how they name their points."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from qdrant_client import QdrantClient
from qdrant_client import models as q
from qdrant_client.http.exceptions import ResponseHandlingException, UnexpectedResponse

from assistant.errors import IndexProblem
from assistant.index.lexical import SIGNALS
from assistant.settings import settings

CHUNKS, ENTRIES, STATE = "troly_chunks", "troly_entries", "troly_state"
DENSE = "dense"
FACETS = ("kind", "number", "audience", "territory", "effective_on", "expires_on")
_TIMEOUT = 30  # seconds


class Client:
    """Kết nối Qdrant, whose failures are named. Raises IndexProblem when the server does not answer or refuses."""

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
        dense = {DENSE: q.VectorParams(size=dimension, distance=q.Distance.COSINE, on_disk=True)}
        small = q.ScalarQuantization(scalar=q.ScalarQuantizationConfig(type=q.ScalarType.INT8, always_ram=True))
        client.create_collection(
            CHUNKS, vectors_config=dense, sparse_vectors_config=sparse, quantization_config=small, **spread
        )
        _index_payload(client, CHUNKS, (*FACETS, "entry"))
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


def point_id(name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name))


def any_of(key: str, values: Sequence[str]) -> q.FieldCondition:
    return q.FieldCondition(key=key, match=q.MatchAny(any=list(values)))
