"""Ours beside LangChain's EnsembleRetriever (BM25 + Chroma) and Chroma alone → ``eval/results/peers.json``.

    pip install -e '.[bench]' -c constraints.txt
    python eval/bench_peers.py [DATA] [--rows alqac whole] [--cache FOLDER] [--questions N]

Same windows, same vectors, same questions, one run on one machine. Vectors are made beforehand and read from the cache,
so that indexing is compared without embedding; a question is embedded anew each time. Each system is built and asked in
processes of its own, so that memory is its own. BM25 gets our syllables as tokens: its default splits at spaces. Where
other work shares the machine, compare the processor times.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ranker_folds import fold_of, without

from assistant.index import open_index
from assistant.index.asking import as_query
from assistant.index.chunk import chunks
from assistant.index.embed import CachedEmbeddings, open_embeddings
from assistant.index.hybrid import HybridIndex
from assistant.index.measure import Asked, figures, read_corpus, read_questions
from assistant.index.values import Chunk, Entry
from assistant.ingest.codified import read_codified
from assistant.language.tokens import folded, syllables
from assistant.settings import settings

PROJECT = Path(__file__).resolve().parent.parent
RESULTS = PROJECT / "eval" / "results" / "peers.json"
ALQAC, CODIFIED, QUESTIONS = (
    "retrieval/alqac_law.json",
    "law/codified.jsonl.gz",
    "retrieval/alqac_dev.jsonl",
)
CALLERS = 8
_WARM = 20  # questions asked before any is measured
_HITS = 19  # of ours: half of them may be copies
_CHUNKS = 30  # what a peer returns for ten different articles
_BATCH = 2_000

Ask = Callable[[str], list[str]]  # a question → entry ids, best first


def corpus(data: Path, row: str) -> list[Entry]:
    """ALQAC's articles; in the row “whole” with all codified ones."""
    return read_corpus(data / ALQAC) + (list(read_codified(data / CODIFIED)) if row == "whole" else [])


def same_articles(data: Path, row: str) -> dict[str, str]:
    """Codified article → the same article of ALQAC, which names laws otherwise; they count as one."""
    if row != "whole":
        return {}
    known = {_opening(entry): entry.id for entry in read_corpus(data / ALQAC)}
    codified = ((entry.id, _opening(entry)) for entry in read_codified(data / CODIFIED))
    return {name: known[opening] for name, opening in codified if opening in known}


def _opening(entry: Entry) -> tuple[str, ...]:
    return tuple(folded(f"{entry.heading} {entry.text}"[:400])[:50])


def windows(entries: Sequence[Entry]) -> list[Chunk]:
    return [chunk for entry in entries for chunk in chunks(entry)]


@dataclass
class System(ABC):
    """What is compared: built in one process, asked in another."""

    folder: Path
    entries: Callable[[], list[Entry]]
    embeddings: CachedEmbeddings
    questions: Path

    @abstractmethod
    def build(self) -> float:
        """Seconds of indexing, embedding left out."""

    @abstractmethod
    def open(self) -> Ask:
        """What answers a question with the ids found."""

    def forget(self) -> None:
        """Embed every question again."""
        self.embeddings._recent.cache_clear()


class Ours(System):
    def build(self) -> float:
        report = open_index(f"chroma:{self.folder}", create=True).sync(self.entries(), source="bench")
        return report.seconds - report.stages["embedding"]

    def open(self) -> Ask:
        index = open_index(f"chroma:{self.folder}")
        assert isinstance(index, HybridIndex)
        self.embeddings = index.embeddings
        folds = {row.text: fold_of(row.id) for row in read_questions(self.questions)}

        def ask(question: str) -> list[str]:
            index._searcher._ranker = without(folds[question])  # learned without this question
            return [hit.entry.id for hit in index.search(as_query(question, _HITS))]

        return ask


class ChromaAlone(System):
    """LangChain's Chroma with its own settings, by cosine."""

    def build(self) -> float:
        flat = windows(self.entries())
        vectors = self.embeddings.passages([chunk.passage for chunk in flat])
        collection = self._store()._collection
        start = time.monotonic()
        for at in range(0, len(flat), _BATCH):
            part = flat[at : at + _BATCH]
            collection.add(
                ids=[chunk.id for chunk in part],
                embeddings=vectors[at : at + _BATCH],
                documents=[chunk.passage for chunk in part],
                metadatas=[{"entry": chunk.entry_id} for chunk in part],
            )
        return time.monotonic() - start

    def open(self) -> Ask:
        retriever = self.retriever()
        return lambda question: _entries(retriever.invoke(question))

    def retriever(self) -> Any:
        return self._store().as_retriever(search_kwargs={"k": _CHUNKS})

    def _store(self) -> Any:
        from chromadb.config import Settings  # noqa: PLC0415
        from langchain_chroma import Chroma  # noqa: PLC0415 (of the extra [bench])

        return Chroma(
            "bench",
            self.embeddings,
            str(self.folder),
            client_settings=Settings(
                anonymized_telemetry=False, is_persistent=True, persist_directory=str(self.folder)
            ),
            collection_configuration={"hnsw": {"space": "cosine"}},
        )


class Ensemble(ChromaAlone):
    """BM25 holds everything in memory and is built whenever the process starts."""

    def open(self) -> Ask:
        from langchain_classic.retrievers import EnsembleRetriever  # noqa: PLC0415
        from langchain_community.retrievers import BM25Retriever  # noqa: PLC0415

        flat = windows(self.entries())
        words = BM25Retriever.from_texts(
            [chunk.passage for chunk in flat],
            metadatas=[{"entry": chunk.entry_id} for chunk in flat],
            preprocess_func=syllables,
            k=_CHUNKS,
        )
        both = EnsembleRetriever(retrievers=[words, self.retriever()], weights=[0.5, 0.5])
        return lambda question: _entries(both.invoke(question))


