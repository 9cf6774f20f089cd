"""Amounts, units, periods and the words phí / lệ phí inside the notes of crawled records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.ingest.procedures_text import CAPITALS, SMALLS, strip_bullet
from assistant.law.procedure import FeeKind

# “150.000 đồng/lần”, “15000000/lần Đồng”, “02 triệu đồng”, “10USD/giấy”
_MONEY = re.compile(
    r"(?<![\d/.,])(?P<digits>\d{1,3}(?:[.,]\d{3})+|\d{1,9})"
    r"(?: ?/ ?(?P<early>[^\W\d_]+))? ?"
    r"(?P<unit>triệu đồng|nghìn đồng|ngàn đồng|đồng|vnđ|vnd|usd|đô la mỹ|đ)(?!\w)"
    r"(?: ?/ ?(?P<per>[^.;:,()+\n]{1,40}))?"
    r"(?: ?\((?P<after>[^()\d]{3,150})\))?",  # “(Sát hạch thực hành)”: the case, where it holds no number or date
    re.IGNORECASE,
)
_SCALE = {"triệu đồng": 1_000_000, "nghìn đồng": 1_000, "ngàn đồng": 1_000}
# The note begins with the unit that the amount in the field lacks: “(đồng/lần)”, “(/lần)”.
_UNIT_ONLY = re.compile(r"^\W{0,2}(?:(?:việt nam )?(?:đ[ồô]ng|vnđ|usd)\b|(?=/))", re.IGNORECASE)
_CASE_AFTER = re.compile(r" ?(?:đối với|cho|với|trong|khi|nếu|kể từ|từ ngày) | miễn\b", re.IGNORECASE)
_LEAD_END = re.compile(r"[\s:]*(?:(?:mức )?thu|là|:)?[\s:]*$")
_BY_RULE = re.compile(r"theo (?:quy định|thông tư|nghị định)\b", re.IGNORECASE)  # the basis says it
_SHARE = re.compile(r"\d ?% (?:của |mức |trên )[^.;\d]{0,40}$", re.IGNORECASE)
_BOUND = re.compile(r"(?:tối thiểu|không dưới|tối đa|không quá)[^\d]{0,20}$", re.IGNORECASE)
_CLAUSE_END = re.compile(
    rf"\s*;\s*|\n|(?<=[{SMALLS})0-9])\.\s+(?=[{CAPITALS}+*-])|\s[-–+*]\s+(?=[{CAPITALS}])|\s+(?=Phí ?: ?\d)"
    r"|\s*\((?=áp dụng mức)"
)
_FEE_WORD = re.compile(r"(?<!miễn )(lệ phí|(?<!lệ )(?<!chi )(?<!kinh )phí)(?! (?:tổn|vận))", re.IGNORECASE)
_DATE = r"(\d{1,2})(?:/|\s*tháng\s*)(\d{1,2})(?:/|\s*năm\s*)(\d{4})"
_FROM = re.compile(rf"(?:kể từ|từ)(?: ngày)? {_DATE}", re.IGNORECASE)
_UNTIL = re.compile(rf"đến(?: hết)?(?: ngày)? {_DATE}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount found in a note: “Lệ phí: 10.000 đồng/lần đối với …” has the case on both sides."""

    amount: int
    currency: str
    per: str
    case: str
    before: str  # the clause up to the amount
    whole: bool  # the clause holds nothing else
    share: bool = False  # “20% của 11.000.000 đồng”: a part of the amount is due


def money_in(clause: str) -> Iterator[Money]:
    """Every amount of a clause; a minimum or maximum beside an amount stays in the note only."""
    matches = list(_MONEY.finditer(clause))
    for match in matches:
        before = clause[: match.start()]
        if len(matches) > 1 and _BOUND.search(before):
            continue
        if not int(re.sub(r"[.,]", "", match["digits"])) and len(match["digits"]) > 1:
            continue  # “0.000đ”: digits were lost
        unit, case = _per(match["per"] or match["early"] or "")
        lead = _LEAD_END.sub("", strip_bullet(before).strip(" :(=>*"))
        digits = int(re.sub(r"[.,]", "", match["digits"])) * _SCALE.get(match["unit"].lower(), 1)
        lead = "" if lead.lower() in ("phí", "lệ phí") or _BY_RULE.match(lead) else lead
        case = " ".join(filter(None, [lead, case, (match["after"] or "").strip()]))
        whole, share = match[0].strip() == clause.strip(" ."), bool(_SHARE.search(before))
        yield Money(digits, _currency(match["unit"]), unit, case, before, whole, share)


def has_money(clause: str) -> bool:
    return bool(_MONEY.search(clause))


def field_money(fee: str) -> tuple[int, str]:
    """“10,000 Việt Nam Đồng” → (10000, “VND”)."""
    digits, _, unit = fee.partition(" ")
    return int(re.sub(r"[.,]", "", digits)), _currency(unit)


def completed(fee: str, note: str) -> str:
    """The note that starts with the unit which the field's amount lacks, with that amount: “(đồng/lần)”, “(/bản)”."""
    if not _UNIT_ONLY.match(note):
        return note
    number, currency = field_money(fee)
    return f"{number:,} {'đồng' if currency == 'VND' else currency}".replace(",", ".") + _UNIT_ONLY.sub(
        "", note, count=1
    )


def _currency(unit: str) -> str:
    return "USD" if unit.lower() in ("usd", "đô la mỹ") else "VND"


def _per(text: str) -> tuple[str, str]:
    """(“lần”, “đối với tàu nhóm I”) of “lần đối với tàu nhóm I”."""
    unit = _CASE_AFTER.search(text)
    if not unit:
        return text.strip(), ""
    case = text[unit.start() :].strip()
    return text[: unit.start()].strip(), "" if "từ" in unit[0].lower() else case


def clauses_of(note: str) -> list[str]:
    """Sentences and list items; what ends with a colon leads the items after it, small letters continue."""
    clauses: list[str] = []
    lead = ""
    text = note[1:-1] if note.startswith("(") and note.endswith(")") and note.count("(") == 1 else note
    for part in (strip_bullet(part) for part in _CLAUSE_END.split(text)):
        if part.endswith(":"):
            lead = part
        elif part and part[0].islower() and clauses and not has_money(part):
            clauses[-1] += f"; {part}"
        elif part:
            clauses.append(f"{lead} {part}".strip())
    return clauses or ([lead] if lead else [])


def kind_in(text: str) -> FeeKind | None:
    """Phí or lệ phí by the last such word: the nearest before an amount."""
    words = [match[1].lower() for match in _FEE_WORD.finditer(text)]
    if not words:
        return None
    return FeeKind.CHARGE if words[-1] == "lệ phí" else FeeKind.FEE


def usual_kind(*texts: str) -> FeeKind | None:
    """The kind that a record's own words agree on; None where it uses both or neither."""
    words = {match[1].lower() for text in texts for match in _FEE_WORD.finditer(text)}
    if words == {"lệ phí"}:
        return FeeKind.CHARGE
    return FeeKind.FEE if words == {"phí"} else None


def period_in(text: str) -> tuple[date | None, date | None]:
    """(first day, last day) of “từ ngày 01/7/2025 đến hết ngày 31/12/2026”."""
    start, end = _FROM.search(text), _UNTIL.search(text)
    return (_date(start) if start else None), (_date(end) if end else None)


def last_days_in(text: str) -> list[date]:
    return [day for day in map(_date, _UNTIL.finditer(text)) if day]


def _date(match: re.Match[str]) -> date | None:
    try:
        return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:  # 31/02: left unread, the note keeps it
        return None
