"""Retrieval on the development halves → ``eval/results/retrieval.json``.

    python eval/bench_retrieval.py ../shared/data [--work FOLDER]

Each set is asked as typed and with its diacritics stripped, in an index of its own articles. The weights of the fusion
were tuned on these same halves; docs/log.md has the cross-validated figures beside them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from assistant.index import open_index
from assistant.index.chunk import WINDOW
from assistant.index.fusion import ACCENTED, BARE, QUOTATION, TOPIC
from assistant.index.measure import measure, read_corpus, read_questions
from assistant.settings import settings

PROJECT = Path(__file__).resolve().parent.parent

RESULTS = PROJECT / "eval" / "results" / "retrieval.json"
SETS = (
    ("alqac", "retrieval/alqac_law.json", "retrieval/alqac_dev.jsonl"),
    ("citizen", "retrieval/enterprise_law.jsonl", "retrieval/citizen_dev.jsonl"),
)
COLUMNS = ("n", "recall_1", "recall_3", "recall_10", "hit_10", "mrr_10", "ms_p50", "ms_p95")


def run(data: Path, work: Path) -> dict[str, Any]:
    """Figures by set, with the data they were taken on."""
    results: dict[str, Any] = {}
    for name, corpus, asked in SETS:
        index = open_index(f"chroma:{work / name}", create=True)
        report = index.sync(read_corpus(data / corpus), source=name)
        questions = read_questions(data / asked)
        for label, strip in ((name, False), (f"{name} stripped", True)):
            results[label] = asdict(measure(index, questions, strip=strip))
            print(f"{label:18}" + "".join(f"{results[label][column]:>10}" for column in COLUMNS), flush=True)
        results[name] |= {"articles": report.total, "questions_sha256": _digest(data / asked)}
        index.close()
    return results


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
        "cores": len(os.sched_getaffinity(0)),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=PROJECT.parent / "shared" / "data")
    parser.add_argument("--work", type=Path, help="folder that keeps the indexes between runs")
    options = parser.parse_args()
    if not options.data.is_dir():
        print(f"Không có thư mục dữ liệu “{options.data}”.", file=sys.stderr)
        return 2
    print(" " * 18 + "".join(f"{column:>10}" for column in COLUMNS))
    with tempfile.TemporaryDirectory() as scratch:
        results = run(options.data, options.work or Path(scratch))
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    table = {"configuration": configuration(), "results": results}
    RESULTS.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
