"""Measures searching on any corpus and question file: ``troly eval retrieval``."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import BadInput
from assistant.index import Index, open_index
from assistant.index.measure import Figures, measure, read_corpus, read_questions
from assistant.index.values import Entry

ENGINES = ("chroma", "qdrant")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Kết quả đo. ``missing``: gold articles that the corpus does not hold."""

    figures: Figures
    missing: int


def evaluate(
    corpus: Path,
    questions: Path,
    *,
    strip: bool = False,
    limit: int | None = None,
    engine: str = "chroma",
    index: str = "",
) -> Evaluation:
    """Index the corpus (for this run, or at the address ``index`` to be used again) and ask every question."""
    if engine not in ENGINES:
        raise BadInput(f"Không có bộ máy “{engine}”; cần {' hoặc '.join(ENGINES)}.", param="engine")
    asked = read_questions(questions, limit)
    entries = read_corpus(corpus)
    gold = frozenset[str]().union(*(question.gold for question in asked))
    with _opened(index, engine) as target:
        _fill(target, entries, index)
        return Evaluation(measure(target, asked, strip=strip), len(gold - {entry.id for entry in entries}))


@contextmanager
def _opened(index: str, engine: str) -> Iterator[Index]:
    with tempfile.TemporaryDirectory() as scratch:
        target = open_index(index or f"{engine}:{scratch}/index", create=True)
        try:
            yield target
        finally:
            target.close()


def _fill(target: Index, entries: Sequence[Entry], index: str) -> None:
    """Other entries in the index would compete for the places that are counted."""
    held = sum(target.count().values())
    known = sum(target.get(entry.id) is not None for entry in entries) if held else 0
    if held != known:
        raise BadInput(
            f"Chỉ mục {index} đang giữ {held - known} mục không thuộc tệp văn bản, nên số đo sẽ sai. Hãy đặt --index "
            "bằng một thư mục mới, hoặc bỏ --index để dùng chỉ mục tạm.",
            param="index",
        )
    target.sync(entries, source="eval")
