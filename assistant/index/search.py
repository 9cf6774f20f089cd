"""One search over any engine: candidates by meaning and by words, both scores for each, one sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from itertools import pairwise

import numpy as np

from assistant.index.chunk import chunk_id, chunk_text, parse_chunk_id
from assistant.index.embed import CachedEmbeddings
from assistant.index.features import Candidate, features
from assistant.index.filters import COUNTRY, Filters
from assistant.index.force import higher_force_first
from assistant.index.fusion import ACCENTED, BARE, OWN_TERRITORY, fuse, weights
from assistant.index.naming import fuller_names_first
from assistant.index.ranker import RANKED, Ranker, default_ranker
from assistant.index.stores import EntryStore, LexicalStore, Stored, Vector, VectorStore
from assistant.index.values import Entry, Hit, Kind, Query
from assistant.language.normalise import fold
from assistant.language.tokens import folded, syllables

CHUNKS = 100  # nearest chunks asked of the vectors
ENTRIES = 50  # best entries asked of the words


_OTHER_CORE = ThreadPoolExecutor(thread_name_prefix="words")
Ranked = list[tuple[str, float]]  # entry ids with their scores, best first


class Searcher:
    """Tìm kiếm hỗn hợp."""

    def __init__(
        self,
        entries: EntryStore,
        vectors: VectorStore,
        lexicon: LexicalStore,
        embeddings: CachedEmbeddings,
        ranker: Ranker | None = None,
    ) -> None:
        self._entries = entries
        self._vectors = vectors
        self._lexicon = lexicon
        self._embeddings = embeddings
        self._ranker = ranker or default_ranker()

    def search(self, query: Query) -> list[Hit]:
        """At most ``query.k`` hits, best first; every one passes the filters."""
        if not query.text.strip():
            return []
        filters, wide = Filters.of(query), max(1, query.k // 10)
        # The engines work outside Python, so that words and vectors keep a core each.
        words = _OTHER_CORE.submit(self._lexicon.search, query.text, query.typed, ENTRIES * wide, filters)
        vector = self._embeddings.query(query.text)
        near = self._vectors.search(vector, CHUNKS * wide, filters)
        worded = words.result()
        found = {_entry_of(chunk) for chunk in near}.union(*worded.values())
        candidates = {
            entry_id: entry
            for entry_id, entry in self._entries.stored(list(found)).items()
            if filters.passes(entry.facets)
        }
        more = _OTHER_CORE.submit(self._more_words, query, worded, candidates)
        best = self._best_chunks(vector, near, candidates)
        signals = self._signals(best, worded, more.result(), candidates)
        ranked = self._rank(query, signals)
        entries = self._entries.get([entry_id for entry_id, _ in ranked[: max(query.k, RANKED)]])
        ranked = fuller_names_first(query.text, ranked, entries)
        ranked = self._reorder(query, ranked, signals, candidates, entries)
        ranked = higher_force_first(ranked, entries)
        ranked = _own_territory_first(query, ranked, candidates)[: query.k]
        return self._hits(query, ranked, signals, best, entries)

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

    def _more_words(
        self, query: Query, worded: Mapping[str, Mapping[str, float]], candidates: Mapping[str, Stored]
    ) -> dict[str, dict[str, float]]:
        """The word scores of candidates that were found otherwise."""
        rest = [entry_id for entry_id in candidates if any(entry_id not in scores for scores in worded.values())]
        return self._lexicon.scores(query.text, query.typed, rest) if rest else {}

    @staticmethod
    def _signals(
        best: Mapping[str, tuple[float, str]],
        worded: Mapping[str, Mapping[str, float]],
        more: Mapping[str, Mapping[str, float]],
        candidates: Mapping[str, Stored],
    ) -> dict[str, dict[str, float]]:
        signals = {"dense": {entry_id: cosine for entry_id, (cosine, _) in best.items()}}
        for name, scores in worded.items():
            joined = {**more.get(name, {}), **scores}
            signals[name] = {entry_id: score for entry_id, score in joined.items() if entry_id in candidates}
        return signals

    @staticmethod
    def _rank(query: Query, signals: Mapping[str, Mapping[str, float]]) -> Ranked:
        typed = query.typed or query.text
        base = BARE if fold(typed) == typed.lower() else ACCENTED
        tokens = syllables(query.text)
        fused = fuse(signals, weights(base, signals, len({*tokens, *pairwise(tokens)})))
        return _sorted(fused)

    def _reorder(
        self,
        query: Query,
        ranked: Ranked,
        signals: Mapping[str, Mapping[str, float]],
        candidates: Mapping[str, Stored],
        entries: Mapping[str, Entry],
    ) -> Ranked:
        """Put the best provisions in the order of the ranker; they share the places and scores that they had.

        Procedures and guides keep theirs: the ranker has learned from articles of law alone.
        """
        head = [n for n, (name, _) in enumerate(ranked[:RANKED]) if _is_provision(entries.get(name))]
        if self._ranker is None or len(head) < 2:
            return ranked
        cosines = self._cosines(query, [candidates[ranked[n][0]] for n in head])
        readings = self._entries.readings([entries[ranked[n][0]] for n in head])
        held = []
        for entry_id, score in (ranked[n] for n in head):
            parts = {name: scores.get(entry_id, 0.0) for name, scores in signals.items()}
            held.append(Candidate(entries[entry_id], {**parts, "fused": score}, cosines[entry_id], readings[entry_id]))
        order = np.argsort(-self._ranker.scores(features(query.text, query.typed, held)), kind="stable")
        moved = list(ranked)
        for place, chosen in zip(head, order.tolist(), strict=True):
            moved[place] = (ranked[head[chosen]][0], ranked[place][1])
        return moved

    def _cosines(self, query: Query, chosen: Sequence[Stored]) -> dict[str, list[float]]:
        """Entry id → the cosine of each of its chunks."""
        every = [chunk_id(entry.id, n) for entry in chosen for n in range(entry.chunks)]
        found: dict[str, list[float]] = {entry.id: [] for entry in chosen}
        for chunk, cosine in self._vectors.scores(self._embeddings.query(query.text), every).items():
            found[_entry_of(chunk)].append(cosine)
        return found

    @staticmethod
    def _hits(
        query: Query,
        ranked: Ranked,
        signals: Mapping[str, Mapping[str, float]],
        best: Mapping[str, tuple[float, str]],
        entries: Mapping[str, Entry],
    ) -> list[Hit]:
        asked = set(folded(query.text))
        hits = []
        for entry_id, score in ranked:
            entry = entries.get(entry_id)
            if entry is None or entry.audience not in query.audience.visible:
                continue  # changed by a writer since the manifest was read
            parts = {name: scores.get(entry_id, 0.0) for name, scores in signals.items()}
            parts["coverage"] = _coverage(asked, entry)
            near = parse_chunk_id(best[entry_id][1])[1] if entry_id in best else 0
            hits.append(Hit(entry, chunk_text(entry, near), score, parts))
        return hits


def _sorted(scores: Mapping[str, float]) -> Ranked:
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


def _own_territory_first(query: Query, ranked: Ranked, candidates: Mapping[str, Stored]) -> Ranked:
    """Documents of the territory asked about before others that match alike."""
    if not query.territory or query.territory == COUNTRY:
        return ranked
    own = {name for name, entry in candidates.items() if entry.facets["territory"] == query.territory}
    return sorted(((name, score + OWN_TERRITORY * (name in own)) for name, score in ranked), key=lambda item: -item[1])


def _is_provision(entry: Entry | None) -> bool:
    return entry is not None and entry.kind is Kind.PROVISION


def _entry_of(chunk: str) -> str:
    return chunk.rpartition("/")[0]


def _coverage(asked: set[str], entry: Entry) -> float:
    """Share of the question's syllables (without diacritics) that the entry holds."""
    held = _bare_syllables("\n".join((entry.title, *entry.aliases, entry.heading, entry.text)))
    return len(asked & held) / len(asked) if asked else 0.0


@lru_cache(maxsize=2_048)
def _bare_syllables(text: str) -> frozenset[str]:
    """Of the same articles again and again: what is asked most is found most."""
    return frozenset(folded(text))
