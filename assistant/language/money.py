"""Amounts of money in Vietnamese text, with their offsets."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Money:
    """Số tiền, in đồng."""

    start: int
    end: int
    text: str
    amount: int


_GROUPED = r"\d{1,3}(?:\.\d{3}){1,5}|\d{1,3}(?:,\d{3}){1,5}"
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3}){1,5}")
_UNITS = {"nghìn": 10**3, "ngàn": 10**3, "k": 10**3, "triệu": 10**6, "tr": 10**6, "củ": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_CURRENCY = r"đồng|vnđ|vnd|₫|đ"
_MONEY = re.compile(
    rf"(?<![\w.,/-])(?:(?P<whole>{_GROUPED}|\d{{1,15}})\s?(?P<currency>{_CURRENCY})"
    rf"|(?P<number>{_GROUPED}|\d{{1,6}}(?:[.,]\d{{1,3}})?)\s?(?P<unit>nghìn|ngàn|triệu|tỷ|tỉ|củ|tr|k)"
    rf"(?:\s?(?P<half>rưỡi)|\s?(?P<rest>\d{{1,3}})(?!\s?(?:ngày|tháng|năm|%)|[\d.,/]))?(?:\s?(?:{_CURRENCY}))?)(?!\w)",
    re.IGNORECASE,
)


def find_money(text: str) -> list[Money]:
    """Amounts with their unit or currency: “2.530.000 đồng”, “50k”, “2 triệu rưỡi”, “1 tỷ 2”."""
    return [Money(m.start(), m.end(), m.group(), amount) for m in _MONEY.finditer(text) if (amount := _amount(m))]


def _amount(found: re.Match[str]) -> int:
    if found["whole"]:
        # A lone "5 đ" may be điểm đ; money is written with its thousands or glued to the sign.
        if found["currency"].lower() == "đ" and len(found["whole"]) < 4 and " " in found.group():
            return 0
        return int(re.sub(r"[.,]", "", found["whole"]))
    # "1.500 tỷ" has a thousands point, "1.5 tỷ" and "1,5 tỷ" a decimal one.
    number = found["number"]
    grouped = _THOUSANDS.fullmatch(number) or number.count(",") > 1
    value = float(re.sub(r"[.,]", "", number) if grouped else number.replace(",", "."))
    if found["half"]:
        value += 0.5
    if found["rest"]:  # “2 triệu 5” is 2.5, “1 tỷ 250” is 1.25
        value += int(found["rest"]) / 10 ** len(found["rest"])
    return round(value * _UNITS[found["unit"].lower()])
