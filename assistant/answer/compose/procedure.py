"""A procedure question answered from the fields of its record, with every doubt of the record shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypeVar

from assistant.answer.compose.part import Part, day, money, sentence
from assistant.answer.compose.sources import Sources
from assistant.answer.relevance import relevance
from assistant.answer.turn import Ask, Facet
from assistant.answer.values import Status
from assistant.index.values import Entry
from assistant.ingest.procedures import from_json
from assistant.language.dates import find_durations
from assistant.law.procedure import Channel, DossierItem, Fee, FeeKind, Procedure, TimeLimit, printed_bases

# What each facet shows, and the fields whose doubts must then be shown.
SECTIONS: dict[Facet, tuple[str, tuple[str, ...]]] = {
    Facet.DOSSIER: ("Hồ sơ", ("dossier", "forms")),
    Facet.TIME: ("Thời hạn", ("time_limits",)),
    Facet.FEE: ("Phí, lệ phí", ("fees",)),
    Facet.WHERE: ("Nơi nộp", ("authority", "where")),
    Facet.STEPS: ("Trình tự", ("steps",)),
    Facet.CONDITION: ("Điều kiện", ("requirements",)),
    Facet.WHO: ("Đối tượng", ("applicants",)),
    Facet.RESULT: ("Kết quả", ("result",)),
    Facet.BASIS: ("Căn cứ pháp lý", ("legal_basis",)),
}
ALWAYS = (Facet.TIME, Facet.FEE)  # short, and what sends people home when wrong
GENERAL = (Facet.DOSSIER, Facet.TIME, Facet.FEE, Facet.WHERE, Facet.CONDITION)
OF_THE_RECORD = ("decision", "legal_basis")  # doubts that touch every answer, whatever is asked
TOLD = frozenset({"merged_into", "not_confirmed", "basis_expired"})
MAX_BASES = 6
MAX_FEES = 2  # of a procedure that is only named
MAX_NOTES = 2
NOTE_SPEAKS = 0.3
_NUMBER = re.compile(r"\d")

T = TypeVar("T", TimeLimit, Fee)


def answer_procedure(ask: Ask, entry: Entry, sources: Sources) -> Part:
    """The asked facets as lines, the whole record as a card, doubts as warnings."""
    procedure = from_json(entry.payload)
    marker = sources.procedure(entry)
    shown = _facets_to_show(ask.facets)
    blocks = [f"**{procedure.name}** (mã {procedure.code}) [{marker}]"]
    blocks += [block for facet in shown if (block := _block(facet, procedure, marker, sources.on))]
    conditions = [] if Facet.CONDITION in shown else _conditions_asked(ask, procedure)
    blocks += [_listed(SECTIONS[Facet.CONDITION][0], conditions, marker)] if conditions else []
    blocks += [f"- {sentence(note)} [{marker}]" for note in _notes(ask, procedure)]
    fields = [name for facet in shown for name in SECTIONS[facet][1]]
    warnings = [flag.message for flag in procedure.flags_on(*fields)]
    warnings += [f.message for f in procedure.flags_on(*OF_THE_RECORD) if f.code in TOLD and f.message not in warnings]
    warnings.append(sources.second_hand([{"number": fee.basis} for fee in procedure.fees if fee.basis]))
    warnings += _old_record(procedure, sources.on)
    return Part(
        text="\n".join(blocks),
        status=Status.ANSWERED_WITH_WARNING if any(warnings) else Status.ANSWERED,
        card=card(procedure, entry, marker, sources.on),
        warnings=tuple(w for w in warnings if w),
        follow_ups=_follow_ups(procedure, shown),
    )


def _facets_to_show(asked: frozenset[Facet]) -> list[Facet]:
    wanted = set(asked & SECTIONS.keys())
    if asked & {Facet.FORM, Facet.ONLINE}:
        wanted |= {Facet.DOSSIER, Facet.WHERE}
    if not wanted or wanted <= {Facet.CONDITION, Facet.STEPS}:
        wanted |= set(GENERAL)
    if wanted != {Facet.BASIS}:
        wanted |= set(ALWAYS)
    return sorted((facet for facet in SECTIONS if facet in wanted), key=lambda facet: facet not in asked)


def _block(facet: Facet, procedure: Procedure, marker: int, on: date) -> str:
    lines = list(_LINES[facet](procedure, on))
    title = SECTIONS[facet][0]
    if not lines:
        return "" if facet in (Facet.CONDITION, Facet.WHO) else f"- **{title}:** bản ghi không nêu. [{marker}]"
    return _listed(title, lines, marker)


def _listed(title: str, lines: list[str], marker: int) -> str:
    if len(lines) == 1:
        return f"- **{title}:** {sentence(lines[0])} [{marker}]"
    return "\n".join([f"- **{title}:**", *(f"  - {sentence(line)} [{marker}]" for line in lines)])


def _dossier_lines(procedure: Procedure, _on: date) -> Iterable[str]:
    for item in procedure.dossier:
        shown = "" if item.submit else "Xuất trình: "
        form = f", {item.form.strip()}" if item.form and item.form not in item.name else ""
        yield shown + item.name.rstrip(". ;") + form + _quantity(item, brackets=True) + _condition(item.condition)


def _quantity(item: DossierItem, *, brackets: bool = False) -> str:
    counts = [f"{n:02d} {name}" for n, name in ((item.originals, "bản chính"), (item.copies, "bản sao")) if n]
    text = ", ".join(counts)
    return f" ({text})" if brackets and text else text


def _condition(condition: str) -> str:
    return f" – {condition.strip().rstrip('.')}" if condition.strip() else ""


def _time_lines(procedure: Procedure, _on: date) -> Iterable[str]:
    merged = _by_channel(procedure.time_limits, _time_text)
    yield from (f"{channels}{text}" for text, channels in merged)


def _time_text(limit: TimeLimit) -> str:
    if limit.amount is None and limit.unit is None:
        text = "bản ghi không ghi thành một thời hạn" if _NUMBER.search(limit.note) else "bản ghi không nêu thời hạn"
    elif limit.unit is None:
        text = f"{limit.amount:g} (bản ghi không nêu đơn vị là ngày hay ngày làm việc)"
    elif limit.amount is None:
        text = limit.unit.vietnamese
    else:
        number = f"{int(limit.amount):02d}" if limit.amount == int(limit.amount) else f"{limit.amount:g}"
        text = f"{number} {limit.unit.vietnamese}"
    told = limit.note.strip() and (limit.unit is not None or _NUMBER.search(limit.note))
    note = f" ({limit.note.strip().rstrip('.')})" if told else ""
    return text + note + _condition(limit.condition)


def _fee_lines(procedure: Procedure, on: date) -> Iterable[str]:
    merged = _by_channel(procedure.fees, lambda fee: _fee_text(fee, on))
    yield from (f"{channels}{text}" for text, channels in merged)
    yield from (f"miễn, giảm: {exemption}" for exemption in procedure.exemptions)


def _fee_text(fee: Fee, on: date) -> str:
    kind = {FeeKind.FEE: "phí ", FeeKind.CHARGE: "lệ phí "}.get(fee.kind, "")
    if fee.amount is not None and fee.kind is not FeeKind.FREE:
        text = kind + money(fee.amount, fee.currency) + (f"/{fee.per}" if fee.per else "")
    elif fee.kind is FeeKind.FREE or fee.amount == 0:
        text = "không thu phí, lệ phí"
    elif fee.kind is FeeKind.LOCAL:
        text = "mức thu do Hội đồng nhân dân cấp tỉnh quy định, bản ghi không nêu số tiền"
    else:
        text = "chưa xác định được mức thu" if fee.note.strip() else "bản ghi không công bố mức thu"
    if fee.valid_from and on < fee.valid_from:
        text += f", áp dụng từ {day(fee.valid_from)}"
    if fee.valid_to:
        over = ", đã hết thời gian áp dụng từ sau ngày " if on > fee.valid_to else ", áp dụng đến hết ngày "
        text += over + day(fee.valid_to)
    basis = f", theo {fee.basis}" if fee.basis else ""
    note = f" ({fee.note.strip().rstrip('.')})" if fee.note.strip() else ""
    return text + basis + note + _condition(fee.condition)


def fees_in_short(entry: Entry, on: date) -> str:
    """The first fees of a procedure that is only named: “phí 50.000 đồng/hợp đồng, theo …”."""
    return "; ".join(list(_fee_lines(from_json(entry.payload), on))[:MAX_FEES])


def fee_doubts(entry: Entry) -> tuple[str, ...]:
    """The doubts on the fees of a procedure that is only named, each under its name."""
    return tuple(f"{entry.title}: {flag.message}" for flag in from_json(entry.payload).flags_on("fees"))


def _by_channel(rows: tuple[T, ...], text: Callable[[T], str]) -> list[tuple[str, str]]:
    """Rows that say the same of several channels become one: [(text, “Trực tuyến, trực tiếp: ”)]."""
    channels: dict[str, list[Channel | None]] = {}
    for row in rows:
        channels.setdefault(text(row), []).append(row.channel)
    every = {row.channel for row in rows}
    named: list[tuple[str, str]] = []
    for said, where in channels.items():
        several = len(channels) > 1 and None not in where and len(set(where)) < max(len(every), 2)
        names = ", ".join(c.vietnamese for c in dict.fromkeys(where) if c)
        named.append((said, f"{names}: " if several and names else ""))
    return named


def _where_lines(procedure: Procedure, _on: date) -> Iterable[str]:
    if procedure.where:
        yield procedure.where
    if procedure.authority and procedure.authority not in procedure.where:
        yield f"cơ quan giải quyết: {procedure.authority}"
    elif not procedure.where and procedure.levels:
        yield f"cấp thực hiện: {', '.join(procedure.levels)}"
    if procedure.channels:
        yield f"cách nộp: {', '.join(channel.vietnamese for channel in procedure.channels)}"


def _basis_lines(procedure: Procedure, _on: date) -> Iterable[str]:
    return printed_bases(procedure.legal_basis)[:MAX_BASES]


_LINES: dict[Facet, Callable[[Procedure, date], Iterable[str]]] = {
    Facet.DOSSIER: _dossier_lines,
    Facet.TIME: _time_lines,
    Facet.FEE: _fee_lines,
    Facet.WHERE: _where_lines,
    Facet.STEPS: lambda p, _: (step.text for step in p.steps),
    Facet.CONDITION: lambda p, _: p.requirements,
    Facet.WHO: lambda p, _: p.applicants,
    Facet.RESULT: lambda p, _: p.result,
    Facet.BASIS: _basis_lines,
}


def _notes(ask: Ask, procedure: Procedure) -> list[str]:
    """The record's short facts that speak of the question; for a bare topic the first ones."""
    scores = relevance(ask.said, procedure.notes)
    ranked = sorted(range(len(scores)), key=lambda n: -scores[n])
    kept = [n for n in ranked if scores[n] >= NOTE_SPEAKS][:MAX_NOTES] or list(range(len(scores)))[:MAX_NOTES]
    return [procedure.notes[n] for n in sorted(kept)]


