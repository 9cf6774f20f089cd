"""Writing into a folder that others use: a lock that the system lets go of when its holder dies, and full disks."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import IndexProblem, StorageFull

_LEAST = 8_000_000  # bytes: an engine that fails with less room than this failed for want of room


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


@contextmanager
def room(folder: Path) -> Iterator[None]:
    """Name a full disk, whichever words the engine finds for it.

    Raises StorageFull: what was written before stays, and a new run goes on from there.
    """
    try:
        yield
    except Exception as error:
        if shutil.disk_usage(folder).free >= _LEAST:
            raise
        raise StorageFull(
            "Ổ đĩa đã đầy khi ghi chỉ mục. Phần đã ghi vẫn còn nguyên; hãy giải phóng dung lượng rồi chạy lại lệnh nạp."
        ) from error
