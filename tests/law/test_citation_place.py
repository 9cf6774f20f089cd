"""Citations of a whole document: “này” is the place around each."""

import json
from datetime import date
from pathlib import Path

from typer.testing import CliRunner

from assistant.cli import app
from assistant.ingest.parse import parse
from assistant.law.catalogue import Catalogue
from assistant.law.citation_place import cite_document

TEXT = """QUYẾT ĐỊNH
Số: 12/2031/QĐ-UBND
Điều 1. Ban hành kèm theo Quyết định này Quy chế vườn cây.
Điều 2. Quyết định này có hiệu lực từ ngày 01 tháng 6 năm 2031.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
QUY CHẾ
VƯỜN CÂY
(Ban hành kèm theo Quyết định số 12/2031/QĐ-UBND)
Điều 1. Hồ sơ
1. Hồ sơ gồm:
a) đơn;
b) bản vẽ.
2. Người xin nộp giấy tờ nêu tại điểm b khoản 1 Điều này; giấy tờ theo khoản này không phải chứng thực.
Điều 2. Thời hạn
Thời hạn theo Điều 1 Quy chế này là 05 ngày.
"""


def cited(text: str) -> dict[str, tuple[str | None, str, str | None]]:
    found = cite_document(parse(text), Catalogue(), date(2031, 7, 1))
    return {reference.text: (reference.number, reference.locator.path, reference.attached) for reference in found}


def test_this_clause_and_this_article_are_those_around_the_citation() -> None:
    found = cited(TEXT)
    assert found["điểm b khoản 1 Điều này"] == ("12/2031/QĐ-UBND", "dieu-1.khoan-1.diem-b", "Quy chế")
    assert found["khoản này"] == ("12/2031/QĐ-UBND", "dieu-1.khoan-2", "Quy chế")
    assert found["Điều 1 Quy chế này"] == ("12/2031/QĐ-UBND", "dieu-1", "Quy chế")


def test_inside_an_amending_quotation_the_place_is_the_quoted_one() -> None:
    text = "Điều 7. Sửa đổi\n1. Sửa đổi khoản 2 Điều 5 như sau:\n“2. Theo khoản 1 Điều này và điểm a khoản này.”.\n"
    found = cited(text + "2. Giấy tờ theo khoản này được miễn.")
    assert found["khoản 1 Điều này"][1] == "dieu-5.khoan-1"
    assert found["điểm a khoản này"][1] == "dieu-5.khoan-2.diem-a"
    assert found["khoản này"][1] == "dieu-7.khoan-2"


def test_the_command_reads_the_host_of_a_file_from_the_file(tmp_path: Path) -> None:
    path = tmp_path / "quy-che.txt"
    path.write_text(TEXT, encoding="utf-8")
    lines = CliRunner().invoke(app, ["cite", str(path), "--json"]).stdout.splitlines()
    rows = [json.loads(line) for line in lines]
    clause = next(row for row in rows if row["text"] == "khoản này")
    assert (clause["number"], clause["article"], clause["clause"]) == ("12/2031/QĐ-UBND", "1", "2")
    assert TEXT[clause["start"] : clause["end"]] == "khoản này"
