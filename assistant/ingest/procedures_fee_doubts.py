"""Where the fee field, its note and the rest of the record disagree: the sentences that say so."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.ingest.procedures_doubts import Doubt
from assistant.ingest.procedures_methods import Row
from assistant.ingest.procedures_money import has_money
from assistant.law.procedure import Fee, FeeKind

_QUOTED = 160  # characters of a note that a warning quotes

_LOCAL = re.compile(
    r"hội đồng nhân dân|HĐND|(?:ủy ban nhân dân|UBND) (?:cấp )?tỉnh[^.;]{0,40}(?:quyết định|quy định)", re.IGNORECASE
)
# Payment is asked for outside the fee field; “(nếu có)” asks for none.
_DUE_ELSEWHERE = re.compile(
    r"(?:(?:nộp|đóng|thanh toán)(?: đủ| tiền| các khoản)? (?:phí|lệ phí)|(?<!không )thu lệ phí)"
    r"(?![^.;\n]{0,60}(?:nếu|trường hợp phải))"
    r"|(?:phí|lệ phí)[^.;\n]{0,80}?\d{1,3}(?:\.\d{3})+ ?(?:đ|VNĐ)|mức thu (?:phí|lệ phí)"
    r"|theo quy định (?:của|tại) luật phí",
    re.IGNORECASE,
)


def is_local(text: str) -> bool:
    """The province sets the amount."""
    return bool(_LOCAL.search(text))


def local_line(row: Row) -> str:
    """The line of the description that leaves the fee to the province."""
    return next((line for line in row.description.split("\n") if "phí" in line.lower() and is_local(line)), "")


def due_elsewhere(row: Row, steps: str) -> list[Doubt]:
    """“Miễn phí”, but the description or a step asks for payment."""
    elsewhere = _DUE_ELSEWHERE.search(row.description) or _DUE_ELSEWHERE.search(steps)
    if not elsewhere:
        return []
    message = f"Trường phí ghi “Miễn phí” ({{where}}) nhưng phần khác của bản ghi nói có thu: “{elsewhere[0]}”."
    return [Doubt("fee_contradicted", "fees", message, row.channel)]


def contradiction(row: Row, fees: Iterable[Fee]) -> list[Doubt]:
    """“Miễn phí” beside a note that says otherwise."""
    amounts = ", ".join(dict.fromkeys(printed(fee) for fee in fees if fee.amount))
    if any(fee.kind is FeeKind.LOCAL for fee in fees):
        message = (
            "Trường phí ghi “Miễn phí” ({where}) nhưng ghi chú nói mức thu do chính quyền cấp tỉnh "
            "quyết định: không kết luận là miễn phí."
        )
        return [Doubt("fee_contradicted", "fees", message, row.channel), local_doubt()]
    if amounts:
        said = f"nêu mức {amounts}"
    else:
        quoted = row.note[:_QUOTED] + ("…" if len(row.note) > _QUOTED else "")
        said = f"của bản ghi là “{quoted}”".replace("{", "(").replace("}", ")")
    message = f"Trường phí ghi “Miễn phí” ({{where}}) nhưng ghi chú {said}: không kết luận là miễn phí."
    return [Doubt("fee_contradicted", "fees", message, row.channel)]


def local_doubt() -> Doubt:
    message = "Mức thu do chính quyền cấp tỉnh quyết định; bản ghi không nêu mức của Thành phố Hồ Chí Minh."
    return Doubt("fee_local", "fees", message)


def by_basis(row: Row, fee_texts: tuple[str, ...]) -> list[Doubt]:
    """“Miễn phí”, but the record rests on a circular on fees."""
    if not fee_texts:
        return []
    message = (
        f"Trường phí ghi “Miễn phí” ({{where}}) nhưng căn cứ của bản ghi có văn bản về mức thu "
        f"({', '.join(fee_texts)}); nên hỏi lại nơi nộp."
    )
    return [Doubt("field_note_differ", "fees", message, row.channel)]


def differing(row: Row, named: Iterable[Fee]) -> list[Doubt]:
    """The note's amounts are shown, the field's is not."""
    amounts = ", ".join(dict.fromkeys(printed(fee) for fee in named))
    message = (
        f"Trường phí ghi “{row.fee}” ({{where}}) nhưng ghi chú của bản ghi nêu {amounts}; "
        "mức hiển thị là mức trong ghi chú, cần hỏi lại nơi nộp."
    )
    return [Doubt("fee_contradicted", "fees", message, row.channel)]


def incredible(row: Row) -> list[Doubt]:
    """Field and note differ by a slip of zeros: neither is shown."""
    message = (
        f"Trường phí ghi “{row.fee}” ({{where}}) còn ghi chú của bản ghi là “{row.note[:_QUOTED]}”: "
        "hai số không khớp, không số nào chắc chắn."
    )
    return [Doubt("fee_contradicted", "fees", message, row.channel)]


def unreadable(row: Row) -> list[Doubt]:
    message = (
        f"Bản ghi in mức thu “{row.fee}” ({{where}}): thiếu chữ số hoặc dính với thời hạn, "
        "không đọc được thành số tiền chắc chắn."
    )
    return [Doubt("fee_contradicted", "fees", message, row.channel)]


def missing(row: Row, from_text: bool) -> list[Doubt]:
    """The field is empty; the amounts, if any, are those of the note or the description."""
    if from_text:
        message = "Trường phí để trống ({where}); mức hiển thị lấy từ phần mô tả của bản ghi, cần hỏi lại nơi nộp."
    else:
        message = "Bản ghi không công bố mức phí, lệ phí ({where})."
    return [Doubt("fee_missing", "fees", message, row.channel)]


def lost_digits(row: Row) -> list[Doubt]:
    """“50,000 Việt Nam Đồng(0.000đ/giấy)”: the note's amount lost its digits."""
    if not has_money(row.note):
        return []
    message = (
        f"Ghi chú của bản ghi ({{where}}) in mức thu thiếu chữ số (“{row.note[:40]}…”); "
        f"mức hiển thị là của trường phí (“{row.fee}”), cần hỏi lại nơi nộp."
    )
    return [Doubt("fee_contradicted", "fees", message, row.channel)]


def printed(fee: Fee) -> str:
    if fee.amount is None:
        return "một phần của mức ghi trong ghi chú"
    amount = f"{fee.amount:,}".replace(",", ".")
    return f"{amount} {'đồng' if fee.currency == 'VND' else fee.currency}"
