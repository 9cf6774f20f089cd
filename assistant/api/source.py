"""What the store and the catalogue know of a cited place, for a reader of one audience, on a date."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from assistant.api.services import Desk
from assistant.errors import NotFound
from assistant.index.values import Audience, Entry, Kind
from assistant.law.catalogue_rows import CatalogueRow, State
from assistant.law.document import Locator, Validity, validity_on


@dataclass(frozen=True, slots=True)
class Source:
    """Nguồn: a document, procedure or guide, or a place in it. Without ``entries`` only the catalogue knows it."""

    number: str
    locator: Locator
    entries: tuple[Entry, ...]
    on: date
    validity: Validity
    row: CatalogueRow | None = None
    state: State = field(default_factory=lambda: State(Validity.UNKNOWN))
    amended_by: tuple[str, ...] = ()

    @property
    def head(self) -> Entry | None:
        return self.entries[0] if self.entries else None

    @property
    def kind(self) -> Kind:
        return self.head.kind if self.head else Kind.PROVISION

    @property
    def title(self) -> str:
        return (self.head.title if self.head else "") or (self.row.title if self.row else "") or self.number

    @property
    def doc_type(self) -> str:
        return (self.head.doc_type if self.head else "") or (self.row.doc_type if self.row else "")

    @property
    def issuing_body(self) -> str:
        return (self.head.issuing_body if self.head else "") or (self.row.issuing_body if self.row else "")

    def as_json(self) -> dict[str, Any]:
        return {
            "object": "document",
            "number": self.number,
            "locator": self.locator.path,
            "label": str(self.locator),
            "kind": self.kind.value,
            "title": self.title,
            "doc_type": self.doc_type,
            "issuing_body": self.issuing_body,
            "as_of": self.on,
            "validity": self.validity.value,
            "validity_label": self.validity.vietnamese,
            "validity_reason": self.state.reason,
            "replaced_by": self.state.replaced_by,
            "amended_by": self.amended_by,
            "entries": [_entry_json(e) for e in self.entries],
        }


def _entry_json(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "locator": entry.locator,
        "label": str(Locator(entry.locator)),
        "heading": entry.heading,
        "text": entry.text,
        "territory": entry.territory,
        "effective_on": entry.effective_on,
        "expires_on": entry.expires_on,
        "checked_on": entry.checked_on,
        "source_url": entry.url,
        "payload": entry.payload,
    }


def find_source(desk: Desk, place: str, audience: Audience, on: date) -> Source:
    """Raises NotFound for what is not there and, with the same words, for what the caller may not read."""
    number, locator = split_place(place)
    entries = _entries(desk, number, locator, audience, on)
    row = desk.catalogue.get(number) if desk.catalogue and number else None
    if not entries and (row is None or _missing(desk, row, locator, audience)):
        shown = f"{locator} {number}".strip()
        raise NotFound(
            f"Kho dữ liệu không có “{shown[:120]}”, hoặc nội dung này chỉ dành cho công chức, viên chức có khóa."
        )
    if entries:
        number = entries[0].number
    elif row:
        number = row.number
    if desk.catalogue is None or (entries and entries[0].kind is not Kind.PROVISION):
        return Source(number, locator, entries, on, _own_validity(entries, on))
    state = desk.catalogue.state_on(number, on)
    own = _own_validity(entries, on)
    settled = own in (Validity.EXPIRED, Validity.NOT_YET) or state.validity is Validity.UNKNOWN
    validity = own if entries and settled else state.validity
    return Source(number, locator, entries, on, validity, row, state, desk.catalogue.amended_by(number, on))


def split_place(place: str) -> tuple[str, Locator]:
    """“45/2019/QH14/dieu-113.khoan-1” → the number and the locator; numbers hold slashes, so the end is tried."""
    place = unicodedata.normalize("NFC", place).strip("/ ")
    number, slash, last = place.rpartition("/")
    if slash and last:
        try:
            return number, Locator.parse(last)
        except ValueError:
            pass
    return place, Locator()


_PREFIXES = ("guide:", "tthc:")  # how entry ids begin, which people put before the number as well


def _entries(desk: Desk, number: str, locator: Locator, audience: Audience, on: date) -> tuple[Entry, ...]:
    """By number, with or without the prefix of its kind."""
    found: Sequence[Entry] = desk.index.entries(number, locator.article.path, audience=audience, on=on)
    if not found and number.startswith(_PREFIXES):
        found = desk.index.entries(number.partition(":")[2], locator.article.path, audience=audience, on=on)
    # The index has filtered already; no door of this server rests on another's lock.
    return tuple(e for e in found if e.audience in audience.visible)


def _missing(desk: Desk, row: CatalogueRow, locator: Locator, audience: Audience) -> bool:
    """An article that a known document cannot have, or that is not among those the store holds of it."""
    article = locator.label("dieu") or ""
    if row.article_count and article.isdigit() and int(article) > row.article_count:
        return True
    return bool(locator.path and desk.index.entries(row.number, audience=audience))


def _own_validity(entries: Sequence[Entry], on: date) -> Validity:
    """By the dates of what is shown. A procedure or guide without any holds from the day it was checked."""
    states = {
        validity_on(on, e.effective_on or (e.checked_on if e.kind is not Kind.PROVISION else None), e.expires_on)
        for e in entries
    }
    return states.pop() if len(states) == 1 else Validity.UNKNOWN
