"""What a check is, what it sees and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from assistant.index.values import Entry
from assistant.law.catalogue import Catalogue
from assistant.review.names import Names

if TYPE_CHECKING:
    from assistant.review.draft import Draft


class Severity(StrEnum):
    """Mức độ của phát hiện."""

    CRITICAL = "critical"  # may make the document or a provision unlawful or void
    MAJOR = "major"  # must be mended before signing
    MINOR = "minor"  # form and technique
    INFO = "info"  # for the drafter to know

    @property
    def vietnamese(self) -> str:
        return {"critical": "nghiêm trọng", "major": "quan trọng", "minor": "nhỏ", "info": "lưu ý"}[self.value]


class Applies(StrEnum):
    """Nhóm văn bản mà một phép kiểm tra áp dụng."""

    NORMATIVE = "văn bản quy phạm pháp luật"
    ANY = "mọi văn bản"


@dataclass(frozen=True, slots=True)
class Basis:
    """Căn cứ của phép kiểm tra. ``confirmed`` False: the reference was not read in a text and is shown so."""

    text: str
    confirmed: bool = True

    def __str__(self) -> str:
        return self.text if self.confirmed else f"{self.text} (cần kiểm tra lại)"


@dataclass(frozen=True, slots=True)
class Note:
    """Điều cần nói about ``text[start:end]``. ``severity`` None: that of the check."""

    start: int
    end: int
    reason: str
    proposal: str = ""
    severity: Severity | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Unchecked:
    """Nội dung chưa kiểm tra được: neither right nor wrong, for a person to look at."""

    about: str
    why: str


class Texts(Protocol):
    """Kho toàn văn: the provisions of a document at and below a locator; [] when it is not held. An Index is one."""

    def entries(self, number: str, locator: str = "", *, on: date | None = None) -> list[Entry]: ...


@dataclass(frozen=True, slots=True)
class Context:
    """Những gì đối chiếu với dự thảo."""

    catalogue: Catalogue
    names: Names = field(default_factory=Names)
    texts: Texts | None = None
    expedited: bool = False  # ban hành theo trình tự, thủ tục rút gọn hoặc trong trường hợp đặc biệt


Function = Callable[["Draft", Context], Iterator[Note | Unchecked]]


@dataclass(frozen=True, slots=True)
class Check:
    """Phép kiểm tra: one line of the list in ``checks/__init__.py``."""

    id: str
    name: str
    group: str
    severity: Severity
    function: Function
    basis: tuple[Basis, ...]
    applies: Applies = Applies.NORMATIVE
    since: date | None = None  # rules of form hold for texts signed from this day on
