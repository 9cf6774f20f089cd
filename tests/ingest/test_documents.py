"""Entries, JSON and outline of a parsed document."""

import json
from pathlib import Path

import pytest

from assistant.index.values import Audience, Kind
from assistant.ingest.documents import outline, to_entries, to_json
from assistant.ingest.parse import parse
from assistant.law.document import Document

GOLDEN = Path(__file__).parent.parent / "golden" / "structure"
KEYS = ["number", "doc_type", "issuing_body", "place", "issued_on", "effective_on", "subject", "legal_bases", "signer"]


@pytest.fixture
def decision() -> Document:
    text = (GOLDEN / "attached-regulation.txt").read_text(encoding="utf-8")
    return parse(text, source="quyet-dinh.docx")


def test_each_article_and_appendix_is_one_entry_with_its_full_text(decision: Document) -> None:
    entries = {entry.id: entry for entry in to_entries(decision)}
    assert list(entries) == [
        "12/2031/QĐ-UBND#dieu-1",
        "12/2031/QĐ-UBND#dieu-2",
        "12/2031/QĐ-UBND#dieu-3",
        "12/2031/QĐ-UBND#kem-theo-1",
        "12/2031/QĐ-UBND#kem-theo-1.dieu-1",
        "12/2031/QĐ-UBND#kem-theo-1.dieu-2",
        "12/2031/QĐ-UBND#kem-theo-1.dieu-3",
        "12/2031/QĐ-UBND#phu-luc-I",
        "12/2031/QĐ-UBND#phu-luc-I.mau-01",
    ]
    hours = entries["12/2031/QĐ-UBND#kem-theo-1.dieu-2"]
    assert hours.heading == "Giờ thả diều"
    assert hours.text == "1. Buổi sáng từ 06 giờ đến 09 giờ.\n2. Buổi chiều từ 15 giờ đến 18 giờ."
    assert hours.title == (
        "Quy định Về thả diều tại công viên kèm theo Quyết định ban hành Quy định về thả diều tại công viên"
    )
    assert hours.payload["context"] == "kem-theo-1.chuong-I"
    assert entries["12/2031/QĐ-UBND#phu-luc-I"].heading == "Phụ lục I. DANH SÁCH CÔNG VIÊN"
    assert entries["12/2031/QĐ-UBND#dieu-1"].text.startswith("Ban hành kèm theo Quyết định này")


def test_entries_carry_what_the_caller_and_the_header_say(decision: Document) -> None:
    entry = to_entries(decision, audience=Audience.STAFF, territory="79", url="https://example.org/a")[0]
    assert (entry.kind, entry.audience, entry.territory, entry.url) == (
        Kind.PROVISION,
        Audience.STAFF,
        "79",
        "https://example.org/a",
    )
    assert entry.doc_type == "Quyết định"
    assert entry.issuing_body == "Ủy ban nhân dân Thành phố Hồ Chí Minh"
    assert str(entry.effective_on) == "2031-05-19"
    assert entry.payload["issued_on"] == "2031-05-09"
    assert entry.source == "quyet-dinh.docx"


def test_a_document_without_number_is_named_by_its_file() -> None:
    document = parse("Điều 1. Bến đò\nBến mở cửa.", source="thư mục/Dự thảo Quy chế.docx")
    assert [entry.id for entry in to_entries(document)] == ["du-thao-quy-che#dieu-1"]
    assert document.warnings[0].message == "Không tìm thấy số ký hiệu"


def test_a_plan_gives_one_entry_per_roman_section() -> None:
    document = parse((GOLDEN / "without-articles.txt").read_text(encoding="utf-8"))
    entries = to_entries(document)
    assert [entry.locator for entry in entries] == ["muc-I", "muc-II", "muc-III"]
    assert (
        entries[1].text
        == "1. Quét dọn vỉa hè:\na) Mỗi tổ dân phố cử 05 người;\nb) Bắt đầu lúc 07 giờ.\n2. Thu gom rác."
    )


def test_a_letter_without_numbers_gives_groups_of_paragraphs() -> None:
    document = parse("Kính gửi: các tổ dân phố\n" + "Tổ dân phố quét dọn đường. " * 30 + "\n" + "Xin cảm ơn. " * 90)
    entries = to_entries(document)
    assert [entry.locator for entry in entries] == ["doan-1", "doan-2"]
    assert "".join(entry.text for entry in entries).replace("\n", "").count("quét dọn") == 30


def test_json_has_the_promised_keys_and_is_plain(decision: Document) -> None:
    value = to_json(decision)
    assert list(value) == [*KEYS, "provisions", "warnings"]
    assert json.loads(json.dumps(value)) == value
    assert list(value["provisions"][0]) == ["locator", "kind", "label", "heading", "text", "start", "end"]
    kinds = {"part", "chapter", "section", "subsection", "article", "clause", "point", "appendix"}
    assert {provision["kind"] for provision in value["provisions"]} <= kinds
    assert value["issued_on"] == "2031-05-09"
    starts = [provision["start"] for provision in value["provisions"]]
    assert starts == sorted(starts)


def test_the_outline_shows_header_tree_and_warnings() -> None:
    document = parse(
        "Điều 1. Sửa đổi như sau:\n“Điều 5. Chợ\nChợ mở cửa.\nĐiều 2. Hiệu lực\nTừ hôm nay.", source="a.txt"
    )
    shown = outline(document)
    assert shown.startswith("chưa có số ký hiệu")
    assert "        Điều 2. Hiệu lực" in shown
    assert "Lưu ý (2):" in shown
