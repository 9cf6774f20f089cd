"""The provisions of a document while amendments are put into them: one step for each kind of operation."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import zip_longest
from typing import NamedTuple

from assistant.law.amendment_text import provisions_of, tail_of
from assistant.law.amendment_values import (
    Change,
    Consolidated,
    CurrentProvision,
    EndedProvision,
    Operation,
    Unapplied,
)
from assistant.law.document import Document, Locator, Provision, ProvisionKind

_KEPT_LEVELS = ("kem-theo", "phu-luc", "dieu", "khoan", "diem")
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_SENTENCES = (ProvisionKind.ARTICLE, ProvisionKind.CLAUSE, ProvisionKind.POINT)
_WHOLE = re.compile(r"(?:[.;:,…)\]/]|\b(?:và|hoặc))$")
Key = tuple[tuple[str, str], ...]


class CannotApply(Exception):
    """Why an operation could not be applied, in Vietnamese."""


class Source(NamedTuple):
    """Văn bản sửa đổi: its number, and the day from which the operation holds."""

    number: str
    since: date | None


class AmendedText:
    """The provisions while they are being changed, in reading order."""

    def __init__(self, base: Document) -> None:
        self._base = base
        self._held = [CurrentProvision(provision) for provision in base.provisions]
        self._keys = [_key(provision.locator) for provision in base.provisions]
        attachments = [p for p in base.provisions if p.kind is ProvisionKind.ATTACHMENT]
        self._trees = {p.label: _key(p.locator) for p in reversed(attachments)}
        self._ended: list[EndedProvision] = []
        self._applied: list[tuple[str, Operation]] = []
        self.unapplied: list[Unapplied] = []

    def apply(self, operation: Operation, by: Source, suspended: bool) -> None:
        try:
            if suspended:
                raise CannotApply("quy định sửa đổi đang bị ngưng hiệu lực")
            _STEPS[operation.kind](self, operation, by)
        except CannotApply as problem:
            self.unapplied.append(Unapplied(operation, by.number, str(problem)))
            self.mark(operation, f"Chưa áp dụng được sửa đổi của {by.number}: {problem}")
        else:
            self._applied.append((by.number, operation))

    def result(self, on: date) -> Consolidated:
        provisions = tuple(held.provision for held in self._held)
        changed = replace(self._base, provisions=provisions, text="" if self._applied else self._base.text)
        held, ended = tuple(self._held), tuple(self._ended)
        return Consolidated(changed, on, held, ended, tuple(self._applied), tuple(self.unapplied))

    # Steps, one for each kind of operation

    def amend(self, operation: Operation, by: Source) -> None:
        start, stop = self._span(operation)
        if operation.part:
            return self._amend_paragraph(operation, by, start)
        new = provisions_of(operation.text, operation.locator) if operation.text else []
        if not new:
            raise CannotApply(f"không đọc được nội dung mới của {operation.locator}")
        _must_be_whole(new)
        if not new[0].heading and new[0].locator.label("khoan") is None:
            new[0] = replace(new[0], heading=self._held[start].provision.heading)
        path = self._held[start].locator.path
        new = [replace(p, locator=Locator(path + p.locator.path[len(operation.locator.path) :])) for p in new]
        self._put(start, stop, [CurrentProvision(p, by.number, by.since) for p in new])
        return None

    def insert(self, operation: Operation, by: Source) -> None:
        if operation.part:
            raise CannotApply(f"không xác định được chỗ của {operation.part} tại {operation.locator}")
        new = provisions_of(operation.text, operation.locator) if operation.text else []
        if not new:
            raise CannotApply(f"không đọc được nội dung bổ sung {operation.locator}")
        _must_be_whole(new)
        if self._find(_key(operation.locator)) is not None:
            raise CannotApply(f"văn bản đã có {operation.locator}")
        at = self._place(operation)
        self._put(at, at, [CurrentProvision(p, by.number, by.since) for p in new])

    def repeal(self, operation: Operation, by: Source) -> None:
        if operation.part:
            return self._repeal_paragraph(operation, by)
        start, stop = self._span(operation) if operation.locator.path else (0, len(self._held))
        self._ended += [EndedProvision(held.provision, by.number, by.since) for held in self._held[start:stop]]
        self._put(start, stop, [])
        return None

    def replace_unit(self, operation: Operation, by: Source) -> None:
        step = self.amend if operation.locator.path else self.repeal
        step(operation, by)

    def rename(self, operation: Operation, by: Source) -> None:
        start, _ = self._span(operation)
        new = provisions_of(operation.text, operation.locator) if operation.text else []
        name = (new[0].heading or new[0].text) if new else operation.text.strip('“”" \n')
        if not name:
            raise CannotApply(f"không đọc được tên mới của {operation.locator}")
        self._change(start, by, heading=name.rstrip("."))

    def amend_lead(self, operation: Operation, by: Source) -> None:
        start, _ = self._span(operation)
        new = provisions_of(operation.text, operation.locator) if operation.text else []
        if not new:
            raise CannotApply(f"không đọc được đoạn mở đầu mới của {operation.locator}")
        self._change(start, by, text="\n".join([new[0].text, *tail_of(self._held[start].provision.text)]))

    def replace_phrase(self, operation: Operation, by: Source) -> None:
        start, stop = self._span(operation) if operation.locator.path else (0, len(self._held))
        if operation.part == "tên":
            stop = start + 1
        found = False
        for n in range(start, stop):
            provision = self._held[n].provision
            heading = _replaced(provision.heading, operation)
            text = provision.text if operation.part == "tên" else _replaced(provision.text, operation)
            if (heading, text) != (provision.heading, provision.text):
                self._change(n, by, heading=heading, text=text)
                found = True
        if not found:
            raise CannotApply(f"không thấy cụm từ “{operation.old}” tại {operation.locator}")

    def suspend(self, operation: Operation, by: Source) -> None:
        start, stop = self._span(operation) if operation.locator.path else (0, len(self._held))
        for n in range(start, stop):
            self._held[n] = replace(self._held[n], suspended=True, note=f"Ngưng hiệu lực theo {by.number}")

    # Places

    def _amend_paragraph(self, operation: Operation, by: Source, start: int) -> None:
        """“đoạn 2 khoản 1”: one paragraph of a unit's own text."""
        paragraphs, place = self._paragraph(operation, start)
        if not operation.text:
            raise CannotApply(f"không đọc được nội dung mới của {operation.part} {operation.locator}")
        paragraphs[place] = operation.text.strip('“”" \n')
        self._change(start, by, text="\n".join(paragraphs))

    def _repeal_paragraph(self, operation: Operation, by: Source) -> None:
        """“Bãi bỏ đoạn 2 khoản 1”: the rest of the unit stays."""
        start, _ = self._span(operation)
        paragraphs, place = self._paragraph(operation, start)
        del paragraphs[place]
        self._change(start, by, text="\n".join(paragraphs))

    def _paragraph(self, operation: Operation, start: int) -> tuple[list[str], int]:
        kind, _, number = (operation.part or "").rpartition(" ")
        paragraphs = [part for part in self._held[start].provision.text.split("\n") if part.strip()]
        at = len(paragraphs) if number == "cuối" else int(number) if number.isdigit() else 0
        if kind != "đoạn" or not 0 < at <= len(paragraphs):
            raise CannotApply(f"không xác định được {operation.part} của {operation.locator}")
        return paragraphs, at - 1

    def _span(self, operation: Operation) -> tuple[int, int]:
        found = self._find(_key(operation.locator), operation.attached)
        if found is None:
            raise CannotApply(f"văn bản không có {operation.locator}")
        return found

    def _find(self, key: Key, attached: str | None = None) -> tuple[int, int] | None:
        """The unit and all below it: [start, stop). ``attached``: “Quy chế” for a place in that attached text."""
        tree = self._trees.get(attached or "")
        key = (*tree, *key) if tree else key
        start = next((n for n, held in enumerate(self._keys) if _matches(held, key, bool(attached))), None)
        if start is None:
            return None
        own = self._keys[start]
        stop = start + 1
        while stop < len(self._keys) and self._keys[stop][: len(own)] == own:
            stop += 1
        return start, stop

    def _place(self, operation: Operation) -> int:
        """Where a new unit goes: at its anchor, else after the last sibling before it in order."""
        if operation.anchor is not None:
            found = self._find(_key(operation.anchor))
            if found is None:
                raise CannotApply(f"văn bản không có {operation.anchor} để bổ sung {operation.locator}")
            return found[0] if operation.before else found[1]
        key = _key(operation.locator)
        parent = self._find(key[:-1]) if len(key) > 1 else (-1, len(self._keys))
        if parent is None:
            raise CannotApply(f"văn bản không có nơi để bổ sung {operation.locator}")
        at = parent[0] + 1
        level, label = key[-1]
        for n in range(max(parent[0] + 1, 0), parent[1]):
            held = self._keys[n]
            sibling = len(held) >= len(key) and held[: len(key) - 1] == key[:-1] and held[len(key) - 1][0] == level
            if sibling and _order(held[len(key) - 1][1]) < _order(label):
                at = n + 1
        return at

    def _put(self, start: int, stop: int, new: list[CurrentProvision]) -> None:
        self._held[start:stop] = new
        self._keys[start:stop] = [_key(held.locator) for held in new]

    def _change(self, index: int, by: Source, heading: str | None = None, text: str | None = None) -> None:
        held = self._held[index]
        provision = replace(
            held.provision,
            heading=held.provision.heading if heading is None else heading,
            text=held.provision.text if text is None else text,
            start=0,
            end=0,
        )
        self._held[index] = replace(held, provision=provision, source=by.number, since=by.since)

    def mark(self, operation: Operation, note: str) -> None:
        """On the unit itself, else on the nearest unit around it, else on the first of the document."""
        key = _key(operation.locator)
        for length in range(len(key), -1, -1):
            found = self._find(key[:length]) if length else (0, 0)
            if found is not None and self._held:
                held = self._held[found[0]]
                self._held[found[0]] = replace(held, note=f"{held.note}; {note}" if held.note else note)
                return


