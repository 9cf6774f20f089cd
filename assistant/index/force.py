"""Of provisions that match alike, the one of higher legal force first (Điều 58 Luật 64/2025/QH15)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assistant.index.values import Entry, Kind
from assistant.law.hierarchy import Rank, rank_of

ALIKE = 0.01  # scores no further apart say nothing of which text governs

Ranked = Sequence[tuple[str, float]]


def higher_force_first(ranked: Ranked, entries: Mapping[str, Entry]) -> list[tuple[str, float]]:
    """Neighbouring provisions within ``ALIKE`` of the first of them stand in the order of their force.

    Places keep their scores. Other kinds, and what is not among ``entries``, keep their places.
    """
    ordered: list[tuple[str, float]] = []
    for run in _runs(ranked, entries):
        names = sorted((name for name, _ in run), key=lambda name: _rank(entries.get(name)))
        ordered += zip(names, (score for _, score in run), strict=True)
    return ordered


def _runs(ranked: Ranked, entries: Mapping[str, Entry]) -> Iterator[Ranked]:
    start = 0
    for n in range(1, len(ranked) + 1):
        if n == len(ranked) or not _alike(ranked[start], ranked[n], entries):
            yield ranked[start:n]
            start = n


def _alike(first: tuple[str, float], other: tuple[str, float], entries: Mapping[str, Entry]) -> bool:
    provisions = all(name in entries and entries[name].kind is Kind.PROVISION for name in (first[0], other[0]))
    return provisions and first[1] - other[1] <= ALIKE


def _rank(entry: Entry | None) -> Rank:
    return rank_of(entry.doc_type, entry.issuing_body, entry.number) if entry else Rank.NOT_NORMATIVE
