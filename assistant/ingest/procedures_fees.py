"""Fees of a crawled record: the field, its note in brackets and its description are weighed against each other.

The field alone is never trusted: “Miễn phí” stands beside notes that name an amount, and amounts lost their
thousands (“150 VNĐ” for 150.000 đồng). Where they disagree the note's amount is kept, or none, and a flag says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from assistant.ingest import procedures_fee_doubts as say
from assistant.ingest.procedures_clauses import clauses_of, split_exemption
from assistant.ingest.procedures_doubts import (
    Doubt,
    flags_of,
    has_percent,
    percent_doubts,
    period_doubts,
    rows_doubts,
    unread_doubts,
)
from assistant.ingest.procedures_methods import FREE, Row
from assistant.ingest.procedures_money import completed, field_money, has_money, kind_in, money_in, period_in
from assistant.ingest.procedures_text import numbers_in, strip_bullet
from assistant.law.procedure import Channel, Fee, FeeKind, Flag

_LOST_THOUSANDS = 1000  # no fee in đồng is below this; the portal printed thousands
_SLIP = 100  # field and note that differ by this factor: a slip of zeros in one of them
# An amount beside a temporary one of the same kind.
OUTSIDE = "ngoài thời gian áp dụng mức tạm thời"

_TERM = r"(?: (?:phí|lệ phí)(?:(?:,| và) lệ phí)?)?"
# The whole note says that nothing is due.
_NOTHING_DUE = re.compile(
    rf"[-\s]*(?:không(?: có| thu| mất| phải nộp| áp dụng| quy định)?{_TERM}|miễn(?: thu)?{_TERM}"
    r"|(?:phí|lệ phí) ?: ?(?:không|0 đồng))[\s.]*",
    re.IGNORECASE,
)
_EXEMPT = re.compile(r"^\W*(?:được )?(?:miễn|không thu|không phải nộp|không lệ phí)", re.IGNORECASE)
# An exemption of some persons leaves open what the others pay.
_FOR_PERSONS = re.compile(
    r"(?:đối với|cho) (?:những |các )?(?:trường hợp sau|người|hộ|đối tượng|gia đình)", re.IGNORECASE
)
# The note is the unit of the field's amount: “1 lần”, “hồ sơ”, “đ/lần cấp”, “01 sản phẩm/01 mục đích/01 lần”.
_UNIT = re.compile(
    r"\W*(?:đ\w*/)?((?:0?1 )?(?:lần(?: cấp)?|hồ sơ|bản|giấy|thẻ|sản phẩm)(?:/(?:0?1 )?[^\W\d_]+(?: [^\W\d_]+)?)*)\W*",
    re.IGNORECASE,
)
# The amount said again in words.
_IN_WORDS = re.compile(r"\([^()\d]{3,80}đồng\)\s*", re.IGNORECASE)
# A note that tells how the amount is set or where it is paid, not for which case.
_A_CASE = re.compile(r"\b(?:dưới|trên|đối với|trường hợp)\b", re.IGNORECASE)
_NO_CASE = re.compile(
    r"theo quy định|mức (?:thu|phí|lệ phí)|^\W*(?:phí, lệ phí\W*$|phí ?: ?đồng|quy định (?:tại )?thông tư)"
    r"|hình thức nộp|nộp hồ sơ trực tiếp tại|thời điểm nộp",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FeeReport:
    """What the rows say about money. ``exemptions`` are sentences on who pays nothing."""

    fees: tuple[Fee, ...]
    exemptions: tuple[str, ...]
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class FeeContext:
    """What else the record says: ``steps`` may ask for payment, ``fee_texts`` are circulars on fees in its bases."""

    on: date
    steps: str = ""
    fee_texts: tuple[str, ...] = ()
    usual: FeeKind | None = None  # the word the record uses when a row uses none


def fees_of(rows: tuple[Row, ...], context: FeeContext) -> FeeReport:
    fees: list[Fee] = []
    exemptions: list[str] = []
    doubts: list[Doubt] = []
    for row in rows:
        found, unsure = _row_fees(row, context)
        others = any(fee.kind is not FeeKind.FREE for fee in found)
        for fee in found:
            if fee.kind is FeeKind.FREE and fee.condition and others:
                exemptions.append(fee.condition)
            else:
                fees.append(fee)
        if row.fee != FREE or any(fee.amount for fee in found):
            exemptions += [freed for clause in clauses_of(row.note) if (freed := split_exemption(clause)[1])]
        doubts += [*unsure, *period_doubts(row, context.on), *unread_doubts(row, found, unsure)]
    doubts += rows_doubts(rows, fees)
    every = {row.channel for row in rows}
    return FeeReport(_joined(fees, every), tuple(dict.fromkeys(exemptions)), flags_of(dict.fromkeys(doubts)))


def _row_fees(row: Row, context: FeeContext) -> tuple[list[Fee], list[Doubt]]:
    clauses = clauses_of(row.note)
    if row.fee == FREE:
        fees, doubts = _free_row(row, clauses, context)
    elif row.fee:
        fees, doubts = _amount_row(row, clauses, context)
    else:
        fees = _from_clauses(row, clauses, context)
        said = "; ".join(clause for clause in clauses if kind_in(clause))
        doubts = say.missing(row, from_text=bool(fees))
        if line := "" if fees else say.local_line(row):
            fees, doubts = [Fee(FeeKind.LOCAL, channel=row.channel, note=line)], [*doubts, say.local_doubt()]
        fees = fees or [Fee(FeeKind.UNKNOWN, channel=row.channel, note=said)]
    return fees, doubts + percent_doubts(row, doubts)


def _free_row(row: Row, clauses: list[str], context: FeeContext) -> tuple[list[Fee], list[Doubt]]:
    """“Miễn phí” holds only where the note is empty or itself says that nothing is due."""
    if _NOTHING_DUE.fullmatch(row.note) or not clauses:
        if line := say.local_line(row):
            fees = [Fee(FeeKind.LOCAL, channel=row.channel, note=line)]
            return fees, say.contradiction(row, fees)
        due = say.due_elsewhere(row, context.steps)
        kind = FeeKind.UNKNOWN if due else FeeKind.FREE
        return [Fee(kind, channel=row.channel)], due or say.by_basis(row, context.fee_texts)
    free = [clause for clause in clauses if _EXEMPT.match(clause) and not has_money(clause)]
    fees = [_free_clause(row, clause) for clause in free]
    if len(free) == len(clauses):
        if any(_FOR_PERSONS.search(clause) for clause in free):
            fees.append(Fee(FeeKind.UNKNOWN, channel=row.channel))
            return fees, say.contradiction(row, fees)
        return fees, say.by_basis(row, context.fee_texts)
    fees += _from_clauses(row, clauses, context)
    rest = [clause for clause in clauses if clause not in free and not has_money(clause)]
    if any(say.is_local(clause) for clause in rest):
        fees.append(Fee(FeeKind.LOCAL, channel=row.channel, note="; ".join(rest), basis=_basis(rest, row.note)))
    elif rest and not any(fee.amount for fee in fees):
        fees.append(Fee(FeeKind.UNKNOWN, channel=row.channel, note="; ".join(rest), basis=_basis(rest, row.note)))
    return fees, say.contradiction(row, fees)


def _free_clause(row: Row, clause: str) -> Fee:
    start, end = period_in(clause)
    condition = "" if _NOTHING_DUE.fullmatch(clause) else clause
    return Fee(FeeKind.FREE, channel=row.channel, condition=condition.lstrip("( "), valid_from=start, valid_to=end)


def _amount_row(row: Row, clauses: list[str], context: FeeContext) -> tuple[list[Fee], list[Doubt]]:
    number, currency = field_money(row.fee)
    legible = not row.glued and not (currency == "VND" and number < _LOST_THOUSANDS)
    if legible:
        clauses = clauses_of(completed(row.fee, row.note))
    named = _from_clauses(row, clauses, context)
    local = [say.local_doubt()] if say.is_local(row.note) else []
    lasting = [fee.amount or 0 for fee in named if not fee.valid_to]
    if legible and (sum(lasting) == number or any((fee.amount, fee.currency) == (number, currency) for fee in named)):
        return named, local
    if legible and not named:
        return [_field_fee(row, number, currency, context)], local + say.lost_digits(row)
    if legible and all(fee.valid_to and fee.amount and fee.amount < number for fee in named):
        base = Fee(named[0].kind, number, currency, named[0].per, row.channel, condition=OUTSIDE, note=named[0].note)
        return [replace(base, note=""), *named], local
    if named and not _credible(row, number, named):
        return [replace(fee, amount=None) for fee in named], say.incredible(row)
    if named:
        return named, say.differing(row, named)
    kind = kind_in(row.note) or context.usual or FeeKind.UNKNOWN
    fee = Fee(kind, channel=row.channel, condition=strip_bullet(row.note), basis=_basis(clauses, row.note))
    return [fee], say.unreadable(row)


def _credible(row: Row, number: int, named: list[Fee]) -> bool:
    """Does the note explain the field: its lost thousands, or another amount that is no slip of zeros?"""
    amounts = {fee.amount for fee in named if fee.amount}
    if row.glued or number < _LOST_THOUSANDS:
        digits = str(number)
        tails = {int(digits[start:]) for start in range(len(digits))} if row.glued else {number}
        return any(tail * 1000 in amounts or tail in amounts for tail in tails)
    return all(amount * _SLIP > number and number * _SLIP > amount for amount in amounts)


def _field_fee(row: Row, number: int, currency: str, context: FeeContext) -> Fee:
    """The field's amount, where its note names none."""
    clauses = clauses_of(row.note)
    text = _IN_WORDS.sub("", "; ".join(kept for clause in clauses if (kept := split_exemption(clause)[0])))
    kind, doubt = _kind(row.note, context)
    shared = has_percent(text)  # the period and the text are those of the share
    start, end = (None, None) if shared else period_in(text)
    unit = _UNIT.fullmatch(text)
    told = bool(numbers_in(text) or _NO_CASE.search(text))
    return Fee(
        kind,
        amount=number,
        currency=currency,
        per=unit[1] if unit else "",
        channel=row.channel,
        condition="" if unit or told else text.rstrip(": "),
        basis="" if shared else _basis([text], text),
        valid_from=start,
        valid_to=end,
        note="; ".join(filter(None, [text if told else "", doubt])),
    )


