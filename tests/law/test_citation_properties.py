"""Properties: writing a citation out and reading it again gives the same; no text breaks or stalls the reader."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.law.amendment import find_operations
from assistant.law.catalogue import Catalogue
from assistant.law.citation import Host, Reference, find_citations, render, resolve

LETTERS = "abcdđeghiklmnopqrstuvxy"
LETTER = st.sampled_from(LETTERS)
LABELS = {
    "article": st.one_of(st.integers(1, 700).map(str), st.builds("{}{}".format, st.integers(1, 99), LETTER)),
    "clause": st.one_of(st.integers(1, 30).map(str), st.builds("{}{}".format, st.integers(1, 9), LETTER)),
    "point": st.one_of(LETTER, st.builds("{}{}".format, LETTER, st.integers(1, 9))),
}
DOCUMENTS = st.sampled_from(
    [
        {"scope": "self", "doc_type": "Nghị định"},
        {"scope": "self", "doc_type": "Bộ luật"},
        {"scope": "self", "relative": "article"},
        {"scope": "external", "doc_type": "Luật", "name": "Luật Hôn nhân và gia đình"},
        {"scope": "external", "doc_type": "Luật", "name": "Luật Phòng, chống ma túy", "number": "73/2021/QH14"},
        {"scope": "external", "doc_type": "Bộ luật", "name": "Bộ luật Dân sự", "year": 2015},
        {"scope": "external", "doc_type": "Nghị định", "number": "15/2021/NĐ-CP", "issued_on": date(2021, 3, 3)},
        {"scope": "external", "doc_type": "Thông tư", "number": "01/2020/TT-BTP", "issuer": "Bộ Tư pháp"},
    ]
)


@st.composite
def citations(draw: st.DrawFn) -> Reference:
    document = draw(DOCUMENTS)
    depth = draw(st.integers(1, 3))
    levels = {level: draw(LABELS[level]) for level in ("article", "clause", "point")[:depth]}
    if document.get("relative"):
        levels.pop("article")
        levels.setdefault("clause", draw(LABELS["clause"]))
    return Reference(0, 0, "", **levels, **document)


@given(citations())
def test_a_citation_written_out_is_read_back_as_it_was(reference):
    written = render(reference)
    (found,) = find_citations(written)
    assert found.text == written
    assert render(found) == written
    for field in ("scope", "doc_type", "number", "name", "year", "issued_on", "issuer", "article", "clause", "point"):
        assert getattr(found, field) == getattr(reference, field)


PIECES = [
    "Điều ", "khoản ", "điểm ", "các ", "từ ", "đến ", ", ", " và ", "; ", "1", "23", "3a", "đ", "a", "iv", "(",
    ")", "“", "”", '"', "của ", "Luật ", "này", "Luật Thủ đô ", "Nghị định số ", "12/2024/NĐ-CP ", "Bãi bỏ ",
    "Sửa đổi, bổ sung ", "như sau: ", "\n", "tên ", "đoạn mở đầu ", "Phụ lục ", "II ", "Mẫu số ",
    "ban hành kèm theo ", "vào sau ", "cụm từ ", "bằng ", "tại ", "năm 2015 ", "ngày ", "Chương ", "Mục ",
    "Phần thứ ", "nhất ", "tiết ", ".", ":", "được sửa đổi, bổ sung bởi ", "Quy chế ", "\xad", "\u0301", "Ð",
    "\xa0", "dieu ", "luat dat dai ",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_no_text_breaks_the_reader_and_every_span_lies_in_the_text(text):
    found = find_citations(text)
    for reference in found:
        assert 0 <= reference.start <= reference.end <= len(text)
        render(reference)
    for reference in resolve(found, Host("12/2024/NĐ-CP", article="5"), Catalogue(), date(2026, 1, 1)):
        assert reference.status in {"resolved", "exists_no", "not_in_store", "unresolved"}
    find_operations(text)


@given(st.text(max_size=300))
def test_any_characters_at_all_are_read_without_error(text):
    for reference in find_citations(text):
        assert 0 <= reference.start <= reference.end <= len(text)


# 100,000 characters each: seconds in a linear reader, hours in one that is not. The time-out is the check.
ADVERSARIAL = [
    "điểm 1, ", "Điều 5, ", "khoản 1 và ", "các khoản 1, 2, ", "Luật sửa đổi, bổ sung một số điều của ",
    "Luật Thủ đô được sửa đổi, bổ sung bởi ", "Quy chế ban hành kèm theo ", "như sau: “2. a” ", "như sau: “ ",
    "thay cụm từ “a” bằng “b” tại khoản 1, ", "12/2024/NĐ-CP", "12/", "1", " ", "\n", "mục 1, ", "Phụ lục 1 Danh mục ",
    "Mẫu số 01/ab-", "Luật Aa bb cc dd ee ", "khoản này, ", "vào sau khoản 1 ", '"', "Luật ", "khoa\u0309n 1 ", "tên ",
]  # fmt: skip


@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", ADVERSARIAL)
def test_repetition_without_end_is_read_in_linear_time(piece):
    text = (piece * (100_000 // len(piece)))[:100_000]
    found = find_citations(text)
    assert len(found) <= len(text)


@pytest.mark.timeout(60)
def test_a_list_multiplied_by_a_list_stays_small():
    many = ", ".join(str(n) for n in range(1, 400))
    found = find_citations(f"khoản {many} các điều {many} Luật này")
    assert 300 <= len(found) <= 1000
