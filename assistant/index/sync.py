"""Bringing the stores to what the entries say, so that a kill at any moment loses and doubles nothing.

For each batch: ``begin`` notes the ids, the engines are written, ``finish`` stores the entries with their digests. What
was begun and not finished is put right before anything else is written.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from itertools import islice

from assistant.index.chunk import chunk_id, chunks
from assistant.index.embed import CachedEmbeddings
from assistant.index.sqlite_file import slices
from assistant.index.stores import EntryStore, LexicalStore, VectorStore
from assistant.index.values import Chunk, Entry, SyncReport

BATCH = 256  # entries looked at, and at most written, at once

Hold = Callable[[], AbstractContextManager[None]]  # keeps other processes off while it lasts
Progress = Callable[[int, int | None, float], None]  # done, total, entries a second


@dataclass
class _Tally:
    """What happened so far."""

    created: int = 0
    updated: int = 0
    deleted: int = 0
    unchanged: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)
    stages: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        start = time.monotonic()
        yield
        self.stages[stage] = self.stages.get(stage, 0.0) + time.monotonic() - start


class Sync:
    """Một lượt đồng bộ of one source."""

    def __init__(
        self,
        entries: EntryStore,
        vectors: VectorStore,
        lexicon: LexicalStore,
        embeddings: CachedEmbeddings,
        engines: Hold,
        progress: Progress | None = None,
    ) -> None:
        self._entries = entries
        self._vectors = vectors
        self._lexicon = lexicon
        self._embeddings = embeddings
        self._engines = engines
        self._progress = progress

    def run(self, wanted: Iterable[Entry], source: str, complete: bool, total: int | None) -> SyncReport:
        start, tally, seen = time.monotonic(), _Tally(), set[str]()
        self._repair(tally)
        for batch in _batches(wanted):
            fresh = self._first_of_each(batch, seen, tally)
            seen.update(fresh)
            self._write_changed(list(fresh.values()), source, tally)
            self._report(len(seen), total, start)
        if complete:
            self._delete([gone for gone in self._entries.ids(source) if gone not in seen], tally)
        with self._engines(), tally.timed("vectors"):
            self._vectors.settle()
        self._entries.settle()
        return SyncReport(
            tally.created,
            tally.updated,
            tally.deleted,
            tally.unchanged,
            tuple(tally.failed),
            time.monotonic() - start,
            {stage: round(seconds, 2) for stage, seconds in tally.stages.items()},
        )

    def _report(self, done: int, total: int | None, start: float) -> None:
        if self._progress:
            self._progress(done, total, done / max(time.monotonic() - start, 1e-9))

    @staticmethod
    def _first_of_each(batch: Sequence[Entry], seen: set[str], tally: _Tally) -> dict[str, Entry]:
        """Entries by id; an id met before is listed as failed."""
        fresh: dict[str, Entry] = {}
        for entry in batch:
            if entry.id in seen or entry.id in fresh:
                tally.failed.append((entry.id, "Mã mục bị trùng trong cùng một nguồn; chỉ giữ mục gặp trước."))
            else:
                fresh[entry.id] = entry
        return fresh

    def _repair(self, tally: _Tally) -> None:
        """Put right what a killed run left: its entries are written again, those that were never stored removed.

        Where a kill may have torn the engine's own files, all vectors are laid out anew, from the cache.
        """
        unfinished = self._entries.unfinished()
        if not unfinished:
            return
        if self._vectors.torn_by_kill:
            self._lay_out_vectors()
        for part in slices(list(unfinished), BATCH):
            sources = self._entries.stored(part)
            whole = [(entry, sources[name].source) for name, entry in self._entries.get(part).items()]
            self._write(whole, {name: unfinished[name] for name in part}, tally)

    def _lay_out_vectors(self) -> None:
        with self._engines():
            self._vectors.clear()
        for part in slices(self._entries.ids(), BATCH):
            flat = [chunk for entry in self._entries.get(part).values() for chunk in chunks(entry)]
            vectors = self._embeddings.passages([chunk.passage for chunk in flat])
            with self._engines():
                self._vectors.replace(flat, vectors, [])

    def _write_changed(self, batch: Sequence[Entry], source: str, tally: _Tally) -> None:
        stored = self._entries.stored([entry.id for entry in batch])
        changed, moved = [], []
        for entry in batch:
            old = stored.get(entry.id)
            if old is None or old.digest != entry.digest:
                changed.append(entry)
            elif old.source != source:
                moved.append(entry.id)
        self._write(
            [(entry, source) for entry in changed],
            {e.id: stored[e.id].chunks for e in changed if e.id in stored},
            tally,
        )
        self._entries.move(moved, source)
        updated = sum(entry.id in stored for entry in changed)
        tally.updated += updated
        tally.created += len(changed) - updated
        tally.unchanged += len(batch) - len(changed)

    def _write(self, batch: Sequence[tuple[Entry, str]], before: Mapping[str, int], tally: _Tally) -> None:
        """Write entries with their sources; those of ``before`` (id → chunks) that are not among them are removed."""
        cut = {entry.id: chunks(entry) for entry, _ in batch}
        gone = [entry_id for entry_id in before if entry_id not in cut]
        if not cut and not gone:
            return
        flat = [chunk for parts in cut.values() for chunk in parts]
        with tally.timed("embedding"):
            vectors = self._embeddings.passages([chunk.passage for chunk in flat])
        with tally.timed("storing"):
            self._entries.begin({name: max(before.get(name, 0), len(cut.get(name, ()))) for name in {*before, *cut}})
        with self._engines():
            with tally.timed("vectors"):
                self._vectors.replace(flat, vectors, list(_stale(before, cut)))
            with tally.timed("words"):
                self._lexicon.replace(cut, gone)
        with tally.timed("storing"):
            self._entries.finish([(entry, source, len(cut[entry.id])) for entry, source in batch], gone)

    def _delete(self, ids: Sequence[str], tally: _Tally) -> None:
        for part in slices(ids, BATCH):
            self._write([], {old.id: old.chunks for old in self._entries.stored(part).values()}, tally)
            tally.deleted += len(part)


def _stale(before: Mapping[str, int], cut: Mapping[str, Sequence[Chunk]]) -> Iterator[str]:
    """Ids of chunks that an entry had and has no more."""
    for entry_id, count in before.items():
        for n in range(len(cut.get(entry_id, ())), count):
            yield chunk_id(entry_id, n)


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    stream = iter(entries)
    while batch := list(islice(stream, BATCH)):
        yield batch
