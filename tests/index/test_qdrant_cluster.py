"""What a Qdrant cluster is asked for, over HTTP, and how its refusals read. The server answers as documented."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from assistant.errors import IndexProblem
from assistant.settings import settings

place = pytest.importorskip("assistant.index.qdrant_place", reason="qdrant-client is not installed")
entries = pytest.importorskip("assistant.index.qdrant_entries")


class Answering(BaseHTTPRequestHandler):
    """Empty cluster: nothing exists, everything asked for is made; with ``refuse`` every request is refused."""

    asked: list[tuple[str, str, dict[str, Any], str]]
    refuse = 0

    def _answer(self) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(size)) if size else {}
        self.asked.append((self.command, self.path.partition("?")[0], body, self.headers.get("api-key") or ""))
        made = {"operation_id": 1, "status": "completed"} if self.path.split("?")[0].endswith("/index") else True
        result = {"exists": False} if self.path.endswith("/exists") else made
        text = json.dumps({"result": result, "status": "ok", "time": 0.0}).encode()
        self.send_response(self.refuse or 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_PUT = do_POST = _answer  # noqa: N815

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, type[Answering]]]:
    """Its address, and what it was asked."""
    handler = type("Handler", (Answering,), {"asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("TROLY_QDRANT_API_KEY", "chìa-khóa".encode().hex())
    monkeypatch.setenv("TROLY_QDRANT_SHARDS", "6")
    monkeypatch.setenv("TROLY_QDRANT_REPLICAS", "3")
    settings.cache_clear()
    yield f"http://127.0.0.1:{server.server_port}", handler
    server.shutdown()
    server.server_close()
    settings.cache_clear()


def test_collections_are_spread_over_shards_and_copies_and_small_in_memory(
    cluster: tuple[str, type[Answering]],
) -> None:
    place.prepare(place.Client(cluster[0]), 384)
    made = {path: body for method, path, body, _ in cluster[1].asked if method == "PUT" and path.count("/") == 2}
    assert len(made) == 3
    for body in made.values():
        assert (body["shard_number"], body["replication_factor"], body["write_consistency_factor"]) == (6, 3, 2)
    chunks = made["/collections/troly_chunks"]
    assert chunks["quantization_config"]["scalar"] == {"type": "int8", "always_ram": True}
    assert chunks["vectors"]["dense"] == {"size": 384, "distance": "Cosine", "on_disk": True}
    assert {name: given["modifier"] for name, given in chunks["sparse_vectors"].items()} == dict.fromkeys(
        ("lexical", "folded", "name"), "idf"
    )


def test_everything_that_filters_look_at_has_an_index_of_its_own(cluster: tuple[str, type[Answering]]) -> None:
    place.prepare(place.Client(cluster[0]), 384)
    indexed = {
        body["field_name"]: body["field_schema"]
        for _, path, body, _ in cluster[1].asked
        if path == "/collections/troly_chunks/index"
    }
    dates = {"effective_on": "integer", "expires_on": "integer"}
    assert indexed == dates | dict.fromkeys(("kind", "number", "audience", "territory", "entry"), "keyword")


def test_every_request_carries_the_key(cluster: tuple[str, type[Answering]]) -> None:
    place.prepare(place.Client(cluster[0]), 384)
    assert {key for _, _, _, key in cluster[1].asked} == {"chìa-khóa".encode().hex()}


@pytest.mark.parametrize(("status", "named"), [(401, "TROLY_QDRANT_API_KEY"), (403, "từ chối khóa"), (500, "lỗi 500")])
def test_a_refusal_says_what_to_do(cluster: tuple[str, type[Answering]], status: int, named: str) -> None:
    cluster[1].refuse = status
    with pytest.raises(IndexProblem, match=named):
        place.Client(cluster[0]).collection_exists("troly_chunks")


def test_a_server_that_goes_away_later_is_named_too(cluster: tuple[str, type[Answering]]) -> None:
    client = place.Client("http://127.0.0.1:9")
    with pytest.raises(IndexProblem, match="Không kết nối được Qdrant"):
        entries.QdrantEntries(client).get(["tthc:1"])


def test_a_folder_that_another_process_holds_is_named(tmp_path: Any) -> None:
    first = place.Client(str(tmp_path / "q"))
    with pytest.raises(IndexProblem, match="Qdrant"):
        place.Client(str(tmp_path / "q"))
    first.close()
