"""Entries whole and the manifest of what is indexed, in one SQLite file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from assistant.index.filters import Filters, facets
from assistant.index.reading import VERSION, Reading, from_bytes, read, to_bytes
from assistant.index.sqlite_file import SqliteFile, slices
from assistant.index.stores import Stored
from assistant.index.values import Audience, Entry, Kind

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS entries (
    id TEXT PRIMARY KEY, digest TEXT NOT NULL, source TEXT NOT NULL, chunks INTEGER NOT NULL,
    kind TEXT NOT NULL, number TEXT NOT NULL, audience TEXT NOT NULL, territory TEXT NOT NULL,
    effective_on INTEGER NOT NULL, expires_on INTEGER NOT NULL, value TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS entries_number ON entries (number);
CREATE INDEX IF NOT EXISTS entries_source ON entries (source);
CREATE INDEX IF NOT EXISTS entries_facets
    ON entries (kind, territory, number, audience, effective_on, expires_on, id, chunks);
-- provisions as the ranker compares them; missing where an older version wrote
CREATE TABLE IF NOT EXISTS readings (id TEXT PRIMARY KEY, version INTEGER NOT NULL, value BLOB NOT NULL);
-- begun and not finished: the engines may hold any part of these
CREATE TABLE IF NOT EXISTS unfinished (id TEXT PRIMARY KEY, chunks INTEGER NOT NULL) WITHOUT ROWID;
"""
_NEXT_GENERATION = """
INSERT INTO meta VALUES ('generation', '1') ON CONFLICT (name) DO UPDATE SET value = CAST(value AS INTEGER) + 1
"""
_FACETS = ("kind", "number", "audience", "territory", "effective_on", "expires_on")
_KEPT = 16_384  # rows of the manifest kept in memory (some 700 bytes each)
_DATES = ("effective_on", "expires_on", "checked_on")


def to_json(entry: Entry) -> str:
    """The entry whole; ``from_json`` gives an equal one."""
    return json.dumps(asdict(entry), ensure_ascii=False, default=str, separators=(",", ":"))


def from_json(text: str) -> Entry:
    values: dict[str, Any] = json.loads(text)
    for name in _DATES:
        if values[name]:
            values[name] = date.fromisoformat(values[name])
    values["kind"] = Kind(values["kind"])
    values["audience"] = Audience(values["audience"])
    values["aliases"] = tuple(values["aliases"])
    return Entry(**values)


