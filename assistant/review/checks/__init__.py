"""Every check of the reviewer, in one list: reading it top to bottom is reading the product.

What a language model or a person must judge (K02, K04, K21–K24, K27, K29, K39, K67, K72, K77, K78, K80–K82) is not
decided here; the report names it under “chưa kiểm tra được”.
"""

from __future__ import annotations

from datetime import date

from assistant.review.check import Applies, Basis, Check, Severity
from assistant.review.checks import (
    amendments,
    appendices,
    authority,
    closing,
    contradiction,
    dossier_safety,
    form,
    ground_form,
    grounds,
    language,
    legality,
    measures,
    numbering,
    references,
    references_internal,
    structure,
)

CRITICAL, MAJOR, MINOR, INFO = Severity.CRITICAL, Severity.MAJOR, Severity.MINOR, Severity.INFO
ANY = Applies.ANY

AUTHORITY = "Thẩm quyền"
GROUNDS = "Căn cứ ban hành"
LEGALITY = "Hợp hiến, hợp pháp, thống nhất"
FORM = "Bố cục, thể thức, kỹ thuật trình bày"
REFERENCES = "Viện dẫn"
LANGUAGE = "Ngôn ngữ"
CLOSING = "Điều khoản thi hành"
SAFETY = "Hồ sơ, quy trình, an toàn"

LAW_2015 = date(2016, 7, 1)  # rules of technique that the law of 2025 took over from that of 2015
LAW_2025 = date(2025, 4, 1)  # Luật 64/2025/QH15, NĐ 78/2025/NĐ-CP
TWO_LEVELS = date(2025, 7, 1)  # no district level

LAW = "Luật 64/2025/QH15"
DECREE = "NĐ 78/2025/NĐ-CP"
ANNEX = f"Phụ lục I {DECREE} (thay bởi NĐ 187/2025/NĐ-CP)"


def _b(*texts: str) -> tuple[Basis, ...]:
    """Bases that were read in a text; one that was not begins with “?”."""
    return tuple(Basis(text.lstrip("?"), confirmed=not text.startswith("?")) for text in texts)


