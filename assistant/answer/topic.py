"""What a question is about: its topic words, and the sides of a procedure that it asks for."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

from assistant.answer.turn import Facet
from assistant.language.normalise import CAPITALS

MIN_TOPIC = 2  # words: a shorter part says nothing by itself
RULES = Path(__file__).parent / "rules" / "questions.yaml"


@lru_cache(maxsize=1)
def _rules() -> tuple[dict[Facet, re.Pattern[str]], frozenset[str]]:
    rows = yaml.safe_load(RULES.read_text(encoding="utf-8"))
    facets = {Facet(name): re.compile("|".join(patterns)) for name, patterns in rows["facets"].items()}
    return facets, frozenset(" ".join(rows["not_topic"]).split())


def facets_of(text: str) -> frozenset[Facet]:
    """Which sides of a procedure are asked for; empty: the question names none."""
    lowered = text.lower()
    return frozenset(facet for facet, pattern in _rules()[0].items() if pattern.search(lowered))


def topic_words(text: str) -> list[str]:
    """The words that say what is asked about: without question words, pronouns and the words of facets."""
    facets, not_topic = _rules()
    lowered = _HOME.sub(" ", text.lower())
    for pattern in facets.values():
        lowered = pattern.sub(" ", lowered)
    return [word for word in re.findall(r"\w+", lowered) if word not in not_topic]


def without_facets(text: str) -> str:
    """The text less the words that ask for a side of a procedure: “tách hộ bao nhiêu tiền” → “tách hộ”."""
    lowered = text.lower()
    for pattern in _rules()[0].values():
        lowered = pattern.sub(" ", lowered)
    return " ".join(lowered.split()).strip(" ,.?")


# The City itself, in which every question is asked: a part that only names it asks nothing.
CITY = re.compile(r"\b(?:thành phố hồ chí minh|tp\.? ?hcm|sài gòn)\b", re.IGNORECASE)
_HOME = re.compile(r"\bsài gòn\b(?! \d)")
NAMES = re.compile(rf"[{CAPITALS}]\w*(?: [{CAPITALS}]\w*)+")  # of people and places
_JOINTS = re.compile(r",|\b(?:hay|rồi)\b")
# “… rồi làm lại căn cước với xin giấy xác nhận …”: a new errand begins at its verb.
_ERRAND = re.compile(
    r"\b(?:rồi|với|và|xong|sau đó|luôn)\b"
    r"(?= (?:xin|làm|đăng ký|cấp|đổi|khai|chứng thực|nhập|chuyển|sang|tách|mua|lãnh|nhận)\b)"
)


def clauses(text: str) -> list[str]:
    """The parts of a long question, cut at commas and joining words, each with two topic words at least."""
    return [part.strip() for part in _JOINTS.split(text) if len(topic_words(part)) >= MIN_TOPIC]


def errands(text: str) -> list[str]:
    """The clauses of a message, cut also where the next thing to be done begins."""
    return clauses(_ERRAND.sub(",", text.replace(":", ",")))


def asking(text: str) -> str:
    """The sentence that asks: what a message tells before it is a story (``understand.split_questions``)."""
    return text.rpartition(". ")[2]


def facet_words(text: str) -> list[str]:
    """The words that ask for those sides, as they stand in the text."""
    lowered = text.lower()
    return [match.group(0).strip() for pattern in _rules()[0].values() if (match := pattern.search(lowered))]
