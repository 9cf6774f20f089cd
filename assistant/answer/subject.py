"""Provisions that only sound like the answer: on other people than the question's, or silent on its fine."""

from __future__ import annotations

import re

from assistant.index.values import Entry, Kind

# Groups of people that have rules of their own: what tells one from the other in a text.
_GROUPS = {
    "công chức": re.compile(r"\b(?:cán bộ|công chức)\b"),
    "viên chức": re.compile(r"\bviên chức\b"),
    "người lao động": re.compile(r"\b(?:người|sử dụng|hợp đồng|kỷ luật|bộ luật) lao động\b"),
    "sĩ quan": re.compile(r"\b(?:sĩ quan|quân nhân|hạ sĩ|công nhân công an)\b"),
    "học sinh": re.compile(r"\b(?:học sinh|sinh viên|học viên)\b"),
}


_FINE = re.compile(r"\bphạt\b")


def off_subject(question: str, entry: Entry) -> bool:
    """True for a provision that cannot answer, however alike the words are. Guides and procedures say so themselves."""
    return entry.kind is Kind.PROVISION and (_of_others(question, entry) or _silent_on_fine(question, entry))


def asks_of_fine(text: str) -> bool:
    """True for “bị phạt không”, “mức phạt”."""
    return bool(_FINE.search(text.lower()))


def _silent_on_fine(question: str, entry: Entry) -> bool:
    return asks_of_fine(question) and not asks_of_fine(f"{entry.title}\n{entry.heading}\n{entry.text}")


def _of_others(question: str, entry: Entry) -> bool:
    """True for a provision on another group of people than the question's, which it does not mention at all."""
    asked = _groups(question)
    spoken_of = _groups(f"{entry.title}\n{entry.heading}\n{entry.text}")
    return bool(asked and spoken_of) and not asked & spoken_of


def _groups(text: str) -> set[str]:
    lowered = text.lower()
    return {name for name, words in _GROUPS.items() if words.search(lowered)}
