"""``troly corpus check``: the shipped corpus passes, and each rule can fail."""

from __future__ import annotations

import shutil
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from assistant.ingest.corpus import load_catalogue, read_corpus
from assistant.ingest.corpus_check import check_corpus

CORPUS = Path(__file__).parents[2] / "corpus"

PROCEDURE = """code: 9.000001
name: Cấp thẻ thư viện phường
field: Văn hóa
levels: [Cấp xã]
authority: Ủy ban nhân dân cấp xã
where: Trung tâm Phục vụ hành chính công cấp xã
applicants: [Công dân Việt Nam]
channels: [direct]
dossier: [{name: Đơn đề nghị, originals: 1}]
time_limits: [{amount: 3, unit: working_day}]
fees: [{kind: charge, amount: 8000, basis: 45/2019/QH14}]
legal_basis: [{number: 45/2019/QH14, locator: dieu-5}]
decision: 1/QĐ-THU
checked_on: 2026-07-31
aliases: [làm thẻ thư viện]
sources: {dossier: bản ghi thử, time_limits: bản ghi thử, fees: bản ghi thử}
"""
GUIDE = """---
id: the-thu-vien
title: Thẻ thư viện
audience: citizen
field: Văn hóa
aliases: [thẻ thư viện, mượn sách, làm thẻ đọc]
checked_on: 2026-11-21
bases:
  a: {number: 30/2020/NĐ-CP, locator: dieu-5, title: Nghị định về công tác văn thư, from: 2020-03-05}
---
## Mượn sách ở đâu
- Thẻ thư viện dùng để mượn sách tại phường. [^a]
"""
TABLES = ("catalogue_additions.yaml", "holidays.yaml", "places.yaml", "bodies.yaml")
CITED = tuple(
    f'{{"number": "{number}"'
    for number in ("45/2019/QH14", "60/2014/QH13", "30/2020/NĐ-CP", "80/2015/QH13", "64/2025/QH15")
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (*TABLES, "transitional.yaml", "manifest.yaml"):
        shutil.copy(CORPUS / name, tmp_path / name)
    rows = (CORPUS / "catalogue.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    some = [row for row in rows if row.startswith(CITED)] + rows[:40]
    (tmp_path / "catalogue.jsonl").write_text("".join(some), encoding="utf-8")
    (tmp_path / "procedures").mkdir()
    (tmp_path / "guides").mkdir()
    (tmp_path / "procedures/9.000001-the-thu-vien.yaml").write_text(PROCEDURE, encoding="utf-8")
    (tmp_path / "guides/the-thu-vien.md").write_text(GUIDE, encoding="utf-8")
    return tmp_path


def messages(folder: Path) -> str:
    return "\n".join(map(str, check_corpus(folder).problems))


def test_a_well_formed_corpus_has_no_problems(folder: Path) -> None:
    assert messages(folder) == ""


def test_the_report_shows_how_far_the_corpus_reaches(folder: Path) -> None:
    report = check_corpus(folder)
    assert report.ok and report.coverage.totals == (1, 1, 45)
    assert "Thủ tục theo lĩnh vực (1)" in report.text() and "Nghị định" in report.text()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("{amount: 3, unit: working_day}", "{amount: 3, unit: null}", "time_without_unit"),
        ("{kind: charge, amount: 8000, basis: 45/2019/QH14}", "{kind: local}", "thiếu cờ trên fees"),
        ("kind: charge, amount: 8000", "kind: free, amount: 8000", "miễn phí nhưng có số tiền"),
        ("amount: 8000, basis: 45/2019/QH14", "amount: 8000, valid_to: 2026-01-31", "hết áp dụng 31/01/2026"),
        ("amount: 8000, basis: 45/2019/QH14", "amount: 8000, basis: 999/2019/NĐ-CP", "không có trong danh mục"),
        ("{number: 45/2019/QH14, locator: dieu-5}", "{number: 60/2014/QH13, locator: dieu-78}", "không có Điều 78"),
        ("locator: dieu-5", "locator: Điều 5", "sai dạng"),
        ("[{number: 45/2019/QH14", "[{number: 80/2015/QH13", "thay bằng 64/2025/QH15"),
        ("dossier: [{name: Đơn đề nghị, originals: 1}]", "dossier: []", "thiếu dossier"),
        (", fees: bản ghi thử", "", "fees chưa ghi nguồn"),
        ("code: 9.000001", "code: 9.000002", "tên tệp"),
        ("name: Cấp thẻ", "name: Thủ tục cấp thẻ", "Thủ tục"),
        ("aliases: [làm thẻ thư viện]", "aliases: [làm thẻ ở Uỷ ban]", "Uỷ"),
        ("checked_on: 2026-07-31\n", "", "checked_on"),
        ("levels: [Cấp xã]", "level: [Cấp xã]", "level"),
    ],
)
def test_each_rule_of_a_procedure_can_fail(folder: Path, old: str, new: str, expected: str) -> None:
    assert old in PROCEDURE
    path = folder / "procedures/9.000001-the-thu-vien.yaml"
    path.write_text(PROCEDURE.replace(old, new), encoding="utf-8")
    assert expected in messages(folder)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("locator: dieu-5", "locator: dieu-39", "có 38 điều, không có Điều 39"),
        ("30/2020/NĐ-CP", "999/2020/NĐ-CP", "không có trong danh mục"),
        ("from: 2020-03-05", "from: 2020-03-05, to: 2019-01-01", "trước ngày bắt đầu"),
        ("30/2020/NĐ-CP, locator: dieu-5", "80/2015/QH13, locator: dieu-5", "80/2015/QH13 đã hết hiệu lực"),
        ("number: 30/2020/NĐ-CP, ", "", "không có số thì phải đủ title, source, dated"),
        ("[thẻ thư viện, mượn sách, làm thẻ đọc]", "[thẻ thư viện]", "ít nhất 3"),
        ("mượn sách tại phường.", "mượn sách văn hoá.", "hoá"),
    ],
)
def test_each_rule_of_a_guide_can_fail(folder: Path, old: str, new: str, expected: str) -> None:
    assert old in GUIDE
    (folder / "guides/the-thu-vien.md").write_text(GUIDE.replace(old, new), encoding="utf-8")
    assert expected in messages(folder)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("guides/the-thu-vien.md", "30/2020/NĐ-CP, locator: dieu-5", "80/2015/QH13, to: 2025-03-31, locator: dieu-5"),
        (
            "procedures/9.000001-the-thu-vien.yaml",
            "legal_basis: [{number: 45/2019/QH14",
            "flags: [{code: basis_expired, field: legal_basis, message: 80/2015/QH13 đã hết hiệu lực}]\n"
            "legal_basis: [{number: 80/2015/QH13",
        ),
    ],
)
def test_an_expired_basis_that_the_record_explains_is_no_problem(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new).replace("from: 2020-03-05", "from: 2016-07-01"), encoding="utf-8")
    assert messages(folder) == ""


