"""Of procedures that match alike, the one whose name the question says most fully.

“Đăng ký khai sinh” rather than “Đăng ký khai sinh có yếu tố nước ngoài”, unless something foreign was asked about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.index.values import Entry, Kind
from assistant.language.tokens import folded

NAMED = 0.05  # added for a name said whole; measured on eval/procedure_phrasings.jsonl (docs/log.md)


def fuller_names_first(
    text: str, ranked: Sequence[tuple[str, float]], entries: Mapping[str, Entry]
) -> list[tuple[str, float]]:
    """``ranked`` with its procedures raised by the share of their name that ``text`` says; the best of their names."""
    asked = frozenset(folded(text))
    raised = [(name, score + NAMED * _said(asked, entries.get(name))) for name, score in ranked]
    return sorted(raised, key=lambda item: -item[1])


def _said(asked: frozenset[str], entry: Entry | None) -> float:
    if entry is None or entry.kind is not Kind.PROCEDURE:
        return 0.0
    return max(_share(asked, folded(name)) for name in (entry.title, *entry.aliases))


def _share(asked: frozenset[str], name: Sequence[str]) -> float:
    return sum(syllable in asked for syllable in name) / len(name) if name else 0.0
