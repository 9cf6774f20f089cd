"""What the ranker compares of an entry, as it is read and as it is kept."""

from __future__ import annotations

import dataclasses
import sqlite3
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from assistant.index.entries import SqliteEntries
from assistant.index.overlap import overlaps
from assistant.index.reading import Reading, from_bytes, numbered, read, to_bytes
from assistant.index.values import Entry, Kind
from assistant.language.tokens import syllables

LONG = Entry(
    "7/2030/QĐ#dieu-3",
    Kind.PROVISION,
    "7/2030/QĐ",
    "Quy chế thư viện",
    "\n".join(f"{n}. Bạn đọc mượn sách trong {n} ngày theo Điều {n} và Điều 12a." for n in range(1, 30)),
    "dieu-3",
    "Mượn sách",
)


def as_lists(reading: Reading) -> object:
    """A form that ``==`` compares."""

    def plain(value: object) -> object:
        return value.tolist() if isinstance(value, np.ndarray) else value

    return dataclasses.asdict(reading, dict_factory=lambda pairs: {name: plain(value) for name, value in pairs})


@examples(deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=400))
def test_what_is_kept_is_what_was_read(title: str, heading: str, text: str) -> None:
    reading = read(dataclasses.replace(LONG, title=title, heading=heading, text=text))
    assert as_lists(from_bytes(to_bytes(reading))) == as_lists(reading)


def test_windows_cites_and_durations_are_read() -> None:
    reading = read(LONG)
    assert reading.accented.heading == 2 and len(reading.accented.starts) == reading.windows > 3
    assert reading.durations == 5
    assert reading.cites.tolist() == list(range(1, 30)), "12a is another article than 12"
    assert reading.bare.title.tolist() == numbered(["quy", "che", "thu", "vien"]).tolist()


def test_entries_are_read_when_written_and_gone_when_deleted(tmp_path: Path) -> None:
    entries = SqliteEntries(tmp_path / "entries.db")
    entries.finish([(LONG, "test", 5)], [])
    shorter = dataclasses.replace(LONG, text="Sách trả trong 7 ngày.")
    entries.finish([(shorter, "test", 1)], [])
    assert as_lists(entries.readings([shorter])[LONG.id]) == as_lists(read(shorter))
    entries.finish([], [LONG.id])
    with sqlite3.connect(tmp_path / "entries.db") as file:
        assert file.execute("SELECT count(*) FROM readings").fetchone() == (0,)


def test_what_an_older_version_wrote_is_read_at_once_and_kept_after_the_next_run(tmp_path: Path) -> None:
    entries = SqliteEntries(tmp_path / "entries.db")
    entries.finish([(LONG, "test", 5)], [])
    with sqlite3.connect(tmp_path / "entries.db") as file:
        file.execute("UPDATE readings SET version = 0, value = x'00'")
    assert as_lists(entries.readings([LONG])[LONG.id]) == as_lists(read(LONG))
    entries.settle()
    with sqlite3.connect(tmp_path / "entries.db") as file:
        assert file.execute("SELECT value FROM readings").fetchone() == (to_bytes(read(LONG)),)


@given(
    st.lists(st.lists(st.sampled_from("abcde"), max_size=12), min_size=1, max_size=4), st.text("abcdef ", max_size=20)
)
def test_runs_of_the_question_are_found_as_a_plain_search_finds_them(texts: list[list[str]], asked: str) -> None:
    question = syllables(asked)
    readings = [read(dataclasses.replace(LONG, heading=" ".join(text[:3]), text=" ".join(text))) for text in texts]
    held = [tuple(text[:3]) + tuple(text) for text in texts]
    columns = list(overlaps(numbered(question), [r.accented for r in readings], [r.windows for r in readings]))
    triples = [tuple(question[n : n + 3]) for n in range(len(question) - 2)]
    found = [[any(text[n : n + 3] == run for n in range(len(text))) for run in triples] for text in held]
    assert columns[2].tolist() == [sum(marks) / max(len(triples), 1) for marks in found]
    longest = ["".join("1" if mark else " " for mark in marks).split() for marks in found]
    assert columns[5].tolist() == [max(map(len, runs), default=0) / max(len(triples), 1) for runs in longest]
    said = [sum(token in question for token in text[:3]) / max(len(text[:3]), 1) for text in texts]
    assert columns[7].tolist() == said
