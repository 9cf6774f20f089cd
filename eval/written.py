"""The questions that were written for this project, and the texts they were written from. The shapes: measure.py.

Those of ``corpus/questions/`` teach how questions are embedded, and are the sample questions of the product; those of
``eval/held_out/``, written apart, tell how well it was learned, so that nothing has to be chosen by the development
questions. What orders the hits then learns from some of the latter, by folds: the ranker of provisions from
``everyday`` and ``decrees`` (train_ranker.py), the order of guides and procedures from ``corpus`` (train_speaking.py).
``outside.jsonl`` and ``stray.jsonl``, on what the shipped corpus lacks, teach confidence (train_confidence.py).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from assistant.index.measure import Asked, read_corpus
from assistant.index.values import Entry
from assistant.ingest import corpus
from assistant.ingest.codified import read_codified
from assistant.ingest.procedures import read_portal
from assistant.settings import settings

HELD_OUT = Path(__file__).parent / "held_out"
ASKING = HELD_OUT.parent.parent / "corpus" / "questions"
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


def read_texts(data: Path, name: str) -> Iterable[Entry]:
    """The entries that the questions of one file were written from, and all others of their corpus."""
    if name == SHIPPED:
        return corpus.read_corpus(settings().corpus)
    return _READ[name](data / TEXTS[name])


_READ: dict[str, Callable[[Path], Iterable[Entry]]] = {
    "exam": read_corpus,
    "enterprise": read_corpus,
    "everyday": read_codified,
    "procedures": partial(read_portal, on_error=lambda *_: None),
}


def gold_of(row: Mapping[str, Any]) -> set[str]:
    """What answers a row of questions, given as a list or, in the phrasings, with a bar between."""
    gold = row["gold"]
    return set(gold.split("|")) - {""} if isinstance(gold, str) else set(gold)


def gold_name(entry: Entry) -> str:
    """How a question names the entry that answers it."""
    return f"{entry.number}|{entry.locator.removeprefix('dieu-')}" if entry.locator else entry.number
