"""Administrative procedures as values: every field can say where it comes from and what is doubtful."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.law.document import Locator


class Channel(StrEnum):
    """Cách thức thực hiện."""

    ONLINE = "online"
    POSTAL = "postal"
    DIRECT = "direct"

    @property
    def vietnamese(self) -> str:
        return {"online": "trực tuyến", "postal": "qua bưu chính", "direct": "trực tiếp"}[self.value]


class TimeUnit(StrEnum):
    """Đơn vị của thời hạn."""

    WORKING_DAY = "working_day"
    DAY = "day"
    HOUR = "hour"
    MONTH = "month"
    YEAR = "year"
    SAME_DAY = "same_day"

    @property
    def vietnamese(self) -> str:
        return {
            "working_day": "ngày làm việc",
            "day": "ngày",
            "hour": "giờ",
            "month": "tháng",
            "year": "năm",
            "same_day": "trong ngày",
        }[self.value]


class FeeKind(StrEnum):
    """Phí, lệ phí, hay không thu."""

    FEE = "fee"  # phí
    CHARGE = "charge"  # lệ phí
    FREE = "free"  # không thu, said so without contradiction
    LOCAL = "local"  # mức do HĐND cấp tỉnh quyết định, not given in the record
    UNKNOWN = "unknown"  # the record does not say, or contradicts itself


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """Thời hạn giải quyết of one channel and case. ``amount`` None: the record gives none."""

    amount: float | None
    unit: TimeUnit | None  # None: the record gives a number without unit
    channel: Channel | None = None  # None: every channel
    condition: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fee:
    """Phí hoặc lệ phí of one channel and case. ``amount`` in đồng unless ``currency`` says otherwise."""

    kind: FeeKind
    amount: int | None = None
    currency: str = "VND"
    per: str = ""  # “lần”, “bản”, “người”, …
    channel: Channel | None = None
    condition: str = ""
    basis: str = ""  # số ký hiệu of the text that sets it
    valid_from: date | None = None
    valid_to: date | None = None  # last day on which the amount holds
    note: str = ""


@dataclass(frozen=True, slots=True)
class DossierItem:
    """Thành phần hồ sơ. ``submit`` False: only shown (xuất trình)."""

    name: str
    originals: int | None = None
    copies: int | None = None
    submit: bool = True
    condition: str = ""  # “trường hợp …”; empty: always needed
    form: str = ""  # mẫu tờ khai
    note: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """Một bước của trình tự thực hiện."""

    text: str
    actor: str = ""


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """Căn cứ pháp lý: number, and the place in it where it is known."""

    number: str
    locator: str = ""
    title: str = ""


def printed_bases(bases: Iterable[LegalBasis]) -> list[str]:
    """One line a document, with its places: “khoản 2 Điều 16; Điều 15 Luật Hộ tịch (60/2014/QH13)”."""
    documents: dict[str, list[LegalBasis]] = {}
    for basis in bases:
        documents.setdefault(basis.number, []).append(basis)
    return [_printed(held) for held in documents.values()]


def _printed(held: list[LegalBasis]) -> str:
    title = next((basis.title for basis in held if basis.title), "")
    places = "; ".join(dict.fromkeys(str(Locator(basis.locator)) for basis in held if basis.locator))
    named = f"{title} ({held[0].number})" if title else held[0].number
    return f"{places} {named}".strip()


@dataclass(frozen=True, slots=True)
class Flag:
    """Cảnh báo chất lượng: a doubt that every answer on ``field`` must show.

    Codes: fee_contradicted, fee_missing, fee_local, fee_period_over, time_without_unit, time_missing,
    field_note_differ, old_body, junk, dossier_missing, not_confirmed, merged_into, basis_expired.
    """

    code: str
    field: str  # "fees", "time_limits", "dossier", "authority", …
    message: str  # Vietnamese sentence for the user


@dataclass(frozen=True, slots=True)
class Procedure:
    """Thủ tục hành chính (mã, tên, hồ sơ, thời hạn, phí, lệ phí, trình tự, căn cứ, …)."""

    code: str
    name: str
    field: str = ""  # lĩnh vực
    levels: tuple[str, ...] = ()  # cấp thực hiện: “Cấp xã”, “Cấp tỉnh”, “Cấp bộ”, “Cơ quan khác”
    authority: str = ""  # cơ quan có thẩm quyền giải quyết
    where: str = ""  # nơi nộp hồ sơ, in plain words
    applicants: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = ()
    dossier: tuple[DossierItem, ...] = ()
    dossier_sets: int | None = None  # số lượng hồ sơ (bộ)
    time_limits: tuple[TimeLimit, ...] = ()
    fees: tuple[Fee, ...] = ()
    exemptions: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    requirements: tuple[str, ...] = ()
    result: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    legal_basis: tuple[LegalBasis, ...] = ()
    decision: str = ""  # quyết định công bố: the version key of the record
    checked_on: date | None = None  # the day on which the facts were read
    valid_from: date | None = None
    valid_to: date | None = None
    territory: str = "vn"
    aliases: tuple[str, ...] = ()  # everyday names, with diacritics
    replaces: tuple[str, ...] = ()  # codes it took over
    replaced_by: str = ""
    related: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()  # short facts worth saying, each with its source in brackets
    flags: tuple[Flag, ...] = ()
    sources: dict[str, str] = dataclasses.field(default_factory=dict)  # field name → where its facts were read
    url: str = ""

    def flags_on(self, *fields: str) -> tuple[Flag, ...]:
        """The doubts that an answer about these fields must show."""
        return tuple(flag for flag in self.flags if flag.field in fields)
