"""What users say of an answer."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import Engine, delete, insert, select

from assistant.errors import NotFound
from assistant.privacy import mask_personal_data
from assistant.store.database import audit, feedback, now, transaction


class Rating(StrEnum):
    """Đánh giá: hữu ích, hoặc chưa đúng."""

    UP = "up"
    DOWN = "down"


class FeedbackBook:
    """Sổ phản hồi: one line per answer, the last one counts."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def give(self, answer_id: str, rating: Rating, comment: str = "") -> None:
        """Keep a rating; the comment is masked. NotFound: no such answer."""
        row = {"answer_id": answer_id, "rating": rating.value, "comment": mask_personal_data(comment).text, "at": now()}
        with transaction(self._engine) as connection:
            if connection.scalar(select(audit.c.answer_id).where(audit.c.answer_id == answer_id)) is None:
                raise NotFound(f"Không có câu trả lời mang mã “{answer_id}”.", param="answer_id")
            connection.execute(delete(feedback).where(feedback.c.answer_id == answer_id))
            connection.execute(insert(feedback).values(row))

    def get(self, answer_id: str) -> tuple[Rating, str] | None:
        """(rating, comment), or None."""
        wanted = select(feedback.c.rating, feedback.c.comment).where(feedback.c.answer_id == answer_id)
        with transaction(self._engine) as connection:
            row = connection.execute(wanted).first()
        return (Rating(row.rating), row.comment) if row else None
