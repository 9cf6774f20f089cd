"""Reranking with a CrossEncoder (extra [models], off by default): the best hits are read beside the question."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from importlib.util import find_spec
from typing import Any

from assistant.errors import MissingExtra, ModelUnavailable
from assistant.index import Index
from assistant.index.values import Audience, Entry, Hit, Query, SyncReport

POOL = 20  # hits that are read; those after them keep their places
MAX_CHARS = 2_000  # of one passage


class Reranker:
    """Mô hình xếp hạng lại: any sentence-transformers CrossEncoder, by folder or by a name held on this machine."""

    def __init__(self, name: str) -> None:
        if find_spec("sentence_transformers") is None:
            raise MissingExtra(
                f"Mô hình xếp hạng lại “{name}” (TROLY_RERANKER) cần phần mở rộng [models]. Hãy chạy: "
                "pip install 'troly[models]', hoặc để trống TROLY_RERANKER."
            )
        from sentence_transformers import CrossEncoder  # noqa: PLC0415 (imports torch)

        try:
            self._model: Any = CrossEncoder(name, device="cpu")
        except (OSError, ValueError) as error:
            raise ModelUnavailable(
                f"Không mở được mô hình xếp hạng lại “{name}”. TROLY_RERANKER phải là thư mục của một CrossEncoder, "
                "hoặc tên một mô hình đã có sẵn trên máy; để trống là tắt."
            ) from error

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        """How well each passage answers the question; higher is better, the scale is the model's own."""
        return [float(score) for score in self._model.predict([(question, passage) for passage in passages])]


class RerankedIndex:
    """Chỉ mục có xếp hạng lại: everything but ``search`` is the inner index's."""

    def __init__(self, inner: Index, reranker: Reranker) -> None:
        self._inner = inner
        self.embeddings = inner.embeddings
        self._reranker = reranker

    def search(self, query: Query) -> list[Hit]:
        """The hits of the inner index, the first ``POOL`` of them in the order of the model."""
        hits = self._inner.search(dataclasses.replace(query, k=max(query.k, POOL)))
        return reordered(query.text, hits, self._reranker)[: query.k]

    def get(self, entry_id: str, *, audience: Audience = Audience.CITIZEN) -> Entry | None:
        return self._inner.get(entry_id, audience=audience)

    def entries(
        self, number: str, locator: str = "", *, audience: Audience = Audience.CITIZEN, on: date | None = None
    ) -> list[Entry]:
        return self._inner.entries(number, locator, audience=audience, on=on)

    def sync(
        self,
        entries: Iterable[Entry],
        *,
        source: str,
        complete: bool = True,
        total: int | None = None,
        progress: Callable[[int, int | None, float], None] | None = None,
    ) -> SyncReport:
        return self._inner.sync(entries, source=source, complete=complete, total=total, progress=progress)

    def count(self) -> dict[str, int]:
        return self._inner.count()

    def close(self) -> None:
        self._inner.close()


def reordered(question: str, hits: Sequence[Hit], reranker: Reranker) -> list[Hit]:
    """The best get the best of the scores they had: what reads scores keeps its scale. Ties keep their order."""
    pool, rest = hits[:POOL], hits[POOL:]
    if len(pool) < 2:
        return list(hits)
    scores = reranker.scores(question, [_passage(hit) for hit in pool])
    order = sorted(range(len(pool)), key=lambda n: -scores[n])
    moved = [
        dataclasses.replace(pool[old], score=pool[new].score, signals={**pool[old].signals, "rerank": scores[old]})
        for new, old in enumerate(order)
    ]
    return [*moved, *rest]


def _passage(hit: Hit) -> str:
    head = " ".join(filter(None, (hit.entry.title, hit.entry.heading)))
    return f"{head}\n{hit.chunk_text}"[:MAX_CHARS]