def _from_clauses(row: Row, clauses: list[str], context: FeeContext) -> list[Fee]:
    """One fee for every amount that the note names."""
    fees: list[Fee] = []
    ahead: list[str] = []
    for clause in clauses:
        plain, _ = split_exemption(clause)  # the dates of an exemption are not the amount's
        if plain and not has_money(plain):
            if fees:
                fees[-1] = _with_remark(fees[-1], plain, alone=len(fees) == 1)
            elif "phí" in plain.lower() and not numbers_in(plain):
                ahead.append(plain.rstrip(" ."))
        start, end = period_in(plain)
        for money in money_in(plain):
            kind, doubt = _kind(money.before or clause, context)
            fee = Fee(
                kind,
                amount=money.amount,
                currency=money.currency,
                per=money.per,
                channel=row.channel,
                condition=money.case,
                basis=_basis([plain], row.note),
                valid_from=start,
                valid_to=end,
                note=doubt if money.whole else clause.rstrip(" ."),
            )
            fees.append(fee)
    if fees and ahead:
        fees[0] = replace(fees[0], note="; ".join([*ahead, fees[0].note]).rstrip("; "))
    if fees and has_percent(row.note) and any(fee.amount for fee in fees):
        fees = [replace(fee, note=row.note) for fee in fees]
    return _beside_temporary(fees)


