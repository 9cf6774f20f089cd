"""The words around a document in a citation, as patterns over the folded copy of a text."""

from __future__ import annotations

import re

from assistant.law.citation_names import SHORT_CODES
from assistant.law.fold import fold
from assistant.law.number_codes import ISSUERS, PARTY_ORGANS, PARTY_TYPES, TYPES

_END = r"(?![a-z0-9])"
# Types known by a name, and types known by a number only.
NAMED_TYPES = {"hien phap": "Hiến pháp", "bo luat": "Bộ luật", "luat": "Luật", "phap lenh": "Pháp lệnh"}
NUMBERED_TYPES = {
    fold(name): name
    for name in (
        *TYPES.values(),
        "Lệnh",
        "Sắc luật",
        "Nghị quyết liên tịch",
        "Thông tư liên tịch",
        "Văn bản hợp nhất",
        "Quyết định liên tịch",
        "Chỉ thị liên tịch",
    )
    if name != "Luật"
}
ATTACHED_TYPES = {
    fold(name): name
    for name in (
        *("Quy định", "Quy chế", "Điều lệ", "Quy trình", "Nội quy", "Hướng dẫn", "Chương trình", "Kế hoạch", "Đề án"),
        *("Danh mục", "Chiến lược", "Phương án", "Quy tắc"),
    )
}
# Abbreviated in questions and notes: “NĐ 118/2025”, “TT 03/2025/TT-VPCP”.
SHORT_TYPES = {
    "nd": "Nghị định",
    "nq": "Nghị quyết",
    "qd": "Quyết định",
    "tt": "Thông tư",
    "ttlt": "Thông tư liên tịch",
    "pl": "Pháp lệnh",
    "vbhn": "Văn bản hợp nhất",
    "ct": "Chỉ thị",
}


def words_of(names: dict[str, str]) -> str:
    return "|".join(name.replace(" ", r"\s{1,3}") for name in sorted(names, key=len, reverse=True))


