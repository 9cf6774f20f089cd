"""Phụ lục, mẫu biểu: cited and missing, or there and never cited (K42)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.law.document import ProvisionKind
from assistant.review.check import Context, Note, Severity
from assistant.review.draft import Draft

_ID = r"(?:[IVXL]{1,6}|\d{1,3}[A-Za-z]?|[A-Z])(?![\w/])"
_APPENDIX = re.compile(
    (
        rf"\b(?:các[ \t]+)?Phụ[ \t]+lục(?:[ \t]+số)?[ \t]+(?P<ids>{_ID}(?:(?:,|[ \t]+và"
        rf"|,?[ \t]+hoặc)[ \t]+(?:Phụ[ \t]+lục[ \t]+)?{_ID})*)"
    ),
    re.I,
)
_FORM = re.compile(r"\b(?:Mẫu|Biểu mẫu|Biểu)[ \t]+(?:số[ \t]+)?(?P<id>\d{1,3}[a-zđA-Z]?(?:[.-]\d{1,2})?)(?![\w/])")
_ANY_APPENDIX = re.compile(r"\bPhụ[ \t]+lục\b", re.I)
_APPENDIX_HEAD = re.compile(rf"^[ \t]*Phụ[ \t]+lục(?:[ \t]+số)?[ \t]*(?P<id>{_ID})?[ \t]*[.:]?[ \t]*$", re.M | re.I)
_FORM_HEAD = re.compile(
    (
        r"^[ \t]*(?:Mẫu|MẪU|Biểu mẫu|BIỂU MẪU|Biểu|BIỂU)(?:[ \t]+(?:số"
        r"|SỐ))?[ \t]*:?[ \t]*(?P<id>\d{1,3}[a-zđA-Z]?(?:[.-]\d{1,2})?)\b"
    ),
    re.M,
)
# The appendix belongs to another document, named up to the end of the clause.
_FOREIGN = re.compile(
    r"(?:ban hành[ \t]+)?(?:kèm[ \t]+theo|của|tại|theo)?[ \t]*\b(?:Luật|Nghị định|Thông tư|Quyết định|Nghị quyết"
    r"|Quy chuẩn|Tiêu chuẩn|Công ước|Hiệp định)\b(?![ \t]+này)(?:[ \t]+số)?[ \t]+[\dA-ZĐ]"
)


def appendices(draft: Draft, _: Context) -> Iterator[Note]:
    """K42, both ways."""
    heads = {_value(m["id"] or ""): m for m in _heads(draft, _APPENDIX_HEAD)}
    steps = [p.locator.steps[-1] for p in draft.document.provisions if p.kind is ProvisionKind.APPENDIX]
    held = {*heads, *(_value(label) for level, label in steps if level == "phu-luc")}
    forms = {_value(m["id"]) for m in _heads(draft, _FORM_HEAD)} | {_value(x) for level, x in steps if level == "mau"}
    cited: set[str] = set()
    told: set[str] = set()
    for found in _mentions(draft, _APPENDIX):
        for name in re.findall(_ID, re.sub(r"Phụ[ \t]+lục", "", found["ids"], flags=re.I)):
            cited.add(_value(name))
            if _value(name) not in held and held != {""} and _value(name) not in told:
                told.add(_value(name))
                yield _absent(found, f"Phụ lục {name}")
    for found in _mentions(draft, _FORM):
        value = _value(found["id"])
        if value not in forms and f"mẫu {value}" not in told and not _whole_elsewhere(draft, found):
            told.add(f"mẫu {value}")
            yield _absent(found, found[0])
    if not draft.amending:  # there appendices are brought in by operations on another document
        yield from _uncited(draft, heads, cited)


def _heads(draft: Draft, pattern: re.Pattern[str]) -> list[re.Match[str]]:
    return [m for m in pattern.finditer(draft.text, draft.header.end) if not draft.quoted(m.start())]


def _mentions(draft: Draft, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Citations of the draft's own appendices: headings, quotations and those of other documents left out."""
    for found in pattern.finditer(draft.text, draft.header.end):
        line = draft.line_at(found.start())
        heading = line.start == found.start() and line.end - line.start < 25
        if heading or draft.quoted(found.start()) or draft.amends_at(found.start()):
            continue
        clause = re.match(r"(?:[^.;\n]|\n(?=[^\W\d_A-ZĐ])){0,240}", draft.text[found.end() : found.end() + 300])
        if clause and _FOREIGN.search(clause[0].replace("\n", " ")):  # a line of a PDF ends in mid-sentence
            continue
        yield found


def _value(name: str) -> str:
    """“I”, “01” and “1” are one name: a draft that mixes them is not accused of lacking an appendix."""
    upper = name.upper()
    if upper and set(upper) <= set("IVXL"):
        values = [{"I": 1, "V": 5, "X": 10, "L": 50}[c] for c in upper]
        return str(sum(-v if v < max(values[i:]) else v for i, v in enumerate(values)))
    return upper.lstrip("0") or upper


def _whole_elsewhere(draft: Draft, found: re.Match[str]) -> bool:
    """“Mẫu số 03” before an appendix that is itself missing is told once, with the appendix."""
    after = _APPENDIX.match(draft.text, found.end() + 1)
    heads = {_value(m["id"] or "") for m in _heads(draft, _APPENDIX_HEAD)}
    return bool(after) and all(_value(n) not in heads for n in re.findall(_ID, after["ids"] if after else ""))


def _absent(found: re.Match[str], name: str) -> Note:
    return Note(
        *found.span(),
        f"Dự thảo viện dẫn {name} nhưng không có {name} kèm theo.",
        f"Bổ sung {name}, hoặc sửa viện dẫn.",
        confidence=0.9,
    )


def _uncited(draft: Draft, heads: dict[str, re.Match[str]], cited: set[str]) -> Iterator[Note]:
    ranged = re.search(r"đến Phụ lục|(?:các|\d) Phụ lục (?:kèm theo|ban hành)", draft.text, re.I)
    for value, head in heads.items():
        body = [
            m for m in _ANY_APPENDIX.finditer(draft.text, draft.header.end, draft.body.end) if m.start() < head.start()
        ]
        if ranged or value in cited or (not value and body):
            continue
        start = head.start() + len(head[0]) - len(head[0].lstrip())
        yield Note(
            start,
            start + len(head[0].strip()),
            f"{head[0].strip().capitalize() if not head['id'] else head[0].strip()} có trong dự thảo nhưng không "
            f"được viện dẫn ở điều, khoản nào.",
            "Bổ sung viện dẫn đến phụ lục này ở điều, khoản tương ứng, hoặc bỏ phụ lục.",
            severity=Severity.MINOR,
            confidence=0.8,
        )
