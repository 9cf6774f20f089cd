"""Citations found in text: one table a trap. Each leaf is written out, with [operation/role] where it has one."""

import unicodedata

import pytest

from assistant.law.citation import Reference, find_citations, render


def leaf(reference: Reference) -> str:
    marks = "/".join(filter(None, (reference.operation, reference.role)))
    return render(reference) + (f" [{marks}]" if marks else "")


def read(text: str) -> list[str]:
    return [leaf(reference) for reference in find_citations(text)]


UNITS = [
    ("theo điểm b khoản 2 Điều 9 của Luật này", ["điểm b khoản 2 Điều 9 của Luật này"]),
    ("tại khoản 3 Điều 9 Nghị định này", ["khoản 3 Điều 9 của Nghị định này"]),
    ("tại khoản 3a Điều 12b, điểm a1 khoản 1 Điều 32đ Luật này", [
        "khoản 3a Điều 12b của Luật này", "điểm a1 khoản 1 Điều 32đ của Luật này"]),
    ("tại điểm đ khoản 1, điểm d khoản 2 Điều này", ["điểm đ khoản 1 Điều này", "điểm d khoản 2 Điều này"]),
    ("quy định tại điểm a(iv) khoản 3 Điều 9 Thông tư này", ["điểm a(iv) khoản 3 Điều 9 của Thông tư này"]),
    ("tại tiết b điểm 2.1 khoản 2 Mục III Thông tư này", ["tiết b điểm 2.1 khoản 2 Mục III của Thông tư này"]),
    ("tại Mục 2 Chương III Nghị định này", ["Mục 2 Chương III của Nghị định này"]),
    ("tại Phần thứ hai của Bộ luật này", ["Phần II của Bộ luật này"]),
    ("theo Mẫu số 05 Phụ lục II ban hành kèm theo Thông tư này", [
        "Mẫu số 05 Phụ lục II ban hành kèm theo Thông tư này"]),
    ("theo Mẫu TK02 quy định tại Phụ lục kèm theo Nghị định này", [
        "Mẫu số TK02 Phụ lục ban hành kèm theo Nghị định này"]),
    ("mục 7 Phụ lục 3 Danh mục hàng hóa của Nghị định số 15/2021/NĐ-CP", [
        "mục 7 Phụ lục 3 ban hành kèm theo Nghị định số 15/2021/NĐ-CP"]),
]  # fmt: skip

ROWS = [
    ("tại số thứ tự 7, Mục II, Phụ lục số 02 của Luật Thủ đô", [
        "số thứ tự 7 mục II Phụ lục 02 ban hành kèm theo Luật Thủ đô"]),
    ("mục 12 trong Bảng phân loại hàng hóa thuộc Phụ lục III ban hành kèm theo Luật Quy hoạch", [
        "mục 12 Phụ lục III ban hành kèm theo Luật Quy hoạch"]),
    ("mục 5 Phụ lục IV - Danh mục ngành, nghề có điều kiện ban hành kèm theo Luật Đầu tư", [
        "mục 5 Phụ lục IV ban hành kèm theo Luật Đầu tư"]),
    ("tại điểm 9 Phụ lục II về Danh mục cây xanh của Luật Thủ đô", [
        "điểm 9 Phụ lục II ban hành kèm theo Luật Thủ đô"]),
    ("Phụ lục II Danh mục cây xanh thực hiện theo quy định của Luật Thủ đô", ["Phụ lục II", "Luật Thủ đô"]),
    ("theo điểm c khoản 2 Mục I Chương trình ban hành kèm theo Quyết định số 12/QĐ-TTg", [
        "điểm c khoản 2 Mục I của Chương trình ban hành kèm theo Quyết định số 12/QĐ-TTg"]),
    ("(theo Mẫu 5. BBLV tại Phụ lục kèm theo Thông tư này)", [
        "Mẫu số 5. BBLV Phụ lục ban hành kèm theo Thông tư này"]),
]  # fmt: skip

