"""Short texts of our own, each showing one trap of structure, against the reading a lawyer would give."""

from pathlib import Path

import pytest

from assistant.ingest.documents import outline
from assistant.ingest.parse import parse
from assistant.law.document import Document

GOLDEN = Path(__file__).parent.parent / "golden" / "structure"
CASES = sorted(path for path in GOLDEN.glob("*.txt") if not path.name.endswith(".expected.txt"))


def reading(document: Document) -> str:
    """One line per provision: locator, heading, own text; then the footnotes and the warnings."""
    lines = [
        " | ".join((p.locator.path, p.heading, p.text.replace("\n", " ⏎ "))).rstrip(" |") for p in document.provisions
    ]
    notes = [f"[{n.label}] {n.locator.path} | " + n.text.replace("\n", " ⏎ ") for n in document.footnotes]
    return "\n".join([*lines, *notes, *(f"! {warning.message}" for warning in document.warnings)]) + "\n"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_golden_text_is_read_as_expected(path: Path) -> None:
    document = parse(path.read_text(encoding="utf-8"), source=path.name)
    assert reading(document) == path.with_suffix(".expected.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_character_lies_in_a_provision_or_in_header_or_closing(path: Path) -> None:
    document = parse(path.read_text(encoding="utf-8"))
    tops = [
        p for p in document.provisions if not any(q.start <= p.start and p.end < q.end for q in document.provisions)
    ]
    for provision in document.provisions:
        assert 0 <= provision.start < provision.end <= len(document.text)
        for line in provision.text.split("\n"):
            assert line in document.text[provision.start : provision.end]
    assert [p.start for p in tops] == sorted(p.start for p in tops)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_outline_keeps_order_and_numbers(path: Path) -> None:
    document = parse(path.read_text(encoding="utf-8"), source=path.name)
    shown = outline(document)
    places = [shown.find(p.heading[:60]) for p in document.provisions if len(p.heading) > 12]
    assert -1 not in places
    assert places == sorted(places)


def test_parsing_the_outline_of_a_plain_law_gives_the_same_tree() -> None:
    document = parse((GOLDEN / "inserted-numbers.txt").read_text(encoding="utf-8"))
    again = parse(outline(document))
    assert [p.locator for p in again.provisions] == [p.locator for p in document.provisions]


def test_spans_nest_like_the_tree() -> None:
    document = parse((GOLDEN / "attached-regulation.txt").read_text(encoding="utf-8"))
    by_path = {p.locator.path: p for p in document.provisions}
    inner, outer = by_path["kem-theo-1.dieu-2.khoan-1"], by_path["kem-theo-1.dieu-2"]
    assert outer.start < inner.start < inner.end <= outer.end
    assert document.text[outer.start : outer.end].startswith("Điều 2. Giờ thả diều")
    assert "TM. ỦY BAN" not in document.text[by_path["dieu-3"].start : by_path["dieu-3"].end]


def test_an_article_knows_the_chapter_and_section_it_stands_in() -> None:
    document = parse((GOLDEN / "heading-below.txt").read_text(encoding="utf-8"))
    contexts = {p.label: p.context for p in document.provisions if p.kind == "article"}
    assert contexts["1"] == "chuong-I.muc-1"
    assert contexts["4"] == "chuong-I.muc-2.tieu-muc-2"


def test_a_text_that_is_no_document_is_kept_whole_with_a_warning() -> None:
    document = parse("Chào anh chị,\n\nmai mình họp lúc 9 giờ nhé.")
    assert document.text == "Chào anh chị,\n\nmai mình họp lúc 9 giờ nhé."
    assert document.provisions == ()
    assert [warning.message for warning in document.warnings] == ["Không tìm thấy số ký hiệu"]


def test_a_point_list_that_ends_its_points_with_commas_or_and_is_not_broken_off() -> None:
    document = parse("Điều 1. Người dự\nGồm:\na) Tổ trưởng,\nb) Tổ phó, và\nc) Thư ký.")
    assert [p.label for p in document.provisions if p.kind == "point"] == ["a", "b", "c"]


def test_years_and_amounts_at_the_head_of_a_line_are_no_clauses() -> None:
    document = parse("Điều 1. Mức chi\n1. Chi cho năm\n2027. Số tiền là\n1.500.000 đồng.\n2. Chi cho năm sau.")
    assert [p.label for p in document.provisions if p.kind == "clause"] == ["1", "2"]


def test_chapters_that_begin_anew_in_each_part_get_locators_of_their_own() -> None:
    text = "\n".join(
        f"Phần thứ {part}\nTÊN PHẦN\nChương I\nTÊN CHƯƠNG\nĐiều {n}. Tên\nNội dung."
        for n, part in enumerate(("nhất", "hai"), start=1)
    )
    chapters = [p.locator.path for p in parse(text).provisions if p.kind == "chapter"]
    assert chapters == ["chuong-I", "phan-2.chuong-I"]


def test_a_repeated_number_is_kept_with_a_locator_of_its_own_and_said() -> None:
    text = "Chương I\nA\nĐiều 1. Một\nNội dung.\nChương I\nB\nĐiều 2. Hai\nNội dung."
    document = parse(text)
    assert [p.locator.path for p in document.provisions if p.kind == "chapter"] == ["chuong-I", "chuong-I~2"]
    assert any("lặp lại" in warning.message for warning in document.warnings)
