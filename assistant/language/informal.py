"""What people type in a chat, as standard Vietnamese; and everyday words as the law says them.

The word lists are data: ``data/informal.yaml`` (abbreviations, chat, dialect) and ``data/synonyms.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from assistant.language.keystrokes import decode_typing
from assistant.language.normalise import clean, fold, for_matching, has_diacritics
from assistant.language.restore import Restorer, Span
from assistant.language.tokens import syllables

DATA = Path(__file__).parent / "data"
LONGEST_PHRASE = 7  # syllables of a key
SIDES = 3  # words of a neighbouring phrase that a rule may name

Change = tuple[str, str]  # as typed, as understood

# Letters and digits, joined by "/" or "." inside; not a part of an address or of a document number (12/2024/NĐ-CP).
_UNIT = re.compile(r"(?<![\w@/.-])[^\W_]++(?:[./&][^\W_]++)*+(?![\w@/-])")
_PART = re.compile(r"[^\W_]+")
_CLAUSE_END = re.compile(r"[.,;:?!…()\n“”\"]")
_ADDRESS = re.compile(r"\S*(?:@|://|\.(?:com|vn|net|org)\b)\S*")


@dataclass(frozen=True, slots=True)
class Rule:
    """When a word that means several things means this one: folded neighbours, "#" a number, "." a clause edge."""

    meant: str
    before: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    unless_before: frozenset[str] = frozenset()
    unless_after: frozenset[str] = frozenset()

    def fits(self, before: frozenset[str], after: frozenset[str]) -> bool:
        wanted = (not self.before or self.before & before) and (not self.after or self.after & after)
        return bool(wanted) and not self.unless_before & before and not self.unless_after & after


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Từ điển viết tắt. Keys are lower case, several words joined by one space."""

    official: Mapping[str, str]
    chat: Mapping[str, str]
    depends: Mapping[str, tuple[Rule, ...]]
    longest: Mapping[str, int]  # first word of a key → words of the longest key that begins so

    def __contains__(self, key: object) -> bool:
        return key in self.official or key in self.chat or key in self.depends


@dataclass(frozen=True, slots=True)
class Typed:
    """Lời đã hiểu. ``changed``: what was read differently, in the order of the steps, for “Tôi hiểu là …”.

    ``plain_share``: of the words that carry diacritics, the share typed without.
    """

    text: str
    typed: str
    changed: tuple[Change, ...]
    plain_share: float


@dataclass(frozen=True, slots=True)
class _Expanded:
    text: str
    changes: tuple[Change, ...] = ()
    spans: tuple[Span, ...] = ()  # where the new words stand in ``text``


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    typed: str


def expand(text: str) -> str:
    """Abbreviations, chat spellings and dialect in standard words: ``"dk tạm trú cần j z"`` → ``"đăng ký tạm trú …"``.

    What depends on its neighbours and has none that decide is left as typed.
    """
    return _expanded(text).text


def understand_typing(text: str, restorer: Restorer) -> Typed:
    """The message as its writer meant it: cleaned, raw Telex joined, abbreviations expanded, diacritics restored."""
    cleaned = clean(text)
    joined = decode_typing(cleaned)
    expanded = _expanded(joined)
    restored = restorer.restore(expanded.text, settled=expanded.spans)
    understood = _expanded(restored)  # dialect is only known by its accents: "duoc hong" is "được hông" is "được không"
    accents = _changed_words(expanded.text, restored)
    written = sum(map(has_diacritics, joined.split()))
    share = len(accents) / (len(accents) + written) if accents else 0.0
    changed = (*_changed_words(cleaned, joined), *expanded.changes, *accents, *understood.changes)
    return Typed(understood.text, text, changed, share)


def _changed_words(before: str, after: str) -> tuple[Change, ...]:
    return tuple(pair for pair in zip(before.split(), after.split(), strict=True) if pair[0] != pair[1])


def legal_synonyms(text: str) -> tuple[str, ...]:
    """How the law says what the text says in everyday words, in order of appearance, to widen a search.

    ``"bị đuổi việc"`` → ``("sa thải", "đơn phương chấm dứt hợp đồng lao động")``. The longest phrase wins; what the
    text says itself is left out.
    """
    terms = _synonyms()
    row = syllables(text)
    found: dict[str, None] = {}
    at = 0
    while at < len(row):
        for length in range(min(LONGEST_PHRASE, len(row) - at), 0, -1):
            meant = terms.get(" ".join(row[at : at + length]))
            if meant:
                found.update(dict.fromkeys(meant))
                at += length - 1
                break
        at += 1
    said = for_matching(text)
    return tuple(term for term in found if for_matching(term) not in said)


