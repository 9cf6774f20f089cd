"""Doubts about a record's money, and the flags that doubts become."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from assistant.ingest.procedures_methods import FREE, Row
from assistant.ingest.procedures_money import field_money, last_days_in
from assistant.law.procedure import Channel, Fee, Flag

_PERCENT = re.compile(r"(?:bằng|giảm|tăng)[^.;\d]{0,40}\d{1,3} ?%", re.IGNORECASE)
_ANY_PERCENT = re.compile(r"(?:[^\W\d]+ ){0,2}\d{1,3}(?:,\d+)? ?%(?: [^\W\d]+){0,4}")
_ON_FEES = re.compile(r"phí|mức thu", re.IGNORECASE)
# Words that tell channels apart, digits and signs: what is left of two notes says whether they are on the same case.
_CHANNEL_WORDS = re.compile(
    r"(?:nộp )?(?:hồ sơ )?(?:qua |theo )?(?:hình thức )?(?:hệ thống |cổng |dịch vụ )*(?:công )?"
    r"(?:trực tuyến|trực tiếp|bưu chính(?: công ích)?)|\d[\d.,]*|[-+*().,;:]",
    re.IGNORECASE,
)
_CHANNELS_NAMED = re.compile(r"trực tuyến|trực tiếp|bưu chính|qua mạng|điện tử", re.IGNORECASE)
# Any figure that can be money: with a currency however the digits are set, or in thousands without a measure behind.
_SAID = re.compile(
    r"(?<![\d/.,])(?P<digits>\d[\d.,]*\d|\d)(?: ?\([^()\d]{3,80}\))?(?: ?/ ?[^\W\d_]+)? ?"
    r"(?P<unit>triệu|nghìn|ngàn|đồng|đ(?!\w)|vnđ|vnd|việt nam đồng|usd|đô la)?(?! ?(?:tỷ|tỉ)\b)",
    re.IGNORECASE,
)
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_MEASURE = re.compile(
    r"(?: đến(?: dưới)? \d[\d.,]*)? ?(?:GT|m2|m3|m²|m³|kg|tấn|kW|ha|lít|km|người|cổ phiếu|hóa đơn|/\d|-\w|%)",
    re.IGNORECASE,
)
_SCALES = {"triệu": 1_000_000, "nghìn": 1_000, "ngàn": 1_000}
# One rung of a ladder: “Dưới 50 tỷ”, “Từ 50 tỷ đến dưới 150 tỷ”, “Đối với tàu nhóm I”.
_RUNG = re.compile(r"(?:dưới|trên|từ) \d|(?:đối với )?(?:trường hợp|xe ô tô|tàu) |đối với ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A flag before channels that share it are named together; ``{where}`` in the message names them."""

    code: str
    field: str
    message: str
    channel: Channel | None = None


def flags_of(doubts: Iterable[Doubt]) -> tuple[Flag, ...]:
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


def has_percent(text: str) -> bool:
    return bool(_ANY_PERCENT.search(text))


def percent_doubts(row: Row, doubts: Iterable[Doubt]) -> list[Doubt]:
    """A share of an amount, in the note or where the description speaks of fees, that no doubt quotes yet."""
    texts = [row.note, *(part for part in re.split(r"[;\n]", row.description) if _ON_FEES.search(part))]
    found = [match for text in texts if (match := _PERCENT.search(text) or _ANY_PERCENT.search(text))]
    if not found or any(found[0][0] in doubt.message for doubt in doubts):
        return []
    message = f"Mức “{row.fee}” ({{where}}) kèm ghi chú “{found[0][0]}”: số phải nộp có thể khác."
    return [Doubt("field_note_differ", "fees", message, row.channel)]


def unread_doubts(row: Row, fees: Iterable[Fee], doubts: Iterable[Doubt]) -> list[Doubt]:
    """The net below the parser: a figure of the row that became no fee and that no flag names."""
    known = {fee.amount for fee in fees}
    known |= {amount for doubt in doubts for amount, _ in amounts_said(doubt.message)}
    texts = [row.note, *(line for line in row.description.split("\n") if amounts_said(line))]
    said = [one for text in texts for one in amounts_said(text)]
    missed = dict.fromkeys(printed for amount, printed in said if amount not in known)
    if not missed:
        return []
    message = (
        f"Ghi chú của bản ghi ({{where}}) còn nêu {', '.join(missed)}, chưa xếp được thành một mức thu; "
        "cần đọc nguyên văn hoặc hỏi lại nơi nộp."
    )
    return [Doubt("field_note_differ", "fees", message, row.channel)]


