"""Tên loại và trích yếu: “NGHỊ ĐỊNH ⏎ Về hợp đồng …”, “LUẬT ⏎ KHIẾU NẠI”, “Luật Khiếu nại số 02/2011/QH13”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.language.normalise import for_matching
from assistant.law.number import DocNumber
from assistant.law.number_codes import TYPES

_TYPE_NAMES = sorted(
    {*TYPES.values(), "Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh", "Lệnh", "Công điện", "Giấy mời", "Thông cáo",
     "Phương án", "Quy trình", "Đề án", "Nội quy", "Điều lệ"},
    key=len,
    reverse=True,
)  # fmt: skip
# The type alone, in capitals, with its subject in the same line, or glued to it: “LUẬTTHỎA THUẬN QUỐC TẾ”.
_TYPE_LINE = re.compile(r"(" + "|".join(name.upper() for name in _TYPE_NAMES) + r")(?![a-zà-ỹ])\s*(.*)")
# “Luật Tiếp cận thông tin số 104/2016/QH13”: how the national register heads a file.
_REGISTER_LINE = re.compile(
    r"(" + "|".join(_TYPE_NAMES) + r")\s+(\S.{0,400}?)\s+số\s+(?:Luật số |\d|Không số)", re.IGNORECASE
)
_STOP = re.compile(
    r"Căn cứ|(?:Để|Nhằm) [a-zà-ỹ]"
    r"|CỘNG HÒA|CỘNG HOÀ|Độc lập|[-_–—=.…]{3,}|Kính gửi|Nguồn:|Số ?:|QUYẾT ĐỊNH\s*:|\(?(?:Ban hành )?[Kk]èm theo"
    r"|.{2,60}, ngày [\d.…\s]{1,12}\s*tháng|\*+$"
)
# “… SỐ 119/2025/QH15”, “… NGÀY 10/07/1993 CỦA QUỐC HỘI”: what the register writes behind a title in capitals.
_REGISTER_END = re.compile(r"\s+(?:SỐ\s+\d+/\d{4}/\S+|NGÀY\s+\d{1,2}/\d{1,2}/\d{4}\s+CỦA\s+.{3,40})$")
# “Thông tư số 07/2023/… có hiệu lực … được sửa đổi, bổ sung bởi:” below the title of a consolidated text.
_HISTORY = re.compile(r"(?:" + "|".join(_TYPE_NAMES) + r")\s.{0,200}số\s+\d+/.{0,400}(?:có hiệu lực|được sửa đổi)")
# “Quốc hội ban hành Luật …”: the title ends above it.
_ENACTS = re.compile(
    r"(?:Quốc hội|Ủy ban|Uỷ ban|Hội đồng|Chính phủ|Thủ tướng|Chủ tịch|Bộ trưởng|Thống đốc|Chánh án|Viện trưởng|Tổng) ?"
    r".{0,150}\bban hành\s"
)
_ENACTED = re.compile(r"\bban hành\s+(?:" + "|".join(_TYPE_NAMES) + r")\s+(.{3,600})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Title:
    """Tên loại và trích yếu."""

    doc_type: str | None = None
    subject: str = ""


def read_title(top: Sequence[str], number: DocNumber | None) -> Title:
    """From the line that is the type in capitals; else from the line that heads a file of the register."""
    register = next((found for line in top[:12] if (found := _REGISTER_LINE.match(line))), None)
    for index, line in enumerate(top):
        found = _TYPE_LINE.match(line)
        if found is None or line.startswith(("LUẬT SỐ", "QUYẾT ĐỊNH:", "VĂN BẢN HỢP NHẤT")):
            continue
        if found[2] and found[2] != found[2].upper():
            continue
        doc_type = _name(found[1])
        if number is None or number.doc_type in (None, doc_type, "Văn bản hợp nhất"):
            subject = _subject(found[2], top[index + 1 :])
            if subject or register is None:
                return Title(doc_type, subject)
    if register is not None:
        return Title(_name(register[1]), register[2].strip())
    about = next((line for line in top if line.startswith(("V/v", "Về việc"))), "")
    return Title("Công văn" if about.startswith("V/v") else None, about.removeprefix("V/v").strip(" :"))


def _name(printed: str) -> str:
    return next(name for name in _TYPE_NAMES if name.upper() == printed.upper())


def _subject(first: str, below: Sequence[str]) -> str:
    """The lines up to the grounds, the rule or the history of a consolidated text."""
    parts = [first] if first else []
    for line in below[:10]:
        names_issuer = bool(parts) and line.isupper() and not parts[-1].isupper()
        if _STOP.match(line) or _HISTORY.match(line) or _ENACTS.match(line) or names_issuer:
            break
        parts.append(line)
    subject = re.sub(r"\[\d{1,3}\]$", "", " ".join(" ".join(parts).split())).strip(" .:|")
    return _REGISTER_END.sub("", subject) if subject.isupper() else subject


# First words that go on from the name of the type: “Thông tư quy định …”.
_LOWERED = {"Về", "Quy", "Hướng", "Ban", "Sửa", "Bãi", "Công", "Bổ", "Điều", "Giải", "Phê", "Thực"}


def full_title(doc_type: str | None, subject: str) -> str:
    """“Luật Khiếu nại”, “Thông tư quy định về …”; "" where there is no subject."""
    if not subject or not doc_type:
        return subject
    if subject.lower().startswith(doc_type.lower() + " "):
        subject = subject[len(doc_type) + 1 :]
    if subject.split(maxsplit=1)[0] in _LOWERED and doc_type not in ("Luật", "Bộ luật"):
        subject = subject[0].lower() + subject[1:]
    return f"{doc_type} {subject}"


def cased(subject: str, enacting: str) -> str:
    """A subject in capitals, in the spelling of “… ban hành Luật X”; else with a capital at its head only."""
    if subject != subject.upper() or not subject:
        return subject
    enacted = _ENACTED.search(enacting)
    if enacted:
        spelled = enacted[1][: len(subject)]
        if for_matching(spelled) == for_matching(subject):
            return spelled[0].upper() + spelled[1:]
    return sentence_case(subject)


# Names that keep their capitals when a title is set in small letters.
_PROPER = (
    "Việt Nam", "Quốc hội", "Hội đồng nhân dân", "Ủy ban nhân dân", "Chính phủ", "Thủ tướng", "Nhà nước", "Hồ Chí Minh",
    "Hà Nội", "Bộ luật", "Luật", "Nghị định", "Nghị quyết", "Quyết định", "Thông tư", "Pháp lệnh", "Mặt trận Tổ quốc",
    "Tòa án nhân dân", "Viện kiểm sát nhân dân", "Công đoàn", "Đảng", "Thủ đô",
)  # fmt: skip
_PROPER_FORMS = re.compile(r"\b(" + "|".join(for_matching(name) for name in _PROPER) + r")\b")


def sentence_case(capitals: str) -> str:
    """“LUẬT TỔ CHỨC QUỐC HỘI” → “Luật tổ chức Quốc hội”; places and people beyond the known list stay small."""
    lowered = capitals.lower()
    forms = {for_matching(name): name for name in _PROPER}
    matched = for_matching(lowered)
    if len(matched) == len(lowered):
        for found in _PROPER_FORMS.finditer(matched):
            lowered = lowered[: found.start()] + forms[found[1]] + lowered[found.end() :]
    return lowered[:1].upper() + lowered[1:]
