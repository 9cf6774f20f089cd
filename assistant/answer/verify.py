"""Last step: nothing leaves that its cited source does not hold.

A line is kept when every ``[n]`` exists, every quotation is verbatim in it, and every number, date, amount and
document number stands in a cited source. A line that cites nothing may hold no figure. A failing line is dropped;
if a language model's wording does not survive, the quoted form is given instead.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from assistant.answer.status import SENTENCES
from assistant.answer.turn import Evidence, Step, Turn
from assistant.answer.values import Answer, Status
from assistant.answer.whom import whom_to_ask

_MARKER = re.compile(r"\s?\[(\d{1,3})\]")
_FIGURE = re.compile(r"\d+(?:[.,]\d{3})+(?!\d)|\d+")  # 2.530.000 is one figure; 01/7/2026 is three
_DATE = re.compile(
    r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b|\b(\d{4})-(\d{2})-(\d{2})\b|ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})"
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?/(?:\d{4}/)?[A-ZĐ][A-ZĐa-zđ0-9-]*")
_QUOTED = re.compile(r"“([^“”]{25,})”")
_SPACE = re.compile(r"\s+")
_FRAME = frozenset(
    {Status.UNANSWERABLE, Status.CLARIFICATION, Status.OUT_OF_SCOPE}
)  # their own sentences state no fact


def verify(assistant: str) -> Step:
    """The step: sets ``turn.answer``."""

    def step(turn: Turn) -> Turn:
        draft = turn.draft
        if draft is None:
            raise AssertionError("verify follows compose")
        if turn.wording:
            worded = checked(turn.wording, turn.evidence, strict=True)
            if enough(worded, turn.wording):
                return turn.ended(_delivered(draft, worded, turn))
        if draft.status in _FRAME:
            return turn.ended(dataclasses.replace(draft, text=_MARKER.sub("", draft.text), citations=()))
        text = checked(draft.text, turn.evidence)
        if not _MARKER.search(text):
            sorry = f"{SENTENCES[Status.UNANSWERABLE]} {whom_to_ask(turn.text, assistant)}"
            return turn.ended(Answer(Status.UNANSWERABLE, sorry, follow_ups=draft.follow_ups))
        return turn.ended(_delivered(draft, text, turn))

    return step


def checked(text: str, evidence: Sequence[Evidence], *, strict: bool = False) -> str:
    """``text`` without the lines that fail. ``strict``: a line that cites nothing is dropped too."""
    sources = {
        item.citation.marker: _plain(f"{item.text}\n{item.citation.label}\n{item.citation.quote}") for item in evidence
    }
    titles = {f"**{item.entry.title}**" for item in evidence if item.entry is not None}
    kept: list[str] = []
    block: list[str] = []
    for line in [*text.split("\n"), ""]:
        if line.startswith(">"):
            block.append(line)
            continue
        if block and _holds_quote(block, sources):
            kept += block
        block = []
        if line in titles or _holds(line, sources, strict=strict):
            kept.append(line)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def enough(worded: str, wording: str) -> bool:
    """A model's wording is used when most of it survived and something is cited."""
    return bool(_MARKER.search(worded)) and len(worded) >= 0.5 * len(wording.strip())


def _holds_quote(block: list[str], sources: dict[int, str]) -> bool:
    text = "\n".join(row.lstrip("> ") for row in block)
    markers = [int(m) for m in _MARKER.findall(text)[-1:]]
    quoted = _plain(_MARKER.sub("", text, count=0) if not markers else text.rsplit(" [", 1)[0])
    return bool(markers) and all(m in sources and quoted in sources[m] for m in markers)


def _holds(line: str, sources: dict[int, str], *, strict: bool) -> bool:
    markers = [int(m) for m in _MARKER.findall(line)]
    said = _MARKER.sub("", line)
    if line.startswith("### "):  # the user's own question
        return not strict
    if not markers:
        return not line.strip() or not (strict or _FIGURE.search(said))
    if any(marker not in sources for marker in markers):
        return False
    held = " ".join(sources[marker] for marker in markers)
    return (
        figures(said) <= figures(held)
        and dates(said) <= dates(held)
        and set(_NUMBER.findall(said)) <= set(_NUMBER.findall(held))
        and all(_plain(quote) in held for quote in _QUOTED.findall(said))
    )


def figures(text: str) -> set[int]:
    """Every number of a text as an integer: “01” = 1, “2.530.000” = 2530000."""
    return {int(re.sub(r"[.,]", "", found)) for found in _FIGURE.findall(text)}


def dates(text: str) -> set[tuple[int, int, int]]:
    """Every full date as (year, month, day), in either writing."""
    found = set()
    for d, m, y, y2, m2, d2, d3, m3, y3 in _DATE.findall(text):
        year, month, day = (y or y2 or y3, m or m2 or m3, d or d2 or d3)
        found.add((int(year), int(month), int(day)))
    return found


def _plain(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def _delivered(draft: Answer, text: str, turn: Turn) -> Answer:
    """The draft with its verified text and only the citations that the text uses."""
    used = {int(m) for m in _MARKER.findall(text)}
    citations = tuple(item.citation for item in turn.evidence if item.citation.marker in used)
    return dataclasses.replace(draft, text=text, citations=citations)
