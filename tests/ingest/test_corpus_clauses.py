"""Closing clauses: which whole documents a text ends, and which it only names."""

from __future__ import annotations

import importlib
import sys
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def clauses() -> ModuleType:
    sys.path.insert(0, str(Path(__file__).parents[2] / "corpus"))
    try:
        return importlib.import_module("catalogue_clauses")
    finally:
        sys.path.pop(0)


CASES = [
    # (type of the text, its clause, numbers that end)
    (
        "Thông tư",
        "Thông tư này thay thế Thông tư số 3/2012/TT-BXD ngày 01 tháng 2 năm 2012 về cây xanh.",
        ["3/2012/TT-BXD"],
    ),
    (
        "Luật",
        "2. Luật Cây xanh, mặt nước số 09/2001/QH10 hết hiệu lực kể từ ngày Luật này có hiệu lực thi hành.",
        ["09/2001/QH10"],
    ),
    (
        "Thông tư",
        "Thông tư này thay thế Thông tư số 3/2012/TT-BXD ngày 01/2/2012 về cây xanh và Thông tư số 4/2013/TT-BXD ngày"
        " 05/3/2013 sửa đổi Thông tư số 3/2012/TT-BXD ngày 01/2/2012.",
        ["3/2012/TT-BXD", "4/2013/TT-BXD"],
    ),
    (  # named in the description of another document
        "Thông tư",
        "Thông tư này thay thế Thông tư số 3/2012/TT-BXD hướng dẫn Quyết định số 7/2011/QĐ-TTg và Quyết định số"
        " 8/2011/QĐ-TTg của Thủ tướng Chính phủ.",
        ["3/2012/TT-BXD"],
    ),
    ("Nghị định", "Bãi bỏ Điều 3 Nghị định số 5/2010/NĐ-CP ngày 10/10/2010 của Chính phủ.", []),
    ("Nghị định", "Chương II Nghị định số 5/2010/NĐ-CP hết hiệu lực từ ngày Nghị định này có hiệu lực.", []),
    (
        "Nghị định",
        "2. Các văn bản sau đây hết hiệu lực kể từ ngày Nghị định này có hiệu lực thi hành:\n"
        "a) Nghị định số 5/2010/NĐ-CP ngày 10 tháng 10 năm 2010;\n"
        "b) Khoản 2 Điều 4 Nghị định số 6/2010/NĐ-CP;\n"
        "c) Quyết định số 11/2009/QĐ-TTg ngày 12/3/2009.\n"
        "3. Tổ chức được cấp phép theo Nghị định số 7/2010/NĐ-CP được tiếp tục hoạt động.",
        ["5/2010/NĐ-CP", "11/2009/QĐ-TTg"],
    ),
    # a clause of another document stuck to the text
    ("Luật", "Nghị định số 5/2010/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực.", []),
    # inside quotation marks the words belong to the amended document
    ("Luật", "Sửa Điều 9 như sau: “Luật số 09/2001/QH10 hết hiệu lực kể từ ngày Luật này có hiệu lực.”", []),
    (
        "Thông tư",
        "Giấy phép còn thời hạn theo Thông tư số 3/2012/TT-BXD được dùng cho đến khi hết hiệu lực của giấy phép.",
        [],
    ),
]


@pytest.mark.parametrize(("doc_type", "text", "numbers"), CASES)
def test_only_whole_documents_at_the_head_of_a_clause_end(
    clauses: ModuleType, doc_type: str, text: str, numbers: list[str]
) -> None:
    assert [ended.number for ended in clauses.ended_documents(text, doc_type)] == numbers


def test_an_exception_makes_the_end_partial(clauses: ModuleType) -> None:
    (ended,) = clauses.ended_documents(
        "Luật Chợ số 09/2001/QH10 hết hiệu lực kể từ ngày Luật này có hiệu lực, trừ khoản 2 Điều 8.", "Luật"
    )
    assert ended.partial and ended.name == "Luật Chợ"


def test_dates_of_issue_and_of_the_end_are_read(clauses: ModuleType) -> None:
    (ended,) = clauses.ended_documents(
        "Nghị định số 5/2010/NĐ-CP ngày 10 tháng 10 năm 2010 của Chính phủ hết hiệu lực từ ngày 08 tháng 8 năm 2023.",
        "Nghị định",
    )
    assert (ended.issued_on, ended.on) == (date(2010, 10, 10), date(2023, 8, 8))


def test_a_long_line_without_a_clause_is_read_in_passing(clauses: ModuleType) -> None:
    assert clauses.ended_documents("thay thế Luật " + "chợ đêm và " * 20_000, "Luật") == []
