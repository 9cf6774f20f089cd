"""What of a long message names a record or an errand of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.answer.topic import clauses, topic_words
from assistant.index.values import Entry, Kind
from assistant.language.normalise import fold

NAME_SYLLABLES = 3  # a shorter name (“khai sinh”) stands in too many questions about something else

# “… rồi làm lại căn cước với xin giấy xác nhận …”: a new errand begins at its verb.
_ERRAND = re.compile(
    r"\b(?:rồi|với|và|xong|sau đó|luôn)\b"
    r"(?= (?:xin|làm|đăng ký|cấp|đổi|khai|chứng thực|nhập|chuyển|sang|tách|mua|lãnh|nhận)\b)"
)


def name_within(text: str, entries: Iterable[Entry]) -> str:
    """The longest name of these guides and procedures that stands in the text as a whole; "" where none does."""
    said = f" {_plain(text)} "
    names = (name for entry in entries if entry.kind is not Kind.PROVISION for name in (entry.title, *entry.aliases))
    within = [name for name in names if f" {_plain(name)} " in said and _says_enough(name)]
    return max(within, key=lambda name: len(name.split()), default="")


def _says_enough(name: str) -> bool:
    return len(name.split()) >= NAME_SYLLABLES and len(topic_words(name)) >= NAME_SYLLABLES - 1


def errands(text: str) -> list[str]:
    """The clauses of a message, cut also where the next thing to be done begins."""
    return clauses(_ERRAND.sub(",", text.replace(":", ",")))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))
