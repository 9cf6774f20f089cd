"""What the drafts of these tests are held against."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pytest
import yaml

from assistant.index.values import Entry, Kind
from assistant.ingest.corpus import load_bodies, load_catalogue, load_places
from assistant.ingest.parse import parse
from assistant.law.catalogue import Catalogue
from assistant.law.catalogue_rows import CatalogueRow
from assistant.law.document import ProvisionKind
from assistant.review import Names, Report, review
from assistant.settings import settings
from tests.review.seeds import CITY, HERE, text_of

ISSUED = "25/2026/QĐ-UBND"  # the number under which the ward's draft cites the City's


class Held:
    """Kho toàn văn of one document: its articles as entries."""

    def __init__(self, number: str, text: str) -> None:
        document = parse(text)
        self._number = number
        self._entries = [
            Entry(
                id=f"{number}#{p.locator.path}",
                kind=Kind.PROVISION,
                number=number,
                title=document.subject,
                text=document.text[p.start : p.end],
                locator=p.locator.path,
                heading=p.heading,
            )
            for p in document.provisions
            if p.kind is ProvisionKind.ARTICLE
        ]

    def entries(self, number: str, locator: str = "", *, on: date | None = None) -> list[Entry]:
        return [e for e in self._entries if number == self._number and e.locator.startswith(locator)]


@lru_cache(maxsize=1)
def shipped() -> tuple[Catalogue, Names]:
    """The catalogue and names that users have."""
    corpus = settings().corpus
    return load_catalogue(corpus), Names.of(load_bodies(corpus), load_places(corpus), settings().territory)


@lru_cache(maxsize=1)
def pinned() -> tuple[Catalogue, Names, Held]:
    """The catalogue of these tests, the shipped names, and the City's draft as if it were issued."""
    rows = yaml.safe_load((HERE / "catalogue.yaml").read_text(encoding="utf-8"))
    return Catalogue(CatalogueRow.of(row) for row in rows), shipped()[1], Held(ISSUED, text_of(CITY))


def review_text(text: str, on: date = date(2026, 11, 25), *, expedited: bool = False) -> Report:
    """A text reviewed on a day, against the pinned catalogue."""
    catalogue, names, held = pinned()
    return review(parse(text), on=on, catalogue=catalogue, names=names, texts=held, expedited=expedited)


@pytest.fixture
def held() -> Held:
    return pinned()[2]
