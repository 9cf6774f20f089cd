"""From what a person typed to the query that is searched: the one way for the command, the library and the figures."""

from __future__ import annotations

from typing import Any

from assistant.index.values import Query
from assistant.language.informal import legal_synonyms, understand_typing
from assistant.language.normalise import fold
from assistant.language.restore import Restorer


def as_query(question: str, k: int = 10, **filters: Any) -> Query:
    """Diacritics, abbreviations and everyday words understood; ``filters`` are the other fields of ``Query``."""
    text = understand_typing(question, Restorer.default()).text
    plain = fold(question) == question.lower()  # typed without diacritics: those restored may be wrong
    return Query(" ".join([text, *legal_synonyms(text)]), fold(text) if plain else text, k, **filters)
