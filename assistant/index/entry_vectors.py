"""Vectors by entry in one SQLite file beside the graph, for scoring what was already chosen.

A graph finds neighbours fast but gives single vectors back slowly (Chroma: 0.1 ms each, as Python floats); here those
of an entry are one value, read in microseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np

from assistant.index.chunk import parse_chunk_id
from assistant.index.sqlite_file import SqliteFile, slices
from assistant.index.stores import Vector
from assistant.index.values import Chunk

_SCHEMA = "CREATE TABLE IF NOT EXISTS vectors (entry TEXT PRIMARY KEY, value BLOB NOT NULL)"
_STORED = np.float16  # what the cache of vectors holds too


class EntryVectors:
    """Véc-tơ theo mục: a row an entry, its chunks' vectors one after the other."""

    def __init__(self, path: Path, dimension: int) -> None:
        self._file = SqliteFile(path, _SCHEMA)
        self._dimension = dimension

    def cosines(self, vector: Vector, entry_ids: Iterable[str]) -> dict[str, Vector]:
        """Entry id → cosine of each of its chunks in turn; an entry that is not held has none."""
        names, values = self._read(list(entry_ids))
        if not names:
            return {}
        matrix = np.frombuffer(b"".join(values), dtype=_STORED).reshape(-1, self._dimension).astype(np.float32)
        # Not by @, whose last bits depend on what else is compared: near ties would change places.
        dots, squares = np.einsum("ij,j->i", matrix, vector), np.einsum("ij,ij->i", matrix, matrix)
        cosines = dots / np.sqrt(squares)
        width = self._dimension * np.dtype(_STORED).itemsize
        ends = accumulate(len(value) // width for value in values)
        return {name: cosines[start:end] for name, (start, end) in zip(names, pairwise((0, *ends)), strict=True)}

    def _read(self, entry_ids: Sequence[str]) -> tuple[list[str], list[bytes]]:
        names, values = [], []
        with self._file.connection() as connection:
            for part in slices(entry_ids):
                marks = ",".join("?" * len(part))
                sql = f"SELECT entry, value FROM vectors WHERE entry IN ({marks})"
                for name, value in connection.execute(sql, tuple(part)):
                    names.append(name)
                    values.append(value)
        return names, values

    def replace(self, chunks: Sequence[Chunk], vectors: Vector, stale: Sequence[str]) -> None:
        """``chunks`` are all those of their entries, in order; an entry whose first chunk is stale is gone."""
        parts: dict[str, list[bytes]] = {}
        for chunk, vector in zip(chunks, vectors.astype(_STORED), strict=True):
            parts.setdefault(chunk.entry_id, []).append(vector.tobytes())
        gone = [entry for entry, n in map(parse_chunk_id, stale) if n == 0]
        with self._file.connection() as connection:
            connection.executemany("DELETE FROM vectors WHERE entry = ?", ((name,) for name in gone))
            rows = ((name, b"".join(values)) for name, values in parts.items())
            connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)

    def clear(self) -> None:
        with self._file.connection() as connection:
            connection.execute("DELETE FROM vectors")

    def close(self) -> None:
        self._file.close()
