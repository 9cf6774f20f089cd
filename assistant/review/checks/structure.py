"""Bố cục: headings, numerals, bullets, single items (K32–K35)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from assistant.law.document import Locator, Provision, ProvisionKind
from assistant.review.check import Context, Note
from assistant.review.checks.numbering import label_span, number_of, of_appendix, parent_of, series_of
from assistant.review.draft import Draft

_HEADED = (
    ProvisionKind.PART,
    ProvisionKind.CHAPTER,
    ProvisionKind.SECTION,
    ProvisionKind.SUBSECTION,
    ProvisionKind.ARTICLE,
)
# “CHƯƠNG 1”, “Mục II”, “Phần 1” at a line start, alone or followed by a heading in capitals.
_WRONG_NUMERAL = re.compile(
    r"^[ \t]*(?P<unit>(?P<roman>Chương|Phần)[ \t]+(?P<arabic>\d{1,3})|(?P<level>Tiểu mục|Mục|Điều"
    r"|Khoản)[ \t]+(?P<rom>[IVXL]{1,7}))(?=[ \t]*(?:[.:]|$|[A-ZĐÀ-Ỹ]{2}))",
    re.M | re.I,
)
# A bullet or a sign that is no level of the layout, at a line start.
_BULLET = re.compile(r"^[ \t]*[-–+•*▪●◦][ \t]+\S", re.M)
# “Điều 5.” and the same line going on with a khoản: “Điều 5. 1. Cơ quan …”.
_BARE_ARTICLE = re.compile(r"Điều[ \t]+\d+(?!\d)[a-zđ]?[ \t]*[.:]?[ \t]*(?:\n|\d+\.|$)", re.I)


def headings(draft: Draft, _: Context) -> Iterator[Note]:
    """K32: phần, chương, mục, tiểu mục and điều have names."""
    if draft.amending:
        return
    for tree, items in groupby(_headed(draft), key=lambda p: p.locator.label("kem-theo")):
        provisions = list(items)
        if tree is None and draft.attachments:  # “Điều 1. Ban hành kèm theo Quyết định này …” needs no name
            continue
        articles = [p for p in provisions if p.kind is ProvisionKind.ARTICLE]
        named = sum(not _unnamed(draft, p) for p in articles)
        for provision in provisions:
            article = provision.kind is ProvisionKind.ARTICLE
            # where few articles have names the parser could not tell names from text: say nothing of single ones
            if _unnamed(draft, provision) and (not article or 2 * named >= len(articles)):
                label = draft.printed(provision.locator)
                yield Note(
                    *label_span(draft, provision),
                    reason=(
                        f"Phần, chương, mục, tiểu mục, điều phải có tên gọi nêu nội dung chính; {label} chưa có tên."
                    ),
                    proposal=f"Bổ sung tên gọi của {label}.",
                )


def _headed(draft: Draft) -> list[Provision]:
    kept = [p for p in draft.document.provisions if p.kind in _HEADED and not draft.quoted(p.start)]
    return sorted(
        (p for p in kept if p.locator.label("phu-luc") is None), key=lambda p: p.locator.label("kem-theo") or ""
    )


def _unnamed(draft: Draft, provision: Provision) -> bool:
    if not provision.heading.strip():
        return True
    return provision.kind is ProvisionKind.ARTICLE and bool(_BARE_ARTICLE.match(draft.text, provision.start))


def numerals(draft: Draft, _: Context) -> Iterator[Note]:
    """K33: Roman for phần and chương, Arabic for the rest."""
    for found in _WRONG_NUMERAL.finditer(draft.text, draft.header.end):
        if draft.quoted(found.start("unit")) or _in_appendix(draft, found.start("unit")):
            continue
        written = found["unit"]
        if found["roman"]:
            right = f"{found['roman']} {_roman(int(found['arabic']))}"
        else:
            right = f"{found['level']} {number_of(found['rom'])[0]}"
        yield Note(
            *found.span("unit"),
            reason="Số thứ tự của phần, chương dùng chữ số La Mã; mục, tiểu mục, điều, khoản dùng chữ số Ả Rập.",
            proposal=f"Sửa “{written}” thành “{right}”.",
        )


def _roman(number: int) -> str:
    out = ""
    for value, letters in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        while number >= value:
            out, number = out + letters, number - value
    return out


def bullets(draft: Draft, _: Context) -> Iterator[Note]:
    """K34: one idea a point, no dashes or other signs below khoản and điểm."""
    seen: set[Locator] = set()
    for found in _BULLET.finditer(draft.text, draft.body.start, draft.body.end):
        at = found.end() - 1
        host = draft.host(at)
        if host is None or host.kind not in (ProvisionKind.POINT, ProvisionKind.CLAUSE, ProvisionKind.ARTICLE):
            continue
        if host.locator in seen or draft.quoted(at) or at in draft.zones.recipients or _in_appendix(draft, at):
            continue
        seen.add(host.locator)
        line = draft.line_at(at)
        level = "điểm" if host.kind is not ProvisionKind.POINT else "khoản, điểm"
        yield Note(
            line.start,
            min(line.end, line.start + 120),
            reason=(
                f"Mỗi điểm chỉ thể hiện một ý và không dùng ký hiệu khác; {draft.printed(host.locator)} dùng gạch "
                f"đầu dòng."
            ),
            proposal=f"Tách các ý thành {level} theo thứ tự a), b), c)… hoặc viết thành câu.",
        )


def _in_appendix(draft: Draft, offset: int) -> bool:
    host = draft.host(offset)
    return host is not None and of_appendix(host.locator)


def single_item(draft: Draft, _: Context) -> Iterator[Note]:
    """K35: a single khoản or điểm is not numbered."""
    for series in series_of(draft, (ProvisionKind.CLAUSE, ProvisionKind.POINT)):
        item = series[0]
        parent = parent_of(item)
        lone = len(series) == 1 and parent.label("dieu") and draft.label_lines(parent, item.kind) == 1
        if lone and item.label.lower() in ("1", "a"):
            mark = "1." if item.kind is ProvisionKind.CLAUSE else "a)"
            unit = "khoản" if item.kind is ProvisionKind.CLAUSE else "điểm"
            yield Note(
                *label_span(draft, item),
                reason=f"{draft.printed(parent)} chỉ có một {unit} thì không đánh số {unit}."[0].upper()
                + f"{draft.printed(parent)} chỉ có một {unit} thì không đánh số {unit}."[1:],
                proposal=f"Bỏ ký hiệu “{mark}”.",
            )