def amounts_said(text: str) -> list[tuple[int, str]]:
    """(amount, as printed) of every figure that can be money; digits that are no number count as they stand."""
    found = []
    for match in _SAID.finditer(text):
        unit = (match["unit"] or "").lower()
        bare = not unit and (not _GROUPED.fullmatch(match["digits"]) or _MEASURE.match(text, match.end("digits")))
        digits = int(re.sub(r"[.,]", "", match["digits"]))
        if digits and not bare:
            found.append((digits * _SCALES.get(unit, 1), match[0].strip()))
    return found


def period_doubts(row: Row, on: date) -> list[Doubt]:
    """Every period that the note names: over, or about to end with the amount."""
    doubts = []
    below = [line for line in row.description.split("\n") if _ON_FEES.search(line)]
    for end in last_days_in("\n".join([row.note, *below])):
        day = f"{end:%d/%m/%Y}"
        if end < on:
            message = f"Ghi chú về mức thu ({{where}}) chỉ áp dụng đến hết {day}, đã qua."
            doubts.append(Doubt("fee_period_over", "fees", message, row.channel))
        else:
            message = f"Mức thu trong ghi chú ({{where}}) chỉ áp dụng đến hết {day}."
            doubts.append(Doubt("field_note_differ", "fees", message, row.channel))
    return doubts


def rows_doubts(rows: tuple[Row, ...], fees: Iterable[Fee]) -> Iterator[Doubt]:
    """What the rows beside each other give away."""
    paid = [row for row in rows if row.fee and row.fee != FREE]
    yield from _lost_rows(paid)
    yield from _unexplained(paid)
    yield from _free_beside_paid(rows, paid)
    yield from _one_rung(fees)


def _lost_rows(paid: list[Row]) -> Iterator[Doubt]:
    """The crawl kept one fee row per channel: amounts for different cases beside each other are not all of them."""
    if len({field_money(row.fee) for row in paid}) > 1 and len({_case(row) for row in paid}) > 1:
        message = (
            "Bản ghi chỉ giữ một dòng phí cho mỗi hình thức nộp, mỗi dòng nói về một trường hợp khác nhau: "
            "có thể thiếu mức thu của trường hợp còn lại."
        )
        yield Doubt("field_note_differ", "fees", message)


def _case(row: Row) -> str:
    return " ".join(_CHANNEL_WORDS.sub(" ", row.note).split())


def _unexplained(paid: list[Row]) -> Iterator[Doubt]:
    """Different amounts whose notes are the same and name no channel."""
    amounts: dict[str, dict[tuple[int, str], Row]] = {}
    for row in paid:
        if not row.glued and not _CHANNELS_NAMED.search(row.note) and not amounts_said(row.note):
            amounts.setdefault(row.note.strip("( .)"), {}).setdefault(field_money(row.fee), row)
    for held in amounts.values():
        if len(held) > 1:
            said = "; ".join(f"{row.channel.vietnamese}: {row.fee}" for row in held.values())
            message = f"Bản ghi ghi nhiều mức thu khác nhau ({said}) mà không nói mỗi mức áp dụng cho trường hợp nào."
            yield Doubt("field_note_differ", "fees", message)


def _free_beside_paid(rows: tuple[Row, ...], paid: list[Row]) -> Iterator[Doubt]:
    """One channel free and another not, without a word on why."""
    if not paid or any(_CHANNELS_NAMED.search(row.note) for row in rows):
        return
    for row in rows:
        if row.fee == FREE and not row.note:
            message = (
                "Bản ghi ghi “Miễn phí” ({where}) nhưng có thu khi nộp bằng cách khác mà không nói vì sao; "
                "cần hỏi lại nơi nộp."
            )
            yield Doubt("field_note_differ", "fees", message, row.channel)


def _one_rung(fees: Iterable[Fee]) -> Iterator[Doubt]:
    """The record's only amount holds for one case: those of the other cases are not in it."""
    paid = [fee for fee in fees if fee.amount]
    case = paid[0].condition if paid else ""
    if len({(fee.amount, fee.condition) for fee in paid}) == 1 and _RUNG.match(case):
        message = f"Bản ghi chỉ nêu mức thu của một trường hợp (“{case}”); trường hợp khác có thể có mức khác."
        yield Doubt("field_note_differ", "fees", message)
