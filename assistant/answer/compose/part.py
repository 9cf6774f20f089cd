"""What each composer gives back, and small Vietnamese printing shared by them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.answer.values import Status


@dataclass(frozen=True, slots=True)
class Part:
    """Phần trả lời cho một ý hỏi."""

    text: str
    status: Status = Status.ANSWERED
    card: Mapping[str, Any] | None = None
    warnings: tuple[str, ...] = ()
    follow_ups: tuple[str, ...] = ()


_WORST_FIRST = (Status.CLARIFICATION, Status.PARTIAL, Status.ANSWERED_WITH_WARNING, Status.ANSWERED)


def status_of(parts: Sequence[Part]) -> Status:
    """Of an answer in several parts: the worst of theirs; partial where some have none."""
    answered = [part for part in parts if part.status is not Status.UNANSWERABLE]
    if not answered:
        return Status.UNANSWERABLE
    if len(answered) < len(parts):
        return Status.PARTIAL
    return next(status for status in _WORST_FIRST if any(part.status is status for part in parts))


def day(value: date) -> str:
    """As official texts write it: “ngày 01/7/2026” has a leading zero for days and for months 1 and 2."""
    month = f"{value.month:02d}" if value.month < 3 else str(value.month)
    return f"{value.day:02d}/{month}/{value.year}"


def money(amount: int, currency: str = "VND") -> str:
    """“70.000 đồng”, “10 USD”."""
    unit = "đồng" if currency == "VND" else currency
    return f"{amount:,}".replace(",", ".") + f" {unit}"


def sentence(text: str) -> str:
    """First letter large, one full stop at the end."""
    stripped = text.strip()
    if not stripped:
        return ""
    stripped = stripped[0].upper() + stripped[1:]
    return stripped if stripped[-1] in ".:!?”…" else stripped + "."
