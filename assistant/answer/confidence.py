"""How surely a found record speaks of the question, and the floor under which nothing counts as found."""

from __future__ import annotations

import math
import re

from assistant.answer.topic import topic_words
from assistant.answer.turn import Ask
from assistant.index.values import Hit
from assistant.language.normalise import CAPITALS, fold

# A logistic regression on 38 answerable and 84 unanswerable questions (docs/log.md, 2026-11-22): at this floor it
# keeps 97 % of the right leads and lets 2 to 4 % of the wrong ones through, measured on the questions it learned from.
FLOOR = 0.48
WEIGHTS = {"names": 2.5, "body": 1.3, "dense": 3.17, "lexical": 0.9, "folded": 0.97, "gap": 0.96}
BIAS = -4.6


# Whose street it is says nothing of what is asked: “phường Tân Hưng” counts as “phường”.
_PLACE = re.compile(rf"\b(phường|xã|quận|huyện|thị trấn|ấp|đường)(?: (?:[{CAPITALS}][^\W\d_]*|\d+))+")


def confidence(hit: Hit, ask: Ask) -> float:
    """0…1: how surely the entry speaks of the question.

    From the share of the topic's words in the entry's names and in all of it, the cosine (this family of embeddings
    tells things apart between 0.84 and 0.94), the lexical scores per word, and how far it leads the next hit.
    """
    words = [fold(word) for word in topic_words(_PLACE.sub(r"\1", ask.text)) if not word.isdigit()]
    entry = hit.entry
    names = set(_words(" ".join((entry.title, entry.heading, *entry.aliases))))
    body = names | set(_words(entry.text))
    said = max(len(ask.text.split()), 1)
    searched = said + sum(len(synonym.split()) for synonym in ask.synonyms)
    gap = hit.score - ask.hits[1].score if len(ask.hits) > 1 and hit is ask.hits[0] else 0.0
    signals = {
        "names": sum(word in names for word in words) / max(len(words), 1),
        "body": sum(word in body for word in words) / max(len(words), 1),
        "dense": (hit.signals.get("dense", 0.0) - 0.84) / 0.10,
        "lexical": min(hit.signals.get("lexical", 0.0) / searched, 10.0) / 10.0,
        "folded": min(hit.signals.get("folded", 0.0) / said, 7.0) / 7.0,
        "gap": max(gap, 0.0),
    }
    return 1.0 / (1.0 + math.exp(-BIAS - sum(WEIGHTS[name] * value for name, value in signals.items())))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))
