"""Syncing: idempotent, by source, safe to kill, seen by others, and nothing lost on a full disk."""

from __future__ import annotations

import dataclasses
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.index import Index, Query, open_index
from assistant.index.chunk import chunks
from assistant.index.hybrid import HybridIndex
from tests.index.conftest import BIRTH, CITY_PARKING, ENTRIES, LEAVE, NEW_ARCHIVE
from tests.index.writer import made

PROJECT = Path(__file__).parent.parent.parent


def contents(index: Index) -> dict[str, Any]:
    """All that the three stores hold."""
    assert isinstance(index, HybridIndex)
    vectors = index._vectors._collection.get(include=["metadatas"])  # type: ignore[attr-defined]
    searcher = index._lexicon._index.searcher()  # type: ignore[attr-defined]
    ids = index._entries.ids()
    held = index._vectors._by_entry.cosines(np.ones(384, np.float32), ids)  # type: ignore[attr-defined]
    return {
        "by_entry": {f"{name}/{n}" for name, cosines in held.items() for n in range(len(cosines))},
        "entries": {name: entry.digest for name, entry in index._entries.get(ids).items()},
        "manifest": {name: (row.digest, row.source, row.chunks) for name, row in index._entries.stored(ids).items()},
        "chunks": dict(zip(vectors["ids"], vectors["metadatas"], strict=True)),
        "documents": searcher.num_docs,
        "unfinished": index._entries.unfinished(),
    }


def answers(index: Index) -> list[dict[str, float]]:
    asked = ("cơ quan số 7 giải quyết trong mấy ngày", "viec so 12", "trình tự đã niêm yết")
    return [{hit.entry.id: hit.score for hit in index.search(Query(text, k=20))} for text in asked]


def alike(one: list[dict[str, float]], other: list[dict[str, float]]) -> bool:
    """The ten best of one are found by the other with nearly their scores.

    Not quite theirs: what was deleted counts in the rarity of words until tantivy merges its segments.
    """
    return all(
        abs(score - theirs.get(name, -1.0)) < 0.02
        for ours, theirs in zip(one, other, strict=True)
        for name, score in list(ours.items())[:10]
    )


@pytest.fixture
def fresh(tmp_path: Path) -> Index:
    return open_index(f"chroma:{tmp_path / 'index'}", create=True)


def test_a_second_sync_of_the_same_does_nothing(fresh: Index) -> None:
    assert fresh.sync(ENTRIES, source="test").created == len(ENTRIES)
    before = contents(fresh)
    again = fresh.sync(ENTRIES, source="test")
    assert (again.created, again.updated, again.deleted, again.unchanged) == (0, 0, 0, len(ENTRIES))
    assert contents(fresh) == before


def test_a_changed_entry_replaces_its_own_chunks_and_no_other(fresh: Index) -> None:
    fresh.sync(ENTRIES, source="test")
    before = contents(fresh)["chunks"]
    shorter = dataclasses.replace(BIRTH, text="## Hồ sơ\nGiấy chứng sinh.")
    report = fresh.sync([shorter if entry is BIRTH else entry for entry in ENTRIES], source="test")
    assert (report.updated, report.unchanged) == (1, len(ENTRIES) - 1)
    after = contents(fresh)["chunks"]
    gone = set(before) - set(after)
    assert gone == {chunk.id for chunk in chunks(BIRTH)} - {chunk.id for chunk in chunks(shorter)} != set()
    assert not fresh.search(Query("không thu phí ngay trong ngày làm việc"))[0].chunk_text.startswith("Ngay trong")


def test_what_a_source_no_longer_holds_is_deleted_and_other_sources_stay(fresh: Index) -> None:
    fresh.sync([LEAVE, BIRTH], source="a")
    fresh.sync([NEW_ARCHIVE], source="b")
    assert fresh.sync([LEAVE], source="a").deleted == 1
    assert fresh.get(BIRTH.id) is None
    assert BIRTH.id not in {hit.entry.id for hit in fresh.search(Query("đăng ký khai sinh"))}
    assert fresh.count() == {"guide": 1, "provision": 1}


def test_a_part_of_a_source_deletes_nothing(fresh: Index) -> None:
    fresh.sync([LEAVE, BIRTH], source="a")
    assert fresh.sync([LEAVE], source="a", complete=False).deleted == 0
    assert fresh.get(BIRTH.id) == BIRTH


def test_an_entry_that_moved_to_another_source_is_not_deleted_with_the_old_one(fresh: Index) -> None:
    fresh.sync([LEAVE], source="a")
    assert fresh.sync([LEAVE], source="b").unchanged == 1
    assert fresh.sync([], source="a").deleted == 0
    assert fresh.get(LEAVE.id) == LEAVE


def test_an_id_given_twice_is_listed_and_the_first_kept(fresh: Index) -> None:
    other = dataclasses.replace(LEAVE, text="Khác")
    report = fresh.sync([LEAVE, other], source="a")
    assert report.created == 1
    assert [entry_id for entry_id, _ in report.failed] == [LEAVE.id]
    assert fresh.get(LEAVE.id) == LEAVE


