"""Footnotes of consolidated texts: out of the provisions, and within reach of who reads them."""

import zipfile
from pathlib import Path

from docx import Document as Word
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from assistant.ingest import read_entries
from assistant.ingest.documents import outline, to_entries, to_json
from assistant.ingest.parse import parse

TEXT = "Điều 1. Thẻ\n1.[1] Thẻ có giá trị 01 năm.\n2. Thẻ mất được cấp lại.\nĐiều 2.[2] Lệ phí\nKhông thu lệ phí."


def test_notes_of_the_reader_are_tied_to_the_provision_of_their_mark() -> None:
    notes = ("[1] Khoản này được sửa đổi năm 2030.", "[2] Điều này được bổ sung", "năm 2031.")
    document = parse(TEXT, footnotes=notes)
    found = [(note.label, note.locator.path, note.text) for note in document.footnotes]
    assert found == [
        ("1", "dieu-1.khoan-1", "Khoản này được sửa đổi năm 2030."),
        ("2", "dieu-2", "Điều này được bổ sung năm 2031."),
    ]
    marks = [document.text[note.mark : note.mark + 3] for note in document.footnotes if note.mark is not None]
    assert marks == ["[1]", "[2]"]


def test_a_note_that_stands_in_the_text_is_no_part_of_the_article_above_it() -> None:
    document = parse(TEXT + "\n[1] Khoản này được sửa đổi năm 2030.\n[2] Điều này được bổ sung năm 2031.")
    article = next(provision for provision in document.provisions if provision.locator.path == "dieu-2")
    assert article.text == "Không thu lệ phí."
    assert "[1] Khoản này được sửa đổi năm 2030." in document.text  # kept where it stood
    starts = [note.span[0] for note in document.footnotes if note.span]
    assert [document.text[start : start + 9] for start in starts] == ["[1] Khoản", "[2] Điều "]


def test_numbers_in_brackets_without_a_mark_above_stay_text() -> None:
    document = parse("Điều 1. Tờ khai\nCác ô gồm:\n[1] Họ tên;\n[2] Địa chỉ.")
    assert document.footnotes == ()
    assert document.provisions[0].text == "Các ô gồm:\n[1] Họ tên;\n[2] Địa chỉ."


def test_an_article_is_indexed_with_its_notes_beside_its_text() -> None:
    document = parse(TEXT + "\n[1] Khoản này được sửa đổi năm 2030.\n[2] Điều này được bổ sung năm 2031.")
    entries = {entry.locator: entry for entry in to_entries(document)}
    assert entries["dieu-1"].payload["footnotes"] == ["[1] Khoản này được sửa đổi năm 2030."]
    assert entries["dieu-2"].text == "Không thu lệ phí."


def test_json_and_outline_show_the_notes() -> None:
    document = parse(TEXT, footnotes=("[1] Khoản này được sửa đổi năm 2030.",))
    shown = to_json(document)["footnotes"][0]
    assert (shown["label"], shown["locator"]) == ("1", "dieu-1.khoan-1")
    assert "- [1] (khoản 1 Điều 1) Khoản này được sửa đổi năm 2030." in outline(document)


def test_footnotes_of_a_word_file_reach_the_index(tmp_path: Path) -> None:
    word = Word()
    word.add_paragraph("Điều 1. Thẻ")
    paragraph = word.add_paragraph("Thẻ có giá trị 01 năm.")
    mark = f"<w:r {nsdecls('w')}><w:footnoteReference w:id='2'/></w:r>"
    paragraph._p.append(parse_xml(mark))
    path = tmp_path / "the.docx"
    word.save(path)
    notes = (
        f"<w:footnotes {nsdecls('w')}><w:footnote w:id='2'><w:p><w:r><w:t>Sửa đổi năm 2030.</w:t></w:r></w:p>"
        "</w:footnote></w:footnotes>"
    )
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/footnotes.xml", notes)
    (entry,) = read_entries(path, "auto", on_error=lambda where, why: None)
    assert entry.payload["footnotes"] == ["[1] Sửa đổi năm 2030."]
