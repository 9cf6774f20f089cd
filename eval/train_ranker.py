"""Learns ``assistant/index/data/ranker.npz``: the trees and weights that order provisions which match a question alike.

    python eval/train_ranker.py ../shared/data --work FOLDER --whole chroma:FOLDER [--write]

Asks the development questions as typed and without diacritics, in indexes of their own articles and in one of the whole
codified corpus (bench_whole.py says which). There also questions written for this project are asked, on laws and as
many on decrees, circulars and decisions, so that laws do not come first only because they are asked about; on articles
with sample questions and without. In their own indexes they are also asked as if nothing had sample questions, as in a
law that is new. Takes the features of the candidates from the search itself, prints the figures of a five-fold
cross-validation (all copies of a question always in the same fold), and with ``--write`` learns from all of them. Needs
lightgbm, which the product does not: its trees are kept as plain arrays.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from bench_retrieval import SETS
from bench_whole import inside, move_sets
from numpy.typing import NDArray
from ranker_folds import FOLDS, fold_of, path_of
from ranker_linear import SHARE, learn_linear
from written import HELD_OUT

from assistant.index import open_index, search
from assistant.index.asking import as_query
from assistant.index.features import NAMES, Candidate, Row
from assistant.index.hybrid import HybridIndex
from assistant.index.linear import standardised
from assistant.index.measure import Asked, read_corpus, read_questions
from assistant.index.ranker import TREES
from assistant.index.samples import NONE
from assistant.language.normalise import fold

ROUNDS = 600
# How much a question counts: among all of them, the few of the smaller indexes would be drowned.
WEIGHTS = {"alqac": 3.0, "citizen": 3.0, "whole citizen": 2.0}
PARAMETERS: dict[str, Any] = {
    "objective": "lambdarank",
    "lambdarank_truncation_level": 10,
    "learning_rate": 0.05,
    "num_leaves": 16,
    "min_data_in_leaf": 40,
    "feature_fraction": 0.2,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "seed": 0,
    "deterministic": True,
    "verbose": -1,
    "num_threads": 1,
}


@dataclass(frozen=True, slots=True)
class Example:
    """Ví dụ: the candidates of one question in the order of the fused score; ``wanted`` counts all gold entries."""

    rows: Row
    right: NDArray[np.bool_]
    wanted: int
    fold: int
    weight: float


class Recorder:
    """Stands where the ranker stands, keeps the order, and remembers what it was given."""

    def __init__(self) -> None:
        self.rows: Row = np.zeros((0, len(NAMES)), np.float32)
        self.ids: list[str] = []

    def features(self, text: str, typed: str, candidates: Sequence[Candidate]) -> Row:
        from assistant.index.features import features  # noqa: PLC0415 (the real one, not what stands in search)

        self.rows, self.ids = features(text, typed, candidates), [candidate.entry.id for candidate in candidates]
        return self.rows

    def scores(self, rows: Row) -> NDArray[np.float32]:
        return -np.arange(len(rows), dtype=np.float32)


def examples(index: HybridIndex, questions: Sequence[Asked], weight: float, *, strip: bool) -> list[Example]:
    """The candidates that the search itself finds."""
    recorder = Recorder()
    search.features = recorder.features
    index._searcher._ranker = recorder  # type: ignore[assignment]
    found = []
    for asked in questions:
        index.search(as_query(fold(asked.text) if strip else asked.text))
        right = np.array([name in asked.gold for name in recorder.ids])
        found.append(Example(recorder.rows, right, len(asked.gold), fold_of(asked.id), weight))
    return found


@dataclass(frozen=True, slots=True)
class Learned:
    """The trees, and the weights of the sum that is added to theirs."""

    trees: lightgbm.Booster
    linear: Row

    def scores(self, rows: Row) -> NDArray[np.float64]:
        summed: NDArray[np.float64] = self.trees.predict(rows) + standardised(rows) @ self.linear
        return summed


def learn(chosen: Sequence[Example]) -> Learned:
    chosen = [example for example in chosen if example.right.any()]
    linear = learn_linear([e.rows for e in chosen], [e.right for e in chosen])
    return Learned(learn_trees(chosen), (linear * SHARE).astype(np.float32))


def learn_trees(chosen: Sequence[Example]) -> lightgbm.Booster:
    rows, right = (np.concatenate(parts) for parts in zip(*((e.rows, e.right) for e in chosen), strict=True))
    sizes = [len(e.rows) for e in chosen]
    weights = np.repeat([e.weight for e in chosen], sizes)
    return lightgbm.train(PARAMETERS, lightgbm.Dataset(rows, right.astype(int), group=sizes, weight=weights), ROUNDS)


def figures(ordered: Sequence[tuple[NDArray[np.bool_], int]]) -> NDArray[np.float64]:
    """R@1, R@3, R@10, hit@10, MRR@10."""
    table = []
    for right, wanted in ordered:
        places = np.flatnonzero(right[:10])
        recalls = [(places < k).sum() / wanted for k in (1, 3, 10)]
        table.append([*recalls, float(len(places) > 0), 1 / (places[0] + 1) if len(places) else 0.0])
    return np.array(table).mean(axis=0).round(4)


def validate(sets: dict[str, list[Example]], keep: bool) -> None:
    """Print the figures of each question under models that have not seen it; ``keep`` those models for the bench."""
    for name, found in sets.items():
        print(f"{name:24} fused  {figures([(e.right, e.wanted) for e in found])}")
    ordered: dict[str, list[tuple[NDArray[np.bool_], int]]] = {name: [] for name in sets}
    for part in range(FOLDS):
        learned = learn([e for found in sets.values() for e in found if e.fold != part])
        if keep:
            write(learned, path_of(part))
        for name, found in sets.items():
            for example in (e for e in found if e.fold == part):
                order = np.argsort(-learned.scores(example.rows), kind="stable")
                ordered[name].append((example.right[order], example.wanted))
    for name, outcome in ordered.items():
        print(f"{name:24} ranker {figures(outcome)}")


def write(learned: Learned, path: Path) -> None:
    """The trees as arrays; a leaf leads to itself."""
    trees = [_flat(tree["tree_structure"]) for tree in learned.trees.dump_model()["tree_info"]]
    size = max(len(nodes) for nodes in trees)
    table = np.zeros((5, len(trees), size), dtype=np.float64)
    for n, nodes in enumerate(trees):
        table[:, n, : len(nodes)] = np.array(nodes).T
    feature, threshold, left, right, value = table
    path.parent.mkdir(exist_ok=True)
    np.savez_compressed(
        path,
        names=np.array(NAMES),
        feature=feature.astype(np.int16),
        threshold=threshold.astype(np.float32),
        left=left.astype(np.int16),
        right=right.astype(np.int16),
        value=value.astype(np.float32),
        linear=learned.linear,
    )


def _flat(root: dict[str, Any]) -> list[list[float]]:
    """Nodes as [feature, threshold, left, right, value]."""
    nodes: list[list[float]] = []

    def add(node: dict[str, Any]) -> int:
        at = len(nodes)
        nodes.append([0, 0.0, at, at, node.get("leaf_value", 0.0)])
        if "split_feature" in node:
            children = add(node["left_child"]), add(node["right_child"])
            nodes[at] = [node["split_feature"], node["threshold"], *children, 0.0]
        return at

    add(root)
    return nodes


def in_their_own(data: Path, work: Path) -> dict[str, list[Example]]:
    sets: dict[str, list[Example]] = {}
    for name, corpus, asked in SETS:
        index = open_index(f"chroma:{work / name}", create=True)
        assert isinstance(index, HybridIndex)
        index.sync(read_corpus(data / corpus), source=name)
        questions = read_questions(data / asked)
        sets |= both_forms(name, index, questions)
        index._searcher._samples = NONE
        sets[f"{name} without samples"] = examples(index, questions, 1.0, strip=False)
        index.close()
    return sets


def in_the_whole(data: Path, url: str) -> dict[str, list[Example]]:
    index = open_index(url)
    assert isinstance(index, HybridIndex)
    own = {name: read_questions(HELD_OUT / f"{name}.jsonl") for name in ("everyday", "decrees", "second")}
    asked = inside(move_sets(index, data), data) | own
    sets: dict[str, list[Example]] = {}
    for name, questions in asked.items():
        sets |= both_forms(f"whole {name}", index, questions)
    index.close()
    return sets


def both_forms(name: str, index: HybridIndex, questions: Sequence[Asked]) -> dict[str, list[Example]]:
    weight = WEIGHTS.get(name, 1.0)
    return {
        name: examples(index, questions, weight, strip=False),
        f"{name} stripped": examples(index, questions, weight, strip=True),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, required=True, help="folder that keeps the indexes between runs")
    parser.add_argument("--whole", required=True, help="URL of an index of the whole codified corpus; written to")
    parser.add_argument("--write", action="store_true", help=f"write {TREES.name} and the models of the folds")
    options = parser.parse_args()
    sets = in_their_own(options.data, options.work) | in_the_whole(options.data, options.whole)
    validate(sets, options.write)
    if options.write:
        write(learn([example for found in sets.values() for example in found]), TREES)
    return 0


if __name__ == "__main__":
    sys.exit(main())
