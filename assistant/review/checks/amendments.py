"""Kỹ thuật sửa đổi, bổ sung (K75, K76)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.review.check import Context, Note, Unchecked
from assistant.review.draft import Draft

# The start of an operation at the head of an article or clause: “1. Sửa đổi, bổ sung khoản 2 Điều 5 như sau:”.
_OPERATION = re.compile(
    r"^[ \t]*(?:Điều[ \t]+\d+[a-zđ]?\.[ \t]*)?(?:\d+[a-z]?\.[ \t]*|[a-zđ]\)[ \t]*)?(?P<op>Sửa đổi(?:, bổ sung)?"
    r"|Bổ sung|Bãi bỏ|Thay thế)[ \t]+(?P<what>[^\n]{3,400})",
    re.M | re.I,
)
_ARTICLE = re.compile(r"\b[Đđ]iều[ \t]+(\d+[a-zđ]?)")
_ODD_NUMBER = re.compile(
    r"\b(?P<unit>Điều|khoản)[ \t]+(?P<n>\d+)(?:\.(?P<sub>\d+)|[ \t]?(?P<latin>bis|ter|quater))\b", re.I
)
_ODD_POINT = re.compile(r"\bđiểm[ \t]+(?P<p>[a-zđ])(?:\.\d+|[ \t]?(?:bis|ter)|['’])", re.I)
_AS_FOLLOWS = re.compile(r"như sau[ \t]*:[ \t]*$", re.I)


def _operations(draft: Draft) -> Iterator[re.Match[str]]:
    for found in _OPERATION.finditer(draft.text, draft.body.start, draft.body.end):
        if not draft.quoted(found.start("op")):
            yield found


def amended_share(draft: Draft, context: Context) -> Iterator[Note | Unchecked]:
    """K75: more than half of the articles changed calls for a new text."""
    if not draft.amending:
        return
    changes = (m for m in _operations(draft) if not m["op"].lower().startswith("thay"))
    operations = [m for m in changes if not re.match(r"(?:cụm )?từ\b", m["what"], re.I)]
    named = (re.split(r"như sau|tại Phụ lục|ban hành kèm", m["what"])[0] for m in operations)
    targets = {n for what in named for n in _ARTICLE.findall(what) if n.isdigit()}
    number = draft.amended_number
    if not targets or number is None:
        return
    row = context.catalogue.get(number)
    total = getattr(row, "article_count", None) or _held_articles(number, context)
    if total is None:
        yield Unchecked(
            f"Tỷ lệ số điều được sửa đổi của văn bản số {number}", "chưa có tổng số điều của văn bản này trong kho"
        )
    elif 2 * len(targets) > total:
        first = operations[0]
        yield Note(
            *first.span("op"),
            f"Dự thảo sửa đổi, bổ sung, bãi bỏ {len(targets)} trên tổng số {total} điều của văn bản số {number}, "
            f"vượt quá một phần hai.",
            "Ban hành văn bản thay thế văn bản được sửa đổi.",
        )


def _held_articles(number: str, context: Context) -> int | None:
    held = {e.locator for e in context.texts.entries(number)} if context.texts else set()
    count = len({locator for locator in held if re.fullmatch(r"(?:kem-theo-\d+\.)?dieu-\d+[a-zđ]?", locator)})
    return count or None


def amendment_technique(draft: Draft, _: Context) -> Iterator[Note]:
    """K76: inserted units are 12a, 3a, a1; new text stands between quotation marks."""
    for found in _operations(draft):
        yield from _odd_numbers(found)
        line = draft.line_at(found.start("op"))
        following = draft.text[line.end :].lstrip()[:1]
        ends = _AS_FOLLOWS.search(draft.text, line.start, line.end)
        if (
            _of_text(found)
            and ends
            and following
            and following not in "“\"'«-+"
            and not re.match(r"(?:\d+\.|[a-zđ]\))", draft.text[line.end :].lstrip())
        ):
            yield Note(
                *found.span("op"),
                "Nội dung sửa đổi, bổ sung phải được đặt trong dấu ngoặc kép ngay sau “như sau:”.",
                "Đặt toàn bộ nội dung mới trong ngoặc kép: “…”.",
            )


def _of_text(found: re.Match[str]) -> bool:
    """The operation is on điều, khoản, điểm; rows of a table are put in without quotation marks."""
    what = found["what"].lower()
    return bool(re.search(r"điều \d|khoản \d|điểm [a-zđ]\b", what)) and not re.search(
        r"số thứ tự|phụ lục|danh mục|biểu", what
    )


def _odd_numbers(found: re.Match[str]) -> Iterator[Note]:
    offset = found.start("what")
    for odd in _ODD_NUMBER.finditer(found["what"]):
        unit = odd["unit"]
        yield Note(
            offset + odd.start(),
            offset + odd.end(),
            "Điều, khoản bổ sung được đánh bằng số và chữ cái tiếng Việt (Điều 12a, khoản 3a); điểm bổ sung bằng "
            "chữ và số (điểm a1).",
            f"Ghi “{unit} {odd['n']}a”.",
        )
    for odd in _ODD_POINT.finditer(found["what"]):
        yield Note(
            offset + odd.start(),
            offset + odd.end(),
            "Điểm bổ sung được đánh bằng chữ cái và số (điểm a1), không dùng dấu chấm, “bis” hay dấu nháy.",
            f"Ghi “điểm {odd['p']}1”.",
        )
