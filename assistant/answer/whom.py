"""Where the store holds no answer: whom to ask instead, by the words of the question."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

from assistant.answer.status import WHERE_TO_ASK
from assistant.language.normalise import for_matching

RULES = Path(__file__).parent / "rules" / "whom.yaml"
_READERS = {"citizen": ("citizen",), "staff": ("staff", "citizen"), "reviewer": ("staff",)}


@lru_cache(maxsize=1)
def bodies() -> dict[str, tuple[tuple[re.Pattern[str], str], ...]]:
    """Per kind of reader: (words of a subject, who answers for it)."""
    rows = yaml.safe_load(RULES.read_text(encoding="utf-8"))
    return {
        reader: tuple((re.compile(rf"\b(?:{for_matching(row['words'])})\b"), row["ask"]) for row in table)
        for reader, table in rows.items()
    }


def whom_to_ask(question: str, assistant: str) -> str:
    """One sentence that names the body of the question's subject, or the general advice where no subject is known."""
    words = for_matching(question)
    for reader in _READERS[assistant]:
        for pattern, body in bodies()[reader]:
            if pattern.search(words):
                return f"Anh/chị hỏi {body}. {_ELSE[assistant]}"
    return WHERE_TO_ASK[assistant]


_ELSE = {
    "citizen": "Cũng có thể tra cứu tại Cổng Dịch vụ công quốc gia (dichvucong.gov.vn).",
    "staff": "Nếu cơ quan có văn bản này, nạp vào kho bằng lệnh `troly ingest` rồi hỏi lại.",
    "reviewer": "Nếu cơ quan có văn bản này, nạp vào kho bằng lệnh `troly ingest` rồi hỏi lại.",
}
