"""What must hold of the money and the time of every crawled record, not only of the records of a sample.

    python eval/procedures_check/invariants.py ../shared/data/procedures/procedures.jsonl.gz

The recognisers below are this file's own, wider than the parser's, so that what the parser does not see is seen
here. Each row of the flattened table “Hình thức nộp | Thời gian | Phí, lệ phí | Mô tả” is held against the value:

- amount: a figure that can be money is a fee of that channel, or a flag on fees names it;
- free: “không thu” without a condition stands nowhere beside an amount unless a flag says so;
- due: nor beside words on a fee that somebody pays or a text that sets it;
- percent: a share in the words on fees is quoted by a flag;
- case: amounts of one channel and kind differ in their case or period, or a flag says that it is not known;
- period: the last day of a period in the words on fees is named by a flag;
- local: where the province sets the amount, a flag says so;
- exempt: a sentence that frees somebody is an exemption, the condition or note of a fee, or quoted by a flag;
- note: every word in brackets behind the fee is still in a fee, an exemption or a flag, or moved to the time limit;
- invented: every amount of the value is printed in the record;
- field: the time of the field is a limit of that channel; without a number or a unit a flag says so;
- duration: every other duration of the row is a limit, is named by a flag, or is a part of a sum that makes the limit;
- told: a limit whose row names durations keeps those words, so that an answer shows them;
- channel: the value has the channels of the rows and no others.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from assistant.ingest.procedures import from_portal
from assistant.ingest.procedures_sections import sections_of
from assistant.ingest.procedures_text import clean
from assistant.law.procedure import FeeKind, Procedure, TimeLimit

HEADER = "Hình thức nộpThời gianPhí, lệ phíMô tả"
CHANNELS = {"Trực tuyến": "online", "Dịch vụ bưu chính": "postal", "Trực tiếp": "direct"}
ROW = re.compile(r"(Trực tuyến|Dịch vụ bưu chính|Trực tiếp)(?=\d|Không có thông tin|[A-ZĐ])")
FIELD_TIME = re.compile(r"(\d+(?:[.,]\d+)?) (Ngày làm việc|Ngày|Giờ làm việc|Giờ|Tháng|Năm)(?=Miễn|Không|\d)")
UNITS = {"working_day": "ngày làm việc", "day": "ngày", "hour": "giờ", "month": "tháng", "year": "năm"}

MONEY = re.compile(
    r"(?<![\d./,])(\d[\d.,]*)\s*(?:\([^()\d]{1,80}\)\s*)?(?:/\s*\w+\s*)?"
    r"(triệu|tr\b|nghìn|ngàn|đồng|đ(?!\w)|vnđ|vnd|việt nam|usd|đô la|euro|\$)?",
    re.IGNORECASE,
)
THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
NO_MONEY = re.compile(
    r"\s*(?:đến (?:dưới )?[\d.]+ )?(?:m2|m3|m²|m³|kg|tấn|kw|ha|GT|lít|km|người|cổ phiếu|/\d|-|tỷ|tỉ)", re.IGNORECASE
)
SCALE = {"triệu": 1_000_000, "tr": 1_000_000, "nghìn": 1_000, "ngàn": 1_000}
PERCENT = re.compile(r"\d+(?:,\d+)?\s*%")
DURATION = re.compile(
    r"(?<![\d/.,–-])(\d{1,3}(?:[.,]\d)?)\s*(?:\([^()\n]{1,40}\)\s*)?"
    r"(ngày\s+làm\s+việc|ngày|giờ|tháng|phút|tuần)(?!\s*\d|\s+cùng)",
    re.IGNORECASE,
)
# How long a paper is valid, when the office is open, a day in the calendar: no processing time.
NO_PROCESSING = re.compile(r"hiệu lực|có giá trị|thời gian tiếp nhận|trước ngày", re.IGNORECASE)


PERIOD_END = re.compile(r"đến(?: hết)?(?: ngày)? (\d{1,2})(?:/| tháng )(\d{1,2})(?:/| năm )(\d{4})", re.IGNORECASE)
ON_FEES = re.compile(r"phí|mức thu", re.IGNORECASE)
FEE_FIELD = re.compile(
    r"^(?![\d.,]+ (?:VNĐ|Việt|USD))[^(\n]{0,80}?(?:(?:Không có thông tin)?Miễn phí|Không có thông tin)"
)
NOTHING_DUE = re.compile(r"\W*(?:miễn|không thu|không phải nộp) (?:lệ )?phí\W*", re.IGNORECASE)
# A fee in the words of the row; the fee of the post and costs are no fee of the procedure.
DUE = re.compile(
    r"(?<!miễn )(?<!chi )(?<!kinh )(?<!không )\bphí(?! (?:dịch vụ bưu|bưu chính|chuyển phát|vận))|lệ phí",
    re.I,
)
LOCAL = re.compile(r"hội đồng nhân dân|HĐND", re.IGNORECASE)
FREED = re.compile(r"(?:miễn|không thu|không phải nộp) (?:phí|lệ phí|kể từ|từ ngày)", re.IGNORECASE)
NOTE = re.compile(r"(?:Miễn phí|Không có thông tin|VNĐ|Việt Nam Đồng|USD)\((?![0-9a-zđivx]{1,3}\))(.*)", re.DOTALL)


class Broken(NamedTuple):
    rule: str
    code: str
    said: str


def amounts(text: str) -> Iterator[tuple[int, str]]:
    """(đồng, as printed)."""
    for match in MONEY.finditer(text):
        number = match[1].rstrip(".,")
        unit = (match[2] or "").lower()
        behind = text[match.start(1) + len(number) :]
        if not unit and (not THOUSANDS.fullmatch(number) or NO_MONEY.match(behind)):
            continue
        value = int(re.sub(r"[.,]", "", number)) * SCALE.get(unit, 1)
        if value:
            yield value, number


def durations(text: str) -> Iterator[tuple[float, str]]:
    for sentence in re.split(r"[.;]\s|\n(?=[-+*A-ZĐ])", text):
        if not NO_PROCESSING.search(sentence):
            for match in DURATION.finditer(sentence):
                yield float(match[1].replace(",", ".")), " ".join(match[2].lower().split())


def broken(record: dict[str, Any]) -> Iterator[Broken]:
    value = from_portal(record)
    text = clean(sections_of(record).get("cach_thuc_thuc_hien", "")).removeprefix(HEADER)
    pieces = ROW.split(text)
    rows = [(CHANNELS[name], body) for name, body in zip(pieces[1::2], pieces[2::2], strict=True)]
    if {channel for channel, _ in rows} != {channel.value for channel in value.channels}:
        yield Broken("channel", value.code, str([channel for channel, _ in rows]))
    seen: set[Broken] = set()
    for channel, body in rows:
        field = FIELD_TIME.match(body)
        rest = body[field.end() :] if field else body
        for one in (*_money(value, channel, rest), *_words(value, channel, rest), *_time(value, channel, field, rest)):
            if one not in seen:
                seen.add(one)
                yield one
    printed = {amount for amount, _ in amounts(text)} | {
        int(re.sub(r"\D", "", n)) for n in re.findall(r"\d[\d.,]*", text)
    }
    for fee in value.fees:
        if fee.amount is not None and fee.amount not in printed:
            yield Broken("invented", value.code, str(fee.amount))


def _money(value: Procedure, channel: str, rest: str) -> Iterator[Broken]:
    own = [fee for fee in value.fees if fee.channel is None or fee.channel.value == channel]
    flags = " ".join(flag.message for flag in value.flags_on("fees"))
    named = {re.sub(r"\D", "", number) for number in re.findall(r"\d[\d.,]*", flags)}
    known = {fee.amount for fee in own}
    parts = sum(fee.amount or 0 for fee in own if not fee.valid_to)
    for amount, number in amounts(rest):
        if amount not in known and amount != parts and not {str(amount), re.sub(r"\D", "", number)} & named:
            yield Broken("amount", value.code, f"{number} ({channel})")
    free = any(fee.kind is FeeKind.FREE and not fee.condition for fee in own)
    if free and any(amounts(rest)) and not flags:
        yield Broken("free", value.code, rest[:80])
    below = FEE_FIELD.sub("", rest)
    if free and DUE.search(below) and not FREED.search(below) and not flags:
        yield Broken("due", value.code, below[max(0, DUE.search(below).start() - 60) :][:140])  # type: ignore[union-attr]
    for share in PERCENT.findall(rest):
        if share.replace(" ", "") not in flags.replace(" ", ""):
            yield Broken("percent", value.code, share)
    cases = Counter(
        {(fee.kind, fee.condition, fee.valid_from, fee.valid_to, fee.amount, fee.per) for fee in own if fee.amount}
    )
    held = Counter(case[:4] for case in cases)
    if any(count > 1 for count in held.values()) and not flags:
        yield Broken("case", value.code, str(sorted(str(fee.amount) for fee in own)))


def _words(value: Procedure, channel: str, rest: str) -> Iterator[Broken]:
    own = [fee for fee in value.fees if fee.channel is None or fee.channel.value == channel]
    flags = " ".join(flag.message for flag in value.flags_on("fees"))
    kept = f"{flags} {' '.join(value.exemptions)}" + "".join(f" {fee.condition} {fee.note} {fee.per}" for fee in own)
    value_is_local = any(flag.code == "fee_local" for flag in value.flags)
    for sentence in re.split(r"[.;]\s|[\n)]", FEE_FIELD.sub("", rest)):
        if ON_FEES.search(sentence):
            for day, month, year in PERIOD_END.findall(sentence):
                if f"{int(day):02d}/{int(month):02d}/{year}" not in flags:
                    yield Broken("period", value.code, f"{day}/{month}/{year} ({channel})")
        freed = FREED.search(sentence)
        if (
            freed
            and not NOTHING_DUE.fullmatch(sentence[freed.start() :])
            and not _words_of(sentence[freed.start() :]) <= _words_of(kept) | OF_THE_AMOUNT
        ):
            yield Broken("exempt", value.code, sentence[:90])
        if LOCAL.search(sentence) and ON_FEES.search(sentence) and not value_is_local:
            yield Broken("local", value.code, sentence[:90])
    note = NOTE.match(re.sub(r"^[\d.,]+ ", "", rest))
    if note:
        words = _words_of(_bracket(note[1]))
        everything = f"{kept} {value.where} " + " ".join(
            f"{limit.note} {limit.condition}" for limit in value.time_limits
        )
        if lost := words - _words_of(everything) - OF_THE_AMOUNT:
            yield Broken("note", value.code, f"{' '.join(sorted(lost))} ({channel})")


def _words_of(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{3,}", text.lower()))


# Words that the amount, its kind, its basis and its period stand for in the value.
OF_THE_AMOUNT = {
    *("đồng", "đông", "vnđ", "vnd", "usd", "phí", "lệ", "mức", "thu", "áp", "dụng", "theo", "thông", "tư", "số", "tt"),
    *("btc", "quy", "định", "tại", "ngày", "tháng", "năm", "kể", "từ", "đến", "hết", "là", "của", "và", "bộ", "tài"),
    *("một", "hai", "bốn", "sáu", "bảy", "tám", "chín", "mười", "lăm", "việt", "nam"),
    *("chính", "trưởng", "triệu", "nghìn", "ngàn", "trăm", "mươi", "không", "có", "thực", "hiện"),
}


def _bracket(text: str) -> str:
    depth = 1
    for position, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if not depth:
            return text[:position]
    return text[: text.rfind(")")]


def _time(value: Procedure, channel: str, field: re.Match[str] | None, rest: str) -> Iterator[Broken]:
    own = [limit for limit in value.time_limits if limit.channel is None or limit.channel.value == channel]
    flags = " ".join(flag.message for flag in value.flags_on("time_limits"))
    limits = {_named(limit) for limit in own}
    printed = None
    if field and float(field[1].replace(",", ".")):
        unit = field[2].lower().removesuffix(" làm việc") if field[2].startswith("Giờ") else field[2].lower()
        printed = (float(field[1].replace(",", ".")), unit)
        if printed not in limits:
            yield Broken("field", value.code, f"{printed} ({channel})")
    elif not flags:
        yield Broken("field", value.code, f"no time, no flag ({channel})")
    said = list(durations(rest))
    outside = [time for time in durations(re.sub(r"\([^()]*\)", "", rest)) if printed and time[1] == printed[1]]
    adds_up = printed and len(outside) > 1 and sum(amount for amount, _ in outside) == printed[0]
    inside = {time for bracket in re.findall(r"\([^()]*\)", rest) for time in durations(bracket)}
    shown = " ".join(f"{limit.note} {limit.condition}" for limit in own)
    for time in said:
        if time in limits or f"{time[0]:g} {time[1]}" in flags or (adds_up and (time in outside or time in inside)):
            continue
        yield Broken("duration", value.code, f"{time[0]:g} {time[1]} ({channel})")
    if any(time not in limits for time in said) and not re.search(r"\d", shown):
        yield Broken("told", value.code, str(said))


def _named(limit: TimeLimit) -> tuple[float | None, str]:
    return limit.amount, UNITS.get(limit.unit.value, "") if limit.unit else ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("portal", type=Path, help="procedures.jsonl.gz of the crawl")
    with gzip.open(parser.parse_args().portal, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    found = [one for record in records for one in broken(record)]
    for one in found:
        print(f"{one.rule:10}{one.code}  {one.said}")
    print(f"\n{len(records)} records, {len({one.code for one in found})} with a rule broken")
    rules = re.findall(r"^- (\w+):", __doc__ or "", re.MULTILINE)
    for rule in rules:
        print(f"{rule:10}{sum(one.rule == rule for one in found):>5}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
