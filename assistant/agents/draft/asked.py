"""What a question asks of the draft at hand, read from its folded words and its citations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.answer.turn import Ask
from assistant.answer.values import Message
from assistant.language.normalise import fold
from assistant.law.citation import Reference, find_citations
from assistant.law.citation_values import EXTERNAL


class About(StrEnum):
    """Điều được hỏi về dự thảo."""

    FINDINGS = "findings"  # phát hiện của lượt rà soát
    COUNT = "count"  # mấy chương, mấy điều
    GROUNDS = "grounds"  # căn cứ ban hành
    CITED = "cited"  # nơi dự thảo viện dẫn một văn bản
    PROVISION = "provision"  # Điều 5 nói gì
    FACT = "fact"  # ai ký, có hiệu lực từ ngày nào
    OUTLINE = "outline"  # bố cục
    TOPIC = "topic"  # dự thảo nói gì về …


@dataclass(frozen=True, slots=True)
class Asked:
    """Một ý hỏi về dự thảo. ``references``: the provisions it names."""

    about: About
    text: str
    references: tuple[Reference, ...] = ()

    @property
    def folded(self) -> str:
        return fold(self.text)


# “dự thảo”, “văn bản này”, “quyết định vừa gửi”: the message speaks of the draft itself.
_DRAFT = re.compile(
    r"\b(?:ban )?du thao\b(?: (?:nay|do|tren|vua roi)\b)?|\b(?:van ban|ban|file|tep|tai lieu"
    r"|quyet dinh|nghi quyet|nghi dinh|thong tu|quy dinh|quy che"
    r"|cong van|to trinh|ke hoach)(?: (?:nay|do|tren|vua roi)| (?:vua|da|moi|toi|em|minh) (?:gui|tai|nop|dua))\b"
)
_REVIEW = re.compile(r"\b(?:ra soat|kiem tra|tham dinh|gop y|nhan xet|soat loi|xem giup|xem ho|review)\b")
_FINDINGS = re.compile(
    r"\bphat hien\b|\bk\d{2}\b|\bloi (?:nao|gi|chinh ta|the thuc|ky thuat|nghiem trong|nang|lon|o)\b"
    r"|\b(?:may|bao nhieu|nhung|cac|co) loi\b|\bcan (?:phai )?(?:sua|chinh|xem lai)\b|\bde xuat (?:sua|chinh)\b"
    r"|\bsua (?:lai )?(?:the nao|nhu the nao|ra sao|cho nao|gi)\b|\b(?:nghiem trong|nang|quan trong) nhat\b"
    r"|\bchua kiem tra\b|\bsai (?:o|cho|gi|sot)\b"
    r"|\b(?:vien dan|dan chieu|can cu|danh so|the thuc)\b.{0,12}"
    r"\b(?:sai|loi|thieu|chua dung|dung chua|du chua|on chua)\b"
)
_FINDINGS_NAMED = re.compile(
    r"\b(?:vi pham|sai|loi|van de|bat cap|sai sot)\b.{0,12}\b(?:gi|nao|khong|dau)\b|\bdat yeu cau\b"
)
COUNT = re.compile(
    r"\b(?:may|bao nhieu) (chuong|muc|dieu(?! kien\b)|khoan(?! (?:phi|tien|thu|chi|no|vay)\b)|diem|phu luc)\b"
)
_GROUNDS = re.compile(
    r"\bcan cu (?:nao|gi|phap ly|ban hanh)\b(?! (?:de|cho|khi|cua thu tuc)\b)|\b(?:cac|nhung|may|bao nhieu) can cu\b"
)
_GROUNDS_NAMED = re.compile(r"\bcan cu\b|\b(?:vien dan|dan chieu)\b|\bvan ban nao\b.{0,20}\bhet hieu luc\b")
FACTS: dict[str, re.Pattern[str]] = {
    "effect": re.compile(r"\b(?:co )?hieu luc (?:thi hanh )?(?:tu|khi|vao|luc|ke tu|ngay) ?(?:ngay )?nao\b"
                         r"|\b(?:khi nao|bao gio|ngay nao) (?:thi )?co hieu luc\b|\bngay (?:co )?hieu luc\b"),
    "signed": re.compile(r"\bky (?:ban hanh )?(?:vao |hom )?(?:ngay|hom) nao\b|\bngay (?:ky|ban hanh)\b"
                         r"|\b(?:ky|ban hanh) (?:khi nao|bao gio)\b"),
    "signer": re.compile(r"\bai ky\b|\bnguoi ky\b|\bky (?:ban hanh|thay|ten)\b|\bchuc danh ky\b"),
    "number": re.compile(r"\bso(?:,)? (?:va )?ky hieu\b|\bso hieu\b|\bso (?:van ban|quyet dinh)\b"),
    "issuer": re.compile(r"\b(?:co quan nao|ai) ban hanh\b|\bco quan ban hanh\b|\btham quyen ban hanh\b"),
    "recipients": re.compile(r"\bnoi nhan\b|\bgui (?:cho )?(?:ai|nhung (?:ai|dau|co quan)|dau)\b"),
    "subject": re.compile(r"\btrich yeu\b|\bten (?:goi )?(?:cua )?(?:du thao|van ban)\b|"
                          r"\b(?:noi )?ve (?:viec|van de|cai) gi\b|\bnoi ve gi\b|\bnoi dung gi\b"),
}  # fmt: skip
_OUTLINE = re.compile(
    r"\bmuc luc\b|\bbo cuc\b|\bcau truc\b|\btom tat\b|\bnoi dung chinh\b|\bgom (?:nhung|cac|may)? ?(?:gi|phan|noi dung"
    r"|chuong|dieu)\b|\bnhung dieu nao\b"
)
_UNIT = re.compile(
    r"(?:(?:con|the|vay|the con) )?(?P<unit>khoan|diem) (?P<label>\d{1,2}[a-z]?|[a-z]\d?)"
    r"(?= (?:thi sao|noi gi|la gi|sao)|\W*$)"
)
_APPENDIX = re.compile(r"\bphu luc(?: so)? ([ivx]{1,5}|\d{1,2})?\b")
_ALONE = 9  # words: so short a question, without another document, is about the draft that lies on the desk


def speaks_of_draft(text: str) -> bool:
    """The message itself says that it is about the draft."""
    return bool(_DRAFT.search(fold(text)))


def wants_review(text: str) -> bool:
    """Sent with a file: a review is asked for, or nothing else is said."""
    folded = fold(text)
    return not folded.strip() or bool(_REVIEW.search(folded))


def read(ask: Ask, *, named: bool) -> Asked | None:
    """What is asked of the draft; None: something else is asked. ``named``: the message names the draft."""
    own = tuple(r for r in ask.references if r.scope != EXTERNAL and r.locator.path) or _bare(ask.text)
    others = tuple(r for r in ask.references if r.scope == EXTERNAL and (r.number or r.name))
    if others:
        return Asked(About.CITED, ask.text, others) if named else None
    about = _about(fold(ask.text), bool(own), named)
    return Asked(about, ask.text, own) if about else None


def _about(folded: str, located: bool, named: bool) -> About | None:
    """The first that fits, the narrowest first."""
    short = named or len(folded.split()) <= _ALONE
    fits = (
        (About.FINDINGS, _FINDINGS.search(folded) or (named and _FINDINGS_NAMED.search(folded))),
        (About.COUNT, COUNT.search(folded)),
        (About.GROUNDS, _GROUNDS.search(folded) or (named and _GROUNDS_NAMED.search(folded))),
        (About.PROVISION, located or (named and _APPENDIX.search(folded))),
        (About.FACT, short and any(pattern.search(folded) for pattern in FACTS.values())),
        (About.OUTLINE, short and _OUTLINE.search(folded)),
        (About.TOPIC, named),
    )
    return next((about for about, fit in fits if fit), None)


def appendix_label(folded: str) -> str | None:
    """The label of the appendix that is asked for; "" for “phụ lục” alone, None where none is named."""
    found = _APPENDIX.search(folded)
    return (found[1] or "").upper() if found else None


def named_before(history: Sequence[Message]) -> Reference | None:
    """The provision that the user named last: “còn khoản 2?” is about its điều."""
    for message in reversed(history):
        if message.role == "user":
            named = [r for r in find_citations(message.content) if r.scope != EXTERNAL and r.article]
            if named:
                return named[-1]
    return None


def _bare(text: str) -> tuple[Reference, ...]:
    """“còn điểm c?”: a unit alone, which is no citation by itself. The letter is taken as typed: đ is not d."""
    found = _UNIT.match(fold(text))
    if not found:
        return ()
    label = text[found.start("label") : found.end("label")].lower()
    clause, point = (label, None) if found["unit"] == "khoan" else (None, label)
    return (Reference(found.start(), found.end(), found[0], clause=clause, point=point),)


def without_draft_words(text: str) -> str:
    """The question without the words that only say “in this draft”, which are no topic."""
    folded = fold(text)
    kept, at = [], 0
    for found in _DRAFT.finditer(folded):
        kept.append(text[at : found.start()])
        at = found.end()
    return " ".join(" ".join([*kept, text[at:]]).split())
