"""Guides: the format, the entry, and errors that name file, line and what was expected."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.errors import BadInput, UnreadableFile
from assistant.index.values import Audience, Kind
from assistant.ingest.guides import read_guide, to_entry

GUIDE = """---
id: nghi-bu
title: "Nghỉ bù: khi nào được nghỉ"
audience: staff
field: Lao động
aliases: [nghỉ bù khi nào, lễ trùng chủ nhật, có nghỉ bù không]
checked_on: 2026-11-21
bases:
  a: {number: 45/2019/QH14, locator: dieu-111.khoan-3, title: Bộ luật Lao động, from: 2021-01-01}
  b: {number: 1/2026/QH16, locator: "", title: "", from: 2026-01-01, to: 2026-12-31}
gaps: ["Chưa có căn cứ về người làm theo ca."]
---
## Lễ trùng ngày nghỉ hằng tuần thì sao
- Ngày lễ trùng ngày nghỉ hằng tuần thì nghỉ bù vào ngày làm việc kế tiếp. [^a]
- Câu này dài hơn một dòng
  nên phần sau lùi vào. [^a][^b]
"""


def write(tmp_path: Path, text: str = GUIDE, name: str = "nghi-bu.md") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_statements_carry_their_bases_and_days(tmp_path: Path) -> None:
    guide = read_guide(write(tmp_path))
    (section,) = guide.sections
    assert section.heading == "Lễ trùng ngày nghỉ hằng tuần thì sao"
    assert section.statements[0].bases[0].locator == "dieu-111.khoan-3"
    assert section.statements[1].text == "Câu này dài hơn một dòng nên phần sau lùi vào."
    assert guide.gaps == ("Chưa có căn cứ về người làm theo ca.",)


def test_a_statement_holds_only_while_all_its_bases_hold(tmp_path: Path) -> None:
    second = read_guide(write(tmp_path)).statements[1]
    assert second.holds_on(date(2026, 12, 31))
    assert not second.holds_on(date(2027, 1, 1)) and not second.holds_on(date(2025, 12, 31))


def test_the_entry_holds_the_text_without_marks_and_the_structure(tmp_path: Path) -> None:
    entry = to_entry(read_guide(write(tmp_path)), source="corpus")
    assert (entry.id, entry.kind, entry.audience) == ("guide:nghi-bu", Kind.GUIDE, Audience.STAFF)
    assert "[^" not in entry.text and "ngày làm việc kế tiếp." in entry.text
    assert entry.payload["sections"][0]["statements"][1]["bases"][1] == {
        "number": "1/2026/QH16",
        "locator": "",
        "title": "",
        "from": "2026-01-01",
        "to": "2026-12-31",
    }
    assert entry.payload["gaps"] == ["Chưa có căn cứ về người làm theo ca."]


@pytest.mark.parametrize(
    ("old", "new", "line", "expected"),
    [
        ("kế tiếp. [^a]", "kế tiếp.", 14, "[^khóa]"),
        ("kế tiếp. [^a]", "kế tiếp. [^z]", 14, "bases"),
        ("kế tiếp. [^a]", "kế tiếp [^a] ạ. [^b]", 14, "[^khóa]"),
        ("- Ngày lễ", "Ngày lễ", 14, "- một câu"),
        ("## Lễ trùng ngày nghỉ hằng tuần thì sao\n", "", 13, "## "),
        ("dieu-111.khoan-3", "điều 111 khoản 3", 9, "dieu-5"),
        ("audience: staff", "audience: moi-nguoi", 4, "citizen"),
        ("id: nghi-bu", "id: khac", 2, "tên tệp"),
        ('title: "Nghỉ bù: khi nào được nghỉ"', "title: Nghỉ bù: khi nào được nghỉ", 3, "ngoặc kép"),
        ("checked_on: 2026-11-21", "checked_on: hôm nay", 7, "ngày dạng"),
        ("field: Lao động\n", "", 2, "field"),
        ("from: 2021-01-01", "tu: 2021-01-01", 9, "from"),
    ],
)
def test_errors_name_the_line_and_what_was_expected(
    tmp_path: Path, old: str, new: str, line: int, expected: str
) -> None:
    assert old in GUIDE
    with pytest.raises(BadInput) as caught:
        read_guide(write(tmp_path, GUIDE.replace(old, new)))
    assert f"dòng {line}:" in caught.value.message and expected in caught.value.message


def test_a_section_without_statements_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="ít nhất một câu"):
        read_guide(write(tmp_path, GUIDE + "\n## Mục trống\n"))


def test_text_without_front_matter_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="---"):
        read_guide(write(tmp_path, "## Mục\n- Câu. [^a]\n"))


def test_bytes_that_are_not_text_are_named(tmp_path: Path) -> None:
    path = tmp_path / "nghi-bu.md"
    path.write_bytes(b"\xff\xfe\x00bad")
    with pytest.raises(UnreadableFile, match="UTF-8"):
        read_guide(path)