_STEPS: dict[Change, Callable[[AmendedText, Operation, Source], None]] = {
    Change.AMEND: AmendedText.amend,
    Change.INSERT: AmendedText.insert,
    Change.REPEAL: AmendedText.repeal,
    Change.REPLACE: AmendedText.replace_unit,
    Change.RENAME: AmendedText.rename,
    Change.AMEND_LEAD: AmendedText.amend_lead,
    Change.REPLACE_PHRASE: AmendedText.replace_phrase,
    Change.DELETE_PHRASE: AmendedText.replace_phrase,
    Change.INSERT_PHRASE: AmendedText.replace_phrase,
    Change.SUSPEND: AmendedText.suspend,
}


def _must_be_whole(new: Sequence[Provision]) -> None:
    """Files lose words: what breaks off in the middle of a sentence must not stand as law."""
    lowest = [p for p, after in zip_longest(new, new[1:]) if not (after and p.locator.contains(after.locator))]
    texts = [p.text.rstrip('”" \n') for p in lowest if p.kind in _SENTENCES and p.text.strip()]
    if broken := next((text for text in texts if not _WHOLE.search(text)), ""):
        raise CannotApply(f"lời văn mới không trọn câu (“…{broken[-40:]}”), có thể tệp bị mất chữ")


def _key(locator: Locator) -> Key:
    """The levels that a citation gives: articles count through a document, whatever chapter they stand in."""
    steps = locator.steps
    kept = tuple(step for step in steps if step[0] in _KEPT_LEVELS)
    return kept if any(level in ("dieu", "phu-luc", "kem-theo") for level, _ in kept) else steps


def _matches(held: Key, key: Key, attached: bool) -> bool:
    """An attached text has articles of its own: they are meant only where it is named."""
    in_attachment = bool(held) and held[0][0] == "kem-theo"
    return in_attachment is attached and key in (held, held[1:] if in_attachment else held)


def _replaced(text: str, operation: Operation) -> str:
    if operation.old not in text:
        return text
    if operation.kind is Change.DELETE_PHRASE:
        return " ".join(text.replace(operation.old, "").split(" ")).replace("  ", " ")
    return text.replace(operation.old, operation.new)


def _order(label: str) -> tuple[int, int, int]:
    """5 < 5a < 5b < 6; a < b < … < d < đ < e; d < d1 < đ."""
    digits = "".join(c for c in label if c.isdigit())
    letters = "".join(c for c in label if c in _LETTERS)
    letter = _LETTERS.index(letters[0]) + 1 if letters else 0
    number = int(digits) if digits else 0
    return (number, letter, 0) if label[:1].isdigit() else (letter, number, 0)
