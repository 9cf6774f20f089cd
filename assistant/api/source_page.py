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

from assistant.answer.compose.provision import put_together
from assistant.api.source import Source
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


def source_page(source: Source) -> str:
    """One document, procedure or guide; with a locator, that place alone and marked."""
    whole = f'<p><a href="{_address(source.number)}">Xem toàn bộ phần có trong kho dữ liệu</a></p>'
    parts = [
        f"<h1>{escape(source.title)}</h1>",
        _facts(source),
        # a guide has no force of its own: the texts that its statements rest on have
        "" if source.kind is Kind.GUIDE else _validity(source) + _date_form(source.on),
        whole if source.locator.path and source.entries else _contents(source.entries),
        *(_article(entry, source.locator) for entry in source.entries),
        "" if source.entries else _no_text(source),
        _origin(source),
    ]
    shown = f"{source.locator} – {source.number}" if source.locator.path else source.number
    return _shell(f"{shown} – {source.title}"[:150], _KINDS[source.kind], "\n".join(part for part in parts if part))


def _address(number: str, locator: str = "") -> str:
    return f"/v1/documents/{quote(f'{number}/{locator}'.rstrip('/'), safe='/:')}"


def _facts(source: Source) -> str:
    entries, row = source.entries, source.row
    checked = [e.checked_on for e in entries if e.checked_on]
    procedure, guide = source.kind is Kind.PROCEDURE, source.kind is Kind.GUIDE
    rows = [
        ("" if guide else "Mã thủ tục" if procedure else "Số ký hiệu", source.number),
        ("" if procedure or guide else "Loại", source.doc_type),
        ("Cơ quan giải quyết" if procedure else "Cơ quan ban hành", source.issuing_body),
        ("Ngày ban hành", _day(row.issued_on if row else None)),
        ("Lĩnh vực", source.head.field if source.head else ""),
        ("Có hiệu lực từ", _one_day({e.effective_on for e in entries}) or _day(row.effective_on if row else None)),
        ("Hết hiệu lực từ", _one_day({e.expires_on for e in entries}) or _day(row.expires_on if row else None)),
        ("Kiểm tra ngày", _day(min(checked, default=None))),
        ("Phạm vi đọc", "Chỉ công chức, viên chức" if any(e.audience is Audience.STAFF for e in entries) else ""),
    ]
    printed = (f"<div><dt>{label}</dt><dd>{escape(value)}</dd></div>" for label, value in rows if label and value)
    return f'<dl class="facts">{"".join(printed)}</dl>'


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _one_day(days: set[date | None]) -> str:
    """The day, where all of what is shown agrees on it."""
    return _day(next(iter(days))) if len(days) == 1 else ""


def _validity(source: Source) -> str:
    """The state on the day, why, and what came after."""
    word = source.validity.vietnamese[0].upper() + source.validity.vietnamese[1:]
    sign = f'<span aria-hidden="true">{_SIGNS.get(source.validity, "?")}</span>'
    lines = [
        f'<p class="state"><span class="badge {source.validity.value}">{sign} {word}</span> '
        f"tính đến ngày {_day(source.on)}</p>"
    ]
    if source.state.reason and source.state.validity is source.validity:
        lines.append(f"<p>{escape(source.state.reason[0].upper() + source.state.reason[1:])}.</p>")
    if source.state.replaced_by:
        lines.append(f"<p>Văn bản thay thế: {_links((source.state.replaced_by,))}.</p>")
    if source.amended_by:
        lines.append(f"<p>Đã được sửa đổi, bổ sung bởi: {_links(source.amended_by)}.</p>")
    return "".join(lines)


def _links(numbers: Sequence[str]) -> str:
    return ", ".join(f'<a href="{_address(number)}">{escape(number)}</a>' for number in numbers)


def _no_text(source: Source) -> str:
    """A document that the catalogue knows and the store does not hold."""
    what = f"Nội dung {source.locator}" if source.locator.path else "Toàn văn"
    told = f"{what} của văn bản này chưa có trong kho dữ liệu; trên đây là dữ kiện theo danh mục."
    return f'<p class="notice"><span>{told}</span></p>'


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
    body = _guide(entry.payload) if entry.payload.get("sections") else "".join(_lines(entry, locator))
    made = put_together(entry)
    note = f'<p class="notice"><span>{escape(made[0].upper() + made[1:])}</span></p>' if made else ""
    official = " official" if entry.kind is Kind.PROVISION else ""
    return f'<section class="article{official}" id="{_anchor(entry)}">{heading}{note}{body}</section>'


def _lines(entry: Entry, locator: Locator) -> Iterator[str]:
    """The text line by line, lists as lists, the lines that the locator names marked."""
    listed = False
    for line, cited in mark_lines(entry.text, locator):
        item = line.startswith("- ")
        if item != listed:
            yield "<ul>" if item else "</ul>"
            listed = item
        told = '<p class="cited"><span class="hidden">Đoạn được trích: </span>' if cited else "<p>"
        if item:
            yield f"<li>{escape(line.removeprefix('- '))}</li>"
        elif entry.kind is Kind.PROCEDURE:
            yield _labelled(line)
        else:
            yield f"{told}{escape(line)}</p>"
    if listed:
        yield "</ul>"


def _labelled(line: str) -> str:
    """A line of a procedure: “Hồ sơ gồm:” heads a list, “Lĩnh vực: Hộ tịch” names its value."""
    label, colon, value = line.partition(":")
    if colon and not value:
        return f"<h2>{escape(label)}</h2>"
    return f"<p><strong>{escape(label)}:</strong>{escape(value)}</p>" if colon else f"<p>{escape(line)}</p>"


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


def _guide(payload: Mapping[str, Any]) -> str:
    """The sections of a guide, each statement with the texts it rests on, and what the guide does not cover."""
    parts = []
    for section in payload["sections"]:
        statements = "".join(_statement(s) for s in section.get("statements") or ())
        parts.append(f"<h2>{escape(str(section.get('heading') or ''))}</h2><ul>{statements}</ul>")
    gaps = "".join(f"<li>{escape(str(gap))}</li>" for gap in payload.get("gaps") or ())
    return "".join(parts) + (f"<h2>Chưa có căn cứ trong kho dữ liệu</h2><ul>{gaps}</ul>" if gaps else "")


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
    return f'<a href="{_address(number, locator)}">{escape(label)}</a>'


def _origin(source: Source) -> str:
    """Where it was published; only addresses of the web become links."""
    note = "Bản trong kho dữ liệu để tra cứu nhanh; khi sử dụng chính thức hãy đối chiếu với văn bản gốc."
    told = source.head.url if source.head else source.row.source if source.row else ""
    if re.match(r"https?://", told):
        link = f' <a href="{escape(told)}" rel="noopener noreferrer" target="_blank">Mở nơi công bố</a>'
    else:
        link = f" Nguồn dữ kiện: {escape(told)}." if told else ""
    return f'<p class="note">{note}{link}</p>'


def _shell(title: str, kind: str, main: str) -> str:
    return _template().substitute(title=escape(title), kind=escape(kind), main=main)


@lru_cache(maxsize=1)
def _template() -> Template:
    return Template((WEB / "shell.html").read_text(encoding="utf-8"))