LISTS = [
    ("Chương V gồm các điều từ Điều 60 đến Điều 61 và Điều 90 của Luật Thủ đô", [
        "Chương V của Luật Thủ đô", "Điều 60 của Luật Thủ đô", "Điều 61 của Luật Thủ đô", "Điều 90 của Luật Thủ đô"]),
    ("Mục 2 (từ Điều 6 đến Điều 7) Chương II Luật Thủ đô", [
        "Mục 2 Chương II của Luật Thủ đô", "Điều 6 Chương II của Luật Thủ đô", "Điều 7 Chương II của Luật Thủ đô"]),
    ("tại Điều này, các điều từ Điều 3 đến Điều 4 và Điều 9a của Luật này", [
        "Điều này", "Điều 3 của Luật này", "Điều 4 của Luật này", "Điều 9a của Luật này"]),
    ("hành vi quy định tại Điều 9 và nghĩa vụ quy định tại khoản 1 Điều 13 của Luật Thủ đô", [
        "Điều 9 của Luật Thủ đô", "khoản 1 Điều 13 của Luật Thủ đô"]),
    ("hành vi quy định tại Điều 9; nghĩa vụ quy định tại Điều 13 của Luật Thủ đô", ["Điều 9", "Điều 13 của Luật Thủ đô"]),
    ("hồ sơ theo Điều 9 và thời hạn theo khoản 2 Điều 13 Nghị định này", ["Điều 9", "khoản 2 Điều 13 của Nghị định này"]),
    ("Luật Thủ đô hết hiệu lực, trừ quy định tại Điều 5 và Điều 7 tiếp tục thi hành", [
        "Luật Thủ đô", "Điều 5 của Luật Thủ đô", "Điều 7 của Luật Thủ đô"]),
    ("các khoản 1, 3 và 5 Điều 7 của Luật này", [
        "khoản 1 Điều 7 của Luật này", "khoản 3 Điều 7 của Luật này", "khoản 5 Điều 7 của Luật này"]),
    ("điểm a, c khoản 1, điểm b khoản 4 Điều 8 Luật này", [
        "điểm a khoản 1 Điều 8 của Luật này", "điểm c khoản 1 Điều 8 của Luật này",
        "điểm b khoản 4 Điều 8 của Luật này"]),
    ("tại khoản 2 các điều 11, 12 và 14 Luật này", [
        "khoản 2 Điều 11 của Luật này", "khoản 2 Điều 12 của Luật này", "khoản 2 Điều 14 của Luật này"]),
    ("Điều 6, khoản 2 Điều 8, Điều 9 Luật này", [
        "Điều 6 của Luật này", "khoản 2 Điều 8 của Luật này", "Điều 9 của Luật này"]),
    ("khoản 1 và Điều 9 của Luật này", ["khoản 1 Điều 9 của Luật này"]),
    ("khoản 2 Điều 6; khoản 3 Điều 8 của Luật Thủ đô", [
        "khoản 2 Điều 6 của Luật Thủ đô", "khoản 3 Điều 8 của Luật Thủ đô"]),
    ("khoản 1 Điều 4 Luật Thủ đô; khoản 2 Điều 6 Luật này", [
        "khoản 1 Điều 4 của Luật Thủ đô", "khoản 2 Điều 6 của Luật này"]),
    ("khoản 1 Điều này và khoản 2 Điều 6 Luật Thủ đô", ["khoản 1 Điều này", "khoản 2 Điều 6 của Luật Thủ đô"]),
    ("khoản 1 Điều 4 của Luật Thủ đô, Nghị định số 15/2021/NĐ-CP", [
        "khoản 1 Điều 4 của Luật Thủ đô", "Nghị định số 15/2021/NĐ-CP"]),
    ("Điều 12, Điều 13 và Điều 14, Chương III của Thông tư này", [
        "Điều 12 Chương III của Thông tư này", "Điều 13 Chương III của Thông tư này",
        "Điều 14 Chương III của Thông tư này"]),
    ("Điều 8, các khoản 1 và 2", ["khoản 1 Điều 8", "khoản 2 Điều 8"]),
    ("Điều 8 khoản 1 điểm đ Luật Thủ đô", ["điểm đ khoản 1 Điều 8 của Luật Thủ đô"]),
    ("Điểm c, Khoản 1, Điều 8, Luật Thủ đô", ["điểm c khoản 1 Điều 8 của Luật Thủ đô"]),
    ("nộp theo khoản 2, 30 ngày sau đó", ["khoản 2"]),
]  # fmt: skip

