"""What every reader gives back, and the limits every reader keeps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

# Told before each page that takes seconds: (page, of how many), counted from 1.
Progress = Callable[[int, int], None]


def silent(_page: int, _pages: int) -> None:
    """No progress is shown."""


@dataclass(frozen=True, slots=True)
class Raw:
    """Nội dung đọc từ tệp: text in Unicode NFC, one paragraph a line, in reading order.

    ``pages`` are the offsets at which pages start; ``confidence`` is that of each recognised page (0 to 1),
    None for a page that had its own text layer.
    """

    text: str
    format: str
    encoding: str = "utf-8"
    pages: tuple[int, ...] = ()
    footnotes: tuple[str, ...] = ()
    running: tuple[str, ...] = ()  # headers, footers, running heads and stamps, kept apart
    warnings: tuple[str, ...] = ()
    confidence: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """Giới hạn, so that a hostile or broken file cannot take the machine down."""

    file_bytes: int = 100_000_000
    unpacked_bytes: int = 400_000_000  # all members of a .docx together
    ratio: int = 200  # unpacked to packed size of one member
    pages: int = 3_000
    recognised_pages: int = 300  # about two seconds each
    chars: int = 50_000_000
    seconds: float = 120.0  # of one call of an outside program