class SqliteEntries:
    """Kho mục."""

    def __init__(self, path: Path) -> None:
        self._file = SqliteFile(path, _SCHEMA)
        self._connection = self._file.connection
        self._kept: tuple[int, dict[str, Stored]] = (-1, {})  # rows of the manifest, and their generation

    def _select(self, columns: str, ids: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        with self._connection() as connection:
            for part in slices(ids):
                marks = ",".join("?" * len(part))
                yield from connection.execute(f"SELECT {columns} FROM entries WHERE id IN ({marks})", tuple(part))

    def meta(self) -> dict[str, str]:
        with self._connection() as connection:
            return dict(connection.execute("SELECT name, value FROM meta"))

    def set_meta(self, values: Mapping[str, str]) -> None:
        with self._connection() as connection:
            connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values.items())

    def generation(self) -> int:
        with self._connection() as connection:
            row = connection.execute("SELECT value FROM meta WHERE name = 'generation'").fetchone()
        return int(row[0]) if row else 0

    def get(self, ids: Sequence[str]) -> dict[str, Entry]:
        return {row[0]: from_json(row[1]) for row in self._select("id, value", ids)}

    def readings(self, entries: Sequence[Entry]) -> dict[str, Reading]:
        found: dict[str, Reading] = {}
        with self._connection() as connection:
            for part in slices([entry.id for entry in entries]):
                sql = f"SELECT id, value FROM readings WHERE version = ? AND id IN ({','.join('?' * len(part))})"
                found.update((name, from_bytes(value)) for name, value in connection.execute(sql, (VERSION, *part)))
        return {entry.id: found.get(entry.id) or read(entry) for entry in entries}

    def stored(self, ids: Sequence[str]) -> dict[str, Stored]:
        now = self.generation()
        if self._kept[0] != now or len(self._kept[1]) > _KEPT:
            self._kept = (now, {})
        kept = self._kept[1]
        rows = self._select("id, digest, source, chunks, " + ", ".join(_FACETS), [n for n in ids if n not in kept])
        for row in rows:
            kept[row[0]] = Stored(row[0], row[1], row[2], row[3], dict(zip(_FACETS, row[4:], strict=True)))
        return {name: kept[name] for name in ids if name in kept}

    def allowed(self, ids: Sequence[str], filters: Filters) -> set[str]:
        """Those of the ids that pass the filters."""
        return {name for name, row in self.stored(ids).items() if filters.passes(row.facets)}

    def passing(self, filters: Filters, most: int) -> dict[str, int] | None:
        """Entry id → chunks of those that pass the filters; None when they are more than ``most``."""
        clauses, values = _conditions(filters)
        with self._connection() as connection:
            sql = f"SELECT id, chunks FROM entries WHERE {' AND '.join(clauses)} LIMIT {most + 1}"
            found = dict(connection.execute(sql, values).fetchall())
        return found if len(found) <= most else None

    def of_number(self, number: str) -> list[Entry]:
        with self._connection() as connection:
            rows = connection.execute("SELECT value FROM entries WHERE number = ?", (number,))
            return [from_json(value) for (value,) in rows]

    def ids(self, source: str | None = None) -> list[str]:
        with self._connection() as connection:
            rows = connection.execute("SELECT id FROM entries WHERE ?1 IS NULL OR source = ?1", (source,)).fetchall()
        return [entry_id for (entry_id,) in rows]

    def count(self) -> dict[str, int]:
        with self._connection() as connection:
            return dict(connection.execute("SELECT kind, count(*) FROM entries GROUP BY kind"))

    def begin(self, chunks: Mapping[str, int]) -> None:
        with self._connection() as connection:
            connection.executemany("INSERT OR REPLACE INTO unfinished VALUES (?, ?)", chunks.items())

    def finish(self, entries: Sequence[tuple[Entry, str, int]], deleted: Sequence[str]) -> None:
        rows = [
            (entry.id, entry.digest, source, count, *facets(entry).values(), to_json(entry))
            for entry, source, count in entries
        ]
        readings = [_reading_row(entry) for entry, _, _ in entries if entry.kind is Kind.PROVISION]
        with self._connection() as connection:
            connection.executemany("INSERT OR REPLACE INTO entries VALUES (?,?,?,?,?,?,?,?,?,?,?)", rows)
            connection.executemany("INSERT OR REPLACE INTO readings VALUES (?,?,?)", readings)
            for table in ("entries", "readings"):
                connection.executemany(f"DELETE FROM {table} WHERE id = ?", ((gone,) for gone in deleted))
            done = [(row[0],) for row in rows] + [(gone,) for gone in deleted]
            connection.executemany("DELETE FROM unfinished WHERE id = ?", done)
            connection.execute(_NEXT_GENERATION)

    def move(self, ids: Sequence[str], source: str) -> None:
        with self._connection() as connection:
            connection.executemany("UPDATE entries SET source = ? WHERE id = ?", ((source, name) for name in ids))
            if ids:
                connection.execute(_NEXT_GENERATION)

    def unfinished(self) -> dict[str, int]:
        with self._connection() as connection:
            return dict(connection.execute("SELECT id, chunks FROM unfinished"))

    def settle(self) -> None:
        """Read what an older version wrote."""
        sql = """SELECT value FROM entries WHERE kind = ? AND NOT EXISTS (
            SELECT 1 FROM readings WHERE readings.id = entries.id AND version = ?)"""
        with self._connection() as connection:
            lacking = (from_json(value) for (value,) in connection.execute(sql, (Kind.PROVISION, VERSION)))
            connection.executemany("INSERT OR REPLACE INTO readings VALUES (?,?,?)", map(_reading_row, lacking))

    def close(self) -> None:
        self._file.close()


def _reading_row(entry: Entry) -> tuple[str, int, bytes]:
    return entry.id, VERSION, to_bytes(read(entry))


def _conditions(filters: Filters) -> tuple[list[str], list[str | int]]:
    """The filters as SQL clauses and their values."""
    clauses, values = [], list[str | int]()
    for name, allowed in filters.choices():
        clauses.append(f"{name} IN ({','.join('?' * len(allowed))})")
        values += allowed
    if filters.on is not None:
        clauses.append("effective_on <= ? AND expires_on > ?")
        values += (filters.on, filters.on)
    return clauses, values
