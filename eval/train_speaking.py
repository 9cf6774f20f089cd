"""Learns the weights of ``assistant/answer/speaking.py``: which of the nearest hits speaks most of the question.

    TROLY_INDEX=… python eval/train_speaking.py

Asks, on the shipped corpus, the phrasings that the corpus was made with, the questions written apart
(eval/held_out/corpus.jsonl), and sample questions as if they were not known yet (later.py); and learns a conditional
logit: the chance that a hit answers is the softmax, over the hits of its question, of its standing and the weighted
sum. Prints how often the right one leads, and is among the first three, before and after (five folds by what answers,
so that no record is known from another question), and the weights of all. Before that it prints what ``EXPECTED`` in
confidence.py is: of all hits of the first two, what their sample questions say by what else is known of them. Needs
scipy, which comes with the extra [models].
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from bench_phrasings import FILES, ROOT
from later import forget_later, later
from numpy.typing import NDArray
from ranker_folds import FOLDS, fold_of
from scipy.optimize import minimize
from train_confidence import ON
from written import HELD_OUT, SHIPPED, gold_name, gold_of

from assistant.agents.desk import open_resources
from assistant.answer.confidence import EXPECTED, evidence
from assistant.answer.pipeline import Resources, steps
from assistant.answer.retrieve import NO_SEARCH, nearest, standings
from assistant.answer.speaking import NEAREST, WEIGHTS, told
from assistant.answer.turn import Ask, Turn
from assistant.answer.values import Question
from assistant.index.values import Audience
from assistant.settings import settings

APART = HELD_OUT / f"{SHIPPED}.jsonl"
RIDGE = 0.1
STANDING = 1.38  # what the standing weighs: kept, since confidence learned how far one stands before another
APART_COUNTS, PHRASING, LATER = 1.0, 0.5, 0.1  # what a question of each kind counts: the later ones are many


@dataclass(frozen=True, slots=True)
class Example:
    """Ví dụ: the nearest hits of one question in the order of their standing, the first of ``rows``."""

    kind: str
    rows: NDArray[np.float64]
    right: NDArray[np.bool_]
    weight: float
    fold: int

    def order(self, weights: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which are right, in the order of the sum."""
        return self.right[np.argsort(-(self.rows @ weights), kind="stable")]


def written() -> Iterator[tuple[Path, dict[str, Any], set[str]]]:
    """The questions written apart and the phrasings, each with its file and what answers it."""
    for path in (APART, *(ROOT / "eval" / file for file in FILES)):
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            yield path, row, gold_of(row)


def expected(resources: Resources) -> dict[str, list[float]]:
    """By least squares; each is a base, and what meaning, name and body add."""
    found = (
        first_asked(resources, row["question"], row.get("audience", "citizen")) for _, row, gold in written() if gold
    )
    known = [evidence(hit, ask) for ask in found if ask for hit in ask.hits[:NEAREST] if "asked" in hit.signals]
    rows = np.array([[1.0, row["meaning"], row["named"], row["body"]] for row in known])
    said = np.array([[row[name] for name in EXPECTED] for row in known])
    shares = np.linalg.lstsq(rows, said, rcond=None)[0].T.round(2).tolist()
    return dict(zip(EXPECTED, shares, strict=True))


def examples(resources: Resources) -> Iterator[Example]:
    for path, row, gold in written():
        kind, weight = ("viết riêng", APART_COUNTS) if path == APART else ("cách hỏi", PHRASING)
        yield from example(resources, kind, weight, row, gold)
    forget_later(resources.index)
    for row in later():
        yield from example(resources, "viết sau", LATER, row, set(row["gold"]))


def example(
    resources: Resources, kind: str, weight: float, row: Mapping[str, Any], gold: set[str]
) -> Iterator[Example]:
    """The question as an example; nothing where the corpus does not answer it, or nothing is looked up."""
    audience = row.get("audience", "citizen")
    asked = first_asked(resources, row["question"], audience) if gold else None
    if asked is None:
        return
    hits = asked.hits[:NEAREST]
    right = np.array([bool({hit.entry.number, gold_name(hit.entry)} & gold) for hit in hits])
    standing = standings(asked, list(hits), Audience(audience))
    rows = np.column_stack([[standing[hit.entry.id] for hit in hits], told(asked, hits)])
    yield Example(kind, rows, right, weight, fold_of(min(gold)))


def first_asked(resources: Resources, question: str, audience: str) -> Ask | None:
    """The first question of the message with its nearest hits; None where nothing is looked up."""
    turn = Turn(Question(question, audience=Audience(audience), as_of=ON), today=ON)
    for step in steps(audience, resources)[:4]:
        turn = step(turn)
        if turn.answer is not None:
            return None
    asked = (nearest(ask, turn, resources.index) for ask in turn.asks if ask.route not in NO_SEARCH)
    return next((ask for ask in asked if ask.hits), None)


def learn(given: Sequence[Example]) -> NDArray[np.float64]:
    given = [example for example in given if example.right.any()]

    def loss(learned: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        value, slope = RIDGE * float(learned @ learned) / 2, RIDGE * learned
        weights = np.append(STANDING, learned)
        for example in given:
            sums = example.rows @ weights
            chance = np.exp(sums - sums.max())
            chance /= chance.sum()
            wanted = example.right / example.right.sum()
            value -= example.weight * float(wanted @ np.log(chance + 1e-12))
            slope = slope + example.weight * example.rows[:, 1:].T @ (chance - wanted)
        return value, slope

    return np.append(STANDING, minimize(loss, np.zeros(len(WEIGHTS)), jac=True, method="L-BFGS-B").x)


def leading(ordered: Sequence[NDArray[np.bool_]]) -> str:
    return "  ".join(f"{np.mean([right[:k].any() for right in ordered]):.4f}" for k in (1, 3))


def main() -> int:
    resources = open_resources(settings())
    print(expected(resources))
    found = list(examples(resources))
    before = np.zeros(1 + len(WEIGHTS))
    before[0] = 1.0
    shipped = np.array([1.0, *WEIGHTS.values()])
    unseen = [learn([example for example in found if example.fold != part]) for part in range(FOLDS)]
    for kind in dict.fromkeys(example.kind for example in found):
        chosen = [example for example in found if example.kind == kind]
        print(f"{kind}: {len(chosen)} câu; đúng đứng đầu, trong ba")
        print("   theo thứ tự cũ      ", leading([example.order(before) for example in chosen]))
        print("   câu không được học  ", leading([example.order(unseen[example.fold]) for example in chosen]))
        print("   trọng số đang dùng  ", leading([example.order(shipped) for example in chosen]))
    weights = learn(found)
    print(dict(zip(WEIGHTS, (weights[1:] / weights[0]).round(2).tolist(), strict=True)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
