"""Vectors kept by content: what was embedded once with a model is never embedded again."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.index.stores import Vector

Half = NDArray[np.float16]
_KEY_BYTES = 16
_VARIABLES = 500


def key(model_digest: str, text: str) -> bytes:
    """The name of a text's vector under one model."""
    return hashlib.blake2b(f"{model_digest}\n{text}".encode(), digest_size=_KEY_BYTES).digest()


class VectorCache:
    """Bộ nhớ đệm véc-tơ: one SQLite file for every model; any number of processes may use it at once."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        with self._connect() as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID")
        connection.close()

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=60)

    def get(self, keys: Sequence[bytes]) -> dict[bytes, Half]:
        found: dict[bytes, Half] = {}
        connection = self._connect()
        try:
            for start in range(0, len(keys), _VARIABLES):
                part = keys[start : start + _VARIABLES]
                marks = ",".join("?" * len(part))
                rows = connection.execute(f"SELECT key, value FROM vectors WHERE key IN ({marks})", tuple(part))
                found.update((row[0], np.frombuffer(row[1], dtype=np.float16)) for row in rows)
        finally:
            connection.close()
        return found

    def put(self, vectors: Mapping[bytes, Half]) -> None:
        connection = self._connect()
        try:
            with connection:
                rows = ((name, vector.tobytes()) for name, vector in vectors.items())
                connection.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?)", rows)
        finally:
            connection.close()


class ShippedVectors:
    """Véc-tơ kèm theo: those of the shipped corpus, read-only, loaded at the first miss of the cache."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._vectors: dict[bytes, Half] | None = None

    def get(self, keys: Iterable[bytes]) -> dict[bytes, Half]:
        if self._vectors is None:
            self._vectors = self._load()
        known = self._vectors
        return {name: known[name] for name in keys if name in known}

    def _load(self) -> dict[bytes, Half]:
        if not self._path.is_file():
            return {}
        with np.load(self._path) as stored:
            return {name.tobytes(): vector for name, vector in zip(stored["keys"], stored["vectors"], strict=True)}


def save_shipped(vectors: Mapping[bytes, Vector | Half], path: Path) -> None:
    """Write the file that ``ShippedVectors`` reads, in an order that depends on the content alone."""
    names = sorted(vectors)
    keys = np.frombuffer(b"".join(names), dtype=np.uint8).reshape(len(names), _KEY_BYTES)
    values = np.stack([vectors[name] for name in names]).astype(np.float16)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        np.savez_compressed(out, keys=keys, vectors=values)
