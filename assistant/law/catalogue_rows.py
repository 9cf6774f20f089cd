"""Rows of the catalogue of documents, what they say of one another, and the state that a document is in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.law.document import Validity
from assistant.law.number import normalise_number

# A relation that touches only part of the other document says so in its note: “khoản 2 Điều 5”, “có quy định còn …”.
_PARTIAL = re.compile(r"\b(?:[Đđ]iều|khoản|điểm|[Cc]hương|[Mm]ục|[Pp]hần|[Pp]hụ lục|một phần|có quy định còn)\b")
# A row's source that is not the gazette or the national register: the press, a reprint, a page of another site.
_REPRINT = re.compile(r"^tin |trang pháp luật công khai|chưa đối chiếu công báo")
_PAGE = re.compile(r"[\w.-]+\.(?:vn|com)\b")
_OFFICIAL = ("vbpl.vn", "congbao.chinhphu.vn")


@dataclass(frozen=True, slots=True)
class Relation:
    """Quan hệ giữa hai văn bản: the row's own document ``kind`` the document ``number`` from ``on``.

    Kinds: amends, supplements, replaces, repeals, guides, consolidates, cites, suspends, resumes.
    """

    kind: str
    number: str
    on: date | None = None
    note: str = ""

    @property
    def partial(self) -> bool:
        return bool(_PARTIAL.search(self.note))


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """Một văn bản trong danh mục: facts only, each row naming its source."""

    number: str
    doc_type: str = ""
    title: str = ""
    issuing_body: str = ""
    issued_on: date | None = None
    effective_on: date | None = None
    expires_on: date | None = None
    status: str = ""  # a Validity value, as of the day the catalogue was made; empty: the dates alone tell
    relations: tuple[Relation, ...] = ()
    article_count: int | None = None  # articles run from 1 to this number; None: not known for sure
    territory: str = "vn"
    source: str = ""
    aliases: tuple[str, ...] = ()

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> CatalogueRow:
        """A row of catalogue.jsonl; raises KeyError without a number and ValueError for a bad date."""
        values = {name: fields[name] for name in cls.__slots__ if fields.get(name) is not None}
        for name in ("issued_on", "effective_on", "expires_on"):
            values[name] = _day(fields.get(name))
        values["number"] = str(fields["number"])
        values["aliases"] = tuple(fields.get("aliases") or ())
        values["relations"] = tuple(
            Relation(r["kind"], normalise_number(r["number"]), _day(r.get("on")), r.get("note") or "")
            for r in fields.get("relations") or ()
        )
        return cls(**values)

    @property
    def second_hand(self) -> bool:
        """True where the facts were read in the press or a reprint and not yet compared with the gazette."""
        pages = (page for page in _PAGE.findall(self.source) if not page.endswith(_OFFICIAL))
        return bool(_REPRINT.search(self.source)) or any(pages)

    @property
    def year(self) -> int | None:
        """The year the document is called by: of issue, else the one in its number."""
        if self.issued_on:
            return self.issued_on.year
        found = re.search(r"(?:/|năm )((?:19|20)\d\d)(?:/|$)", self.number)
        return int(found[1]) if found else self.effective_on.year if self.effective_on else None


@dataclass(frozen=True, slots=True)
class Transition:
    """Quy định chuyển tiếp: documents of bodies that no longer exist stay usable until ``until``, the day excluded.

    E.g. district documents before 2027-03-01; ``issuers`` are beginnings of the issuing body's name.
    """

    issuers: tuple[str, ...]
    until: date
    reason: str
    source: str

    def covers(self, row: CatalogueRow) -> bool:
        return row.issuing_body.lower().startswith(tuple(name.lower() for name in self.issuers))


@dataclass(frozen=True, slots=True)
class State:
    """Tình trạng hiệu lực của một văn bản tại một ngày, and why."""

    validity: Validity
    reason: str = ""  # Vietnamese, for the reader
    replaced_by: str | None = None
    since: date | None = None  # when this state began, where known
    notes: tuple[str, ...] = ()  # what a person should still look at


def _day(value: object) -> date | None:
    if isinstance(value, date):
        return value
    return date.fromisoformat(str(value)) if value else None
