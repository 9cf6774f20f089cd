"""Entries cut into the windows that are searched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from assistant.index.values import Chunk, Entry, Kind

WINDOW = 65  # syllables of text in one chunk, at most: measured best for words and vectors alike (docs/log.md)
PROCEDURE_WINDOWS = 4  # names, papers, time, fee; the steps after them say little that tells procedures apart
_LEAD = 25  # longest opening line of a clause that its later points carry along

_SECTION = re.compile(r"^##+ +(.+)$", re.MULTILINE)  # a heading of Markdown: “## Hồ sơ”
_CLAUSE = re.compile(r"^\d{1,3}[a-zđ]?\. ?")  # the start of a khoản: “2. ”, “2a. ”
_SENTENCE = re.compile(r"(?<=[.;:]) +")  # between two sentences of one line


def chunks(entry: Entry) -> list[Chunk]:
    """What is searched of an entry, in reading order; at least one chunk."""
    parts = list(_provision(entry) if entry.kind is Kind.PROVISION else _sections(entry))
    parts = parts or [(entry.heading, "")]
    title = ". ".join((entry.title, *entry.aliases)) if entry.kind is Kind.PROCEDURE else entry.title
    return [
        Chunk(
            id=chunk_id(entry.id, n),
            entry_id=entry.id,
            kind=entry.kind,
            number=entry.number,
            locator=entry.locator,
            title=title,
            heading=heading,
            text=text,
            audience=entry.audience,
            territory=entry.territory,
            field=entry.field,
            effective_on=entry.effective_on,
            expires_on=entry.expires_on,
        )
        for n, (heading, text) in enumerate(parts)
    ]


def chunk_id(entry_id: str, n: int) -> str:
    return f"{entry_id}/{n}"


def parse_chunk_id(chunk: str) -> tuple[str, int]:
    """The entry and the place in it of ``chunk_id``."""
    entry_id, _, n = chunk.rpartition("/")
    return entry_id, int(n)


def chunk_text(entry: Entry, n: int) -> str:
    """The text of the entry's chunk ``n``, cut no further than there; of the first where there is no such chunk."""
    parts = _provision(entry) if entry.kind is Kind.PROVISION else _sections(entry)
    first = text = ""
    for at, (_, text) in enumerate(parts):
        if at == n:
            return text
        first = first if at else text
    return first


def _provision(entry: Entry) -> Iterator[tuple[str, str]]:
    for text in windows(entry.text):
        yield entry.heading, text


def _sections(entry: Entry) -> Iterator[tuple[str, str]]:
    """A chunk for the names alone, then each ``##`` section under its heading."""
    pieces = _SECTION.split(entry.text)
    opening, headed = pieces[0].strip(), zip(pieces[1::2], pieces[2::2], strict=True)
    if entry.kind is Kind.PROCEDURE:
        yield entry.heading, ""
    kept = windows(opening) if entry.kind is not Kind.PROCEDURE else islice(windows(opening), PROCEDURE_WINDOWS)
    for text in kept:
        yield entry.heading, text
    for heading, body in headed:
        for text in windows(body):
            yield heading.strip(), text


def windows(text: str, size: int = WINDOW) -> Iterator[str]:
    """Runs of whole lines of at most ``size`` syllables; a run that begins inside a clause repeats its opening line."""
    window: list[str] = []
    length, lead = 0, ""
    for line in _lines(text, size):
        here = len(line.split())
        if window and length + here > size:
            yield "\n".join(window)
            window = [lead] if lead and not _CLAUSE.match(line) and len(lead.split()) + here <= size else []
            length = sum(len(part.split()) for part in window)
        window.append(line)
        length += here
        if _CLAUSE.match(line):
            lead = line if len(line.split()) <= _LEAD else ""
    if window:
        yield "\n".join(window)


def _lines(text: str, size: int) -> Iterator[str]:
    """Lines; one that is longer than a window is cut between sentences, then between words."""
    for line in filter(None, (line.strip() for line in text.splitlines())):
        if len(line.split()) <= size:
            yield line
            continue
        for sentence in _SENTENCE.split(line):
            words = sentence.split()
            for start in range(0, len(words), size):
                yield " ".join(words[start : start + size])
