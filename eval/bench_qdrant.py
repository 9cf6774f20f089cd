"""What a window costs in Qdrant's own engine: bytes by part, processor time of a query → ``eval/results/qdrant.json``.

    pip install -e '.[bench]' -c constraints.txt
    python eval/bench_qdrant.py [DATA] [--sizes 15000 45000] [--cache FOLDER]

qdrant-edge is the storage engine of the server as a library. Bytes are those that the larger shard has more than the
smaller, a window, so that what is set aside beforehand does not count. Points, filters and queries are those of
``assistant.index.qdrant``; docs/scale.md counts with these figures.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import Any

import qdrant_edge as edge
from qdrant_engine import config, index_payload, sparse

from assistant.index import qdrant
from assistant.index.asking import as_query
from assistant.index.chunk import chunks
from assistant.index.embed import CachedEmbeddings, open_embeddings
from assistant.index.filters import facets
from assistant.index.lexical import SIGNALS, passage, question
from assistant.index.measure import read_corpus, read_questions
from assistant.index.values import Chunk
from assistant.settings import settings

PROJECT = Path(__file__).resolve().parent.parent
RESULTS = PROJECT / "eval" / "results" / "qdrant.json"
_QUESTIONS = 100
_TODAY = 20_261_122
# Part of a shard → names of the files that belong to it.
_PARTS = {
    "vectors, 8 bit (memory)": ("quantized",),
    "vectors, whole (disk)": ("vector_storage-dense/",),
    "graph (memory)": ("vector_index-dense",),
    "words, index (memory)": ("vector_index-",),
    "words, stored (disk)": ("vector_storage-",),
    "filters (memory)": ("payload_index",),
    "payload (disk)": ("payload_storage",),
    "ids (memory)": ("id_tracker", "mappings", "versions"),
}


def _point(number: int, chunk: Chunk, vector: Sequence[float]) -> Any:
    words = passage(chunk)
    vectors = {name: sparse(qdrant._stored_words(field, words[field])) for name, field in SIGNALS.items()}
    payload = {"chunk": chunk.id, "entry": chunk.entry_id, "locator": chunk.locator, "field": chunk.field}
    return edge.Point(number, {"dense": list(vector), **vectors}, {**payload, **facets(chunk)})


def build(folder: Path, flat: Sequence[Chunk], embeddings: CachedEmbeddings) -> dict[str, float]:
    """Milliseconds of processor time a window."""
    folder.mkdir()
    shard = edge.EdgeShard.create(str(folder), config(embeddings.dimension))
    vectors = embeddings.passages([chunk.passage for chunk in flat])
    start = time.process_time()
    for at in range(0, len(flat), 256):
        part = zip(flat[at : at + 256], vectors[at : at + 256], strict=True)
        points = [_point(at + n, chunk, vector.tolist()) for n, (chunk, vector) in enumerate(part)]
        shard.update(edge.UpdateOperation.upsert_points(points))
    written = time.process_time()
    index_payload(shard)
    while shard.optimize():
        pass
    done = time.process_time()
    shard.flush()
    shard.close()
    return {
        "write_ms": round((written - start) / len(flat) * 1e3, 3),
        "index_ms": round((done - written) / len(flat) * 1e3, 3),
    }


def sizes(folder: Path) -> Counter[str]:
    """Bytes on disk by part of the shard; the log of writes is left out."""
    found: Counter[str] = Counter()
    for file in (folder / "segments").rglob("*"):
        if file.is_file():
            name = str(file.relative_to(folder))
            part = next((part for part, names in _PARTS.items() if any(n in name for n in names)), "other")
            found[part] += file.stat().st_blocks * 512
    return found


def ask(folder: Path, data: Path, embeddings: CachedEmbeddings) -> dict[str, float]:
    """Milliseconds of processor time a query, by what is asked; with the filters of a citizen's question."""
    shard = edge.EdgeShard.load(str(folder))
    allowed = edge.Filter(
        must=[
            edge.FieldCondition("audience", match=edge.MatchAny(any=["citizen"])),
            edge.FieldCondition("territory", match=edge.MatchAny(any=["79", "vn"])),
            edge.FieldCondition("effective_on", range=edge.RangeFloat(lte=_TODAY)),
            edge.FieldCondition("expires_on", range=edge.RangeFloat(gt=_TODAY)),
        ]
    )
    spent: Counter[str] = Counter()

    def timed(name: str, vector: Any, limit: int) -> None:
        request = edge.SearchRequest(edge.Query.Nearest(vector, name), limit, filter=allowed, with_payload=["entry"])
        start = time.process_time()
        shard.search(request)
        spent[name] += time.process_time() - start

    asked = [as_query(row.text) for row in read_questions(data / "retrieval/alqac_dev.jsonl", _QUESTIONS)]
    for query in asked:
        start = time.process_time()
        vector = embeddings.query(query.text).tolist()
        spent["embedding the question"] += time.process_time() - start
        timed("dense", vector, 100)
        tokens = question(query.text, query.typed)
        for name, field in SIGNALS.items():
            weights = ((qdrant._token(token), float(n)) for token, n in Counter(tokens[field]).items())
            timed(name, sparse(qdrant._summed(weights)), 150)
    shard.close()
    return {f"{name}_ms": round(seconds / len(asked) * 1e3, 2) for name, seconds in spent.items()}


def measure(data: Path, numbers: Sequence[int], work: Path) -> dict[str, Any]:
    embeddings = open_embeddings(cache=settings().cache)
    flat = list(islice(chain.from_iterable(map(chunks, read_corpus(data / "law/codified.jsonl.gz"))), max(numbers)))
    results: dict[str, Any] = {}
    held: dict[int, Counter[str]] = {}
    for number in sorted(numbers):
        folder = work / str(number)
        built = build(folder, flat[:number], embeddings)
        held[number] = sizes(folder)
        results[f"{number} windows"] = {**built, **ask(folder, data, embeddings)}
    few, many = min(held), max(held)
    more = {part: round((held[many][part] - held[few][part]) / (many - few)) for part in held[many]}
    results["bytes_per_window"] = dict(sorted(more.items()))
    return results


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=PROJECT.parent / "shared" / "data")
    parser.add_argument("--sizes", type=int, nargs=2, default=[15_000, 45_000])
    parser.add_argument("--cache", type=Path, help="folder with vectors.db")
    options = parser.parse_args()
    if options.cache:
        os.environ["TROLY_CACHE"] = str(options.cache)
        settings.cache_clear()
    with tempfile.TemporaryDirectory() as scratch:
        measured = measure(options.data, options.sizes, Path(scratch))
    table = {"configuration": {"date": date.today().isoformat(), "sizes": options.sizes}, "results": measured}
    RESULTS.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(measured, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