RANGES = [
    ("từ Điều 4 đến Điều 6 của Luật này", ["Điều 4 của Luật này", "Điều 5 của Luật này", "Điều 6 của Luật này"]),
    ("từ điểm c đến điểm e khoản 1 Điều này", [f"điểm {letter} khoản 1 Điều này" for letter in "cdđe"]),
    ("từ điểm h đến điểm l khoản này", [f"điểm {letter} khoản này" for letter in "hikl"]),
    ("các khoản từ 1 đến 3 Điều 5 Luật này", [f"khoản {n} Điều 5 của Luật này" for n in (1, 2, 3)]),
    ("từ Điều 20c đến Điều 20đ Luật này", [f"Điều 20{letter} của Luật này" for letter in "cdđ"]),
    ("từ Chương II đến Chương IV Luật này", [f"Chương {n} của Luật này" for n in ("II", "III", "IV")]),
]  # fmt: skip

DOCUMENTS = [
    ("Luật sửa đổi, bổ sung một số điều của Luật Thủ đô số 39/2024/QH15 đã được sửa đổi theo Luật số 10/2025/QH15", [
        "Luật sửa đổi, bổ sung một số điều của Luật Thủ đô"]),
    ("Luật sửa đổi, bổ sung một số điều của Luật Thủ đô số 10/2025/QH15", [
        "Luật sửa đổi, bổ sung một số điều của Luật Thủ đô số 10/2025/QH15"]),
    ("Nghị định số 15/2021/NĐ-CP hướng dẫn Luật Thủ đô, được sửa đổi tại Nghị định số 16/2022/NĐ-CP", [
        "Nghị định số 15/2021/NĐ-CP", "Luật Thủ đô [in_title]", "Nghị định số 16/2022/NĐ-CP [amended_by]"]),
    ("thực hiện theo các Nghị quyết này", []),
    ("tại Phụ lục Danh mục nhà kho ban hành kèm theo Thông tư này", ["Phụ lục ban hành kèm theo Thông tư này"]),
    ("Xây dựng luật, nghị quyết\n1. Ủy ban chủ trì", []),
    ("khoản 2 Điều 7 sửa đổi, bổ sung của Luật Thủ đô", ["khoản 2 Điều 7 của Luật Thủ đô"]),
    ("Nghị định số 15/2021/NĐ-CP (sau đây gọi tắt là Nghị định). Theo Điều 8 Nghị định, chủ đầu tư", [
        "Nghị định số 15/2021/NĐ-CP", "Điều 8 của Nghị định số 15/2021/NĐ-CP"]),
    ("theo Điều 8 Nghị định, chủ đầu tư phải nộp", ["Điều 8 của Nghị định"]),
    ("tại Điều 8 Nghị định nàyđến ngày nộp", ["Điều 8 của Nghị định này"]),
    ("theo Nghị định số [15/2021/NĐ-CP](https://vi.du/x?y=1) ngày 03 tháng 3 năm 2021", [
        "Nghị định số 15/2021/NĐ-CP ngày 03 tháng 3 năm 2021"]),
    ("tại Điều 7 *Nghị định số 15/2021/NĐ-CP*", ["Điều 7 của Nghị định số 15/2021/NĐ-CP"]),
    ("theo Quyết định số 417/TCCP-VC ngày 29 tháng 5 năm 1993", ["Quyết định số 417/TCCP-VC ngày 29 tháng 5 năm 1993"]),
    ("Nghị định số 15/2021/NĐ-CP về nhà ở và Thông tư số 03/2021/TT-BXD", [
        "Nghị định số 15/2021/NĐ-CP", "Thông tư số 03/2021/TT-BXD"]),
    ("Nghị định số 15/2021/NĐ-CP về nhà ở (sau đây viết tắt là Nghị định số 15/2021/NĐ-CP)", [
        "Nghị định số 15/2021/NĐ-CP", "Nghị định số 15/2021/NĐ-CP"]),
    ("hạ tầng đường bộ\nLuật Đường bộ số 35/2024/QH15", ["Luật Đường bộ số 35/2024/QH15"]),
    ("tại điểm bkhoản 2 Điều 5 Luật này", ["điểm b khoản 2 Điều 5 của Luật này"]),
    ("Luật Căn cước số 26/2023/QH15", ["Luật Căn cước số 26/2023/QH15"]),
    ("khoản 1 Điều 5 luật các tổ chức tín dụng", ["khoản 1 Điều 5 của Luật Các tổ chức tín dụng"]),
    ("Luật Tài nguyên, môi trường biển và hải đảo và Luật Thủy sản", [
        "Luật Tài nguyên, môi trường biển và hải đảo", "Luật Thủy sản"]),
    ("khoản 2 Điều 1 Luật sửa đổi, bổ sung một số điều của Luật Thủ đô và Luật Nhà ở", [
        "khoản 2 Điều 1 của Luật sửa đổi, bổ sung một số điều của Luật Thủ đô và Luật Nhà ở"]),
    ("Điều 6 Bộ luật Lao động năm 2019", ["Điều 6 của Bộ luật Lao động năm 2019"]),
    ("Nghị định số 15/2021/NĐ-CP ngày 03 tháng 3 năm 2021 của Chính phủ", [
        "Nghị định số 15/2021/NĐ-CP ngày 03 tháng 3 năm 2021 của Chính phủ"]),
    ("Thông tư số 03/2021/TT-BTP ngày 1/2/2021 của Bộ trưởng Bộ Tư pháp", [
        "Thông tư số 03/2021/TT-BTP ngày 01 tháng 02 năm 2021 của Bộ trưởng Bộ Tư pháp"]),
    ("Luật Thủ đô số 39/2024/QH15 được sửa đổi, bổ sung bởi Luật số 10/2025/QH15 và Luật số 11/2025/QH15", [
        "Luật Thủ đô số 39/2024/QH15 được sửa đổi, bổ sung bởi 10/2025/QH15 và 11/2025/QH15"]),
    ("Điều 8 Luật Viên chức được sửa đổi tại khoản 3 Điều 2 Luật số 52/2019/QH14", [
        "Điều 8 của Luật Viên chức", "khoản 3 Điều 2 của Luật số 52/2019/QH14 [amended_by]"]),
    ("Nghị định số 15/2021/NĐ-CP quy định chi tiết Luật Xây dựng", [
        "Nghị định số 15/2021/NĐ-CP", "Luật Xây dựng [in_title]"]),
    ("Điều 4 Quy chế ban hành kèm theo Quyết định số 043/2025/QĐ- UBND", [
        "Điều 4 của Quy chế ban hành kèm theo Quyết định số 43/2025/QĐ-UBND"]),
    ("Điều 4 Quy chế này", ["Điều 4 của Quy chế này"]),
    ("theo 15/2021/NĐ-CP", ["Nghị định số 15/2021/NĐ-CP"]),
    ("(ngày ban hànhHiến pháp năm 1992)", ["Hiến pháp năm 1992"]),
    ("quy định tạikhoản 2Điều 5 Luật này", ["khoản 2 Điều 5 của Luật này"]),
]  # fmt: skip

