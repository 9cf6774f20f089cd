"""Filters after the engines: however few pass, they are found, and nothing else is."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from assistant.index import Index, Query, manifest, open_index
from assistant.index.filters import Filters, facets
from assistant.index.hybrid import HybridIndex
from assistant.index.values import Audience, Kind
from tests.index.conftest import ENTRIES
from tests.index.writer import made

ALIKE = made(1, 60)
NEEDLE = dataclasses.replace(
    ALIKE[30], id="8/2024/QĐ#dieu-1", number="8/2024/QĐ", locator="dieu-1", territory="79", text=ALIKE[30].text[:120]
)
HIDDEN = dataclasses.replace(NEEDLE, id="9/2024/QĐ#dieu-1", number="9/2024/QĐ", audience=Audience.STAFF)
ASKED = "cơ quan số 12 giải quyết việc thứ 1 trong mấy ngày"


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """Some two hundred chunks that all say nearly the same, with two entries among them that filters choose."""
    opened = open_index(f"chroma:{tmp_path_factory.mktemp('crowded') / 'index'}", create=True)
    opened.sync([*ALIKE, NEEDLE, HIDDEN, *ENTRIES], source="test")
    yield opened
    opened.close()


@pytest.mark.parametrize("wider", [(1, 4, 16), (1,)])  # with (1,) the engines themselves must filter
@pytest.mark.parametrize("narrowed", [{"numbers": (NEEDLE.number,)}, {"territory": "79", "kinds": (Kind.PROVISION,)}])
def test_the_one_entry_that_passes_is_found_among_many_that_match_better(
    crowded: Index, monkeypatch: pytest.MonkeyPatch, wider: tuple[int, ...], narrowed: dict[str, object]
) -> None:
    from assistant.index import search

    monkeypatch.setattr(manifest, "_WIDER", wider)
    monkeypatch.setattr(search, "CHUNKS", 5)
    monkeypatch.setattr(search, "ENTRIES", 3)
    hits = crowded.search(Query(ASKED, k=60, **narrowed))  # type: ignore[arg-type]
    found = {hit.entry.id: hit for hit in hits}
    assert NEEDLE.id in found
    assert found[NEEDLE.id].signals["dense"] > 0.0  # of its own windows, though the nearest were others'
    assert HIDDEN.id not in found


_FIELDS = st.fixed_dictionaries(
    {
        "text": st.sampled_from([ASKED, "việc thứ 2 trình tự niêm yết", "trực đêm", "ho so luu tru"]),
        "k": st.integers(1, 30),
        "audience": st.sampled_from(list(Audience)),
        "on": st.one_of(st.none(), st.dates(date(2005, 1, 1), date(2030, 1, 1))),
        "territory": st.sampled_from(["", "79", "48", "vn"]),
        "kinds": st.sampled_from([(), (Kind.PROVISION,), (Kind.GUIDE, Kind.PROCEDURE)]),
        "numbers": st.sampled_from([(), (NEEDLE.number,), (HIDDEN.number, "không/có")]),
    }
)


@examples(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_FIELDS)
def test_every_hit_passes_every_filter(crowded: Index, fields: dict[str, object]) -> None:
    query = Query(**fields)  # type: ignore[arg-type]
    filters = Filters.of(query)
    hits = crowded.search(query)
    assert all(filters.passes(facets(hit.entry)) for hit in hits)
    assert len({hit.entry.id for hit in hits}) == len(hits) <= query.k


@examples(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_FIELDS)
def test_the_manifest_filters_as_the_filters_do(crowded: Index, fields: dict[str, object]) -> None:
    assert isinstance(crowded, HybridIndex)
    filters = Filters.of(Query(**fields))  # type: ignore[arg-type]
    every = {entry.id: entry for entry in (*ALIKE, NEEDLE, HIDDEN, *ENTRIES)}
    right = {name for name, entry in every.items() if filters.passes(facets(entry))}
    assert crowded._entries.allowed(list(every), filters) == right  # type: ignore[attr-defined]
    few = crowded._entries.passing(filters, 1_000)  # type: ignore[attr-defined]
    assert set(few) == right
    assert crowded._entries.passing(filters, max(0, len(right) - 1)) is None or not right  # type: ignore[attr-defined]
