"""Between compose and verify: a language model may word the draft; it sees numbered evidence and nothing else."""

from __future__ import annotations

import dataclasses
import logging
import re
from collections.abc import Sequence
from itertools import pairwise

from assistant import prompts
from assistant.answer.faithful import faithful
from assistant.answer.turn import Evidence, Step, Turn
from assistant.answer.values import Status
from assistant.errors import ModelUnavailable
from assistant.models import ChatModel

log = logging.getLogger(__name__)
_WORDED = frozenset({Status.ANSWERED, Status.ANSWERED_WITH_WARNING, Status.PARTIAL})
_MARKED = re.compile(r"\]\s+(?=\S)")
_MARKER = re.compile(r"\[(\d{1,3})\]")
MAX_EVIDENCE = 1_500  # characters of one source shown to the model


def word(chat: ChatModel | None) -> Step:
    """The step: sets ``turn.wording``; without a model, or when it fails, the draft stands as it is."""

    def step(turn: Turn) -> Turn:
        if chat is None or turn.draft is None or turn.draft.status not in _WORDED:
            return turn
        evidence = "\n\n".join(
            f"[{item.citation.marker}] {item.citation.label}\n{(item.citation.quote or item.text)[:MAX_EVIDENCE]}"
            for item in turn.evidence
        )
        prompt = prompts.load("answer", question=turn.text, evidence=evidence, draft=turn.draft.text)
        try:
            wording = chat.complete(prompts.load("system"), prompt)
        except ModelUnavailable as error:
            log.warning("chat model: %s", error)
            return turn
        return dataclasses.replace(turn, wording=_held(_one_sentence_per_line(wording), turn.evidence))

    return step


def _held(wording: str, evidence: Sequence[Evidence]) -> str:
    """A sentence that does not say what its sources say loses its markers, so that verify drops and counts it."""
    sources = {e.citation.marker: f"{e.text}\n{e.citation.label}\n{e.citation.quote}" for e in evidence}
    lines = []
    for line in wording.split("\n"):
        held = "\n".join(sources.get(int(marker), "") for marker in _MARKER.findall(line))
        lines.append(line if faithful(_MARKER.sub(" ", line), held) else _MARKER.sub("", line))
    return "\n".join(lines)


def _one_sentence_per_line(text: str) -> str:
    """verify drops whole lines, so a sentence and the markers after it must be a line of their own."""
    from assistant.language.tokens import sentences  # noqa: PLC0415 (word segmentation loads slowly)

    lines: list[str] = []
    for row in text.splitlines():
        if row.lstrip().startswith((">", "#")):
            lines.append(row)
            continue
        for part in (part for piece in _after_markers(row) for part in sentences(piece)):
            if lines and part.startswith("["):
                lines[-1] += " " + part
            else:
                lines.append(part)
    return "\n".join(lines)


def _after_markers(row: str) -> list[str]:
    """Cut where a sentence begins behind the markers of the one before."""
    starts = [0, *(found.end() for found in _MARKED.finditer(row) if row[found.end()].isupper()), len(row)]
    return [row[start:end] for start, end in pairwise(starts)]
