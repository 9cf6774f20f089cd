"""Fees of a crawled record: the field, its note in brackets and its description are weighed against each other.

The field alone is never trusted: “Miễn phí” stands beside notes that name an amount, and amounts lost their
thousands (“150 VNĐ” for 150.000 đồng). Where they disagree the note's amount is kept, or none, and a flag says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from assistant.ingest.procedures_doubts import Doubt, bare_amounts, flags_of, lost_rows, percent_doubts, period_doubts
from assistant.ingest.procedures_methods import FREE, Row
from assistant.ingest.procedures_money import (
    clauses_of,
    completed,
    field_money,
    has_money,
    kind_in,
    money_in,
    period_in,
)
from assistant.ingest.procedures_text import numbers_in, strip_bullet
from assistant.law.procedure import Channel, Fee, FeeKind, Flag

_LOST_THOUSANDS = 1000  # no fee in đồng is below this; the portal printed thousands
_QUOTED = 160  # characters of a note that a warning quotes

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
# Not the title of Thông tư 64/2025/TT-BTC: “quy định mức thu, miễn một số khoản phí, lệ phí …”.
_EXEMPT_INSIDE = re.compile(r"\(?\bmiễn\b(?! một số khoản)[^()]*\)?", re.IGNORECASE)
_LOCAL = re.compile(
    r"hội đồng nhân dân|HĐND|(?:ủy ban nhân dân|UBND) (?:cấp )?tỉnh[^.;]{0,40}(?:quyết định|quy định)", re.IGNORECASE
)
# Payment is asked for outside the fee field; “(nếu có)” asks for none.
_DUE_ELSEWHERE = re.compile(
    r"(?:(?:nộp|đóng|thanh toán)(?: đủ| tiền| các khoản)? (?:phí|lệ phí)|thu lệ phí)"
    r"(?![^.;\n]{0,60}(?:nếu|trường hợp phải))"
    r"|(?:phí|lệ phí)[^.;\n]{0,80}?\d{1,3}(?:\.\d{3})+ ?(?:đ|VNĐ)|mức thu (?:phí|lệ phí)",
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
        for fee in found:
            others = any(one.kind is not FeeKind.FREE for one in found)
            if fee.kind is FeeKind.FREE and fee.condition and others:
                exemptions.append(fee.condition)
            else:
                fees.append(fee)
        if row.fee != FREE:
            exemptions += [match[0].strip("() ") for match in _EXEMPT_INSIDE.finditer(row.note)]
        doubts += [*unsure, *period_doubts(row, context.on)]
    doubts += lost_rows(rows)
    every = {row.channel for row in rows}
    return FeeReport(_joined(fees, every), tuple(dict.fromkeys(exemptions)), flags_of(doubts))


def _row_fees(row: Row, context: FeeContext) -> tuple[list[Fee], list[Doubt]]:
    clauses = clauses_of(row.note)
    if row.fee == FREE:
        return _free_row(row, clauses, context)
    if row.fee:
        return _amount_row(row, clauses, context)
    message = "Bản ghi không công bố mức phí, lệ phí ({where})."
    said = "; ".join(clause for clause in clauses if kind_in(clause))
    fee = Fee(FeeKind.UNKNOWN, channel=row.channel, note=said)
    return [fee, *_from_clauses(row, clauses, context)], [Doubt("fee_missing", "fees", message, row.channel)]


def _free_row(row: Row, clauses: list[str], context: FeeContext) -> tuple[list[Fee], list[Doubt]]:
    """“Miễn phí” holds only where the note is empty or itself says that nothing is due."""
    if _NOTHING_DUE.fullmatch(row.note) or not clauses:
        elsewhere = _DUE_ELSEWHERE.search(row.description) or _DUE_ELSEWHERE.search(context.steps)
        if elsewhere:
            message = f"Trường phí ghi “Miễn phí” ({{where}}) nhưng phần khác của bản ghi nói có thu: “{elsewhere[0]}”."
            doubt = Doubt("fee_contradicted", "fees", message, row.channel)
            return [Fee(FeeKind.UNKNOWN, channel=row.channel)], [doubt]
        return [Fee(FeeKind.FREE, channel=row.channel)], _doubt_by_basis(row, context)
    free = [clause for clause in clauses if _EXEMPT.match(clause) and not has_money(clause)]
    fees = [_free_clause(row, clause) for clause in free]
    if len(free) == len(clauses):
        if any(_FOR_PERSONS.search(clause) for clause in free):
            fees.append(Fee(FeeKind.UNKNOWN, channel=row.channel))
            return fees, _contradiction(row, fees)
        return fees, _doubt_by_basis(row, context)
    fees += _from_clauses(row, clauses, context)
    rest = [clause for clause in clauses if clause not in free and not has_money(clause)]
    if any(_LOCAL.search(clause) for clause in rest):
        fees.append(Fee(FeeKind.LOCAL, channel=row.channel, note="; ".join(rest), basis=_basis(rest, row.note)))
    elif rest and not any(fee.amount for fee in fees):
        fees.append(Fee(FeeKind.UNKNOWN, channel=row.channel, note="; ".join(rest), basis=_basis(rest, row.note)))
    return fees, _contradiction(row, fees)


def _free_clause(row: Row, clause: str) -> Fee:
    start, end = period_in(clause)
    condition = "" if _NOTHING_DUE.fullmatch(clause) else clause
    return Fee(FeeKind.FREE, channel=row.channel, condition=condition, valid_from=start, valid_to=end)


def _contradiction(row: Row, fees: list[Fee]) -> list[Doubt]:
    amounts = ", ".join(dict.fromkeys(_printed(fee) for fee in fees if fee.amount))
    if any(fee.kind is FeeKind.LOCAL for fee in fees):
        message = (
            "Trường phí ghi “Miễn phí” ({where}) nhưng ghi chú nói mức thu do chính quyền cấp tỉnh "
            "quyết định: không kết luận là miễn phí."
        )
        return [Doubt("fee_contradicted", "fees", message, row.channel), _local_doubt()]
    if amounts:
        said = f"nêu mức {amounts}"
    else:
        quoted = row.note[:_QUOTED] + ("…" if len(row.note) > _QUOTED else "")
        said = f"của bản ghi là “{quoted}”".replace("{", "(").replace("}", ")")
    message = f"Trường phí ghi “Miễn phí” ({{where}}) nhưng ghi chú {said}: không kết luận là miễn phí."
    return [Doubt("fee_contradicted", "fees", message, row.channel)]


def _local_doubt() -> Doubt:
    message = "Mức thu do chính quyền cấp tỉnh quyết định; bản ghi không nêu mức của Thành phố Hồ Chí Minh."
    return Doubt("fee_local", "fees", message)


def _doubt_by_basis(row: Row, context: FeeContext) -> list[Doubt]:
    if not context.fee_texts:
        return []
    texts = ", ".join(context.fee_texts)
    message = (
        f"Trường phí ghi “Miễn phí” ({{where}}) nhưng căn cứ của bản ghi có văn bản về mức thu ({texts}); "
        "nên hỏi lại nơi nộp."
    )
    return [Doubt("field_note_differ", "fees", message, row.channel)]


def _amount_row(row: Row, clauses: list[str], context: FeeContext) -> tuple[list[Fee], list[Doubt]]:
    number, currency = field_money(row.fee)
    unreadable = row.glued or (currency == "VND" and number < _LOST_THOUSANDS)
    if not unreadable:
        clauses = clauses_of(completed(row.fee, row.note))
    named = _from_clauses(row, clauses, context)
    known = {(fee.amount, fee.currency) for fee in named}
    if not unreadable and (number, currency) in known:
        return named, percent_doubts(row) + _local_too(row)
    if not unreadable and not named:
        doubts = percent_doubts(row) + _local_too(row) + bare_amounts(row, number) + _unread_note(row)
        return [_field_fee(row, number, currency, context)], doubts
    if named and not _credible(row, number, named):
        named = [replace(fee, amount=None) for fee in named]
        message = (
            f"Trường phí ghi “{row.fee}” ({{where}}) còn ghi chú của bản ghi là “{row.note[:_QUOTED]}”: "
            "hai số không khớp, không số nào chắc chắn."
        )
        return named, [Doubt("fee_contradicted", "fees", message, row.channel)]
    if named:
        return named, [Doubt("fee_contradicted", "fees", _disagreement(row, named), row.channel)]
    message = (
        f"Bản ghi in mức thu “{row.fee}” ({{where}}): thiếu chữ số hoặc dính với thời hạn, "
        "không đọc được thành số tiền chắc chắn."
    )
    kind = kind_in(row.note) or context.usual or FeeKind.UNKNOWN
    fee = Fee(kind, channel=row.channel, condition=strip_bullet(row.note), basis=_basis(clauses, row.note))
    return [fee], [Doubt("fee_contradicted", "fees", message, row.channel)]


def _credible(row: Row, number: int, named: list[Fee]) -> bool:
    """Does the note explain the field: its lost thousands, or another amount that is no slip of three zeros?"""
    amounts = {fee.amount for fee in named}
    if row.glued or number < _LOST_THOUSANDS:
        digits = str(number)
        tails = {int(digits[start:]) for start in range(len(digits))} if row.glued else {number}
        return any(tail * 1000 in amounts or tail in amounts for tail in tails)
    return number * 1000 not in amounts and number // 1000 not in amounts


def _disagreement(row: Row, named: list[Fee]) -> str:
    amounts = ", ".join(dict.fromkeys(_printed(fee) for fee in named))
    return (
        f"Trường phí ghi “{row.fee}” ({{where}}) nhưng ghi chú của bản ghi nêu {amounts}; "
        "mức hiển thị là mức trong ghi chú, cần hỏi lại nơi nộp."
    )


def _field_fee(row: Row, number: int, currency: str, context: FeeContext) -> Fee:
    kind, doubt = _kind(row.note, context)
    timed = not _EXEMPT_INSIDE.search(row.note)
    start, end = period_in(row.note) if timed else (None, None)
    return Fee(
        kind,
        amount=number,
        currency=currency,
        channel=row.channel,
        condition=strip_bullet(_EXEMPT_INSIDE.sub("", row.note)).strip("() "),
        basis=_basis([row.note], row.note) if timed else "",
        valid_from=start,
        valid_to=end,
        note=doubt,
    )


def _unread_note(row: Row) -> list[Doubt]:
    """“50,000 Việt Nam Đồng(0.000đ/giấy)”: the note's amount lost its digits."""
    if not has_money(row.note):
        return []
    message = (
        f"Ghi chú của bản ghi ({{where}}) in mức thu thiếu chữ số (“{row.note[:40]}…”); "
        f"mức hiển thị là của trường phí (“{row.fee}”), cần hỏi lại nơi nộp."
    )
    return [Doubt("fee_contradicted", "fees", message, row.channel)]


