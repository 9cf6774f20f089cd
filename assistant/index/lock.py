"""Keeping other processes off a folder: a lock that the system lets go of when its holder dies."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import IndexProblem


@contextmanager
def held(path: Path, wait: float, busy: str) -> Iterator[None]:
    """Hold the lock at ``path``. Raises IndexProblem with the sentence ``busy`` after ``wait`` seconds."""
    connection = sqlite3.connect(path, timeout=wait, isolation_level=None, check_same_thread=False)
    try:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise IndexProblem(busy) from error
        yield
    finally:
        connection.close()
