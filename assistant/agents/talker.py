"""The assistants that answer questions: the same steps, seen by another audience."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from assistant.answer.pipeline import Resources, run, steps
from assistant.answer.values import Answer, Question
from assistant.index.values import Audience

_PIECE = re.compile(r".+?(?:\n+|$)", re.DOTALL)


class TalkingAgent:
    """Trợ lý hỏi đáp for one audience."""

    def __init__(self, name: str, title: str, audience: Audience, resources: Resources) -> None:
        self.name = name
        self.title = title
        self.audience = audience
        self.resources = resources
        self._steps = steps(name, resources)

    def answer(self, question: Question) -> Answer:
        return run(dataclasses.replace(question, audience=self.audience), self._steps)

    def stream(self, question: Question) -> Iterator[str | Answer]:
        answer = self.answer(question)
        yield from pieces(answer.text)
        yield answer


def pieces(text: str) -> Iterator[str]:
    """The text line by line with its line ends: joined again it is the same text."""
    for match in _PIECE.finditer(text):
        yield match.group(0)