TYPE = re.compile(
    rf"(?:(?P<named>{words_of(NAMED_TYPES)})|(?P<numbered>{words_of(NUMBERED_TYPES)})|(?P<short>{words_of(SHORT_TYPES)})"
    rf"|(?P<code>{words_of(SHORT_CODES)})){_END}"
)
SELF_TYPES = {**NAMED_TYPES, **NUMBERED_TYPES, **ATTACHED_TYPES}
SELF_WORD = re.compile(rf"(?P<type>{words_of(SELF_TYPES)})(?P<gap>\s{{1,3}})(?P<this>nay)")
ATTACHED = re.compile(
    rf"(?P<type>{words_of(ATTACHED_TYPES)}){_END}(?:\s[^.;:\n()\"]{{0,160}}?)?\s(?:duoc\s+)?ban\s+hanh\s+kem\s+theo\s+"
)
LINK = re.compile(r"\]\([^()\s]{1,600}\)")
SO = re.compile(r"[\s,]{0,3}(?:so\s*:?\s*)?\[?")
SERIAL = re.compile(  # on its own line: “… luật, nghị quyết ⏎ 1. …” is a heading and its first khoản
    r"(?P<so>[ \t]{0,3}so\s*:?\s*|[ \t]{0,3})(?P<serial>\d{1,5})(?:/(?P<year>(?:19|20)\d\d))?"
    r"(?![\d/_]|\s?-\s?[a-z0-9]|[.,]\d)"
)
YEAR = re.compile(r"[\s,]{0,3}\(?(?:nam\s+)?((?:19|20)\d\d)\)?(?![\d/]|\s*-)")
DATE = re.compile(
    r"[\s,]{0,3}(?:ban\s+hanh\s+)?(?:ngay\s{0,2})?(\d{1,2})(?:\s*thang\s*(\d{1,2})\s*nam\s*(\d{4})|[/.-](\d{1,2})[/.-](\d{4}))(?!\d)"
)
_BODIES = [fold(name) for name in ISSUERS.values()] + [
    "bo thuong mai",
    "bo thuy san",
    "bo cong nghiep",
    "bo ke hoach va dau tu",
]
_HEADS = (
    r"(?:bo\s+truong|thong\s+doc|tong\s+thanh\s+tra|chanh\s+an|vien\s+truong|tong\s+kiem\s+toan|chu\s+tich|chu\s+nhiem)"
)
ISSUER = re.compile(
    rf"\s{{1,3}}(?:do\s+)?cua\s+(?P<issuer>(?:{_HEADS}\s+)?(?:"
    + "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(set(_BODIES), key=len, reverse=True))
    + rf"|ngan\s+hang\s+nha\s+nuoc|kiem\s+toan\s+nha\s+nuoc|thu\s+tuong|nuoc){_END})"
)
# “Ủy ban nhân dân Thành phố Hồ Chí Minh”: the place follows in capitals.
PLACE = re.compile(
    r"(?:\s(?:[Tt]hành phố|tỉnh|quận|huyện|xã|phường|thị xã|thị trấn|đặc khu|cấp))?(?:\s[A-ZĐÂÊÔƯÁÀẢ][\w-]*){1,5}"
)
# “(đã) được sửa đổi, bổ sung (một số điều) theo|bởi|tại …”: passive, so not the title of an amending document.
AMENDED = re.compile(
    r"[\s,]{0,3}\(?\s?(?:(?:da|va)\s+)?(?P<passive>(?:da\s+)?duoc\s+)?(?:sua\s+doi,?(?:\s+va)?\s+bo\s+sung|sua\s+doi|bo\s+sung)"
    r"(?:\s+mot\s+so\s+(?:dieu|noi\s+dung))?(?:\s+nam\s+\d{4})?\s+(?P<by>theo|boi|tai)\s+"
)
AND = re.compile(r"\s{0,2}(?:,|;|va|,\s?va)\s{1,3}(?:theo\s+|boi\s+)?")
# “sửa đổi, bổ sung một số điều của …” as part of a name: the name of an amending law holds that of the amended one.
AMENDING_NAME = re.compile(
    r"\s{1,3}(?:ve\s+)?sua\s+doi,?(?:\s+va)?(?:\s+bo\s+sung)?(?:\s+mot\s+so\s+(?:dieu|noi\s+dung))?(?:\s+(?:cua|tai))?(?:\s+cac)?\s+"
)
NEXT_LAW = re.compile(r"(?:\s?,|\s+va)\s+(?=(?:bo\s+)?luat\s)")
# Where a name that is not in the list ends.
NAME_STOP = re.compile(
    r"\s(?:nay|so|nam|ngay|duoc|da|thi|co|va|hoac|quy\s+dinh|ve|doi\s+voi|trong|cho|de|tai|theo|la|khong|khi|phai|bi|voi|tu|den|ban\s+hanh"
    r"|nhung|ma|do|neu|vao|con|cung|gom|sau|truoc|tren|\d|hien\s+hanh|moi|cu|noi|the\s+nao|o)(?![a-z])|[^a-z\s]"
)
NOT_LAWS = re.compile(r"(?:su|gia|phap|hoc|quoc\s+te|dinh|chung|tuc)(?![a-z])")
GAP = re.compile(r"\s{1,3}(?:ve\s+)?")
# Documents whose articles are no provisions of law: the Party's, treaties, statutes of bodies, contracts.
FOREIGN = re.compile(
    r"(?P<any_case>hop\s+dong(?![a-z])|(?:[a-z]+\s+){1,3}(?:so\s+)?\d{1,4}\s?-\s?"
    rf"(?:{'|'.join(PARTY_TYPES)})\s?/\s?(?:{'|'.join(PARTY_ORGANS)})(?![a-z]))"
    r"|(?:hiep\s+(?:dinh|uoc)|cong\s+uoc|nghi\s+dinh\s+thu|dieu\s+le|quy\s+tac|tieu\s+chuan|quy\s+chuan|bo\s+luat)\s+(?!nay(?![a-z]))[a-z0-9]+"
)
# “… của 11 luật có liên quan đến quân sự, quốc phòng”, with the number behind it.
MANY_LAWS = re.compile(r"\d{1,3}\s+(?:luat|phap\s+lenh)(?![a-z])[^.;:\n()]{0,140}?(?=\s+so\s+\d)")
