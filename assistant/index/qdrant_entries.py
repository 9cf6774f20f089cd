"""Entries and the manifest in a Qdrant cluster: a point an entry, without vectors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from qdrant_client import models as q

from assistant.index.entries import from_json, to_json
from assistant.index.filters import facets
from assistant.index.qdrant_place import ENTRIES, FACETS, STATE, Client, any_of, point_id
from assistant.index.reading import Reading, read
from assistant.index.sqlite_file import slices
from assistant.index.stores import Stored
from assistant.index.values import Entry, Kind

_PAGE = 1_000  # points in one page of a listing


class QdrantEntries:
    """Kho mục."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def meta(self) -> dict[str, str]:
        found = self._client.retrieve(STATE, ids=[point_id("meta")])
        return dict(found[0].payload or {}) if found else {}

    def set_meta(self, values: Mapping[str, str]) -> None:
        payload = {**self.meta(), **values}
        self._client.upsert(STATE, points=[q.PointStruct(id=point_id("meta"), vector={}, payload=payload)])

    def generation(self) -> int:
        return 0  # readers keep nothing, so they need not be told

    def _payloads(self, ids: Sequence[str]) -> Iterator[dict[str, Any]]:
        for part in slices(ids):
            for record in self._client.retrieve(ENTRIES, ids=[point_id(name) for name in part]):
                yield dict(record.payload or {})

    def get(self, ids: Sequence[str]) -> dict[str, Entry]:
        return {row["id"]: from_json(row["value"]) for row in self._payloads(ids)}

    def readings(self, entries: Sequence[Entry]) -> dict[str, Reading]:
        return {entry.id: read(entry) for entry in entries}

    def stored(self, ids: Sequence[str]) -> dict[str, Stored]:
        return {
            row["id"]: Stored(
                row["id"], row["digest"], row["source"], row["chunks"], {name: row[name] for name in FACETS}
            )
            for row in self._payloads(ids)
        }

    def of_number(self, number: str) -> list[Entry]:
        rows = self._listed(ENTRIES, q.Filter(must=[any_of("number", [number])]), ["value"])
        return [from_json(row["value"]) for row in rows]

    def ids(self, source: str | None = None) -> list[str]:
        chosen = q.Filter(must=[any_of("source", [source])]) if source is not None else None
        return [row["id"] for row in self._listed(ENTRIES, chosen, ["id"])]

    def _listed(self, collection: str, chosen: q.Filter | None, fields: list[str]) -> Iterator[dict[str, Any]]:
        offset: Any = None
        while True:
            records, offset = self._client.scroll(collection, chosen, limit=_PAGE, offset=offset, with_payload=fields)
            yield from (dict(record.payload or {}) for record in records)
            if offset is None:
                return

    def count(self) -> dict[str, int]:
        counted = {
            kind.value: self._client.count(ENTRIES, q.Filter(must=[any_of("kind", [kind.value])])).count
            for kind in Kind
        }
        return {kind: number for kind, number in counted.items() if number}

    def begin(self, chunks: Mapping[str, int]) -> None:
        points = [
            q.PointStruct(id=point_id(f"begun {name}"), vector={}, payload={"begun": name, "chunks": count})
            for name, count in chunks.items()
        ]
        self._client.upsert(STATE, points=points, wait=True)

    def finish(self, entries: Iterable[tuple[Entry, str, int]], deleted: Sequence[str]) -> None:
        written = list(entries)
        points = [q.PointStruct(id=point_id(e.id), vector={}, payload=_row(e, source, n)) for e, source, n in written]
        if points:
            self._client.upsert(ENTRIES, points=points, wait=True)
        if deleted:
            gone: list[Any] = [point_id(name) for name in deleted]
            self._client.delete(ENTRIES, points_selector=q.PointIdsList(points=gone), wait=True)
        done: list[Any] = [point_id(f"begun {name}") for name in (*(e.id for e, _, _ in written), *deleted)]
        self._client.delete(STATE, points_selector=q.PointIdsList(points=done), wait=True)

    def move(self, ids: Sequence[str], source: str) -> None:
        if ids:
            self._client.set_payload(ENTRIES, payload={"source": source}, points=[point_id(name) for name in ids])

    def unfinished(self) -> dict[str, int]:
        rows = self._listed(STATE, None, ["begun", "chunks"])
        return {row["begun"]: row["chunks"] for row in rows if "begun" in row}

    def settle(self) -> None: ...

    def close(self) -> None: ...


def _row(entry: Entry, source: str, chunks: int) -> dict[str, Any]:
    known = {"id": entry.id, "digest": entry.digest, "source": source, "chunks": chunks, "value": to_json(entry)}
    return {**known, **facets(entry)}
