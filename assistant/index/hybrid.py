"""The index: three stores, one search, one way to write."""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Iterable
from datetime import date

from assistant.index.embed import CachedEmbeddings
from assistant.index.filters import worded_on
from assistant.index.samples import NONE, Samples
from assistant.index.search import Searcher
from assistant.index.stores import EntryStore, LexicalStore, VectorStore
from assistant.index.sync import Hold, Progress, Sync
from assistant.index.values import Audience, Entry, Hit, Query, SyncReport
from assistant.law.document import LEVELS, Locator

_LOG = logging.getLogger(__name__)
_CHECK = 1.0  # seconds between looks for what another process wrote
_PAUSE = 10.0  # times as long as a reopening took, until the next
_LABEL = re.compile(r"(\d+)|(\D+)")  # numbers and letters of a label: “12a”
_LEVEL_ORDER = {level: n for n, level in enumerate(reversed(LEVELS))}


class HybridIndex:
    """Chỉ mục hỗn hợp.

    ``writing`` keeps other writers off for a whole sync, ``engines`` keeps other processes off the files of the
    engines for the moment in which they are written or opened.
    """

    def __init__(
        self,
        entries: EntryStore,
        vectors: VectorStore,
        lexicon: LexicalStore,
        embeddings: CachedEmbeddings,
        writing: Hold,
        engines: Hold,
        samples: Samples = NONE,
    ) -> None:
        self.embeddings = embeddings
        self._entries = entries
        self._vectors = vectors
        self._lexicon = lexicon
        self._writing = writing
        self._engines = engines
        self._searcher = Searcher(entries, vectors, lexicon, embeddings, samples)
        self._seen = entries.generation()
        self._next_look = time.monotonic() + _CHECK
        self._busy = threading.Lock()  # held while this process syncs or reopens

    def search(self, query: Query) -> list[Hit]:
        self._refresh()
        return self._searcher.search(query)

    def get(self, entry_id: str, *, audience: Audience = Audience.CITIZEN) -> Entry | None:
        """The stored entry, whole; None also when ``audience`` may not read it."""
        entry = self._entries.get([entry_id]).get(entry_id)
        return entry if entry and entry.audience in audience.visible else None

    def entries(
        self, number: str, locator: str = "", *, audience: Audience = Audience.CITIZEN, on: date | None = None
    ) -> list[Entry]:
        wanted = Locator(locator)
        found = [entry for entry in self._entries.of_number(number) if entry.audience in audience.visible]
        if locator:
            found = [e for e in found if wanted.contains(Locator(e.locator)) or Locator(e.locator).contains(wanted)]
        return sorted(worded_on(found, on or date.today()), key=lambda entry: reading_order(entry.locator))

    def sync(
        self,
        entries: Iterable[Entry],
        *,
        source: str,
        complete: bool = True,
        total: int | None = None,
        progress: Progress | None = None,
    ) -> SyncReport:
        """``progress`` is called after each batch with entries done, ``total`` and entries a second."""
        with self._busy, self._writing():
            if self._entries.generation() != self._seen:
                self._reopen()
            run = Sync(self._entries, self._vectors, self._lexicon, self.embeddings, self._engines, progress)
            try:
                return run.run(entries, source, complete, total)
            finally:
                self._seen = self._entries.generation()

    def count(self) -> dict[str, int]:
        return self._entries.count()

    def close(self) -> None:
        self._vectors.close()
        self._lexicon.close()
        self._entries.close()

    def _refresh(self) -> None:
        """Look, once a second at most, whether another process wrote; then reopen aside, while what is open serves."""
        if time.monotonic() < self._next_look or not self._busy.acquire(blocking=False):
            return
        self._next_look = time.monotonic() + _CHECK
        if self._entries.generation() == self._seen:
            self._busy.release()
        else:
            threading.Thread(target=self._reopen_aside, name="reopen index", daemon=True).start()

    def _reopen_aside(self) -> None:
        start = time.monotonic()
        try:
            self._reopen()
        except Exception:  # whatever the engine says: what is open still serves, and the next look tries again
            _LOG.warning("index could not be reopened; trying again", exc_info=True)
        finally:
            now = time.monotonic()
            self._next_look = now + max(_CHECK, _PAUSE * (now - start))
            self._busy.release()

    def _reopen(self) -> None:
        generation = self._entries.generation()
        with self._engines():
            self._vectors.reopen()
            self._lexicon.reopen()
        self._seen = generation


def reading_order(locator: str) -> tuple[tuple[int, tuple[tuple[int, str], ...]], ...]:
    """A key that puts Điều 5a after Điều 5 and before Điều 6, and attachments after the articles of the main part."""
    steps = Locator(locator).steps
    return tuple(
        (_LEVEL_ORDER.get(level, 0), tuple((int(n or 0), letters) for n, letters in _LABEL.findall(label)))
        for level, label in steps
    )
