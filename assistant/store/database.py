"""The tables, and the one way in which this package talks to its database."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    DateTime,
    Engine,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    create_engine,
    event,
    insert,
    make_url,
    select,
)
from sqlalchemy.exc import (
    ArgumentError,
    IntegrityError,
    NoSuchModuleError,
    OperationalError,
    ProgrammingError,
    SQLAlchemyError,
)

from assistant.errors import MissingExtra, StorageFull, StoreProblem, TrolyError

SCHEMA_VERSION = 1
_FULL = ("disk is full", "no space left", "disk full", "disk i/o error")


class UtcTime(TypeDecorator[datetime]):
    """A moment with its zone: SQLite forgets the zone, so everything is written and read in UTC."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002
        return value.replace(tzinfo=UTC) if value else None


schema = MetaData()
versions = Table("schema_version", schema, Column("version", Integer, primary_key=True))
keys = Table(
    "keys",
    schema,
    Column("id", String(16), primary_key=True),
    Column("secret_hash", String(64), nullable=False),
    Column("role", String(16), nullable=False),
    Column("label", String(200), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime),
    Column("revoked_at", UtcTime),
    Column("last_used_at", UtcTime),
)
audit = Table(
    "audit",
    schema,
    Column("answer_id", String(40), primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("assistant", String(32), nullable=False),
    Column("status", String(32), nullable=False),
    Column("question_digest", String(64), nullable=False),
    Column("question", Text, nullable=False),
    Column("latency_ms", Integer, nullable=False),
    Column("citations", JSON, nullable=False),
    Column("conversation_id", String(64), nullable=False),
    Column("key_id", String(16)),
    Index("audit_at", "at"),
)
feedback = Table(
    "feedback",
    schema,
    Column("answer_id", String(40), ForeignKey("audit.answer_id"), primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("rating", String(8), nullable=False),
    Column("comment", Text, nullable=False),
)
files = Table(
    "files",
    schema,
    Column("id", String(48), primary_key=True),
    Column("owner", String(16), nullable=False),
    Column("name", String(255), nullable=False),
    Column("purpose", String(64), nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Index("files_owner", "owner", "created_at"),
    Index("files_expiry", "expires_at"),
)


def now() -> datetime:
    """This moment in UTC, to the microsecond that the database keeps."""
    return datetime.now(UTC)


def open_engine(url: str) -> Engine:
    """An engine whose tables exist and are of this version."""
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite" and parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parsed, pool_pre_ping=True)
    except (ArgumentError, NoSuchModuleError) as error:
        raise StoreProblem(
            "TROLY_STORE không phải URL cơ sở dữ liệu mà chương trình hiểu được. "
            "Cần dạng sqlite:///./data/store.db hoặc postgresql+psycopg://MÁY/CSDL."
        ) from error
    except ModuleNotFoundError as error:
        raise MissingExtra(f"Thiếu gói {error.name} để nối tới cơ sở dữ liệu; cài bằng: pip install psycopg") from error
    except OSError as error:
        raise _told(error, url) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _tune_sqlite)
    _prepare(engine)
    return engine


def _tune_sqlite(connection: Any, _record: Any) -> None:
    """WAL lets readers go on while one process writes; writers wait for each other up to five seconds."""
    cursor = connection.cursor()
    for pragma in ("busy_timeout=5000", "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _prepare(engine: Engine) -> None:
    found = _created(engine)
    if found != SCHEMA_VERSION:
        raise StoreProblem(
            f"Cơ sở dữ liệu {_shown(engine)} có phiên bản lược đồ {found}, chương trình này cần {SCHEMA_VERSION}. "
            "Hãy dùng đúng phiên bản chương trình, hoặc trỏ TROLY_STORE tới cơ sở dữ liệu khác."
        )


def _created(engine: Engine) -> int:
    """The version of the tables, created where absent. Processes that start together get in each other's way, briefly:
    switching a new SQLite file to WAL and creating a table cannot wait for a lock, so they are tried again."""
    for wait in (0.05, 0.1, 0.2, 0.4, 0.8):
        try:
            return _create(engine)
        except StoreProblem as error:
            if not isinstance(error.__cause__, OperationalError | IntegrityError | ProgrammingError):
                raise
            time.sleep(wait * (0.5 + random.random()))
    return _create(engine)


def _create(engine: Engine) -> int:
    with transaction(engine) as connection:
        schema.create_all(connection)
        found: int | None = connection.scalar(select(versions.c.version))
        if found is None:
            connection.execute(insert(versions).values(version=SCHEMA_VERSION))
    return found or SCHEMA_VERSION


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """One transaction: all of it is kept, or nothing. Raises StorageFull or StoreProblem."""
    try:
        with engine.begin() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise _told(error, _shown(engine)) from error


def ping(engine: Engine) -> None:
    """Raises StoreProblem when the database does not answer."""
    with transaction(engine) as connection:
        connection.execute(select(1))


def _shown(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=True)


def _told(error: Exception, url: str) -> TrolyError:
    """The error for the user, by what the database said."""
    if any(sign in str(error).lower() for sign in _FULL):
        return StorageFull("Ổ đĩa của máy chủ đã đầy nên chưa lưu được. Hãy báo quản trị viên giải phóng dung lượng.")
    return StoreProblem(
        f"Không dùng được cơ sở dữ liệu {url}. Kiểm tra tệp hoặc máy chủ, quyền ghi và biến TROLY_STORE."
    )
