"""Filters applied to what an engine found, by what the manifest knows of its entries."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from assistant.index.filters import Filters

_WIDER = (1, 4, 16)  # times as much is asked for, while too little passes


class Manifest(Protocol):
    """Danh mục đã lập chỉ mục: which entries there are and what filters see of them."""

    def allowed(self, ids: Sequence[str], filters: Filters) -> set[str]: ...

    def passing(self, filters: Filters, most: int) -> dict[str, int] | None: ...


Find = Callable[[int], tuple[Mapping[str, float], bool]]  # so many of the best → their scores; whether these are all


def passing(
    find: Find, limit: int, filters: Filters, manifest: Manifest, entry_of: Callable[[str], str] = str
) -> tuple[dict[str, float], bool]:
    """About ``limit`` of the best that pass, and whether they are enough: if not, the engine itself must filter.

    A filter inside an engine costs several times the search, and most questions have one that nearly everything passes.
    """
    passed: dict[str, float] = {}
    for times in _WIDER:
        found, all_there_is = find(limit * times)
        entries = {name: entry_of(name) for name in found}
        allowed = manifest.allowed(list(set(entries.values())), filters)
        passed = {name: score for name, score in found.items() if entries[name] in allowed}
        if len(passed) * 2 >= limit or all_there_is:
            return passed, True
    return passed, False
