"""Danh mục văn bản: which documents exist, their names, their relations, and their state on a date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from assistant.law.catalogue_names import NameIndex
from assistant.law.catalogue_rows import CatalogueRow, Relation, State, Transition
from assistant.law.document import Validity
from assistant.law.number import normalise_number

_ENDING = ("replaces", "repeals")
_AMENDING = ("amends", "supplements")


Incoming = tuple[CatalogueRow, Relation, date | None]  # who, what, from when


class Catalogue:
    """Danh mục văn bản, looked up by number, by name and by date. Numbers may be written in any way."""

    def __init__(
        self,
        rows: Iterable[CatalogueRow] = (),
        *,
        transitions: tuple[Transition, ...] = (),
        as_of: date | None = None,
    ) -> None:
        """``as_of``: the day on which the rows' ``status`` was read; before it a status proves nothing."""
        self._rows = {normalise_number(row.number): row for row in rows}
        self._transitions = transitions
        self._as_of = as_of
        self._incoming: dict[str, list[tuple[CatalogueRow, Relation]]] = defaultdict(list)
        for row in self._rows.values():
            for relation in row.relations:
                self._incoming[relation.number].append((row, relation))
        self._names = NameIndex((n, row.title, row.aliases, row.doc_type, row.year) for n, row in self._rows.items())

    def __len__(self) -> int:
        return len(self._rows)

    def rows(self) -> Iterable[CatalogueRow]:
        return self._rows.values()

    @property
    def as_of(self) -> date | None:
        """The day on which the rows' status was read."""
        return self._as_of

    def get(self, number: str) -> CatalogueRow | None:
        return self._rows.get(number) or self._rows.get(normalise_number(number))

    def known(self, number: str) -> bool:
        """In the catalogue. Not being in it says nothing about the document."""
        return self.get(number) is not None

    def by_name(self, name: str, on: date, year: int | None = None) -> CatalogueRow | None:
        """The one document of a name: of that year, else the one in force on the date, else the latest before it.

        “Luật Đất đai”, “Bộ luật Hình sự năm 2015”, “luat BHXH”; case, tone placement and diacritics do not matter.
        """
        numbers = self._names.exact(name, year)
        if not numbers:
            numbers = self._names.serial(name)
            numbers = numbers if len(numbers) == 1 else []  # a serial alone is no name when several have it
        return self._first_on([self._rows[number] for number in numbers], on)

    def candidates(self, text: str, on: date) -> tuple[CatalogueRow, ...]:
        """Documents a loose description may mean, best first: “nghị định 30 về công tác văn thư”."""
        numbers = self._names.loose(text)
        best = {score for score, _ in numbers}
        ranked = [self._by_state([self._rows[n] for s, n in numbers if s == score], on) for score in sorted(best)[::-1]]
        return tuple(row for group in ranked for row in group)

    def amended_by(self, number: str, on: date) -> tuple[str, ...]:
        """Numbers of the documents that amended it on or before the date, oldest first."""
        return tuple(other for other, _ in self.amendments(number, on))

    def amendments(self, number: str, on: date) -> tuple[tuple[str, date], ...]:
        """The same with the day from which each amends it."""
        found = {
            row.number: day
            for row, relation in self._incoming.get(normalise_number(number), ())
            if relation.kind in _AMENDING and (day := relation.on or row.effective_on) and day <= on
        }
        return tuple(sorted(found.items(), key=lambda item: (item[1], item[0])))

    def related(self, number: str, kind: str) -> tuple[str, ...]:
        """Numbers of the documents that stand in this relation to it (``guides``: those that guide it)."""
        return tuple(row.number for row, r in self._incoming.get(normalise_number(number), ()) if r.kind == kind)

    def state_on(self, number: str, on: date) -> State:
        """The state of a document on a date, from its dates, from what other documents did to it, then its label."""
        row = self.get(number)
        key = normalise_number(number)
        incoming = [(r, rel, rel.on or r.effective_on) for r, rel in self._incoming.get(key, ())]
        ended = _ended(row, incoming, on)
        if ended is not None:
            return ended
        if row is None:
            return State(Validity.UNKNOWN, "văn bản không có trong danh mục")
        begins = row.effective_on or row.issued_on or (date(row.year, 1, 1) if row.year else None)
        if begins and on < begins:
            return State(
                Validity.NOT_YET, f"có hiệu lực từ ngày {_printed(row.effective_on)}" if row.effective_on else ""
            )
        for transition in self._transitions:
            if transition.covers(row) and on >= transition.until:
                return State(Validity.EXPIRED, f"{transition.reason} ({transition.source})", since=transition.until)
        return self._in_force(row, incoming, on)

    def _in_force(self, row: CatalogueRow, incoming: list[Incoming], on: date) -> State:
        """The states of a document that has begun and was not ended as a whole."""
        notes = self._notes(row, on)
        stop = _suspended(incoming, on)
        if stop is not None:
            source, relation, day = stop
            what = f"ngưng hiệu lực bởi {source.number}" + (f": {relation.note}" if relation.note else "")
            if not relation.partial:
                return State(Validity.SUSPENDED, what, since=day, notes=notes)
            notes = (*notes, what)
        cut = [(r, rel, day) for r, rel, day in incoming if rel.kind in _ENDING and rel.partial and day and day <= on]
        if cut:
            source, relation, day = max(cut, key=lambda item: item[2] or date.min)
            return State(Validity.PARTLY_EXPIRED, f"{relation.note} (theo {source.number})", since=day, notes=notes)
        return self._labelled(row, on, notes)

    def _labelled(self, row: CatalogueRow, on: date, notes: tuple[str, ...]) -> State:
        label = Validity(row.status) if row.status in set(Validity) else Validity.UNKNOWN
        trusted = self._as_of is None or on >= self._as_of
        if label in (Validity.PARTLY_EXPIRED, Validity.SUSPENDED, Validity.EXPIRED) and not row.expires_on:
            if trusted:
                return State(label, "theo tình trạng ghi trong danh mục, chưa rõ từ ngày nào", notes=notes)
            return State(Validity.UNKNOWN, "chưa rõ ngày thay đổi hiệu lực", notes=notes)
        doubted = row.status == Validity.UNKNOWN and not row.expires_on  # said to be open, not just left out
        if row.effective_on is not None and not doubted:
            return State(Validity.IN_FORCE, since=row.effective_on, notes=notes)
        if row.effective_on is not None:
            said = f"có hiệu lực từ ngày {_printed(row.effective_on)}; danh mục chưa rõ nay còn hiệu lực hay không"
            return State(Validity.UNKNOWN, said, since=row.effective_on, notes=notes)
        if label is Validity.IN_FORCE and trusted:
            return State(label, "theo tình trạng ghi trong danh mục, chưa rõ ngày có hiệu lực", notes=notes)
        return State(Validity.UNKNOWN, "danh mục chưa có ngày có hiệu lực", notes=notes)

    def _notes(self, row: CatalogueRow, on: date) -> tuple[str, ...]:
        """A document that guides another ends with it unless announced otherwise (Luật 64/2025/QH15, Điều 57)."""
        notes = [f"{t.reason} ({t.source})" for t in self._transitions if t.covers(row)]
        for relation in row.relations:
            if relation.kind == "guides":
                guided = self.state_on(relation.number, on)
                if guided.validity is Validity.EXPIRED:
                    day = f" từ ngày {_printed(guided.since)}" if guided.since else ""
                    notes.append(f"văn bản được hướng dẫn ({relation.number}) đã hết hiệu lực{day}")
        return tuple(notes)

    def _first_on(self, rows: list[CatalogueRow], on: date) -> CatalogueRow | None:
        ranked = self._by_state(rows, on)
        return ranked[0] if ranked else None

    def _by_state(self, rows: list[CatalogueRow], on: date) -> list[CatalogueRow]:
        """In force first, then those that were, then those to come; the latest first within each."""
        order = {Validity.IN_FORCE: 0, Validity.PARTLY_EXPIRED: 0, Validity.SUSPENDED: 1, Validity.UNKNOWN: 2}

        def rank(row: CatalogueRow) -> tuple[int, int]:
            state = self.state_on(row.number, on).validity
            begins = row.effective_on or row.issued_on or date(row.year or 1, 12, 31)
            last = 4 if state is Validity.NOT_YET else 3
            return order.get(state, last), -begins.toordinal()

        return sorted(rows, key=rank)


