"""Fourth step: what kind of question each one is. Rules first; the rest is decided by what retrieval finds."""

from __future__ import annotations

import dataclasses
import re
from datetime import date

from assistant.answer.places import PlaceNames, asks_what_became
from assistant.answer.topic import asking
from assistant.answer.turn import Ask, Route, Step, Turn
from assistant.language.dates import find_dates, find_durations
from assistant.law.catalogue import Catalogue
from assistant.law.catalogue_rows import CatalogueRow
from assistant.law.citation import Reference

_STATE = re.compile(
    r"còn (?:hiệu lực|áp dụng|dùng|xài|giá trị|nguyên)|hết hiệu lực|(?:có )?hiệu lực (?:chưa|không|từ|khi|ngày)"
    r"|(?:khi nào|bao giờ|từ ngày nào|ngày nào) (?:thì )?(?:có hiệu lực|áp dụng)|áp dụng (?:từ|khi nào|ngày nào)"
    r"|bị thay|thay thế|thay bằng|sửa (?:đổi|rồi|chưa|mới)|bổ sung bởi|bãi bỏ|hợp nhất|mới nhất"
    r"|số mấy|số bao nhiêu|(?:ký|số) hiệu (?:gì|nào|mấy|bao nhiêu)|ban hành (?:ngày|năm|khi) nào"
)
_DEADLINE = re.compile(
    r"(?:đến|tới|là|vào|hết|trả|hẹn|xong|hạn)[^?]{0,25}"
    r"(?:ngày nào|hôm nào|ngày mấy|thứ mấy|khi nào|bao giờ)|hạn cuối|ngày cuối|tính thời hạn"
    r"|^\W*\d{1,3} ngày (?:làm việc )?(?:kể |tính )?từ (?:ngày )?\d"
)


def route(catalogue: Catalogue, names: PlaceNames) -> Step:
    """The step: sets ``ask.route`` where rules can; None leaves it to the search."""

    def step(turn: Turn) -> Turn:
        asks = tuple(dataclasses.replace(ask, route=route_of(ask, catalogue, names, turn.on)) for ask in turn.asks)
        return dataclasses.replace(turn, asks=asks)

    return step


def route_of(ask: Ask, catalogue: Catalogue, names: PlaceNames, on: date) -> Route | None:
    """One question's route by rules, or None."""
    lowered = ask.text.lower()
    if any(reference.article for reference in ask.references if _has_document(reference)):
        return Route.PROVISION
    if _DEADLINE.search(lowered) and find_durations(ask.text) and find_dates(ask.text, on):
        return Route.DEADLINE
    if _STATE.search(lowered) and documents_named(ask, catalogue, on):
        return Route.DOCUMENT
    if asks_what_became(asking(ask.text)) and names.mentions(ask.text):
        return Route.PLACE
    return None


def _has_document(reference: Reference) -> bool:
    return bool(reference.number or reference.name)


def documents_named(ask: Ask, catalogue: Catalogue, on: date) -> list[CatalogueRow]:
    """The documents that a question names by number or name and that the catalogue knows, each once."""
    rows: dict[str, CatalogueRow] = {}
    for reference in ask.references:
        row = catalogue.get(reference.number) if reference.number else None
        if row is None and reference.name:
            row = catalogue.by_name(reference.name, on, reference.year)
        if row is not None:
            rows[row.number] = row
    return list(rows.values())
