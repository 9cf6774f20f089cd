"""A regulation question answered by quoting: the clauses that speak of it, verbatim, each with its place."""

from __future__ import annotations

from datetime import date, timedelta

from assistant.answer.compose.part import Part
from assistant.answer.compose.sources import Sources, document_label
from assistant.answer.compose.units import Unit, points, units
from assistant.answer.relevance import relevance
from assistant.answer.turn import Ask
from assistant.answer.values import Status
from assistant.index.values import Entry
from assistant.law.document import Locator, Validity

WHOLE_ARTICLE = 700  # characters: a shorter article is quoted whole
MAX_QUOTE = 900  # a single quotation is cut at a unit's end after so many characters
MAX_UNITS = 3
NEAR = 0.6
REGISTER_LAG = timedelta(days=365)  # after so long a register has carried out an amendment


def answer_provision(ask: Ask, entries: list[Entry], sources: Sources) -> Part:
    """Quotations of the clauses that answer, at most one warning per source that is not plainly in force."""
    lines: list[str] = []
    warnings: list[str] = []
    for entry in entries:
        quoted = _quotable(ask, entry)
        for unit in quoted:
            marker = sources.provision(entry, unit.locator, unit.text)
            place = f"{Locator(unit.locator)} {document_label(entry.title, entry.number)}".strip()
            heading = f" ({entry.heading})" if entry.heading else ""
            lines += [f"**{place}**{heading} [{marker}]", quotation(unit.text, marker)]
        warnings.append(force_warning(entry, sources))
    kept = tuple(dict.fromkeys(w for w in warnings if w))
    return Part(
        text="\n".join(lines),
        status=Status.ANSWERED_WITH_WARNING if kept else Status.ANSWERED,
        warnings=kept,
    )


def quotation(text: str, marker: int) -> str:
    """Markdown block quote of a verbatim text, with its marker on the last line."""
    rows = [row.strip() for row in text.splitlines() if row.strip()]
    return "\n".join(f"> {row}" for row in rows) + f" [{marker}]"


def _quotable(ask: Ask, entry: Entry) -> list[Unit]:
    """Whole when short; else the clauses that speak most of the question (with the lead-in they need)."""
    if len(entry.text) <= WHOLE_ARTICLE:
        return [Unit(entry.locator, entry.text.strip())]
    found = units(entry)
    scores = relevance(ask.text, [unit.text for unit in found])
    best = max(scores)
    ranked = sorted(range(len(found)), key=lambda n: -scores[n])[:MAX_UNITS]
    kept = sorted(n for n in ranked if scores[n] >= NEAR * best) if best > 0 else [0]
    chosen = [found[n] for n in kept]
    return [shorter for unit in chosen for shorter in _shortened(ask, unit)]


def _shortened(ask: Ask, unit: Unit) -> list[Unit]:
    """A khoản too long to read at a counter is given by the điểm that matter, each verbatim."""
    if len(unit.text) <= MAX_QUOTE:
        return [unit]
    found = points(unit)
    if not found:
        return [unit]
    scores = relevance(ask.text, [point.text for point in found])
    best = max(scores)
    kept = [point for point, score in zip(found, scores, strict=True) if best > 0 and score >= NEAR * best]
    lead = unit.text[: unit.text.index(found[0].text)].strip()
    chosen = kept[:MAX_UNITS] or found[:MAX_UNITS]
    return [Unit(unit.locator, lead), *chosen] if lead else chosen


def force_warning(entry: Entry, sources: Sources) -> str:
    """Why a quoted source must be used with care on this date; empty when it is plainly in force."""
    state = sources.catalogue.state_on(entry.number, sources.on)
    validity = sources.validity(entry.number, entry.effective_on, entry.expires_on)
    name = document_label(entry.title, entry.number)
    if validity in (Validity.EXPIRED, Validity.SUSPENDED, Validity.NOT_YET):
        replaced = f", được thay thế bởi {state.replaced_by}" if state.replaced_by else ""
        return f"{name} {validity.vietnamese} tại ngày {sources.on:%d/%m/%Y}{replaced}."
    if validity is Validity.UNKNOWN:
        return f"Chưa xác định được tình trạng hiệu lực của {name}; cần kiểm tra trước khi áp dụng."
    if validity is Validity.PARTLY_EXPIRED:
        why = f" ({state.reason.rstrip('.')})" if state.reason else ""
        return f"{name} hết hiệu lực một phần{why}; cần kiểm tra điều khoản được trích còn áp dụng hay không."
    return _wording_warning(name, entry, sources)


def _wording_warning(name: str, entry: Entry, sources: Sources) -> str:
    """Why the wording at hand may not be the one in force, or is not the official one."""
    merged = f"{name}: {made}" if (made := put_together(entry)) else ""
    if missing := _unrecorded(entry, sources):
        listed = "; ".join(f"{number} (từ {day:%d/%m/%Y})" for number, day in missing)
        said = f"{name} được sửa đổi bởi {listed}; điều được trích chưa ghi nhận, cần đối chiếu trước khi áp dụng."
        return f"{said} {merged}".rstrip()
    if not merged and entry.payload.get("amended"):
        return f"{name} đã được sửa đổi, bổ sung một số nội dung; đối chiếu bản đang có hiệu lực trước khi áp dụng."
    return merged


def put_together(entry: Entry) -> str:
    """Out of which documents the wording was put together here, and what a person must still look at; "" as issued."""
    changes, notes = entry.payload.get("merged") or [], entry.payload.get("merge_notes") or []
    if not changes:
        return f"{'; '.join(notes)}." if notes else ""
    made = "; ".join(f"{c['number']} (từ {date.fromisoformat(c['on']):%d/%m/%Y})" for c in changes)
    said = f"lời văn được ghép theo {made}, chưa phải văn bản hợp nhất chính thức; bản gốc có giá trị áp dụng."
    return " ".join((said, *(f"{note}." for note in notes)))


def _unrecorded(entry: Entry, sources: Sources) -> list[tuple[str, date]]:
    """Amendments of the document that the text at hand may not hold.

    A register names the changes of each article and lags behind: what it does not name counts while it is recent. A
    file as issued names none; what was read beside it was put in where it touches the article.
    """
    recorded = entry.payload.get("changes")
    issued = entry.payload.get("issued_effect")
    since = date.fromisoformat(issued) if issued else entry.effective_on
    since = since if recorded is None else sources.on - REGISTER_LAG
    if since is None:
        return []
    named = {change["number"] for change in recorded or ()} | set(entry.payload.get("amendments_read") or ())
    made = sources.catalogue.amendments(entry.number, sources.on)
    return [(number, day) for number, day in made if day > since and number not in named]
