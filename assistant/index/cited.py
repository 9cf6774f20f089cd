"""The article, or the law, that a question names itself: “Theo Điều 7 Luật Tiếp cận thông tin, …”."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.index.values import Entry, Kind
from assistant.language.normalise import fold
from assistant.language.tokens import folded
from assistant.law.citation import Reference, find_citations

SAID = 0.8  # of the document's name, at least: “luật tố tụng dân sự” is not “Bộ luật dân sự”
# “Theo Luật Trồng trọt, …”: the document that the answer must come from; one named later may only be spoken of.
_ACCORDING_TO = re.compile(r"\W*(?:theo|trong|tại)(?: quy định)?(?: (?:của|tại|trong|ở))? ?", re.IGNORECASE)
_CONSTITUTION = "Hiến pháp"
_ARTICLE = re.compile(r"\bdieu (\d{1,4}[a-z]?)\b")


def cited_first(
    text: str, ranked: Sequence[tuple[str, float]], entries: Mapping[str, Entry]
) -> list[tuple[str, float]]:
    """``ranked`` with what ``text`` names before all others: its articles, then its law; places keep their scores."""
    articles = frozenset(f"dieu-{n}" for n in _ARTICLE.findall(fold(text)))
    laws = according_to(text)
    if not articles and not laws:
        return list(ranked)
    asked = frozenset(folded(text))

    def place(item: tuple[str, float]) -> tuple[bool, bool]:
        entry = entries.get(item[0])
        return not _named(articles, asked, entry), bool(laws) and not (entry and of_document(entry, laws))

    order = sorted(ranked, key=place)
    return [(name, score) for (name, _), (_, score) in zip(order, ranked, strict=True)]


def according_to(text: str) -> list[Reference]:
    """The documents that a question opens with, by name or number."""
    opening = _ACCORDING_TO.match(text)
    if opening is None:
        return []
    named = [r for r in find_citations(text) if (r.number or r.name) and r.start <= opening.end()]
    if not named and fold(text[opening.end() :]).startswith(fold(_CONSTITUTION)):  # in small letters it is no citation
        named = [Reference(opening.end(), opening.end() + len(_CONSTITUTION), _CONSTITUTION, name=_CONSTITUTION)]
    return named


def of_document(entry: Entry, documents: Sequence[Reference]) -> bool:
    """True for a provision of one of them."""
    title = f"{fold(entry.title)} "
    return any(r.number == entry.number or (r.name and title.startswith(f"{fold(r.name)} ")) for r in documents)


def _named(wanted: frozenset[str], asked: frozenset[str], entry: Entry | None) -> bool:
    if entry is None or entry.kind is not Kind.PROVISION or fold(entry.locator) not in wanted:
        return False
    names = (entry.title, entry.number)
    return any(said and sum(s in asked for s in said) >= SAID * len(said) for said in map(folded, names))
