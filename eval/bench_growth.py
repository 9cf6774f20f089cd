"""How time, memory and disk grow from 5,000 to 250,000 provisions → ``eval/results/growth.json``.

    python eval/bench_growth.py [DATA] [--sizes 5000 42000 250000] [--windows N] [--cache FOLDER]

What the codified corpus does not have is made of perturbed copies: clauses in another order, other numbers, another
document number. Nothing is embedded but the questions: a window without a known vector gets that of another window with
noise. ``--windows`` cuts every provision to so many windows, so that 250,000 fit the time at hand. Each size is built
and asked in a process of its own.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain, count, islice
from pathlib import Path
from typing import Any

import numpy as np

from assistant.index import open as opening
from assistant.index.asking import as_query
from assistant.index.chunk import chunks, windows
from assistant.index.embed import CachedEmbeddings, open_embeddings
from assistant.index.hybrid import HybridIndex
from assistant.index.measure import figures, read_corpus, read_questions
from assistant.index.stores import Vector
from assistant.index.values import Audience, Entry
from assistant.index.vector_cache import key
from assistant.settings import settings

PROJECT = Path(__file__).resolve().parent.parent
RESULTS = PROJECT / "eval" / "results" / "growth.json"
CODIFIED, QUESTIONS = "law/codified.jsonl.gz", "retrieval/alqac_dev.jsonl"
_POOL = 20_000  # known vectors that noise is added to
_NOISE = 0.3  # length of the noise against the vector's 1: cosine about .96
_NUMBER = re.compile(r"\d{1,6}")
TODAY = date(2026, 11, 22)


def provisions(data: Path, size: int, kept: int | None) -> list[Entry]:
    """The first articles, then copies of all of them, until there are ``size``."""
    base = [_cut(entry, kept) for entry in read_corpus(data / CODIFIED)]
    copies = (_copy(entry, n) for n in count(1) for entry in base)
    return list(islice(chain(base, copies), size))


def _cut(entry: Entry, kept: int | None) -> Entry:
    if kept is None:
        return entry
    return dataclasses.replace(entry, text="\n".join(islice(windows(entry.text), kept)))


def _copy(entry: Entry, n: int) -> Entry:
    chance = random.Random(f"{entry.id} {n}")
    lines = entry.text.split("\n")
    chance.shuffle(lines)
    text = _NUMBER.sub(lambda found: str(int(found.group()) + chance.randrange(1, 9)), "\n".join(lines))
    number = f"{entry.number}-{n}"
    return dataclasses.replace(entry, id=f"{number}#{entry.locator}", number=number, text=text)


class Grown(CachedEmbeddings):
    """The model for questions; for passages what is known, else the vector of another with noise."""

    def __init__(self, real: CachedEmbeddings, pool: Vector) -> None:
        super().__init__(real._encoder, real._cache)
        self._pool = pool
        self._chance = np.random.default_rng(1)

    def passages(self, texts: Sequence[str]) -> Vector:
        keys = [key(self.digest, text) for text in texts]
        known = self.known(keys)
        vectors = self._pool[self._chance.integers(0, len(self._pool), len(texts))]
        noise = self._chance.standard_normal(vectors.shape, dtype=np.float32)
        vectors = vectors + noise * (_NOISE / np.sqrt(vectors.shape[1]))
        for n, name in enumerate(keys):
            if name in known:
                vectors[n] = known[name]
        normal: Vector = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return normal


def _pool(data: Path, embeddings: CachedEmbeddings) -> Vector:
    """Vectors that the cache holds of codified windows."""
    texts = (chunk.passage for entry in read_corpus(data / CODIFIED) for chunk in chunks(entry))
    keys = [key(embeddings.digest, text) for text in islice(texts, _POOL)]
    known = list(embeddings.known(keys).values())
    if len(known) * 2 < len(keys):
        raise SystemExit("Bộ nhớ đệm chưa có véc-tơ của văn bản pháp điển; hãy nạp trước (TROLY_CACHE, --cache).")
    return np.stack(known).astype(np.float32)


def build(options: argparse.Namespace) -> dict[str, Any]:
    entries = provisions(options.data, options.sizes[0], options.windows)
    real = open_embeddings(cache=settings().cache)
    index = _opened(options.folder, Grown(real, _pool(options.data, real)))
    report = index.sync(entries, source="growth")
    size = sum(file.stat().st_size for file in options.folder.rglob("*") if file.is_file())
    return {
        "provisions": report.total,
        "windows": sum(len(chunks(entry)) for entry in entries),
        "build_s": round(report.seconds),
        "build_stages_s": dict(report.stages),
        "build_peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "disk_mb": round(size / 1e6),
        "disk_kb_per_provision": round(size / 1e3 / report.total, 2),
    }


def ask(options: argparse.Namespace) -> dict[str, Any]:
    """As the assistants ask: with a date, an audience and a territory."""
    empty = _resident_mb()
    start = time.monotonic()
    index = _opened(options.folder, open_embeddings(cache=settings().cache))
    opened = time.monotonic() - start
    asked = read_questions(options.data / QUESTIONS, options.questions)
    warm, measured = asked[:30], asked[30:]
    list(_times(index, warm))
    before = time.process_time()
    times = list(_times(index, measured))
    cpu = (time.process_time() - before) / len(measured) * 1_000
    found = figures(measured, [[] for _ in measured], times)
    memory = _resident_mb()
    return {
        "open_s": round(opened, 1),
        "ms_p50": found.ms_p50,
        "ms_p95": found.ms_p95,
        "cpu_ms_mean": round(cpu, 1),
        "memory_mb": memory,
        "memory_kb_per_provision": round((memory - empty) * 1024 / sum(index.count().values()), 2),
        "load_average": round(os.getloadavg()[0], 1),
    }


def _times(index: HybridIndex, asked: Sequence[Any]) -> Iterator[float]:
    for question in asked:
        start = time.perf_counter()
        index.search(as_query(question.text, 10, audience=Audience.CITIZEN, on=TODAY, territory="79"))
        yield (time.perf_counter() - start) * 1_000


def _opened(folder: Path, embeddings: CachedEmbeddings) -> HybridIndex:
    """An index with these vectors in place of the model's."""
    kept = opening.open_embeddings
    opening.open_embeddings = lambda *_: embeddings
    try:
        return opening.open_index(f"chroma:{folder}", create=True)
    finally:
        opening.open_embeddings = kept


