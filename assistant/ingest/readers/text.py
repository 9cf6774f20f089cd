"""Plain text in any usual Vietnamese encoding."""

from __future__ import annotations

from assistant.ingest.readers.raw import Raw
from assistant.language.normalise import decode


def read_text(data: bytes) -> Raw:
    """Raises UnreadableFile for what is no text."""
    decoded = decode(data)
    return Raw(decoded.text, "text", encoding=decoded.encoding)
