"""Thời hạn, mức tiền khác với chính điều khoản được viện dẫn (K20)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.law import citation_values as roles
from assistant.review.check import Context, Note
from assistant.review.cited import Found, look_up
from assistant.review.draft import Draft

_PERIOD = re.compile(
    (
        r"(?<![\d.,/])(?P<n>\d{1,4})[ \t]*(?:\([^)\n]{1,20}\)[ \t]*)?(?P<unit>ngày làm việc|ngày|tháng|năm"
        r"|giờ)\b(?![ \t]*(?:\d|tháng|năm))"
    ),
    re.I,
)
_AMOUNT = re.compile(r"(?<![\d.,/])(?P<n>\d{1,3}(?:\.\d{3})+|\d{4,12})[ \t]*(?P<unit>đồng|%)", re.I)
_AT_MOST = re.compile(r"không quá|tối đa|chậm nhất|không vượt|không dài hơn", re.I)
_AT_LEAST = re.compile(r"ít nhất|tối thiểu|không thấp hơn|không dưới|từ đủ", re.I)


def contradicts_cited(draft: Draft, context: Context) -> Iterator[Note]:
    """K20, as far as figures show it: one period or amount in the sentence, another in the one provision it cites."""
    for reference in draft.references:
        if (
            reference.scope != roles.EXTERNAL
            or not reference.clause
            or draft.quoted(reference.start)
            or context.texts is None
        ):
            continue
        sentence = draft.sentence_at(reference.start)
        others = (r for r in draft.references if sentence.start <= r.start < sentence.end and r is not reference)
        if any(r.article for r in others):
            continue
        found = look_up(reference, context, draft.signed_on)
        if not isinstance(found, Found):
            continue
        for pattern in (_PERIOD, _AMOUNT):
            written = list(pattern.finditer(draft.text, sentence.start, sentence.end))
            held = list(pattern.finditer(found.text))
            if len(written) == 1 and held and not _agrees(written[0], held, found.text):
                yield _note(draft, reference.number or "", str(reference.locator), written[0], found)


def _agrees(written: re.Match[str], held: list[re.Match[str]], text: str) -> bool:
    """The same figure occurs, or the cited text only sets a limit that the draft keeps, or has other units."""
    value, unit = _number(written), written["unit"].lower()
    same_unit = [m for m in held if m["unit"].lower() == unit]
    if not same_unit or any(_number(m) == value for m in same_unit):
        return True
    for match in same_unit:
        before = text[max(0, match.start() - 40) : match.start()]
        if _AT_MOST.search(before) and value <= _number(match):
            return True
        if _AT_LEAST.search(before) and value >= _number(match):
            return True
    return False


def _number(found: re.Match[str]) -> int:
    return int(found["n"].replace(".", ""))


def _note(draft: Draft, number: str, locator: str, written: re.Match[str], found: Found) -> Note:
    quoted = " ".join(found.text.split())
    shown = quoted if len(quoted) <= 300 else quoted[:300].rstrip() + "…"
    sentence = draft.sentence_at(written.start())
    own = " ".join(draft.text[sentence.start : sentence.end].split())
    return Note(
        *written.span(),
        f"{draft.place(written.start())[:1].upper()}{draft.place(written.start())[1:]} dự thảo: “{own}”; trong khi "
        f"{locator} "
        f"văn bản số {number}: “{shown}”. Cần kiểm tra hai quy định có mâu thuẫn không.",
        "Chỉnh lý cho thống nhất với văn bản được viện dẫn, hoặc nêu rõ căn cứ của mức khác.",
        confidence=0.7,
    )
