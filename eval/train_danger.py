"""Learns ``assistant/answer/data/danger.npz``: which messages are sent out of danger, and the number to call.

    python eval/train_danger.py [--write]

Learns from eval/danger/: messages out of emergencies, and questions that only use their words; and from the questions
of corpus/questions/, none of which is an emergency. What is found and what is called an emergency for nothing is
counted on messages not learned from (five folds). Needs scikit-learn, which comes with the extra [models].
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from written import ASKING, HELD_OUT, read_written

from assistant.answer.danger import LEARNED, NUMBERS, PERHAPS, SURE, Alarm, message_of
from assistant.answer.turn import Turn
from assistant.answer.understand import understand
from assistant.answer.values import Question
from assistant.index.likelihood import terms_of
from assistant.language.restore import Restorer

FOLDER = HELD_OUT.parent / "danger"
SAMPLE = 3  # of the questions that are none, every so-manieth is learned from
ORDINARY = 6_000  # what all these weigh together, a message of eval/danger/ being 1, however many they are
LEAST = 4  # messages that a term has to stand in
PENALTY, FOLDS = 1 / 30, 5
NONE = np.zeros(0, np.float32)


def messages() -> tuple[list[str], list[str], list[str]]:
    """Messages, the number to call for each, and their kind."""
    rows = [
        (row["message"], row["number"], "nguy hiểm" if row["number"] else "chỉ giống lời")
        for name in ("danger", "safe")
        for row in map(json.loads, (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines())
    ]
    names = sorted(path.stem for path in ASKING.glob("*.jsonl"))
    rows += [(row.text, "", "câu hỏi thường") for name in names for row in read_written(ASKING, name)[::SAMPLE]]
    texts, numbers, kinds = (list(column) for column in zip(*rows, strict=True))
    return texts, numbers, kinds


def understood(texts: Sequence[str]) -> list[str]:
    """As the step ``danger`` hears them."""
    step = understand(Restorer.default())
    return [message_of(step(Turn(Question(text), today=date(2026, 11, 28), text=text))) for text in texts]


def untaught(texts: Sequence[str]) -> Alarm:
    """The terms that enough of the messages hold, with how rarely they do."""
    terms, held = np.unique(np.concatenate([terms_of(text) for text in texts]), return_counts=True)
    terms, held = terms[held >= LEAST], held[held >= LEAST]
    rarity = (np.log((1 + len(texts)) / (1 + held)) + 1).astype(np.float16)
    return Alarm(terms, rarity.astype(np.float32), NONE, NONE)


def rows_of(alarm: Alarm, texts: Sequence[str]) -> csr_matrix:
    """Messages × terms."""
    places, shares = zip(*(alarm.known(text) for text in texts), strict=True)
    begins = np.cumsum([0, *map(len, places)])
    return csr_matrix((np.concatenate(shares), np.concatenate(places), begins), (len(texts), len(alarm.terms)))


def learn(rows: csr_matrix, wanted: NDArray[np.intp], weights: NDArray[np.float64]) -> LogisticRegression:
    return LogisticRegression(C=1 / PENALTY, max_iter=3_000).fit(rows, wanted, sample_weight=weights)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help=f"write {LEARNED.name}")
    options = parser.parse_args()
    texts, numbers, told = messages()
    texts = understood(texts)
    alarm, kinds = untaught(texts), np.array(told)
    rows = rows_of(alarm, texts)
    wanted = np.array([NUMBERS.index(number) for number in numbers])
    ordinary = kinds == "câu hỏi thường"
    weights = np.where(ordinary, ORDINARY / ordinary.sum(), 1.0)
    folds = np.random.default_rng(0).integers(0, FOLDS, len(texts))
    shares = np.zeros((len(texts), len(NUMBERS)))
    for part in range(FOLDS):
        unseen = folds == part
        shares[unseen] = learn(rows[~unseen], wanted[~unseen], weights[~unseen]).predict_proba(rows[unseen])
    sure = 1.0 - shares[:, 0]
    for kind in dict.fromkeys(told):
        chosen = sure[kinds == kind]
        print(
            f"{kind:16} {len(chosen):5}", *(f"≥ {least}: {(chosen >= least).mean():.4f}" for least in (SURE, PERHAPS))
        )
    called = wanted > 0
    print("đúng số", (shares[called, 1:].argmax(1) + 1 == wanted[called]).mean().round(3))
    if options.write:
        write(alarm, learn(rows, wanted, weights))
    return 0


def write(alarm: Alarm, learned: LogisticRegression) -> None:
    parts = {"rarity": alarm.rarity, "weights": learned.coef_, "bias": learned.intercept_}
    halves = {name: part.astype(np.float16) for name, part in parts.items()}
    np.savez_compressed(LEARNED, terms=alarm.terms, **halves)


if __name__ == "__main__":
    sys.exit(main())
