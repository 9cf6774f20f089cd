"""Errands that exist but of which the store holds nothing, however near another record's words come."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

from assistant.answer.topic import asking
from assistant.index.values import Entry, Kind

RULES = Path(__file__).parent / "rules" / "outside.yaml"


@lru_cache(maxsize=1)
def _rules() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    rows = yaml.safe_load(RULES.read_text(encoding="utf-8"))
    return tuple((re.compile(rf"\b(?:{row['words']})\b"), re.compile(rf"\b(?:{row['titled']})")) for row in rows)


def not_held(question: str, entry: Entry) -> bool:
    """True where the question names an errand that the found record does not carry in its own name.

    A provision of a law is no record of an errand; it may speak of it under any title. A record whose whole name stands
    in the question is what is asked for. What a story names before its question is not asked.
    """
    asked = asking(question.lower())
    title = entry.title.lower()
    if entry.kind is Kind.PROVISION or title in asked:
        return False
    return any(words.search(asked) and not titled.search(title) for words, titled in _rules())
