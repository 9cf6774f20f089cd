"""Amounts, units, periods and the words phí / lệ phí inside the notes of crawled records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from assistant.ingest.procedures_text import strip_bullet
from assistant.law.procedure import FeeKind

# “150.000 đồng/lần”, “15000000/lần Đồng”, “02 triệu đồng”, “10USD/giấy”, “4.500.000 (bốn triệu …) đồng/trường hợp”;
# without a currency only where the words around say that it is one: “Phí: 1,700,000”, “8.000.000/lần”.
_MONEY = re.compile(
    r"(?P<named>\bphí ?: ?)?"
    r"(?<![\d/.,])(?P<digits>\d{1,3}(?:[.,]\d{3})+|\d{1,9})(?![.,]?\d)"
    r"(?: ?\([^()\d]{3,80}\))?"  # the amount in words
    r"(?: ?/ ?(?P<early>[^\W\d_]+))? ?"
    r"(?P<unit>triệu đồng|nghìn đồng|ngàn đồng|(?:việt nam )?đồng|vnđ|vnd|usd|đô la mỹ|đ)?(?!\w)"
    r"(?: ?\((?P<spelt>[^()\d]{3,80}đồng)\))?"
    r"(?: ?/ ?(?P<per>[^.;:,()+*\n]{1,120}))?"
    # “(Sát hạch thực hành)”: the case; a slash would be a document number or a date. The bracket may be left open.
    r"(?: ?\((?P<after>(?:[^()/]|\([^()/]*\)){3,250})(?:\)|$))?",
    re.IGNORECASE,
)
_SCALE = {"triệu đồng": 1_000_000, "nghìn đồng": 1_000, "ngàn đồng": 1_000}
# The note begins with the unit that the amount in the field lacks: “(đồng/lần)”, “(/lần)”, “(đ/lần cấp)”.
_UNIT_ONLY = re.compile(r"^\W{0,2}(?:(?:việt nam )?(?:đ[ồôo]ng|đ(?=/)|vnđ|usd)\b|đ(?=/)|(?=/))", re.IGNORECASE)
# The case of the field's amount stands before a second amount: “Sát hạch lý thuyết, Phí: 1,700,000 Sát hạch …”.
_SECOND = re.compile(r"^(?P<case>[^\d:]{3,200}?)[\s,;]+(?=Phí ?: ?\d)")
_CASE_AFTER = re.compile(
    r" ?(?:đối với|cho|với|trong|khi|nếu|kể từ|từ ngày) | (?:theo|áp dụng|riêng) | miễn\b", re.IGNORECASE
)
_NO_CASE = re.compile(r" ?(?:kể từ|từ ngày|theo|áp dụng)\b", re.IGNORECASE)
# A reference to the text that sets the amount, before or inside a case: “Theo quy định tại Thông tư …: Dưới 50 tỷ”.
_BY_RULE = re.compile(
    r"(?:^|(?<=: ))\W*(?:theo (?:quy định )?(?:tại |của )?|quy định tại )?"
    r"(?:khoản \d+ điều \d+ )?(?:thông tư|nghị định)\b[^:]*(?::\s*|$)",
    re.IGNORECASE,
)
# Words that lead to an amount without telling a case.
_LEAD_END = re.compile(
    r"[\s:,]*(?:áp dụng )?(?:mức (?:thu )?(?:lệ phí|phí|thu)(?: là)?|thu|là|:)?[\s:,]*$", re.IGNORECASE
)
_LEAD_ONLY = re.compile(r"(?:áp dụng|mức|phí|lệ phí|phí thực hiện|nộp|gồm|theo quy định)", re.IGNORECASE)
_REMARK = re.compile(r"(?:mức (?:phí|thu|lệ phí)|theo|đã bao gồm|chưa bao gồm) ", re.IGNORECASE)
_FORMULA = re.compile(r"\+ ?\(|(?<=\s)[x×]\s(?=\d)")
_SHARE = re.compile(r"\d ?% (?:của |mức |trên )[^.;\d]{0,40}$", re.IGNORECASE)
_BOUND = re.compile(r"(?:tối thiểu|không dưới|tối đa|không quá)[^\d]{0,20}$", re.IGNORECASE)
_FEE_WORD = re.compile(r"(?<!miễn )(lệ phí|(?<!lệ )(?<!chi )(?<!kinh )phí)(?! (?:tổn|vận))", re.IGNORECASE)
_DATE = r"(\d{1,2})(?:/|\s*tháng\s*)(\d{1,2})(?:/|\s*năm\s*)(\d{4})"
_FROM = re.compile(rf"(?:kể từ|từ)(?: ngày)? {_DATE}", re.IGNORECASE)
_UNTIL = re.compile(rf"đến(?: hết)?(?: ngày)? {_DATE}", re.IGNORECASE)
_PERIOD = re.compile(rf"(?:kể )?từ(?: ngày)? {_DATE}(?: đến(?: hết)?(?: ngày)? {_DATE})?,?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount found in a note: “Lệ phí: 10.000 đồng/lần đối với …” has the case on both sides."""

    amount: int | None  # None: only a part, or a term of a formula
    currency: str
    per: str
    case: str
    before: str  # the clause up to the amount
    whole: bool  # the clause holds nothing else


