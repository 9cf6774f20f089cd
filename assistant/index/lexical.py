"""Words of entries in a tantivy index on disk. The one importer of tantivy.

Each entry is one document. Two parts, ``name`` (document or procedure name, everyday names, heading) and ``body``, are
indexed in several forms, so that a question is met as it was typed: segmented words, syllables and their pairs, and the
same without diacritics.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import tantivy

from assistant.index.filters import Filters, facets
from assistant.index.values import Entry
from assistant.language.tokens import folded, syllables, words

_PARTS = ("name", "body")
_FORMS = ("word", "syllable", "pair", "bare", "bare_pair")
_HEAP = 64_000_000  # bytes the writer may hold before it flushes a segment
_EXACT = ("id", "kind", "number", "audience", "territory")
_DAYS = ("effective_on", "expires_on")

# Signal → (form, weight of a match in the name, in the body)
SIGNALS: dict[str, tuple[tuple[str, float, float], ...]] = {
    "lexical": (("word", 0.4, 0.4), ("syllable", 0.5, 1.0), ("pair", 0.5, 0.7)),
    "folded": (("bare", 0.5, 1.0), ("bare_pair", 0.5, 0.7)),
}


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in _EXACT:
        builder.add_text_field(name, stored=name == "id", tokenizer_name="raw", index_option="basic")
    for name in _DAYS:
        builder.add_integer_field(name, indexed=True, fast=True)
    for part in _PARTS:
        for form in _FORMS:
            builder.add_text_field(f"{part}_{form}", tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def pairs(tokens: Sequence[str]) -> list[str]:
    """Neighbours joined: “thời hạn giải” → “thời_hạn”, “hạn_giải”."""
    return [f"{first}_{second}" for first, second in pairwise(tokens)]


def forms(text: str) -> dict[str, list[str]]:
    """The tokens of a text in every form; used alike for entries and questions."""
    plain, bare = syllables(text), folded(text)
    return {
        "word": [word.replace(" ", "_") for word in words(text)],
        "syllable": plain,
        "pair": pairs(plain),
        "bare": bare,
        "bare_pair": pairs(bare),
    }


class TantivyLexicon:
    """Kho từ. One process writes (the sync holds a lock); readers reload."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._schema = _schema()
        self._index = tantivy.Index(self._schema, path=str(folder), reuse=True)
        self._index.config_reader("manual")
        self._index.reload()

    def search(self, text: str, typed: str, limit: int, filters: Filters) -> dict[str, dict[str, float]]:
        allowed = self._allowed(filters)
        return {name: self._top(query, allowed, limit) for name, query in self._queries(text, typed).items()}

    def scores(self, text: str, typed: str, entry_ids: Sequence[str]) -> dict[str, dict[str, float]]:
        chosen = tantivy.Query.term_set_query(self._schema, "id", list(entry_ids))
        chosen = tantivy.Query.const_score_query(chosen, 0.0)
        return {
            name: self._top(query, [chosen], max(1, len(entry_ids)))
            for name, query in self._queries(text, typed).items()
        }

    def _queries(self, text: str, typed: str) -> dict[str, tantivy.Query]:
        asked = forms(text)
        bare = forms(typed) if typed else asked
        tokens = {form: (bare if form.startswith("bare") else asked)[form] for form in _FORMS}
        return {name: self._query(tokens, parts) for name, parts in SIGNALS.items()}

    def _query(self, tokens: dict[str, list[str]], parts: Iterable[tuple[str, float, float]]) -> tantivy.Query:
        clauses: list[tuple[tantivy.Occur, tantivy.Query]] = []
        for form, *weights in parts:
            for token, times in Counter(tokens[form]).items():
                for part, weight in zip(_PARTS, weights, strict=True):
                    term = tantivy.Query.term_query(self._schema, f"{part}_{form}", token, index_option="freq")
                    clauses.append((tantivy.Occur.Should, tantivy.Query.boost_query(term, weight * times)))
        return tantivy.Query.boolean_query(clauses) if clauses else tantivy.Query.empty_query()

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

    def _top(self, query: tantivy.Query, must: Sequence[tantivy.Query], limit: int) -> dict[str, float]:
        searcher = self._index.searcher()
        clauses = [(tantivy.Occur.Must, clause) for clause in (query, *must)]
        found = searcher.search(tantivy.Query.boolean_query(clauses), limit, count=False)
        return {searcher.doc(address)["id"][0]: score for score, address in found.hits}

    def replace(self, entries: Sequence[Entry], stale: Sequence[str]) -> None:
        writer = self._index.writer(_HEAP, num_threads=1)
        try:
            for entry_id in (*stale, *(entry.id for entry in entries)):
                writer.delete_documents_by_term("id", entry_id)
            for entry in entries:
                writer.add_document(self._document(entry))
            writer.commit()
        except BaseException:
            writer.rollback()
            raise
        finally:
            writer.wait_merging_threads()
        self._index.reload()

    def _document(self, entry: Entry) -> tantivy.Document:
        document = tantivy.Document()
        document.add_text("id", entry.id)
        for name, value in facets(entry).items():
            (document.add_text if isinstance(value, str) else document.add_integer)(name, value)
        name_text = "\n".join(part for part in (entry.title, *entry.aliases, entry.heading) if part)
        for part, text in (("name", name_text), ("body", entry.text)):
            for form, tokens in forms(text).items():
                document.add_text(f"{part}_{form}", " ".join(tokens))
        return document

    def reopen(self) -> None:
        self._index.reload()

    def close(self) -> None:
        del self._index
