"""Hiệu lực riêng: the provisions for which the effect article names other days than for the document.

“Khoản 3 Điều 10 của Luật này có hiệu lực thi hành từ ngày …”, “… đến hết ngày …”, “…, trừ quy định tại khoản 2 Điều 5
thì có hiệu lực từ ngày …”, and “Các điều, khoản sau đây có hiệu lực từ ngày …:” with a list below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from assistant.ingest.header_effect import counted, own_articles
from assistant.law.citation import Reference, find_citations
from assistant.law.citation_values import EXTERNAL
from assistant.law.document import Locator, ParseWarning, Provision, ProvisionEffect, ProvisionKind

# Subject, “có / hết / chấm dứt hiệu lực (thi hành)”, and when.
_FORCE = re.compile(
    r"(?:(?P<what>có|hết|chấm\s+dứt)\s+hiệu\s+lực(?:\s+thi\s+hành)?|được\s+(?:thực\s+hiện|áp\s+dụng))\s*"
    r"(?P<when>(?:kể\s+)?(?:từ|sau|đến|cho\s+đến)\s[^\n]{0,200})"
)
_ISSUE_DAY = re.compile(r"(?:kể\s+)?từ\s+ngày\s+(?:[^\d.;,]{0,40}\s)?(?:được\s+)?(?:ký|ban\s+hành|thông\s+qua)")
_UNTIL = re.compile(
    r"\bđến\s+(?P<how>hết\s+ngày|trước\s+ngày|ngày)\s+(\d{1,2})\s*(?:tháng\s*|[/.-])(\d{1,2})\s*(?:năm\s*|[/.-])(\d{4})"
)
_SENTENCE_END = re.compile(r"(?<=\.)\s+(?=[A-ZĐÁÀẢÂĂÊÔƠƯỨỦỨ])")
_EXCEPT = re.compile(r"[\s,;]*(?:trừ|riêng|ngoại trừ)\s+(?:đối\s+với\s+|trường\s+hợp\s+)?")
_BUT = re.compile(r",?\s*\btrừ\b")
# “Các điều, khoản sau đây (của Luật này) …:”
_LIST = re.compile(r"(?:điều|khoản|điểm|quy định|nội dung)\s+(?:sau|dưới đây)\b")
# Words that join references and add no matter of their own.
_JOINING = re.compile(
    r"(?:các|những|và|hoặc|của|tại|theo|quy định|nội dung|điều|khoản|điểm|được|đã|sửa đổi|bổ sung|một số|thì|đối với|là"
    r"|[,;:.()“”\"\s])*",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"\s*(?:về|liên\s+quan|đối\s+với|trong)\s")  # behind the reference: what of it is meant
_ENDS = ("hết", "chấm dứt")
_ANEW = re.compile(r"quy\s+định|;", re.IGNORECASE)
_THIS = re.compile(r"\bnày\s*$")
# Papers that a provision is about end or begin; the provision does not.
_PAPERS = re.compile(
    r"\s*(?:Văn bản|Giấy|Quyết định|Nghị quyết|Hợp đồng|Thỏa thuận|Chứng chỉ|Thẻ|Tài liệu|Quy hoạch)\b"
)
_INNER = ("article", "clause", "point")


def effects_of_parts(
    provisions: Sequence[Provision], issued_on: date | None
) -> tuple[tuple[ProvisionEffect, ...], tuple[ParseWarning, ...]]:
    """(days of single provisions, warnings about those whose day cannot be counted out)."""
    effects: dict[tuple[Locator, str], ProvisionEffect] = {}
    warnings: list[ParseWarning] = []
    speaking = _effect_articles(provisions)
    for index, provision in enumerate(provisions):
        if provision.locator.article.path not in speaking:
            continue
        for subject, when, ends, quote in _said(provisions, index):
            begins, stops = _days(when, ends, issued_on)
            found = _places(subject, provision, provisions, ends)
            for locator, matter in found if begins or stops else ():
                effect = ProvisionEffect(locator, begins, stops, matter, provision.locator, quote)
                effects.setdefault((locator, matter), effect)
            if found and not (begins or stops):
                places = ", ".join(str(locator) for locator, _ in found[:5])
                warnings.append(ParseWarning(provision.start, f"Không tính được ngày hiệu lực riêng của {places}"))
    return tuple(effects.values()), tuple(warnings)


def _effect_articles(provisions: Sequence[Provision]) -> frozenset[str]:
    """Điều about effect: so called, or among the last five where articles have no names."""
    articles = own_articles(provisions)
    named = {p.locator.path for p in articles if "hiệu lực" in p.heading.lower() or "thi hành" in p.heading.lower()}
    return frozenset(named | {p.locator.path for p in articles[-5:] if not p.heading})


def _said(provisions: Sequence[Provision], index: int) -> Iterator[tuple[str, str, bool, str]]:
    """(subject, when, it ends, the sentence) of each statement; of a list below, one for each member."""
    for line in provisions[index].text.split("\n"):
        if line.lstrip().startswith(("“", '"')):
            return
        for sentence in _SENTENCE_END.split(line):
            at, of_this = 0, True
            for found in _FORCE.finditer(_parted(sentence)):
                subject = sentence[at : found.start()]
                at = found.end()
                if not of_this or subject.endswith("tiếp tục "):
                    break  # an exception from what is said of another document
                of_this = bool(_THIS.search(subject))
                yield subject, found["when"], found["what"] in _ENDS, sentence.strip()
                if _LIST.search(subject):
                    for below in _members(provisions, index):
                        yield below, found["when"], found["what"] in _ENDS, f"{sentence.strip()} {below}"


def _parted(sentence: str) -> str:
    """“Điều 5 có hiệu lực từ ngày …, trừ quy định tại Điều 6 thì có hiệu lực từ ngày …”: two statements, parted."""
    return re.sub(r",\s+(?=(?:trừ|riêng)\s)", "\n ", sentence, count=1) if sentence.count("hiệu lực") > 1 else sentence


def _members(provisions: Sequence[Provision], index: int) -> Iterator[str]:
    """The texts of what stands below a provision."""
    outer = provisions[index].locator
    for below in provisions[index + 1 :]:
        if not outer.contains(below.locator):
            return
        yield below.text


def _days(when: str, ends: bool, issued_on: date | None) -> tuple[date | None, date | None]:
    """(first day with force, first day without) as far as the words name them."""
    begins = counted(when, issued_on)
    if begins is None and _ISSUE_DAY.match(when):
        begins = issued_on
    if ends:
        return None, begins
    until = _UNTIL.search(when)
    if until is None:
        return begins, None
    try:
        last = date(int(until[4]), int(until[3]), int(until[2]))
    except ValueError:
        return begins, None
    return begins, last if until["how"].startswith("trước") else last + timedelta(days=1)


def _places(
    subject: str, provision: Provision, provisions: Sequence[Provision], ends: bool
) -> list[tuple[Locator, str]]:
    """(provision, matter) for each own provision that a statement is about."""
    subject = _EXCEPT.sub("", subject, count=1) if _EXCEPT.match(subject) else subject
    but = _BUT.search(subject, 1)
    subject = subject[: but.start()] if but else subject
    if _PAPERS.match(subject):
        return []
    found: list[tuple[Locator, str]] = []
    at, matter = 0, ""
    for reference in find_citations(subject):
        between = subject[at : reference.start]
        if reference.start >= at and not _is_joint(between):
            matter = " ".join(between.split()).strip(" ,;")
        elif _ANEW.search(between):
            matter = ""
        at = max(at, reference.end)
        locator = _located(reference, provision)
        if locator is None or (matter and ends):
            continue
        whole = not matter or locator.path.startswith(("phu-luc", "mau"))
        found += [(place, "" if whole else matter) for place in _expanded(locator, provisions)]
    return _of_matter(found, subject[at:])


def _of_matter(found: list[tuple[Locator, str]], tail: str) -> list[tuple[Locator, str]]:
    """“Quy định tại khoản 5 Điều 14 về …” names it last; other words there are another subject."""
    if _is_joint(tail):
        return found
    tail = " ".join(tail.split()).strip(" ,;.:") if _ABOUT.match(tail) else ""
    return [(locator, matter or tail) for locator, matter in found] if tail else []


def _is_joint(words: str) -> bool:
    return _JOINING.fullmatch(words) is not None


def _located(reference: Reference, provision: Provision) -> Locator | None:
    """The place in this document; “Điều này” is the one that speaks."""
    if reference.scope == EXTERNAL or reference.attached:
        return None
    if reference.relative in _INNER:
        here = {"article": "dieu", "clause": "khoan", "point": "diem"}
        own = {level: provision.locator.label(here[level]) for level in _INNER[: _INNER.index(reference.relative) + 1]}
        values = {level: getattr(reference, level) or own.get(level) for level in _INNER}
        return Locator.of(values["article"], values["clause"], values["point"])
    if reference.clause and not reference.article:
        return Locator.of(provision.locator.label("dieu"), reference.clause, reference.point)
    return reference.locator if reference.locator.path else None


def _expanded(locator: Locator, provisions: Sequence[Provision]) -> list[Locator]:
    """The articles of a chapter or section; anything else is itself."""
    if locator.steps[0][0] not in ("phan", "chuong", "muc"):
        return [locator]
    inside = [p.locator for p in provisions if p.kind is ProvisionKind.ARTICLE and locator.contains(Locator(p.context))]
    return inside or [locator]