def money_in(clause: str) -> Iterator[Money]:
    """Every amount of a clause; a minimum or maximum stays in the note, a formula is one fee without amount."""
    matches = list(_matches(clause))
    if matches and _FORMULA.search(clause):
        yield Money(None, "VND", "", "", clause[: matches[0].start("digits")], whole=False)
        return
    start = 0
    for match, after in zip_longest(matches, matches[1:]):
        before, case_from = clause[: match.start("digits")], start
        start = match.end()
        digits = int(re.sub(r"[.,]", "", match["digits"]))
        if _BOUND.search(before) or (not digits and len(match["digits"]) > 1) or _repeated(match, after):
            continue  # “0.000đ”: digits were lost
        share = bool(_SHARE.search(before))
        tail = clause[match.end() : after.start("digits") if after else None]
        if after and re.match(r"\s*(?:[,;.:]|$)", tail):
            tail = ""  # the words before the next amount are its own
        per, case = _case_of(match, clause[case_from : match.start("digits")], tail)
        unit = (match["unit"] or "đồng").lower()
        yield Money(
            amount=None if share else digits * _SCALE.get(unit, 1),
            currency=_currency(unit),
            per=per,
            case=case,
            before=before,
            whole=match[0].strip() == clause.strip(" .") and not share,
        )


def _repeated(match: re.Match[str], after: re.Match[str] | None) -> bool:
    """“Lệ phí: 20.000 Đồng (cấp mới: 20.000 đồng/giấy)”: the bracket says it again, with the case."""
    if not after or match["digits"] != after["digits"]:
        return False
    return bool(re.match(r"\s*\([^();]*$", match.string[match.end() : after.start("digits")]))


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Numbers that are money: with a currency, or in thousands where a fee is named or a unit follows."""
    for match in _MONEY.finditer(text):
        grouped = not match["digits"].isdigit()
        per = match["early"] or (match["per"] or "")[:1]
        if match["unit"] or (grouped and (match["named"] or per.isalpha())):
            yield match


def _case_of(match: re.Match[str], lead: str, tail: str) -> tuple[str, str]:
    """(unit, case) of an amount by the words before it, behind it and in the bracket after it."""
    unit, case = _per(match["per"] or match["early"] or "")
    lead = _LEAD_END.sub("", strip_bullet(lead).strip(" :(=>*,"))
    lead = _PERIOD.sub("", _BY_RULE.sub("", lead)).strip(" :,")
    if _LEAD_ONLY.fullmatch(lead) or lead.endswith("."):  # a sentence of its own before the bracket
        lead = ""
    after = strip_bullet(match["after"] or "")
    if after.lower().endswith("đồng") or has_money(after) or _BOUND.search(after) or _REMARK.match(after):
        after = ""  # the amount in words, a bound, or a remark on the amount
    said = [lead, case, after]
    if not any(said) and not _NO_CASE.match(tail):
        said.append(strip_bullet(re.sub(r"\([^()]*\)?", "", tail)).strip(" .,)"))
    return unit, " ".join(filter(None, said))


def has_money(clause: str) -> bool:
    return next(_matches(clause), None) is not None


def field_money(fee: str) -> tuple[int, str]:
    """“10,000 Việt Nam Đồng” → (10000, “VND”)."""
    digits, _, unit = fee.partition(" ")
    return int(re.sub(r"[.,]", "", digits)), _currency(unit)


def completed(fee: str, note: str) -> str:
    """The note with the field's amount where it belongs: before the unit it starts with (“(đồng/lần)”, “(/bản)”),
    or before the case that a second amount follows."""
    number, currency = field_money(fee)
    amount = f"{number:,} {'đồng' if currency == 'VND' else currency}".replace(",", ".")
    if _UNIT_ONLY.match(note):
        return amount + _UNIT_ONLY.sub("", note, count=1)
    second = _SECOND.match(note)
    return f"{amount} ({second['case']}); {note[second.end() :]}" if second else note


def is_unit(note: str) -> bool:
    """“/hồ sơ”, “đồng/lần”: nothing but the unit of the field's amount."""
    return bool(_UNIT_ONLY.match(note)) and len(note) < 30 and not re.search(r"[.;:(]", note.strip(" .()"))


def _currency(unit: str) -> str:
    return "USD" if unit.lower() in ("usd", "đô la mỹ") else "VND"


def _per(text: str) -> tuple[str, str]:
    """(“lần”, “đối với tàu nhóm I”) of “lần đối với tàu nhóm I”."""
    text = re.sub(r"\s*-\s*", "-", text)
    found = _CASE_AFTER.search(text)
    unit = re.sub(r" (?:đồng|vnđ)$", "", (text[: found.start()] if found else text).strip(), flags=re.IGNORECASE)
    if not found or _NO_CASE.match(found[0]):
        return unit, ""
    return unit, text[found.start() :].strip()


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
