"""Fees of a crawled record: the field, its note in brackets and its description are weighed against each other.

The field alone is never trusted: “Miễn phí” stands beside notes that name an amount, and amounts lost their
thousands (“150 VNĐ” for 150.000 đồng). Where they disagree the note's amount is kept, or none, and a flag says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from assistant.ingest.procedures_methods import Doubt, Row, flags_of
from assistant.ingest.procedures_text import CAPITALS, SMALLS, numbers_in, strip_bullet
from assistant.law.procedure import Channel, Fee, FeeKind, Flag

_FREE = "Miễn phí"
_LOST_THOUSANDS = 1000  # no fee in đồng is below this; the portal printed thousands

# “150.000 đồng/lần”, “15000000/lần Đồng”, “02 triệu đồng”, “10USD/giấy”
_MONEY = re.compile(
    r"(?<![\d/.,])(?P<digits>\d{1,3}(?:[.,]\d{3})+|\d{1,9})"
    r"(?: ?/ ?(?P<early>[^\W\d_]+))? ?"
    r"(?P<unit>triệu đồng|nghìn đồng|ngàn đồng|đồng|vnđ|vnd|usd|đô la mỹ|đ)(?!\w)"
    r"(?: ?/ ?(?P<per>[^.;:,()+\n]{1,40}))?",
    re.IGNORECASE,
)
_SCALE = {"triệu đồng": 1_000_000, "nghìn đồng": 1_000, "ngàn đồng": 1_000}
# The note begins with the unit that the amount in the field lacks: “(đồng/lần)”, “(/lần)”.
_PER_ONLY = re.compile(r"^(?:việt nam )?(?:đồng|vnđ|usd)? ?/ ?(?P<per>[^.;:,()+\n]{1,40})", re.IGNORECASE)
_CLAUSE_END = re.compile(
    rf"\s*;\s*|\n|(?<=[{SMALLS})0-9])\.\s+(?=[{CAPITALS}+*-])|\s[-–+*]\s+(?=[{CAPITALS}])|\s{{2,}}(?=Phí)"
)

_TERM = r"(?: (?:phí|lệ phí)(?:(?:,| và) lệ phí)?)?"
# The whole note says that nothing is due.
_NOTHING_DUE = re.compile(
    rf"[-\s]*(?:không(?: có| thu| mất| phải nộp| áp dụng| quy định)?{_TERM}|miễn(?: thu)?{_TERM}"
    r"|(?:phí|lệ phí) ?: ?(?:không|0 đồng))[\s.]*",
    re.IGNORECASE,
)
_EXEMPT = re.compile(r"^\W*(?:được )?(?:miễn(?! phí nộp)|không thu|không phải nộp|không lệ phí)", re.IGNORECASE)
_LOCAL = re.compile(r"hội đồng nhân dân|HĐND|ủy ban nhân dân (?:cấp )?tỉnh[^.;]{0,40}quyết định", re.IGNORECASE)
_FEE_WORD = re.compile(r"(?<!miễn )(lệ phí|(?<!lệ )(?<!chi )(?<!kinh )phí)(?! (?:tổn|vận))", re.IGNORECASE)
_PERCENT = re.compile(r"(?:bằng|giảm|tăng)[^.;\d]{0,40}\d{1,3} ?%", re.IGNORECASE)
# Payment is asked for outside the fee field; “(nếu có)” asks for none.
_DUE_ELSEWHERE = re.compile(
    r"(?:nộp|đóng|thu|thanh toán)(?: đủ| tiền| các khoản)? (?:phí|lệ phí)(?![^.;\n]{0,60}(?:nếu|trường hợp phải))"
    r"|(?:phí|lệ phí)[^.;\n]{0,80}?\d{1,3}(?:\.\d{3})+ ?(?:đ|VNĐ)|mức thu (?:phí|lệ phí)",
    re.IGNORECASE,
)
_DATE = r"(\d{1,2})(?:/|\s*tháng\s*)(\d{1,2})(?:/|\s*năm\s*)(\d{4})"
_FROM = re.compile(rf"(?:kể từ|từ)(?: ngày)? {_DATE}", re.IGNORECASE)
_UNTIL = re.compile(rf"đến(?: hết)?(?: ngày)? {_DATE}", re.IGNORECASE)


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
            if fee.kind is FeeKind.FREE and fee.condition and len(found) > 1:
                exemptions.append(fee.condition)
            else:
                fees.append(fee)
        doubts += [*unsure, *_period_doubts(row, context.on)]
    every = {row.channel for row in rows}
    return FeeReport(_joined(fees, every), tuple(dict.fromkeys(exemptions)), flags_of(doubts))


def _row_fees(row: Row, context: FeeContext) -> tuple[list[Fee], list[Doubt]]:
    clauses = _clauses(row.note)
    if row.fee == _FREE:
        return _free_row(row, clauses, context)
    if not row.fee:
        message = "Bản ghi không công bố mức phí, lệ phí ({where})."
        said = [clause for clause in clauses if _FEE_WORD.search(clause)]
        fee = Fee(FeeKind.UNKNOWN, channel=row.channel, note="; ".join(said))
        return [fee, *_from_clauses(row, clauses, context)], [Doubt("fee_missing", "fees", message, row.channel)]
    return _amount_row(row, clauses, context)


def _clauses(note: str) -> list[str]:
    """Sentences and list items; what ends with a colon leads the items after it."""
    clauses: list[str] = []
    lead = ""
    for part in (strip_bullet(part) for part in _CLAUSE_END.split(note)):
        if part.endswith(":"):
            lead = part
        elif part:
            clauses.append(f"{lead} {part}".strip())
    return clauses or ([lead] if lead else [])


def _free_row(row: Row, clauses: list[str], context: FeeContext) -> tuple[list[Fee], list[Doubt]]:
    """“Miễn phí” holds only where the note is empty or itself says that nothing is due."""
    if _NOTHING_DUE.fullmatch(row.note) or not clauses:
        elsewhere = _DUE_ELSEWHERE.search(row.description) or _DUE_ELSEWHERE.search(context.steps)
        if elsewhere:
            message = f"Trường phí ghi “Miễn phí” ({{where}}) nhưng phần khác của bản ghi nói có thu: “{elsewhere[0]}”."
            return [Fee(FeeKind.UNKNOWN, channel=row.channel)], [
                Doubt("fee_contradicted", "fees", message, row.channel)
            ]
        return [Fee(FeeKind.FREE, channel=row.channel)], _doubt_by_basis(row, context)
    free = [clause for clause in clauses if _EXEMPT.match(clause) and not _MONEY.search(clause)]
    fees = [_free_clause(row, clause) for clause in free]
    fees += _from_clauses(row, clauses, context)
    if len(free) == len(clauses):
        return fees, _doubt_by_basis(row, context)
    rest = [clause for clause in clauses if clause not in free and not _MONEY.search(clause)]
    if any(_LOCAL.search(clause) for clause in rest):
        local = Fee(FeeKind.LOCAL, channel=row.channel, note="; ".join(rest), basis=_basis(rest, row.note))
        fees.append(local)
    elif rest and not any(fee.amount for fee in fees):
        fees.append(Fee(FeeKind.UNKNOWN, channel=row.channel, note="; ".join(rest), basis=_basis(rest, row.note)))
    return fees, _contradiction(row, fees)


def _free_clause(row: Row, clause: str) -> Fee:
    start, end = _period(clause)
    return Fee(FeeKind.FREE, channel=row.channel, condition=clause, valid_from=start, valid_to=end)


def _contradiction(row: Row, fees: list[Fee]) -> list[Doubt]:
    amounts = [_printed(fee) for fee in fees if fee.amount]
    if any(fee.kind is FeeKind.LOCAL for fee in fees):
        message = (
            "Trường phí ghi “Miễn phí” ({where}) nhưng ghi chú nói mức thu do Hội đồng nhân dân cấp tỉnh "
            "quyết định: không kết luận là miễn phí."
        )
        return [Doubt("fee_contradicted", "fees", message, row.channel), _local_doubt()]
    named = f"nêu mức {', '.join(amounts)}" if amounts else "nói đến khoản thu hoặc trường hợp thu khác"
    message = f"Trường phí ghi “Miễn phí” ({{where}}) nhưng ghi chú {named}: không kết luận là miễn phí."
    return [Doubt("fee_contradicted", "fees", message, row.channel)]


def _local_doubt() -> Doubt:
    message = "Mức thu do Hội đồng nhân dân cấp tỉnh quyết định; bản ghi không nêu mức của Thành phố Hồ Chí Minh."
    return Doubt("fee_local", "fees", message)


def _doubt_by_basis(row: Row, context: FeeContext) -> list[Doubt]:
    if not context.fee_texts:
        return []
    texts = ", ".join(context.fee_texts)
    message = (
        f"Trường phí ghi “Miễn phí” nhưng căn cứ của bản ghi có văn bản về mức thu ({texts}); nên hỏi lại nơi nộp."
    )
    return [Doubt("field_note_differ", "fees", message, row.channel)]


def _amount_row(row: Row, clauses: list[str], context: FeeContext) -> tuple[list[Fee], list[Doubt]]:
    number, currency = _field_amount(row.fee)
    named = _from_clauses(row, clauses, context)
    known = {(fee.amount, fee.currency) for fee in named}
    lost = currency == "VND" and number < _LOST_THOUSANDS
    if not row.glued and not lost and (number, currency) in known:
        return named, []
    if not row.glued and not lost and not named:
        return [_field_fee(row, number, currency, context)], _percent_doubts(row) + _local_too(row)
    if named:
        return named, [Doubt("fee_contradicted", "fees", _disagreement(row, named), row.channel)]
    message = (
        f"Bản ghi in mức thu “{row.fee}” ({{where}}): thiếu chữ số hoặc dính với thời hạn, "
        "không đọc được thành số tiền chắc chắn."
    )
    fee = Fee(_kind(row.note, context)[0], channel=row.channel, condition=row.note, basis=_basis(clauses, row.note))
    return [fee], [Doubt("fee_contradicted", "fees", message, row.channel)]


def _disagreement(row: Row, named: list[Fee]) -> str:
    amounts = ", ".join(dict.fromkeys(_printed(fee) for fee in named))
    return (
        f"Trường phí ghi “{row.fee}” ({{where}}) nhưng ghi chú của bản ghi nêu {amounts}; "
        "mức hiển thị là mức trong ghi chú, cần hỏi lại nơi nộp."
    )


def _field_fee(row: Row, number: int, currency: str, context: FeeContext) -> Fee:
    kind, doubt = _kind(row.note, context)
    unit = _PER_ONLY.match(row.note)
    start, end = _period(row.note) if not _EXEMPT.search(row.note) and "iễn" not in row.note else (None, None)
    return Fee(
        kind,
        amount=number,
        currency=currency,
        per=unit["per"].strip() if unit else "",
        channel=row.channel,
        condition="" if unit else row.note,
        basis=_basis([row.note], row.note),
        valid_from=start,
        valid_to=end,
        note=(row.note if unit and unit.end() < len(row.note) else "") or doubt,
    )


def _percent_doubts(row: Row) -> list[Doubt]:
    percent = _PERCENT.search(row.note)
    if not percent:
        return []
    message = f"Mức “{row.fee}” ({{where}}) kèm ghi chú “{percent[0]}”: số phải nộp có thể khác."
    return [Doubt("field_note_differ", "fees", message, row.channel)]


def _local_too(row: Row) -> list[Doubt]:
    return [_local_doubt()] if _LOCAL.search(row.note) else []


def _from_clauses(row: Row, clauses: list[str], context: FeeContext) -> list[Fee]:
    """One fee for every amount that the note names."""
    fees = []
    for clause in clauses:
        for match in _MONEY.finditer(clause):
            before = clause[: match.start()]
            if match["unit"].lower() == "đ" and not match["per"] and "phí" not in clause.lower() and len(clause) > 200:
                continue  # “điểm đ” and the like in a long sentence
            start, end = _period(clause)
            kind, doubt = _kind(before or clause, context)
            fee = Fee(
                kind,
                amount=_amount(match),
                currency=_currency(match["unit"]),
                per=(match["per"] or match["early"] or "").strip(),
                channel=row.channel,
                condition=before.strip(" :(-=>").removesuffix(" thu").strip(" :"),
                basis=_basis([clause], row.note),
                valid_from=start,
                valid_to=end,
                note=clause if clause != match[0] else doubt,
            )
            fees.append(fee)
    if fees and _PERCENT.search(row.note):
        fees = [replace(fee, note=row.note) for fee in fees]
    return fees


def _amount(match: re.Match[str]) -> int:
    digits = int(re.sub(r"[.,]", "", match["digits"]))
    return digits * _SCALE.get(match["unit"].lower(), 1)


def _currency(unit: str) -> str:
    return "USD" if unit.lower() in ("usd", "đô la mỹ") else "VND"


def _field_amount(fee: str) -> tuple[int, str]:
    digits, _, unit = fee.partition(" ")
    return int(re.sub(r"[.,]", "", digits)), _currency(unit)


def _printed(fee: Fee) -> str:
    amount = f"{fee.amount:,}".replace(",", ".")
    return f"{amount} {'đồng' if fee.currency == 'VND' else fee.currency}"


def _kind(text: str, context: FeeContext) -> tuple[FeeKind, str]:
    """(phí or lệ phí by the word nearest before the amount, a doubt where the record uses neither)."""
    words = [match[1].lower() for match in _FEE_WORD.finditer(text)]
    if words:
        return (FeeKind.CHARGE if words[-1] == "lệ phí" else FeeKind.FEE), ""
    if context.usual:
        return context.usual, ""
    return FeeKind.FEE, "Bản ghi không nói rõ là phí hay lệ phí."


def usual_kind(*texts: str) -> FeeKind | None:
    """The kind that a record's own words agree on; None where it uses both or neither."""
    words = {match[1].lower() for text in texts for match in _FEE_WORD.finditer(text)}
    if words == {"lệ phí"}:
        return FeeKind.CHARGE
    return FeeKind.FEE if words == {"phí"} else None