def _ended(row: CatalogueRow | None, incoming: list[Incoming], on: date) -> State | None:
    """Expired as a whole on the date: by its own last day, or replaced or repealed by another."""
    ends = [(day, r.number, rel.kind) for r, rel, day in incoming if rel.kind in _ENDING and not rel.partial and day]
    done = min((item for item in ends if item[0] <= on), default=None)
    if row is not None and row.expires_on and row.expires_on <= on and (done is None or row.expires_on <= done[0]):
        by = done[1] if done else next((n for day, n, _ in sorted(ends) if day == row.expires_on), None)
        reason = f"hết hiệu lực từ ngày {_printed(row.expires_on)}" + (f", thay thế bởi {by}" if by else "")
        return State(Validity.EXPIRED, reason, by, row.expires_on)
    if done is None:
        return None
    day, number, kind = done
    how = "được thay thế bởi" if kind == "replaces" else "bị bãi bỏ bởi"
    return State(Validity.EXPIRED, f"{how} {number} từ ngày {_printed(day)}", number, day)


def _suspended(incoming: list[Incoming], on: date) -> tuple[CatalogueRow, Relation, date] | None:
    """The suspension that runs on the date: the last “suspends” not followed by a “resumes”."""
    events = sorted(
        (
            (day, rel.kind == "suspends", row, rel)
            for row, rel, day in incoming
            if rel.kind in ("suspends", "resumes") and day
        ),
        key=lambda event: event[:2],
    )
    running = None
    for day, suspends, row, relation in events:
        if day <= on:
            running = (row, relation, day) if suspends else None
    return running


def _printed(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else "chưa rõ"