CHECKS: tuple[Check, ...] = (
    # --- Thẩm quyền
    Check("K01", "Đúng hình thức văn bản theo cơ quan ban hành",
          AUTHORITY, CRITICAL, authority.form_of_issuer,
          _b(f"Điều 4 {LAW} (sửa đổi bởi khoản 1 Điều 1 Luật 87/2025/QH15)"), since=TWO_LEVELS),
    Check("K03", "Phân biệt văn bản quy phạm và văn bản cá biệt",
          AUTHORITY, CRITICAL, authority.normative_or_not,
          _b(f"Điều 2, khoản 3 Điều 7 {LAW}"), ANY, LAW_2025),
    Check("K05", "Phân cấp, ủy quyền trong văn bản Ủy ban nhân dân cấp xã",
          AUTHORITY, MAJOR, authority.delegation_by_commune,
          _b(f"?khoản 4 Điều 1 Luật 87/2025/QH15 (sửa Điều 22 {LAW})"), since=TWO_LEVELS),
    Check("K06", "Còn giao nhiệm vụ cho cấp huyện",
          AUTHORITY, CRITICAL, authority.district_level,
          _b("khoản 3 Điều 51 Luật 72/2025/QH15"), ANY, TWO_LEVELS),
    Check("K07", "Tên cơ quan đã đổi, đã hợp nhất",
          AUTHORITY, MAJOR, authority.old_bodies,
          _b(f"khoản 2 Điều 5 {LAW} (tính thống nhất, khả thi)", "?văn bản tổ chức bộ máy tương ứng"), ANY),
    Check("K08", "Địa danh, đơn vị hành chính cũ",
          AUTHORITY, MAJOR, authority.old_places,
          _b("Nghị quyết 202/2025/QH15",
             "?nghị quyết của Ủy ban Thường vụ Quốc hội về sắp xếp đơn vị hành chính cấp xã năm 2025"),
          ANY, TWO_LEVELS),
    # --- Căn cứ ban hành
    Check("K10", "Căn cứ đã hết hiệu lực",
          GROUNDS, CRITICAL, grounds.expired,
          _b(f"Điều 62 {DECREE}", f"khoản 3 Điều 71 {LAW}"), ANY),
    Check("K11", "Căn cứ chưa có hiệu lực tại ngày ban hành",
          GROUNDS, CRITICAL, grounds.not_yet,
          _b(f"Điều 62 {DECREE}"), ANY),
    Check("K12", "Thiếu văn bản sửa đổi của căn cứ",
          GROUNDS, MINOR, grounds.missing_amendment,
          _b(f"Điều 62, Điều 68 {DECREE}"), since=LAW_2025),
    Check("K13", "Căn cứ không đúng loại",
          GROUNDS, MAJOR, ground_form.wrong_kind,
          _b(f"Điều 62 {DECREE}"), since=LAW_2025),
    Check("K14", "Thiếu căn cứ thẩm quyền hoặc căn cứ nội dung trực tiếp",
          GROUNDS, MAJOR, ground_form.missing_authority,
          _b(f"Điều 62 {DECREE}"), since=TWO_LEVELS),
    Check("K15", "Sai số, ký hiệu, ngày, tên của căn cứ",
          GROUNDS, MAJOR, grounds.wrong_facts,
          _b(f"Điều 62, Điều 68 {DECREE}"), ANY),
    Check("K16", "Trình bày phần căn cứ",
          GROUNDS, MINOR, ground_form.line_form,
          _b(f"{ANNEX} – Mẫu 17–20"), since=LAW_2025),
    Check("K17", "Thứ tự căn cứ",
          GROUNDS, INFO, ground_form.order,
          _b("?thông lệ trình bày"), since=LAW_2025),
    # --- Hợp hiến, hợp pháp, thống nhất
    Check("K20", "Trái văn bản có hiệu lực pháp lý cao hơn",
          LEGALITY, CRITICAL, contradiction.contradicts_cited,
          _b(f"khoản 2 Điều 5, Điều 58 {LAW}"), ANY, LAW_2025),
    Check("K25", "Hiệu lực trở về trước",
          LEGALITY, CRITICAL, legality.retroactive,
          _b(f"Điều 55 {LAW}"), since=LAW_2025),
    Check("K26", "Đặt chế tài ngoài thẩm quyền",
          LEGALITY, CRITICAL, legality.fines,
          _b("?Luật Xử lý vi phạm hành chính"), since=LAW_2025),
    Check("K28", "Thí điểm không có thời hạn",
          LEGALITY, MAJOR, legality.pilot_without_term,
          _b(f"khoản 6 Điều 5 {LAW}"), since=LAW_2015),
    # --- Bố cục, thể thức, kỹ thuật trình bày
    Check("K30", "Đánh số điều, khoản nhảy số, trùng số",
          FORM, MAJOR, numbering.numbering,
          _b(f"Điều 63, Điều 64 {DECREE}"), ANY),
    Check("K31", "Ký hiệu điểm sai bảng chữ cái tiếng Việt",
          FORM, MINOR, numbering.point_letters,
          _b(f"Điều 63 {DECREE}"), ANY),
    Check("K32", "Phần, chương, mục, tiểu mục, điều thiếu tên",
          FORM, MINOR, structure.headings,
          _b(f"khoản 2 Điều 7 {LAW}", f"Điều 63 {DECREE}"), since=LAW_2025),
    Check("K33", "Sai kiểu số ở cấp bố cục",
          FORM, MINOR, structure.numerals,
          _b(f"khoản 3 Điều 64 {DECREE}"), since=LAW_2025),
    Check("K34", "Điểm chứa nhiều ý, dùng gạch đầu dòng hoặc ký hiệu khác",
          FORM, MINOR, structure.bullets,
          _b(f"Điều 63 {DECREE}"), since=LAW_2025),
    Check("K35", "Khoản hoặc điểm duy nhất",
          FORM, INFO, structure.single_item,
          _b("?kỹ thuật trình bày"), since=LAW_2025),
    Check("K36", "Quốc hiệu, Tiêu ngữ sai",
          FORM, MINOR, form.motto,
          _b(f"Điều 71 và {ANNEX}"), ANY, LAW_2025),
    Check("K37", "Số, ký hiệu sai cấu trúc",
          FORM, MAJOR, form.number,
          _b(f"khoản 3 Điều 7 {LAW}", f"Điều 71 {DECREE}"), ANY, LAW_2025),
    Check("K38", "Địa danh, ngày tháng sai định dạng",
          FORM, MINOR, form.place_and_date,
          _b(ANNEX, "Phụ lục I NĐ 30/2020/NĐ-CP (văn bản hành chính)"), ANY, LAW_2025),
    Check("K39", "Tên loại, trích yếu",
          FORM, MINOR, form.title_and_subject,
          _b(f"Điều 71 {DECREE}"), ANY, LAW_2025),
    Check("K40", "Thể thức ký",
          FORM, MAJOR, form.signature,
          _b(f"Mẫu 19, 20 {ANNEX}"), ANY, LAW_2025),
    Check("K41", "Nơi nhận, công báo",
          FORM, INFO, form.recipients,
          _b(f"Điều 9 {LAW} (sửa đổi bởi khoản 2 Điều 1 Luật 87/2025/QH15)",
             "?danh sách nơi nhận cụ thể"), since=LAW_2025),
    Check("K42", "Phụ lục, mẫu biểu: dẫn mà không có, có mà không dẫn",
          FORM, MAJOR, appendices.appendices,
          _b(f"Điều 63, Điều 71 {DECREE}"), ANY, LAW_2015),
    Check("K43", "Thiếu dòng “Ban hành kèm theo …” ở văn bản kèm theo",
          FORM, MINOR, form.attached_line,
          _b(f"Mẫu 20 {ANNEX}"), since=LAW_2025),
    Check("K44", "Phông chữ, bảng mã của tệp",
          FORM, INFO, form.file_form,
          _b("QĐ 72/2002/QĐ-TTg", "TT 39/2017/TT-BTTTT"), ANY),
    # --- Viện dẫn
    Check("K50", "Viện dẫn nội bộ đến điều, khoản, điểm không tồn tại",
          REFERENCES, CRITICAL, references_internal.internal,
          _b(f"khoản 2 Điều 68 {DECREE}"), ANY),
    Check("K51", "Viện dẫn điều khoản không có trong văn bản được dẫn",
          REFERENCES, CRITICAL, references.external,
          _b(f"khoản 2 Điều 68 {DECREE}"), ANY),
    Check("K52", "Viện dẫn văn bản đã hết hiệu lực, bị thay thế",
          REFERENCES, CRITICAL, references.expired,
          _b(f"Điều 62, Điều 68 {DECREE}"), ANY),
    Check("K53", "Cách ghi viện dẫn lần đầu",
          REFERENCES, MINOR, references.first_mention,
          _b(f"khoản 1 Điều 68 {DECREE}"), since=LAW_2015),
    Check("K54", "Viện dẫn mơ hồ",
          REFERENCES, MINOR, language.vague_references,
          _b(f"khoản 2 Điều 68 {DECREE}", f"khoản 1 Điều 7 {LAW}"), since=LAW_2015),
    Check("K55", "Tự viện dẫn hoặc viện dẫn vòng",
          REFERENCES, MINOR, references_internal.circular,
          _b(f"kỹ thuật viện dẫn – Điều 68 {DECREE}"), since=LAW_2015),
    Check("K56", "Tên gọi và số hiệu trong viện dẫn không khớp nhau",
          REFERENCES, MAJOR, references.name_and_number,
          _b(f"Điều 68 {DECREE}"), ANY),
    # --- Ngôn ngữ
    Check("K60", "Thuật ngữ được giải thích nhưng không sử dụng",
          LANGUAGE, MINOR, language.unused_terms,
          _b(f"khoản 1 Điều 7 {LAW}"), since=LAW_2015),
    Check("K61", "Thuật ngữ dùng không nhất quán",
          LANGUAGE, MINOR, language.inconsistent_terms,
          _b(f"khoản 1 Điều 7 {LAW}"), since=LAW_2015),
    Check("K62", "Viết tắt không giải thích",
          LANGUAGE, MINOR, language.abbreviations,
          _b(f"khoản 1 Điều 7 {LAW}"), since=LAW_2015),
    Check("K63", "Từ ngữ mơ hồ, không định lượng",
          LANGUAGE, MINOR, language.vague_words,
          _b(f"khoản 1 Điều 7 {LAW}"), since=LAW_2015),
    Check("K64", "Chính tả, lỗi gõ, lặp từ",
          LANGUAGE, MINOR, language.spelling,
          _b(f"khoản 1 Điều 7 {LAW}"), ANY),
    Check("K65", "“Ngày” hay “ngày làm việc”, mốc tính không rõ",
          LANGUAGE, MAJOR, measures.limit_start,
          _b(f"khoản 1 Điều 7 {LAW}"), since=LAW_2015),
    Check("K66", "Số bằng chữ và bằng số không khớp, đơn vị sai",
          LANGUAGE, MAJOR, measures.figures_and_words,
          _b(f"khoản 1 Điều 7 {LAW}"), ANY),
    # --- Điều khoản thi hành
    Check("K70", "Không ghi ngày có hiệu lực cụ thể",
          CLOSING, CRITICAL, closing.effect_date,
          _b(f"Điều 66, Điều 67 {DECREE}", f"Điều 53 {LAW}"), since=LAW_2025),
    Check("K71", "Ngày hiệu lực sớm hơn thời hạn tối thiểu",
          CLOSING, CRITICAL, closing.min_period,
          _b(f"khoản 1 Điều 53 {LAW}"), since=LAW_2025),
    Check("K73", "Bãi bỏ, thay thế chung chung",
          CLOSING, CRITICAL, closing.blanket_repeal,
          _b(f"khoản 3 Điều 8 {LAW}", f"Điều 66, Điều 67 {DECREE}"), since=LAW_2015),
    Check("K74", "Bãi bỏ văn bản không thuộc thẩm quyền",
          CLOSING, CRITICAL, closing.repeal_competence,
          _b(f"khoản 1, khoản 2 Điều 8 {LAW}"), since=LAW_2015),
    Check("K75", "Sửa đổi quá nửa số điều mà không thay thế",
          CLOSING, MAJOR, amendments.amended_share,
          _b(f"khoản 4 Điều 8 {LAW}"), since=LAW_2015),
    Check("K76", "Kỹ thuật sửa đổi sai",
          CLOSING, MINOR, amendments.amendment_technique,
          _b(f"Điều 69 {DECREE}"), since=LAW_2015),
    Check("K79", "Trách nhiệm thi hành không rõ đầu mối",
          CLOSING, MINOR, closing.responsible_body,
          _b(f"Mẫu 19, 20 {ANNEX}"), since=LAW_2015),
    # --- Hồ sơ, quy trình, an toàn
    Check("K83", "Tệp chứa nội dung ẩn hoặc câu lệnh nhắm vào hệ thống AI",
          SAFETY, CRITICAL, dossier_safety.orders_and_hidden_text,
          _b("?yêu cầu an toàn hệ thống thông tin"), ANY),
    Check("K84", "Có dấu bí mật nhà nước hoặc dữ liệu cá nhân không cần thiết",
          SAFETY, CRITICAL, dossier_safety.secrets_and_personal_data,
          _b("Luật 117/2025/QH15 (bảo vệ bí mật nhà nước)", "Luật 91/2025/QH15 (bảo vệ dữ liệu cá nhân)"), ANY),
)  # fmt: skip

