"""Which old or new units and bodies a question names, when it asks what became of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from assistant.language.normalise import fold
from assistant.law.places import Bodies, Places, place_key

_LONGEST = 9  # words of a name: “uy ban nhan dan tinh ba ria vung tau”
_WORD = re.compile(r"[a-z0-9]+")
_SHORT_TITLE = re.compile(r"\b([pqf])\.? ?(?=\d)|\b(p|q|h|tp|tx)\. ?(?=[a-z])")  # “P.12”, “q3”, “TP. Thu Duc”
_TITLES = {"p": "phuong ", "f": "phuong ", "q": "quan ", "h": "huyen ", "tp": "thanh pho ", "tx": "thi xa "}
_PLACE = r"(?:là|thuộc|thành(?! phố)|về|vào|với|tên|gọi|ở|đâu|nào|gì)"
_CHANGE = re.compile(
    rf"\b(?:cũ|trước đây|hồi trước|bây giờ|hiện nay|hiện giờ|giờ|nay|sau (?:khi )?sáp nhập)\b[^?]{{0,40}}\b{_PLACE}\b"
    rf"|\b(?:sáp nhập|gộp|đổi tên|sắp xếp|nhập|dời|chuyển)\b[^?]{{0,20}}\b{_PLACE}\b"
    r"|\bcòn (?:không|hoạt động|làm việc|tồn tại)\b|\b(?:giải thể|bị bỏ|bị xóa)\b"
)
_ORIGIN = re.compile(r"\b(?:gồm|hình thành từ|thành lập từ|lập từ|gộp từ|nhập từ|từ (?:những|các) (?:phường|xã))\b")
# Who wants something done asks for a procedure, whatever else is named.
_ERRAND = re.compile(
    r"\b(?:tòa|viện kiểm sát|công an|trường|bệnh viện|thuế|làm (?!việc)|đăng ký|nộp|xin|cấp|khai|chứng thực|công chứng"
    r"|giấy|hồ sơ|thủ tục|thẻ|sổ|đổi (?!tên)|phí|tiền|văn bản|nghị quyết|quyết định|quy định)\b"
)


class Named(StrEnum):
    """Loại tên được nhắc tới."""

    WARD = "ward"  # a commune-level unit of before
    DISTRICT = "district"
    UNIT = "unit"  # a commune-level unit of today
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Mention:
    """Tên đơn vị, cơ quan trong câu hỏi. ``key`` is its ``place_key``."""

    kind: Named
    key: str


def asks_what_became(text: str) -> bool:
    """True for “quận 3 cũ giờ là phường nào”; false where a paper is wanted."""
    lowered = text.lower()
    return bool(_CHANGE.search(lowered) or _ORIGIN.search(lowered)) and not _ERRAND.search(lowered)


def asks_of_what(text: str) -> bool:
    """True for “phường Sài Gòn gồm những phường nào”: the unit of today is meant, not the old one of its name."""
    return bool(_ORIGIN.search(text.lower()))


class PlaceNames:
    """Bảng tên: every name under which a unit or a body is known."""

    def __init__(self, places: Places, bodies: Bodies) -> None:
        self.places = places
        self.bodies = bodies
        self._units = dict(_units(places))
        self._bodies = dict(_bodies(bodies))

    def mentions(self, text: str) -> list[Mention]:
        """The names in a text, longest first at each place, in reading order; units and bodies may overlap."""
        plain = _SHORT_TITLE.sub(lambda m: _TITLES[m[1] or m[2]], fold(text))
        words = [str(int(word)) if word.isdigit() else word for word in _WORD.findall(plain)]
        return [*_found(words, self._units), *_found(words, self._bodies)]


def _found(words: list[str], table: Mapping[str, Mention]) -> Iterator[Mention]:
    at = 0
    while at < len(words):
        size = next((n for n in range(_LONGEST, 0, -1) if " ".join(words[at : at + n]) in table), 0)
        if size:
            yield table[" ".join(words[at : at + size])]
        at += size or 1


def _units(places: Places) -> Iterator[tuple[str, Mention]]:
    """Written form → what it names; of two things with one name the later in this order wins."""
    rows: dict[Named, list[str]] = {kind: [] for kind in (Named.UNIT, Named.WARD, Named.DISTRICT)}
    for unit in places.units:
        rows[Named.UNIT].append(unit.name)
        for origin in unit.origins:
            rows[Named.DISTRICT].append(origin.district)
            rows[Named.WARD] += [name for name in (origin.ward, *origin.earlier) if name]
    for kind, names in rows.items():
        for name in dict.fromkeys(names):
            key, bare = place_key(name), place_key(name, bare=True)
            if not bare.isdigit():
                yield _written(bare), Mention(kind, key)
    for kind, names in rows.items():
        for name in dict.fromkeys(names):
            yield _written(place_key(name)), Mention(kind, place_key(name))


def _bodies(bodies: Bodies) -> Iterator[tuple[str, Mention]]:
    """A province is named without its title too: “Bình Dương sáp nhập vào đâu”."""
    for body in bodies.changed:
        for name in body.old if body.confirmed else ():
            key = place_key(name)
            yield _written(key), Mention(Named.BODY, key)
            if key.startswith("tinh "):
                yield _written(place_key(name, bare=True)), Mention(Named.BODY, key)


def _written(key: str) -> str:
    """“ba ria - vung tau” → “ba ria vung tau”."""
    return " ".join(_WORD.findall(key))


def by_kind(mentions: list[Mention]) -> Mapping[Named, Mention]:
    """The first mention of each kind."""
    return {mention.kind: mention for mention in reversed(mentions)}