def _local_too(row: Row) -> list[Doubt]:
    return [_local_doubt()] if _LOCAL.search(row.note) else []


def _from_clauses(row: Row, clauses: list[str], context: FeeContext) -> list[Fee]:
    """One fee for every amount that the note names."""
    fees = []
    for clause in clauses:
        plain = _EXEMPT_INSIDE.sub("", clause)  # the dates of an exemption are not the amount's
        start, end = period_in(plain)
        for money in money_in(clause):
            kind, doubt = _kind(money.before or clause, context)
            fee = Fee(
                kind,
                amount=None if money.share else money.amount,
                currency=money.currency,
                per=money.per,
                channel=row.channel,
                condition=money.case,
                basis=_basis([plain], _EXEMPT_INSIDE.sub("", row.note)),
                valid_from=start,
                valid_to=end,
                note=doubt if money.whole and not money.share else clause.rstrip(" ."),
            )
            fees.append(fee)
    if fees and percent_doubts(row):
        fees = [replace(fee, note=row.note) for fee in fees]
    return fees


def _printed(fee: Fee) -> str:
    if fee.amount is None:
        return "một phần của mức ghi trong ghi chú"
    amount = f"{fee.amount:,}".replace(",", ".")
    return f"{amount} {'đồng' if fee.currency == 'VND' else fee.currency}"


def _kind(text: str, context: FeeContext) -> tuple[FeeKind, str]:
    """(kind, a doubt where the record uses neither word)."""
    kind = kind_in(text) or context.usual
    return (kind, "") if kind else (FeeKind.FEE, "Bản ghi không nói rõ là phí hay lệ phí.")


def _basis(clauses: list[str], note: str) -> str:
    here = numbers_in(" ".join(clauses))
    every = numbers_in(note)
    return "; ".join(here or (every if len(every) == 1 else ()))


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
