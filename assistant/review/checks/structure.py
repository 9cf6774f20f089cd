"""Bố cục: numbering and headings of phần, chương, mục, điều, khoản, điểm (K30–K35)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from assistant.ingest.structure_lines import Head, Line, heads, lines_of
from assistant.law.document import LEVELS, Locator, Provision, ProvisionKind
from assistant.review.check import Context, Note
from assistant.review.draft import Draft

POINT_LETTERS = "abcdđeghiklmnopqrstuvxy"
_NUMBERED = (
    ProvisionKind.CHAPTER,
    ProvisionKind.SECTION,
    ProvisionKind.SUBSECTION,
    ProvisionKind.ARTICLE,
    ProvisionKind.CLAUSE,
)
_HEADED = (
    ProvisionKind.PART,
    ProvisionKind.CHAPTER,
    ProvisionKind.SECTION,
    ProvisionKind.SUBSECTION,
    ProvisionKind.ARTICLE,
)
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_LABEL = re.compile(r"(\d+)([a-zđ]?\d*)")
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


def numbering(draft: Draft, _: Context) -> Iterator[Note]:
    """K30: the numbers of one series must follow one another; điều run through the whole document."""
    for series in _series(draft, _NUMBERED):
        yield from _breaks(draft, series)
    for line, head in _repeated(draft, (ProvisionKind.ARTICLE, ProvisionKind.CLAUSE)):
        name = "Điều" if head.kind is ProvisionKind.ARTICLE else "khoản"
        yield Note(
            line.start,
            min(line.end, line.start + 120),
            f"Có hai {name} cùng số {head.label}, hoặc số thứ tự không tăng dần.",
            "Đánh lại số thứ tự cho liên tục; sửa các viện dẫn liên quan.",
        )


def _repeated(draft: Draft, kinds: tuple[ProvisionKind, ...]) -> Iterator[tuple[Line, Head]]:
    """Numbered lines that the parser kept as text of the provision before, because their number does not go on."""
    starts = {provision.start for provision in draft.document.provisions}
    for line in lines_of(draft.text):
        head = next(heads(line), None)
        if head is None or head.kind not in kinds or line.start in starts or line.start not in draft.body:
            continue
        host = draft.host(line.start)
        if host is None or draft.quoted(line.start) or _of_appendix(host.locator) or draft.amends_at(line.start):
            continue
        if head.kind is ProvisionKind.ARTICLE:
            repeated = head.firm and head.style == "." and line.text.lstrip().startswith("Điều")
        else:
            level, sign = ("khoan", ".") if head.kind is ProvisionKind.CLAUSE else ("diem", ")")
            repeated = head.style == sign and host.locator.label(level) == head.label
        between = draft.text[host.start : line.end]  # dots to fill in, cells of a table: a form
        if repeated and line.text[head.body : head.body + 1].isupper() and not re.search(r"\.{3}|…|\|", between):
            yield line, head


def _series(draft: Draft, kinds: tuple[ProvisionKind, ...]) -> list[list[Provision]]:
    found: dict[tuple[ProvisionKind, Locator], list[Provision]] = {}
    for provision in draft.document.provisions:
        if provision.kind not in kinds or _REFERENCE.match(provision.heading):
            continue
        if not draft.quoted(provision.start) and not _of_appendix(provision.locator):
            found.setdefault((provision.kind, _parent(provision)), []).append(provision)
    return list(found.values())


# A line break in “… theo quy định tại / Chương III Luật …” put a reference at a line start.
_REFERENCE = re.compile(r"(?:Luật|Bộ luật|Nghị định|Thông tư|Quyết định|Nghị quyết)\b|(?:của|và|hoặc|này)\b")


def _parent(provision: Provision) -> Locator:
    """The series an item belongs to: articles run through a whole tree, other levels restart in their parent."""
    steps = provision.locator.steps[:-1]
    if provision.kind is ProvisionKind.ARTICLE:
        steps = tuple(step for step in steps if step[0] == "kem-theo")
    return Locator(".".join(f"{level}-{label}" for level, label in steps))


def _breaks(draft: Draft, series: list[Provision]) -> Iterator[Note]:
    """At most two findings a series: after a slip the rest is off by the same amount."""
    expected, reported = 1, 0
    name = LEVELS[series[0].locator.steps[-1][0]][1]
    previous: Provision | None = None
    for item in series:
        number, suffix = _value(item.label)
        if number is None or (
            item.kind is ProvisionKind.CLAUSE and not item.text.strip() and item.end - item.start < 8
        ):
            continue
        if suffix and previous is not None and number == expected - 1:  # khoản 3a after khoản 3
            continue
        if previous is None and number == 2 and _first_above(draft, item):
            expected = 2
        if number > expected and _doubted(draft, item, range(expected, number)):
            expected = number
        if number != expected and reported < 2:
            reported += 1
            yield _numbering_note(draft, item, previous, name, number, expected)
        expected, previous = number + 1, item


def _doubted(draft: Draft, item: Provision, missing: range) -> bool:
    """All the missing numbers stand at line starts: the parser doubted them, a reader does not."""
    return all(str(number) in draft.labels(_parent(item), item.kind) for number in missing)


# The number one above the second item, where the parser read it as text: “Điều 3. 1. Cơ quan …”, a “Chương I” line.
_FIRST = {
    ProvisionKind.CLAUSE: re.compile(r"Điều[ \t]+\d+[a-zđ]?\.?[ \t]*1\.[ \t]"),
    ProvisionKind.CHAPTER: re.compile(r"^[ \t]*Chương[ \t]+[I1][ \t]*[.:]?[ \t]*$", re.M | re.I),
}


def _first_above(draft: Draft, item: Provision) -> bool:
    pattern = _FIRST.get(item.kind)
    parent = draft.at(Locator(item.locator.path.rpartition(".")[0]))
    start = (parent.start if parent else item.start) - 200
    return pattern is not None and bool(pattern.search(draft.text, max(0, start), item.start))


def _numbering_note(
    draft: Draft, item: Provision, previous: Provision | None, name: str, number: int, expected: int
) -> Note:
    where = _within(draft, item)
    if previous is None:
        reason = f"{name} đầu tiên{where} mang số {item.label}, không bắt đầu từ 1."
    elif number == expected - 1:
        reason = f"Có hai {name.lower() if name != 'Điều' else name} cùng số {item.label}{where}."
    elif number > expected:
        missing = f"{name} {expected}" if number == expected + 1 else f"từ {name} {expected} đến {name} {number - 1}"
        reason = f"Sau {name} {previous.label} là {name} {item.label}{where}, thiếu {missing}."
    else:
        reason = f"Sau {name} {previous.label} là {name} {item.label}{where}, số thứ tự giảm."
    return Note(
        *_label_span(draft, item),
        reason=reason,
        proposal=f"Đánh lại số thứ tự: đơn vị này mang số {expected}; sửa các viện dẫn liên quan.",
    )


def _within(draft: Draft, item: Provision) -> str:
    parent = _parent(item)
    return f" của {draft.printed(parent)}" if parent.path else ""


def _label_span(draft: Draft, item: Provision) -> tuple[int, int]:
    """The first line of a provision, at most 120 characters: enough to find it by eye."""
    line = draft.line_at(item.start)
    return max(line.start, item.start), min(line.end, max(line.start, item.start) + 120)


def _value(label: str) -> tuple[int | None, str]:
    """“12a” → (12, “a”), “IV” → (4, “”), “thứ hai” → (None, “”)."""
    found = _LABEL.fullmatch(label.lower())
    if found:
        return int(found[1]), found[2]
    if label and set(label.upper()) <= set(_ROMAN):
        values = [_ROMAN[char] for char in label.upper()]
        return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values)), ""
    return None, ""


def point_letters(draft: Draft, _: Context) -> Iterator[Note]:
    """K31: points follow the Vietnamese alphabet, đ after d; f, j, w, z are never used."""
    for series in _series(draft, (ProvisionKind.POINT,)):
        expected = 0
        for item in series:
            letter = item.label.lower()
            if re.fullmatch(r"[a-zđ]\d+", letter):  # điểm a1
                continue
            expected = _past_doubted(draft, item, expected)
            if expected >= len(POINT_LETTERS) or letter == POINT_LETTERS[expected]:
                expected += 1
                continue
            yield _letter_note(draft, series, item, letter, POINT_LETTERS[expected])
            break
    for line, head in _repeated(draft, (ProvisionKind.POINT,)):
        yield Note(
            line.start,
            min(line.end, line.start + 120),
            f"Điểm được đánh thứ tự theo bảng chữ cái tiếng Việt; có hai điểm cùng ký hiệu “{head.label}”.",
            "Đánh lại các điểm theo thứ tự a, b, c, d, đ, e, g, h, …; sửa các viện dẫn liên quan.",
        )


def _past_doubted(draft: Draft, item: Provision, expected: int) -> int:
    """The letter that is due, when those before it stand at line starts but the parser doubted them."""
    letter = item.label.lower()
    if expected < len(POINT_LETTERS) and letter != POINT_LETTERS[expected]:
        held = draft.labels(_parent(item), item.kind)
        while expected < len(POINT_LETTERS) and letter != POINT_LETTERS[expected] and POINT_LETTERS[expected] in held:
            expected += 1
    return expected


def _letter_note(draft: Draft, series: list[Provision], item: Provision, letter: str, right: str) -> Note:
    if letter not in POINT_LETTERS:
        what = f"điểm “{letter}” dùng chữ cái không có trong thứ tự bảng chữ cái tiếng Việt"
    else:
        what = f"vị trí này phải là điểm “{right}” nhưng ghi “{letter}”"
    ordered = ", ".join(POINT_LETTERS[: max(len(series), 3)])
    return Note(
        *_label_span(draft, item),
        reason=f"Điểm được đánh thứ tự theo bảng chữ cái tiếng Việt (đ sau d, không dùng f, j, w, z); {what}.",
        proposal=(
            f"Đánh lại các điểm của {draft.printed(_parent(item))} theo thứ tự: {ordered}; sửa các viện dẫn liên quan."
        ),
    )


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
                    *_label_span(draft, provision),
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
            right = f"{found['level']} {_value(found['rom'])[0]}"
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
    return host is not None and _of_appendix(host.locator)


def _of_appendix(locator: Locator) -> bool:
    return locator.label("phu-luc") is not None or locator.label("mau") is not None


def single_item(draft: Draft, _: Context) -> Iterator[Note]:
    """K35: a single khoản or điểm is not numbered."""
    for series in _series(draft, (ProvisionKind.CLAUSE, ProvisionKind.POINT)):
        item = series[0]
        parent = _parent(item)
        if len(series) == 1 and item.label.lower() in ("1", "a") and parent.label("dieu"):
            mark = "1." if item.kind is ProvisionKind.CLAUSE else "a)"
            unit = "khoản" if item.kind is ProvisionKind.CLAUSE else "điểm"
            yield Note(
                *_label_span(draft, item),
                reason=f"{draft.printed(parent)} chỉ có một {unit} thì không đánh số {unit}."[0].upper()
                + f"{draft.printed(parent)} chỉ có một {unit} thì không đánh số {unit}."[1:],
                proposal=f"Bỏ ký hiệu “{mark}”.",
            )
