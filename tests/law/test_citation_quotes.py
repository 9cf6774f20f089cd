"""Citations inside and around the quotations of amending texts: where a quotation ends, and what leads into it."""

from datetime import date

import pytest

from assistant.law.catalogue import Catalogue
from assistant.law.citation import Host, Reference, find_citations, resolve

LEAD = "Sửa đổi, bổ sung khoản 2 Điều 6 như sau:\n"
NEXT = "\n3. Sửa đổi, bổ sung khoản 1 Điều 9 như sau:\n“1. Theo Luật này.”."


def quoted(text: str) -> list[tuple[str, bool]]:
    return [(reference.text, reference.quoted) for reference in find_citations(text)]


@pytest.mark.parametrize(
    "block",
    [
        "“2. Theo Điều 5 của Luật này.”.",
        '“2. Theo Điều 5 của Luật này.".',  # opened with a curly mark, closed with a straight one
        '"2. Theo Điều 5 của Luật này".',
        '"2. Theo Điều 5 của Luật này và',  # never closed
        "“2. Theo Điều 5 của Luật này và",
        '“2. Trong "kho mở" theo Điều 5 của Luật này.”.',
        '“2. Theo Điều 5 của Luật này, gồm:\na) “kho mở”;\nb) "kho kín".”.',
    ],
)
def test_a_quotation_ends_before_the_next_instruction(block: str) -> None:
    assert quoted(LEAD + block + NEXT) == [
        ("khoản 2 Điều 6", False),
        ("Điều 5 của Luật này", True),
        ("khoản 1 Điều 9", False),
        ("Luật này", True),
    ]


@pytest.mark.parametrize(
    "lead",
    [
        "Sửa đổi, bổ sung một số điểm, khoản của Điều 24 như sau:",
        "Sửa đổi, bổ sung tên Điều và một số khoản của Điều 24 như sau:",
        "Sửa đổi một số nội dung tại Điều 24 như sau:",
    ],
)
def test_the_unit_that_a_lead_names_is_one_of_the_amended_document(lead: str) -> None:
    (named,) = find_citations(lead)
    assert (named.article, named.scope, named.operation) == ("24", "amended", None)


def test_the_name_of_a_chapter_in_capitals_is_no_citation() -> None:
    text = "Sửa đổi tên Mục 2 Chương II như sau:\n“Mục 2 CÂY XANH ĐÔ THỊ”.\nĐiều 3. Hiệu lực"
    assert quoted(text) == [("tên Mục 2 Chương II", False)]


@pytest.mark.parametrize(("host", "expected"), [("30/2024/NĐ-CP", "30/2024/NĐ-CP"), ("07/2024/TT-BXD", None)])
def test_a_bare_type_is_the_host_only_where_the_host_is_one(host: str, expected: str | None) -> None:
    found: list[Reference] = resolve(
        find_citations("nộp theo Điều 8 Nghị định, trong 5 ngày"), Host(number=host), Catalogue([]), date(2026, 11, 1)
    )
    assert [(r.number, r.article) for r in found] == [(expected, "8")]
