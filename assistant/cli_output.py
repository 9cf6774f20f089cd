"""What the commands share: options, exit status, and printing values as JSON."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from typing import Annotated, Any

import typer

from assistant.errors import BadInput

FOUND, NOTHING, FAILED = 0, 1, 2

Json = Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON")]
AsOf = Annotated[str, typer.Option("--as-of", help="Ngày cần tra, dạng 2026-11-21; mặc định hôm nay")]
IndexUrl = Annotated[str, typer.Option("--index", help="Chỉ mục, ví dụ chroma:./data/index; mặc định theo TROLY_INDEX")]


def show(value: Any) -> None:
    """One JSON document on stdout."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def plain(value: Any) -> Any:
    """Dataclasses as JSON types."""
    return json.loads(json.dumps(dataclasses.asdict(value), ensure_ascii=False, default=str))


def on_date(text: str) -> date:
    """A day given on the command line; today when empty."""
    if not text:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"Ngày “{text}” không đọc được; cần dạng năm-tháng-ngày, ví dụ 2026-11-21.") from None
