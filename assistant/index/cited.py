"""The article that a question names itself: “Theo Điều 7 Luật Tiếp cận thông tin, …”."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.index.values import Entry, Kind
from assistant.language.normalise import fold
from assistant.language.tokens import folded

SAID = 0.8  # of the document's name, at least: “luật tố tụng dân sự” is not “Bộ luật dân sự”
_ARTICLE = re.compile(r"\bdieu (\d{1,4}[a-z]?)\b")


def cited_first(
    text: str, ranked: Sequence[tuple[str, float]], entries: Mapping[str, Entry]
) -> list[tuple[str, float]]:
    """``ranked`` with the articles that ``text`` names before all others; places keep their scores."""
    wanted = frozenset(f"dieu-{n}" for n in _ARTICLE.findall(fold(text)))
    if not wanted:
        return list(ranked)
    asked = frozenset(folded(text))
    order = sorted(ranked, key=lambda item: not _named(wanted, asked, entries.get(item[0])))
    return [(name, score) for (name, _), (_, score) in zip(order, ranked, strict=True)]


def _named(wanted: frozenset[str], asked: frozenset[str], entry: Entry | None) -> bool:
    if entry is None or entry.kind is not Kind.PROVISION or fold(entry.locator) not in wanted:
        return False
    names = (entry.title, entry.number)
    return any(said and sum(s in asked for s in said) >= SAID * len(said) for said in map(folded, names))
