"""The sections of a crawled record.

The crawl cut the page at the first place where a heading's words stood, also inside a sentence (“… theo mục 6.3
(Thành phần hồ sơ); nộp …”), so some fields hold the wrong piece. The page's whole text gives them back.
"""

from __future__ import annotations

from collections.abc import Mapping

# Headings of the page; where the words alone are ambiguous, with the first words of the table below them.
_STEPS, _METHODS, _DOSSIER = "Trình Tự Thực Hiện", "Cách Thức Thực HiệnHình thức nộp", "Thành phần hồ sơ"
_BASIS, _BODY = "Căn cứ pháp lý", "Cơ quan thực hiện"
_REQUIREMENTS, _RESULT = "Yêu cầu, điều kiện thực hiện", "Kết quả xử lý"
_BASIS_STARTS = ("Tên văn bản pháp lý", "Không có thông tin")


def sections_of(record: Mapping[str, object]) -> dict[str, str]:
    """The record's text fields, with the sections that the page's text shows to be cut put right."""
    fields = {key: value for key, value in record.items() if isinstance(value, str)}
    page = fields.get("raw_text", "")
    methods = page.find(_METHODS)
    basis = max(page.rfind(_BASIS + start) for start in _BASIS_STARTS)
    steps, dossier = page.find(_STEPS), page.find(_DOSSIER, methods)
    if not 0 <= steps < methods < dossier < basis:
        return fields
    fields["trinh_tu_thuc_hien"] = page[steps + len(_STEPS) : methods]
    fields["thanh_phan_ho_so"] = page[dossier + len(_DOSSIER) : basis]
    body = page.find(_BODY, basis)
    requirements = page.find(_REQUIREMENTS, body)
    result = page.rfind(_RESULT)
    if not basis < body < requirements:
        return fields
    fields["can_cu_phap_ly"] = page[basis + len(_BASIS) : body]
    if requirements < result:
        fields["yeu_cau_dieu_kien"] = page[requirements + len(_REQUIREMENTS) : result]
        fields["ket_qua_xu_ly"] = page[result + len(_RESULT) :]
    return fields
