"""What each composer gives back, and small Vietnamese printing shared by them."""

from __future__ import annotations

from collections.abc import Mapping
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
