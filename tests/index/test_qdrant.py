"""The same index on Qdrant (its local mode): the same entries, the same order, the same care."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.errors import IndexMissing, IndexProblem
from assistant.index import Index, Query, open_index
from assistant.index.hybrid import HybridIndex
from assistant.index.values import Audience
from tests.index.conftest import BIRTH, CITY_PARKING, ENTRIES, LEAVE, STAFF_ONLY
from tests.index.writer import made

pytest.importorskip("qdrant_client", reason="qdrant-client is not installed")


@pytest.fixture(scope="module")
def qdrant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    opened = open_index(f"qdrant:{tmp_path_factory.mktemp('qdrant')}", create=True)
    opened.sync(ENTRIES, source="test")
    yield opened
    opened.close()


@pytest.mark.parametrize(
    "query",
    [
        Query("làm giấy khai sinh cần giấy tờ gì"),
        Query("lam giay khai sinh can giay to gi", "lam giay khai sinh can giay to gi"),
        Query("giá trông giữ xe máy ban đêm", territory="79"),
        Query("thời hạn nộp hồ sơ vào kho lưu trữ", on=date(2015, 6, 1)),
        Query("thời hạn nộp hồ sơ vào kho lưu trữ", on=date(2025, 6, 1)),
        Query("phân công trực đêm", audience=Audience.STAFF),
    ],
)
def test_both_engines_find_the_same_first_and_pass_the_same_filters(index: Index, qdrant: Index, query: Query) -> None:
    ours, theirs = index.search(query), qdrant.search(query)
    assert ours[0].entry == theirs[0].entry
    assert ours[0].signals["dense"] == pytest.approx(theirs[0].signals["dense"], abs=0.005)
    assert {hit.entry.id for hit in ours} == {hit.entry.id for hit in theirs}


def test_what_only_staff_may_read_stays_hidden(qdrant: Index) -> None:
    assert STAFF_ONLY.id not in {hit.entry.id for hit in qdrant.search(Query("phân công trực đêm", k=50))}
    assert qdrant.get(STAFF_ONLY.id) is None
    assert qdrant.get(STAFF_ONLY.id, audience=Audience.STAFF) == STAFF_ONLY


def test_entries_are_read_back_whole_and_counted(qdrant: Index) -> None:
    assert qdrant.get(BIRTH.id) == BIRTH
    assert qdrant.entries(CITY_PARKING.number, "dieu-4.khoan-1") == [CITY_PARKING]
    assert qdrant.count() == {"guide": 1, "procedure": 1, "provision": 5}


def test_a_sync_creates_updates_deletes_and_leaves_alone(tmp_path: Path) -> None:
    opened = open_index(f"qdrant:{tmp_path}", create=True)
    assert opened.sync(made(1, 30), source="a").created == 30
    again = opened.sync(made(1, 30), source="a")
    assert (again.created, again.updated, again.deleted, again.unchanged) == (0, 0, 0, 30)
    second = opened.sync(made(2, 30), source="a")
    assert second.updated > 0 < second.deleted
    clean = open_index(f"qdrant:{tmp_path / 'clean'}", create=True)
    clean.sync(made(2, 30), source="a")
    assert _points(opened) == _points(clean)


def _points(index: Index) -> set[str]:
    assert isinstance(index, HybridIndex)
    client = index._vectors._client  # type: ignore[attr-defined]
    return {point.payload["chunk"] for point in client.scroll("troly_chunks", limit=10_000)[0]}


def test_a_run_that_died_before_its_end_is_repaired_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    opened = open_index(f"qdrant:{tmp_path}", create=True)
    assert isinstance(opened, HybridIndex)
    opened.sync([LEAVE, BIRTH], source="a")
    before = _points(opened)
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(opened._entries, "finish", lambda *_: (_ for _ in ()).throw(Killed))
        opened.sync([dataclasses.replace(BIRTH, text="Khác hẳn"), CITY_PARKING], source="b")
    opened.sync([LEAVE, BIRTH], source="a")
    assert _points(opened) == before
    assert opened._entries.unfinished() == {}


def test_an_empty_store_is_missing_unless_it_may_be_made(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="troly ingest"):
        open_index(f"qdrant:{tmp_path}")


def test_a_server_that_does_not_answer_is_named() -> None:
    with pytest.raises(IndexProblem, match="Không kết nối được Qdrant"):
        open_index("qdrant:http://127.0.0.1:9")
