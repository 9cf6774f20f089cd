"""What the record of a procedure says, side by side of it, as printed lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from assistant.answer.compose.part import day, money
from assistant.answer.turn import Facet
from assistant.index.values import Entry
from assistant.ingest.procedures import from_json
from assistant.law.procedure import Channel, DossierItem, Fee, FeeKind, Procedure, TimeLimit, printed_bases

MAX_BASES = 6
MAX_FEES = 2  # of a procedure that is only named
_NUMBER = re.compile(r"\d")

T = TypeVar("T", TimeLimit, Fee)


def _dossier_lines(procedure: Procedure, _on: date) -> Iterable[str]:
    for item in procedure.dossier:
        shown = "" if item.submit else "Xuất trình: "
        form = f", {item.form.strip()}" if item.form and item.form not in item.name else ""
        yield shown + item.name.rstrip(". ;") + form + quantity(item, brackets=True) + _condition(item.condition)


def quantity(item: DossierItem, *, brackets: bool = False) -> str:
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


LINES: dict[Facet, Callable[[Procedure, date], Iterable[str]]] = {
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