def _basis(clauses: list[str], note: str) -> str:
    here = numbers_in(" ".join(clauses))
    every = numbers_in(note)
    return "; ".join(here or (every if len(every) == 1 else ()))


def _period(text: str) -> tuple[date | None, date | None]:
    return _first_date(_FROM, text), _first_date(_UNTIL, text)


def _first_date(pattern: re.Pattern[str], text: str) -> date | None:
    match = pattern.search(text)
    try:
        return date(int(match[3]), int(match[2]), int(match[1])) if match else None
    except ValueError:  # 31/02: left unread, the note keeps it
        return None


def _period_doubts(row: Row, on: date) -> list[Doubt]:
    """Every period that the note names: over, or about to end with the amount."""
    doubts = []
    for match in _UNTIL.finditer(row.note):
        end = _first_date(_UNTIL, match[0])
        if end is None:
            continue
        day = f"{end:%d/%m/%Y}"
        if end < on:
            message = f"Ghi chú về mức thu ({{where}}) chỉ áp dụng đến hết {day}, đã qua."
            doubts.append(Doubt("fee_period_over", "fees", message, row.channel))
        else:
            message = f"Mức thu trong ghi chú ({{where}}) chỉ áp dụng đến hết {day}."
            doubts.append(Doubt("field_note_differ", "fees", message, row.channel))
    return doubts


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
