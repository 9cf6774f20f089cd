"""What goes into the index and what comes out of it."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """Loại mục: điều khoản văn bản, thủ tục hành chính, bài hướng dẫn."""

    PROVISION = "provision"
    PROCEDURE = "procedure"
    GUIDE = "guide"


class Audience(StrEnum):
    """Đối tượng được đọc. A caller sees its own level and those below."""

    CITIZEN = "citizen"
    STAFF = "staff"

    @property
    def visible(self) -> tuple[Audience, ...]:
        """The levels that a caller of this level may read."""
        return (Audience.CITIZEN,) if self is Audience.CITIZEN else (Audience.CITIZEN, Audience.STAFF)


WORDING = "@"  # in an id, before the day on which an earlier wording of the article began


@dataclass(frozen=True, slots=True)
class Entry:
    """Mục: the unit that is ingested, stored whole and cited (one Điều, one procedure, one guide).

    ``id`` is stable over time: ``45/2019/QH14#dieu-113``, ``tthc:1.001193``, ``guide:nghi-phep-nam``.
    Of an article that was amended the last wording has that id, an earlier one ``…#dieu-113@2021-01-01``.
    ``payload`` holds the structured value (a Procedure or guide as plain JSON types).
    """

    id: str
    kind: Kind
    number: str  # số ký hiệu, mã thủ tục or guide id
    title: str  # name of the document, procedure or guide
    text: str
    locator: str = ""  # dieu-5, or dieu-5 of an attachment: kem-theo-1.dieu-5
    heading: str = ""  # tên điều
    source: str = ""  # the file or collection it came from: deletions are decided per source
    doc_type: str = ""
    issuing_body: str = ""
    audience: Audience = Audience.CITIZEN
    territory: str = "vn"
    field: str = ""  # lĩnh vực
    effective_on: date | None = None
    expires_on: date | None = None
    checked_on: date | None = None
    url: str = ""
    aliases: tuple[str, ...] = ()
    payload: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Hex SHA-256 of everything but the source: equal digests need no work."""
        values = asdict(self)
        values.pop("source")
        canonical = json.dumps(values, ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Chunk:
    """Đoạn: what is searched. Several chunks of one entry share ``entry_id``."""

    id: str  # f"{entry_id}/{n}"
    entry_id: str
    kind: Kind
    number: str
    locator: str
    title: str  # document or procedure name, with its aliases
    heading: str
    text: str
    audience: Audience
    territory: str
    field: str
    effective_on: date | None
    expires_on: date | None

    @property
    def passage(self) -> str:
        """The text that is embedded: names first, so that a window in the middle knows where it stands."""
        return ". ".join(part for part in (self.title, self.heading, self.text) if part)


@dataclass(frozen=True, slots=True)
class Query:
    """Truy vấn after understanding: what to look for, and what the caller may see."""

    text: str  # with diacritics, as well as they could be restored
    typed: str = ""  # as the person typed it
    k: int = 10
    audience: Audience = Audience.CITIZEN
    on: date | None = None  # provisions without force on that day are left out; None: no filter
    territory: str = ""  # "": every territory; "79": the City and the whole country
    kinds: tuple[Kind, ...] = ()  # (): every kind
    numbers: tuple[str, ...] = ()  # only these documents or procedures


@dataclass(frozen=True, slots=True)
class Hit:
    """Kết quả: an entry, the chunk that matched best, and the score of each signal.

    ``score`` is what hits are ordered by; ``signals`` names its parts (dense, lexical, folded, …).
    """

    entry: Entry
    chunk_text: str
    score: float
    signals: Mapping[str, float] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SyncReport:
    """Báo cáo nạp dữ liệu."""

    created: int = 0
    updated: int = 0
    deleted: int = 0
    unchanged: int = 0
    failed: tuple[tuple[str, str], ...] = ()  # (file or entry, reason)
    seconds: float = 0.0
    stages: Mapping[str, float] = dataclasses.field(default_factory=dict)  # seconds of each stage; the rest is reading

    @property
    def total(self) -> int:
        return self.created + self.updated + self.unchanged