def test_progress_is_told_with_the_rate(fresh: Index) -> None:
    told: list[tuple[int, int | None, float]] = []
    fresh.sync(ENTRIES, source="a", total=7, progress=lambda *state: told.append(state))
    done, total, rate = told[-1]
    assert (done, total) == (7, 7)
    assert rate > 0


def test_a_rebuild_with_the_same_model_embeds_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_index(f"chroma:{tmp_path / 'a'}", create=True).sync(ENTRIES, source="test")
    second = open_index(f"chroma:{tmp_path / 'b'}", create=True)
    assert isinstance(second, HybridIndex)
    monkeypatch.setattr(second.embeddings._encoder, "passages", None)  # would fail if it were called
    assert second.sync(ENTRIES, source="test").created == len(ENTRIES)


def _writer(url: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.index.writer", url, *map(str, arguments)]
    return subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True)


def _kill_in_the_middle(url: str, version: int, seconds: float) -> None:
    process = _writer(url, version, 60, 0.01)
    assert process.stdout is not None
    process.stdout.readline()  # it has started
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()


def test_a_run_killed_at_any_moment_is_completed_by_the_next_with_nothing_doubled_or_lost(tmp_path: Path) -> None:
    clean, killed = f"chroma:{tmp_path / 'clean'}", f"chroma:{tmp_path / 'killed'}"
    for version, moments in ((1, (1.2, 2.1)), (2, (1.5, 1.9))):
        for seconds in moments:
            _kill_in_the_middle(killed, version, seconds)
        built, repaired = open_index(clean, create=True), open_index(killed, create=True)
        built.sync(made(version, 60), source="writer")
        repaired.sync(made(version, 60), source="writer")
        assert contents(repaired) == contents(built)
        assert alike(answers(repaired), answers(built))
        built.close()
        repaired.close()


def test_a_run_killed_between_the_engines_and_the_manifest_is_repaired(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    opened = open_index(f"chroma:{tmp_path}", create=True)
    assert isinstance(opened, HybridIndex)
    opened.sync([LEAVE, BIRTH], source="a")
    before = contents(opened)
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(opened._entries, "finish", lambda *_: (_ for _ in ()).throw(Killed))
        opened.sync([dataclasses.replace(BIRTH, text="Khác hẳn"), CITY_PARKING], source="b")
    assert set(contents(opened)["unfinished"]) == {BIRTH.id, CITY_PARKING.id}
    opened.sync([LEAVE, BIRTH], source="a")
    assert contents(opened) == before


def test_a_reader_sees_within_seconds_what_another_process_adds_while_it_adds(tmp_path: Path) -> None:
    url = f"chroma:{tmp_path / 'index'}"
    reader = open_index(url, create=True)
    writer = _writer(url, 1, 60, 0.02)
    deadline = time.monotonic() + 60
    while not reader.search(Query("việc số 3")) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert reader.search(Query("việc số 3")), "nothing seen while the writer is at work"
    assert writer.wait(60) == 0
    while time.monotonic() < deadline and len(answers(reader)[0]) < 20:
        time.sleep(0.1)
    assert reader.get("7/2024/NĐ#dieu-59") is not None
    fresh = open_index(url)
    while time.monotonic() < deadline and not alike(answers(reader), answers(fresh)):
        time.sleep(0.1)
    assert alike(answers(reader), answers(fresh))
    assert contents(reader)["chunks"] == contents(fresh)["chunks"]
    assert sum(file.stat().st_size for file in tmp_path.rglob("*")) < 50_000_000, "Chroma's files ran away"


_FULL_DISK = """
import os, subprocess, sys
from assistant.errors import StorageFull
from assistant.index import open_index, sync
from tests.index.writer import made
folder = sys.argv[1]
sync.BATCH = 4
opened = open_index(f"chroma:{folder}/index", create=True)
try:
    opened.sync(made(1, 4000), source="writer")
except StorageFull as error:
    print("full:", error)
stored = len(opened._entries.ids())
opened.close()
subprocess.run(["mount", "-o", "remount,size=100m", folder], check=True)
opened = open_index(f"chroma:{folder}/index")
report = opened.sync(made(1, 60), source="writer")
print(stored, report.created + report.updated + report.unchanged, opened.count(), opened._entries.unfinished())
"""


def test_a_full_disk_is_named_and_a_run_with_room_again_completes_the_work(tmp_path: Path) -> None:
    script = f"mount -t tmpfs -o size=4m tmpfs {tmp_path} && {sys.executable} -c '{_FULL_DISK}' {tmp_path}"
    if not shutil.which("unshare") or subprocess.run(["unshare", "-rm", "true"], check=False).returncode:
        pytest.skip("cannot make a small disk here: unshare -rm is not permitted")
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    full, state = done.stdout.strip().splitlines()
    assert "Ổ đĩa đã đầy" in full
    stored, rest = state.split(" ", 1)
    assert 0 < int(stored) < 4000
    assert rest == "60 {'provision': 60} {}"
