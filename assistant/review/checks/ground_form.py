"""Căn cứ ban hành: of the right kind, enough of them, in order and form (K13, K14, K16, K17)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.language.normalise import fold
from assistant.review.check import Context, Note, Severity
from assistant.review.draft import Draft, Level, Organ
from assistant.review.ground import Ground, read_grounds

_NEVER = frozenset(
    ("công văn", "công điện", "kết luận", "thông báo", "kế hoạch", "chương trình", "hướng dẫn", "báo cáo", "tờ trình")
)
_OWN_FORCE = {Organ.COUNCIL: 3, Organ.COMMITTEE: 2, Organ.CHAIR: 2}


def wrong_kind(draft: Draft, _: Context) -> Iterator[Note]:
    """K13: grounds are normative texts of higher force; party papers and letters are none."""
    for ground in read_grounds(draft):
        number = ground.number
        what = f"{ground.doc_type} số {number.printed}" if number else ground.name
        problem, sure = _kind_problem(draft, ground)
        if problem:
            yield Note(
                ground.span.start,
                ground.span.end,
                f"Căn cứ ban hành phải là văn bản quy phạm pháp luật có hiệu lực pháp lý cao hơn; “{what}” {problem}.",
                f"Bỏ “{what}” khỏi phần căn cứ.",
                severity=None if sure else Severity.MINOR,
                confidence=1.0 if sure else 0.6,
            )


def _kind_problem(draft: Draft, ground: Ground) -> tuple[str, bool]:
    """What is wrong with the kind of a ground, and whether that is sure."""
    number = ground.number
    if ground.doc_type.lower() in _NEVER or (number is not None and number.party):
        return "không phải văn bản quy phạm pháp luật", True
    if _lower(draft, ground):
        return "có hiệu lực pháp lý thấp hơn dự thảo", True
    single = number is not None and not number.is_normative and number.normative_confidence >= 0.9
    if single and number is not None and number.issuer_code != "CP":
        return "có ký hiệu của văn bản cá biệt", False
    return "", False


def _lower(draft: Draft, ground: Ground) -> bool:
    own = _OWN_FORCE.get(draft.header.issuer.organ)
    if own is None or ground.number is None or draft.header.issuer.level is Level.COMMUNE:
        return False
    text = draft.text[ground.span.start : ground.span.end].lower()
    commune = bool(re.search(r"nhân dân (?:xã|phường|thị trấn|đặc khu)\b", text))
    return commune or (own == 3 and ground.number.issuer_code == "UBND")


_LOCAL_GOVERNMENT = "luat to chuc chinh quyen dia phuong"
_LAWMAKING = "luat ban hanh van ban quy pham phap luat"


def missing_authority(draft: Draft, _: Context) -> Iterator[Note]:
    """K14: at least one ground for the power to issue, and one for the matter."""
    if not draft.zones.grounds or not draft.header.issuer.local:
        return
    folded = [fold(draft.text[s.start : s.end]) for s in draft.zones.grounds]
    first = draft.zones.grounds[0]
    line = draft.line_at(first.start)
    if not any(_LOCAL_GOVERNMENT in text or re.search(r"\b72/2025/qh15\b", text) for text in folded):
        yield Note(
            line.start,
            line.end,
            "Phần căn cứ chưa có văn bản quy định thẩm quyền, chức năng của cơ quan ban hành.",
            "Bổ sung “Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;”.",
        )
    content = [g for g in read_grounds(draft) if not _of_authority(fold(g.name)) and g.doc_type.lower() not in _NEVER]
    if not content:
        yield Note(
            line.start,
            line.end,
            "Phần căn cứ chưa có văn bản trực tiếp quy định nội dung của dự thảo.",
            "Bổ sung luật, nghị định, thông tư quy định nội dung hoặc giao quy định chi tiết.",
        )


def _of_authority(name: str) -> bool:
    return name.startswith((_LOCAL_GOVERNMENT, _LAWMAKING)) or "sua doi, bo sung mot so dieu cua " + _LAWMAKING in name


# “… số 72/2025/QH15, Căn cứ Luật …”: another ground begins inside the line.
_GROUND_INSIDE = re.compile(r"(?<![\w“(])Căn cứ\s+(?:Luật|Bộ luật|Nghị|Thông tư|Quyết|Pháp lệnh|Hiến pháp)")


def line_form(draft: Draft, _: Context) -> Iterator[Note]:
    """K16: one ground a line, ended with a semicolon; the last of an administrative text with a full stop."""
    grounds = draft.zones.grounds
    joined = [g for g in grounds if len(_GROUND_INSIDE.findall(draft.text, g.start, g.end)) > 1]
    own = [g for g in grounds if draft.text.startswith("Căn cứ", g.start)]  # “Theo đề nghị của …” ends in many ways
    wrong = [g for g in own if draft.text[g.end - 1] not in (";." if g is grounds[-1] else ";")]
    if joined:
        span, problem = joined[0], "Nhiều căn cứ viết liền trong một đoạn."
    elif wrong:
        count = f" ({len(wrong)} dòng)" if len(wrong) > 1 else ""
        span, problem = draft.line_at(wrong[0].end - 1), f"Dòng căn cứ không kết thúc bằng dấu chấm phẩy{count}."
    else:
        return
    advice = "Trình bày mỗi căn cứ thành một dòng riêng, chữ in nghiêng, cuối dòng có dấu chấm phẩy."
    yield Note(span.start, span.end, problem, advice)


_RANK = (
    ("hiến pháp",), ("bộ luật", "luật"), ("pháp lệnh",), ("lệnh",), ("nghị định",), ("thông tư", "thông tư liên tịch"),
)  # fmt: skip


def order(draft: Draft, _: Context) -> Iterator[Note]:
    """K17: from higher to lower force. Resolutions and decisions depend on their issuer and are left out."""
    highest_after = -1
    for ground in read_grounds(draft):
        rank = next((i for i, names in enumerate(_RANK) if ground.doc_type.lower() in names), None)
        if rank is None:
            continue
        if rank < highest_after:
            yield Note(
                ground.span.start,
                ground.span.end,
                f"“{ground.name}” đứng sau căn cứ có hiệu lực pháp lý thấp hơn.",
                "Sắp xếp căn cứ theo thứ bậc hiệu lực từ cao xuống thấp; cùng thứ bậc thì theo thời gian ban hành.",
            )
            return
        highest_after = rank
