"""What tells the right provision from its neighbours, as one row of numbers a candidate.

Every number is relative to the other candidates of the same question, so that it means the same in a corpus of two
hundred articles and in one of a hundred thousand, whatever the engine.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce

import numpy as np
from numpy.typing import NDArray

from assistant.index.chunk import windows
from assistant.index.values import Entry
from assistant.language.normalise import fold
from assistant.language.tokens import folded, syllables

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
Tokens = NDArray[np.int64]
Flags = NDArray[np.bool_]

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
_BREAK = "qqxqq"  # stands between two windows while they are read
_CITING = 15  # best candidates whose citations count
_KEPT = 8_192  # entries whose tokens are kept in memory (some 5 kB each)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Ứng viên. ``signals``: raw scores, ``cosines``: of all its windows."""

    entry: Entry
    signals: Mapping[str, float]
    cosines: Sequence[float]


@dataclass(frozen=True, slots=True)
class _Read:
    """What is compared of an entry, every token as its hash: those of the heading, then of each window in turn."""

    tokens: Tokens
    heading: int  # how many of them are the heading's
    starts: NDArray[np.intp]  # where the windows begin that hold any
    windows: int
    title: Tokens
    cites: frozenset[str]
    promise: str  # the heading without diacritics
    durations: int


@lru_cache(maxsize=_KEPT)
def _read(title: str, heading: str, text: str, bare: bool) -> _Read:
    cut = folded if bare else syllables
    parts = [heading, *windows(text)]
    tokens = _hashed(cut(f"\n{_BREAK}\n".join(parts)))  # one call: most of its time goes into its start
    breaks = tokens == hash(_BREAK)
    lengths = np.diff(np.concatenate([[-1], np.flatnonzero(breaks), [len(tokens)]])) - 1
    ends = np.cumsum(lengths)
    return _Read(
        tokens=tokens[~breaks],
        heading=int(lengths[0]),
        starts=ends[:-1][lengths[1:] > 0],
        windows=len(parts) - 1,
        title=_hashed(cut(title)),
        cites=frozenset(_ARTICLE.findall(text)),
        promise=fold(heading),
        durations=min(len(_DURATION.findall(text)), 5),
    )


def _hashed(tokens: Iterable[str]) -> Tokens:
    return np.fromiter(map(hash, tokens), dtype=np.int64)


def features(text: str, typed: str, candidates: Sequence[Candidate]) -> Row:
    """One row of ``NAMES`` a candidate; ``candidates`` in the order of the fused score."""
    bare = fold(typed or text) == (typed or text).lower()
    asked = _hashed(folded(typed or text) if bare else syllables(text))
    read = [_read(c.entry.title, c.entry.heading, c.entry.text, bare) for c in candidates]
    plain = fold(text)
    columns = [
        *(column for signal in SIGNALS for column in _forms(np.array([c.signals[signal] for c in candidates]))),
        *_window_means(candidates),
        np.array([c.signals["lexical"] / max(len(asked), 1) for c in candidates]),
        *_overlaps(asked, read),
        np.log1p([len(r.tokens) for r in read]),
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


@dataclass(frozen=True, slots=True)
class _Found:
    """Which of the question's runs of tokens a candidate holds, and how much of its names the question says."""

    held: tuple[Flags, Flags, Flags]  # one flag a run: single tokens, pairs, triples
    in_window: tuple[Flags, Flags]  # windows × single tokens, windows × pairs; the heading counts as part of each
    in_heading: Flags
    said: tuple[float, float, float, float]  # of the heading's tokens and pairs, of the title's


def _overlaps(asked: Tokens, read: Sequence[_Read]) -> Iterable[NDArray[np.float64]]:
    runs = np.unique(_runs(asked, 1), axis=0), np.unique(_runs(asked, 2), axis=0), _runs(asked, 3)
    found = [_find(runs, r) for r in read]
    single, double = (_weights(np.stack([f.held[n] for f in found])) for n in (0, 1))
    triples = max(len(runs[2]), 1)
    yield np.array([f.held[0] @ single for f in found])
    yield np.array([f.held[1] @ double for f in found])
    yield np.array([f.held[2].sum() / triples for f in found])
    yield np.array([(f.in_window[0] @ single).max(initial=0.0) for f in found])
    yield np.array([(f.in_window[1] @ double).max(initial=0.0) for f in found])
    yield np.array([_longest(f.held[2].tolist()) / triples for f in found])
    yield np.array([f.in_heading @ single for f in found])
    yield from np.array([f.said for f in found]).T


def _runs(tokens: Tokens, size: int) -> Tokens:
    """Neighbours, ``size`` a row."""
    if len(tokens) < size:
        return np.empty((0, size), np.int64)
    return np.lib.stride_tricks.sliding_window_view(tokens, size)


def _find(runs: tuple[Tokens, Tokens, Tokens], read: _Read) -> _Found:
    single, double, triple = (_begins(read.tokens, wanted) for wanted in runs)
    named = read.heading
    title_single, title_double = (_begins(read.title, wanted) for wanted in runs[:2])
    return _Found(
        held=(_held(single), _held(double), _held(triple)),
        in_window=(_by_window(single, read, 1), _by_window(double, read, 2)),
        in_heading=_held(single[:named]),
        said=(
            _part(single[:named]),
            _part(double[: max(named - 1, 0)]),
            _part(title_single),
            _part(title_double[: max(len(read.title) - 1, 0)]),
        ),
    )


def _begins(tokens: Tokens, runs: Tokens) -> Flags:
    """Tokens × runs: whether the run begins at the token."""
    size = runs.shape[1]
    begins = np.zeros((len(tokens), len(runs)), np.bool_)
    last = len(tokens) - size + 1
    if last > 0:
        here = [tokens[n : last + n, None] == runs[:, n] for n in range(size)]
        begins[:last] = reduce(np.logical_and, here)
    return begins


def _held(begins: Flags) -> Flags:
    """Which runs begin anywhere."""
    held: Flags = np.logical_or.reduce(begins, axis=0)
    return held


def _by_window(begins: Flags, read: _Read, size: int) -> Flags:
    """Windows × runs of ``size`` tokens; none spans two windows."""
    named = _held(begins[: max(read.heading - size + 1, 0)])
    if not len(read.starts):
        return np.repeat(named[None], min(read.windows, 1), axis=0)
    inside = begins.copy()
    if size > 1:
        inside[np.append(read.starts[1:], len(begins)) - 1] = False
    by_window: Flags = np.logical_or.reduceat(inside, read.starts, axis=0) | named
    return by_window


def _weights(held: Flags) -> NDArray[np.float64]:
    """How much each run tells the candidates (rows) apart, all together 1; one that none holds tells nothing."""
    count = held.sum(axis=0)
    weights = np.where(count > 0, np.log(1 + (len(held) - count + 0.5) / (count + 0.5)), 0.0)
    total = weights.sum()
    return weights / total if total else weights


def _part(said: Flags) -> float:
    return float(said.any(axis=1).mean()) if len(said) else 0.0


def _longest(marks: Iterable[bool]) -> int:
    best = run = 0
    for mark in marks:
        run = run + 1 if mark else 0
        best = max(best, run)
    return best


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
