"""Deadline arithmetic: from a day and a number of days or working days to the day it ends."""

from __future__ import annotations

from assistant.answer.compose.part import Part, day
from assistant.answer.compose.sources import Sources
from assistant.answer.turn import Ask
from assistant.answer.values import Status
from assistant.language.dates import add_days, add_working_days, find_dates, find_durations
from assistant.law.calendar import Holidays

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def answer_deadline(ask: Ask, sources: Sources, holidays: Holidays) -> Part | None:
    """The last day of the time limit, and how it was counted; None when day or duration is not given."""
    dates = find_dates(ask.text, today=sources.on)
    durations = find_durations(ask.text)
    if not durations:
        return None
    start = dates[0].value if dates else sources.on
    amount, unit = int(durations[0].amount), durations[0].unit
    if unit == "working_day":
        end = add_working_days(start, amount, holidays.days.keys(), holidays.make_up.keys())
        how = f"{amount:02d} ngày làm việc, không tính thứ Bảy, Chủ nhật và ngày nghỉ lễ"
    elif unit == "day":
        end = add_days(start, amount)
        how = f"{amount:02d} ngày (tính cả ngày nghỉ)"
    else:
        return None
    counted = f"Tính từ ngày liền sau ngày {day(start)}: {how}."
    last = f"Ngày cuối của thời hạn: {_WEEKDAYS[end.weekday()]}, ngày {day(end)}."
    doubts = holidays.doubts(start, end) if unit == "working_day" else ()
    warnings = [f"Kết quả có thể thay đổi: {doubt}." for doubt in doubts]
    off = [d for d in sorted(holidays.days) if start < d <= end] if unit == "working_day" else []
    skipped = f"Đã bỏ qua ngày nghỉ lễ: {', '.join(day(d) for d in off)}." if off else ""
    marker = sources.calculation("Phép tính thời hạn theo lịch nghỉ lễ trong kho", f"{counted} {last} {skipped}")
    lines = [f"**{last}** [{marker}]", f"- {counted} [{marker}]", *([f"- {skipped} [{marker}]"] if skipped else [])]
    return Part(
        text="\n".join(lines),
        status=Status.ANSWERED_WITH_WARNING if warnings else Status.ANSWERED,
        warnings=tuple(warnings),
    )
