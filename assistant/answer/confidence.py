"""How surely a found record speaks of the question, and the floor under which nothing counts as found."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import mul

from assistant.answer.topic import CITY, NAMES, topic_words
from assistant.answer.turn import Ask
from assistant.index.samples import meant
from assistant.index.values import Hit, Kind
from assistant.language.normalise import CAPITALS, fold
from assistant.language.rarity import compounds, rarity

# Logistic regressions (eval/train_confidence.py; docs/log.md). The floor was chosen on questions of the project's own:
# of 1,108 most end well here; a twentieth lower, four more of the sixty fresh ones on what is lacking are answered, a
# twentieth higher, five more of the 717 on what is held are refused.
FLOOR = 0.35
WEIGHTS = {
    "body": 1.96,
    "lacking": -0.61,
    "meaning": 0.42,
    "likely": 4.31,
    "said": 3.82,
    "lacked": -3.51,
    "likely_elsewhere": -2.92,
    "ahead": 1.96,
    "provision": 3.17,
}
BIAS = -6.09
SURE = 0.5  # sure enough to answer alone, or to stand beside another answer
TIE = 0.9  # two whose standings differ by less are answered from together
# Where the first has no sample questions: learned in the same way of records whose sample questions were hidden.
UNASKED = {
    "named": 1.67,
    "body": 2.95,
    "lacking": -0.83,
    "meaning": 4.97,
    "lacked": -1.11,
    "likely_elsewhere": -2.15,
    "ahead": 1.1,
    "provision": 0.87,
}
UNASKED_BIAS = -3.99
# How near the sample questions of such a record would be: what they are, on average, to those that have them, by how
# near its meaning is, how nearly the question is one of its names, and how much of it the record holds; 1 stands first
# (eval/train_speaking.py).
EXPECTED = {"asked": (0.03, 0.44, 0.18, 0.07), "likely": (0.3, 0.42, 0.13, 0.04), "said": (0.37, 0.19, 0.17, 0.18)}
ELSEWHERE = {"lacked": 0.7, "likely_elsewhere": 0.75}  # where nothing at all has sample questions: what it usually is
LIKELY = 15.0  # how likely who asks is to say just this, where the record answers: half of the questions (docs/log.md)
CALLED = 0.6  # from here on a question is the more one of a record's names (Dice)


# Whose street it is says nothing of what is asked: “phường Tân Hưng” counts as “phường”.
_PLACE = re.compile(rf"\b(phường|xã|quận|huyện|thị trấn|ấp|đường)(?: (?:[{CAPITALS}][^\W\d_]*|\d+))+")


def sureness(ask: Ask) -> float:
    """0…1: how surely what would be answered from speaks of the question."""
    return max(confidence(ask.hits[0], ask), one_of_two(ask)) if ask.hits else 0.0


def confidence(hit: Hit, ask: Ask) -> float:
    """0…1: how surely the entry speaks of the question."""
    return _weighed(evidence(hit, ask))


def one_of_two(ask: Ask) -> float:
    """0…1: how surely one of the first two does, where they stand so near that both are told; else 0.

    Of two records on one matter neither stands before the other: neither is sure alone.
    """
    if len(ask.hits) < 2 or ask.ahead >= TIE or any(hit.entry.kind is Kind.PROVISION for hit in ask.hits[:2]):
        return 0.0
    first, second = (evidence(hit, ask) for hit in ask.hits[:2])
    if _weighed(first) >= SURE:
        return 0.0
    together = {"likely": max(first["likely"], second["likely"]), "ahead": min(ask.ahead_of_third, 1.0)}
    return _weighed(first | together)


def _weighed(known: Mapping[str, float]) -> float:
    weights, bias = (WEIGHTS, BIAS) if known["sampled"] else (UNASKED, UNASKED_BIAS)
    return 1.0 / (1.0 + math.exp(-bias - sum(weight * known[name] for name, weight in weights.items())))


def evidence(hit: Hit, ask: Ask) -> dict[str, float]:
    """What confidence and the order are made of, each about 0…1.

    ``named``: how nearly the question is one of the entry's names; ``body``: the share of the topic's words in it;
    ``lacking``: how rare the rarest compound is that it lacks; ``meaning``; ``sampled``: whether it has sample
    questions, and by them ``asked``, ``likely``, ``said``, or what these would be; ``lacked``, ``likely_elsewhere``:
    how much of what is asked about such things leads to nothing that the index holds; ``ahead``: how far it stands
    before the next, where it is the first; ``provision``: whether it is one, which has no names of everyday speech.
    """
    topic, compounded = _topic(ask.text)
    entry, signals = hit.entry, hit.signals
    names, text = _said_in(entry.title, entry.heading, entry.aliases, entry.text)
    meaning = signals.get("meaning", 0.0)
    named = max((likeness(frozenset(topic), name) for name in names), default=0.0)
    body = sum(f" {word} " in text for word in topic) / max(len(topic), 1)
    return {
        "named": named,
        "body": body,
        "lacking": max((rare for compound, rare in compounded if f" {compound} " not in text), default=0.0),
        "meaning": meaning,
        "sampled": float("asked" in signals),
        **_near_questions(hit, (1.0, meaning, named, body)),
        **_elsewhere(hit, named),
        "ahead": min(ask.ahead, 1.0) if ask.hits and hit is ask.hits[0] else 0.0,
        "provision": float(entry.kind is Kind.PROVISION),
    }


def _near_questions(hit: Hit, otherwise: Sequence[float]) -> dict[str, float]:
    """How near its sample questions are, how likely they make this one, how much of it they say; or what is expected of
    them by ``otherwise``: one, and what ``EXPECTED`` weighs."""
    signals = hit.signals
    if "asked" in signals:
        return {"asked": meant(signals["asked"]), "likely": signals["likely"] / LIKELY, "said": signals["said"]}
    return {name: sum(map(mul, shares, otherwise)) for name, shares in EXPECTED.items()}


def _elsewhere(hit: Hit, named: float) -> dict[str, float]:
    """How much of what is asked about such things leads to nothing that the index holds.

    It counts nothing where the record is called just so.
    """
    signals, strange = hit.signals, 1.0 - max(0.0, named - CALLED) / (1.0 - CALLED)
    other = ELSEWHERE
    if "elsewhere" in signals:
        other = {"lacked": signals["elsewhere"], "likely_elsewhere": signals["likely_elsewhere"] / LIKELY}
    return {name: value * strange for name, value in other.items()}


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
