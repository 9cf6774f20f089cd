"""The audit: what was asked and answered, when, by which assistant, without personal data."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, delete, insert, select

from assistant.privacy import mask_personal_data
from assistant.store.database import audit, feedback, now, transaction


@dataclass(frozen=True, slots=True)
class Record:
    """Một dòng nhật ký. ``question`` is masked; ``question_digest`` is of the masked text, for the same reason."""

    answer_id: str
    assistant: str
    status: str
    question: str
    latency_ms: int
    citations: tuple[str, ...] = ()  # numbers of the documents and procedures cited
    conversation_id: str = ""
    key_id: str | None = None
    at: datetime = field(default_factory=now)

    @property
    def question_digest(self) -> str:
        """Hex SHA-256: equal for questions that are equal but for case and spaces."""
        return hashlib.sha256(" ".join(self.question.lower().split()).encode()).hexdigest()


class AuditLog:
    """Nhật ký."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, record: Record) -> None:
        """Write one line; the question is masked here, whatever came before. Raises StorageFull, StoreProblem."""
        masked = Record(**(_values(record) | {"question": mask_personal_data(record.question).text}))
        row = _values(masked) | {"citations": list(record.citations), "question_digest": masked.question_digest}
        with transaction(self._engine) as connection:
            connection.execute(insert(audit).values(row))

    def get(self, answer_id: str) -> Record | None:
        with transaction(self._engine) as connection:
            row = connection.execute(select(audit).where(audit.c.answer_id == answer_id)).mappings().first()
        return _record(row) if row else None

    def recent(self, limit: int = 100) -> Sequence[Record]:
        """The last lines, newest first."""
        with transaction(self._engine) as connection:
            rows = connection.execute(select(audit).order_by(audit.c.at.desc()).limit(limit)).mappings().all()
        return [_record(row) for row in rows]

    def purge(self, before: datetime) -> int:
        """Delete the lines of before a moment, with their feedback; how many lines went."""
        old = select(audit.c.answer_id).where(audit.c.at < before)
        with transaction(self._engine) as connection:
            connection.execute(delete(feedback).where(feedback.c.answer_id.in_(old)))
            return connection.execute(delete(audit).where(audit.c.at < before)).rowcount


def _values(record: Record) -> dict[str, Any]:
    return {f.name: getattr(record, f.name) for f in fields(record)}


def _record(row: Any) -> Record:
    values = {f.name: row[f.name] for f in fields(Record)}
    return Record(**(values | {"citations": tuple(row["citations"])}))
