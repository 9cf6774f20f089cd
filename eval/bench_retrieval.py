"""Retrieval on the development halves → ``eval/results/retrieval.json``.

    python eval/bench_retrieval.py ../shared/data [--work FOLDER] [--engine qdrant-engine] [--ingest ARTICLES]

Each set is asked as typed, with its diacritics stripped, and as if nothing had sample questions, which every article of
these laws has; in an index of its own articles. ``--ingest`` measures instead how fast so many codified articles are
ingested with an empty cache, and what they cost. The weights of the fusion were chosen on these same halves
(docs/log.md); the ranker that answers a question here has never seen it (ranker_folds.py), the one that ships has
learned from all of them. ``qdrant`` compares in Python, seconds a question; ``qdrant-engine`` asks the server's own
engine (qdrant_engine.py).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from ranker_folds import fold_of, without

from assistant.index import Index, open_index
from assistant.index import open as opening
from assistant.index.chunk import WINDOW
from assistant.index.embed import open_embeddings
from assistant.index.fusion import ACCENTED, BARE, QUOTATION, TOPIC
from assistant.index.hybrid import HybridIndex
from assistant.index.measure import Asked, Figures, ask, figures, measure, read_corpus, read_questions
from assistant.index.ranker import TREES
from assistant.index.samples import NONE
from assistant.index.values import Kind
from assistant.settings import settings

PROJECT = Path(__file__).resolve().parent.parent

RESULTS = PROJECT / "eval" / "results" / "retrieval.json"
SETS = (
    ("alqac", "retrieval/alqac_law.json", "retrieval/alqac_dev.jsonl"),
    ("citizen", "retrieval/enterprise_law.jsonl", "retrieval/citizen_dev.jsonl"),
)
COLUMNS = ("n", "recall_1", "recall_3", "recall_10", "hit_10", "mrr_10", "ms_p50", "ms_p95")


def run(data: Path, work: Path, engine: str) -> dict[str, Any]:
    """Figures by set, with the data they were taken on."""
    results: dict[str, Any] = {}
    for name, corpus, asked_in in SETS:
        index = open_index(f"{engine.partition('-')[0]}:{work / engine / name}", create=True)
        assert isinstance(index, HybridIndex)
        report = index.sync(read_corpus(data / corpus), source=name)
        questions = read_questions(data / asked_in)
        plain = name if engine == "chroma" else f"{name} {engine}"
        known = index._searcher._samples
        asked = ((plain, False, known), (f"{plain} stripped", True, known), (f"{plain} without samples", False, NONE))
        for label, strip, samples in asked:
            index._searcher._samples = samples
            results[label] = asdict(unseen(index, questions, strip=strip))
            print(f"{label:24}" + "".join(f"{results[label][column]:>10}" for column in COLUMNS), flush=True)
        results[plain] |= {"articles": report.total, "questions_sha256": _digest(data / asked_in)}
        index.close()
    return results


def unseen(index: Index, questions: Sequence[Asked], *, strip: bool = False, kinds: tuple[Kind, ...] = ()) -> Figures:
    """``measure``, each question answered with the ranker that was learned without it."""
    assert isinstance(index, HybridIndex)
    measure(index, questions[:1])  # word lists and models are read at the first question
    found, times = [], []
    for asked in questions:
        index._searcher._ranker = without(fold_of(asked.id))
        ids, taken = ask(index, asked, strip=strip, kinds=kinds)
        found.append(ids)
        times.append(taken)
    return figures(questions, found, times)


def ingest(data: Path, work: Path, articles: int) -> dict[str, Any]:
    """Rate, peak memory and size on disk of a first run, the time of a second, and of searching."""
    entries = read_corpus(data / "law" / "codified.jsonl.gz")[:articles]
    model = open_embeddings(settings().embeddings, work / "cache")
    index = opening.open_index(f"chroma:{work / 'ingest'}", create=True)
    index.embeddings = model  # with an empty cache of its own
    first = index.sync(entries, source="codified")
    second = index.sync(entries, source="codified")
    questions = read_questions(data / SETS[0][2], 200)
    found = measure(index, questions)
    size = sum(file.stat().st_size for file in (work / "ingest").rglob("*") if file.is_file())
    return {
        "articles": first.total,
        "seconds": round(first.seconds, 1),
        "articles_per_second": round(first.total / first.seconds, 1),
        "second_run_seconds": round(second.seconds, 2),
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "disk_mb": round(size / 1e6, 1),
        "search_ms_p50": found.ms_p50,
        "search_ms_p95": found.ms_p95,
        "load_average": os.getloadavg()[0],
    }


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def configuration() -> dict[str, Any]:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    return {
        "date": date.today().isoformat(),
        "commit": commit.stdout.strip(),
        "embeddings": settings().embeddings,
        "window": WINDOW,
        "weights": {"accented": ACCENTED, "bare": BARE, "topic": TOPIC, "quotation": QUOTATION},
        "ranker_sha256": _digest(TREES),
        "cores": len(os.sched_getaffinity(0)),
        "machine": platform.processor() or platform.machine(),
        "load_average": round(os.getloadavg()[0], 1),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=PROJECT.parent / "shared" / "data")
    parser.add_argument("--work", type=Path, help="folder that keeps the indexes between runs")
    parser.add_argument("--engine", choices=("chroma", "qdrant", "qdrant-engine"), default="chroma")
    parser.add_argument("--ingest", type=int, metavar="ARTICLES", help="measure ingest instead")
    options = parser.parse_args()
    if not options.data.is_dir():
        print(f"Không có thư mục dữ liệu “{options.data}”.", file=sys.stderr)
        return 2
    if options.engine == "qdrant-engine":
        from qdrant_engine import EngineClient  # noqa: PLC0415 (of the extra [bench])

        from assistant.index import qdrant_place  # noqa: PLC0415 (of the extra [qdrant])

        qdrant_place.Client = EngineClient  # type: ignore[misc]
    with tempfile.TemporaryDirectory() as scratch:
        work = options.work or Path(scratch)
        if options.ingest:
            measured = {f"ingest {options.ingest}": ingest(options.data, Path(scratch), options.ingest)}
            print(json.dumps(measured, indent=1))
        else:
            print(" " * 24 + "".join(f"{column:>10}" for column in COLUMNS))
            measured = run(options.data, work, options.engine)
    save(measured)
    return 0


def save(measured: dict[str, Any]) -> None:
    """Replace these results in the file; those of the other kind of run stay."""
    before = json.loads(RESULTS.read_text(encoding="utf-8"))["results"] if RESULTS.is_file() else {}
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    taken = {
        "commit": configuration()["commit"],
        "date": date.today().isoformat(),
        "load": round(os.getloadavg()[0], 1),
    }
    measured = {name: {**row, "taken": taken} for name, row in measured.items()}
    table = {"configuration": configuration(), "results": {**before, **measured}}
    RESULTS.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
