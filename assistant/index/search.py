"""One search over any engine: candidates by meaning and by words, both scores for each, one sum."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

from assistant.index.chunk import chunk_id, chunks
from assistant.index.embed import CachedEmbeddings
from assistant.index.filters import COUNTRY, Filters
from assistant.index.fusion import ACCENTED, BARE, OWN_TERRITORY, fuse, weights
from assistant.index.stores import EntryStore, LexicalStore, Stored, Vector, VectorStore
from assistant.index.values import Entry, Hit, Query
from assistant.language.normalise import fold
from assistant.language.tokens import folded, syllables

CHUNKS = 100  # nearest chunks asked of the vectors
ENTRIES = 50  # best entries asked of the words


class Searcher:
    """Tìm kiếm hỗn hợp."""

    def __init__(
        self, entries: EntryStore, vectors: VectorStore, lexicon: LexicalStore, embeddings: CachedEmbeddings
    ) -> None:
        self._entries = entries
        self._vectors = vectors
        self._lexicon = lexicon
        self._embeddings = embeddings

    def search(self, query: Query) -> list[Hit]:
        """At most ``query.k`` hits, best first; every one passes the filters."""
        if not query.text.strip():
            return []
        filters, wide = Filters.of(query), max(1, query.k // 10)
        vector = self._embeddings.query(query.text)
        near = self._vectors.search(vector, CHUNKS * wide, filters)
        worded = self._lexicon.search(query.text, query.typed, ENTRIES * wide, filters)
        found = {_entry_of(chunk) for chunk in near}.union(*worded.values())
        candidates = {
            entry_id: entry
            for entry_id, entry in self._entries.stored(list(found)).items()
            if filters.passes(entry.facets)
        }
        best = self._best_chunks(vector, near, candidates)
        signals = self._signals(query, best, worded, candidates)
        ranked = self._rank(query, signals, candidates)[: query.k]
        return self._hits(query, ranked, signals, best)

    def _best_chunks(
        self, vector: Vector, near: Mapping[str, float], candidates: Mapping[str, Stored]
    ) -> dict[str, tuple[float, str]]:
        """Entry id → (cosine, id) of its nearest chunk, also for entries that were found by their words only."""
        met = {_entry_of(chunk) for chunk in near}
        rest = [chunk_id(e.id, n) for e in candidates.values() if e.id not in met for n in range(e.chunks)]
        best: dict[str, tuple[float, str]] = {}
        for chunk, cosine in {**near, **self._vectors.scores(vector, rest)}.items():
            entry_id = _entry_of(chunk)
            if entry_id in candidates:
                best[entry_id] = max(best.get(entry_id, (-1.0, "")), (cosine, chunk))
        return best

    def _signals(
        self,
        query: Query,
        best: Mapping[str, tuple[float, str]],
        worded: Mapping[str, Mapping[str, float]],
        candidates: Mapping[str, Stored],
    ) -> dict[str, dict[str, float]]:
        rest = [entry_id for entry_id in candidates if any(entry_id not in scores for scores in worded.values())]
        more = self._lexicon.scores(query.text, query.typed, rest) if rest else {}
        signals = {"dense": {entry_id: cosine for entry_id, (cosine, _) in best.items()}}
        for name, scores in worded.items():
            joined = {**more.get(name, {}), **scores}
            signals[name] = {entry_id: score for entry_id, score in joined.items() if entry_id in candidates}
        return signals

    @staticmethod
    def _rank(
        query: Query, signals: Mapping[str, Mapping[str, float]], candidates: Mapping[str, Stored]
    ) -> list[tuple[str, float]]:
        typed = query.typed or query.text
        base = BARE if fold(typed) == typed.lower() else ACCENTED
        tokens = syllables(query.text)
        fused = fuse(signals, weights(base, signals, len({*tokens, *pairwise(tokens)})))
        if query.territory and query.territory != COUNTRY:
            for entry_id, entry in candidates.items():
                if entry.facets["territory"] == query.territory:
                    fused[entry_id] = fused.get(entry_id, 0.0) + OWN_TERRITORY
        return sorted(fused.items(), key=lambda item: (-item[1], item[0]))

    def _hits(
        self,
        query: Query,
        ranked: Iterable[tuple[str, float]],
        signals: Mapping[str, Mapping[str, float]],
        best: Mapping[str, tuple[float, str]],
    ) -> list[Hit]:
        ranked = list(ranked)
        entries = self._entries.get([entry_id for entry_id, _ in ranked])
        asked = set(folded(query.text))
        hits = []
        for entry_id, score in ranked:
            entry = entries.get(entry_id)
            if entry is None or entry.audience not in query.audience.visible:
                continue  # changed by a writer since the manifest was read
            parts = {name: scores.get(entry_id, 0.0) for name, scores in signals.items()}
            parts["coverage"] = _coverage(asked, entry)
            hits.append(Hit(entry, _chunk_text(entry, best.get(entry_id, (0.0, ""))[1]), score, parts))
        return hits


def _entry_of(chunk: str) -> str:
    return chunk.rpartition("/")[0]


def _chunk_text(entry: Entry, chosen: str) -> str:
    cut = chunks(entry)
    return next((chunk.text for chunk in cut if chunk.id == chosen), cut[0].text)


def _coverage(asked: set[str], entry: Entry) -> float:
    """Share of the question's syllables (without diacritics) that the entry holds."""
    held = set(folded("\n".join((entry.title, *entry.aliases, entry.heading, entry.text))))
    return len(asked & held) / len(asked) if asked else 0.0
