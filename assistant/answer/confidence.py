"""How surely a found record speaks of the question, and the floor under which nothing counts as found."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import lru_cache

from assistant.answer.topic import CITY, NAMES, topic_words
from assistant.answer.turn import Ask
from assistant.index.samples import meant
from assistant.index.values import Hit, Kind
from assistant.language.normalise import CAPITALS, fold
from assistant.language.rarity import compounds, rarity

# A logistic regression (eval/train_confidence.py; docs/log.md). At .4 it keeps nearly all right leads on the
# shipped corpus (97 % where the question was written to be hard), and lets through 3 % of what was asked of laws and
# decrees that the corpus lacks (6 % of what is near to what it holds). The floor stands lower: of the questions in
# eval/questions_own.jsonl one in fifty more is answered, of those on what is lacking one in a hundred more.
FLOOR = 0.3
WEIGHTS = {
    "names": 0.85,
    "body": 1.36,
    "lacking": -0.64,
    "meaning": 0.45,
    "likely": 4.38,
    "lacked": -3.65,
    "likely_elsewhere": -3.17,
    "ahead": 1.85,
    "provision": 2.37,
}
BIAS = -3.21
SURE = 0.5  # sure enough to answer alone, or to stand beside another answer
TIE = 0.9  # two whose standings differ by less are answered from together
# What stands for how near sample questions are to a record that has none: shares of how near its own meaning is, and of
# how nearly the question is one of its names, the larger of the two; and for those that lead elsewhere (docs/log.md).
LIKE = {"asked": (0.4, 0.6), "likely": (0.4, 0.6)}
ELSEWHERE = {"lacked": 0.4, "likely_elsewhere": 0.5}
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
    return 1.0 / (1.0 + math.exp(-BIAS - sum(weight * known[name] for name, weight in WEIGHTS.items())))


def evidence(hit: Hit, ask: Ask) -> dict[str, float]:
    """What confidence is made of, each about 0…1; and how near the sample questions are, which counts for the order.

    The share of the topic's words in the entry's names and in all of it, how rare the rarest compound is that the entry
    lacks, how near the meaning is, how likely who asks about it is to say this, and who asks about anything that the
    index lacks, the share of the nearest sample questions that ask about such, how far it stands before the next, where
    it is the first, and whether it is a provision, which has no names of everyday speech.
    """
    topic, compounded = _topic(ask.text)
    entry = hit.entry
    names, body = _said_in(entry.title, entry.heading, entry.aliases, entry.text)
    meaning = hit.signals.get("meaning", 0.0)
    named = max((likeness(frozenset(topic), name) for name in names), default=0.0)
    return {
        "names": sum(any(word in name for name in names) for word in topic) / max(len(topic), 1),
        "body": sum(f" {word} " in body for word in topic) / max(len(topic), 1),
        "lacking": max((rare for compound, rare in compounded if f" {compound} " not in body), default=0.0),
        "meaning": meaning,
        **_near_questions(hit, meaning, named),
        "ahead": min(ask.ahead, 1.0) if ask.hits and hit is ask.hits[0] else 0.0,
        "provision": float(entry.kind is Kind.PROVISION),
    }


def _near_questions(hit: Hit, meaning: float, named: float) -> dict[str, float]:
    """How near its sample questions are, how likely they make this one, and what is asked elsewhere; or stand-ins.

    What speaks for something that the index lacks counts nothing where the record is called just so.
    """
    signals = hit.signals
    if "asked" in signals:
        near = {"asked": meant(signals["asked"]), "likely": signals["likely"] / LIKELY}
        other = {"lacked": signals["elsewhere"], "likely_elsewhere": signals["likely_elsewhere"] / LIKELY}
    else:
        near = {name: max(like * meaning, like_name * named) for name, (like, like_name) in LIKE.items()}
        other = ELSEWHERE
    strange = 1.0 - max(0.0, named - CALLED) / (1.0 - CALLED)
    return near | {name: value * strange for name, value in other.items()}


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