def test_a_programme_without_a_number_is_named_by_title_source_and_day(folder: Path) -> None:
    named = "title: Đề án đọc sách, source: báo chí, dated: 2024-11-08"
    text = GUIDE.replace("number: 30/2020/NĐ-CP, locator: dieu-5, title: Nghị định về công tác văn thư", named)
    (folder / "guides/the-thu-vien.md").write_text(text, encoding="utf-8")
    assert messages(folder) == ""


def test_an_explained_number_needs_no_row(folder: Path) -> None:
    (folder / "guides/the-thu-vien.md").write_text(GUIDE.replace("30/2020/NĐ-CP", "999/2020/NĐ-CP"), encoding="utf-8")
    (folder / "explained.yaml").write_text("999/2020/NĐ-CP: ví dụ trong bài\n", encoding="utf-8")
    assert messages(folder) == ""


def test_one_name_leads_to_one_procedure(folder: Path) -> None:
    other = PROCEDURE.replace("9.000001", "9.000003").replace("Cấp thẻ thư viện phường", "Làm  thẻ thư viện")
    (folder / "procedures/9.000003-khac.yaml").write_text(other, encoding="utf-8")
    assert "mỗi tên chỉ dẫn tới một thủ tục" in messages(folder)


def test_text_that_is_not_composed_is_found(folder: Path) -> None:
    path = folder / "guides/the-thu-vien.md"
    path.write_text(unicodedata.normalize("NFD", GUIDE), encoding="utf-8")
    assert "NFC" in messages(folder)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('"status": "in_force"', '"status": "con_hieu_luc"', "không có trong danh sách"),
        ('"source": "', '"source_was": "', "thiếu nguồn"),
        ('"number": "', '"so": "', "dòng 1"),
    ],
)
def test_a_broken_catalogue_is_found(folder: Path, old: str, new: str, expected: str) -> None:
    path = folder / "catalogue.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert expected in messages(folder)


