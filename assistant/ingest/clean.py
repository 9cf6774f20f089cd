"""What crawlers and word processors put between the words of a law; taken out before the structure is read."""

from __future__ import annotations

import re

from assistant.language.normalise import clean

# Link texts of law portals that end up inside the sentence.
_CRAWLED = re.compile(
    r"[ \t]*(?:Điều khoản được sửa đổi, bổ sung|Điều khoản được hướng dẫn|Click để xem chi tiết)"
    r"(?=[\s.,;:)]|$)"
)


def tidy(text: str) -> str:
    """NFC, plain spaces, no invisible characters, no phrases of portals; every other character stays."""
    text = clean(text)
    if "Điều khoản được" in text or "Click để" in text:
        text = _CRAWLED.sub("", text)
    return text
