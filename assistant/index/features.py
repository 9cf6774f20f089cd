"""What tells the right provision from its neighbours, as one row of numbers a candidate.

Every number is relative to the other candidates of the same question, so that it means the same in a corpus of two
hundred articles and in one of a hundred thousand, whatever the engine.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from assistant.index.chunk import windows
from assistant.index.values import Entry
from assistant.language.normalise import fold
from assistant.language.tokens import syllables

SIGNALS = ("dense", "lexical", "folded", "name", "fused")
NAMES = (
    *(f"{signal} {form}" for signal in SIGNALS for form in ("stretched", "behind", "place")),
    "best two windows",
    "best three windows",
    "mean window",
    "lexical per token",
    "syllables covered",
    "pairs covered",
    "triples covered",
    "syllables covered in a window",
    "pairs covered in a window",
    "longest run",
    "question in heading",
    "heading in question",
    "heading pairs in question",
    "title in question",
    "title pairs in question",
    "length",
    "question length",
    *(f"question: {what}" for what in ("meaning", "procedure", "permission", "time", "who", "money")),
    *(f"heading: {what}" for what in ("meaning", "procedure", "rights", "ban", "condition", "power", "closing")),
    "durations",
    "neighbour",
    "neighbours",
    "cited by",
    "cites",
    "share of document",
    "first articles",
)
Row = NDArray[np.float32]
Pair = tuple[str, str]
T = TypeVar("T")

_ARTICLE = re.compile(r"Điều (\d{1,4}[a-zđ]?)\b")
_LABEL = re.compile(r"^dieu-(\d{1,4})")
# What a question asks for, and what the heading of an article promises; both are read without diacritics.
_ASKS = tuple(
    map(
        re.compile,
        (
            r"\b(la gi|the nao la|duoc hieu|khai niem|dinh nghia|nghia la)\b",
            r"\b(ho so|thu tuc|giay to|trinh tu|cac buoc|lam the nao|lam sao|nhu the nao|can gi|nop)\b",
            r"\b(co duoc|duoc khong|co phai|co bi|co the|bat buoc|co can|dung hay sai|dung khong)\b",
            r"\b(bao lau|may ngay|bao nhieu ngay|thoi han|khi nao|thoi gian|thoi diem|bao nhieu nam)\b",
            r"\b(ai|co quan nao|tham quyen|o dau|cap nao|nguoi nao)\b",
            r"\b(bao nhieu tien|muc|phi|le phi|tien|phat)\b",
        ),
    )
)
_PROMISES = tuple(
    map(
        re.compile,
        (
            r"\b(giai thich tu ngu|khai niem|thuat ngu)\b",
            r"\b(ho so|trinh tu|thu tuc|dang ky|thong bao|cap|thu hoi)\b",
            r"\b(quyen|nghia vu|trach nhiem)\b",
            r"\b(cam|khong duoc|han che)\b",
            r"\b(dieu kien|tieu chuan|doi tuong|truong hop|yeu cau|nguyen tac)\b",
            r"\b(tham quyen|nhiem vu|quyen han|phan cong)\b",
            r"\b(pham vi|hieu luc|chuyen tiep|thi hanh|sua doi)\b",
        ),
    )
)
_DURATION = re.compile(r"\b\d{1,3} (?:ngày|tháng|năm|giờ)\b")
_CITING = 15  # best candidates whose citations count
_KEPT = 512  # entries whose tokens are kept in memory


@dataclass(frozen=True, slots=True)
class Candidate:
    """Ứng viên. ``signals``: raw scores, ``cosines``: of all its windows."""

    entry: Entry
    signals: Mapping[str, float]
    cosines: Sequence[float]


@dataclass(frozen=True, slots=True)
class _Read:
    """What is compared of an entry: sets of tokens of the whole, of its names, of each window with the heading."""

    whole: frozenset[str]
    pairs: frozenset[Pair]
    triples: frozenset[tuple[str, str, str]]
    heading: tuple[str, ...]
    title: tuple[str, ...]
    windows: tuple[tuple[frozenset[str], frozenset[Pair]], ...]
    length: int
    cites: frozenset[str]
    promise: str  # the heading without diacritics
    durations: int


@lru_cache(maxsize=_KEPT)
def _read(title: str, heading: str, text: str, bare: bool) -> _Read:
    def tokens(part: str) -> tuple[str, ...]:
        return tuple(map(_bare, syllables(part))) if bare else tuple(syllables(part))

    named, parts = tokens(heading), [tokens(window) for window in windows(text)]
    whole = [*named, *(token for part in parts for token in part)]
    return _Read(
        whole=frozenset(whole),
        pairs=frozenset(pairwise(whole)),
        triples=frozenset(zip(whole, whole[1:], whole[2:], strict=False)),
        heading=named,
        title=tokens(title),
        windows=tuple((frozenset((*named, *part)), frozenset((*pairwise(named), *pairwise(part)))) for part in parts),
        length=len(whole),
        cites=frozenset(_ARTICLE.findall(text)),
        promise=fold(heading),
        durations=min(len(_DURATION.findall(text)), 5),
    )


_bare = lru_cache(maxsize=16_384)(fold)


def features(text: str, typed: str, candidates: Sequence[Candidate]) -> Row:
    """One row of ``NAMES`` a candidate; ``candidates`` in the order of the fused score."""
    bare = fold(typed or text) == (typed or text).lower()
    asked = [_bare(token) for token in syllables(typed or text)] if bare else syllables(text)
    read = [_read(c.entry.title, c.entry.heading, c.entry.text, bare) for c in candidates]
    plain = fold(text)
    columns = [
        *(column for signal in SIGNALS for column in _forms(np.array([c.signals[signal] for c in candidates]))),
        *_window_means(candidates),
        np.array([c.signals["lexical"] / max(len(asked), 1) for c in candidates]),
        *_overlaps(asked, read),
        *_names(asked, read),
        np.log1p([r.length for r in read]),
        np.full(len(read), math.log1p(len(asked))),
        *(np.full(len(read), float(bool(asks.search(plain)))) for asks in _ASKS),
        *(np.array([bool(promises.search(r.promise)) for r in read]) for promises in _PROMISES),
        np.array([r.durations for r in read]),
        *_around(candidates, read),
    ]
    return np.stack([column.astype(np.float32) for column in columns], axis=1)


def _forms(scores: NDArray[np.float64]) -> Iterable[NDArray[np.float64]]:
    """Stretched to 0..1, as a share of how far it is behind the best, and its place among the candidates."""
    best, span = scores.max(), np.ptp(scores)
    yield (scores - scores.min()) / span if span > 0 else np.ones(len(scores))
    yield (best - scores) / abs(best) if best else np.zeros(len(scores))
    yield np.searchsorted(np.sort(-scores), -scores).astype(np.float64)


def _window_means(candidates: Sequence[Candidate]) -> Iterable[NDArray[np.float64]]:
    """The mean cosine of the best two, the best three and of all windows, below the best candidate's."""
    ordered = [sorted(c.cosines, reverse=True) or [0.0] for c in candidates]
    for most in (2, 3, None):
        means = np.array([float(np.mean(cosines[:most])) for cosines in ordered])
        yield means - means.max()


