"""The grounds of the draft and the documents it cites, each with its state on the day of the review."""

from __future__ import annotations

import re
from collections import Counter

from assistant.agents.draft.asked import Asked
from assistant.agents.draft.sources import DraftSources
from assistant.answer.compose.part import Part, day
from assistant.answer.compose.provision import quotation
from assistant.answer.compose.sources import document_label
from assistant.answer.values import Status
from assistant.law.catalogue_rows import CatalogueRow, State
from assistant.law.citation import Reference
from assistant.law.citation_values import EXTERNAL
from assistant.law.document import Validity
from assistant.law.number import normalise_number
from assistant.review.draft import Draft
from assistant.review.ground import Ground, read_grounds

_DOUBTFUL = (Validity.EXPIRED, Validity.PARTLY_EXPIRED, Validity.SUSPENDED, Validity.NOT_YET)
_WANTS_ENDED = re.compile(r"\b(?:het|con|mat|chua co) hieu luc\b|\bhet han\b|\b(?:bi )?(?:thay the|bai bo)\b")
_ALSO_CITED = re.compile(r"\b(?:vien dan|dan chieu)\b|\bvan ban nao\b")
MAX_PLACES = 12
Row = tuple[Ground, CatalogueRow | None, State]


def grounds(asked: Asked, sources: DraftSources) -> Part:
    """Which grounds there are, or which of them no longer hold; what the catalogue does not know is said."""
    rows = [_looked_up(ground, sources) for ground in read_grounds(sources.draft)]
    cited = _cited(sources) if _ALSO_CITED.search(asked.folded) else []
    if not rows and not cited:
        said = "Không đọc thấy căn cứ ban hành nào trong dự thảo."
        return Part(f"{said} [{sources.read_off(said)}]")
    ended = [row for row in rows if row[2].validity in _DOUBTFUL]
    unknown = [row for row in rows if row[2].validity is Validity.UNKNOWN]
    only_ended = bool(_WANTS_ENDED.search(asked.folded))
    head = _head(rows, sources)
    lines = [f"{head} [{sources.read_off(head)}]"]
    shown = [*ended, *unknown] if only_ended else rows
    lines += [_told(row, sources) for row in shown]
    lines += [_named(row, state, sources) for row, state in cited if not only_ended or state.validity in _DOUBTFUL]
    warnings = tuple(f"Chưa xác định được hiệu lực của {_name(g, r)}: {s.reason}." for g, r, s in unknown)
    return Part(
        "\n".join(lines), Status.ANSWERED_WITH_WARNING if warnings or ended else Status.ANSWERED, warnings=warnings
    )


def _looked_up(ground: Ground, sources: DraftSources) -> Row:
    row = ground.row(sources.catalogue, sources.on)
    if row is None:
        return ground, None, State(Validity.UNKNOWN, "danh mục chưa có văn bản này")
    return ground, row, sources.catalogue.state_on(row.number, sources.on)


def _head(rows: list[Row], sources: DraftSources) -> str:
    states = Counter(state.validity for _, _, state in rows)
    said = f"Dự thảo có {len(rows)} căn cứ là văn bản. Tại ngày {day(sources.on)}: "
    counted = [f"{states[v]} căn cứ {v.vietnamese}" for v in (*_DOUBTFUL, Validity.UNKNOWN) if states[v]]
    if not any(states[v] for v in _DOUBTFUL):
        counted.insert(0, "không thấy căn cứ nào hết hiệu lực")
    return said + "; ".join(counted) + "."


def _told(row: Row, sources: DraftSources) -> str:
    """The line of the draft verbatim, then what the catalogue says of the document."""
    ground, known, state = row
    marker = sources.span(ground.span.start, ground.span.end, "phần căn cứ")
    quote = quotation(sources.draft.text[ground.span.start : ground.span.end].strip(), marker)
    if known is None:
        said = f"{_name(ground, known)}: {state.reason}, chưa xác định được hiệu lực."
        return f"{quote}\n- {said} [{sources.read_off(said)}]"
    return f"{quote}\n{_named(known, state, sources)}"


def _named(row: CatalogueRow, state: State, sources: DraftSources) -> str:
    since = f" từ ngày {day(state.since)}" if state.since else ""
    said = f"{document_label(row.title, row.number)}: {state.validity.vietnamese}{since}"
    if state.replaced_by:
        newer = sources.catalogue.get(state.replaced_by)
        said += f", được thay thế bởi {document_label(newer.title if newer else '', state.replaced_by)}"
    elif state.reason and state.validity is not Validity.IN_FORCE:
        said += f" ({state.reason})"
    return f"- {said}. [{sources.document(row.number, said)}]"


def _name(ground: Ground, row: CatalogueRow | None) -> str:
    if row is not None:
        return document_label(row.title, row.number)
    return f"{ground.name} số {ground.number.normalised}" if ground.number else ground.name


def _cited(sources: DraftSources) -> list[tuple[CatalogueRow, State]]:
    """Documents cited outside the grounds that the catalogue holds, each once."""
    spans = sources.draft.zones.grounds
    numbers = {
        r.number for r in sources.draft.references if r.number and r.scope == EXTERNAL
        and not sources.draft.inside(r.start, spans)
    }  # fmt: skip
    rows = (sources.catalogue.get(number) for number in sorted(numbers))
    return [(row, sources.catalogue.state_on(row.number, sources.on)) for row in rows if row is not None]


def places(asked: Asked, sources: DraftSources) -> Part:
    """Where the draft cites the document that the question names."""
    lines, names = [], []
    for wanted in asked.references:
        number = _number(wanted, sources)
        name = wanted.number or wanted.name or ""
        names.append(name)
        found = [r for r in sources.draft.references if number and r.number and normalise_number(r.number) == number]
        for reference in found[:MAX_PLACES]:
            lines.append(_place(reference, sources))
        row = sources.catalogue.get(number) if number else None
        if found and row is not None:
            lines.append(_named(row, sources.catalogue.state_on(row.number, sources.on), sources))
    if lines:
        return Part("\n".join(dict.fromkeys(lines)))
    said = f"Dự thảo không viện dẫn {', '.join(names)}."
    return Part(f"{said} [{sources.read_off(said)}]")


def _number(wanted: Reference, sources: DraftSources) -> str:
    if wanted.number:
        return normalise_number(wanted.number)
    row = sources.catalogue.by_name(wanted.name or "", sources.on, wanted.year)
    return row.number if row else ""


def _place(reference: Reference, sources: DraftSources) -> str:
    draft: Draft = sources.draft
    sentence = draft.sentence_at(reference.start)
    place = draft.place(reference.start)
    host = draft.host(reference.start)
    marker = sources.span(sentence.start, sentence.end, place, host.locator.path if host else "")
    return f"**{place[:1].upper()}{place[1:]}** [{marker}]\n" + quotation(
        draft.text[sentence.start : sentence.end], marker
    )
