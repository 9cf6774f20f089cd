"""Đánh số: series of chương, mục, điều, khoản, and the letters of điểm (K30, K31)."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_LABEL = re.compile(r"(\d+)([a-zđ]?\d*)")


def numbering(draft: Draft, _: Context) -> Iterator[Note]:
    """K30: the numbers of one series must follow one another; điều run through the whole document."""
    for series in series_of(draft, _NUMBERED):
        yield from _breaks(draft, series)
    for line, head in _repeated(draft, (ProvisionKind.ARTICLE, ProvisionKind.CLAUSE)):
        name = "Điều" if head.kind is ProvisionKind.ARTICLE else "khoản"
        yield Note(
            line.start,
            min(line.end, line.start + 120),
            f"Có hai {name} cùng số {head.label}, hoặc số thứ tự không tăng dần.",
            "Đánh lại số thứ tự cho liên tục; sửa các viện dẫn liên quan.",
        )


_OPERATION = re.compile(r"\s*(?:Sửa đổi|Bổ sung|Bãi bỏ|Thay thế|Thay|Bỏ)\b", re.I)


def _repeated(draft: Draft, kinds: tuple[ProvisionKind, ...]) -> Iterator[tuple[Line, Head]]:
    """Numbered lines that the parser kept as text of the provision before, because their number does not go on."""
    starts = {provision.start for provision in draft.document.provisions}
    for line in lines_of(draft.text):
        head = next(heads(line), None)
        if head is None or head.kind not in kinds or line.start in starts or line.start not in draft.body:
            continue
        host = draft.host(line.start)
        if host is None or draft.quoted(line.start) or of_appendix(host.locator):
            continue
        operations = _OPERATION.match(line.text, head.body) and _OPERATION.match(host.text)
        if draft.amends_at(line.start) and not operations:  # may be text of the other document, quoted without marks
            continue
        if head.kind is ProvisionKind.ARTICLE:
            repeated = head.firm and head.style == "." and line.text.lstrip().startswith("Điều")
        else:
            level, sign = ("khoan", ".") if head.kind is ProvisionKind.CLAUSE else ("diem", ")")
            repeated = head.style == sign and host.locator.label(level) == head.label
        between = draft.text[host.start : line.end]  # dots to fill in, cells of a table: a form
        if repeated and line.text[head.body : head.body + 1].isupper() and not re.search(r"\.{3}|…|\|", between):
            yield line, head


def series_of(draft: Draft, kinds: tuple[ProvisionKind, ...]) -> list[list[Provision]]:
    found: dict[tuple[ProvisionKind, Locator], list[Provision]] = {}
    for provision in draft.document.provisions:
        if provision.kind not in kinds or _REFERENCE.match(provision.heading):
            continue
        if not draft.quoted(provision.start) and not of_appendix(provision.locator):
            found.setdefault((provision.kind, parent_of(provision)), []).append(provision)
    return list(found.values())


# A line break in “… theo quy định tại / Chương III Luật …” put a reference at a line start.
_REFERENCE = re.compile(r"(?:Luật|Bộ luật|Nghị định|Thông tư|Quyết định|Nghị quyết)\b|(?:của|và|hoặc|này)\b")


def parent_of(provision: Provision) -> Locator:
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
        number, suffix = number_of(item.label)
        if number is None or (
            item.kind is ProvisionKind.CLAUSE and not item.text.strip() and item.end - item.start < 8
        ):
            continue
        if suffix and previous is not None and number == expected - 1:  # khoản 3a after khoản 3
            continue
        line = draft.line_at(item.start)
        if item.kind is ProvisionKind.CLAUSE and line.end - line.start < 5:  # “26.” alone: a row of a table
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
    return all(str(number) in draft.labels(parent_of(item), item.kind) for number in missing)


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
        *label_span(draft, item),
        reason=reason,
        proposal=f"Đánh lại số thứ tự: đơn vị này mang số {expected}; sửa các viện dẫn liên quan.",
    )


def _within(draft: Draft, item: Provision) -> str:
    parent = parent_of(item)
    return f" của {draft.printed(parent)}" if parent.path else ""


def label_span(draft: Draft, item: Provision) -> tuple[int, int]:
    """The first line of a provision, at most 120 characters: enough to find it by eye."""
    line = draft.line_at(item.start)
    return max(line.start, item.start), min(line.end, max(line.start, item.start) + 120)


def number_of(label: str) -> tuple[int | None, str]:
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
    for series in series_of(draft, (ProvisionKind.POINT,)):
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
        held = draft.labels(parent_of(item), item.kind)
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
        *label_span(draft, item),
        reason=f"Điểm được đánh thứ tự theo bảng chữ cái tiếng Việt (đ sau d, không dùng f, j, w, z); {what}.",
        proposal=(
            f"Đánh lại các điểm của {draft.printed(parent_of(item))} theo thứ tự: {ordered}; sửa viện dẫn liên quan."
        ),
    )


def of_appendix(locator: Locator) -> bool:
    return locator.label("phu-luc") is not None or locator.label("mau") is not None
