"""The note on a fee as clauses, and what in them frees somebody from paying."""

from __future__ import annotations

import re

from assistant.ingest.procedures_money import has_money
from assistant.ingest.procedures_text import strip_bullet
from assistant.language.normalise import CAPITALS, SMALLS

_CLAUSE_END = re.compile(
    rf"\s*;\s*|\n|(?<=[{SMALLS})0-9])\.\s+(?=[{CAPITALS}+*-])"
    rf"|(?<=[{SMALLS})])\.(?=(?:- |Miễn|Không thu|Không lệ phí))"  # no blank after the full stop
    rf"|\s(?=[-–+*]\s+[{CAPITALS}])|\s+(?=Phí ?: ?\d)"
    r"|[\s.]*\((?=[Áá]p dụng mức)",
)
_MARK = re.compile(r"\s*([-–+*])\s")
_OR = re.compile(r"hoặc\b", re.IGNORECASE)

# Not “giấy miễn thị thực”, nor the title “quy định mức thu, miễn một số khoản phí, lệ phí …”.
_FREED = re.compile(
    r"\(?\b(?:miễn(?= (?:thu|phí|lệ phí|giảm|nộp|chi phí|toàn bộ|kể từ|từ ngày)\b)"
    r"|không (?:thu|lệ phí|phải nộp(?: phí| lệ phí)?)\b(?! hồi))",
    re.IGNORECASE,
)
_TITLE = re.compile(r"quy định mức thu, $", re.IGNORECASE)
_NOTHING = re.compile(r":\s*(?:không|miễn)(?: thu| có| phí)?[\s.]*$", re.IGNORECASE)


def clauses_of(note: str) -> list[str]:
    """Sentences and list items; what ends with a colon leads the items below it, small letters continue."""
    clauses: list[str] = []
    lead = lead_mark = item_mark = ""
    for raw in _CLAUSE_END.split(_unwrapped(note)):
        mark = (_MARK.match(raw) or ("", ""))[1]
        part = strip_bullet(raw)
        if mark and (mark == lead_mark or (item_mark and mark != item_mark)):
            lead = lead_mark = ""  # an item of the heading's level, or of another than its items: not under it
        if part.endswith(":"):
            lead, lead_mark, item_mark = part, mark, ""
        elif part and clauses and _continues(part, clauses[-1]):
            clauses[-1] += f"; {part}"
        elif part:
            clauses.append(f"{lead} {part}".strip())
            item_mark = item_mark or mark
    return clauses or ([lead] if lead else [])


def _unwrapped(note: str) -> str:
    return note[1:-1] if note.startswith("(") and note.endswith(")") and note.count("(") == 1 else note


def _continues(part: str, before: str) -> bool:
    if _OR.match(part):  # the amount after “hoặc” is that of both cases
        return not has_money(before)
    return part[0].islower() and not has_money(part)


def split_exemption(clause: str) -> tuple[str, str]:
    """(“100.000 đồng/lần”, “Miễn phí từ …”) of a clause that names both; ("", clause) where all of it frees."""
    if _NOTHING.search(clause):
        return "", clause
    found = next((one for one in _FREED.finditer(clause) if not _TITLE.search(clause[: one.start()])), None)
    if not found:
        return clause, ""
    before = clause[: found.start()]
    if found[0].startswith("("):
        inside, bracket, rest = clause[found.start() + 1 :].partition(")")
        return f"{before.rstrip()}{rest if bracket else ''}".strip(), inside.strip()
    if has_money(before) or (before.strip() and found[0][0].isupper()):
        return before.strip(" ,;("), clause[found.start() :]
    return "", clause