def _expanded(text: str) -> _Expanded:
    lexicon = _lexicon()
    shouting = text.isupper()
    units = list(_words(text))
    parts: list[str] = []
    changes: list[Change] = []
    spans: list[Span] = []
    done = at = length = 0
    while at < len(units):
        taken, meant = _phrase(lexicon, text, units[at : at + LONGEST_PHRASE], shouting=shouting)
        if not taken:
            taken, meant = 1, _by_neighbours(lexicon, text, units, at, shouting=shouting)
        if meant:
            first, last = units[at].start, units[at + taken - 1].end
            meant = _in_case_of(text[first:last], meant, shouting=shouting)
            parts += (text[done:first], meant)
            changes.append((text[first:last], meant))
            length += first - done
            spans.append((length, length + len(meant)))
            length += len(meant)
            done = last
        at += taken
    return _Expanded("".join((*parts, text[done:])), tuple(changes), tuple(spans))


def _in_case_of(typed: str, meant: str, *, shouting: bool) -> str:
    if shouting:
        return meant.upper()
    return meant[0].upper() + meant[1:] if typed[0].isupper() else meant


def _words(text: str) -> Iterator[_Word]:
    """The words that may be abbreviations; parts of a unit that is none itself stand alone ("vậy.ko")."""
    lexicon = _lexicon()
    addresses = [found.span() for found in _ADDRESS.finditer(text)] if "." in text or "@" in text else []
    for unit in _UNIT.finditer(text):
        if any(start <= unit.start() < end for start, end in addresses):
            continue
        if unit.group().lower() in lexicon or any(map(str.isdigit, unit.group())):
            yield _Word(unit.start(), unit.end(), unit.group())
            continue
        for part in _PART.finditer(text, unit.start(), unit.end()):
            yield _Word(part.start(), part.end(), part.group())


def _phrase(lexicon: Lexicon, text: str, words: list[_Word], *, shouting: bool) -> tuple[int, str]:
    """The longest key that begins here: how many words it takes, and what it means."""
    for length in range(min(lexicon.longest.get(words[0].typed.lower(), 0), len(words)), 0, -1):
        typed = text[words[0].start : words[length - 1].end]
        key = typed.lower()
        named = any(len(word.typed) == 1 and word.typed.isupper() for word in words[1:length])  # "Anh C" is a person
        if key in lexicon.official:
            return length, lexicon.official[key]
        if key in lexicon.chat and (shouting or not (typed.isupper() or named)):
            return length, lexicon.chat[key]
    return 0, ""


def _by_neighbours(lexicon: Lexicon, text: str, words: list[_Word], at: int, *, shouting: bool) -> str:
    word = words[at]
    rules = lexicon.depends.get(word.typed.lower())
    if not rules or _is_label(text, words, at):
        return ""
    before = _side(text, words[max(0, at - SIDES) : at], word.start, backwards=True)
    after = _side(text, words[at + 1 : at + 1 + SIDES], word.end, backwards=False)
    # A capital is a name or a list label ("ông A", "Điều 5 K"), unless it opens a clause that goes on ("E cảm ơn").
    capital = len(word.typed) == 1 and word.typed.isupper() and not shouting
    if capital and ("." not in before or "." in after):
        return ""
    return next((rule.meant for rule in rules if rule.fits(before, after)), "")


def _is_label(text: str, words: list[_Word], at: int) -> bool:
    """A letter that names a point: "e)", "các điểm a, b và e"."""
    if len(words[at].typed) > 1:
        return False
    if text[words[at].end : words[at].end + 1] == ")":
        return True
    for word in reversed(words[max(0, at - 12) : at]):
        if fold(word.typed) == "diem":
            return True
        if len(word.typed) > 1 and fold(word.typed) not in ("va", "hoac"):
            return False
    return False


def _side(text: str, words: list[_Word], edge: int, *, backwards: bool) -> frozenset[str]:
    """The phrases of one to three folded words on one side, "#" for a number and "." for the edge of the clause."""
    phrase = ""
    found = set()
    for word in reversed(words) if backwards else words:
        gap = text[word.end : edge] if backwards else text[edge : word.start]
        if _CLAUSE_END.search(gap):
            break
        if word.typed[0].isdigit() and not phrase:
            found.add("#")
        phrase = f"{fold(word.typed)} {phrase}".strip() if backwards else f"{phrase} {fold(word.typed)}".strip()
        found.add(phrase)
        edge = word.start if backwards else word.end
    return frozenset(found) or frozenset((".",))


def _read(name: str) -> Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((DATA / name).read_text("utf-8"), loader)


@lru_cache(maxsize=1)
def _lexicon() -> Lexicon:
    data = _read("informal.yaml")
    longest: dict[str, int] = {}
    for key in (*data["official"], *data["chat"]):
        parts = key.split()
        longest[parts[0]] = max(len(parts), longest.get(parts[0], 0))
    depends = {key: tuple(_rule(**rule) for rule in rules) for key, rules in data["depends"].items()}
    return Lexicon(data["official"], data["chat"], depends, longest)


def _rule(meant: str, **sides: Iterable[object]) -> Rule:
    return Rule(meant, **{side: frozenset(fold(str(word)) for word in words) for side, words in sides.items()})


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, tuple[str, ...]]:
    pairs = ((key, value) for field in _read("synonyms.yaml").values() for key, value in field.items())
    return {for_matching(key): (value,) if isinstance(value, str) else tuple(value) for key, value in pairs}