TYPED = [
    ("diem b khoan 2 dieu 20 luat cu tru", ["điểm b khoản 2 Điều 20 của Luật Cư trú"]),
    ("dieu 8 luat dat dai 2024 noi gi", ["Điều 8 của Luật Đất đai năm 2024"]),
    ("luật BHXH 2024, điều 64 khoản 1", ["khoản 1 Điều 64 của Luật Bảo hiểm xã hội năm 2024"]),
    ("NĐ 118/2025 còn hiệu lực không", ["Nghị định số 118/2025/NĐ-CP"]),
    ("nghị định 30 về công tác văn thư", ["Nghị định 30"]),
    ("điều 651 BLDS 2015", ["Điều 651 của Bộ luật Dân sự năm 2015"]),
    ("theo nd 12/2020/nd-cp", ["Nghị định số 12/2020/NĐ-CP"]),
]

OPERATIONS = [
    ("Bổ sung ngành, nghề số thứ tự 9 vào sau số thứ tự 8 Phụ lục IV", [
        "số thứ tự 9 Phụ lục IV [insert/inserted]", "số thứ tự 8 Phụ lục IV [insert/anchor]"]),
    ("Bãi bỏ Điều 1 Thông tư số 5/2020/TT-BXD sửa đổi Quyết định số 6/2019/QĐ-BXD và Thông tư số 7/2018/TT-BXD", [
        "Điều 1 của Thông tư số 05/2020/TT-BXD [repeal/target]", "Quyết định số 06/2019/QĐ-BXD [in_title]",
        "Thông tư số 07/2018/TT-BXD [in_title]"]),
    ("Bổ sung khoản 8a vào sau khoản 8 và trước khoản 9 Điều 15 như sau:", [
        "khoản 8a Điều 15 [insert/inserted]", "khoản 8 Điều 15 [insert/anchor]", "khoản 9 Điều 15 [insert/anchor]"]),
    ("Bổ sung số thứ tự 10 vào sau số thứ tự 09 mục V phần B của Phụ lục số 01 về Danh mục phí của Luật Thủ đô", [
        "số thứ tự 10 mục V Phần B Phụ lục 01 ban hành kèm theo Luật Thủ đô [insert/inserted]",
        "số thứ tự 09 mục V Phần B Phụ lục 01 ban hành kèm theo Luật Thủ đô [insert/anchor]"]),
    ("Bãi bỏ khoản 5 Điều 5 và số thứ tự 31 tại Phụ lục I", [
        "khoản 5 Điều 5 [repeal/target]", "số thứ tự 31 Phụ lục I [repeal/target]"]),
    ("Bãi bỏ Nghị định số 15/2021/NĐ-CP hướng dẫn Luật Thủ đô và Điều 2 Nghị định số 16/2021/NĐ-CP", [
        "Nghị định số 15/2021/NĐ-CP [repeal/target]", "Luật Thủ đô [in_title]",
        "Điều 2 của Nghị định số 16/2021/NĐ-CP [repeal/target]"]),
    ("Bãi bỏ Nghị định số 15/2021/NĐ-CP, số 16/2022/NĐ-CP của Chính phủ", [
        "Nghị định số 15/2021/NĐ-CP [repeal/target]", "Nghị định số 16/2022/NĐ-CP của Chính phủ [repeal/target]"]),
    ("Sửa đổi, bổ sung khoản 2 Điều 6 như sau:", ["khoản 2 Điều 6 [amend/target]"]),
    ("Sửa đổi, bổ sung tên Chương II và đoạn mở đầu khoản 1 Điều 5 như sau:", [
        "tên Chương II [amend/target]", "đoạn mở đầu khoản 1 Điều 5 [amend/target]"]),
    ("Sửa đổi đoạn thứ hai khoản 1 Điều 5 như sau:", ["đoạn 2 khoản 1 Điều 5 [amend/target]"]),
    ("Bổ sung khoản 4a vào sau khoản 4 Điều 8 như sau:", [
        "khoản 4a Điều 8 [insert/inserted]", "khoản 4 Điều 8 [insert/anchor]"]),
    ("Bổ sung điểm h1 vào sau điểm h và sửa đổi, bổ sung điểm k khoản 2 Điều 7 như sau:", [
        "điểm h1 khoản 2 Điều 7 [insert/inserted]", "điểm h khoản 2 Điều 7 [insert/anchor]",
        "điểm k khoản 2 Điều 7 [amend/target]"]),
    ("Bãi bỏ khoản 2 Điều 4 của Luật Thủ đô và Điều 9 Nghị định số 15/2021/NĐ-CP", [
        "khoản 2 Điều 4 của Luật Thủ đô [repeal/target]", "Điều 9 của Nghị định số 15/2021/NĐ-CP [repeal/target]"]),
    ("Bãi bỏ điểm 5.4 và tiểu mục 9", ["điểm 5.4 [repeal/target]", "Tiểu mục 9 [repeal/target]"]),
    ("Bãi bỏ Điều 8; Chương III", ["Điều 8 [repeal/target]", "Chương III [repeal/target]"]),
    ("Thay thế cụm từ “khoản 1 Điều 3” bằng cụm từ “khoản 2 Điều 3” tại Điều 7 và Điều 8", [
        "Điều 7 [replace_phrase/target]", "Điều 8 [replace_phrase/target]"]),
    ("Bỏ cụm từ “cấp huyện” tại khoản 1 Điều 5", ["khoản 1 Điều 5 [delete_phrase/target]"]),
    ("Bổ sung cụm từ “đặc khu” vào sau cụm từ “phường” tại Điều 6", ["Điều 6 [insert_phrase/target]"]),
    ("Ngưng hiệu lực thi hành khoản 8 Điều 8 Thông tư số 03/2021/TT-BTP", [
        "khoản 8 Điều 8 của Thông tư số 03/2021/TT-BTP [suspend/target]"]),
    ("Điều 5 đã được bổ sung tại khoản 3 Điều 1 Nghị định số 15/2021/NĐ-CP", [
        "Điều 5", "khoản 3 Điều 1 của Nghị định số 15/2021/NĐ-CP [amended_by]"]),
]  # fmt: skip

