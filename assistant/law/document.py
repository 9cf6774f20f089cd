"""Documents and their provisions, and when they hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ProvisionKind(StrEnum):
    """Cấp bố cục của văn bản quy phạm pháp luật (Luật 64/2025/QH15 Điều 7; NĐ 78/2025/NĐ-CP Điều 63)."""

    PART = "part"
    CHAPTER = "chapter"
    SECTION = "section"
    SUBSECTION = "subsection"
    ARTICLE = "article"
    CLAUSE = "clause"
    POINT = "point"
    APPENDIX = "appendix"
    ATTACHMENT = "attachment"  # Quy định, Quy chế… ban hành kèm theo: a second tree
    PASSAGE = "passage"  # of a text without any of these: a letter, a notice


# Locator prefix → (kind, printed name). Order is from the outermost level inwards.
LEVELS: dict[str, tuple[ProvisionKind, str]] = {
    "kem-theo": (ProvisionKind.ATTACHMENT, "văn bản kèm theo"),
    "phu-luc": (ProvisionKind.APPENDIX, "Phụ lục"),
    "mau": (ProvisionKind.APPENDIX, "Mẫu số"),
    "phan": (ProvisionKind.PART, "Phần"),
    "chuong": (ProvisionKind.CHAPTER, "Chương"),
    "muc": (ProvisionKind.SECTION, "Mục"),
    "tieu-muc": (ProvisionKind.SUBSECTION, "Tiểu mục"),
    "dieu": (ProvisionKind.ARTICLE, "Điều"),
    "khoan": (ProvisionKind.CLAUSE, "khoản"),
    "diem": (ProvisionKind.POINT, "điểm"),
    "doan": (ProvisionKind.PASSAGE, "đoạn"),
}
_STEP = re.compile(r"(" + "|".join(sorted(LEVELS, key=len, reverse=True)) + r")-([^.\s]+)")


@dataclass(frozen=True, slots=True, order=True)
class Locator:
    """Vị trí trong văn bản, e.g. ``dieu-5.khoan-2.diem-đ``, printed “điểm đ khoản 2 Điều 5”.

    ``đ`` is kept: ``diem-d`` is another point. An empty locator is the whole document.
    """

    path: str = ""

    @classmethod
    def parse(cls, path: str) -> Locator:
        """Read the dotted form. Raises ValueError naming the step that is not ``level-label``."""
        for step in filter(None, path.split(".")):
            if not _STEP.fullmatch(step):
                raise ValueError(f"locator step {step!r} in {path!r}; expected e.g. 'dieu-5.khoan-2.diem-đ'")
        return cls(path)

    @classmethod
    def of(cls, article: str | None = None, clause: str | None = None, point: str | None = None) -> Locator:
        """``of("5", "2", "đ")`` → ``dieu-5.khoan-2.diem-đ``; absent levels are left out."""
        named = (("dieu", article), ("khoan", clause), ("diem", point))
        return cls(".".join(f"{level}-{label}" for level, label in named if label))

    @property
    def steps(self) -> tuple[tuple[str, str], ...]:
        """((level, label), …) from the outside inwards."""
        parts = (step.rpartition("-") for step in self.path.split(".") if step)
        return tuple((level, label) for level, _, label in parts)

    def label(self, level: str) -> str | None:
        """The label at one level (``"dieu"``, ``"khoan"``, …), or None."""
        return dict(self.steps).get(level)

    @property
    def article(self) -> Locator:
        """The locator cut at its Điều; itself if it has none."""
        kept: list[str] = []
        for level, label in self.steps:
            kept.append(f"{level}-{label}")
            if level == "dieu":
                return Locator(".".join(kept))
        return self

    def contains(self, other: Locator) -> bool:
        """True for itself and everything below it."""
        return not self.path or other.path == self.path or other.path.startswith(self.path + ".")

    def __str__(self) -> str:
        """As a lawyer writes it, innermost first: “điểm đ khoản 2 Điều 5”."""
        return " ".join(f"{LEVELS[level][1]} {label}" for level, label in reversed(self.steps))


class Validity(StrEnum):
    """Tình trạng hiệu lực, always as of a date (labels of the national register)."""

    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    PARTLY_EXPIRED = "partly_expired"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    UNKNOWN = "unknown"

    @property
    def vietnamese(self) -> str:
        return _VALIDITY_NAMES[self]


_VALIDITY_NAMES = {
    Validity.NOT_YET: "chưa có hiệu lực",
    Validity.IN_FORCE: "còn hiệu lực",
    Validity.PARTLY_EXPIRED: "hết hiệu lực một phần",
    Validity.EXPIRED: "hết hiệu lực",
    Validity.SUSPENDED: "ngưng hiệu lực",
    Validity.UNKNOWN: "chưa rõ hiệu lực",
}


def validity_on(on: date, effective_on: date | None, expires_on: date | None) -> Validity:
    """State on a date from the interval alone; the day of expiry is the first day without force."""
    if effective_on is None:
        return Validity.EXPIRED if expires_on and on >= expires_on else Validity.UNKNOWN
    if on < effective_on:
        return Validity.NOT_YET
    return Validity.EXPIRED if expires_on and on >= expires_on else Validity.IN_FORCE


@dataclass(frozen=True, slots=True)
class Provision:
    """Một đơn vị của văn bản: phần, chương, mục, tiểu mục, điều, khoản, điểm, phụ lục.

    ``text`` is the unit's own text without its children's; ``start``/``end`` are character
    offsets into the cleaned text of the document.
    """

    locator: Locator
    kind: ProvisionKind
    label: str
    heading: str = ""
    text: str = ""
    start: int = 0
    end: int = 0
    context: str = ""  # where an Điều stands, as a locator path: chuong-II.muc-1


@dataclass(frozen=True, slots=True)
class ParseWarning:
    """What could not be read, and where: the text itself stays in place."""

    start: int
    message: str


@dataclass(frozen=True, slots=True)
class ProvisionEffect:
    """Hiệu lực riêng: days that hold for one provision and not for the rest of its document."""

    locator: Locator
    effective_on: date | None = None
    expires_on: date | None = None  # first day without force
    matter: str = ""  # “Quy định về …”: only this of the provision; empty: all of it
    place: Locator = Locator()  # where the document says so
    quote: str = ""  # its words


@dataclass(frozen=True, slots=True)
class Footnote:
    """Chú thích: of a consolidated text, it says which document changed a provision, and since when."""

    label: str  # “2” of the mark “[2]”; "" where the note has none
    text: str
    span: tuple[int, int] | None = None  # of the note itself, where it stands in the document's text
    mark: int | None = None  # offset of the mark that calls it; None: no such mark in the text
    locator: Locator = Locator()  # the provision in which the mark stands


@dataclass(frozen=True, slots=True)
class Document:
    """Văn bản: header fields and its provisions, flat, in reading order."""

    number: str | None
    doc_type: str | None = None  # Vietnamese name as printed: “Luật”, “Nghị định”, …
    subject: str = ""  # trích yếu
    issuing_body: str | None = None
    place: str | None = None
    issued_on: date | None = None
    effective_on: date | None = None
    expires_on: date | None = None
    signer: str | None = None
    legal_bases: tuple[str, ...] = ()
    territory: str = "vn"  # "vn" for the whole country, else the province code ("79" for TP.HCM)
    provisions: tuple[Provision, ...] = ()
    warnings: tuple[ParseWarning, ...] = ()
    effects: tuple[ProvisionEffect, ...] = ()  # provisions with days of their own
    footnotes: tuple[Footnote, ...] = ()
    text: str = ""  # the cleaned text that offsets point into
    source: str = ""  # where it was read from