def test_a_missing_table_is_a_problem_and_not_an_exception(folder: Path) -> None:
    (folder / "places.yaml").unlink()
    assert "places.yaml" in messages(folder)


def test_a_bad_file_does_not_stop_reading_the_corpus(folder: Path) -> None:
    (folder / "guides/hong.md").write_text("không có phần đầu", encoding="utf-8")
    failed: list[str] = []
    entries = list(read_corpus(folder, on_error=lambda file, _: failed.append(file)))
    assert [entry.id for entry in entries] == ["tthc:9.000001", "guide:the-thu-vien"] and failed == ["hong.md"]


def test_the_shipped_corpus_passes() -> None:
    report = check_corpus(CORPUS)
    assert not report.problems, report.text()
    assert report.coverage.totals[2] >= 3500


@pytest.mark.parametrize(
    ("number", "by", "since"),
    [
        ("80/2015/QH13", "64/2025/QH15", date(2025, 4, 1)),
        ("61/2018/NĐ-CP", "118/2025/NĐ-CP", date(2025, 7, 1)),
        ("34/2016/NĐ-CP", "78/2025/NĐ-CP", date(2025, 4, 1)),
        ("22/2008/QH12", "80/2025/QH15", date(2025, 7, 1)),
        ("45/2013/QH13", "31/2024/QH15", date(2025, 1, 1)),
        ("110/2004/NĐ-CP", "30/2020/NĐ-CP", date(2020, 3, 5)),
    ],
)
def test_the_catalogue_knows_what_replaced_an_expired_document(number: str, by: str, since: date) -> None:
    state = load_catalogue(CORPUS).state_on(number, date(2026, 11, 21))
    assert (state.validity.value, state.replaced_by, state.since) == ("expired", by, since)
    assert load_catalogue(CORPUS).state_on(number, date(2020, 1, 1)).validity.value != "expired"


def test_the_catalogue_knows_a_law_to_come() -> None:
    catalogue = load_catalogue(CORPUS)
    assert catalogue.state_on("03/2026/QH16", date(2026, 11, 21)).validity.value == "not_yet"
    assert catalogue.state_on("60/2014/QH13", date(2027, 3, 1)).replaced_by == "03/2026/QH16"


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("Luật BHXH 2024", "41/2024/QH15"),
        ("nghị định 30 về văn thư", "30/2020/NĐ-CP"),
        ("Bộ luật Lao động", "45/2019/QH14"),
        ("BLLĐ 2019", "45/2019/QH14"),
    ],
)
def test_names_people_use_lead_to_the_document(name: str, number: str) -> None:
    row = load_catalogue(CORPUS).by_name(name, date(2026, 11, 21))
    assert row is not None and row.number == number


def test_sample_questions_lead_to_what_there_is_and_every_record_has_one(folder: Path) -> None:
    (folder / "questions").mkdir()
    path = folder / "questions/quay.jsonl"
    one = '{"question": "mất thẻ thư viện thì sao", "gold": ["the-thu-vien"]}\n'
    path.write_text(one, encoding="utf-8")
    assert "9.000001 chưa có câu hỏi mẫu" in messages(folder)
    path.write_text(one + '{"question": "làm thẻ đọc sách", "gold": ["9.000001"]}\n', encoding="utf-8")
    assert messages(folder) == ""
    path.write_text(one.replace("the-thu-vien", "the-bao-hiem") + one, encoding="utf-8")
    assert "dẫn tới “the-bao-hiem”" in messages(folder)
    path.write_text("hỏng", encoding="utf-8")
    assert "quay.jsonl, dòng 1" in messages(folder)
