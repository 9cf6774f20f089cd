"""The evidence of one answer: every source gets its number ``[n]`` once, and is dated."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import quote as url_quote

from assistant.answer.compose.units import unit_at
from assistant.answer.turn import Evidence
from assistant.answer.values import Citation
from assistant.index import Index
from assistant.index.values import WORDING, Audience, Entry, Kind
from assistant.law.catalogue import Catalogue
from assistant.law.document import Locator, Validity, validity_on
from assistant.law.effect import from_json, narrowed

SECOND_HAND = "Đọc từ báo chí hoặc bản đăng lại, chưa đối chiếu công báo:"
_CODE = re.compile(r"\d\.\d{6}(?:\.\d{2})?")


def document_url(number: str, locator: str = "", *, on: date | None = None) -> str:
    """The sources viewer's address on this server; ``on``: in the wording of that day."""
    path = f"/v1/documents/{url_quote(number, safe='/:')}"
    path = f"{path}/{url_quote(locator)}" if locator else path
    return f"{path}?as_of={on.isoformat()}" if on else path


def document_label(title: str, number: str) -> str:
    """“Luật Lưu trữ số 33/2024/QH15”; the number alone when there is no name."""
    if not title or title == number:
        return number
    return title if number in title else f"{title} số {number}"


def is_code(number: str) -> bool:
    """True for a procedure's code (1.001193), false for a document's number."""
    return bool(_CODE.fullmatch(number))


def _basis_label(place: Locator, title: str, number: str) -> str:
    if is_code(number):
        return f"{title}, mã {number}" if title else f"Thủ tục {number}"
    return f"{place} {document_label(title, number)}".strip()


