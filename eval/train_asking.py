"""Learns ``assistant/index/data/asking.npz``: how questions are embedded, so that they come near what answers them.

    python eval/train_asking.py ../shared/data --work FOLDER --write

Learns from the questions of corpus/questions/, which were written for this project by reading the articles and
procedures and hold none of the development questions; a question is also learned as it is understood when typed without
diacritics. What ships was learned from the first 12,751 of them. Vectors of passages stay as they are: every question
is drawn to the windows of its gold and away from those of all other entries of its index at once (a softmax, best
window each), but for copies of its gold. There are two indexes: the whole codified corpus with the other articles and
procedures of ``data``, and corpus/, whose guides say what articles say too and would be held against them. Needs extra
[models]; on two cores about 40 minutes a round of 35,000, the embedding of the passages apart (an hour or two), which
``--work`` keeps.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from asking_model import Encoder
from asking_windows import Windows, windows
from torch import Tensor
from torch.nn import functional
from written import ASKING, HELD_OUT, SHIPPED, TEXTS, read_texts, read_written

from assistant.index.asking import as_query
from assistant.index.asking_weights import LEARNED
from assistant.index.measure import Asked, figures
from assistant.language.normalise import fold

EPOCHS, BATCH, RATE, WARM = 2, 16, 7e-4, 20
TEMPERATURE = 0.03
SHARE = 0.7  # of what was learned that is kept: half way back to the packaged weights generalises better (docs/log.md)
SEED = 1
# Texts that are searched together, each with the files of questions on them; then those that are only asked afterwards.
INDEXES = (
    (tuple(TEXTS), ("exam", "enterprise", "everyday", "decrees")),
    ((SHIPPED,), (SHIPPED,)),
)
SHARES = (0.0, SHARE)


@dataclass(frozen=True, slots=True)
class Example:
    """Ví dụ: token ids as typed and as understood without diacritics, and where in which index the answers stand."""

    forms: tuple[Sequence[int], Sequence[int]]
    gold: tuple[int, ...]
    copies: Tensor
    held: Windows


def examples(encoder: Encoder, written: Sequence[Asked], held: Windows) -> list[Example]:
    def ids(question: str) -> Sequence[int]:
        return encoder.ids(as_query(question).text)

    golds = [tuple(sorted(held.names[name] for name in row.gold)) for row in written]
    copies = held.copies(golds)
    return [
        Example((ids(row.text), ids(fold(row.text))), gold, copies[gold], held)
        for row, gold in zip(written, golds, strict=True)
    ]


def scores(encoder: Encoder, batch: Sequence[Example], forms: Sequence[int]) -> Tensor:
    """(questions, entries) of the one index that they all ask; copies of the gold come last."""
    vectors = encoder([example.forms[form] for example, form in zip(batch, forms, strict=True)])
    copies = torch.zeros(len(batch), len(batch[0].held.bounds), dtype=torch.bool)
    for row, example in zip(copies, batch, strict=True):
        row[example.copies] = True
    return batch[0].held.scores(vectors).masked_fill(copies, -1.0)


def batches(given: Sequence[Example], chance: random.Random) -> Iterator[list[Example]]:
    """In random order; questions of one index and of nearly one length share a batch."""
    ordered = sorted(given, key=lambda example: len(example.forms[0]) + chance.random() * 12)
    by_index = [
        [example for example in ordered if example.held is held]
        for held in {id(e.held): e.held for e in given}.values()
    ]
    cut = [part[start : start + BATCH] for part in by_index for start in range(0, len(part), BATCH)]
    chance.shuffle(cut)
    yield from cut


def loss_of(encoder: Encoder, batch: Sequence[Example], chance: random.Random) -> Tensor:
    """How unlikely the gold is among all entries of the index: half for any of it, half for each of it."""
    forms = [int(chance.random() < 0.5) for _ in batch]
    likely = functional.log_softmax(scores(encoder, batch, forms) / TEMPERATURE, dim=1)
    golds = [row[list(example.gold)] for row, example in zip(likely, batch, strict=True)]
    return -torch.stack([(gold.logsumexp(0) + gold.mean()) / 2 for gold in golds]).mean()


def learn(encoder: Encoder, given: Sequence[Example]) -> None:
    chance = random.Random(SEED)
    learned = [values for values in encoder.parameters() if values.requires_grad]
    optimiser = torch.optim.AdamW(learned, lr=RATE, weight_decay=0.01)
    steps = EPOCHS * -(-len(given) // BATCH)
    rate = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda n: min(1.0, (n + 1) / WARM) * (1.0 - n / steps))
    encoder.train()
    for epoch in range(EPOCHS):
        total = 0.0
        for batch in batches(given, chance):
            loss = loss_of(encoder, batch, chance)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(learned, 1.0)
            optimiser.step()
            rate.step()
            total += float(loss.detach()) * len(batch)
        print(f"lượt {epoch + 1}/{EPOCHS}: {total / len(given):.4f}", flush=True)


@torch.no_grad()
def measured(encoder: Encoder, asked: Sequence[Asked], given: Sequence[Example]) -> str:
    """R@1, R@10 and MRR@10 by the embedding alone, as typed and without diacritics."""
    encoder.eval()
    names, told = list(given[0].held.names), []
    for form in (0, 1):
        found = []
        for start in range(0, len(given), BATCH):
            batch = given[start : start + BATCH]
            best = scores(encoder, batch, [form] * len(batch)).topk(10).indices.tolist()
            found += [[names[place] for place in places] for places in best]
        got = figures(asked, found, [])
        told.append(f"{got.recall_1} {got.recall_10} {got.mrr_10}")
    return "   ".join(told)


def questions(
    encoder: Encoder, data: Path, work: Path
) -> tuple[list[Example], dict[str, tuple[list[Asked], list[Example]]]]:
    """What is learned from, and by their name the questions written apart."""
    given: list[Example] = []
    unseen: dict[str, tuple[list[Asked], list[Example]]] = {}
    for texts, apart in INDEXES:
        held = windows((entry for name in texts for entry in read_texts(data, name)), work)
        given += examples(encoder, [row for name in texts for row in read_written(ASKING, name)], held)
        for name in apart:
            rows = read_written(HELD_OUT, name)
            unseen[name] = rows, examples(encoder, rows, held)
    return given, unseen


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, required=True, help="folder that keeps the vectors between runs")
    parser.add_argument("--write", action="store_true", help=f"write {LEARNED.name}")
    options = parser.parse_args()
    torch.manual_seed(SEED)
    encoder = Encoder()
    given, unseen = questions(encoder, options.data, options.work)
    learn(encoder, given)
    encoder.keep(SHARE)
    if options.write:
        encoder.save(LEARNED)
    for share in SHARES:
        encoder.keep(share)
        for name, (asked, theirs) in unseen.items():
            print(f"{name:12} {share:.1f}  {measured(encoder, asked, theirs)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
