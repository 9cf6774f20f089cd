"""What every assistant can do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from assistant.answer.values import Answer, Question
from assistant.index.values import Audience


class Agent(Protocol):
    """Trợ lý."""

    @property
    def name(self) -> str:
        """The model name in the chat endpoint."""

    @property
    def title(self) -> str:
        """What users call it, in Vietnamese."""

    @property
    def audience(self) -> Audience:
        """CITIZEN: open to all. STAFF: wants a key, and reads internal documents too."""

    def answer(self, question: Question) -> Answer:
        """The verified answer. Raises TrolyError for input that cannot be used."""

    def stream(self, question: Question) -> Iterator[str | Answer]:
        """Verified pieces of the answer's text, and at the end the Answer itself."""
