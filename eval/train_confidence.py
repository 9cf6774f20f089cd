"""Learns the weights of ``assistant/answer/confidence.py``: how surely the first hit speaks of the question.

    TROLY_INDEX=… python eval/train_confidence.py ../shared/data --work FOLDER

Asks, on the shipped corpus, every line of eval/phrasings.jsonl and eval/procedure_phrasings.jsonl, questions written to
be hard (``HARD``), messages that are no business of an office (``STRAY``), and questions written for laws and decrees
that it does not hold; on an index of laws (``--work``) those written for them and for other laws. From these it learns
a logistic regression, and prints it; and a second one for what has no sample questions, from the same asked while those
on three in ten of the records and on all these laws are hidden. What passes the floor is counted on questions it has
not learned from (five folds). Needs scikit-learn, which comes with the extra [models].
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from bench_phrasings import FILES, ROOT
from hidden import hidden, know_only
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from written import ASKING, HELD_OUT, gold_name, gold_of, read_texts, read_written

from assistant.agents.desk import open_resources
from assistant.answer.confidence import FLOOR, UNASKED, WEIGHTS, evidence
from assistant.answer.pipeline import Resources, steps
from assistant.answer.turn import Turn
from assistant.answer.values import Question
from assistant.index import open_index
from assistant.index.values import Audience
from assistant.ingest.corpus import read_corpus, sample_questions
from assistant.settings import settings

HARD = ("held_out/corpus.jsonl", "held_out/outside.jsonl")
STRAY = "held_out/stray.jsonl"
SPOKEN = {**dict.fromkeys(HARD, ", khó"), STRAY: ", không phải việc của cơ quan"}
OUTSIDE, SAMPLE = ("exam", "decrees", "second"), 6  # on laws and decrees; of each, every so-manieth is asked
PENALTY, FOLDS = 1.0, 5
LAWS, LAW = ("luật", "ngoài luật"), 0.3  # asked of the index of laws; what such a lead weighs beside the others
ON = date(2026, 11, 21)


@dataclass(frozen=True, slots=True)
class Lead:
    """Kết quả đứng đầu: what is known of it, and whether it answers."""

    kind: str
    evidence: dict[str, float]
    right: bool


def lead(kind: str, resources: Resources, question: str, gold: Iterable[str], audience: str = "citizen") -> Lead | None:
    """The first hit of the question, or None where nothing was looked up."""
    turn = Turn(Question(question, audience=Audience(audience), as_of=ON), today=ON)
    for step in steps(audience, resources)[:5]:
        turn = step(turn)
        if turn.answer is not None:
            return None
    ask = next((ask for ask in turn.asks if ask.hits), None)
    if ask is None:
        return None
    entry = ask.hits[0].entry
    return Lead(kind, evidence(ask.hits[0], ask), bool({entry.number, gold_name(entry)} & set(gold)))


def leads(corpus: Resources, laws: Resources) -> Iterator[Lead | None]:
    for file in (*FILES, *HARD, STRAY):
        for row in map(json.loads, (ROOT / "eval" / file).read_text(encoding="utf-8").splitlines()):
            gold = gold_of(row)
            kind = ("kho" if gold else "ngoài kho") + SPOKEN.get(file, "")
            yield lead(kind, corpus, row["question"], gold, row.get("audience", "citizen"))
    for name in OUTSIDE:
        for row in read_written(HELD_OUT, name)[::SAMPLE]:
            yield lead("ngoài kho, tự viết", corpus, row.text, ())
    for row in read_written(HELD_OUT, "exam")[::2]:
        yield lead("luật", laws, row.text, row.gold)
    for name in ("enterprise", "everyday"):
        for row in read_written(HELD_OUT, name):
            yield lead("ngoài luật", laws, row.text, ())


def weighed(found: Sequence[Lead]) -> NDArray[np.float64]:
    """How much each lead counts: on either index the right ones together as much as the wrong ones."""
    right, laws = np.array([lead.right for lead in found]), np.array([lead.kind in LAWS for lead in found])
    importance = np.zeros(len(found))
    for index, share in ((~laws, 1.0), (laws, LAW)):
        for answers in (right, ~right):
            chosen = index & answers
            importance[chosen] = share * index.sum() / (2 * chosen.sum())
    return importance


def learn(rows: NDArray[np.float64], right: NDArray[np.bool_], importance: NDArray[np.float64]) -> LogisticRegression:
    return LogisticRegression(C=1.0 / PENALTY).fit(rows, right, sample_weight=importance)


def report(found: Sequence[Lead], weights: Collection[str]) -> None:
    """What passes the floor, unseen; and what is learned from all."""
    rows = np.array([[lead.evidence[name] for name in weights] for lead in found])
    right, importance = np.array([lead.right for lead in found]), weighed(found)
    folds = np.arange(len(found)) % FOLDS
    sure = np.zeros(len(found))
    for part in range(FOLDS):
        unseen = folds == part
        sure[unseen] = learn(rows, right, importance * ~unseen).predict_proba(rows[unseen])[:, 1]
    kinds = np.array([lead.kind for lead in found])
    for kind in dict.fromkeys(kinds):
        for answer in (True, False):
            chosen = (kinds == kind) & (right == answer)
            if chosen.any():
                passed = (sure[chosen] >= FLOOR).mean()
                print(f"{kind:40} {'đúng' if answer else 'sai':5} {chosen.sum():4}  qua ngưỡng {passed:.3f}")
    learned = learn(rows, right, importance)
    print(dict(zip(weights, learned.coef_[0].round(2).tolist(), strict=True)), "bias", learned.intercept_.round(2))


def forget(corpus: Resources, laws: Resources) -> None:
    """Hide the sample questions on some of the shipped records and on these laws."""
    on_laws = {row.text for row in read_written(ASKING, "exam")}
    gone = {entry.id for entry in read_corpus(settings().corpus) if hidden(entry.id)}
    rows = sample_questions(settings().corpus)
    know_only((row for row in rows if row[0] not in on_laws and gone.isdisjoint(row[1])), corpus.index, laws.index)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, required=True, help="folder that keeps the index of laws between runs")
    options = parser.parse_args()
    corpus = open_resources(settings())
    index = open_index(f"chroma:{options.work / 'written-exam'}", create=True)
    index.sync(read_texts(options.data, "exam"), source="written-exam")
    laws = dataclasses.replace(corpus, index=index)
    asked = [lead for lead in leads(corpus, laws) if lead is not None]
    report([lead for lead in asked if lead.evidence["sampled"]], WEIGHTS)
    forget(corpus, laws)
    unasked = [lead for lead in leads(corpus, laws) if lead is not None]
    report([lead for lead in unasked if not lead.evidence["sampled"]], UNASKED)
    return 0


if __name__ == "__main__":
    sys.exit(main())
