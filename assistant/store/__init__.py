"""What the server keeps: keys, audit, feedback and files, in SQLite or, by URL, in PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Engine

from assistant.settings import Settings
from assistant.store.audit import AuditLog, Record
from assistant.store.database import now, open_engine, ping
from assistant.store.feedback import FeedbackBook, Rating
from assistant.store.files import FileStore, StoredFile
from assistant.store.keys import Key, KeyStore, Role

__all__ = ["AuditLog", "FeedbackBook", "FileStore", "Key", "KeyStore", "Rating", "Record", "Role", "Store"]
__all__ += ["StoredFile", "open_store"]


@dataclass(frozen=True, slots=True)
class Store:
    """Kho: the four books over one database."""

    engine: Engine
    keys: KeyStore
    audit: AuditLog
    feedback: FeedbackBook
    files: FileStore

    def ping(self) -> None:
        """Raises StoreProblem when the database does not answer."""
        ping(self.engine)

    def purge(self, audit_days: int) -> None:
        """Delete the files that are over, and audit lines of more than so many days (0: none)."""
        self.files.purge()
        if audit_days:
            self.audit.purge(now() - timedelta(days=audit_days))

    def close(self) -> None:
        self.engine.dispose()


def open_store(settings: Settings) -> Store:
    """Open, and create where absent. Raises StoreProblem, StorageFull or MissingExtra."""
    engine = open_engine(settings.store)
    return Store(
        engine,
        keys=KeyStore(engine),
        audit=AuditLog(engine),
        feedback=FeedbackBook(engine),
        files=FileStore(engine, settings.files, settings.file_days),
    )
