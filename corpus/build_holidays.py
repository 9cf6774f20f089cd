"""Builds corpus/holidays.yaml: days off and make-up days of offices, year by year, each with its source.

    python corpus/build_holidays.py

Fixed days follow from Điều 112 Bộ luật Lao động, lunar ones from the calendar, and what the Prime Minister decides
every year from holiday_decisions.yaml. What is not decided yet stands as undecided: nothing is guessed.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from lunar import lunar_to_date

HERE = Path(__file__).resolve().parent
CODE = "Bộ luật Lao động số 45/2019/QH14"
FIXED = (  # month, day, name, basis, first year
    (1, 1, "Tết Dương lịch", f"điểm a khoản 1 Điều 112 {CODE}", 2021),
    (4, 30, "Ngày Chiến thắng", f"điểm c khoản 1 Điều 112 {CODE}", 2021),
    (5, 1, "Ngày Quốc tế lao động", f"điểm d khoản 1 Điều 112 {CODE}", 2021),
    (9, 2, "Quốc khánh", f"điểm đ khoản 1 Điều 112 {CODE}", 2021),
    (11, 24, "Ngày Văn hóa Việt Nam", "Nghị quyết 28/2026/QH16", 2026),
)


def build(decisions: dict[int, dict[str, Any]]) -> dict[str, Any]:
    days: dict[date, dict[str, Any]] = {}
    made_up: list[dict[str, Any]] = []
    undecided: list[dict[str, Any]] = []
    for year, decided in decisions.items():
        for day in _of_law(year):
            days[day["day"]] = day
        for day in decided.get("days", []):
            days.setdefault(day["day"], day)
        for swap in decided.get("swaps", []):
            name = f"nghỉ hoán đổi, làm bù ngày {swap['work']:%d/%m/%Y}"
            days[swap["rest"]] = {"day": swap["rest"], "name": name, "source": swap["source"]}
            made_up.append({"day": swap["work"], "instead_of": swap["rest"], "source": swap["source"]})
        undecided += _undecided(year, decided)
    for day in list(days.values()):
        _compensate(day, days)
    return {
        "checked_on": date(2026, 11, 21),
        "weekend": [5, 6],  # Monday is 0
        "complete_years": sorted(set(decisions) - {gap["year"] for gap in undecided}),
        "days": [days[day] for day in sorted(days)],
        "make_up": sorted(made_up, key=lambda item: item["day"]),
        "undecided": undecided,
    }


def _of_law(year: int) -> list[dict[str, Any]]:
    rows = [
        {"day": date(year, month, day), "name": name, "source": source}
        for month, day, name, source, since in FIXED
        if year >= since
    ]
    hung = lunar_to_date(year, 3, 10)
    return [
        *rows,
        {"day": hung, "name": "Giỗ Tổ Hùng Vương", "source": f"điểm e khoản 1 Điều 112 {CODE}; 10/3 âm lịch"},
    ]


def _undecided(year: int, decided: dict[str, Any]) -> list[dict[str, Any]]:
    """What khoản 3 Điều 112 leaves to the Prime Minister and no decision names yet."""
    names = {day["name"] for day in decided.get("days", [])}
    first = lunar_to_date(year, 1, 1)
    rows = []
    if "Tết Âm lịch" not in names:
        note = f"05 ngày quanh mùng 1 (ngày {first:%d/%m/%Y}), Thủ tướng Chính phủ quyết định"
        window = {"first": first - timedelta(days=7), "last": first + timedelta(days=9)}
        rows.append({"year": year, "name": "Tết Âm lịch", **window, "note": note})
    if "Quốc khánh (ngày liền kề)" not in names:
        note = "01 ngày liền kề trước hoặc sau ngày 02/9, Thủ tướng Chính phủ quyết định"
        window = {"first": date(year, 8, 31), "last": date(year, 9, 4)}
        rows.append({"year": year, "name": "Quốc khánh (ngày liền kề)", **window, "note": note})
    return rows


def _compensate(day: dict[str, Any], days: dict[date, dict[str, Any]]) -> None:
    """A holiday on a weekly rest day moves the rest to the next working day (khoản 3 Điều 111)."""
    if day["day"].weekday() < 5 or day["name"].startswith("Tết Âm lịch"):
        return
    rest = day["day"]
    while rest.weekday() >= 5 or rest in days:
        rest += timedelta(days=1)
    days[rest] = {"day": rest, "name": f"nghỉ bù {day['name']}", "source": f"khoản 3 Điều 111 {CODE}"}


def main() -> None:
    decisions = yaml.safe_load((HERE / "holiday_decisions.yaml").read_text(encoding="utf-8"))
    holidays = build(decisions)
    head = "# Lập bằng corpus/build_holidays.py; quyết định hằng năm nhập ở holiday_decisions.yaml.\n"
    dumper = yaml.SafeDumper
    dumper.ignore_aliases = lambda *_: True  # type: ignore[method-assign]  # dates written out, not as &id001
    text = yaml.dump(holidays, Dumper=dumper, allow_unicode=True, sort_keys=False, width=160, default_flow_style=None)
    (HERE / "holidays.yaml").write_text(head + text, encoding="utf-8")
    print(
        len(holidays["days"]), "ngày nghỉ;", "đủ:", holidays["complete_years"], "chưa đủ:", len(holidays["undecided"])
    )


if __name__ == "__main__":
    main()
