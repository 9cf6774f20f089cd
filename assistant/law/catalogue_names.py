"""Names of documents as an index: exact names with or without a year, and loose descriptions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from assistant.law.fold import FoldedText
from assistant.law.number_codes import TYPE_BY_PLAIN, TYPES

_TYPES_BY_WORDS = {FoldedText.of(name).plain: name for name in (*TYPES.values(), "Bộ luật", "Hiến pháp")} | {
    plain: TYPES[code] for plain, code in TYPE_BY_PLAIN.items()
}
_KINDS = "|".join(sorted(_TYPES_BY_WORDS, key=len, reverse=True))
_YEAR = re.compile(r"[ ,(]*(?:nam )?\b((?:19|20)\d\d)\)?$")
_NOISE = re.compile(r"[^a-z0-9]+")
# “nghị định 30”, “nđ 30/2020”, “thông tư số 03”: kind, serial, year if given.
_SERIAL = re.compile(rf"\b({_KINDS})\b(?: so)?[ :]*0*(\d{{1,5}}(?:\.\d+)?)(?:/((?:19|20)\d\d))?")
_KIND = re.compile(rf"\b({_KINDS})\b")
# Words of titles and questions that tell no document from another.
_STOP = frozenset(
    "ve cua va cac so nam ngay theo quy dinh chi tiet huong dan thi hanh mot dieu la gi nao cai cho bo luat".split()  # noqa: SIM905
)

Named = tuple[str, str, Sequence[str], str, "int | None"]  # number, title, aliases, doc_type, year


class NameIndex:
    """Tên văn bản → số ký hiệu."""

    def __init__(self, rows: Iterable[Named]) -> None:
        self._exact: dict[str, list[tuple[str, int | None]]] = defaultdict(list)
        self._words: dict[str, frozenset[str]] = {}
        self._types: dict[str, str] = {}
        self._serials: dict[tuple[str, str], list[tuple[str, int | None]]] = defaultdict(list)
        for number, title, aliases, doc_type, year in rows:
            for name in {key for text in (title, *aliases) if text and (key := _name(text)[0])}:
                self._exact[name].append((number, year))
            self._words[number] = _content(" ".join(FoldedText.of(text).plain for text in (title, *aliases)))
            self._types[number] = doc_type
            serial = re.match(r"0*(\d+(?:\.\d+)?)", number)
            if serial and doc_type:
                self._serials[doc_type, serial[1]].append((number, year))

    def exact(self, name: str, year: int | None = None) -> list[str]:
        """Numbers of the documents of this name; a year in the name or given narrows them."""
        key, named_year = _name(name)
        wanted = year or named_year
        return [number for number, of in self._exact.get(key, ()) if wanted is None or of == wanted]

    def serial(self, name: str) -> list[str]:
        """Numbers that “Nghị định 30/2020”, “Luật 64/2025” may mean."""
        found = _SERIAL.fullmatch(FoldedText.of(name).plain.strip())
        return [number for number, _ in self._numbered(found)] if found else []

    def _numbered(self, found: re.Match[str]) -> list[tuple[str, int | None]]:
        year = int(found[3]) if found[3] else None
        numbers = self._serials.get((_TYPES_BY_WORDS[found[1]], found[2]), ())
        return [(number, of) for number, of in numbers if year is None or of == year]

    def loose(self, text: str) -> list[tuple[float, str]]:
        """(how well it fits, number) of the documents that a description may mean."""
        plain = FoldedText.of(text).plain
        serial = _SERIAL.search(plain)
        if serial is None:
            return [(1.0, number) for number in self.exact(text)] or self._described(plain)
        numbers = [number for number, _ in self._numbered(serial)]
        words = _content(plain[: serial.start()] + plain[serial.end() :])
        return self._by_words(words, numbers) or [(0.0, number) for number in numbers]

    def _described(self, plain: str) -> list[tuple[float, str]]:
        """By the words of title and aliases; a named kind of document keeps to that kind."""
        kind = _KIND.search(plain)
        wanted = _TYPES_BY_WORDS[kind[1]] if kind else None
        numbers = [number for number, doc_type in self._types.items() if wanted is None or doc_type == wanted]
        return self._by_words(_content(_KIND.sub(" ", plain)), numbers)

    def _by_words(self, words: frozenset[str], numbers: Iterable[str]) -> list[tuple[float, str]]:
        """At least 60 % of the described words stand in the name; of two such, the one with fewer other words."""
        scored = []
        for number in numbers if words else ():
            held = self._words[number]
            shared = len(words & held)
            if shared >= 0.6 * len(words):
                scored.append((shared / len(words) + 0.1 * shared / len(held), number))
        return scored


def _content(plain: str) -> frozenset[str]:
    return frozenset(word for word in _NOISE.sub(" ", plain).split() if word not in _STOP)


def _name(text: str) -> tuple[str, int | None]:
    """(“luat dat dai”, 2024) of “Luật Đất đai năm 2024”."""
    plain = FoldedText.of(text).plain.strip(" .;,")
    year = _YEAR.search(plain)
    return _NOISE.sub(" ", plain[: year.start()] if year else plain).strip(), int(year[1]) if year else None
