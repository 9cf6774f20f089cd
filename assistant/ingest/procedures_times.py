"""Doubts about the time limits of a crawled record."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.ingest.procedures_doubts import Doubt, flags_of
from assistant.ingest.procedures_methods import BRACKETS, Row, durations_in, times_said
from assistant.law.procedure import Flag, TimeUnit

_DAYS = (TimeUnit.DAY, TimeUnit.WORKING_DAY)
_NO_TIME_SET = re.compile(
    r"không quy định(?: về)? (?:thời gian|thời hạn)|(?:thời gian|thời hạn)[^.;]{0,40}không quy định", re.I
)
_FULL_DOSSIER = re.compile(r"nhận (?:được )?(?:đầy đủ|đủ|hồ sơ)|hồ sơ (?:đầy đủ|hợp lệ)", re.IGNORECASE)


def time_flags(rows: tuple[Row, ...], steps: str) -> tuple[Flag, ...]:
    doubts = [doubt for row in rows for doubt in _row_time_doubts(row)]
    return flags_of(doubts + _unexplained_times(rows) + _steps_differ(rows, steps))


def _steps_differ(rows: tuple[Row, ...], steps: str) -> list[Doubt]:
    """A step that alone takes longer than the whole limit, or the same number in the other kind of days."""
    fields = {(row.amount, row.unit) for row in rows if row.amount and row.unit in _DAYS}
    limit = max((amount for amount, _ in fields if amount), default=0.0)
    sentences = [sentence for sentence in re.split(r"[.;\n](?!\d)", steps) if _FULL_DOSSIER.search(sentence)]
    named = dict.fromkeys(time for sentence in sentences for time in durations_in(sentence) if time[1] in _DAYS)
    other = [
        time for time in named if time[0] > limit or (len(fields) == 1 and time[0] == limit and time not in fields)
    ]
    if not limit or not other or (fields & named.keys() and not any(amount > limit for amount, _ in other)):
        return []
    said = ", ".join(f"{amount:g} {unit.vietnamese}" for amount, unit in other)
    field = ", ".join(dict.fromkeys(f"{amount:g} {unit.vietnamese}" for amount, unit in fields if unit))
    message = f"Trường thời hạn ghi {field} nhưng phần trình tự của bản ghi nêu {said} tính từ khi nhận hồ sơ."
    return [Doubt("field_note_differ", "time_limits", message)]


def _row_time_doubts(row: Row) -> list[Doubt]:
    said = _unread_time(row) or _time_differs(row) or _more_times(row)
    return [Doubt(code, "time_limits", message, row.channel) for code, message in said]


def _unread_time(row: Row) -> list[tuple[str, str]]:
    """The field names no time, or none that can be read."""
    others = _printed(times_said(row.description))
    below = f"; phần mô tả của bản ghi nêu {others}" if others else ""
    if row.glued:
        message = f"Bản ghi in thời hạn liền với mức phí (“{row.fee}”, {{where}}) nên không tách được thời hạn{below}."
        return [("time_without_unit", message)]
    if row.amount is None:
        said = f" (chỉ ghi “{row.words}”)" if row.words else ""
        message = f"Bản ghi không nêu thời hạn giải quyết{said} ({{where}})."
        if others:
            message = f"Trường thời hạn không có số ngày{said} ({{where}}){below}."
        return [("time_missing", message)]
    if row.unit is None:
        message = (
            f"Bản ghi ghi thời hạn “{row.amount:g}” nhưng không nêu đơn vị là ngày, ngày làm việc hay giờ "
            f"({{where}}){below}."
        )
        return [("time_without_unit", message)]
    if row.described:
        message = (
            f"Trường thời hạn để trống ({{where}}); {row.amount:g} {row.unit.vietnamese} lấy từ phần mô tả của bản ghi."
        )
        return [("field_note_differ", message)]
    return []


def _time_differs(row: Row) -> list[tuple[str, str]]:
    """The description says otherwise."""
    assert row.amount is not None and row.unit is not None
    field = f"Trường thời hạn ghi {row.amount:g} {row.unit.vietnamese} ({{where}}) nhưng"
    if _NO_TIME_SET.search(row.description):
        return [("field_note_differ", f"{field} mô tả nói không quy định.")]
    named = durations_in(f"{row.description}\n{row.note}")
    if named and (row.amount, row.unit) not in named and not _adds_up(row):
        others = _printed([*((amount, unit.vietnamese) for amount, unit in named), *times_said(row.description)])
        return [("field_note_differ", f"{field} phần mô tả của bản ghi ghi {others}.")]
    return []


def _adds_up(row: Row) -> bool:
    """Parts that make up the field's time; what stands in brackets is an extension of one part."""
    parts = durations_in(BRACKETS.sub("", row.description))
    return sum(amount for amount, unit in parts if unit is row.unit) == row.amount


def _more_times(row: Row) -> list[tuple[str, str]]:
    """Times beside the field's: of a step, of another case. The description stays beside the limit."""
    assert row.amount is not None and row.unit is not None
    field = (row.amount, row.unit.vietnamese)
    parts = [time for time in times_said(BRACKETS.sub("", row.description)) if time[1] == field[1]]
    explained = {field}
    if len(parts) > 1 and sum(amount for amount, _ in parts) == row.amount:
        explained |= {*parts, *times_said(" ".join(BRACKETS.findall(row.description)))}
    others = [time for time in times_said(row.description) if time not in explained]
    if not others:
        return []
    message = (
        f"Phần mô tả của bản ghi ({{where}}) còn nêu {_printed(others)}: "
        "thời hạn của từng bước hoặc của trường hợp khác, cần đọc nguyên văn."
    )
    return [("field_note_differ", message)]


def _printed(times: Iterable[tuple[float, str]]) -> str:
    return ", ".join(dict.fromkeys(f"{amount:g} {unit}" for amount, unit in times))


def _unexplained_times(rows: tuple[Row, ...]) -> list[Doubt]:
    """Different times without a word on why: rows of different cases, flattened together."""
    timed = [row for row in rows if row.amount is not None]
    said_of: dict[tuple[float | None, TimeUnit | None], set[str]] = {}
    for row in timed:
        said_of.setdefault((row.amount, row.unit), set()).add(f"{row.note} {row.description}".strip())
    texts = [text for group in said_of.values() for text in group]
    if len(said_of) < 2 or (all(texts) and len(set(texts)) == len(texts)):
        return []
    said = "; ".join(
        dict.fromkeys(
            f"{row.channel.vietnamese}: {row.amount:g} {row.unit.vietnamese if row.unit else ''}".strip()
            for row in timed
        )
    )
    message = f"Bản ghi ghi nhiều thời hạn khác nhau ({said}) mà không nói mỗi thời hạn áp dụng cho trường hợp nào."
    return [Doubt("field_note_differ", "time_limits", message)]
