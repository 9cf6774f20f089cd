"""Chú thích of consolidated texts (“[2] Khoản này được sửa đổi …”): apart from the provisions, tied to their marks.

Readers of Word, RTF and PDF files hand footnotes over apart; in plain text and web pages they stand as lines of their
own, which stay in the document's text but belong to no provision.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.ingest.structure_lines import Line
from assistant.law.document import Footnote, Locator, Provision

# “[12] Khoản này …” at the head of a line; forms count their boxes [01], [02].
_NOTE_LINE = re.compile(r"\s*\[([1-9]\d{0,2})\]\s*(?=[^\W\d_])")
_NOTE = re.compile(r"\[(\d{1,3}|\*{1,3})\]\s*")
_OPEN, _CLOSE = "“", "”"
_LONGEST = 60  # lines of one quotation inside a note


def note_lines(lines: Sequence[Line]) -> bytearray:
    """One flag per line: footnotes, counted from 1, whose mark stands inside an earlier line; with what they quote."""
    flags = bytearray(len(lines))
    called: set[str] = set()
    last = 0
    for index, line in enumerate(lines):
        note = _NOTE_LINE.match(line.text)
        if note and note[1] in called and int(note[1]) in (1, last + 1):
            last = int(note[1])
            until = _quotation_end(lines, index)
            flags[index:until] = b"\1" * (until - index)
        elif not flags[index] and "[" in line.text:
            called.update(mark[1] for mark in _NOTE.finditer(line.text) if mark.start())
    return flags


def _quotation_end(lines: Sequence[Line], index: int) -> int:
    """Behind the note itself, and behind the quotation that it opens: “… quy định như sau: ⏎ “Điều 2. …” ”."""
    depth = lines[index].text.count(_OPEN) - lines[index].text.count(_CLOSE)
    goes_on = lines[index].text.rstrip().endswith(":")
    for below in range(index + 1, min(index + _LONGEST, len(lines))):
        text = lines[below].text
        if depth <= 0 and not (goes_on and text.lstrip().startswith(_OPEN)):
            return below
        depth += text.count(_OPEN) - text.count(_CLOSE)
        goes_on = False
    return index + 1 if depth > 0 else min(index + _LONGEST, len(lines))


def read_footnotes(
    text: str, lines: Sequence[Line], flags: bytearray, given: Sequence[str], provisions: Sequence[Provision]
) -> tuple[Footnote, ...]:
    """Notes that a reader gave, then those found in the text, each with the provision in which its mark stands."""
    notes = _parted(given)
    for line in (line for line, flag in zip(lines, flags, strict=True) if flag):
        _add_line(notes, line)
    at = 0
    placed: list[Footnote] = []
    for note in notes:
        mark = _mark(text, note, at)
        if mark is None:
            placed.append(note)
            continue
        at = mark + 1 if note.span is None else at
        placed.append(Footnote(note.label, note.text, note.span, mark, _innermost(provisions, mark)))
    return tuple(placed)


def _parted(given: Sequence[str]) -> list[Footnote]:
    """“[2] text” → label and text; what has no label goes on from the note before it, on the page before."""
    notes: list[Footnote] = []
    for written in given:
        label = _NOTE.match(written)
        if label:
            notes.append(Footnote(label[1], written[label.end() :].strip()))
        elif notes:
            notes[-1] = Footnote(notes[-1].label, f"{notes[-1].text} {written.strip()}")
        elif written.strip():
            notes.append(Footnote("", written.strip()))
    return notes


def _add_line(notes: list[Footnote], line: Line) -> None:
    """A note that stands in the text begins, or goes on with what it quotes."""
    label = _NOTE_LINE.match(line.text)
    if label or not notes:
        text = line.text[label.end() :] if label else line.text
        notes.append(Footnote(label[1] if label else "", text.strip(), (line.start, line.end)))
        return
    before = notes[-1]
    start = before.span[0] if before.span else line.start
    notes[-1] = Footnote(before.label, f"{before.text}\n{line.text.strip()}", (start, line.end))


def _mark(text: str, note: Footnote, at: int) -> int | None:
    """Offset of the mark “[2]” that calls a note: the last one above a note in the text, else the next."""
    sign = f"[{note.label}]"
    if note.span is not None:
        found = text.rfind(sign, 0, note.span[0])
        return found if found >= 0 else None
    for start in (at, 0):
        found = text.find(sign, start)
        while found >= 0:
            if text[text.rfind("\n", 0, found) + 1 : found].strip():  # not the label of a note
                return found
            found = text.find(sign, found + 1)
    return None


def _innermost(provisions: Sequence[Provision], at: int) -> Locator:
    """The deepest provision around an offset; empty before the first and behind the last."""
    around = [provision for provision in provisions if provision.start <= at < provision.end]
    return min(around, key=lambda provision: provision.end - provision.start).locator if around else Locator()
