"""Looks a cited provision up in the store of full texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from assistant.index.values import Entry
from assistant.law.citation import Reference
from assistant.review.check import Context, Unchecked

POINTS = "abcdđeghiklmnopqrstuvxy"
_CLAUSE = re.compile(r"^[ \t]*(\d{1,3}[a-zđ]?)\.[ \t]", re.M)
_POINT = re.compile(r"^[ \t]*([a-zđ]\d?)\)[ \t]", re.M)


@dataclass(frozen=True, slots=True)
class Missing:
    """Điều khoản không có trong văn bản được dẫn."""

    why: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Found:
    """Điều khoản được dẫn: its text as the store holds it."""

    text: str
    entry: Entry


def look_up(reference: Reference, context: Context, on: date) -> Found | Missing | Unchecked:
    """The cited text; Missing only where the stored text shows that it cannot be there."""
    number, article = reference.number or "", reference.article or ""
    about = f"Nội dung điều, khoản được viện dẫn của văn bản số {number}"
    row = context.catalogue.get(number)
    if row and row.article_count and article.isdigit() and int(article) > row.article_count:
        return Missing(f"văn bản này có {row.article_count} điều", 0.95)
    if context.texts is None:
        return Unchecked(about, "chưa kết nối kho toàn văn")
    entries = [e for e in context.texts.entries(number, on=on) if _article_of(e) == article]
    if not entries:
        return Unchecked(about, "kho toàn văn chưa có đủ các điều được viện dẫn")
    entry = entries[0] if len(entries) == 1 else next((e for e in entries if _fits(e, reference)), entries[0])
    put_in = entry.payload.get("amendments_read") or ()
    later = [other for other in context.catalogue.amended_by(number, on) if other not in put_in]
    found = _inside(reference, entry)
    if isinstance(found, Missing) and later:
        return Unchecked(about, f"văn bản đã được sửa đổi bởi {', '.join(later)}, bản lưu có thể chưa cập nhật")
    return found


def _article_of(entry: Entry) -> str:
    found = re.search(r"(?:^|\.)dieu-([^.]+)$", entry.locator)
    return found[1] if found else ""


def _fits(entry: Entry, reference: Reference) -> bool:
    """“Điều 6 Quy định ban hành kèm theo …” is the attached text's."""
    return entry.locator.startswith("kem-theo") == bool(reference.attached)


def _inside(reference: Reference, entry: Entry) -> Found | Missing:
    text = entry.text
    if reference.clause:
        clauses = _parts(_CLAUSE, text)
        if reference.clause not in clauses:
            return _lacks(f"Điều {reference.article}", "khoản", list(clauses))
        text = clauses[reference.clause]
    if reference.point:
        points = _parts(_POINT, text)
        if reference.point not in points:
            owner = f"khoản {reference.clause}" if reference.clause else f"Điều {reference.article}"
            return _lacks(owner, "điểm", list(points))
        text = points[reference.point]
    return Found(text.strip(), entry)


def _parts(mark: re.Pattern[str], text: str) -> dict[str, str]:
    marks = list(mark.finditer(text))
    ends = [m.start() for m in marks[1:]] + [len(text)]
    return {m[1]: text[m.start() : end] for m, end in reversed(list(zip(marks, ends, strict=True)))}


def _lacks(owner: str, unit: str, labels: list[str]) -> Missing:
    """Sure only where the stored labels run without a gap: a shortened text must not accuse the draft."""
    labels = sorted(labels, key=lambda x: (POINTS.find(x[0]), x) if unit == "điểm" else (int(re.sub(r"\D", "", x)), x))
    expected = list(POINTS[: len(labels)]) if unit == "điểm" else [str(i + 1) for i in range(len(labels))]
    if not labels:
        return Missing(f"{owner} trong kho không chia {unit}", 0.6)
    return Missing(f"{owner} có đến {unit} {labels[-1]}", 0.95 if labels == expected else 0.5)
