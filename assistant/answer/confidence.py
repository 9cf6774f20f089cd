"""How surely a found record speaks of the question, and the floor under which nothing counts as found."""

from __future__ import annotations

import math
import re

from assistant.answer.topic import topic_words
from assistant.answer.turn import Ask
from assistant.index.values import Hit
from assistant.language.normalise import CAPITALS, fold

# A logistic regression (eval/train_confidence.py; docs/log.md, 2026-11-28). On its questions this floor keeps 98 %
# of the right leads, and lets through 14 % of what was asked of procedures and laws the corpus does not hold.
FLOOR = 0.48
WEIGHTS = {"names": 4.3, "body": 1.09, "meaning": 3.78, "lexical": 2.67, "folded": 2.08, "gap": 1.5}
BIAS = -7.35


# Whose street it is says nothing of what is asked: “phường Tân Hưng” counts as “phường”.
_PLACE = re.compile(rf"\b(phường|xã|quận|huyện|thị trấn|ấp|đường)(?: (?:[{CAPITALS}][^\W\d_]*|\d+))+")


def confidence(hit: Hit, ask: Ask) -> float:
    """0…1: how surely the entry speaks of the question."""
    return 1.0 / (1.0 + math.exp(-BIAS - sum(WEIGHTS[name] * value for name, value in evidence(hit, ask).items())))


def evidence(hit: Hit, ask: Ask) -> dict[str, float]:
    """What confidence is made of, each about 0…1.

    The share of the topic's words in the entry's names and in all of it, how near the meaning is, the lexical scores
    per word, and how far it leads the next hit.
    """
    words = [fold(word) for word in topic_words(_PLACE.sub(r"\1", ask.text)) if not word.isdigit()]
    entry = hit.entry
    names = set(_words(" ".join((entry.title, entry.heading, *entry.aliases))))
    body = names | set(_words(entry.text))
    said = max(len(ask.text.split()), 1)
    searched = said + sum(len(synonym.split()) for synonym in ask.synonyms)
    gap = hit.score - ask.hits[1].score if len(ask.hits) > 1 and hit is ask.hits[0] else 0.0
    return {
        "names": sum(word in names for word in words) / max(len(words), 1),
        "body": sum(word in body for word in words) / max(len(words), 1),
        "meaning": hit.signals.get("meaning", 0.0),
        "lexical": min(hit.signals.get("lexical", 0.0) / searched, 10.0) / 10.0,
        "folded": min(hit.signals.get("folded", 0.0) / said, 7.0) / 7.0,
        "gap": max(gap, 0.0),
    }


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))
