"""Diacritics put back: ``"dang ky ket hon"`` → ``"đăng ký kết hôn"``, by what law and everyday texts make likely."""

from __future__ import annotations

import math
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from assistant.language.ngrams import BREAK, FIRST_SYLLABLE, NUMBER, OTHER, Ids, Ngrams, Values, count
from assistant.language.normalise import fold, has_diacritics, lower
from assistant.language.syllable import place_tone

Span = tuple[int, int]

DEFAULT_MODEL = Path(__file__).parent / "data" / "restorer.npz"
MOST_CANDIDATES = 8
WINDOW = 8  # how many words on each side tell how a word's writer types
ACCENTED_SHARE = 0.55  # of the words of well-typed Vietnamese at least this share carries diacritics
SLIP = 3e-4  # how likely a writer who types diacritics leaves one out
STRANGER = 1e-6  # how likely a word that could be an accentless syllable is none, where nothing is accented
FOREIGN_CLAUSE = 3  # so many foreign words in a window, and what looks accentless there is foreign too ("to my room")

_SPACED = re.compile(r"\S+|\n")
# Within it: a word with the signs glued to it, or a sign that ends a clause. A slash only separates (anh/chị).
_CHUNK = re.compile(r"[^,;:!?…()\[\]{}\"“”‘’«»/]+|[,;:!?…()\[\]{}\"“”‘’«»]")
_BREAKS = frozenset((*',;:!?…()[]{}"“”‘’«»\n', ""))
_WORD = re.compile(r"[^\W\d_]+")
_WHOLE = re.compile(r".+", re.DOTALL)
_EDGES = ".'*~-–—"  # signs that may stand around a word
_JOINTS = re.compile(r"[.–—-]")  # signs between words typed without a space ("lau.Phi"), or inside a code or address
_FOREIGN = re.compile(r"(?=[a-z]{0,20}[aeiouy])[A-Z]?[a-z]{2,20}")
_SUFFIXES = frozenset(
    ("com", "net", "org", "vn", "gov", "edu", "doc", "docx", "pdf", "xls", "xlsx", "zip", "jpg", "png")
)
_BREAK, _OTHER, _NUMBER = (np.array([number]) for number in (BREAK, OTHER, NUMBER))
_CERTAIN = np.zeros(1)
_ONLY_WAY = np.zeros((1, 1), np.int64)


