"""Words of chunks in a tantivy index on disk. The one importer of tantivy.

Heading and window are one field, so that a word in both is not counted twice; that alone is worth four points of R@1
(docs/log.md). The field stands beside its copy without diacritics and one of the names alone.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from pathlib import Path

import tantivy

from assistant.index.filters import Filters, facets
from assistant.index.manifest import Manifest, passing
from assistant.index.values import Chunk
from assistant.language.tokens import folded, syllables, words

_HEAP = 64_000_000  # bytes the writer may hold before it flushes a segment
_EXACT = ("id", "kind", "number", "audience", "territory")
_DAYS = ("effective_on", "expires_on")
SIGNALS = {"lexical": "text", "folded": "bare", "name": "name"}  # signal → field
_CHUNKS = 3  # chunks looked at for each entry wanted: one entry has several
_MOST = 5_000  # chunks scored at once for entries already chosen
# Occurrences read for one signal: the rarest tokens of a question first, and what is in every other chunk of a large
# index not at all, since it tells little and costs most. Up to some 20,000 chunks, every token is read.
_OCCURRENCES = 100_000
_FREQUENCIES, _QUESTIONS = 65_536, 32  # kept in memory
_REMEMBERED = 1_000_000  # chunks whose entry is kept in memory (100 bytes each)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in _EXACT:
        builder.add_text_field(name, stored=name == "id", tokenizer_name="raw", index_option="basic")
    for name in _DAYS:
        builder.add_integer_field(name, indexed=True, fast=True)
    for name in SIGNALS.values():
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def pairs(tokens: Sequence[str]) -> list[str]:
    """Neighbours joined: “thời hạn giải” → “thời_hạn”, “hạn_giải”."""
    return [f"{first}_{second}" for first, second in pairwise(tokens)]


def _paired(tokens: Sequence[str]) -> list[str]:
    return [*tokens, *pairs(tokens)]


@lru_cache(maxsize=1_024)
def _named(text: str) -> list[str]:
    """Syllables, pairs and the words that underthesea finds. Chunks of one document share their names."""
    return [*_paired(syllables(text)), *(word for word in words(text) if "_" in word)]


def question(text: str, typed: str) -> dict[str, list[str]]:
    """Field → tokens of a question; without diacritics it is read as it was typed."""
    return {"text": _paired(syllables(text)), "bare": _paired(folded(typed or text)), "name": _named(text)}


def passage(chunk: Chunk) -> dict[str, list[str]]:
    """Field → tokens of a chunk; heading and window share a field, and no pair spans both."""
    parts = (chunk.heading, chunk.text or chunk.title)
    return {
        "text": [token for part in parts for token in _paired(syllables(part))],
        "bare": [token for part in parts for token in _paired(folded(part))],
        "name": [token for part in (chunk.title, chunk.heading) for token in _named(part)],
    }


class _Reader:
    """A searcher of one moment; what it was asked a moment ago, and which entry its chunks are of, it remembers."""

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema) -> None:
        self.searcher = searcher
        self._schema = schema
        self._entries: dict[int, str] = {}
        self._frequency = lru_cache(_FREQUENCIES)(searcher.doc_freq)
        self.queries = lru_cache(_QUESTIONS)(self._queries)  # each question comes twice: to search, then to score

    def _queries(self, text: str, typed: str) -> dict[str, tantivy.Query]:
        """Signal → query."""
        asked = question(text, typed)
        return {signal: self._query(field, self._telling(field, asked[field])) for signal, field in SIGNALS.items()}

    def _query(self, field: str, tokens: Iterable[str]) -> tantivy.Query:
        clauses: list[tuple[tantivy.Occur, tantivy.Query]] = []
        for token, times in Counter(tokens).items():
            term = tantivy.Query.term_query(self._schema, field, token, index_option="freq")
            clauses.append((tantivy.Occur.Should, tantivy.Query.boost_query(term, times) if times > 1 else term))
        return tantivy.Query.boolean_query(clauses) if clauses else tantivy.Query.empty_query()

    def _telling(self, field: str, tokens: Sequence[str]) -> list[str]:
        """The tokens without the most common ones of a large index; those that nothing holds cost nothing."""
        common = sorted((self._frequency(field, token), token) for token in set(tokens))
        read = accumulate(count for count, _ in common)
        kept = {token for (_, token), total in zip(common, read, strict=True) if total <= _OCCURRENCES}
        return [token for token in tokens if token in kept] or list(tokens)

    def top(self, query: tantivy.Query, limit: int) -> tuple[dict[str, float], bool]:
        """Entry id → score of its best chunk, from so many chunks; and whether these are all that match."""
        hits = self.searcher.search(query, limit, count=False).hits
        best: dict[str, float] = {}
        for score, address in hits:
            best.setdefault(self._entry(address), score)
        return best, len(hits) < limit

    def _entry(self, address: tantivy.DocAddress) -> str:
        place = address.segment_ord << 32 | address.doc
        entry = self._entries.get(place)
        if entry is None:
            if len(self._entries) >= _REMEMBERED:
                self._entries.clear()
            entry = self._entries[place] = sys.intern(self.searcher.doc(address)["id"][0])
        return entry


class TantivyLexicon:
    """Kho từ. One process writes (the sync holds a lock); readers reload."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._manifest = manifest
        self._schema = _schema()
        self._index = tantivy.Index(self._schema, path=str(folder), reuse=True)
        self._index.config_reader("manual")
        self.reopen()

    def search(self, text: str, typed: str, limit: int, filters: Filters) -> dict[str, dict[str, float]]:
        reader = self._reader
        queries = reader.queries(text, typed)
        return {name: self._passing(reader, query, limit, filters) for name, query in queries.items()}

    def _passing(self, reader: _Reader, query: tantivy.Query, limit: int, filters: Filters) -> dict[str, float]:
        found, enough = passing(lambda most: reader.top(query, most * _CHUNKS), limit, filters, self._manifest)
        return found if enough else reader.top(self._both(query, self._allowed(filters)), limit * _CHUNKS)[0]

    def scores(self, text: str, typed: str, missing: Mapping[str, Sequence[str]]) -> dict[str, dict[str, float]]:
        reader = self._reader
        queries = reader.queries(text, typed)
        chosen = {name: self._both(queries[name], [self._any_of(ids)]) for name, ids in missing.items()}
        return {name: reader.top(query, _MOST)[0] for name, query in chosen.items()}

    def _any_of(self, entry_ids: Sequence[str]) -> tantivy.Query:
        terms = [(tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "id", name)) for name in entry_ids]
        return tantivy.Query.const_score_query(tantivy.Query.boolean_query(terms), 0.0)

    def _allowed(self, filters: Filters) -> list[tantivy.Query]:
        """Clauses that an entry must meet; they add nothing to its score."""
        clauses = [
            tantivy.Query.term_set_query(self._schema, name, list(values))
            for name, values in (
                ("audience", filters.audiences),
                ("territory", filters.territories),
                ("kind", filters.kinds),
                ("number", filters.numbers),
            )
            if values
        ]
        if filters.on is not None:
            clauses += [
                self._days("effective_on", None, filters.on),
                self._days("expires_on", filters.on + 1, None),
            ]
        return [tantivy.Query.const_score_query(clause, 0.0) for clause in clauses]

    def _days(self, name: str, first: int | None, last: int | None) -> tantivy.Query:
        return tantivy.Query.range_query(self._schema, name, tantivy.FieldType.Integer, first, last)

    @staticmethod
    def _both(query: tantivy.Query, must: Sequence[tantivy.Query]) -> tantivy.Query:
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, clause) for clause in (query, *must)])

    def replace(self, chunks: Mapping[str, Sequence[Chunk]], stale: Sequence[str]) -> None:
        writer = self._index.writer(_HEAP, num_threads=1)
        try:
            for entry_id in (*stale, *chunks):
                writer.delete_documents_by_term("id", entry_id)
            for parts in chunks.values():
                for chunk in parts:
                    writer.add_document(_document(chunk))
            writer.commit()
        except BaseException:
            writer.rollback()
            raise
        finally:
            writer.wait_merging_threads()
        self.reopen()

    def reopen(self) -> None:
        self._index.reload()
        self._reader = _Reader(self._index.searcher(), self._schema)

    def close(self) -> None:
        del self._index, self._reader


def _document(chunk: Chunk) -> tantivy.Document:
    document = tantivy.Document()
    document.add_text("id", chunk.entry_id)
    for name, value in facets(chunk).items():
        (document.add_text if isinstance(value, str) else document.add_integer)(name, value)
    for name, tokens in passage(chunk).items():
        document.add_text(name, " ".join(tokens))
    return document