SYSTEMS: dict[str, type[System]] = {"troly": Ours, "ensemble": Ensemble, "chroma": ChromaAlone}


def _entries(documents: Sequence[Any]) -> list[str]:
    return list(dict.fromkeys(document.metadata["entry"] for document in documents))


def _system(options: argparse.Namespace) -> System:
    def entries() -> list[Entry]:
        return corpus(options.data, options.rows[0])

    embeddings = open_embeddings(cache=settings().cache)
    return SYSTEMS[options.system](options.folder, entries, embeddings, options.data / QUESTIONS)


def build(options: argparse.Namespace) -> dict[str, Any]:
    system, before = _system(options), time.process_time()
    seconds = system.build()
    cpu = time.process_time() - before
    size = sum(file.stat().st_size for file in options.folder.rglob("*") if file.is_file())
    return {
        "index_s_without_embedding": round(seconds, 1),
        "index_cpu_s": round(cpu, 1),  # with reading the corpus and the cache
        "disk_mb": round(size / 1e6, 1),
    }


def ask(options: argparse.Namespace) -> dict[str, Any]:
    questions = read_questions(options.data / QUESTIONS)
    asked = questions[: options.questions]
    system = _system(options)
    same = same_articles(options.data, options.rows[0])
    start = time.monotonic()
    answer = system.open()
    answer(asked[0].text)
    begun = time.monotonic() - start
    for question in questions[-min(_WARM, len(asked)) :]:
        answer(question.text)
    system.forget()
    before = time.process_time()
    found, times = _one_by_one(answer, asked)
    cpu = (time.process_time() - before) / len(asked) * 1_000
    found = [list(dict.fromkeys(same.get(name, name) for name in names)) for names in found]
    system.forget()
    rate = _at_once(answer, asked)
    return {
        **asdict(figures(asked, found, times)),
        "ms_mean": round(statistics.fmean(times), 1),
        "cpu_ms_mean": round(cpu, 1),  # what is left of the time on a machine that does nothing else
        "callers_8_per_second": round(rate, 1),
        "start_s": round(begun, 1),
        "memory_mb": _resident_mb(),
        "load_average": round(os.getloadavg()[0], 1),
    }


def _one_by_one(answer: Ask, asked: Sequence[Asked]) -> tuple[list[list[str]], list[float]]:
    found, times = [], []
    for question in asked:
        start = time.perf_counter()
        found.append(answer(question.text))
        times.append((time.perf_counter() - start) * 1_000)
    return found, times


def _at_once(answer: Ask, asked: Sequence[Asked]) -> float:
    """Questions a second with eight callers."""
    start = time.perf_counter()
    with ThreadPoolExecutor(CALLERS) as callers:
        list(callers.map(answer, (question.text for question in asked)))
    return len(asked) / (time.perf_counter() - start)


def _resident_mb() -> int:
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.split("VmRSS:")[1].split()[0]) // 1_024


def compare(options: argparse.Namespace, work: Path) -> dict[str, Any]:
    """Each system in each row; the two peers share one Chroma folder."""
    results: dict[str, Any] = {}
    for row in options.rows:
        built: dict[str, dict[str, Any]] = {}
        for system in SYSTEMS:
            store = "troly" if system == "troly" else "chroma"
            folder = work / row / store
            if store not in built:
                built[store] = _built(system, row, folder, options)
            measured = {**built[store], **_child("ask", system, row, folder, options)}
            results[f"{row} {system}"] = measured
            print(f"{row} {system}: {json.dumps(measured)}", flush=True)
    return results


def _built(system: str, row: str, folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """What building cost, now or when the folder was built."""
    noted = folder.with_suffix(".json")
    if not noted.is_file():
        folder.parent.mkdir(parents=True, exist_ok=True)
        noted.write_text(json.dumps(_child("build", system, row, folder, options)), encoding="utf-8")
    built: dict[str, Any] = json.loads(noted.read_text(encoding="utf-8"))
    return built


def _child(step: str, system: str, row: str, folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, __file__, str(options.data), "--step", step, "--system", system]
    command += ["--rows", row, "--folder", str(folder), "--questions", str(options.questions)]
    environment = os.environ | {"TROLY_CACHE": str(options.cache)}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=PROJECT.parent / "shared" / "data")
    parser.add_argument("--rows", nargs="+", choices=("alqac", "whole"), default=["alqac", "whole"])
    parser.add_argument("--cache", type=Path, default=settings().cache, help="folder with vectors.db")
    parser.add_argument("--questions", type=int, default=583)
    parser.add_argument("--work", type=Path, help="folder that keeps the indexes")
    parser.add_argument("--step", choices=("build", "ask"), help="one step of one system, in a process of its own")
    parser.add_argument("--system", choices=tuple(SYSTEMS))
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    if options.step == "build":
        print(json.dumps(build(options)))
        return 0
    if options.step == "ask":
        print(json.dumps(ask(options)))
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        measured = compare(options, options.work or Path(scratch))
    before = json.loads(RESULTS.read_text(encoding="utf-8"))["results"] if RESULTS.is_file() else {}
    machine = {"date": date.today().isoformat(), "cores": len(os.sched_getaffinity(0)), "callers": CALLERS}
    table = {"configuration": machine, "results": {**before, **measured}}
    RESULTS.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
