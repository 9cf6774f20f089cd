"""What a .docx holds beside its text."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path

import docx

from assistant.review import review
from assistant.review.file_facts import read_facts
from tests.review.conftest import pinned
from tests.review.seeds import WARD, text_of


def written(path: Path, text: str, font: str = "Times New Roman") -> Path:
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph().add_run(line).font.name = font
    document.save(str(path))
    return path


def checks_of(path: Path) -> set[str]:
    catalogue, names, held = pinned()
    report = review(path, on=date(2026, 11, 25), catalogue=catalogue, names=names, texts=held)
    return {finding.check for finding in report.findings}


def test_a_plain_file_has_nothing_to_say(tmp_path: Path) -> None:
    facts = read_facts(written(tmp_path / "a.docx", text_of(WARD)))
    assert (facts.legacy_fonts, facts.hidden, facts.decomposed, facts.invisible) == ((), (), False, 0)


def test_a_legacy_font_is_reported_with_its_name(tmp_path: Path) -> None:
    source = written(tmp_path / "a.docx", text_of(WARD), font="VNI-Times")
    assert read_facts(source).legacy_fonts == ("VNI-Times",)
    assert "K44" in checks_of(source)


def test_loose_accents_are_reported(tmp_path: Path) -> None:
    source = written(tmp_path / "a.docx", unicodedata.normalize("NFD", text_of(WARD)))
    assert checks_of(source) == {"K44"}


def test_white_text_on_a_shaded_cell_is_not_hidden(tmp_path: Path) -> None:
    from docx.shared import RGBColor

    document = docx.Document()
    cell = document.add_table(rows=1, cols=1).rows[0].cells[0]
    cell.paragraphs[0].add_run("Tiêu đề bảng chữ trắng").font.color.rgb = RGBColor(255, 255, 255)
    document.save(str(tmp_path / "a.docx"))
    assert read_facts(tmp_path / "a.docx").hidden == ()


def test_other_formats_have_no_facts(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Điều 1. Một việc", encoding="utf-8")
    assert read_facts(path).hidden == ()
