"""Text as words, syllables and sentences: the one place, used when indexing and when asking alike.

The only importer of underthesea. Its package imports every task it knows (four times the time, three times the memory,
far more beside torch); its word segmenter alone, run on its Rust core and with repeated segments remembered, is enough.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from assistant.errors import MissingExtra
from assistant.language.normalise import clean, fold, lower
from assistant.language.syllable import is_syllable, place_tone

# A number with its groups (2.530.000, 05/03/2026, 1.001193) and one letter (12a, 50k); letters with digits (ct07,
# qh14); or one other visible character, which ends a clause. At most 40 letters: no word is longer.
_PIECE = re.compile(r"\d{1,40}(?:[./]\d{1,40}){0,8}(?:[^\W\d_](?![^\W_]))?|[^\W\d_]{1,40}\d{0,40}|[^\w\s]|\n")
# Words that never stand inside another: cutting there makes the segments short, and most of them then come twice.
_CUTS = frozenset(("và", "hoặc", "của", "các", "những"))
_LONGEST_SEGMENT = 128  # syllables

Segment = tuple[str, ...]


def syllables(text: str) -> list[str]:
    """Lower-case syllables, numbers and codes in reading order, in one tone placement, without punctuation.

    ``"Điều 5, NĐ 12/2024/NĐ-CP"`` → ``["điều", "5", "nđ", "12/2024", "nđ", "cp"]``
    """
    return [place_tone(piece) for piece in _PIECE.findall(lower(clean(text))) if piece[0].isalnum()]


def folded(text: str) -> list[str]:
    """The syllables without accents: ``"Hộ chiếu"`` → ``["ho", "chieu"]``."""
    return [piece for piece in _PIECE.findall(fold(clean(text))) if piece[0].isalnum()]


def words(text: str) -> list[str]:
    """The syllables, those of one word joined by "_": ``["đăng_ký", "kết_hôn"]``.

    A segment is cut before the segmenter sees it, so that the same words come out of a question and of a law.
    """
    return [word for segment in _segments(text) for word in (segment if len(segment) == 1 else _joined(segment))]


def _segments(text: str) -> Iterator[Segment]:
    run: list[str] = []
    for piece in _PIECE.findall(lower(clean(text))):
        if piece[0].isalpha() and piece not in _CUTS and len(run) < _LONGEST_SEGMENT:
            run.append(place_tone(piece))
            continue
        if run:
            yield tuple(run)
            run = []
        if piece[0].isalnum():
            yield (place_tone(piece),)
    if run:
        yield tuple(run)


@lru_cache(maxsize=65_536)
def _joined(segment: Segment) -> Segment:
    # The segmenter was trained on text that writes "uỷ", "hoà": with "ủy" it finds "ủy | ban nhân dân".
    joined: list[str] = []
    for syllable, tag in zip(segment, _tagger()([place_tone(s, modern=True) for s in segment]), strict=True):
        if tag == "I-W" and joined:
            joined[-1] += f"_{syllable}"
        else:
            joined.append(syllable)
    return tuple(joined)


@lru_cache(maxsize=1)
def _tagger() -> Callable[[list[str]], list[str]]:
    """underthesea's word segmenter (VLSP 2013), from its package folder: one tag, B-W or I-W, per syllable."""
    package = find_spec("underthesea")
    if package is None or not package.submodule_search_locations:
        raise MissingExtra("Chưa cài gói tách từ tiếng Việt. Cần gói underthesea; hãy chạy: pip install underthesea")
    core = import_module("underthesea_core")
    models = Path(package.submodule_search_locations[0]) / "pipeline" / "word_tokenize" / "models"
    folder = models / "ws_crf_vlsp2013_20230727"
    tagger = core.CRFTagger()
    tagger.load(str(folder / "models.bin"))
    features, dictionary = (pickle.loads((folder / name).read_bytes()) for name in ("features.bin", "dictionary.bin"))
    featurizer = core.CRFFeaturizer(features, dictionary)

    def tag(syllables: list[str]) -> list[str]:
        tags: list[str] = tagger.tag(featurizer.process([[[syllable] for syllable in syllables]])[0])
        return tags

    return tag


# A run of closing punctuation with quotation marks and brackets after it, before a space; or line ends.
_END = re.compile(r"(?<![.?!…])[.?!…]++[\"”’»)\]]*+(?=\s|$)|\n++")
_LAST_WORD = re.compile(r"[^\s(\"“‘«]{1,20}$")
# What numbers a heading or clause: "Điều 5", "Chương II", "1", "1.2", "a".
_ENUMERATOR = re.compile(
    r"(?:(?:điều|khoản|chương|mục|tiểu mục|phần|phụ lục|bước)\s{1,3})?"
    r"(?:\d{1,4}[a-zđ]?|[ivxlc]{1,7}|[a-zđ])(?:\.\d{1,3}){0,4}",
    re.IGNORECASE,
)
_ABBREVIATED = """
    tp tx tt q p h x kp đ đc đt tel gs pgs ts ths bs cn ks nxb tr vd tm kt tl tuq q.đ st no mr mrs ms dr v.d t.p c.p
"""
_ABBREVIATIONS = frozenset(_ABBREVIATED.split())


def sentences(text: str) -> list[str]:
    """The sentences of a text, each stripped. A line end ends one; "TP. ", "Điều 5. " and "2.530.000" do not."""
    found = []
    start = 0
    for end in _END.finditer(text):
        if text[end.start()] == "\n" or _ends_sentence(text, start, end.start(), end.end()):
            found.append(text[start : end.end()].strip())
            start = end.end()
    found.append(text[start:].strip())
    return [sentence for sentence in found if sentence]


def _ends_sentence(text: str, start: int, dot: int, end: int) -> bool:
    if text[dot] != "." or end - dot > 2:
        return text[dot] in "?!" or not text[end : end + 2].strip()[:1].islower()
    sentence = text[start:dot].lstrip()
    if len(sentence) < 40 and _ENUMERATOR.fullmatch(sentence):
        return False
    last = _LAST_WORD.search(text, max(start, dot - 20), dot)
    word = last.group() if last else ""
    if word.lower() in _ABBREVIATIONS:
        return False
    if text[end : end + 3].strip()[:1].islower():
        return len(word) > 1 and is_syllable(word)
    if len(word) == 1 and word.isupper():  # a name may end a sentence ("ông Nguyễn Văn A."), another initial does not
        before = text[max(start, dot - 20) : dot - 1].split()
        return bool(before) and before[-1][0].isupper()
    return True
