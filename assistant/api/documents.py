"""GET /v1/documents/…: the sources viewer, so that whoever reads a citation can read what it cites."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from assistant.api.accept import prefers_html
from assistant.api.auth import Caller, identify
from assistant.api.reply import to_json
from assistant.api.services import Desk, services
from assistant.api.source_page import source_page
from assistant.errors import NotFound
from assistant.index.values import Audience, Entry, Kind
from assistant.law.document import Locator, Validity, validity_on

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Source:
    """Nguồn: what the store holds of one document, procedure or guide, or of one place in it."""

    number: str
    locator: Locator
    entries: tuple[Entry, ...]
    on: date
    validity: Validity

    @property
    def head(self) -> Entry:
        return self.entries[0]

    def as_json(self) -> dict[str, Any]:
        head = self.head
        return {
            "object": "document",
            "number": self.number,
            "locator": self.locator.path,
            "label": str(self.locator),
            "kind": head.kind.value,
            "title": head.title,
            "doc_type": head.doc_type,
            "issuing_body": head.issuing_body,
            "as_of": self.on,
            "validity": self.validity.value,
            "validity_label": self.validity.vietnamese,
            "entries": [_entry(e) for e in self.entries],
        }


def _entry(entry: Entry) -> dict[str, Any]:
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


@router.get("/v1/documents/{place:path}")
async def document(
    request: Request,
    place: str,
    caller: Annotated[Caller, Depends(identify)],
    as_of: Annotated[date | None, Query()] = None,
) -> Response:
    """The text of a number, or of a place in it: ``45/2019/QH14/dieu-113``. JSON, or a page for a browser."""
    source = await run_in_threadpool(_find, services(request).opening.desk, place, caller.audience, as_of)
    headers = {"Vary": "Accept, Authorization", "Cache-Control": "private, max-age=60"}
    if prefers_html(request):
        page = source_page(source.number, source.locator, source.entries, source.validity, source.on)
        return HTMLResponse(page, headers=headers)
    return Response(to_json(source.as_json()), media_type="application/json", headers=headers)


def _find(open_desk: Any, place: str, audience: Audience, as_of: date | None) -> Source:
    """Raises NotFound for what is not there and, with the same words, for what the caller may not read."""
    desk: Desk = open_desk()
    number, locator = split_place(place)
    entries = _visible(_entries(desk, number, locator, audience), audience)
    if not entries:
        shown = f"{locator} {number}".strip()
        raise NotFound(
            f"Kho dữ liệu không có “{shown[:120]}”, hoặc nội dung này chỉ dành cho công chức, viên chức có khóa."
        )
    on = as_of or date.today()
    return Source(entries[0].number, locator, entries, on, _validity(desk, entries, on))


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


def _entries(desk: Desk, number: str, locator: Locator, audience: Audience) -> Sequence[Entry]:
    """By number; by entry id for what has a prefix: ``guide:…``, ``tthc:…``."""
    found = desk.index.entries(number, locator.article.path, audience=audience)
    if found or ":" not in number:
        return found
    entry = desk.index.get(number, audience=audience)
    return [entry] if entry else desk.index.entries(number.partition(":")[2], audience=audience)


def _visible(entries: Sequence[Entry], audience: Audience) -> tuple[Entry, ...]:
    """The index has filtered already; no door of this server rests on another's lock."""
    return tuple(e for e in entries if e.audience in audience.visible)


def _validity(desk: Desk, entries: tuple[Entry, ...], on: date) -> Validity:
    """The dates of what is shown, else what the catalogue knows of the document.

    A procedure or guide without dates of its own holds from the day on which it was checked.
    """
    checked = entries[0].kind is not Kind.PROVISION
    states = {validity_on(on, e.effective_on or (e.checked_on if checked else None), e.expires_on) for e in entries}
    own = states.pop() if len(states) == 1 else Validity.UNKNOWN
    if own in (Validity.EXPIRED, Validity.NOT_YET) or desk.state_on is None:
        return own
    told = desk.state_on(entries[0].number, on)
    return own if told is Validity.UNKNOWN else told
