"""The windows of all entries as one matrix, in which every question finds its own. Needs extra [models]."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional
from written import gold_name

from assistant.index.chunk import chunks
from assistant.index.embed import open_embeddings
from assistant.index.values import Entry

_AT_ONCE = 128  # windows compared with all others; 150 MB for 300,000
COPY = 0.97  # cosine of two windows from which their entries say the same; strangers in one corpus: 0.96 in the middle


@dataclass(frozen=True, slots=True)
class Windows:
    """Các đoạn: unit vectors (windows, hidden), in the order of their entries; where those of each entry start and end.

    ``names``: gold name → place of the entry; wordings of one article are one entry.
    """

    vectors: Tensor
    owners: Tensor
    bounds: Sequence[tuple[int, int]]
    names: dict[str, int]

    def scores(self, questions: Tensor) -> Tensor:
        """(questions, entries): the cosine of the best window of each entry."""
        cosines = questions @ self.vectors.T
        owners = self.owners[None].expand(len(questions), -1)
        return torch.full((len(questions), len(self.bounds)), -1.0).scatter_reduce(1, owners, cosines, "amax")

    def copies(self, golds: Sequence[tuple[int, ...]]) -> dict[tuple[int, ...], Tensor]:
        """Of each gold the other entries that say what it says, as a decree repeats its law; nobody could tell which is
        meant.
        """
        alike: dict[tuple[int, ...], set[int]] = {gold: set() for gold in golds}
        own = [(gold, window) for gold in alike for place in gold for window in range(*self.bounds[place])]
        for start in range(0, len(own), _AT_ONCE):
            part = own[start : start + _AT_ONCE]
            cosines = self.vectors[[window for _, window in part]] @ self.vectors.T
            for row, window in (cosines > COPY).nonzero().tolist():
                alike[part[row][0]].add(int(self.owners[window]))
        return {gold: torch.tensor(sorted(found.difference(gold)), dtype=torch.long) for gold, found in alike.items()}


def windows(entries: Iterable[Entry], cache: Path) -> Windows:
    """Embedded as an index embeds them; ``cache`` keeps the vectors between runs."""
    passages: dict[str, list[str]] = {}
    for entry in entries:
        passages.setdefault(gold_name(entry), []).extend(chunk.passage for chunk in chunks(entry))
    vectors = open_embeddings(cache=cache).passages([text for texts in passages.values() for text in texts])
    counts = [len(texts) for texts in passages.values()]
    return Windows(
        functional.normalize(torch.tensor(vectors), dim=1),
        torch.repeat_interleave(torch.arange(len(counts)), torch.tensor(counts)),
        list(pairwise((0, *accumulate(counts)))),
        {name: place for place, name in enumerate(passages)},
    )
