"""Asks a file of questions and says, per question, the outcome and which expected facts the answer holds.

A question is a JSON line: id, text, audience (citizen|staff|reviewer), expected, must, must_not, context (earlier
messages of the user, or the assistant's list). The judgement is mechanical and strict on figures: a fact counts as met
when every number and document number of it stands in the answer and most of its content words do.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistant.agents import Agent
from assistant.answer.topic import topic_words
from assistant.answer.values import Answer, Message, Question, Status
from assistant.answer.verify import figures
from assistant.errors import BadInput
from assistant.language.informal import expand
from assistant.language.normalise import clean, fold

ACCEPTED: dict[str, frozenset[Status]] = {
    "answer": frozenset({Status.ANSWERED, Status.ANSWERED_WITH_WARNING}),
    "answer_with_warning": frozenset({Status.ANSWERED_WITH_WARNING, Status.ANSWERED, Status.PARTIAL}),
    "multi": frozenset({Status.ANSWERED, Status.ANSWERED_WITH_WARNING, Status.PARTIAL}),
    "insufficient": frozenset({Status.UNANSWERABLE, Status.PARTIAL, Status.HANDOFF}),
    "clarify": frozenset({Status.CLARIFICATION, Status.ANSWERED, Status.ANSWERED_WITH_WARNING}),
    "handoff": frozenset({Status.HANDOFF}),
    "refuse": frozenset({Status.REFUSED, Status.INJECTION_BLOCKED, Status.PERSONAL_DATA, Status.OUT_OF_SCOPE}),
    "emergency": frozenset({Status.EMERGENCY}),
}
ANSWERING = frozenset({"answer", "answer_with_warning", "multi"})
SHARE_OF_WORDS = 0.6
_BRACKETS = re.compile(r"\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Row:
    """Kết quả của một câu hỏi."""

    id: str
    question: str
    expected: str
    status: str
    status_right: bool
    met: tuple[str, ...]
    missed: tuple[str, ...]
    violated: tuple[str, ...]
    citations: int

    @property
    def refused_honestly(self) -> bool:
        return self.expected in ANSWERING and self.status == Status.UNANSWERABLE.value


def run_questions(rows: Iterable[Mapping[str, Any]], agents: Mapping[str, Agent], *, today: date) -> list[Row]:
    """One Row per question, in order."""
    return [_judged(row, _ask(row, agents, today)) for row in rows]


def read_questions(path: Path) -> list[dict[str, Any]]:
    """Raises BadInput when there is no such file, and naming the first line that is not a question."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"Không đọc được tệp câu hỏi “{path}”: {error}. Cần tệp JSON lines, mã hóa UTF-8.") from error
    rows = []
    for n, line in enumerate(text.splitlines(), 1):
        try:
            row = json.loads(line)
            row["id"], row["text"], row["expected"]
        except (ValueError, KeyError, TypeError) as error:
            raise BadInput(f"{path}:{n}: không phải một câu hỏi (cần id, text, expected): {error}") from error
        rows.append(row)
    return rows


def _ask(row: Mapping[str, Any], agents: Mapping[str, Agent], today: date) -> Answer:
    history = tuple(
        Message("assistant" if text.lstrip().startswith("Anh/chị") else "user", text) for text in row.get("context", ())
    )
    name = row.get("audience", "citizen")
    return agents[name].answer(Question(row["text"], history=history, as_of=today))


def _judged(row: Mapping[str, Any], answer: Answer) -> Row:
    held = clean("\n".join([answer.text, *answer.warnings, *(f"{c.label} {c.quote}" for c in answer.citations)]))
    must: Sequence[str] = row.get("must", ())
    met = tuple(fact for fact in must if holds(held, fact))
    return Row(
        id=row["id"],
        question=row["text"],
        expected=row["expected"],
        status=answer.status.value,
        status_right=answer.status in ACCEPTED[row["expected"]],
        met=met,
        missed=tuple(fact for fact in must if fact not in met),
        violated=tuple(fact for fact in row.get("must_not", ()) if says(held, fact)),
        citations=len(answer.citations),
    )


def holds(text: str, fact: str) -> bool:
    """True when every figure of the fact and most of its content words stand in the text."""
    if not figures(fact) <= figures(text):
        return False
    words = Counter(fold(word) for word in topic_words(expand(fact)) if len(word) > 1 and word.isalpha())
    inside = set(fold(text).replace("/", " ").replace("-", " ").split())
    bare = {word.strip(".,;:()[]“”\"'!?*_") for word in inside}
    found = sum(count for word, count in words.items() if word in bare)
    return not words or found >= SHARE_OF_WORDS * sum(words.values())


def says(text: str, phrase: str) -> bool:
    """True when the forbidden words stand in the text as they are, brackets aside."""
    wanted = " ".join(fold(_BRACKETS.sub(" ", phrase)).replace("“", "").replace("”", "").split())
    return wanted in " ".join(fold(text).split())


def summary(rows: Sequence[Row]) -> dict[str, Any]:
    """The figures of a run."""
    answering = [row for row in rows if row.expected in ANSWERING]
    facts = sum(len(row.met) + len(row.missed) for row in answering)
    return {
        "questions": len(rows),
        "status_right": sum(row.status_right for row in rows),
        "answering": len(answering),
        "all_facts_met": sum(not row.missed and row.status_right for row in answering),
        "facts": facts,
        "facts_met": sum(len(row.met) for row in answering),
        "refused_honestly": sum(row.refused_honestly for row in rows),
        "violations": sum(len(row.violated) for row in rows),
    }


def as_json(rows: Sequence[Row], configuration: Mapping[str, Any]) -> dict[str, Any]:
    """What is written to eval/results/: questions by id, so that a private set can be reported too."""
    table = [
        {
            "id": row.id,
            "expected": row.expected,
            "status": row.status,
            "status_right": row.status_right,
            "facts": len(row.met) + len(row.missed),
            "facts_met": len(row.met),
            "violated": len(row.violated),
            "citations": row.citations,
        }
        for row in rows
    ]
    return {"configuration": dict(configuration), "summary": summary(rows), "rows": table}