@dataclass(slots=True)
class Sources:
    """Nguồn of one answer, collected while it is composed."""

    index: Index
    catalogue: Catalogue
    on: date
    audience: Audience
    evidence: list[Evidence] = field(default_factory=list)

    def procedure(self, entry: Entry) -> int:
        """The marker of a procedure's record."""
        decision = entry.payload.get("decision") or ""
        published = f", công bố theo Quyết định {decision}" if decision else ""
        return self._add(
            Citation(
                marker=0,
                kind=Kind.PROCEDURE.value,
                number=entry.number,
                locator="",
                label=f"Thủ tục {entry.number} – {entry.title}{published}",
                validity=validity_on(self.on, entry.effective_on or entry.checked_on, entry.expires_on),
                as_of=self.on,
                effective_on=entry.effective_on,
                expires_on=entry.expires_on,
                checked_on=entry.checked_on,
                url=document_url(entry.number),
                source_url=entry.url,
            ),
            entry,
            text=f"{entry.text}\n{_flat(entry.payload)}",
        )

    def provision(self, entry: Entry, locator: str, quote: str) -> int:
        """The marker of a quoted provision; ``quote`` is verbatim from the entry."""
        own = from_json(entry.payload.get("effects") or ())  # a khoản may begin or end on a day of its own
        effective_on, expires_on = narrowed(own, Locator(locator), (entry.effective_on, entry.expires_on))
        validity = self.validity(entry.number, effective_on, expires_on)
        return self._add(
            Citation(
                marker=0,
                kind=Kind.PROVISION.value,
                number=entry.number,
                locator=locator,
                label=f"{Locator(locator)} {document_label(entry.title, entry.number)}".strip(),
                quote=quote,
                validity=validity,
                as_of=self.on,
                effective_on=effective_on,
                expires_on=expires_on,
                checked_on=entry.checked_on,
                url=document_url(entry.number, entry.locator, on=self.on if WORDING in entry.id else None),
                source_url=entry.url,
            ),
            entry,
            text=f"{entry.title} {entry.number}\n{entry.heading}\n{entry.text}",
        )

    def statement(self, entry: Entry, text: str, basis: dict[str, Any] | None) -> int:
        """The marker of a guide's statement: its legal basis where it has one, else the guide itself."""
        if basis is None:
            return self._add(self._guide_citation(entry), entry, text=entry.text)
        if not basis.get("number"):
            return self._add(self._programme_citation(entry, basis), entry, text=f"{entry.title}\n{text}")
        number, locator = basis.get("number") or "", basis.get("locator") or ""
        row = self.catalogue.get(number)
        article = Locator(locator).article.path
        visible = self.index.entries(number, article, audience=self.audience, on=self.on) if article else []
        unit = unit_at(visible[0], Locator(locator)) if visible else None
        title = basis.get("title") or (row.title if row else "")
        start = _as_date(basis.get("from"))
        end = _as_date(basis.get("to"))
        place = Locator(locator)
        record = is_code(number)  # of a record, the date is the day on which it was read
        return self._add(
            Citation(
                marker=0,
                kind=Kind.PROCEDURE.value if record else "document",
                number=number,
                locator=locator,
                label=_basis_label(place, title, number),
                quote=unit.text if unit else "",
                validity=self.validity(number, start, end),
                as_of=self.on,
                effective_on=None if record else start or (row.effective_on if row else None),
                expires_on=end or (row.expires_on if row else None),
                checked_on=start if record else entry.checked_on,
                url=self._shown(number, visible, entry),
                source_url=row.source if row and row.source.startswith("http") else "",
            ),
            entry,
            text=f"{entry.title}\n{text}",
        )

    def second_hand(self, bases: Sequence[Mapping[str, Any]]) -> str:
        """The warning for bases whose text was read in the press or a reprint; empty where there is none."""
        rows = {str(b["number"]): self.catalogue.get(b["number"]) for b in bases if b.get("number")}
        read = [number for number, row in rows.items() if row and row.second_hand]
        read += [f"{b['title']} ({b['source']})" for b in bases if not b.get("number")]
        return f"{SECOND_HAND} {'; '.join(dict.fromkeys(read))}." if read else ""

    def gap(self, entry: Entry, text: str) -> int:
        """The marker of what a guide says it does not know."""
        return self._add(self._guide_citation(entry), entry, text=text)

    def _programme_citation(self, guide: Entry, basis: Mapping[str, Any]) -> Citation:
        """A programme or announcement without a number: named by title, where it was read, and when."""
        read = _as_date(basis.get("dated"))
        return Citation(
            marker=0,
            kind="document",
            number="",
            locator="",
            label=f"{basis.get('title')} (theo {basis.get('source')}{f', {read:%d/%m/%Y}' if read else ''})",
            validity=validity_on(self.on, _as_date(basis.get("from")), _as_date(basis.get("to"))),
            as_of=self.on,
            checked_on=guide.checked_on,
            url=document_url(guide.number),
        )

    def _shown(self, number: str, held: list[Entry], guide: Entry) -> str:
        """Where the viewer can show the basis: its text, its record, else the guide that states it."""
        if held:
            return document_url(number, held[0].locator)
        if is_code(number) and self.index.entries(number, audience=self.audience):
            return document_url(number)
        return document_url(guide.number)

    def document(self, number: str, text: str) -> int:
        """The marker of a fact about a document as a whole, from the catalogue."""
        row = self.catalogue.get(number)
        return self._add(
            Citation(
                marker=0,
                kind="document",
                number=number,
                locator="",
                label=document_label(row.title if row else "", number),
                validity=self.validity(number, None, None),
                as_of=self.on,
                effective_on=row.effective_on if row else None,
                expires_on=row.expires_on if row else None,
                url=document_url(number),
            ),
            None,
            text=text,
        )

    def calculation(self, label: str, text: str) -> int:
        """The marker of something computed here, named as such."""
        return self._add(Citation(0, "calculation", "", "", label, as_of=self.on), None, text)

    def validity(self, number: str, start: date | None, end: date | None) -> Validity:
        """The catalogue's word on the document, narrowed by the dates of the provision itself."""
        own = validity_on(self.on, start, end)
        if own in (Validity.EXPIRED, Validity.NOT_YET):
            return own
        state = self.catalogue.state_on(number, self.on).validity
        return own if state is Validity.UNKNOWN else state

    def _guide_citation(self, entry: Entry) -> Citation:
        return Citation(
            marker=0,
            kind=Kind.GUIDE.value,
            number=entry.number,
            locator="",
            label=f"Bài hướng dẫn: {entry.title}",
            validity=validity_on(self.on, entry.effective_on or entry.checked_on, entry.expires_on),
            as_of=self.on,
            checked_on=entry.checked_on,
            url=document_url(entry.number),
        )

    def _add(self, citation: Citation, entry: Entry | None, text: str) -> int:
        for n, held in enumerate(self.evidence):
            if _identity(held.citation) == _identity(citation):
                if text not in held.text:
                    self.evidence[n] = Evidence(held.citation, held.entry, f"{held.text}\n{text}")
                return held.citation.marker
        marker = len(self.evidence) + 1
        values = {name: getattr(citation, name) for name in Citation.__slots__} | {"marker": marker}
        self.evidence.append(Evidence(Citation(**values), entry, text))
        return marker


def _identity(citation: Citation) -> tuple[str, ...]:
    """Two citations of one identity are one source; without a number it is known by its name."""
    return (citation.number or citation.label, citation.locator, citation.quote, citation.kind)


def _as_date(value: object) -> date | None:
    if isinstance(value, date):
        return value
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def _flat(value: object) -> str:
    """All leaves of a payload as text: what the numbers of an answer are checked against."""
    if isinstance(value, dict):
        return " ".join(_flat(v) for v in value.values())
    if isinstance(value, list | tuple):
        return " ".join(_flat(v) for v in value)
    return "" if value is None else str(value)
