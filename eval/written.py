"""The questions that were written for this project, and the texts they were written from. The shapes: measure.py.

Those of ``eval/asking/`` teach how questions are embedded; those of ``eval/asking/held_out/``, written apart, tell how
well it was learned, so that nothing has to be chosen by the development questions. What orders the hits then learns
from some of the latter, by folds: the ranker of provisions from ``everyday`` and ``decrees`` (train_ranker.py), the
order of guides and procedures from ``corpus`` (train_speaking.py). ``outside.jsonl``, on what the shipped corpus lacks,
is only counted (train_confidence.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from assistant.index.measure import Asked, read_corpus
from assistant.index.values import Entry
from assistant.ingest import corpus
from assistant.ingest.procedures import read_portal
from assistant.settings import settings

ASKING = Path(__file__).parent / "asking"
HELD_OUT = ASKING / "held_out"
# The name of a file of questions → the texts it was written from, under the folder of data; SHIPPED are in corpus/.
TEXTS = {
    "exam": "retrieval/alqac_law.json",
    "enterprise": "retrieval/enterprise_law.jsonl",
    "everyday": "law/codified.jsonl.gz",
    "procedures": "procedures/procedures.jsonl.gz",
}
SHIPPED = "corpus"


def read_written(folder: Path, name: str) -> list[Asked]:
    """Gold as ``document|article``, or as the code of a procedure, which ``read_questions`` does not take."""
    lines = (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [Asked(row["id"], row["question"], frozenset(row["gold"])) for row in map(json.loads, lines)]


def read_texts(data: Path, name: str, questions: Iterable[Asked]) -> list[Entry]:
    """The entries of one corpus; of the codified texts only those of the documents asked about."""
    if name == SHIPPED:
        return list(corpus.read_corpus(settings().corpus))
    path = data / TEXTS[name]
    if name == "procedures":
        return list(read_portal(path, on_error=lambda *_: None))
    documents = {gold.partition("|")[0] for question in questions for gold in question.gold}
    return [entry for entry in read_corpus(path) if name != "everyday" or entry.number in documents]


def gold_name(entry: Entry) -> str:
    """How a question names the entry that answers it."""
    return f"{entry.number}|{entry.locator.removeprefix('dieu-')}" if entry.locator else entry.number