def _with_remark(fee: Fee, clause: str, *, alone: bool) -> Fee:
    """What follows an amount in a sentence of its own: its case, or a remark."""
    if alone and not fee.condition and _A_CASE.search(clause) and not (has_percent(clause) or numbers_in(clause)):
        return replace(fee, condition=clause.rstrip(" ."))
    return replace(fee, note="; ".join(filter(None, [fee.note.rstrip(" .;"), clause.rstrip(" .")])))


def _beside_temporary(fees: list[Fee]) -> list[Fee]:
    """An amount without a case beside a temporary one of its kind holds when the other does not."""
    temporary = {fee.kind for fee in fees if fee.valid_to}
    return [
        replace(fee, condition=OUTSIDE)
        if fee.amount and fee.kind in temporary and not (fee.valid_to or fee.condition)
        else fee
        for fee in fees
    ]


def _kind(text: str, context: FeeContext) -> tuple[FeeKind, str]:
    """(kind, a doubt where the record uses neither word)."""
    kind = kind_in(text) or context.usual
    return (kind, "") if kind else (FeeKind.FEE, "Bản ghi không nói rõ là phí hay lệ phí.")


def _basis(clauses: list[str], note: str) -> str:
    """The texts that the clauses name; else the only one of the note, unless it sets a temporary amount or a share."""
    here = numbers_in(" ".join(clauses))
    every = numbers_in(note)
    if here or len(every) != 1:
        return "; ".join(here)
    named = next((clause for clause in clauses_of(note) if every[0] in numbers_in(clause)), "")
    bound = any(period_in(named)) or has_percent(named) or split_exemption(named)[1]
    return "" if bound else every[0]


def _joined(fees: list[Fee], every: set[Channel]) -> tuple[Fee, ...]:
    """Fees that every channel shares are said once (channel None)."""
    groups: dict[Fee, set[Channel | None]] = {}
    for fee in fees:
        groups.setdefault(replace(fee, channel=None), set()).add(fee.channel)
    kept: dict[Fee, None] = {}
    for fee in fees:
        general = replace(fee, channel=None)
        kept[general if groups[general] == every and len(every) > 1 else fee] = None
    return tuple(kept)
