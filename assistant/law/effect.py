"""Hiệu lực of single provisions: “Khoản 2 Điều 5 của Nghị định này có hiệu lực từ ngày …”, and their state on a day.

effect_of(document, locator)         the days on which a provision begins and ends, its own or the document's
validity_of(document, locator, on)   its state on a day
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from assistant.law.document import Document, Locator, ProvisionEffect, Validity, validity_on

Days = tuple[date | None, date | None]  # first day with force, first day without


def effect_of(document: Document, locator: Locator) -> Days:
    """Of a place with days of its own those, of any other the document's."""
    return narrowed(document.effects, locator, (document.effective_on, document.expires_on))


def narrowed(effects: Iterable[ProvisionEffect], locator: Locator, days: Days) -> Days:
    """The days of the nearest unit around a place that has its own; ``days`` where none has.

    What concerns only one matter of a provision (“quy định về … tại khoản 5”) leaves the provision's days alone.
    """
    begins, ends = days
    around = (effect for effect in effects if not effect.matter and effect.locator.contains(locator))
    for effect in sorted(around, key=lambda effect: len(effect.locator.steps)):
        begins = effect.effective_on or begins
        ends = effect.expires_on or ends
    return begins, ends


def validity_of(document: Document, locator: Locator, on: date) -> Validity:
    """State of a provision on a day, from the document's own words; partly expired if a unit below it has ended."""
    own = validity_on(on, *effect_of(document, locator))
    if own is not Validity.IN_FORCE:
        return own
    below = (effect for effect in document.effects if effect.locator != locator and locator.contains(effect.locator))
    ended = any(effect.expires_on and effect.expires_on <= on and not effect.matter for effect in below)
    return Validity.PARTLY_EXPIRED if ended else own


def effects_near(effects: Iterable[ProvisionEffect], locator: Locator) -> tuple[ProvisionEffect, ...]:
    """What a reader of a provision must be told: days of its own, of a unit below it, or of a matter in it."""
    return tuple(e for e in effects if e.locator.contains(locator) or locator.contains(e.locator))


def to_json(effects: Iterable[ProvisionEffect]) -> list[dict[str, str]]:
    """As kept beside an entry of the index, dates as text; empty fields are left out."""
    rows = (
        {
            "locator": effect.locator.path,
            "effective_on": effect.effective_on.isoformat() if effect.effective_on else "",
            "expires_on": effect.expires_on.isoformat() if effect.expires_on else "",
            "matter": effect.matter,
            "place": effect.place.path,
            "quote": effect.quote,
        }
        for effect in effects
    )
    return [{key: value for key, value in row.items() if value} for row in rows]


def from_json(rows: Sequence[Mapping[str, Any]]) -> tuple[ProvisionEffect, ...]:
    """What ``to_json`` wrote."""
    return tuple(
        ProvisionEffect(
            Locator(row["locator"]),
            date.fromisoformat(row["effective_on"]) if row.get("effective_on") else None,
            date.fromisoformat(row["expires_on"]) if row.get("expires_on") else None,
            row.get("matter", ""),
            Locator(row.get("place", "")),
            row.get("quote", ""),
        )
        for row in rows
    )
