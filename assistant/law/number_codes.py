"""Codes inside a số ký hiệu: document types, issuing bodies, Party organs (NĐ 30/2020/NĐ-CP, Phụ lục III; practice)."""

from __future__ import annotations

from assistant.law.fold import fold

# Chữ viết tắt tên loại → tên loại.
TYPES = {
    "NĐ": "Nghị định",
    "NQ": "Nghị quyết",
    "NQLT": "Nghị quyết liên tịch",
    "PL": "Pháp lệnh",
    "QĐ": "Quyết định",
    "CT": "Chỉ thị",
    "TT": "Thông tư",
    "TTLT": "Thông tư liên tịch",
    "TTLB": "Thông tư liên bộ",
    "TTLN": "Thông tư liên ngành",
    "VBHN": "Văn bản hợp nhất",
    "QC": "Quy chế",
    "QyĐ": "Quy định",
    "TB": "Thông báo",
    "HD": "Hướng dẫn",
    "CTr": "Chương trình",
    "KH": "Kế hoạch",
    "PA": "Phương án",
    "ĐA": "Đề án",
    "DA": "Dự án",
    "BC": "Báo cáo",
    "BB": "Biên bản",
    "TTr": "Tờ trình",
    "CV": "Công văn",
    "CĐ": "Công điện",
    "KL": "Kết luận",
    "SL": "Sắc lệnh",
    "L": "Luật",
}

# Cơ quan ban hành theo chữ viết tắt, kể cả cơ quan đã hợp nhất hoặc đổi tên.
ISSUERS = {
    "CP": "Chính phủ",
    "HĐBT": "Hội đồng Bộ trưởng",
    "TTg": "Thủ tướng Chính phủ",
    "CTN": "Chủ tịch nước",
    "UBTVQH": "Ủy ban Thường vụ Quốc hội",
    "QH": "Quốc hội",
    "VPQH": "Văn phòng Quốc hội",
    "VPCP": "Văn phòng Chính phủ",
    "HĐND": "Hội đồng nhân dân",
    "UBND": "Ủy ban nhân dân",
    "BCA": "Bộ Công an",
    "BCT": "Bộ Công Thương",
    "BDTTG": "Bộ Dân tộc và Tôn giáo",
    "BGDĐT": "Bộ Giáo dục và Đào tạo",
    "BGTVT": "Bộ Giao thông vận tải",
    "BKHCN": "Bộ Khoa học và Công nghệ",
    "BKHĐT": "Bộ Kế hoạch và Đầu tư",
    "BLĐTBXH": "Bộ Lao động - Thương binh và Xã hội",
    "BNG": "Bộ Ngoại giao",
    "BNNMT": "Bộ Nông nghiệp và Môi trường",
    "BNNPTNT": "Bộ Nông nghiệp và Phát triển nông thôn",
    "BNV": "Bộ Nội vụ",
    "BQP": "Bộ Quốc phòng",
    "BTC": "Bộ Tài chính",
    "BTNMT": "Bộ Tài nguyên và Môi trường",
    "BTP": "Bộ Tư pháp",
    "BTTTT": "Bộ Thông tin và Truyền thông",
    "BVHTTDL": "Bộ Văn hóa, Thể thao và Du lịch",
    "BXD": "Bộ Xây dựng",
    "BYT": "Bộ Y tế",
    "HĐTP": "Hội đồng Thẩm phán Tòa án nhân dân tối cao",
    "KTNN": "Kiểm toán nhà nước",
    "NHNN": "Ngân hàng Nhà nước Việt Nam",
    "TANDTC": "Tòa án nhân dân tối cao",
    "TTCP": "Thanh tra Chính phủ",
    "UBDT": "Ủy ban Dân tộc",
    "VKSNDTC": "Viện kiểm sát nhân dân tối cao",
    "VKSTC": "Viện kiểm sát nhân dân tối cao",
}

# Typed without diacritics or in any case → the code as printed.
TYPE_BY_PLAIN = {fold(code): code for code in TYPES}
ISSUER_BY_PLAIN = {fold(code): code for code in ISSUERS}

# Loại văn bản của Đảng (văn bản của Đảng không phải là văn bản quy phạm pháp luật).
PARTY_TYPES = {
    "kl": ("KL", "Kết luận"),
    "nq": ("NQ", "Nghị quyết"),
    "ct": ("CT", "Chỉ thị"),
    "qd": ("QĐ", "Quyết định"),
    "qdi": ("QĐi", "Quy định"),
    "qc": ("QC", "Quy chế"),
    "hd": ("HD", "Hướng dẫn"),
    "tb": ("TB", "Thông báo"),
    "cv": ("CV", "Công văn"),
    "bc": ("BC", "Báo cáo"),
    "ctr": ("CTr", "Chương trình"),
    "kh": ("KH", "Kế hoạch"),
}
PARTY_ORGANS = ("tw", "vptw", "btctw", "btgtw", "btgdvtw", "ubkttw", "bnctw", "bdvtw", "tu", "du", "hu", "qu", "dtu")
