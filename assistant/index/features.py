"""What tells the right provision from its neighbours, as one row of numbers a candidate.

Every number is relative to the other candidates of the same question, so that it means the same in a corpus of two
hundred articles and in one of a hundred thousand, whatever the engine.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.index.overlap import overlaps
from assistant.index.reading import Reading, in_one_spelling
from assistant.index.samples import LEADING
from assistant.index.stores import Vector
from assistant.index.values import Entry
from assistant.language.normalise import fold
from assistant.law.hierarchy import rank_of

SIGNALS = ("dense", "lexical", "folded", "name", "asked", "likely", "fused")
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
    "best of document",
    "ranks below the highest",
    "share of higher rank",
    "share of its rank",
    "asked",
    "asked of document",
    "likely",
    "likely of document",
)
Row = NDArray[np.float32]

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
_CITING = 15  # best candidates whose citations count


@dataclass(frozen=True, slots=True)
class Candidate:
    """Ứng viên. ``signals``: raw scores, ``cosines``: of all its windows."""

    entry: Entry
    signals: Mapping[str, float]
    cosines: Sequence[float] | Vector
    reading: Reading


def features(text: str, typed: str, candidates: Sequence[Candidate]) -> Row:
    """One row of ``NAMES`` a candidate; ``candidates`` in the order of the fused score."""
    read = [c.reading for c in candidates]
    asked, forms = in_one_spelling(text, typed, read)
    plain = fold(text)
    columns = [
        *(column for signal in SIGNALS for column in _forms(np.array([c.signals[signal] for c in candidates]))),
        *_window_means(candidates),
        np.array([c.signals["lexical"] / max(len(asked), 1) for c in candidates]),
        *overlaps(asked, forms, [r.windows for r in read]),
        np.log1p([len(form.tokens) for form in forms]),
        np.full(len(read), math.log1p(len(asked))),
        *(np.full(len(read), float(bool(asks.search(plain)))) for asks in _ASKS),
        *np.array([_promised(c.entry.heading) for c in candidates]).T,
        np.array([r.durations for r in read]),
        *_around(candidates),
        *_ranks(candidates),
        *_asked(candidates),
    ]
    return np.stack([column.astype(np.float32) for column in columns], axis=1)


@lru_cache(maxsize=8_192)
def _promised(heading: str) -> tuple[bool, ...]:
    plain = fold(heading)
    return tuple(bool(promises.search(plain)) for promises in _PROMISES)


def _forms(scores: NDArray[np.float64]) -> Iterable[NDArray[np.float64]]:
    """Stretched to 0..1, as a share of how far it is behind the best, and its place among the candidates."""
    best, span = scores.max(), np.ptp(scores)
    yield (scores - scores.min()) / span if span > 0 else np.ones(len(scores))
    yield (best - scores) / abs(best) if best else np.zeros(len(scores))
    yield np.searchsorted(np.sort(-scores), -scores).astype(np.float64)


def _window_means(candidates: Sequence[Candidate]) -> Iterable[NDArray[np.float64]]:
    """The mean cosine of the best two, the best three and of all windows, below the best candidate's."""
    ordered = [sorted(map(float, c.cosines), reverse=True) or [0.0] for c in candidates]
    for most in (2, 3, None):
        means = np.array([sum(best := cosines[:most]) / len(best) for cosines in ordered])
        yield means - means.max()


def _around(candidates: Sequence[Candidate]) -> Iterable[NDArray[np.float64]]:
    """What the candidates of the same document say of one another."""
    fused = np.array([c.signals["fused"] for c in candidates])
    fused = fused / max(fused.max(), 1e-9)
    numbers = np.array([int(found[1]) if (found := _LABEL.match(c.entry.locator)) else -100 for c in candidates])
    documents = np.array([c.entry.number for c in candidates])
    same = documents[:, None] == documents[None, :]
    apart = np.abs(numbers[:, None] - numbers[None, :])
    yield np.where(same & (apart == 1), fused, 0.0).max(axis=1)
    yield np.where(same & (apart >= 1) & (apart <= 3), fused, 0.0).sum(axis=1)
    cites = np.stack([(c.reading.cites[:, None] == numbers).any(axis=0) for c in candidates]) & same & (apart > 0)
    yield cites[:_CITING].sum(axis=0).astype(np.float64)
    yield cites[:, :_CITING].sum(axis=1).astype(np.float64)
    yield (same * fused).sum(axis=1) / max(fused.sum(), 1e-9)
    yield (numbers <= 5).astype(np.float64)
    yield np.where(same, fused, 0.0).max(axis=1)


def _ranks(candidates: Sequence[Candidate]) -> Iterable[NDArray[np.float64]]:
    """The legal force of the documents, the highest of the candidates being 0: a law and its decree say alike."""
    ranks = np.array([int(rank_of(c.entry.doc_type, c.entry.issuing_body, c.entry.number)) for c in candidates])
    yield (ranks - ranks.min()).astype(np.float64)
    yield (ranks[None, :] < ranks[:, None]).mean(axis=1)
    yield (ranks[None, :] == ranks[:, None]).mean(axis=1)


def _asked(candidates: Sequence[Candidate]) -> Iterable[NDArray[np.float64]]:
    """How near the sample questions of the candidate are, 0 where it has none, and the nearest of its document."""
    documents = np.array([c.entry.number for c in candidates])
    same = documents[:, None] == documents[None, :]
    for signal in LEADING:
        asked = np.array([c.signals[signal] for c in candidates])
        yield asked
        yield np.where(same, asked, 0.0).max(axis=1)
