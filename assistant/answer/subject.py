"""Provisions that only sound like the answer: on other people than the question's, or silent on what it asks for."""

from __future__ import annotations

import re

from assistant.answer.topic import NAMES, topic_words
from assistant.answer.turn import Ask
from assistant.index.cited import according_to
from assistant.index.values import Entry, Kind
from assistant.language.normalise import fold
from assistant.language.rarity import rare_compounds

# Groups of people that have rules of their own: what tells one from the other in a text.
_GROUPS = {
    "công chức": re.compile(r"\b(?:cán bộ|công chức)\b"),
    "viên chức": re.compile(r"\bviên chức\b"),
    "người lao động": re.compile(r"\b(?:người|sử dụng|hợp đồng|kỷ luật|bộ luật) lao động\b"),
    "sĩ quan": re.compile(r"\b(?:sĩ quan|quân nhân|hạ sĩ|công nhân công an)\b"),
    "học sinh": re.compile(r"\b(?:học sinh|sinh viên|học viên)\b"),
}


_FINE = re.compile(r"\bphạt\b(?! (?:tù|cọc|vi phạm hợp đồng))")
_HOW_MUCH_FINE = re.compile(
    r"\bmức (?:xử )?phạt\b"
    r"|\bphạt (?:tiền |khoảng |cỡ )?(?:hết |tới )?(?:bao nhiêu|nhiêu|mấy (?!năm|tháng|ngày))"
)
_SO_MUCH_FINE = re.compile(
    r"\bphạt\b[^.;\n]{0,120}\b\d[\d.]* ?(?:đồng|triệu)|\d[\d.]* ?(?:đồng|triệu)[^.;\n]{0,60}\bphạt\b"
)
_HOW_LONG = re.compile(
    r"\bbao (?:nhiêu )?lâu\b|\b(?:mấy|bao nhiêu) (?:giờ|ngày|hôm|bữa|tuần|tháng|năm)\b"
    r"|\bthời hạn\b[^.?]{0,60}\bbao nhiêu\b"
)
# “15 ngày”, “mười lăm (15) ngày”, “05 ngày làm việc”; “ngay” and “suốt” are answers to “how long” too.
_DURATION = re.compile(
    r"\b(?:\d+|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?: ?\([^)]*\))? ?(?:giờ|ngày|tuần|tháng|quý|năm)\b"
    r"|\bngay\b|\bsuốt\b"
)


# A compound that laws use so seldom (of 13 million syllables) is what a question is about: a provision without a
# syllable of it speaks of something else. Found on questions asked of the laws beside the right one (docs/log.md).
_SELDOM = 1_600
_SAYS_HOW = frozenset({"bắt buộc", "tối đa", "tối thiểu", "kể cả", "bất kỳ", "duy nhất", "tự ý"})


def off_subject(ask: Ask, entry: Entry) -> bool:
    """True for a provision that cannot answer, however alike the words are. Guides and procedures say so themselves."""
    if entry.kind is not Kind.PROVISION:
        return False
    said = f"{entry.title}\n{entry.heading}\n{entry.text}".lower()
    asked = ask.text.lower()
    return (
        _of_others(asked, said)
        or (asks_of_fine(asked) and not asks_of_fine(said))
        or (bool(_HOW_LONG.search(asked)) and not _DURATION.search(said))
        or _of_another_document(ask, entry)
        or _lacks_the_topic(ask, said)
    )


def _of_another_document(ask: Ask, entry: Entry) -> bool:
    """True where the question says which law it asks, and the provision is neither of it nor of one that guides it."""
    named = according_to(ask.text)
    title = fold(entry.title)
    return bool(named) and not any(r.number == entry.number or (r.name and fold(r.name) in title) for r in named)


def _lacks_the_topic(ask: Ask, said: str) -> bool:
    if ask.synonyms:  # asked in everyday words: the law says it in others
        return False
    asked = NAMES.sub(",", ask.text)
    topic, held = set(topic_words(asked)), set(re.findall(r"\w+", fold(said)))
    rare = (c.split() for c in rare_compounds(asked, _SELDOM) if c not in _SAYS_HOW)
    return any(topic.issuperset(parts) and not held.intersection(map(fold, parts)) for parts in rare)


def asks_of_fine(text: str) -> bool:
    """True for “bị phạt không”, “mức phạt”."""
    return bool(_FINE.search(text.lower()))


def asks_how_much_fine(text: str) -> bool:
    """True for “phạt mấy triệu”, “mức phạt … là bao nhiêu”."""
    return bool(_HOW_MUCH_FINE.search(text.lower()))


def tells_how_much_fine(text: str) -> bool:
    """True for “phạt tiền từ 500.000 đồng”."""
    return bool(_SO_MUCH_FINE.search(text.lower()))


def _of_others(asked: str, said: str) -> bool:
    """True for a provision on another group of people than the question's, which it does not mention at all."""
    wanted, spoken_of = _groups(asked), _groups(said)
    return bool(wanted and spoken_of) and not wanted & spoken_of


def _groups(text: str) -> set[str]:
    return {name for name, words in _GROUPS.items() if words.search(text)}
