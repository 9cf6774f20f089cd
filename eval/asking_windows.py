"""The windows of all entries as one matrix, in which every question finds its own. Needs extra [models]."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from written import gold_name

from assistant.index.chunk import chunks
from assistant.index.embed import open_embeddings
from assistant.index.values import Entry


@dataclass(frozen=True, slots=True)
class Windows:
    """Các đoạn: unit vectors (windows, hidden), the entry of each, and the place of each entry by its gold name."""

    vectors: Tensor
    owners: Tensor
    places: dict[str, int]

    def scores(self, questions: Tensor) -> Tensor:
        """(questions, entries): the cosine of the best window of each entry."""
        cosines = questions @ self.vectors.T
        owners = self.owners[None].expand(len(questions), -1)
        return torch.full((len(questions), len(self.places)), -1.0).scatter_reduce(1, owners, cosines, "amax")


def windows(entries: Sequence[Entry], cache: Path) -> Windows:
    """Embedded as an index embeds them; ``cache`` keeps the vectors between runs."""
    passages, owners = [], []
    for place, entry in enumerate(entries):
        for chunk in chunks(entry):
            passages.append(chunk.passage)
            owners.append(place)
    vectors = torch.tensor(open_embeddings(cache=cache).passages(passages))
    return Windows(vectors, torch.tensor(owners), {gold_name(entry): n for n, entry in enumerate(entries)})
