"""The pages that the server writes itself: a source, and an error. Everything from the store is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from html import escape
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import quote

from assistant.index.values import Audience, Entry, Kind
from assistant.law.document import Locator, Validity

WEB = Path(__file__).parent.parent / "web"
_KINDS = {
    Kind.PROVISION: "Văn bản pháp luật",
    Kind.PROCEDURE: "Thủ tục hành chính",
    Kind.GUIDE: "Bài hướng dẫn",
}
# The sign says it without colour; the word beside it says it without the sign.
_SIGNS = {Validity.IN_FORCE: "✓", Validity.PARTLY_EXPIRED: "◐", Validity.NOT_YET: "◷", Validity.EXPIRED: "✕"}
_CLAUSE = re.compile(r"(\d{1,3}[a-zđ]?)\s?[.)]\s")  # “2. …” at the start of a line opens khoản 2
_POINT = re.compile(r"([a-zđ]\d?)\s?\)\s")  # “đ) …” opens điểm đ


def error_page(message: str, status: int) -> str:
    """What a person sees who opened an address that does not work."""
    main = f'<h1>Chưa mở được trang này</h1><p class="lead" data-status="{status}">{escape(message)}</p>'
    return _shell("Chưa mở được trang", "Thông báo", f'{main}<p><a href="/">Về trang hỏi đáp</a></p>')


def source_page(number: str, locator: Locator, entries: Sequence[Entry], validity: Validity, on: date) -> str:
    """One document, procedure or guide; with a locator, that place alone and marked."""
    head = entries[0]
    whole = f"/v1/documents/{quote(number, safe='/:')}"
    parts = [
        f"<h1>{escape(head.title or number)}</h1>",
        _facts(head, number, entries),
        _validity(validity, on),
        _date_form(on),
        f'<p><a href="{whole}">Xem toàn bộ phần có trong kho dữ liệu</a></p>' if locator.path else _contents(entries),
        *(_article(entry, locator) for entry in entries),
        _origin(head),
    ]
    shown = f"{locator} – {number}" if locator.path else number
    return _shell(f"{shown} – {head.title}"[:150], _KINDS[head.kind], "\n".join(part for part in parts if part))


def _facts(head: Entry, number: str, entries: Sequence[Entry]) -> str:
    checked = [e.checked_on for e in entries if e.checked_on]
    starts = {e.effective_on for e in entries}
    ends = {e.expires_on for e in entries}
    rows = [
        ("Mã thủ tục" if head.kind is Kind.PROCEDURE else "Số ký hiệu" if head.kind is Kind.PROVISION else "", number),
        ("Loại", head.doc_type if head.kind is Kind.PROVISION else ""),
        ("Cơ quan giải quyết" if head.kind is Kind.PROCEDURE else "Cơ quan ban hành", head.issuing_body),
        ("Lĩnh vực", head.field),
        ("Có hiệu lực từ", _one_day(starts)),
        ("Hết hiệu lực từ", _one_day(ends)),
        ("Kiểm tra ngày", f"{min(checked):%d/%m/%Y}" if checked else ""),
        ("Phạm vi đọc", "Chỉ công chức, viên chức" if head.audience is Audience.STAFF else ""),
    ]
    printed = (f"<div><dt>{label}</dt><dd>{escape(value)}</dd></div>" for label, value in rows if label and value)
    return f'<dl class="facts">{"".join(printed)}</dl>'


def _one_day(days: set[date | None]) -> str:
    """The day, where all of what is shown agrees on it."""
    day = next(iter(days)) if len(days) == 1 else None
    return f"{day:%d/%m/%Y}" if day else ""


def _validity(validity: Validity, on: date) -> str:
    sign = _SIGNS.get(validity, "?")
    word = validity.vietnamese[0].upper() + validity.vietnamese[1:]
    return (
        f'<p class="state"><span class="badge {validity.value}"><span aria-hidden="true">{sign}</span> {word}</span> '
        f"tính đến ngày {on:%d/%m/%Y}</p>"
    )


def _date_form(on: date) -> str:
    return (
        '<form class="as-of" method="get"><label for="as_of">Xem hiệu lực vào ngày</label>'
        f'<input type="date" id="as_of" name="as_of" value="{on.isoformat()}" required>'
        '<button class="quiet">Xem</button></form>'
    )


def _contents(entries: Sequence[Entry]) -> str:
    """Mục lục of a long document, closed until it is wanted."""
    if len(entries) < 3:
        return ""
    items = "".join(f'<li><a href="#{_anchor(e)}">{escape(_name(e))}</a></li>' for e in entries)
    return f'<details class="contents"><summary>Mục lục ({len(entries)} điều)</summary><ol>{items}</ol></details>'


def _anchor(entry: Entry) -> str:
    return quote(entry.locator or "noi-dung")


def _name(entry: Entry) -> str:
    """“Điều 5. Giải thích từ ngữ”."""
    return ". ".join(part for part in (str(Locator(entry.locator)), entry.heading) if part)


def _article(entry: Entry, locator: Locator) -> str:
    heading = f"<h2>{escape(_name(entry))}</h2>" if _name(entry) else ""
    sections = entry.payload.get("sections") if entry.kind is Kind.GUIDE else None
    body = _guide(sections) if isinstance(sections, list) else "".join(_lines(entry, locator))
    official = " official" if entry.kind is Kind.PROVISION else ""
    return f'<section class="article{official}" id="{_anchor(entry)}">{heading}{body}</section>'


def _lines(entry: Entry, locator: Locator) -> Iterator[str]:
    """The text line by line, lists as lists, the lines that the locator names marked."""
    listed = False
    for line, cited in mark_lines(entry.text, locator):
        item = line.startswith("- ")
        if item != listed:
            yield "<ul>" if item else "</ul>"
            listed = item
        tag = "li" if item else "p"
        told = '<span class="hidden">Đoạn được trích: </span>' if cited else ""
        yield f"<{tag}{' class=cited' if cited else ''}>{told}{escape(line.removeprefix('- '))}</{tag}>"
    if listed:
        yield "</ul>"


def mark_lines(text: str, locator: Locator) -> Iterator[tuple[str, bool]]:
    """(line, whether the clause or point of the locator covers it); a locator without clause marks nothing."""
    wanted = (locator.label("khoan"), locator.label("diem"))
    clause: str | None = None
    point: str | None = None
    for line in filter(None, (raw.strip() for raw in text.splitlines())):
        if opened := _CLAUSE.match(line):
            clause, point = opened[1], None
        elif opened := _POINT.match(line):
            point = opened[1]
        yield line, any(wanted) and (wanted[0] in (None, clause)) and (wanted[1] in (None, point))


def _guide(sections: Sequence[Mapping[str, Any]]) -> str:
    """The sections of a guide, each statement with the texts it rests on."""
    parts = []
    for section in sections:
        statements = "".join(_statement(s) for s in section.get("statements") or ())
        parts.append(f"<h2>{escape(str(section.get('heading') or ''))}</h2><ul>{statements}</ul>")
    return "".join(parts)


def _statement(statement: Mapping[str, Any]) -> str:
    bases = "; ".join(_basis(basis) for basis in statement.get("bases") or ())
    return f"<li>{escape(str(statement.get('text') or ''))}{f' <small>({bases})</small>' if bases else ''}</li>"


def _basis(basis: Mapping[str, Any]) -> str:
    number, locator = str(basis.get("number") or ""), str(basis.get("locator") or "")
    try:
        place = str(Locator.parse(locator))
    except ValueError:
        place = ""
    label = " ".join(part for part in (place, str(basis.get("title") or ""), number) if part)
    return f'<a href="/v1/documents/{quote(f"{number}/{locator}".rstrip("/"), safe="/:")}">{escape(label)}</a>'


def _origin(head: Entry) -> str:
    """Where it was published; only addresses of the web become links."""
    note = "Bản trong kho dữ liệu để tra cứu nhanh; khi sử dụng chính thức hãy đối chiếu với văn bản gốc."
    link = ""
    if re.match(r"https?://", head.url):
        link = f' <a href="{escape(head.url)}" rel="noopener noreferrer" target="_blank">Mở nơi công bố</a>'
    return f'<p class="note">{note}{link}</p>'


def _shell(title: str, kind: str, main: str) -> str:
    return _template().substitute(title=escape(title), kind=escape(kind), main=main)


@lru_cache(maxsize=1)
def _template() -> Template:
    return Template((WEB / "shell.html").read_text(encoding="utf-8"))
