"""Phần đầu văn bản, however the columns come."""

from __future__ import annotations

from datetime import date

from assistant.review.header import Level, Organ, read_header
from tests.review.seeds import CITY, LETTER, WARD, text_of


def test_each_part_of_a_city_decision_is_found() -> None:
    text = text_of(CITY)
    header = read_header(text)
    assert header.issuer.organ is Organ.COMMITTEE
    assert header.issuer.level is Level.PROVINCE
    assert header.issuer.name == "Ủy ban nhân dân Thành phố Hồ Chí Minh"
    assert header.doc_type == "Quyết định"
    assert header.number is not None
    assert text[header.number.start : header.number.end] == "/2026/QĐ-UBND"
    assert header.placed is not None
    assert header.placed.on == date(2026, 11, 25)


def test_two_columns_on_one_line_are_told_apart() -> None:
    header = read_header(
        "ỦY BAN NHÂN DÂN      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "PHƯỜNG SÀI GÒN          Độc lập - Tự do - Hạnh phúc\n"
        "Số: 12/2026/QĐ-UBND     Phường Sài Gòn, ngày 05 tháng 12 năm 2026\n"
        "QUYẾT ĐỊNH\nQuy định một việc\nCăn cứ Luật Tổ chức chính quyền địa phương;\nĐiều 1. Một việc\n"
    )
    assert header.country is not None and header.motto is not None
    assert header.placed is not None and header.placed.on == date(2026, 12, 5)
    assert header.issuer.organ is Organ.COMMITTEE


def test_a_ward_is_the_commune_level() -> None:
    assert read_header(text_of(WARD)).issuer.level is Level.COMMUNE


def test_a_letter_has_no_type() -> None:
    header = read_header(text_of(LETTER))
    assert header.letter
    assert header.doc_type == ""


def test_a_blank_date_is_kept_as_no_date() -> None:
    header = read_header(
        "ỦY BAN NHÂN DÂN\nTỈNH A\nSố:    /2026/QĐ-UBND\nA, ngày    tháng    năm 2026\nQUYẾT ĐỊNH\nVề một việc\n"
    )
    assert header.placed is not None
    assert header.placed.on is None
    assert header.placed.year == "2026"


def test_plain_articles_without_a_head_have_none() -> None:
    assert not read_header("Điều 1. Phạm vi\nQuy định này quy định một việc.\n").present