# Left to a person: named in every report of a normative draft.
FOR_A_PERSON: tuple[tuple[str, str], ...] = (
    ("K02", "Thẩm quyền nội dung"),
    ("K04", "Quy định chi tiết vượt phạm vi được giao"),
    ("K21", "Mâu thuẫn nội tại của dự thảo"),
    ("K22", "Chồng chéo với văn bản hiện hành của cùng cơ quan"),
    ("K23", "Quy định thủ tục hành chính khi không được giao"),
    ("K24", "Đủ bộ phận cấu thành của thủ tục hành chính"),
    ("K27", "Bình đẳng giới, quyền con người, phân biệt đối xử"),
    ("K29", "Nguồn lực, tính khả thi"),
    ("K39", "Tên loại, trích yếu so với nội dung"),
    ("K67", "Quy phạm có chủ thể, hành vi, trách nhiệm"),
    ("K72", "Hiệu lực cùng văn bản được quy định chi tiết"),
    ("K77", "Sửa đổi điều khoản đã bị bãi bỏ"),
    ("K78", "Điều khoản chuyển tiếp"),
    ("K80", "Thành phần hồ sơ thẩm định"),
    ("K81", "Thời gian đăng tải, ý kiến bắt buộc"),
    ("K82", "Tờ trình, thuyết minh khớp dự thảo"),
)

__all__ = ["CHECKS", "FOR_A_PERSON", "LANGUAGE", "SAFETY"]