@dataclass(frozen=True, slots=True)
class _Item:
    """One word, number or sign of the text; ``choices`` are the ids it may be read as."""

    start: int
    end: int
    typed: str
    choices: Ids
    accented: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Restorer:
    """Bộ khôi phục dấu: reads each accentless word as the syllable its neighbours make most likely.

    Words typed with diacritics are never changed and serve as context, as do numbers; codes, e-mail addresses,
    foreign words and capitals such as UBND are kept. The length and the case of the text stay.
    """

    model: Ngrams
    candidates: dict[str, Ids]
    number_of: dict[str, int]

    @classmethod
    def train(cls, texts: Iterable[str]) -> Restorer:
        """Learned from texts that carry diacritics. 13 million syllables take about 30 s."""
        return cls._of(count(texts))

    @classmethod
    def load(cls, path: Path) -> Restorer:
        return cls._of(Ngrams.load(path))

    @classmethod
    def default(cls) -> Restorer:
        """The model that comes with the product, loaded once."""
        return _default()

    def save(self, path: Path) -> None:
        self.model.save(path)

    @classmethod
    def _of(cls, model: Ngrams) -> Restorer:
        number_of = {word: i for i, word in enumerate(model.words) if i >= FIRST_SYLLABLE}
        groups: dict[str, list[int]] = {}
        for word, number in number_of.items():  # from frequent to rare
            groups.setdefault(fold(word), []).append(number)
        candidates = {}
        for plain, numbers in groups.items():
            kept = numbers[:MOST_CANDIDATES]
            as_it_stands = number_of.get(plain, OTHER)  # the accentless reading is always one of the choices
            candidates[plain] = np.array(kept if as_it_stands in kept else [*kept, as_it_stands])
        return cls(model, candidates, number_of)

    def restore(self, text: str, *, settled: Sequence[Span] = ()) -> str:
        """The text with diacritics where they were left out, in NFC.

        ``settled``: ordered spans of an NFC text that the writer did not type so (an expanded abbreviation). They stay,
        and tell nothing of how the writer types.
        """
        text = unicodedata.normalize("NFC", text)
        items = list(self._items(text, settled))
        restored = list(text)
        start = 0
        slips = self._slips(items)
        for end, item in enumerate([*items, None]):
            if item is not None and item.choices is not _BREAK:
                continue
            run = items[start:end]
            for word, best in zip(run, self._best(run, slips[start:end]), strict=True):
                if best >= FIRST_SYLLABLE and len(word.choices) > 1:
                    restored[word.start : word.end] = _in_case_of(word.typed, self.model.words[best])
            start = end + 1
        return "".join(restored)

    def share_typed_plain(self, text: str) -> float:
        """Of the words that should carry diacritics, the share typed without: 0 well typed, 1 none anywhere."""
        return plain_share(text, self.restore(text))

    def _items(self, text: str, settled: Sequence[Span]) -> Iterator[_Item]:
        shouting = text.isupper()
        begins = True
        for spaced in _SPACED.finditer(text):
            for start, chunk in _chunks(spaced):
                core = chunk.strip(_EDGES)
                if core in _BREAKS:  # or empty
                    yield _Item(start, start, core, _BREAK)
                    begins = True
                    continue
                at = start + chunk.find(core)
                for word in self._words(core):
                    item = self._item(at + word.start(), word.group(), shouting=shouting, begins=begins)
                    yield self._settled(item) if _within(item.start, settled) else item
                    begins = False
                if chunk.endswith("."):
                    yield _Item(start, start, ".", _BREAK)
                    begins = True

    def _settled(self, item: _Item) -> _Item:
        known = self.number_of.get(place_tone(lower(item.typed)), OTHER)
        return _Item(item.start, item.end, item.typed, np.array([known]))

    def _words(self, core: str) -> Iterable[re.Match[str]]:
        """The chunk as words where it is made of words only, else the whole chunk."""
        parts = _JOINTS.split(core)
        if len(parts) > 1 and parts[-1] not in _SUFFIXES and all(fold(part) in self.candidates for part in parts):
            return _WORD.finditer(core)
        return _WHOLE.finditer(core)

    def _item(self, start: int, word: str, *, shouting: bool, begins: bool) -> _Item:
        end = start + len(word)
        # Capitals are an abbreviation (CA, TP) or a name of one letter (Nguyễn Văn A), unless the whole text is.
        code = word.isupper() and not shouting and len(word) < 4 and not (begins and len(word) == 1)
        if code or not _WORD.fullmatch(word):
            return _Item(start, end, word, _NUMBER if word[0].isdigit() else _OTHER)
        if has_diacritics(word):
            known = self.number_of.get(place_tone(lower(word)), OTHER)
            return _Item(start, end, word, np.array([known]), accented=True)
        return _Item(start, end, word, self.candidates.get(lower(word), _OTHER))

    def _best(self, run: list[_Item], slips: list[Values]) -> list[int]:
        """Viterbi over syllable triples."""
        if all(len(item.choices) == 1 for item in run):
            return [int(item.choices[0]) for item in run]
        border = np.array([BREAK])
        columns = [border, border, *(item.choices for item in run), border]
        score = np.zeros((1, 1))
        back = []
        for first, second, third, slip in zip(columns, columns[1:], columns[2:], [*slips, _CERTAIN], strict=False):
            if len(first) == len(second) == len(third) == 1:  # one way on, whatever its chance
                back.append(_ONLY_WAY)
                continue
            chance = self.model.given_two(first[:, None, None], second[None, :, None], third[None, None, :])
            paths = score[:, :, None] + np.log(chance) + slip
            back.append(paths.argmax(axis=0))
            score = paths.max(axis=0)
        left, right = (int(i) for i in np.unravel_index(score.argmax(), score.shape))
        picks = [right, left]
        for pointer in reversed(back):
            picks.append(int(pointer[picks[-1], picks[-2]]))
        return [int(column[pick]) for column, pick in zip(columns, reversed(picks), strict=True)][2:-1]

    def _slips(self, items: list[_Item]) -> list[Values]:
        """Per choice of each item the log of the chance that this writer typed it as it stands."""
        return [
            _CERTAIN if len(item.choices) == 1 else self._slip(item, left_out)
            for item, left_out in zip(items, _left_out(items), strict=True)
        ]

    def _slip(self, item: _Item, left_out: float) -> Values:
        plain = self.number_of.get(lower(item.typed), OTHER)
        as_typed = 1.0 if plain != OTHER else STRANGER / max(left_out, 1e-3)
        return np.where(item.choices == plain, math.log(as_typed), math.log(left_out))


def _left_out(items: list[_Item]) -> list[float]:
    """For each item the chance that its writer left the diacritics out, judged by the words before and after it."""
    words = [item for item in items if item.choices is not _BREAK]
    accented = [item.accented for item in words]
    counted = [item.accented or (len(item.typed) > 1 and len(item.choices) > 1) for item in words]
    foreign = [item.choices is _OTHER and bool(_FOREIGN.fullmatch(item.typed)) for item in words]
    chances = []
    for i in range(len(words)):
        near = slice(max(0, i - WINDOW), i + WINDOW + 1)
        share = sum(accented[near]) / max(1, sum(counted[near]))
        english = sum(foreign[max(0, i - 4) : i + 5]) >= FOREIGN_CLAUSE
        chances.append(SLIP**2 if english else max(SLIP, 1 - share / ACCENTED_SHARE))
    each = iter(chances)
    return [1.0 if item.choices is _BREAK else next(each) for item in items]


def _within(at: int, spans: Sequence[Span]) -> bool:
    before = bisect_right(spans, at, key=lambda span: span[0])
    return before > 0 and at < spans[before - 1][1]


def _chunks(spaced: re.Match[str]) -> Iterator[tuple[int, str]]:
    """Start and text of the parts; a web or mail address is one part, its words are not restored."""
    text = spaced.group()
    if "@" in text or "://" in text or text.startswith("www.") or not text.strip():
        yield spaced.start(), text
        return
    for found in _CHUNK.finditer(text):
        yield spaced.start() + found.start(), found.group()


@lru_cache(maxsize=1)
def _default() -> Restorer:
    return Restorer.load(DEFAULT_MODEL)


def plain_share(typed: str, restored: str) -> float:
    """Of the accented words of ``restored``, the share that ``typed`` has without diacritics."""
    lacking = written = 0
    for before, after in zip(typed.split(), restored.split(), strict=False):
        if has_diacritics(after):
            written += has_diacritics(before)
            lacking += not has_diacritics(before)
    return lacking / (lacking + written) if lacking else 0.0


def _in_case_of(typed: str, syllable: str) -> str:
    return "".join(letter.upper() if sign.isupper() else letter for sign, letter in zip(typed, syllable, strict=True))
