"""The flattened table “Hình thức nộp | Thời gian | Phí, lệ phí | Mô tả” of a crawled record."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.ingest.procedures_money import has_money, is_unit
from assistant.ingest.procedures_text import clean, strip_bullet
from assistant.law.procedure import Channel, TimeLimit, TimeUnit

FREE = "Miễn phí"
_HEADER = "Hình thức nộpThời gianPhí, lệ phíMô tả"
_CHANNELS = {"Trực tuyến": Channel.ONLINE, "Dịch vụ bưu chính": Channel.POSTAL, "Trực tiếp": Channel.DIRECT}
_UNITS = {
    "Ngày làm việc": TimeUnit.WORKING_DAY,
    "Ngày": TimeUnit.DAY,
    "Giờ làm việc": TimeUnit.HOUR,
    "Giờ": TimeUnit.HOUR,
    "Tháng": TimeUnit.MONTH,
    "Năm": TimeUnit.YEAR,
}
_MONEY = r"\d[\d.,]* (?:VNĐ|Việt Nam Đồng|USD)"
# A row starts with its channel, its time and its fee, printed without any separator.
_ROW = re.compile(
    r"(?P<channel>Trực tuyến|Dịch vụ bưu chính|Trực tiếp)"
    r"(?:"
    r"(?P<amount>\d+(?:[.,]\d+)?) (?P<unit>Ngày làm việc|Ngày|Giờ làm việc|Giờ|Tháng|Năm)"
    rf"(?P<fee>Miễn phí|Không có thông tin|{_MONEY})"
    r"|(?P<bare>\d+)(?P<bare_fee>Miễn phí|Không có thông tin)"  # a number without unit
    rf"|(?P<glued>{_MONEY})"  # time and amount run into each other: “120 VNĐ” was 1 and 20
    rf"|Không có thông tin(?P<timeless>Miễn phí|Không có thông tin|{_MONEY})"
    r"|(?P<words>(?=[A-ZĐ])(?:(?!Trực t|Dịch vụ b)[^\n]){1,300}?)(?P<words_fee>Miễn phí|Không có thông tin)"
    r")"
)
# “(1) Trường hợp …” after the fee begins the description, it is no note on the fee.
_ENUMERATOR = re.compile(r"\([0-9a-zđivx]{1,3}\)")
_WORDS_WITHOUT_TIME = "Không quy định"
_ABOUT_FEE = re.compile(r"\b(?:phí|lệ phí) ?:[^.;\n]{0,80}?\d{1,3}(?:\.\d{3})+ ?(?:đồng|đ\b|VNĐ)", re.IGNORECASE)
_TIME_SAID = re.compile(r"thời hạn giải quyết\s*:|kể từ (?:ngày|khi) (?:tiếp )?nhận", re.IGNORECASE)
# A bracket in the fee's place that tells how to submit and how long it takes.
_NOT_ON_FEES = re.compile(
    r"^(?!Nếu|Trường hợp|Đối với).*(?:gửi|nộp) hồ sơ|hồ sơ (?:gửi|nộp)|cách thức thực hiện|thời hạn giải quyết",
    re.I | re.S,
)
_ON_FEES = re.compile(r"phí|tiền|đồng|miễn|mức thu|thuế|\d{1,3}[.,]\d{3}|VNĐ|USD", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """One channel with its time and fee as printed. ``fee`` is “Miễn phí”, “” or an amount with its currency."""

    channel: Channel
    amount: float | None
    unit: TimeUnit | None
    words: str  # a time given in words
    fee: str
    glued: bool  # the digits of ``fee`` may begin with the digits of the time
    note: str  # what the record says in brackets after the fee, or in a description that is about the fee
    description: str
    described: bool = False  # the field is empty: the time is that of the description


def rows_of(text: str) -> tuple[Row, ...]:
    plain = clean(text).removeprefix(_HEADER)
    starts = list(_ROW.finditer(plain))
    ends = ([match.start() for match in starts[1:]] + [len(plain)])[: len(starts)]
    rows = (_row(match, plain[match.end() : end]) for match, end in zip(starts, ends, strict=True))
    return tuple(dict.fromkeys(rows))  # the portal prints some rows twice


def _row(match: re.Match[str], rest: str) -> Row:
    number = match["amount"] or match["bare"]
    fee = match["fee"] or match["bare_fee"] or match["glued"] or match["timeless"] or match["words_fee"]
    note, description = (clean(part) for part in _split_note(rest))
    if not description and _NOT_ON_FEES.search(note) and not _ON_FEES.search(note):
        note, description = "", note
    if _fee_told_below(note, description, fee):
        note, description = description, description if durations_in(description) else ""
    amount = float(number.replace(",", ".")) if number and float(number.replace(",", ".")) else None
    unit = _UNITS[match["unit"]] if match["unit"] else None
    said = set(durations_in(BRACKETS.sub("", description))) if match["timeless"] else set()
    described = len(said) == 1 and bool(_TIME_SAID.search(description))
    if described:
        ((amount, unit),) = said
    return Row(
        channel=_CHANNELS[match["channel"]],
        amount=amount,
        unit=unit,
        words=(match["words"] or "").strip(),
        fee=clean(fee),
        glued=bool(match["glued"]),
        note=note,
        description=description,
        described=described,
    )


def _fee_told_below(note: str, description: str, fee: str) -> bool:
    """The description is the note: the fee field is an amount or empty, and no note says more than its unit."""
    if fee == FREE or (note and not is_unit(note)):
        return False
    printed = re.sub(r"[^\d]", "", fee)
    again = f"{printed} USD" if fee.endswith("USD") else f"{int(printed or 0):,}".replace(",", ".")
    repeated = len(again) > 3 and again in description
    return repeated or bool(_ABOUT_FEE.search(description))


def _split_note(rest: str) -> tuple[str, str]:
    """(“note”, “description”) of “(note)description”; brackets may nest or be left open."""
    if not rest.startswith("(") or _ENUMERATOR.match(rest):
        return "", rest
    depth = 0
    for position, sign in enumerate(rest):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return rest[1:position], rest[position + 1 :].removeprefix(")")
    end = rest.rfind(")")
    return (rest[1:end], rest[end + 1 :]) if end > 0 else (rest[1:], "")


def channels_of(rows: tuple[Row, ...]) -> tuple[Channel, ...]:
    found = {row.channel for row in rows}
    return tuple(channel for channel in Channel if channel in found)


def time_limits_of(rows: tuple[Row, ...]) -> tuple[TimeLimit, ...]:
    """One limit per distinct time; channels that say the same are joined (channel None: every channel)."""
    repeated = {row.channel for row in rows if sum(other.channel is row.channel for other in rows) > 1}
    limits = []
    for row in rows:
        told_apart = row.channel in repeated
        limit = TimeLimit(
            amount=row.amount,
            unit=row.unit,
            channel=row.channel,
            condition=(row.description or row.note) if told_apart else "",
            note=row.words or ("" if told_apart else timing_in(row.description)),
        )
        limits.append(limit)
    return _joined(tuple(dict.fromkeys(limits)), set(channels_of(rows)))


def _joined(limits: tuple[TimeLimit, ...], every: set[Channel]) -> tuple[TimeLimit, ...]:
    groups: dict[TimeLimit, set[Channel | None]] = {}
    for limit in limits:
        groups.setdefault(replace(limit, channel=None), set()).add(limit.channel)
    whole = {limit for limit, channels in groups.items() if channels == every and len(every) > 1}
    kept = dict.fromkeys(
        replace(limit, channel=None) if replace(limit, channel=None) in whole else limit for limit in limits
    )
    return tuple(kept)


_OFFICE_HOURS = re.compile(r"thời gian tiếp nhận", re.IGNORECASE)


def timing_in(description: str) -> str:
    """The description where it says something on the time; else it tells where to submit."""
    description = _without_fees(description)
    about = _ABOUT_TIME.search(_OFFICE_HOURS.sub("", description)) or _TIME_ITEM.search(description)
    return description if about else ""


def _without_fees(description: str) -> str:
    """Without the lines that only name an amount: the fees have them."""
    lines = description.split("\n")
    return "\n".join(line for line in lines if _ANY_DURATION.search(line) or not has_money(line))


def where_of(address: str, rows: tuple[Row, ...]) -> str:
    """Nơi nộp: the address, and what the descriptions of the channels say on it."""
    said = [told for row in rows if (told := _without_fees(row.description)) and not timing_in(told)]
    return "\n".join(dict.fromkeys(filter(None, [address, *(strip_bullet(text) for text in said)])))


# “07 ngày làm việc”, “24 (hai mươi tư) giờ”
_DURATION = re.compile(
    r"(?<![\d/,.])(\d{1,3}(?:[.,]\d)?)(?: ?\([^)\n]{1,30}\))? ?(ngày làm việc|ngày|giờ làm việc|giờ|tháng)(?! \d)",
    re.IGNORECASE,
)
# The same in any words around it: “- 15 ngày đối với cấp lại”, “60 phút”.
_ANY_DURATION = re.compile(
    r"(?<![\d/,.])(\d{1,3}(?:[.,]\d)?)(?: ?\([^)\n]{1,30}\))?\s?"
    r"(ngày\s+làm\s+việc|ngày|giờ|phút|tháng|tuần)(?! ?\d| cùng)",
    re.IGNORECASE,
)
_BROKEN_UNIT = re.compile(r"\n(?=(?:ngày|làm việc|việc|giờ|tháng)\b)")  # “10⏎ngày làm⏎việc”
_TIME_ITEM = re.compile(rf"^[-+*\s]*{_ANY_DURATION.pattern}", re.IGNORECASE | re.MULTILINE)
_NO_PROCESSING = re.compile(r"hiệu lực|có giá trị|thời gian tiếp nhận|trước ngày", re.IGNORECASE)
BRACKETS = re.compile(r"\([^()]*\)")
_ABOUT_TIME = re.compile(
    r"thời hạn|thời gian|không quá|trong vòng|trong ngày|kể từ|chậm nhất|tối đa|ngày làm việc", re.I
)
_OTHER_TIME = re.compile(r"hiệu lực|có giá trị|thời gian tiếp nhận|trước ngày|gia hạn|áp dụng", re.IGNORECASE)


def durations_in(text: str) -> list[tuple[float, TimeUnit]]:
    """Processing times named in a description, in reading order."""
    found = []
    for sentence in re.split(r"[.;\n](?!\d)", text):
        if _ABOUT_TIME.search(sentence) and not _OTHER_TIME.search(sentence):
            for match in _DURATION.finditer(sentence):
                found.append((float(match[1].replace(",", ".")), _UNITS[match[2].capitalize()]))
    return found


def times_said(text: str) -> list[tuple[float, str]]:
    """Every duration of a description, also of single steps and other cases: (15.0, “ngày làm việc”)."""
    return [
        (float(match[1].replace(",", ".")), " ".join(match[2].lower().split()))
        for sentence in re.split(r"[.;\n](?!\d)", _BROKEN_UNIT.sub(" ", text))
        if not _NO_PROCESSING.search(sentence)
        for match in _ANY_DURATION.finditer(sentence)
    ]