def _overlaps(asked: Sequence[str], read: Sequence[_Read]) -> Iterable[NDArray[np.float64]]:
    single = _weights(set(asked), [r.whole for r in read])
    double = _weights(set(pairwise(asked)), [r.pairs for r in read])
    triples = list(zip(asked, asked[1:], asked[2:], strict=False))
    yield np.array([_share(single, r.whole) for r in read])
    yield np.array([_share(double, r.pairs) for r in read])
    yield np.array([sum(triple in r.triples for triple in triples) / max(len(triples), 1) for r in read])
    yield np.array([max((_share(single, held) for held, _ in r.windows), default=0.0) for r in read])
    yield np.array([max((_share(double, held) for _, held in r.windows), default=0.0) for r in read])
    yield np.array([_longest([triple in r.triples for triple in triples]) / max(len(triples), 1) for r in read])


def _weights(asked: Iterable[T], held: Sequence[frozenset[T]]) -> dict[T, float]:
    """How much each token tells the candidates apart; one that none holds tells nothing."""
    count = Counter({token: sum(token in one for one in held) for token in asked})
    return {token: math.log(1 + (len(held) - n + 0.5) / (n + 0.5)) for token, n in count.items() if n}


def _share(weights: Mapping[T, float], held: frozenset[T]) -> float:
    total = sum(weights.values())
    return sum(weight for token, weight in weights.items() if token in held) / total if total else 0.0


def _longest(marks: Iterable[bool]) -> int:
    best = run = 0
    for mark in marks:
        run = run + 1 if mark else 0
        best = max(best, run)
    return best


def _names(asked: Sequence[str], read: Sequence[_Read]) -> Iterable[NDArray[np.float64]]:
    single, double = frozenset(asked), frozenset(pairwise(asked))
    weights = _weights(single, [r.whole for r in read])
    yield np.array([_share(weights, frozenset(r.heading)) for r in read])
    yield np.array([_part(r.heading, single) for r in read])
    yield np.array([_part(list(pairwise(r.heading)), double) for r in read])
    yield np.array([_part(r.title, single) for r in read])
    yield np.array([_part(list(pairwise(r.title)), double) for r in read])


def _part(tokens: Sequence[T], asked: frozenset[T]) -> float:
    return sum(token in asked for token in tokens) / len(tokens) if tokens else 0.0


def _around(candidates: Sequence[Candidate], read: Sequence[_Read]) -> Iterable[NDArray[np.float64]]:
    """What the candidates of the same document say of one another."""
    fused = np.array([c.signals["fused"] for c in candidates])
    fused = fused / max(fused.max(), 1e-9)
    numbers = np.array([int(found[1]) if (found := _LABEL.match(c.entry.locator)) else -100 for c in candidates])
    documents = np.array([c.entry.number for c in candidates])
    same = documents[:, None] == documents[None, :]
    apart = np.abs(numbers[:, None] - numbers[None, :])
    yield np.where(same & (apart == 1), fused, 0.0).max(axis=1)
    yield np.where(same & (apart >= 1) & (apart <= 3), fused, 0.0).sum(axis=1)
    cites = np.array([[str(n) in r.cites for n in numbers] for r in read]) & same & (apart > 0)
    yield cites[:_CITING].sum(axis=0).astype(np.float64)
    yield cites[:, :_CITING].sum(axis=1).astype(np.float64)
    yield (same * fused).sum(axis=1) / max(fused.sum(), 1e-9)
    yield (numbers <= 5).astype(np.float64)
