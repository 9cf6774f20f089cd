"""Plain text in any usual Vietnamese encoding."""

from __future__ import annotations

from assistant.ingest.readers.raw import Raw
from assistant.ingest.readers.text_wrap import unwrap
from assistant.language.normalise import decode


def read_text(data: bytes) -> Raw:
    """Raises UnreadableFile for what is no text."""
    decoded = decode(data)
    text, breaks = unwrap(decoded.text.replace("\r\n", "\n"))
    warnings = (f"Tệp ngắt dòng theo độ rộng trang: {breaks} chỗ ngắt dòng giữa câu được nối lại.",) if breaks else ()
    return Raw(text, "text", encoding=decoded.encoding, warnings=warnings)
