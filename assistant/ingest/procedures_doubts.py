"""Doubts about a record's time and money, and the flags that they become."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from assistant.ingest.procedures_methods import BRACKETS, FREE, Row, durations_in
from assistant.ingest.procedures_money import last_days_in
from assistant.law.procedure import Channel, Flag, TimeUnit

# “Phí: 1,700,000 Sát hạch thực hành”: an amount without its unit, beside that of the field.
_BARE_AMOUNT = re.compile(r"(?<![\d/.,])[1-9]\d{0,2}(?:[.,]\d{3})+(?![\d/.,]*\d|/\d)")
_PERCENT = re.compile(r"(?:bằng|giảm|tăng)[^.;\d]{0,40}\d{1,3} ?%", re.IGNORECASE)
# Words that tell channels apart, and digits: what is left of two notes says whether they are on the same case.
_CHANNEL_WORDS = re.compile(
    r"(?:nộp )?(?:hồ sơ )?(?:qua |theo )?(?:hình thức )?(?:hệ thống |cổng |dịch vụ )*(?:công )?"
    r"(?:trực tuyến|trực tiếp|bưu chính(?: công ích)?)|\d[\d.,]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A flag before channels that share it are named together; ``{where}`` in the message names them."""

    code: str
    field: str
    message: str
    channel: Channel | None = None


def flags_of(doubts: list[Doubt]) -> tuple[Flag, ...]:
    """One flag per distinct message: “(nộp trực tuyến, qua bưu chính)”."""
    groups: dict[Doubt, list[str]] = {}
    for doubt in doubts:
        channels = groups.setdefault(replace(doubt, channel=None), [])
        if doubt.channel and doubt.channel.vietnamese not in channels:
            channels.append(doubt.channel.vietnamese)
    return tuple(
        Flag(doubt.code, doubt.field, doubt.message.replace("{where}", f"nộp {', '.join(channels)}"))
        for doubt, channels in groups.items()
    )


def percent_doubts(row: Row) -> list[Doubt]:
    percent = _PERCENT.search(row.note)
    if not percent:
        return []
    message = f"Mức “{row.fee}” ({{where}}) kèm ghi chú “{percent[0]}”: số phải nộp có thể khác."
    return [Doubt("field_note_differ", "fees", message, row.channel)]


def bare_amounts(row: Row, known: int) -> list[Doubt]:
    """Other amounts in a note from which only the field's was read."""
    amounts = dict.fromkeys(match[0] for match in _BARE_AMOUNT.finditer(row.note))
    others = [amount for amount in amounts if int(re.sub(r"[.,]", "", amount)) != known]
    if not others:
        return []
    message = f"Ghi chú của bản ghi ({{where}}) còn nêu mức {', '.join(others)}: có thể phải nộp nhiều khoản."
    return [Doubt("field_note_differ", "fees", message, row.channel)]


def period_doubts(row: Row, on: date) -> list[Doubt]:
    """Every period that the note names: over, or about to end with the amount."""
    doubts = []
    for end in last_days_in(row.note):
        day = f"{end:%d/%m/%Y}"
        if end < on:
            message = f"Ghi chú về mức thu ({{where}}) chỉ áp dụng đến hết {day}, đã qua."
            doubts.append(Doubt("fee_period_over", "fees", message, row.channel))
        else:
            message = f"Mức thu trong ghi chú ({{where}}) chỉ áp dụng đến hết {day}."
            doubts.append(Doubt("field_note_differ", "fees", message, row.channel))
    return doubts


def lost_rows(rows: tuple[Row, ...]) -> list[Doubt]:
    """The crawl kept one fee row per channel: amounts for different cases beside each other are not all of them."""
    paid = [row for row in rows if row.fee and row.fee != FREE]
    cases = {" ".join(_CHANNEL_WORDS.sub(" ", row.note).split()) for row in paid}
    if len({row.fee for row in paid}) < 2 or len(cases) < 2:
        return []
    message = (
        "Bản ghi chỉ giữ một dòng phí cho mỗi hình thức nộp, mỗi dòng nói về một trường hợp khác nhau: "
        "có thể thiếu mức thu của trường hợp còn lại."
    )
    return [Doubt("field_note_differ", "fees", message)]


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
    unread = _unread_time(row)
    if unread or row.amount is None or row.unit is None:
        return unread
    if _NO_TIME_SET.search(row.description):
        message = (
            f"Trường thời hạn ghi {row.amount:g} {row.unit.vietnamese} ({{where}}) nhưng mô tả nói không quy định."
        )
        return [Doubt("field_note_differ", "time_limits", message, row.channel)]
    named = durations_in(f"{row.description}\n{row.note}")
    # parts that add up; what stands in brackets is an extension of one part
    parts = durations_in(BRACKETS.sub("", row.description))
    total = sum(amount for amount, unit in parts if unit is row.unit)
    if named and (row.amount, row.unit) not in named and total != row.amount:
        others = ", ".join(dict.fromkeys(f"{amount:g} {unit.vietnamese}" for amount, unit in named))
        message = (
            f"Trường thời hạn ghi {row.amount:g} {row.unit.vietnamese} ({{where}}) "
            f"nhưng phần mô tả của bản ghi ghi {others}."
        )
        return [Doubt("field_note_differ", "time_limits", message, row.channel)]
    return []


def _unread_time(row: Row) -> list[Doubt]:
    """The field names no time, or none that can be read."""
    if row.glued:
        message = f"Bản ghi in thời hạn liền với mức phí (“{row.fee}”, {{where}}) nên không tách được thời hạn."
        return [Doubt("time_without_unit", "time_limits", message, row.channel)]
    if row.amount is None:
        said = f" (chỉ ghi “{row.words}”)" if row.words else ""
        message = f"Bản ghi không nêu thời hạn giải quyết{said} ({{where}})."
        return [Doubt("time_missing", "time_limits", message, row.channel)]
    if row.unit is None:
        message = (
            f"Bản ghi ghi thời hạn “{row.amount:g}” nhưng không nêu đơn vị là ngày, ngày làm việc hay giờ ({{where}})."
        )
        return [Doubt("time_without_unit", "time_limits", message, row.channel)]
    if row.described:
        message = (
            f"Trường thời hạn để trống ({{where}}); {row.amount:g} {row.unit.vietnamese} lấy từ phần mô tả của bản ghi."
        )
        return [Doubt("field_note_differ", "time_limits", message, row.channel)]
    return []


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
