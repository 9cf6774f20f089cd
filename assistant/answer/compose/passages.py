"""What of the shipped records is embedded beforehand: every line that an answer may choose by its meaning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from assistant.answer.compose import guide, procedure
from assistant.answer.relevance import passage
from assistant.index.values import Entry, Kind
from assistant.ingest.procedures import from_json


def passages(entries: Iterable[Entry], on: date) -> Iterator[str]:
    """As ``relevance.spoken_of`` asks for them; fees as they are printed on the day ``on``."""
    for entry in entries:
        if entry.kind is Kind.PROCEDURE:
            told = (procedure.told(*line) for line in procedure.said_lines(from_json(entry.payload), on))
        elif entry.kind is Kind.GUIDE:
            told = (guide.as_told(*row) for row in guide.statements(entry))
        else:
            continue
        yield from (passage(entry.title, text) for text in told)
