"""What a citation means: the host fills in “này”, the catalogue and the date fill in names."""

from datetime import date

import pytest

from assistant.law.catalogue import Catalogue
from assistant.law.catalogue_rows import CatalogueRow, Relation
from assistant.law.citation import Host, Reference, find_citations, render, resolve
from assistant.law.document import Locator

CATALOGUE = Catalogue(
    [
        CatalogueRow(
            "10/2010/QH12", "Luật", "Luật Cây xanh", effective_on=date(2011, 1, 1), expires_on=date(2022, 1, 1),
            issued_on=date(2010, 6, 1), article_count=40,
        ),
        CatalogueRow(
            "20/2021/QH15", "Luật", "Luật Cây xanh", effective_on=date(2022, 1, 1), issued_on=date(2021, 6, 1),
            article_count=50, relations=(Relation("replaces", "10/2010/QH12", date(2022, 1, 1)),),
        ),
        CatalogueRow(
            "30/2023/QH15", "Luật", "Luật sửa đổi, bổ sung một số điều của Luật Cây xanh",
            effective_on=date(2024, 1, 1), issued_on=date(2023, 6, 1), relations=(Relation("amends", "20/2021/QH15", date(2024, 1, 1)),),
        ),
        CatalogueRow("15/2022/NĐ-CP", "Nghị định", "Nghị định về cây xanh", effective_on=date(2022, 3, 1)),
    ]
)  # fmt: skip
ON = date(2026, 6, 1)
DECREE = Host("15/2022/NĐ-CP", "Nghị định", article="7", clause="2", point="b", chapter="II")


def resolved(text: str, host: Host = DECREE, on: date = ON) -> list[Reference]:
    return resolve(find_citations(text), host, CATALOGUE, on)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("khoản 1 Điều này", "dieu-7.khoan-1"),
        ("điểm a khoản này", "dieu-7.khoan-2.diem-a"),
        ("điểm này", "dieu-7.khoan-2.diem-b"),
        ("Điều này", "dieu-7"),
        ("Chương này", "chuong-II"),
        ("khoản 3 Điều 9 Nghị định này", "dieu-9.khoan-3"),
        ("quy định tại khoản 1", "dieu-7.khoan-1"),
        ("quy định tại điểm a", "dieu-7.khoan-2.diem-a"),
        ("quy định tại Điều 9", "dieu-9"),
    ],
)
def test_this_and_a_missing_document_mean_the_host(text, place):
    (reference,) = resolved(text)
    assert (reference.scope, reference.number, reference.doc_type) == ("self", "15/2022/NĐ-CP", "Nghị định")
    assert reference.locator == Locator(place)
    assert reference.status == "resolved"


def test_in_an_attached_text_this_regulation_is_the_attachment_and_this_decision_is_not():
    host = Host("12/2024/QĐ-UBND", "Quyết định", article="3", attached="Quy chế")
    own, attachment, decision = resolved("khoản 1 Điều này, Điều 5 Quy chế này và Điều 2 Quyết định này", host)
    assert (own.attached, attachment.attached, decision.attached) == ("Quy chế", "Quy chế", None)
    assert {own.number, attachment.number, decision.number} == {"12/2024/QĐ-UBND"}


def test_inside_an_amending_quotation_this_is_the_amended_document_at_the_quoted_place():
    host = Host("30/2023/QH15", "Luật", article="12", clause="1", amends="20/2021/QH15", quoted=True)
    law, clause = resolved("khoản 3a Điều 8 của Luật này và điểm d khoản này", host)
    assert (law.scope, law.number, law.article) == ("amended", "20/2021/QH15", "8")
    assert (clause.scope, clause.article, clause.clause, clause.point) == ("amended", "12", "1", "d")


def test_in_an_amending_instruction_no_document_means_the_amended_one_and_this_means_the_host():
    host = Host("30/2023/QH15", "Luật", article="1", amends="20/2021/QH15", amends_type="Luật")
    target, own = resolved("Bãi bỏ khoản 3 Điều 9, trừ trường hợp quy định tại khoản 2 Điều này", host)
    assert (target.scope, target.number, target.operation) == ("amended", "20/2021/QH15", "repeal")
    assert (own.scope, own.number, own.article) == ("self", "30/2023/QH15", "1")


def test_the_catalogue_tells_what_a_document_amends_where_it_is_only_one():
    (target,) = resolved("Bãi bỏ khoản 3 Điều 9.", Host("30/2023/QH15", "Luật"))
    assert (target.scope, target.number) == ("amended", "20/2021/QH15")


@pytest.mark.parametrize(
    ("text", "on", "number"),
    [
        ("Luật Cây xanh", date(2026, 1, 1), "20/2021/QH15"),
        ("Luật Cây xanh", date(2015, 1, 1), "10/2010/QH12"),
        ("Luật Cây xanh năm 2010", date(2026, 1, 1), "10/2010/QH12"),
        ("Luật Cây xanh 2021", date(2015, 1, 1), "20/2021/QH15"),
    ],
)
def test_a_name_means_the_version_in_force_on_the_date_or_of_the_year(text, on, number):
    (reference,) = resolved(f"Điều 5 {text}", on=on)
    assert (reference.number, reference.status) == (number, "resolved")


def test_a_document_that_is_not_in_the_store_is_no_error():
    (reference,) = resolved("Điều 5 Nghị định số 99/2030/NĐ-CP")
    assert (reference.status, reference.number) == ("not_in_store", "99/2030/NĐ-CP")
    (named,) = resolved("Điều 5 Luật Sao Hỏa")
    assert (named.status, named.number) == ("not_in_store", None)


def test_a_provision_beyond_the_last_article_does_not_exist():
    good, bad = resolved("Điều 50 và Điều 51 của Luật số 20/2021/QH15")
    assert (good.status, bad.status) == ("resolved", "exists_no")


def test_the_store_decides_whether_a_point_exists():
    def has(number: str, locator: Locator) -> bool | None:
        return locator.label("diem") is None if number == "20/2021/QH15" else None

    references = find_citations("điểm đ khoản 1 Điều 5 và khoản 1 Điều 5 Luật Cây xanh; Điều 6 Nghị định này")
    statuses = [r.status for r in resolve(references, DECREE, CATALOGUE, ON, has)]
    assert statuses == ["exists_no", "resolved", "resolved"]


def test_an_inserted_article_is_not_missed_in_the_amended_document():
    host = Host("30/2023/QH15", "Luật", amends="20/2021/QH15")
    inserted, _ = resolved("Bổ sung Điều 60 vào sau Điều 50", host)
    assert inserted.status == "resolved"


def test_without_a_host_a_relative_citation_stays_open():
    (reference,) = resolved("khoản 1 Điều này", Host())
    assert (reference.status, reference.number, reference.article) == ("unresolved", None, None)
    assert render(reference) == "khoản 1 Điều này"


def test_a_resolved_citation_is_written_out_in_full():
    (reference,) = resolved("điểm a khoản này")
    assert render(reference) == "điểm a khoản 2 Điều 7 của Nghị định số 15/2022/NĐ-CP"
