"""Hệ thống văn bản quy phạm pháp luật: rank, who issues what, when a text may take effect.

Legal basis, where a rule names no other: Điều 4 Luật 64/2025/QH15, amended by khoản 1 Điều 1 Luật 87/2025/QH15.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from functools import lru_cache

from assistant.law.fold import fold
from assistant.law.number import DocNumber, parse_number


class Rank(IntEnum):
    """Thứ bậc hiệu lực pháp lý; the number is the order of Điều 4, the lower the stronger."""

    CONSTITUTION = 1  # Hiến pháp
    LAW = 2  # bộ luật, luật, nghị quyết của Quốc hội
    ORDINANCE = 3  # pháp lệnh, nghị quyết của Ủy ban Thường vụ Quốc hội; nghị quyết liên tịch của Ủy ban
    PRESIDENT = 4  # lệnh, quyết định của Chủ tịch nước
    DECREE = 5  # nghị định, nghị quyết của Chính phủ; nghị quyết liên tịch của Chính phủ
    PRIME_MINISTER = 6  # quyết định của Thủ tướng Chính phủ
    JUDGES_COUNCIL = 7  # nghị quyết của Hội đồng Thẩm phán Tòa án nhân dân tối cao
    CIRCULAR = 8  # thông tư của Bộ trưởng, Chánh án, Viện trưởng, Tổng Kiểm toán nhà nước
    JOINT_CIRCULAR = 9  # thông tư liên tịch
    PROVINCE_COUNCIL = 10  # nghị quyết của Hội đồng nhân dân cấp tỉnh
    PROVINCE_COMMITTEE = 11  # quyết định của Ủy ban nhân dân cấp tỉnh
    PROVINCE_CHAIRMAN = 12  # quyết định của Chủ tịch Ủy ban nhân dân cấp tỉnh
    SPECIAL_UNIT = 13  # văn bản của chính quyền đơn vị hành chính - kinh tế đặc biệt
    COMMUNE_COUNCIL = 14  # nghị quyết của Hội đồng nhân dân cấp xã
    COMMUNE_COMMITTEE = 15  # quyết định của Ủy ban nhân dân cấp xã
    NOT_NORMATIVE = 16  # văn bản hành chính, văn bản cá biệt, văn bản của Đảng: no legal norms, no basis for any

    @property
    def local(self) -> bool:
        return Rank.PROVINCE_COUNCIL <= self <= Rank.COMMUNE_COMMITTEE


@dataclass(frozen=True, slots=True)
class Standing:
    """Vị trí của một văn bản trong hệ thống: its rank, and for local texts the territory it holds in."""

    rank: Rank
    territory: str = "vn"  # "vn", else a province code
    issued_on: date | None = None


# Tên loại + cơ quan (không dấu, đầu tên cơ quan) → thứ bậc. The first line that fits counts.
_RANKS: tuple[tuple[str, tuple[str, ...], Rank], ...] = (
    ("hien phap", ("",), Rank.CONSTITUTION),
    ("bo luat", ("",), Rank.LAW),
    ("luat", ("",), Rank.LAW),
    ("phap lenh", ("",), Rank.ORDINANCE),
    ("lenh", ("chu tich nuoc", ""), Rank.PRESIDENT),
    ("nghi quyet lien tich", ("chinh phu",), Rank.DECREE),
    ("nghi quyet lien tich", ("",), Rank.ORDINANCE),
    ("nghi quyet", ("quoc hoi",), Rank.LAW),
    ("nghi quyet", ("uy ban thuong vu quoc hoi",), Rank.ORDINANCE),
    ("nghi quyet", ("chinh phu",), Rank.DECREE),
    ("nghi quyet", ("hoi dong tham phan", "toa an nhan dan toi cao"), Rank.JUDGES_COUNCIL),
    ("nghi dinh", ("",), Rank.DECREE),
    ("quyet dinh", ("chu tich nuoc",), Rank.PRESIDENT),
    ("quyet dinh", ("thu tuong",), Rank.PRIME_MINISTER),
    # khoản 8 Điều 4: Tổng Kiểm toán nhà nước ban hành thông tư; quyết định cũ của các cơ quan này có cùng bậc
    ("quyet dinh", ("tong kiem toan nha nuoc", "kiem toan nha nuoc", "bo ", "bo truong"), Rank.CIRCULAR),
    ("thong tu lien tich", ("",), Rank.JOINT_CIRCULAR),
    ("thong tu lien bo", ("",), Rank.JOINT_CIRCULAR),
    ("thong tu lien nganh", ("",), Rank.JOINT_CIRCULAR),
    ("thong tu", ("",), Rank.CIRCULAR),
)
# Forms that carry norms only with a year in the number (khoản 3 Điều 7 Luật 64/2025/QH15).
_NEEDS_YEAR = ("quyet dinh",)
_COMMUNE_WORDS = (" xa ", " phuong ", " dac khu ", " thi tran ", " cap xa ")
# Văn bản cấp huyện còn được dùng trước ngày 01/3/2027; Điều 4 không còn bậc riêng cho chúng.
_DISTRICT_WORDS = (" huyen ", " quan ", " thi xa ", " thanh pho thuoc ", " cap huyen ")


@lru_cache(maxsize=8_192)  # a search asks for the same documents again and again
def rank_of(doc_type: str | None, issuing_body: str | None = None, number: str | None = None) -> Rank:
    """The rank of a document by its type, its issuer and its number, as far as they tell.

    A decision without a year in its number, a letter or a Party document is NOT_NORMATIVE. District texts rank with
    those of communes: the law no longer has a level for them.
    """
    parsed = parse_number(number) if number else None
    kind = fold(doc_type or (parsed.doc_type if parsed else None) or "")
    body = fold(issuing_body or (parsed.issuer if parsed else None) or "")
    if parsed is not None and parsed.party:
        return Rank.NOT_NORMATIVE
    if parsed is not None and kind in _NEEDS_YEAR and parsed.year is None:
        return Rank.NOT_NORMATIVE
    if not kind and parsed is not None:
        return _rank_by_issuer(parsed)
    local = _local_rank(kind, body)
    if local is not None:
        return local
    return next(
        (rank for name, heads, rank in _RANKS if name == kind and any(body.startswith(head) for head in heads)),
        Rank.NOT_NORMATIVE,
    )


def _rank_by_issuer(number: DocNumber) -> Rank:
    """Numbers that do not show the type: those of the National Assembly and of its Standing Committee."""
    if number.issuer_code.startswith("QH"):
        return Rank.LAW
    return Rank.ORDINANCE if number.issuer_code.startswith("UBTVQH") else Rank.NOT_NORMATIVE


def _local_rank(kind: str, body: str) -> Rank | None:
    padded = f" {body} "
    below = any(word in padded for word in (*_COMMUNE_WORDS, *_DISTRICT_WORDS))
    if "hoi dong nhan dan" in body and kind == "nghi quyet":
        return Rank.COMMUNE_COUNCIL if below else Rank.PROVINCE_COUNCIL
    if "uy ban nhan dan" in body and kind == "quyet dinh":
        if below:
            return Rank.COMMUNE_COMMITTEE
        return Rank.PROVINCE_CHAIRMAN if body.startswith("chu tich") else Rank.PROVINCE_COMMITTEE
    return Rank.NOT_NORMATIVE if "nhan dan" in body and "toi cao" not in body and kind != "" else None


def outranks(a: Standing, b: Standing) -> bool:
    """Whether ``a`` prevails over ``b`` by force: Điều 58 Luật 64/2025/QH15.

    Local texts of different provinces do not meet. Of two texts of one rank neither outranks the other; of the same
    issuer the later applies, see ``prevails``.
    """
    if a.rank is Rank.NOT_NORMATIVE or (a.rank.local and b.rank.local and a.territory != b.territory):
        return False
    return a.rank < b.rank


def prevails(a: Standing, b: Standing, same_issuer: bool) -> bool:
    """``outranks``, or of the same issuer and rank the one issued later (Điều 58 Luật 64/2025/QH15)."""
    if a.rank is not b.rank or not same_issuer:
        return outranks(a, b)
    return a.issued_on is not None and b.issued_on is not None and a.issued_on > b.issued_on


@dataclass(frozen=True, slots=True)
class Form:
    """Hình thức văn bản quy phạm pháp luật của một cơ quan."""

    issuer: str
    doc_type: str
    rank: Rank
    basis: str


_ARTICLE_4 = "Điều 4 Luật 64/2025/QH15 (sửa đổi bởi khoản 1 Điều 1 Luật 87/2025/QH15)"
FORMS: tuple[Form, ...] = tuple(
    Form(issuer, doc_type, rank, _ARTICLE_4)
    for issuer, doc_type, rank in (
        ("Quốc hội", "Hiến pháp", Rank.CONSTITUTION),
        ("Quốc hội", "Bộ luật", Rank.LAW),
        ("Quốc hội", "Luật", Rank.LAW),
        ("Quốc hội", "Nghị quyết", Rank.LAW),
        ("Ủy ban Thường vụ Quốc hội", "Pháp lệnh", Rank.ORDINANCE),
        ("Ủy ban Thường vụ Quốc hội", "Nghị quyết", Rank.ORDINANCE),
        ("Chủ tịch nước", "Lệnh", Rank.PRESIDENT),
        ("Chủ tịch nước", "Quyết định", Rank.PRESIDENT),
        ("Chính phủ", "Nghị định", Rank.DECREE),
        ("Chính phủ", "Nghị quyết", Rank.DECREE),
        ("Thủ tướng Chính phủ", "Quyết định", Rank.PRIME_MINISTER),
        ("Hội đồng Thẩm phán Tòa án nhân dân tối cao", "Nghị quyết", Rank.JUDGES_COUNCIL),
        ("Chánh án Tòa án nhân dân tối cao", "Thông tư", Rank.CIRCULAR),
        ("Viện trưởng Viện kiểm sát nhân dân tối cao", "Thông tư", Rank.CIRCULAR),
        ("Tổng Kiểm toán nhà nước", "Thông tư", Rank.CIRCULAR),
        ("Bộ trưởng", "Thông tư", Rank.CIRCULAR),
        ("Thủ trưởng cơ quan ngang Bộ", "Thông tư", Rank.CIRCULAR),
        ("Hội đồng nhân dân cấp tỉnh", "Nghị quyết", Rank.PROVINCE_COUNCIL),
        ("Ủy ban nhân dân cấp tỉnh", "Quyết định", Rank.PROVINCE_COMMITTEE),
        ("Chủ tịch Ủy ban nhân dân cấp tỉnh", "Quyết định", Rank.PROVINCE_CHAIRMAN),
        ("Hội đồng nhân dân cấp xã", "Nghị quyết", Rank.COMMUNE_COUNCIL),
        ("Ủy ban nhân dân cấp xã", "Quyết định", Rank.COMMUNE_COMMITTEE),
    )
)


def forms_of(issuer: str) -> tuple[Form, ...]:
    """The normative forms that a body may use; empty for one that may issue none (a department, a district)."""
    wanted = fold(issuer)
    return tuple(form for form in FORMS if fold(form.issuer) == wanted)


@dataclass(frozen=True, slots=True)
class EffectRule:
    """Thời điểm có hiệu lực sớm nhất: ``days`` after adoption or signing, for texts signed from ``since``."""

    local: bool
    days: int
    since: date
    basis: str


_ARTICLE_53 = "khoản 1 Điều 53 Luật 64/2025/QH15"
EFFECT_RULES: tuple[EffectRule, ...] = (
    EffectRule(local=False, days=45, since=date(2025, 4, 1), basis=_ARTICLE_53),
    EffectRule(local=True, days=10, since=date(2025, 4, 1), basis=_ARTICLE_53),
)


def earliest_effect(rank: Rank, signed_on: date, *, expedited: bool = False) -> tuple[date, EffectRule] | None:
    """(first day, rule) on which a text may take effect; None where no rule is held for its rank and day.

    A text made by the simplified or special procedure (``expedited``) may take effect on the day of signing itself.
    The day counted to is signing day + days: signed 18/12/2025, in force 28/12/2025.
    """
    if rank is Rank.NOT_NORMATIVE:
        return None
    rule = next((r for r in EFFECT_RULES if r.local is rank.local and signed_on >= r.since), None)
    if rule is None:
        return None
    return (signed_on if expedited else signed_on + timedelta(days=rule.days)), rule
