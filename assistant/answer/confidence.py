"""How surely a found record speaks of the question, and the floor under which nothing counts as found."""

from __future__ import annotations

import math
import re
from functools import lru_cache

from assistant.answer.topic import CITY, NAMES, topic_words
from assistant.answer.turn import Ask
from assistant.index.samples import LEAST
from assistant.index.values import Hit, Kind
from assistant.language.normalise import CAPITALS, fold
from assistant.language.rarity import compounds, rarity

# A logistic regression (eval/train_confidence.py; docs/log.md, 2026-11-29). With it this floor keeps 99 % of the right
# leads on the shipped corpus (61 % where the question was written to be hard), and lets through 9 % of what was asked
# of procedures and laws that the corpus lacks (13 %).
FLOOR = 0.48
WEIGHTS = {
    "names": 1.09,
    "body": 0.94,
    "lacking": -0.18,
    "meaning": 1.42,
    "asked": 4.77,
    "worded": 1.64,
    "ahead": 1.53,
    "provision": 1.54,
}
BIAS = -5.61
# What stands for how near a sample question is, in meaning and in words, in a record that has none: a share of how near
# the record's own meaning is, or of how nearly the question is one of its names (docs/log.md).
MEANT_LIKE, NAMED_LIKE = (0.4, 0.2), (0.6, 0.5)


# Whose street it is says nothing of what is asked: “phường Tân Hưng” counts as “phường”.
_PLACE = re.compile(rf"\b(phường|xã|quận|huyện|thị trấn|ấp|đường)(?: (?:[{CAPITALS}][^\W\d_]*|\d+))+")


def confidence(hit: Hit, ask: Ask) -> float:
    """0…1: how surely the entry speaks of the question."""
    return 1.0 / (1.0 + math.exp(-BIAS - sum(WEIGHTS[name] * value for name, value in evidence(hit, ask).items())))


def evidence(hit: Hit, ask: Ask) -> dict[str, float]:
    """What confidence is made of, each about 0…1.

    The share of the topic's words in the entry's names and in all of it, how rare the rarest compound is that the entry
    lacks, how near the meaning is, how near its sample questions are in meaning and in words, how far it stands before
    the next, where it is the first, and whether it is a provision, which has no names of everyday speech.
    """
    topic, compounded = _topic(ask.text)
    entry = hit.entry
    names, body = _said_in(entry.title, entry.heading, entry.aliases, entry.text)
    meaning = hit.signals.get("meaning", 0.0)
    asked, worded = _near_questions(
        hit, meaning, max((likeness(frozenset(topic), name) for name in names), default=0.0)
    )
    return {
        "names": sum(any(word in name for name in names) for word in topic) / max(len(topic), 1),
        "body": sum(f" {word} " in body for word in topic) / max(len(topic), 1),
        "lacking": max((rare for compound, rare in compounded if f" {compound} " not in body), default=0.0),
        "meaning": meaning,
        "asked": asked,
        "worded": worded,
        "ahead": min(ask.ahead, 1.0) if ask.hits and hit is ask.hits[0] else 0.0,
        "provision": float(entry.kind is Kind.PROVISION),
    }


def _near_questions(hit: Hit, meaning: float, named: float) -> tuple[float, float]:
    """How near its sample questions are in meaning and in words, or what stands for it."""
    if "asked" in hit.signals:
        least = LEAST["asked"]
        return max(0.0, hit.signals["asked"] - least) / (1.0 - least), hit.signals["asked_words"]
    return max(MEANT_LIKE[0] * meaning, NAMED_LIKE[0] * named), max(MEANT_LIKE[1] * meaning, NAMED_LIKE[1] * named)


def likeness(topic: frozenset[str], name: frozenset[str]) -> float:
    """0…1: how well the name is the topic itself, neither more (“… có yếu tố nước ngoài”) nor less (Dice)."""
    return 2 * len(topic & name) / max(len(topic) + len(name), 1)


@lru_cache(maxsize=1_024)
def _topic(text: str) -> tuple[tuple[str, ...], tuple[tuple[str, float], ...]]:
    """The topic's words, and its compounds with how rare they are; all without diacritics."""
    text = CITY.sub(" ", _PLACE.sub(r"\1", text))
    words = [word for word in topic_words(text) if not word.isdigit()]
    compounded = (compound for compound in compounds(NAMES.sub(",", text)) if set(compound.split()) <= set(words))
    return tuple(map(fold, words)), tuple((fold(compound), rarity(compound)) for compound in compounded)


@lru_cache(maxsize=512)  # the guides and procedures of a corpus are asked about again and again
def _said_in(title: str, heading: str, aliases: tuple[str, ...], text: str) -> tuple[list[frozenset[str]], str]:
    """The words of each of an entry's names, and all its words in a row with a space around each."""
    names = [_words(name) for name in (title, heading, *aliases)]
    body = " ".join(word for words in (*names, _words(text)) for word in words)
    return [frozenset(name) for name in names], f" {body} "


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))
