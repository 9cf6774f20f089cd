"""Errands that exist but of which the store holds nothing, however near another record's words come."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

from assistant.index.values import Hit, Kind

LED = 0.5  # so much more of the votes for the record than for what the store lacks (docs/log.md)
RULES = Path(__file__).parent / "rules" / "outside.yaml"


@lru_cache(maxsize=1)
def _rules() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    rows = yaml.safe_load(RULES.read_text(encoding="utf-8"))
    return tuple((re.compile(rf"\b(?:{row['words']})\b"), re.compile(rf"\b(?:{row['titled']})")) for row in rows)


def not_held(question: str, hit: Hit) -> bool:
    """True where the question names an errand that the found record does not carry in its own name.

    A provision of a law is no record of an errand; it may speak of it under any title. A record whose whole name stands
    in the question is what is asked for; so is one to which nearly all of the nearest sample questions lead, which name
    such errands in passing, as people do.
    """
    asked = question.lower()
    title = hit.entry.title.lower()
    led = hit.signals.get("votes", 0.0) - hit.signals.get("elsewhere", 0.0)
    if hit.entry.kind is Kind.PROVISION or title in asked or led >= LED:
        return False
    return any(words.search(asked) and not titled.search(title) for words, titled in _rules())
