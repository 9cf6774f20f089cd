"""What a user reads for each outcome that is not an answer: one sentence each, in one place."""

from __future__ import annotations

from assistant.answer.values import Answer, Status

SENTENCES: dict[Status, str] = {
    Status.UNANSWERABLE: (
        "Tôi chưa tìm thấy căn cứ trong kho dữ liệu hiện có để trả lời câu hỏi này, nên không suy đoán."
    ),
    Status.OUT_OF_SCOPE: (
        "Câu hỏi này nằm ngoài phạm vi của tôi. Tôi chỉ hỗ trợ thủ tục hành chính và quy định pháp luật "
        "trong hoạt động của cơ quan nhà nước."
    ),
    Status.REFUSED: "Tôi không thể hỗ trợ yêu cầu này.",
    Status.INJECTION_BLOCKED: (
        "Tôi không làm theo câu lệnh thay đổi cách hoạt động và không cung cấp chỉ dẫn nội bộ. "
        "Anh/chị cần hỏi thủ tục hoặc quy định nào, tôi sẵn sàng hỗ trợ."
    ),
    Status.PERSONAL_DATA: (
        "Tôi không tra cứu hoặc cung cấp thông tin cá nhân của người khác. Dữ liệu cá nhân được pháp luật bảo vệ."
    ),
    Status.HANDOFF: "Việc này cần người có thẩm quyền hoặc hệ thống khác giải quyết.",
    Status.CLARIFICATION: "Anh/chị cho biết rõ hơn để tôi trả lời đúng:",
    Status.ERROR: "Hệ thống gặp lỗi khi xử lý câu hỏi. Anh/chị vui lòng thử lại sau ít phút.",
}

# Before the records that may be meant where none is sure enough; who picks one is asking the same of it.
OFFER = "Có phải anh/chị hỏi về một trong các việc sau?"

# Before two records that stand near each other.
EITHER = (
    "Tôi chưa chắc anh/chị hỏi việc nào trong hai việc gần nhất dưới đây. "
    "Nếu cả hai đều không phải, anh/chị hỏi lại cụ thể hơn, đừng làm theo."
)

WHERE_TO_ASK = {
    "citizen": (
        "Anh/chị có thể hỏi trực tiếp Trung tâm Phục vụ hành chính công nơi gần nhất, "
        "hoặc tra cứu tại Cổng Dịch vụ công quốc gia (dichvucong.gov.vn)."
    ),
    "staff": (
        "Anh/chị có thể hỏi Sở Nội vụ (công chức, tổ chức bộ máy), Sở Tư pháp (văn bản pháp luật) "
        "hoặc nạp thêm văn bản của đơn vị vào kho bằng lệnh `troly ingest`."
    ),
    "reviewer": "Anh/chị có thể hỏi Sở Tư pháp, hoặc nạp văn bản cần dẫn vào kho bằng lệnh `troly ingest`.",
}


def closing(status: Status, *, assistant: str, detail: str = "", follow_ups: tuple[str, ...] = ()) -> Answer:
    """An answer without evidence: the outcome's sentence, what is known of the reason, and what to do instead."""
    parts = [SENTENCES[status] if not detail or status is Status.UNANSWERABLE else "", detail]
    if status in (Status.UNANSWERABLE,):
        parts.append(WHERE_TO_ASK[assistant])
    return Answer(status=status, text="\n\n".join(part for part in parts if part), follow_ups=follow_ups)
