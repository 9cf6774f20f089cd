"""How much of a question a short text speaks of: used to choose clauses and statements, not to search."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from assistant.answer.topic import topic_words
from assistant.index.embed import CachedEmbeddings
from assistant.language.normalise import fold

MEANT = 0.8  # what a text that surely means what is asked is worth beside its words (docs/log.md)
_LONGEST = 400  # characters of a text whose meaning is looked at


def relevance(question: str, texts: Sequence[str]) -> list[float]:
    """One score per text: the share of the question's topic (0…1), rare words and word pairs counting more.

    Folded, so that a question without diacritics chooses the same clause.
    """
    words = [fold(word) for word in topic_words(question)]
    wanted = Counter(words) + Counter(_pairs(words))
    if not wanted:
        return [0.0] * len(texts)
    bags = [_bag(text) for text in texts]
    seen = Counter(term for bag in bags for term in bag if term in wanted)
    weight = {
        term: math.log(1 + (len(texts) + 1) / (seen[term] + 0.5)) * (1.5 if " " in term else 1.0) for term in wanted
    }
    total = sum(weight.values())
    return [sum(weight[term] for term in wanted if term in bag) / total for bag in bags]


def spoken_of(question: str, title: str, texts: Sequence[str], embeddings: CachedEmbeddings) -> list[float]:
    """One score per text of the record ``title``: its words, and how much nearer than the others it is in meaning.

    Below 0 where it says nothing of the question.
    """
    if not texts:
        return []
    unrelated, sure = embeddings.cosines
    near = embeddings.passages([passage(title, text) for text in texts]) @ embeddings.query(question)
    meant = (near - near.mean()) / (sure - unrelated)
    return [said + MEANT * more for said, more in zip(relevance(question, texts), meant.tolist(), strict=True)]


def passage(title: str, text: str) -> str:
    """What is embedded of one text of a record."""
    return f"{title}. {text}"[:_LONGEST]


def _bag(text: str) -> set[str]:
    words = fold(text).replace("/", " ").split()
    bare = [word.strip(".,;:()[]“”\"'!?*_-") for word in words]
    return set(bare) | set(_pairs(bare))


def _pairs(words: Sequence[str]) -> list[str]:
    return [f"{a} {b}" for a, b in pairwise(words)]
