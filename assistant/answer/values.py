"""What a question is, what an answer is, and the closed list of outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from assistant.index.values import Audience
from assistant.law.document import Validity


class Status(StrEnum):
    """Kết cục của một câu hỏi: every answer has exactly one."""

    ANSWERED = "answered"
    ANSWERED_WITH_WARNING = "answered_with_warning"
    PARTIAL = "partial"
    CLARIFICATION = "clarification"
    UNANSWERABLE = "unanswerable"
    OUT_OF_SCOPE = "out_of_scope"
    REFUSED = "refused"
    INJECTION_BLOCKED = "injection_blocked"
    PERSONAL_DATA = "personal_data"
    EMERGENCY = "emergency"
    HANDOFF = "handoff"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Message:
    """Một lượt trong hội thoại; ``role`` is “user” or “assistant”."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """Tệp người dùng gửi: where it lies and what it was called."""

    id: str
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Question:
    """Câu hỏi as it reaches an assistant."""

    text: str
    history: tuple[Message, ...] = ()  # oldest first, without ``text``
    audience: Audience = Audience.CITIZEN
    as_of: date | None = None  # None: today
    territory: str = "79"
    files: tuple[UploadedFile, ...] = ()
    earlier_files: tuple[UploadedFile, ...] = ()  # named in messages before: the draft that a follow-up is about


@dataclass(frozen=True, slots=True)
class Citation:
    """Trích dẫn: ``[marker]`` in the text stands for it. ``quote`` is verbatim from the source or empty."""

    marker: int
    kind: str  # provision | procedure | guide | document
    number: str
    locator: str
    label: str  # “khoản 2 Điều 17 Luật Lưu trữ số 33/2024/QH15”
    quote: str = ""
    validity: Validity = Validity.UNKNOWN
    as_of: date | None = None
    effective_on: date | None = None
    expires_on: date | None = None
    checked_on: date | None = None
    url: str = ""  # /v1/documents/… of this server
    source_url: str = ""  # where the fact was published


@dataclass(frozen=True, slots=True)
class Finding:
    """Phát hiện của lượt rà soát: a person decides on it."""

    check: str  # K30, …
    name: str
    severity: str  # critical | major | minor | info
    place: str  # “khoản 2 Điều 5”, printed
    locator: str
    start: int  # offsets of the quote in the cleaned text
    end: int
    quote: str
    reason: str
    basis: str = ""
    proposal: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Answer:
    """Câu trả lời. ``text`` is Markdown in which every fact carries a ``[n]`` of ``citations``."""

    status: Status
    text: str
    citations: tuple[Citation, ...] = ()
    card: Mapping[str, Any] | None = None  # thẻ thủ tục: see docs/the-tra-loi.md
    warnings: tuple[str, ...] = ()
    follow_ups: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    files: tuple[Mapping[str, str], ...] = field(default_factory=tuple)  # {"id", "name", "purpose"}
