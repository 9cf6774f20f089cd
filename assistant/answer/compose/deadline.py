"""Deadline arithmetic: from a day and a time limit to the day it ends, and how it was counted."""

from __future__ import annotations

from assistant.answer.compose.part import Part, day
from assistant.answer.compose.sources import Sources
from assistant.answer.turn import Ask
from assistant.answer.values import Status
from assistant.language.dates import Duration, Unit, deadline, find_dates, find_durations
from assistant.law.calendar import Holidays

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def answer_deadline(ask: Ask, sources: Sources, holidays: Holidays) -> Part | None:
    """The last day of the time limit; None when no time limit is named, or no single day to count from."""
    durations = find_durations(ask.text)
    starts = [found.first for found in find_dates(ask.text, sources.on) if found.first == found.last]
    if not durations or not starts:
        return None
    start, limit = starts[0], durations[0]
    end = deadline(start, limit, holidays.days.keys(), holidays.make_up.keys())
    working = limit.unit is Unit.WORKING_DAY
    last = f"Ngày cuối của thời hạn: {_WEEKDAYS[end.weekday()]}, ngày {day(end)}."
    counted = f"Tính từ ngày liền sau ngày {day(start)}: {_counted(limit)}."
    off = [d for d in sorted(holidays.days) if start < d <= end and d.weekday() < 5] if working else []
    skipped = f"Đã bỏ qua ngày nghỉ lễ: {', '.join(day(d) for d in off)}." if off else ""
    marker = sources.calculation("Phép tính thời hạn theo lịch nghỉ lễ trong kho", f"{counted} {last} {skipped}")
    lines = [f"**{last}** [{marker}]", f"- {counted} [{marker}]", *([f"- {skipped} [{marker}]"] if skipped else [])]
    warnings = tuple(f"Kết quả có thể thay đổi: {doubt}." for doubt in holidays.doubts(start, end)) if working else ()
    return Part("\n".join(lines), Status.ANSWERED_WITH_WARNING if warnings else Status.ANSWERED, warnings=warnings)


def _counted(limit: Duration) -> str:
    if limit.unit is Unit.WORKING_DAY:
        return f"{limit.amount:g} ngày làm việc, không tính thứ Bảy, Chủ nhật và ngày nghỉ lễ"
    if limit.unit is Unit.DAY:
        return f"{limit.amount:g} ngày liên tục, tính cả ngày nghỉ"
    return limit.text
