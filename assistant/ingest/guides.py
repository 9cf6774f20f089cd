"""Guides of the corpus: Markdown with front matter becomes a ``Guide`` and an index entry.

---
id, title, audience, field, aliases, checked_on, bases: {key: {number, locator, title, from, to}}, gaps
     a basis without a number (a programme, an announcement) has title, source and dated instead
---
## heading in everyday words
- one statement. [^key][^key]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import BadInput, UnreadableFile
from assistant.index.values import Audience, Entry, Kind
from assistant.language.informal import expand
from assistant.language.normalise import clean
from assistant.law.document import Locator
from assistant.law.guide import Basis, Guide, GuideSection, Statement

DOC_TYPE = "Hướng dẫn"
_REFERENCES = re.compile(r"(?:\s*\[\^[\w-]{1,40}\])+\s*$")
_REFERENCE = re.compile(r"\[\^([\w-]{1,40})\]")
_KEYS = {"id", "title", "audience", "field", "aliases", "checked_on", "bases", "gaps", "territory"}
_REQUIRED = ("id", "title", "audience", "field", "checked_on", "bases")


def read_guide(path: Path) -> Guide:
    """One guide; raises BadInput naming file, line and what was expected there."""
    try:
        text = clean(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as problem:
        raise UnreadableFile(f"Không đọc được {path.name} ({problem}); cần tệp văn bản UTF-8.") from problem
    lines = text.split("\n")
    end = next((n for n, line in enumerate(lines[1:], start=1) if line.strip() == "---"), 0)
    if lines[0].strip() != "---" or not end:
        raise _wrong(path, 1, "phần đầu nằm giữa hai dòng “---”", lines[0])
    head = _front_matter(path, lines[1:end])
    bases = {key: _basis(path, _line_of(lines, key), key, value) for key, value in (head["bases"] or {}).items()}
    sections = _sections(path, lines, end + 1, bases)
    if head["id"] != path.stem:
        raise _wrong(path, _line_of(lines, "id"), f"id trùng tên tệp ({path.stem})", str(head["id"]))
    if head["audience"] not in set(Audience):
        raise _wrong(path, _line_of(lines, "audience"), "audience là staff hoặc citizen", str(head["audience"]))
    return Guide(
        id=str(head["id"]),
        title=str(head["title"]),
        audience=str(head["audience"]),
        field=str(head["field"]),
        sections=sections,
        checked_on=_date(path, _line_of(lines, "checked_on"), head["checked_on"]) or date.min,
        aliases=tuple(map(str, head.get("aliases") or ())),
        gaps=tuple(map(str, head.get("gaps") or ())),
        territory=str(head.get("territory") or "vn"),
    )


def _front_matter(path: Path, lines: list[str]) -> dict[str, Any]:
    try:
        head = yaml.safe_load("\n".join(lines))
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        line = mark.line if mark else 0
        raise _wrong(
            path,
            line + 2,
            "YAML đúng cú pháp (giá trị có dấu “:” đặt trong ngoặc kép)",
            lines[line] if line < len(lines) else "",
        ) from problem
    if not isinstance(head, dict):
        raise _wrong(path, 2, "các khóa như id, title, bases", str(head))
    missing = [key for key in _REQUIRED if not head.get(key)]
    unknown = sorted(set(map(str, head)) - _KEYS)
    if missing or unknown:
        raise _wrong(path, 2, f"các khóa {', '.join(sorted(_KEYS))}", f"thiếu {missing}, lạ {unknown}")
    return head


def _basis(path: Path, line: int, key: str, value: object) -> Basis:
    if not isinstance(value, Mapping) or set(value) - _BASIS_KEYS:
        raise _wrong(path, line, f"căn cứ {key} có {', '.join(sorted(_BASIS_KEYS))}", str(value))
    if not value.get("number") and not all(value.get(name) for name in ("title", "source", "dated")):
        raise _wrong(path, line, f"căn cứ {key} có number; không có số thì phải đủ title, source, dated", str(value))
    locator = str(value.get("locator") or "")
    try:
        Locator.parse(locator)
    except ValueError as problem:
        raise _wrong(path, line, "locator như dieu-5.khoan-2.diem-đ, hoặc để trống", locator) from problem
    start, end, dated = (_date(path, line, value.get(name)) for name in ("from", "to", "dated"))
    number, title, source = (str(value.get(name) or "") for name in ("number", "title", "source"))
    return Basis(number, locator, title, start, end, source, dated)


_BASIS_KEYS = {"number", "locator", "title", "from", "to", "source", "dated"}


def _sections(path: Path, lines: list[str], start: int, bases: Mapping[str, Basis]) -> tuple[GuideSection, ...]:
    sections: list[tuple[str, list[Statement]]] = []
    for number, item in _items(path, lines, start):
        if item.startswith("## "):
            sections.append((item[3:].strip(), []))
        elif not sections:
            raise _wrong(path, number, "một tiêu đề “## …” trước câu đầu tiên", item)
        else:
            sections[-1][1].append(_statement(path, number, item, bases))
    if not sections or not all(statements for _, statements in sections):
        raise _wrong(path, len(lines), "mỗi mục “##” có ít nhất một câu “- …”", "mục không có câu nào")
    return tuple(GuideSection(heading, tuple(statements)) for heading, statements in sections)


def _items(path: Path, lines: list[str], start: int) -> Iterator[tuple[int, str]]:
    """(line number, heading or whole list item); an indented line goes on with the item above."""
    held: tuple[int, str] | None = None
    for number, line in enumerate(lines[start:], start=start + 1):
        if held and line.startswith("  ") and line.strip():
            held = held[0], f"{held[1]} {line.strip()}"
            continue
        if held:
            yield held
        held = None
        if line.startswith(("## ", "- ")):
            held = number, line.strip()
        elif line.strip():
            raise _wrong(path, number, "“## tiêu đề” hoặc “- một câu [^căn cứ]”", line)
    if held:
        yield held


def _statement(path: Path, line: int, item: str, bases: Mapping[str, Basis]) -> Statement:
    marks = _REFERENCES.search(item)
    keys = _REFERENCE.findall(marks.group()) if marks else []
    unknown = [key for key in keys if key not in bases]
    if not marks or unknown or "[^" in item[: marks.start()]:
        raise _wrong(path, line, "câu kết thúc bằng [^khóa] có trong bases", ", ".join(unknown) or item)
    return Statement(item[2 : marks.start()].strip(), tuple(bases[key] for key in keys))


def _date(path: Path, line: int, value: object) -> date | None:
    if value is None or isinstance(value, date):
        return value
    raise _wrong(path, line, "ngày dạng 2026-11-21", str(value))


def _line_of(lines: list[str], key: str) -> int:
    pattern = re.compile(rf"^\s*{re.escape(str(key))}\s*:")
    return next((number for number, line in enumerate(lines, start=1) if pattern.match(line)), 2)


def _wrong(path: Path, line: int, expected: str, given: str) -> BadInput:
    return BadInput(f"{path.name}, dòng {line}: cần {expected}; đang có “{given[:120]}”.", param=path.name)


def to_entry(guide: Guide, *, source: str = "") -> Entry:
    """``id`` is ``guide:{id}``; the text is the Markdown without reference marks."""
    return Entry(
        id=f"guide:{guide.id}",
        kind=Kind.GUIDE,
        number=guide.id,
        title=guide.title,
        text=text_of(guide),
        source=source,
        doc_type=DOC_TYPE,
        audience=Audience(guide.audience),
        territory=guide.territory,
        field=guide.field,
        checked_on=guide.checked_on,
        aliases=tuple(dict.fromkeys(map(expand, guide.aliases))),  # a question is expanded too: “ubnd”
        payload={
            "sections": [
                {
                    "heading": section.heading,
                    "statements": [
                        {"text": statement.text, "bases": [_plain(basis) for basis in statement.bases]}
                        for statement in section.statements
                    ],
                }
                for section in guide.sections
            ],
            "gaps": list(guide.gaps),
        },
    )


def text_of(guide: Guide) -> str:
    called = "; ".join(map(expand, guide.aliases))  # in the text, so that everyday names are searched
    parts = [f"# {guide.title}\nCâu hỏi thường gặp: {called}" if called else f"# {guide.title}"]
    for section in guide.sections:
        parts.append(f"## {section.heading}\n" + "\n".join(f"- {statement.text}" for statement in section.statements))
    return "\n\n".join(parts)


def _plain(basis: Basis) -> dict[str, str | None]:
    read = {"source": basis.source, "dated": basis.dated.isoformat()} if basis.dated else {}
    return {
        "number": basis.number,
        "locator": basis.locator,
        "title": basis.title,
        "from": basis.valid_from.isoformat() if basis.valid_from else None,
        "to": basis.valid_to.isoformat() if basis.valid_to else None,
        **read,
    }
