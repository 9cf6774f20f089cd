"""Of provisions that match alike, the stronger first; what matches better stays before what is stronger."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from assistant.index import Query, open_index
from assistant.index.force import ALIKE, higher_force_first
from assistant.index.values import Entry, Kind
from tests.index.conftest import BIRTH


def provision(number: str, doc_type: str, body: str) -> Entry:
    return Entry(
        id=f"{number}#dieu-4",
        kind=Kind.PROVISION,
        number=number,
        title="Quy định về trông giữ xe",
        heading="Thời hạn cấp thẻ trông giữ xe",
        text="Thẻ trông giữ xe được cấp trong ba ngày làm việc.",
        locator="dieu-4",
        doc_type=doc_type,
        issuing_body=body,
    )


LAW = provision("9/2024/QH15", "Luật", "Quốc hội")
DECREE = provision("91/2024/NĐ-CP", "Nghị định", "Chính phủ")
CIRCULAR = provision("19/2024/TT-BXD", "Thông tư", "Bộ Xây dựng")
PROVINCE = provision("1/2024/QĐ-UBND", "Quyết định", "Ủy ban nhân dân Thành phố Hồ Chí Minh")
FORCE = (LAW, DECREE, CIRCULAR, PROVINCE)


def order(*given: tuple[Entry, float]) -> list[str]:
    ranked = [(entry.id, score) for entry, score in given]
    return [name for name, _ in higher_force_first(ranked, {entry.id: entry for entry, _ in given})]


def test_alike_means_the_law_before_the_decree_before_the_circular_before_the_province() -> None:
    alike = [(entry, 0.8 - n * ALIKE / 4) for n, entry in enumerate(reversed(FORCE))]
    assert order(*alike) == [entry.id for entry in FORCE]


def test_what_matches_better_stays_first_whatever_its_force() -> None:
    assert order((CIRCULAR, 0.9), (LAW, 0.9 - 2 * ALIKE)) == [CIRCULAR.id, LAW.id]


def test_a_procedure_keeps_its_place_and_no_provision_passes_it() -> None:
    assert order((CIRCULAR, 0.8), (BIRTH, 0.8), (LAW, 0.8)) == [CIRCULAR.id, BIRTH.id, LAW.id]


def test_places_keep_their_scores_so_that_they_still_fall() -> None:
    ranked = [(CIRCULAR.id, 0.8), (LAW.id, 0.797), (DECREE.id, 0.5)]
    ordered = higher_force_first(ranked, {entry.id: entry for entry in FORCE})
    assert ordered == [(LAW.id, 0.8), (CIRCULAR.id, 0.797), (DECREE.id, 0.5)]


@pytest.mark.parametrize("filled", [FORCE, FORCE[::-1]])
def test_texts_that_say_the_same_come_in_the_order_of_their_force(tmp_path: Path, filled: tuple[Entry, ...]) -> None:
    opened = open_index(f"chroma:{tmp_path / 'index'}", create=True)
    opened.sync(filled, source="test")
    found = [hit.entry.id for hit in opened.search(Query("bao nhiêu ngày thì cấp thẻ trông giữ xe"))]
    assert found == [entry.id for entry in FORCE]


def test_the_texts_of_the_city_come_before_those_of_another_province(tmp_path: Path) -> None:
    city, other = (
        dataclasses.replace(PROVINCE, id=f"{n}/2024/QĐ-UBND#dieu-4", number=f"{n}/2024/QĐ-UBND", territory=place)
        for n, place in ((5, "79"), (4, "48"))
    )
    opened = open_index(f"chroma:{tmp_path / 'index'}", create=True)
    opened.sync([other, city], source="test")
    asked = "bao nhiêu ngày thì cấp thẻ trông giữ xe"
    assert [hit.entry.territory for hit in opened.search(Query(asked, territory="79"))] == ["79"]
    assert {hit.entry.territory for hit in opened.search(Query(asked))} == {"79", "48"}
