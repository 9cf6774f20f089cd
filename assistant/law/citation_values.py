"""Values of citations: one Reference a leaf, the CitedDocument it names, and the Host that a text stands in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.law.document import Locator
from assistant.law.number import DocNumber

# scope
SELF = "self"  # the document that the text stands in
EXTERNAL = "external"  # another document, named
AMENDED = "amended"  # the document that the text amends

# status
RESOLVED = "resolved"
EXISTS_NO = "exists_no"  # the document has no such provision
NOT_IN_STORE = "not_in_store"  # nothing is known of the document; not an error
UNRESOLVED = "unresolved"  # which document or provision is meant is open

# role
INSERTED = "inserted"  # “Bổ sung khoản 2a …”
ANCHOR = "anchor"  # “… vào sau khoản 2”
TARGET = "target"  # what an operation changes
IN_TITLE = "in_title"  # named inside the title of the document before it
AMENDING = "amended_by"  # “được sửa đổi, bổ sung tại khoản 3 Điều 1 …”


@dataclass(frozen=True, slots=True)
class Reference:
    """Viện dẫn: one leaf (“điểm b khoản 2 Điều 5 của …”), with offsets into the text as given.

    A list or range gives one Reference for each member; levels not given are None.
    """

    start: int
    end: int
    text: str  # its own words; of a list, those of this member
    scope: str = SELF
    doc_type: str | None = None  # tên loại: “Luật”
    number: str | None = None  # số ký hiệu, normalised
    name: str | None = None  # “Luật Đất đai”
    year: int | None = None
    issued_on: date | None = None
    issuer: str | None = None
    amended_by: tuple[str, ...] = ()  # numbers or names after “được sửa đổi, bổ sung bởi”
    attached: str | None = None  # “Quy chế” when the attached text is meant, not the document it comes with
    article: str | None = None  # điều
    clause: str | None = None  # khoản
    point: str | None = None  # điểm
    item: str | None = None  # tiết: “iv” of điểm a(iv)
    part: str | None = None  # “tên”, “đoạn mở đầu”, “đoạn 2”: a part of the provision, not all of it
    division: str | None = None  # phần
    chapter: str | None = None  # chương
    section: str | None = None  # mục; a row inside an appendix
    subsection: str | None = None  # tiểu mục
    appendix: str | None = None  # phụ lục; “*” for the only one
    form: str | None = None  # mẫu
    relative: str | None = None  # level written as “này” (“article” for “khoản 1 Điều này”), filled in by resolve
    quoted: bool = False  # stands in text quoted by an amending article
    operation: str | None = (
        None  # amend, insert, repeal, replace, replace_phrase, insert_phrase, delete_phrase, suspend
    )
    role: str | None = None
    confidence: float = 1.0
    status: str = UNRESOLVED

    @property
    def locator(self) -> Locator:
        """The place inside its document, as far as given; empty for a whole document."""
        levels = (
            ("phu-luc", self.appendix),
            ("phan", self.division),
            ("chuong", self.chapter),
            ("muc", self.section),
            ("tieu-muc", self.subsection),
        )
        if self.article:
            return Locator.of(self.article, self.clause, self.point)
        outer = [f"{level}-{label}" for level, label in levels if label and label != "*"]
        inner = Locator.of(None, self.clause, self.point).path
        return Locator(".".join([*outer, *filter(None, [inner])]))


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """Văn bản được viện dẫn, as far as its words tell."""

    start: int  # in the folded text
    end: int
    doc_type: str | None
    number: DocNumber | None = None
    name: str | None = None
    year: int | None = None
    issued_on: date | None = None
    issuer: str | None = None
    amended_by: tuple[str, ...] = ()
    attached: str | None = None
    itself: bool = False  # “Luật này”
    confidence: float = 1.0


def document_fields(document: CitedDocument | None) -> dict[str, Any]:
    """The fields of a Reference that its document tells; without one it is the document that the text stands in."""
    if document is None:
        return {"scope": SELF, "confidence": 0.9}
    if document.itself:
        return {
            "scope": SELF,
            "doc_type": None if document.attached else document.doc_type,
            "attached": document.attached,
            "confidence": document.confidence,
        }
    number = document.number
    return {
        "scope": EXTERNAL,
        "doc_type": document.doc_type,
        "number": number.normalised if number else None,
        "name": document.name,
        "year": document.year,
        "issued_on": document.issued_on,
        "issuer": document.issuer,
        "amended_by": document.amended_by,
        "attached": document.attached,
        "confidence": document.confidence,
    }


@dataclass(frozen=True, slots=True)
class Host:
    """Nơi viện dẫn đứng: the document and the provision that the text belongs to.

    Inside the quotation of an amending article, ``quoted`` is True and article, clause and point are those of
    the quoted text, that is of the document ``amends``.
    """

    number: str | None = None
    doc_type: str | None = None
    article: str | None = None
    clause: str | None = None
    point: str | None = None
    section: str | None = None
    chapter: str | None = None
    division: str | None = None
    appendix: str | None = None
    attached: str | None = None  # “Quy chế” when the text stands in the attached text
    amends: str | None = None  # number of the document that the host amends
    amends_type: str | None = None
    quoted: bool = False
