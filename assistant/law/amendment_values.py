"""What an amending document does, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.law.document import Document, Locator, Provision

_NOWHERE = Locator()


class Change(StrEnum):
    """Kỹ thuật sửa đổi, bổ sung, thay thế, bãi bỏ, ngưng hiệu lực."""

    AMEND = "amend"  # sửa đổi, bổ sung khoản 2 Điều 5 như sau: “…”
    INSERT = "insert"  # bổ sung Điều 39a vào sau Điều 39
    REPEAL = "repeal"  # bãi bỏ
    REPLACE = "replace"  # thay thế cả văn bản, hoặc thay thế một đơn vị bằng nội dung mới
    RENAME = "rename"  # sửa đổi tên điều, chương
    AMEND_LEAD = "amend_lead"  # sửa đổi đoạn mở đầu
    REPLACE_PHRASE = "replace_phrase"  # thay cụm từ “A” bằng cụm từ “B” tại …
    DELETE_PHRASE = "delete_phrase"  # bỏ cụm từ “A” tại …
    INSERT_PHRASE = "insert_phrase"  # bổ sung cụm từ “A” vào sau cụm từ “B” tại …
    SUSPEND = "suspend"  # ngưng hiệu lực


@dataclass(frozen=True, slots=True)
class Operation:
    """Một lệnh sửa đổi: one change at one place of the amended document."""

    kind: Change
    locator: Locator  # where; empty: the whole document
    document: str | None = None  # number or name of the amended document, where the text names it
    anchor: Locator | None = None  # an inserted unit stands after it …
    before: bool = False  # … or before it
    part: str | None = None  # “đoạn 2”: only this paragraph
    text: str = ""  # new wording, without the quotation marks
    old: str = ""  # the phrase to look for
    new: str = ""  # what takes its place
    attached: str | None = None  # “Quy chế”: the place is in the attached text
    quote: str = ""  # the amending words, for the reader
    place: Locator = _NOWHERE  # where in the amending document it stands


@dataclass(frozen=True, slots=True)
class Unapplied:
    """Lệnh chưa áp dụng được, with the reason in Vietnamese."""

    operation: Operation
    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class CurrentProvision:
    """Một đơn vị của văn bản tại một ngày, with the document that last changed it (None: as issued)."""

    provision: Provision
    source: str | None = None
    since: date | None = None
    suspended: bool = False  # ngưng hiệu lực
    note: str = ""  # for the reader: why suspended, or which change could not be made here

    @property
    def locator(self) -> Locator:
        return self.provision.locator


@dataclass(frozen=True, slots=True)
class EndedProvision:
    """Một đơn vị đã bị bãi bỏ; its label is not used again."""

    provision: Provision
    source: str
    since: date | None


@dataclass(frozen=True, slots=True)
class Consolidated:
    """Văn bản tại một ngày: a technical merge, the originals prevail."""

    document: Document  # the base with its provisions of the day; offsets of changed ones are 0
    on: date
    provisions: tuple[CurrentProvision, ...] = ()
    ended: tuple[EndedProvision, ...] = ()
    applied: tuple[tuple[str, Operation], ...] = ()  # (number of the amending document, what it did)
    unapplied: tuple[Unapplied, ...] = ()

    @property
    def complete(self) -> bool:
        return not self.unapplied
