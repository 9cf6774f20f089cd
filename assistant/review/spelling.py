"""Spelling: syllables that do not exist, known slips, doubled words."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from assistant.language.normalise import fold, for_matching
from assistant.language.syllable import is_syllable

_RULES = Path(__file__).parent / "rules" / "spelling.yaml"
_WORD = re.compile(r"(?<![\w*\u00ad])[^\W\d_]+(?![\w*\u00ad])")  # no piece of a word that marks break
_UO = re.compile("u(?=[ơờớởỡợ])")


@dataclass(frozen=True, slots=True)
class Slip:
    """Lỗi chính tả at ``[start:end]`` of a line; ``right`` empty: not known."""

    start: int
    end: int
    right: str
    doubled: bool = False


@dataclass(frozen=True, slots=True)
class Speller:
    """Bộ kiểm tra chính tả."""

    known: frozenset[str]  # syllables of the dictionary, one tone placement
    phrases: Mapping[str, str]
    phrase: re.Pattern[str]
    syllables: Mapping[str, str]
    doubled: frozenset[str]
    doubled_after: Mapping[str, frozenset[str]]
    bound: Mapping[str, frozenset[str]]

    def slips(self, line: str) -> Iterator[Slip]:
        """The slips of one line, in order of kind."""
        lowered = line.lower()
        taken: list[tuple[int, int]] = []
        for found in self.phrase.finditer(lowered):
            taken.append(found.span())
            yield Slip(*found.span(), _same_case(line[found.start()], self.phrases[" ".join(found[0].split())]))
        words = list(_WORD.finditer(line))
        for found in words:
            if not any(start <= found.start() < end for start, end in taken):
                yield from self._unknown(found)
        for before, one, two, after in zip([None, *words], words, words[1:], [*words[2:], None], strict=False):
            yield from self._twice(line, before, one, two, after)

    def _unknown(self, found: re.Match[str]) -> Iterator[Slip]:
        """A lower-case word with accents whose syllable no dictionary has; capitals are names."""
        word = found[0]
        lowered = word.lower()
        if lowered in self.syllables and (word[0].islower() or fold(word) != lowered):
            yield Slip(*found.span(), _same_case(word[0], self.syllables[lowered]))
        elif word.islower() and fold(word) != word and for_matching(word) not in self.known:
            right = _UO.sub("ư", lowered)
            if right != lowered and for_matching(right) in self.known:
                yield Slip(*found.span(), right)
            elif is_syllable(word) and len(word) > 2:
                yield Slip(*found.span(), "")

    def _twice(
        self,
        line: str,
        before: re.Match[str] | None,
        one: re.Match[str],
        two: re.Match[str],
        after: re.Match[str] | None,
    ) -> Iterator[Slip]:
        word = one[0].lower()
        if two[0] != word or line[one.end() : two.start()].strip() or one.end() == two.start():
            return
        previous = before[0].lower() if before and not line[before.end() : one.start()].strip() else ""
        following = after[0].lower() if after and not line[two.end() : after.start()].strip() else ""
        bare = word in self.doubled and previous not in self.doubled_after.get(word, frozenset())
        broken = word in self.bound and following not in self.bound[word]
        if bare or (broken and one[0].islower()):
            yield Slip(one.start(), two.end(), one[0], doubled=True)


def _same_case(first: str, right: str) -> str:
    return right[0].upper() + right[1:] if first.isupper() else right


@lru_cache(maxsize=1)
def load_speller() -> Speller | None:
    """The speller, or None where the dictionary of underthesea is not installed. The package itself is not imported."""
    found = importlib.util.find_spec("underthesea")
    path = Path(found.origin).parent / "corpus" / "data" / "Viet74K.txt" if found and found.origin else None
    if path is None or not path.exists():
        return None
    words = for_matching(path.read_text(encoding="utf-8"))
    data = yaml.safe_load(_RULES.read_text(encoding="utf-8"))
    phrases = {" ".join(wrong.lower().split()): right for wrong, right in data["phrases"].items()}
    parts = [r"[ \t]+".join(map(re.escape, p.split())) for p in sorted(phrases, key=len, reverse=True)]
    return Speller(
        known=frozenset(_WORD.findall(words)),
        phrases=phrases,
        phrase=re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)"),
        syllables=data["syllables"],
        doubled=frozenset(data["doubled"]),
        doubled_after={k: frozenset(v) for k, v in data["doubled_after"].items()},
        bound={k: frozenset(v) for k, v in data["bound"].items()},
    )