def _resident_mb() -> int:
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.split("VmRSS:")[1].split()[0]) // 1_024


def _built(size: int, folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """What building cost, now or when the folder was built."""
    noted = folder.with_suffix(".json")
    if not noted.is_file():
        folder.parent.mkdir(parents=True, exist_ok=True)
        noted.write_text(json.dumps(_child("build", size, folder, options)), encoding="utf-8")
    built: dict[str, Any] = json.loads(noted.read_text(encoding="utf-8"))
    return built


def _child(step: str, size: int, folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    command = [sys.executable, __file__, str(options.data), "--step", step, "--sizes", str(size)]
    command += ["--folder", str(folder), "--questions", str(options.questions)]
    command += ["--windows", str(options.windows)] if options.windows else []
    environment = os.environ | {"TROLY_CACHE": str(options.cache)}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=PROJECT.parent / "shared" / "data")
    parser.add_argument("--sizes", type=int, nargs="+", default=[5_000, 42_000, 250_000])
    parser.add_argument("--windows", type=int, help="most windows of a provision (default: all)")
    parser.add_argument("--cache", type=Path, default=settings().cache, help="folder with vectors.db")
    parser.add_argument("--questions", type=int, default=230)
    parser.add_argument("--work", type=Path, help="folder that keeps the indexes")
    parser.add_argument("--step", choices=("build", "ask"), help="one step of one size, in a process of its own")
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    if options.step:
        print(json.dumps(build(options) if options.step == "build" else ask(options)))
        return 0
    results = json.loads(RESULTS.read_text(encoding="utf-8"))["results"] if RESULTS.is_file() else {}
    with tempfile.TemporaryDirectory() as scratch:
        for size in options.sizes:
            folder = (options.work or Path(scratch)) / str(size)
            results[str(size)] = {**_built(size, folder, options), **_child("ask", size, folder, options)}
            print(f"{size}: {json.dumps(results[str(size)])}", flush=True)
    machine = {"date": date.today().isoformat(), "cores": len(os.sched_getaffinity(0)), "windows": options.windows}
    table = {"configuration": machine, "results": results}
    RESULTS.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