def _conditions_asked(ask: Ask, procedure: Procedure) -> list[str]:
    """The conditions that speak of the question; asked how long, also those with a length of time."""
    scores = relevance(ask.said, procedure.requirements)
    timed = Facet.TIME in ask.facets
    return [
        text
        for text, score in zip(procedure.requirements, scores, strict=True)
        if score >= NOTE_SPEAKS or (timed and find_durations(text))
    ]


def _old_record(procedure: Procedure, on: date) -> list[str]:
    if procedure.replaced_by:
        return [f"Thủ tục này đã được thay thế bởi thủ tục {procedure.replaced_by}."]
    if procedure.checked_on and (on - procedure.checked_on).days > 180:
        return [f"Bản ghi được kiểm tra ngày {day(procedure.checked_on)}, quá 180 ngày; cần đối chiếu lại khi nộp."]
    return []


def _follow_ups(procedure: Procedure, shown: list[Facet]) -> tuple[str, ...]:
    questions = {
        Facet.DOSSIER: f"{procedure.name} cần giấy tờ gì?",
        Facet.WHERE: f"{procedure.name} nộp ở đâu?",
        Facet.STEPS: f"Các bước {procedure.name[0].lower()}{procedure.name[1:]}?",
        Facet.BASIS: f"{procedure.name} căn cứ văn bản nào?",
    }
    return tuple(text for facet, text in questions.items() if facet not in shown)[:3]


def card(procedure: Procedure, entry: Entry, marker: int, on: date) -> dict[str, Any]:
    """Thẻ thủ tục for ``troly.card``: every field of the record, printed, each with its source's marker."""
    rows = [
        {"label": SECTIONS[facet][0], "value": "\n".join(sentence(line) for line in lines), "citations": [marker]}
        for facet in SECTIONS
        if facet is not Facet.DOSSIER and (lines := list(_LINES[facet](procedure, on)))
    ]
    return {
        "code": procedure.code,
        "name": procedure.name,
        "checked_on": procedure.checked_on.isoformat() if procedure.checked_on else None,
        "decision": procedure.decision,
        "rows": rows,
        "dossier": [
            {
                "name": item.name,
                "quantity": _quantity(item),
                "condition": item.condition,
                "form": item.form,
                "submit": item.submit,
            }
            for item in procedure.dossier
        ],
        "flags": [flag.message for flag in procedure.flags],
        "url": entry.url or procedure.url,
    }
