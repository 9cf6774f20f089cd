"""One search over any engine: candidates by meaning and by words, both scores for each, one sum."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

import numpy as np

from assistant.index.chunk import chunk_text, parse_chunk_id
from assistant.index.cited import cited_first
from assistant.index.embed import CachedEmbeddings
from assistant.index.features import Candidate, features
from assistant.index.filters import COUNTRY, Filters
from assistant.index.force import higher_force_first
from assistant.index.fusion import ACCENTED, BARE, OWN_TERRITORY, fuse, weights
from assistant.index.naming import fuller_names_first
from assistant.index.ranker import RANKED, Ranker, default_ranker
from assistant.index.reading import Reading, Tokens, numbered
from assistant.index.samples import SIGNALS, Samples
from assistant.index.stores import EntryStore, LexicalStore, Stored, Vector, VectorStore
from assistant.index.values import Entry, Hit, Kind, Query
from assistant.language.normalise import fold
from assistant.language.tokens import folded, syllables

CHUNKS = 100  # nearest chunks asked of the vectors
ENTRIES = 50  # best entries asked of the words
ASKED = 20  # entries whose sample questions are nearest
_NONE = np.zeros(0, np.float32)
Ranked = list[tuple[str, float]]  # entry ids with their scores, best first


class Searcher:
    """Tìm kiếm hỗn hợp."""

    def __init__(
        self,
        entries: EntryStore,
        vectors: VectorStore,
        lexicon: LexicalStore,
        embeddings: CachedEmbeddings,
        samples: Samples,
        ranker: Ranker | None = None,
    ) -> None:
        self._entries = entries
        self._vectors = vectors
        self._lexicon = lexicon
        self._embeddings = embeddings
        self._samples = samples
        self._ranker = ranker or default_ranker()

    def search(self, query: Query) -> list[Hit]:
        """At most ``query.k`` hits, best first; every one passes the filters."""
        if not query.text.strip():
            return []
        filters, wide, most = Filters.of(query), max(1, query.k // 10), max(query.k, RANKED)
        # One after the other: beside each other on two cores they only make each other slower (docs/log.md).
        worded = self._lexicon.search(query.text, query.typed, ENTRIES * wide, filters)
        vector = self._embeddings.query(query.text)
        near = self._vectors.search(vector, CHUNKS * wide, filters)
        asked = self._samples.nearness(vector, query.text)
        known = asked.nearest(ASKED * wide)
        stored = self._entries.stored(list({_entry_of(chunk) for chunk in near}.union(*worded.values(), known)))
        candidates = {entry_id: entry for entry_id, entry in stored.items() if filters.passes(entry.facets)}
        more = self._more_words(query, worded, candidates)
        cosines = self._vectors.cosines(vector, {entry.id: entry.chunks for entry in candidates.values()})
        best = self._best_chunks(near, cosines, candidates)
        signals = self._signals(best, worded, more, candidates) | asked.among(candidates)
        ranked = self._rank(query, signals)[:most]
        entries = self._entries.get([entry_id for entry_id, _ in ranked])
        readings = self._entries.readings([entry for entry in entries.values() if entry.kind is Kind.PROVISION])
        ranked = fuller_names_first(query.text, ranked, entries)
        ranked = self._reorder(query, ranked, signals, cosines, entries, readings)
        ranked = cited_first(query.text, higher_force_first(ranked, entries), entries)
        ranked = _own_territory_first(query, ranked, candidates)[: query.k]
        return self._hits(query, ranked, signals, asked.elsewhere(stored), best, entries, readings)

    @staticmethod
    def _best_chunks(
        near: Mapping[str, float], cosines: Mapping[str, Vector], candidates: Mapping[str, Stored]
    ) -> dict[str, tuple[float, int]]:
        """Entry id → cosine and place of its nearest chunk, also for entries that were found by their words only."""
        met: dict[str, tuple[float, int]] = {}
        for chunk, cosine in near.items():
            entry_id, n = parse_chunk_id(chunk)
            met[entry_id] = max(met.get(entry_id, (-1.0, 0)), (cosine, n))
        best = {name: (float(row[n := int(row.argmax())]), n) for name, row in cosines.items() if len(row)}
        return best | {name: found for name, found in met.items() if name in candidates}

    def _more_words(
        self, query: Query, worded: Mapping[str, Mapping[str, float]], candidates: Mapping[str, Stored]
    ) -> dict[str, dict[str, float]]:
        """The word scores of candidates that were found otherwise."""
        missing = {name: [each for each in candidates if each not in scores] for name, scores in worded.items()}
        return self._lexicon.scores(query.text, query.typed, {name: ids for name, ids in missing.items() if ids})

    @staticmethod
    def _signals(
        best: Mapping[str, tuple[float, int]],
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
        cosines: Mapping[str, Vector],
        entries: Mapping[str, Entry],
        readings: Mapping[str, Reading],
    ) -> Ranked:
        """Put the best provisions in the order of the ranker; they share the places and scores that they had.

        Procedures and guides keep theirs: the ranker has learned from articles of law alone.
        """
        head = [n for n, (name, _) in enumerate(ranked[:RANKED]) if name in readings]
        if self._ranker is None or len(head) < 2:
            return ranked
        held = []
        for entry_id, score in (ranked[n] for n in head):
            parts = {name: scores.get(entry_id, 0.0) for name, scores in signals.items()}
            row = cosines.get(entry_id, _NONE)
            held.append(Candidate(entries[entry_id], {**parts, "fused": score}, row, readings[entry_id]))
        order = np.argsort(-self._ranker.scores(features(query.text, query.typed, held)), kind="stable")
        moved = list(ranked)
        for place, chosen in zip(head, order.tolist(), strict=True):
            moved[place] = (ranked[head[chosen]][0], ranked[place][1])
        return moved

    def _hits(
        self,
        query: Query,
        ranked: Ranked,
        signals: Mapping[str, Mapping[str, float]],
        elsewhere: Mapping[str, float],
        best: Mapping[str, tuple[float, int]],
        entries: Mapping[str, Entry],
        readings: Mapping[str, Reading],
    ) -> list[Hit]:
        asked = numbered(set(folded(query.text)))
        unrelated, sure = self._embeddings.cosines
        hits = []
        for entry_id, score in ranked:
            entry = entries.get(entry_id)
            if entry is None or entry.audience not in query.audience.visible:
                continue  # changed by a writer since the manifest was read
            known = [name for name in signals if name not in SIGNALS or entry_id in signals[name]]
            parts = {name: signals[name].get(entry_id, 0.0) for name in known} | dict(elsewhere)
            parts["coverage"] = _coverage(asked, entry, readings.get(entry_id))
            parts["meaning"] = (parts["dense"] - unrelated) / (sure - unrelated)
            near = best[entry_id][1] if entry_id in best else 0
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


def _entry_of(chunk: str) -> str:
    return chunk.rpartition("/")[0]


def _coverage(asked: Tokens, entry: Entry, reading: Reading | None) -> float:
    """Share of the question's syllables (without diacritics) that the entry holds."""
    names = [entry.title, *entry.aliases]
    text = _bare_syllables("\n".join((*names, "" if reading else f"{entry.heading}\n{entry.text}")))
    tokens = np.concatenate((text, reading.bare.tokens)) if reading else text
    return float((tokens[:, None] == asked).any(axis=0).mean()) if len(asked) else 0.0


@lru_cache(maxsize=2_048)
def _bare_syllables(text: str) -> Tokens:
    """Of the same articles again and again: what is asked most is found most."""
    return numbered(set(folded(text)))