LEFT_ALONE = [
    "vào thời điểm 31/12 và tại địa điểm 2 của giai đoạn 2",
    "em được điểm b môn toán và 8 điểm môn văn",
    "tài khoản 111, khoản vay 2 tỷ đồng, khoản 500.000 đồng, khoản 5 triệu đồng",
    "Điều lệ công ty, điều kiện kinh doanh, quy định chi tiết, nêu trên, nói trên",
    "danh mục 2, đặc điểm a, mức 5, chi tiết 2",
    "Kết luận số 107-KL/TW ngày 10/11/2024; Quy định số 11-QĐi/TW; Nghị quyết số 18-NQ/TW",
    "khoản 2 Điều 3 Quy định số 11-QĐi/TW và Điều 5 Điều lệ Đảng",
    "Điều 4 Hiệp định thương mại, Điều 7 hợp đồng này",
    "luật sư, luật gia, pháp luật đất đai, kỷ luật lao động, điều luật được áp dụng",
    "Điều 5. Phạm vi điều chỉnh",
    "Chương II\nQUY ĐỊNH CỤ THỂ",
    "quyết định này của tòa án; Quy định này không áp dụng với người nước ngoài",
]


@pytest.mark.parametrize(("text", "expected"), UNITS + ROWS + LISTS + RANGES + DOCUMENTS + TYPED + OPERATIONS)
def test_each_leaf_of_a_citation_is_read(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_words_that_only_look_like_a_citation_are_left_alone(text):
    assert read(text) == []


@pytest.mark.parametrize("text", [text for text, _ in UNITS + ROWS + LISTS + DOCUMENTS])
@pytest.mark.parametrize("form", ["NFD", "soft hyphens", "no-break spaces"])
def test_a_badly_encoded_text_gives_the_same_citations_at_its_own_offsets(text, form):
    noisy = {
        "NFD": unicodedata.normalize("NFD", text),
        "soft hyphens": text.replace("iề", "i\xadề"),
        "no-break spaces": text.replace(" ", "\xa0"),
    }[form]
    assert read(noisy) == read(text)
    for reference in find_citations(noisy):
        words = unicodedata.normalize("NFC", noisy[reference.start : reference.end]).replace("\xad", "")
        assert words == reference.text


def test_old_and_new_tone_placement_and_the_letter_eth_are_the_same():
    assert read("Ðiều 5 Luật Phòng cháy, chữa cháy và cứu nạn, cứu hộ; Luật Hoá chất") == [
        "Điều 5 của Luật Phòng cháy, chữa cháy và cứu nạn, cứu hộ",
        "Luật Hóa chất",
    ]


def test_the_words_of_a_list_are_shared_out_among_its_members():
    text = "theo các khoản 1, 2 Điều 5 của Luật Thủ đô."
    spans = [text[r.start : r.end] for r in find_citations(text)]
    assert spans == ["khoản 1", "2 Điều 5 của Luật Thủ đô"]


def test_what_is_typed_without_diacritics_is_less_sure():
    sure, typed = find_citations("Điều 20 Luật Cư trú")[0], find_citations("dieu 20 luat cu tru")[0]
    assert typed.name == sure.name == "Luật Cư trú"
    assert typed.confidence <= 0.6 < 0.9 < sure.confidence


def test_a_heading_is_structure_and_the_sentence_below_it_is_read():
    assert read("Điều 7. Thẩm quyền\n1. Thực hiện theo khoản 2 Điều 9 Luật này.") == ["khoản 2 Điều 9 của Luật này"]


def test_inside_new_wording_this_means_the_amended_law_at_the_quoted_place():
    text = (
        "Sửa đổi, bổ sung khoản 2 Điều 6 của Luật Thủ đô như sau:\n"
        "“2. Hồ sơ gồm giấy tờ nêu tại điểm a khoản này và khoản 1 Điều 9 của Luật này.”."
    )
    target, point, other = find_citations(text)
    assert (target.operation, target.quoted) == ("amend", False)
    assert (point.scope, point.name, point.article, point.clause, point.point) == (
        "amended",
        "Luật Thủ đô",
        "6",
        "2",
        "a",
    )
    assert (other.scope, other.article, other.clause) == ("amended", "9", "1")


def test_a_new_article_inside_the_quotation_carries_its_own_place():
    text = (
        "Bổ sung Điều 9a vào sau Điều 9 như sau:\n"
        "“Điều 9a. Lệ phí\n1. Mức thu.\n2. Miễn cho người quy định tại khoản 1 Điều này.”"
    )
    inside = find_citations(text)[-1]
    assert (inside.scope, inside.article, inside.clause) == ("amended", "9a", "1")


def test_a_range_too_long_to_count_keeps_its_two_ends():
    found = find_citations("từ Điều 1 đến Điều 900 Luật này")
    assert [r.article for r in found] == ["1", "900"]


def test_the_locator_of_a_reference_is_the_place_in_its_document():
    assert find_citations("điểm đ khoản 1 Điều 8 Luật này")[0].locator.path == "dieu-8.khoan-1.diem-đ"
    assert find_citations("Phụ lục II kèm theo Nghị định này")[0].locator.path == "phu-luc-II"
    assert find_citations("Luật Thủ đô")[0].locator.path == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("theo Điều 45của Luật này", [("45", None, None)]),
        ("tại khoản 3của Điều này", [(None, "3", None)]),
        ("tại Điều 45và Điều 46 của Luật này", [("45", None, None), ("46", None, None)]),
        ("điểm đ khoản 2Điều 5Luật Đất đai", [("5", "2", "đ")]),
        ("Điều 12Nghị định số 12/2024/NĐ-CP", [("12", None, None)]),
    ],
)
def test_a_word_without_its_space_hides_no_citation(
    text: str, expected: list[tuple[str | None, str | None, str | None]]
) -> None:
    assert [(r.article, r.clause, r.point) for r in find_citations(text)] == expected
