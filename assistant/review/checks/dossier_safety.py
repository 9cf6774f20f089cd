"""An toàn: hidden text, orders to the assistant, secrets, personal data (K83, K84)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.language.normalise import fold
from assistant.review.check import Context, Note
from assistant.review.draft import Draft, Span

# Who is spoken to, and what it is told to do; over the folded text, within one sentence.
_AI = (
    r"(?:\bai\b|\btri tue nhan tao\b|\btro ly(?: ao| ai)?\b|\bchatbot\b|\bchatgpt\b|\bgpt\b|\bgemini\b|\bclaude\b"
    r"|\bllm\b|\bmo hinh ngon ngu\b|\bhe thong ai\b|\bcong cu ra soat\b|\bassistant\b|\blanguage model\b)"
)
_ORDER = (
    r"(?:phai ket luan|hay ket luan|ket luan (?:rang )?(?:du thao|van ban) (?:dat|hop le|khong co loi)"
    r"|khong (?:duoc )?(?:bao|neu|phat hien|liet ke)(?: bat ky| cac)? loi|bo qua|khong kiem tra|dung kiem tra"
    r"|cham diem|danh gia dat|xac nhan dat|tra loi (?:rang|la)|hay tra loi|chi tra loi|khong duoc canh bao"
    r"|quang cao|gioi thieu website|truy cap website|ghi nhan la dat)"
)
_TO_AI = re.compile(rf"{_AI}[^.\n]{{0,80}}{_ORDER}|{_ORDER}[^.\n]{{0,60}}{_AI}")
_OVERRIDE = re.compile(
    r"bo qua (?:moi|tat ca|toan bo|cac)? ?(?:huong dan|chi dan|lenh|chi thi|quy tac|yeu cau) (?:truoc|tren"
    r"|phia tren|he thong)"
    r"|(?:ignore|disregard|forget|override)[^.\n]{0,30}(?:instruction|prompt|previous|above)"
    r"|system prompt|<\|?(?:im_start|im_end|system|endoftext)|\[/?inst\]"
    r"|you are (?:now )?(?:an? )?(?:ai|assistant|language model)"
)


def orders_and_hidden_text(draft: Draft, _: Context) -> Iterator[Note]:
    """K83: such text is data, reported and not obeyed."""
    folded = fold(draft.text)
    spans = [Span(*m.span()) for pattern in (_TO_AI, _OVERRIDE) for m in pattern.finditer(folded)]
    for span in _apart(sorted(spans)):
        yield Note(
            span.start,
            span.end,
            "Tệp có câu lệnh nhắm vào công cụ rà soát; trợ lý coi đây là dữ liệu và không thực hiện.",
            "Loại bỏ câu này khỏi tệp và kiểm tra nguồn gốc của tệp.",
        )
    anchor = draft.header.title or (draft.lines[0] if draft.lines else Span(0, 0))
    for text in draft.file.hidden[:5]:
        shown = text if len(text) <= 160 else text[:160].rstrip() + "…"
        yield Note(
            *_where(draft, text, anchor),
            f"Tệp có chữ ẩn (chữ trắng, quá nhỏ hoặc thuộc tính ẩn): “{shown}”; trợ lý không thực hiện nội dung này.",
            "Bỏ chữ ẩn khỏi tệp và kiểm tra nguồn gốc của tệp.",
        )
    if draft.file.invisible > 20:
        yield Note(
            anchor.start,
            anchor.end,
            f"Tệp có {draft.file.invisible} ký tự không nhìn thấy (độ rộng bằng không).",
            "Xóa định dạng, dán lại dưới dạng văn bản thuần.",
        )


def _apart(spans: list[Span]) -> Iterator[Span]:
    end = -1
    for span in spans:
        if span.start >= end:
            yield span
            end = span.end


def _where(draft: Draft, text: str, anchor: Span) -> tuple[int, int]:
    """White text is still in what was read; vanished text is shown at the title."""
    at = draft.text.find(text)
    return (at, at + len(text)) if at >= 0 else (anchor.start, anchor.end)


_SECRET = re.compile(r"^[ \t]*(?:ĐỘ MẬT[ \t]*:[ \t]*)?(?:TUYỆT MẬT|TỐI MẬT|MẬT)[ \t]*$", re.M)
# An identity number begins with the code of a province (001 to 096).
_ID = re.compile(r"(?<![\d./-])0(?:0[1-9]|[1-8]\d|9[0-6])\d{9}(?![\d/-])")
_ID_WORD = re.compile(r"can cuoc|cccd|dinh danh|so giay to|cmnd|ngay sinh|sinh nam")
_OTHER_NUMBER = re.compile(r"tai khoan|ma so thue|ma ho so|ma theo doi|dien thoai|hotline|so hieu")


def has_secret_mark(draft: Draft) -> bool:
    """A mark of secrecy on a line of its own: nothing more may be done with the file here."""
    return _SECRET.search(draft.text) is not None


def secrets_and_personal_data(draft: Draft, _: Context) -> Iterator[Note]:
    """K84: stop, and use the channel made for it. “bảo mật” in a sentence is no mark."""
    advice = "Dừng xử lý trên hệ thống nối mạng, chuyển sang kênh bảo mật theo quy định."
    for found in _SECRET.finditer(draft.text):
        begin = found.start() + len(found[0]) - len(found[0].lstrip())
        yield Note(begin, found.end(), "Tệp có dấu độ mật: có dấu hiệu chứa bí mật nhà nước.", advice)
    numbers = [m for m in _ID.finditer(draft.text) if _looks_personal(draft, m)]
    if numbers:
        first = numbers[0]
        yield Note(
            *first.span(),
            f"Tệp có {len(numbers)} dãy số dạng số định danh cá nhân: có dấu hiệu chứa dữ liệu cá nhân không cần "
            f"thiết.",
            "Che hoặc bỏ số định danh cá nhân trước khi lấy ý kiến, công bố; xử lý theo Luật Bảo vệ dữ liệu cá nhân.",
        )


def _looks_personal(draft: Draft, found: re.Match[str]) -> bool:
    """Behind a word for identity, in the sentence or in the head of a list; an account number is not one."""
    near = fold(draft.text[max(0, found.start() - 60) : found.start()])
    if _OTHER_NUMBER.search(near):
        return False
    row = draft.line_at(found.start())
    listed = fold(draft.text[max(0, row.start - 600) : row.start]) if row.end - row.start < 160 else ""
    return bool(_ID_WORD.search(near) or _ID_WORD.search(listed))
