"""Records as if nobody had asked about them yet: like a document that an office adds, without sample questions."""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Iterable
from pathlib import Path

from assistant.index import Index
from assistant.index.samples import QUESTIONS, build_samples, open_samples


def hidden(record: str) -> bool:
    """Three in ten of the shipped records."""
    return zlib.crc32(record.encode()) % 10 < 3


def know_only(rows: Iterable[tuple[str, tuple[str, ...]]], *indexes: Index) -> None:
    """Make open indexes of the default engine know these sample questions alone; takes some minutes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / QUESTIONS
        build_samples(rows, path, indexes[0].embeddings)
        known = open_samples(path, indexes[0].embeddings.asking)
    for index in indexes:
        index._searcher._samples = known  # type: ignore[attr-defined]
