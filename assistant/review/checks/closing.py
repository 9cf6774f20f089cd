"""Điều khoản thi hành: date of effect, repeals, technique of amendment (K70–K76, K79)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from assistant.law.document import Provision
from assistant.review.check import Context, Note, Severity, Unchecked
from assistant.review.draft import Draft, Organ
from assistant.review.effect import SELF, read_date

_BLANK_DATE = re.compile(r"ngày[\d.…_ \t]*tháng[\d.…_ \t]*năm", re.I)
LOCAL_DAYS = 10  # 45 for central bodies, which mostly use the simplified procedure


_ANY_EFFECT = re.compile(
    r"có[ \t]+hiệu[ \t]+lực|hiệu[ \t]+lực(?:[ \t]+thi[ \t]+hành)?[ \t]*:?[ \t]+(?:kể[ \t]+)?từ", re.I
)


def _says_effect(draft: Draft) -> bool:
    """Some other wording of the clause of effect, in the document itself or what it quotes apart."""
    own = (m for m in _ANY_EFFECT.finditer(draft.text, draft.header.end) if not draft.quoted(m.start()))
    return any(not _MENTIONED.search(draft.text[max(0, m.start() - 60) : m.start()]) for m in own)


_MENTIONED = re.compile(r"(?:ngày|khi|điểm|sau|trước|lúc|đến|theo|đã|đang|còn|không)\b[^.;\n]{0,40}$", re.I)


def _effect_article(draft: Draft) -> Provision:
    """The điều on effect, else the last of the document itself."""
    own = [a for a in draft.articles if a.locator.label("kem-theo") is None] or list(draft.articles)
    return next((a for a in own if "hiệu lực" in a.heading.lower()), own[-1])


def effect_date(draft: Draft, _: Context) -> Iterator[Note]:
    """K70: the date of effect is a day, a month and a year."""
    clause = draft.effect
    if draft.document.issuing_body == "Quốc hội":  # its laws may begin with a budget year or the day they are passed
        return
    kind = draft.header.doc_type or draft.document.doc_type or "Văn bản"
    model = f"{kind} này có hiệu lực thi hành từ ngày … tháng … năm …."
    if clause is None:
        if draft.articles and not _says_effect(draft):
            line = draft.line_at(_effect_article(draft).start)
            yield Note(
                line.start,
                line.end,
                "Dự thảo chưa quy định ngày có hiệu lực.",
                f"Bổ sung điều về hiệu lực thi hành: “{model}”.",
            )
        return
    if read_date(clause["rest"]):
        return
    blank = _BLANK_DATE.search(clause["rest"])
    yield Note(
        *clause.span(),
        "Ngày có hiệu lực còn để trống." if blank else "Văn bản phải ghi rõ ngày, tháng, năm có hiệu lực.",
        f"Ghi “{model}”.",
        # the simplified procedure of central bodies ends in practice with “từ ngày ký ban hành”
        severity=Severity.INFO if blank else None if draft.header.issuer.local else Severity.MINOR,
    )


def min_period(draft: Draft, context: Context) -> Iterator[Note | Unchecked]:
    """K71: not before 10 days from signing, the day of signing plus 10 being allowed."""
    clause, starts = draft.effect, draft.effective_on
    if clause is None or starts is None or starts < draft.signed_on or context.expedited:
        return
    if not draft.header.issuer.local:
        yield Unchecked(
            "Thời hạn tối thiểu trước khi có hiệu lực",
            "cần biết văn bản có ban hành theo trình tự, thủ tục rút gọn không",
        )
        return
    earliest = draft.signed_on + timedelta(days=LOCAL_DAYS)
    if starts >= earliest or "rút gọn" in draft.text:
        return
    signed = f"ngày {draft.signed_on:%d/%m/%Y}" if draft.date_printed else f"không sớm hơn {draft.signed_on:%d/%m/%Y}"
    yield Note(
        *clause.span(),
        f"Văn bản quy phạm pháp luật của chính quyền địa phương có hiệu lực không sớm hơn {LOCAL_DAYS} ngày kể từ ngày "
        f"thông qua hoặc ký ban hành (ký {signed}); ngày sớm nhất là {earliest:%d/%m/%Y}, trừ trường hợp ban hành theo "
        "trình tự, thủ tục rút gọn.",
        f"Ghi ngày có hiệu lực từ {earliest:%d/%m/%Y} trở đi, hoặc nêu rõ trình tự, thủ tục rút gọn.",
        confidence=0.9,
    )


_BEGINS = re.compile(rf"[ \t]*(?:\d+[a-zđ]?\.|[a-zđ]\))?[ \t]*(?:{SELF}[^.;\n]{{0,120}})?", re.I)
_NAMES_ITSELF = re.compile(SELF, re.I)
# “Các quy định trước đây trái với Quyết định này đều bị bãi bỏ”, in either order.
_UNNAMED = r"(?:trước đây|trái với|không còn phù hợp|không phù hợp)"
_BLANKET = re.compile(
    r"(?P<all>(?:những|các|mọi)[ \t]+(?:văn bản|quy định|nội dung)[^.;\n\d]{0,60}?"
    rf"{_UNNAMED}[^.;\n\d]{{0,80}}?(?:bãi bỏ|hết hiệu lực|hủy bỏ|thay thế|không còn hiệu lực))"
    r"|(?:bãi bỏ|hủy bỏ|thay thế)[ \t]+(?:các|những|mọi|tất cả)[^.;:\n\d]{0,60}?"
    rf"{_UNNAMED}[^.;:\n]{{0,60}}",
    re.I,
)


def blanket_repeal(draft: Draft, _: Context) -> Iterator[Note]:
    """K73: what is repealed is named, document by document."""
    for found in _BLANKET.finditer(draft.text, draft.header.end):
        sentence = draft.sentence_at(found.start())
        itself = _NAMES_ITSELF.search(draft.text, sentence.start, sentence.end)
        # a body's power to repeal what is unlawful is no repeal: that one begins the sentence or follows “… này”
        begins = _BEGINS.fullmatch(draft.text, sentence.start, found.start())
        if not draft.quoted(found.start()) and ((found["all"] and itself) or begins):
            yield Note(
                *found.span(),
                "Văn bản phải xác định rõ tên văn bản, phần, chương, điều, khoản, điểm bị sửa đổi, bổ sung, thay "
                "thế, bãi bỏ; "
                "quy định bãi bỏ chung chung không xác định được đối tượng.",
                "Liệt kê cụ thể từng văn bản, điều, khoản, điểm bị bãi bỏ hoặc bỏ câu này.",
            )


_REPEAL = re.compile(r"\b(?P<ended>hết hiệu lực|bị bãi bỏ|bị thay thế)\b|\b(?:bãi bỏ|hủy bỏ|thay thế)\b", re.I)
_TARGET = re.compile(r"\d+(?:/\d{4})?/(?P<sign>NQ-HĐND|QĐ-UBND|NĐ-CP|QĐ-TTg|TT-[A-ZĐ]{2,10}|QH\d{1,2})")
_FORCE = {"QH": 7, "NĐ-CP": 6, "QĐ-TTg": 5, "TT": 4, "NQ-HĐND": 3, "QĐ-UBND": 2}


def repeal_competence(draft: Draft, _: Context) -> Iterator[Note]:
    """K74: a document is ended by its own issuer or a superior one; a target of higher force is reported."""
    own = {Organ.COUNCIL: 3, Organ.COMMITTEE: 2, Organ.CHAIR: 2}.get(draft.header.issuer.organ)
    if own is None:
        return
    for found in _REPEAL.finditer(draft.text, draft.body.start):
        target = None if draft.quoted(found.start()) else _repealed(draft, found)
        if target is None:
            continue
        force = _FORCE.get(re.sub(r"^QH\d+$", "QH", re.sub(r"^TT-.*$", "TT", target["sign"])), 0)
        if force > own:
            yield Note(
                *target.span(),
                "Văn bản chỉ được bãi bỏ, thay thế bằng văn bản của chính cơ quan đã ban hành hoặc cơ quan có thẩm "
                "quyền; "
                f"{draft.header.doc_type.lower() or 'văn bản'} của {draft.header.issuer.name} không bãi bỏ, thay "
                f"thế được "
                f"văn bản số {target[0]}.",
                f"Bỏ nội dung xử lý văn bản số {target[0]}; nếu cần, kiến nghị cơ quan đã ban hành văn bản đó.",
            )


def _repealed(draft: Draft, found: re.Match[str]) -> re.Match[str] | None:
    """The document named first beside the verb: later ones stand in its title, or behind “theo”, “tại”."""
    line = draft.line_at(found.start())
    if found["ended"]:
        start = max(line.start, found.start() - 300)
        parts = re.split(r"[;.](?=\s)", draft.text[start : found.start()])
        start, stop = found.start() - len(parts[-1]), found.start()
    else:
        start, stop = found.end(), min(line.end, found.end() + 400)
    if re.match(r"\s*(?:cụm từ|từ)\b", draft.text[start:stop]):
        return None
    target = _TARGET.search(draft.text, start, stop)
    if target is None or re.search(r"theo|tại|[;.]\s", draft.text[start : target.start()]):
        return None
    return target


_RESPONSIBLE = re.compile(r"chịu trách nhiệm (?:tổ chức )?(?:thi hành|thực hiện)", re.I)
# “Các cơ quan liên quan”, “Cơ quan, tổ chức, cá nhân có liên quan”: nobody by name or office.
_NOBODY = re.compile(
    (
        r"(?:các|những)?\s*(?:cơ quan|tổ chức|đơn vị|cá nhân)(?:,?\s*(?:và\s*)?(?:cơ quan|tổ chức|đơn vị"
        r"|cá nhân))*(?:\s+có)?\s+liên quan"
    ),
    re.I,
)


def responsible_body(draft: Draft, _: Context) -> Iterator[Note]:
    """K79: at least one named body carries the text out."""
    for found in _RESPONSIBLE.finditer(draft.text, draft.body.start, draft.body.end):
        line = draft.line_at(found.start())
        who = re.split(r"[;.]\s", draft.text[line.start : found.start()])[-1]
        vague = _NOBODY.fullmatch(who.strip())
        if vague and _NAMES_ITSELF.search(draft.text, found.end(), found.end() + 60):
            yield Note(
                found.start() - len(who.lstrip()),
                found.end(),
                "Trách nhiệm thi hành chưa nêu cơ quan, người làm đầu mối.",
                "Nêu rõ tên cơ quan, chức danh chịu trách nhiệm thi hành.",
            )
