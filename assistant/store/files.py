"""Uploaded and produced files: bytes in a folder, what is known of them in the database."""

from __future__ import annotations

import errno
import hashlib
import re
import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Engine, delete, insert, select

from assistant.errors import NotFound, StorageFull, StoreProblem, TooLarge
from assistant.store.database import files, now, transaction

_BLOCK = 1 << 20
# Controls, and the marks that turn the reading direction (a name may otherwise end in “xcod.exe” and show “.docx”).
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class StoredFile:
    """Tệp đang giữ. ``owner``: the id of the key that uploaded it."""

    id: str
    owner: str
    name: str
    purpose: str
    bytes: int
    sha256: str
    created_at: datetime
    expires_at: datetime
    path: Path


class FileStore:
    """Kho tệp: a file is seen by its owner only, until it expires."""

    def __init__(self, engine: Engine, folder: Path, days: int) -> None:
        self._engine = engine
        self._folder = folder
        self._days = days

    def add(
        self,
        source: BinaryIO,
        *,
        name: str,
        owner: str,
        purpose: str,
        limit: int | None = None,
        check: Callable[[Path], None] | None = None,
    ) -> StoredFile:
        """Keep a copy; ``check`` may refuse it. Raises StorageFull, TooLarge (over ``limit`` bytes): nothing stays."""
        identity = f"file-{secrets.token_hex(16)}"
        part, path = self._folder / f".{identity}.part", self._folder / identity
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            size, digest = _copy(source, part, limit)
            if check:
                check(part)
            created = now()
            kept = StoredFile(
                identity,
                owner,
                clean_name(name),
                purpose,
                size,
                digest,
                created,
                created + timedelta(days=self._days),
                path,
            )
            part.rename(path)
            self._register(kept)
        except OSError as error:
            path.unlink(missing_ok=True)
            raise _told(error) from error
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        finally:
            part.unlink(missing_ok=True)
        return kept

    def get(self, identity: str, owner: str | None) -> StoredFile:
        """``owner`` None: any owner's. NotFound: no such file, another's, or over."""
        found = [f for f in self._select(files.c.id == identity) if owner in (None, f.owner)]
        if not found or not found[0].path.exists():
            raise NotFound(
                f"Không có tệp “{identity}”, hoặc tệp đã hết hạn lưu ({self._days} ngày). Hãy tải tệp lên lại.",
                param="file_id",
            )
        return found[0]

    def owned_by(self, owner: str | None) -> list[StoredFile]:
        """Files that are kept, newest first; ``owner`` None: everybody's."""
        return self._select(files.c.owner == owner if owner is not None else files.c.id.is_not(None))

    def delete(self, identity: str, owner: str | None) -> None:
        """NotFound as ``get``."""
        kept = self.get(identity, owner)
        with transaction(self._engine) as connection:
            connection.execute(delete(files).where(files.c.id == identity))
        kept.path.unlink(missing_ok=True)

    def purge(self) -> int:
        """Delete what is over, and what a killed upload left; how many files went."""
        moment = now()
        with transaction(self._engine) as connection:
            over = connection.scalars(select(files.c.id).where(files.c.expires_at <= moment)).all()
            connection.execute(delete(files).where(files.c.id.in_(over)))
        left = [p for p in self._folder.glob(".file-*.part") if p.stat().st_mtime < moment.timestamp() - 3600]
        for path in [*(self._folder / identity for identity in over), *left]:
            path.unlink(missing_ok=True)
        return len(over) + len(left)

    def _register(self, kept: StoredFile) -> None:
        row = {column.name: getattr(kept, column.name) for column in files.columns}
        with transaction(self._engine) as connection:
            connection.execute(insert(files).values(row))

    def _select(self, where: Any) -> list[StoredFile]:
        alive = select(files).where(where, files.c.expires_at > now()).order_by(files.c.created_at.desc())
        with transaction(self._engine) as connection:
            rows = connection.execute(alive).mappings().all()
        return [StoredFile(**row, path=self._folder / row["id"]) for row in rows]


def clean_name(name: str) -> str:
    """The last part of a name, NFC, without hidden characters, at most 200 characters with its extension."""
    last = _HIDDEN.sub("", unicodedata.normalize("NFC", name)).replace("\\", "/").rpartition("/")[2].strip(" .")
    stem, dot, extension = last.rpartition(".")
    return (f"{stem[:190]}.{extension[:9]}" if dot else last[:200]) or "khong-ten"


def _copy(source: BinaryIO, target: Path, limit: int | None) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    with target.open("xb") as out:
        while block := source.read(_BLOCK):
            size += len(block)
            if limit is not None and size > limit:
                raise TooLarge(f"Tệp lớn hơn giới hạn {limit // _BLOCK} MB. Hãy chia nhỏ hoặc nén ảnh trong tệp.")
            digest.update(block)
            out.write(block)
    return size, digest.hexdigest()


def _told(error: OSError) -> StorageFull | StoreProblem:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StorageFull("Ổ đĩa của máy chủ đã đầy nên chưa lưu được tệp. Hãy báo quản trị viên, rồi tải lên lại.")
    return StoreProblem("Máy chủ không ghi được vào thư mục tệp. Kiểm tra quyền ghi và biến TROLY_FILES.")
