"""The state of a document on a date, and documents by number and by name."""

from datetime import date

import pytest

from assistant.law.catalogue import Catalogue
from assistant.law.catalogue_rows import CatalogueRow, Relation, Transition
from assistant.law.citation import Host, find_citations, render, resolve
from assistant.law.document import Validity

DISTRICT = Transition(
    issuers=("Ủy ban nhân dân huyện", "Ủy ban nhân dân quận"),
    until=date(2027, 3, 1),
    reason="văn bản cấp huyện chỉ được áp dụng trước ngày 01/3/2027",
    source="khoản 3 Điều 51 Luật 72/2025/QH15",
)
ROWS = [
    CatalogueRow(
        "10/2010/QH12", "Luật", "Luật Cây xanh", "Quốc hội", date(2010, 6, 1), date(2011, 1, 1), aliases=("Luật CX 2010",)
    ),
    CatalogueRow(
        "20/2021/QH15",
        "Luật",
        "Luật Cây xanh",
        "Quốc hội",
        date(2021, 6, 1),
        date(2022, 1, 1),
        relations=(Relation("replaces", "10/2010/QH12", date(2022, 1, 1)),),
    ),
    CatalogueRow("11/2011/NĐ-CP", "Nghị định", "Nghị định về vườn cây", "Chính phủ", date(2011, 2, 1), date(2011, 4, 1),
                 relations=(Relation("guides", "10/2010/QH12"),)),
    CatalogueRow("30/2023/NĐ-CP", "Nghị định", "Nghị định về công viên", "Chính phủ", date(2023, 5, 1), date(2023, 7, 1),
                 expires_on=date(2025, 7, 1)),
    CatalogueRow("31/2024/TT-BXD", "Thông tư", "Thông tư sửa đổi Nghị định", "Bộ Xây dựng", date(2024, 1, 5), date(2024, 3, 1),
                 relations=(Relation("amends", "30/2023/NĐ-CP", date(2024, 3, 1)),
                            Relation("suspends", "05/2023/TT-BXD", date(2024, 3, 1)),
                            Relation("repeals", "06/2023/TT-BXD", date(2024, 3, 1), "khoản 2 Điều 5"))),
    CatalogueRow("32/2024/TT-BXD", "Thông tư", "Thông tư tiếp tục", "Bộ Xây dựng", date(2024, 8, 1), date(2024, 9, 1),
                 relations=(Relation("resumes", "05/2023/TT-BXD", date(2024, 9, 1)),)),
    CatalogueRow("05/2023/TT-BXD", "Thông tư", "Thông tư về hồ nước", "Bộ Xây dựng", date(2023, 1, 1), date(2023, 2, 15)),
    CatalogueRow("06/2023/TT-BXD", "Thông tư", "Thông tư về lối đi", "Bộ Xây dựng", date(2023, 1, 1), date(2023, 2, 15)),
    CatalogueRow("07/2020/QĐ-UBND", "Quyết định", "Quyết định về chợ", "Ủy ban nhân dân quận 1", date(2020, 5, 1),
                 date(2020, 5, 11)),
    CatalogueRow("08/2019/TT-BXD", "Thông tư", "Thông tư cũ", status="expired"),
    CatalogueRow("09/2019/TT-BXD", "Thông tư", "", status="in_force"),
    CatalogueRow("12/2019/TT-BXD", "Thông tư", ""),
]  # fmt: skip
CATALOGUE = Catalogue(ROWS, transitions=(DISTRICT,), as_of=date(2026, 7, 1))
TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("number", "on", "validity"),
    [
        ("20/2021/QH15", date(2021, 12, 31), Validity.NOT_YET),
        ("20/2021/QH15", date(2022, 1, 1), Validity.IN_FORCE),
        ("10/2010/QH12", date(2021, 12, 31), Validity.IN_FORCE),
        ("10/2010/QH12", date(2022, 1, 1), Validity.EXPIRED),
        ("30/2023/NĐ-CP", date(2025, 6, 30), Validity.IN_FORCE),
        ("30/2023/NĐ-CP", date(2025, 7, 1), Validity.EXPIRED),
        ("05/2023/TT-BXD", date(2024, 2, 29), Validity.IN_FORCE),
        ("05/2023/TT-BXD", date(2024, 3, 1), Validity.SUSPENDED),
        ("05/2023/TT-BXD", date(2024, 9, 1), Validity.IN_FORCE),
        ("06/2023/TT-BXD", date(2024, 2, 29), Validity.IN_FORCE),
        ("06/2023/TT-BXD", date(2024, 3, 1), Validity.PARTLY_EXPIRED),
        ("07/2020/QĐ-UBND", date(2027, 2, 28), Validity.IN_FORCE),
        ("07/2020/QĐ-UBND", date(2027, 3, 1), Validity.EXPIRED),
        ("08/2019/TT-BXD", TODAY, Validity.EXPIRED),
        ("08/2019/TT-BXD", date(2020, 1, 1), Validity.UNKNOWN),
        ("09/2019/TT-BXD", TODAY, Validity.IN_FORCE),
        ("12/2019/TT-BXD", TODAY, Validity.UNKNOWN),
        ("99/2030/NĐ-CP", TODAY, Validity.UNKNOWN),
    ],
)
def test_the_state_holds_for_its_date_and_changes_on_the_day_itself(number, on, validity):
    assert CATALOGUE.state_on(number, on).validity is validity


def test_a_replaced_document_names_its_successor_and_the_day():
    state = CATALOGUE.state_on("10/2010/QH12", TODAY)
    assert (state.replaced_by, state.since) == ("20/2021/QH15", date(2022, 1, 1))
    assert "20/2021/QH15" in state.reason
    assert "01/01/2022" in state.reason


def test_the_district_rule_gives_its_source():
    before, after = (CATALOGUE.state_on("07/2020/QĐ-UBND", day) for day in (TODAY, date(2027, 3, 1)))
    assert any("72/2025/QH15" in note for note in before.notes)
    assert "72/2025/QH15" in after.reason


def test_a_guiding_document_carries_a_note_when_what_it_guides_has_ended():
    assert CATALOGUE.state_on("11/2011/NĐ-CP", date(2015, 1, 1)).notes == ()
    (note,) = CATALOGUE.state_on("11/2011/NĐ-CP", TODAY).notes
    assert "10/2010/QH12" in note


def test_amendments_count_from_their_day():
    assert CATALOGUE.amended_by("30/2023/NĐ-CP", date(2024, 2, 1)) == ()
    assert CATALOGUE.amended_by("030/2023/nđ-cp", TODAY) == ("31/2024/TT-BXD",)
    assert CATALOGUE.related("10/2010/QH12", "guides") == ("11/2011/NĐ-CP",)


@pytest.mark.parametrize("written", ["30/2023/NĐ-CP", "030/2023/nd-cp", "30/2023/NĐ- CP"])
def test_a_number_is_found_however_it_is_written(written):
    row = CATALOGUE.get(written)
    assert row is not None and row.number == "30/2023/NĐ-CP"
    assert CATALOGUE.known(written)
    assert not CATALOGUE.known("30/2023/TT-BXD")


@pytest.mark.parametrize(
    ("name", "on", "year", "number"),
    [
        ("Luật Cây xanh", TODAY, None, "20/2021/QH15"),
        ("luật cây xanh", date(2015, 1, 1), None, "10/2010/QH12"),
        ("LUẬT CÂY XANH", date(2021, 12, 1), None, "10/2010/QH12"),
        ("luat cay xanh", TODAY, None, "20/2021/QH15"),
        ("Luật Cây xanh năm 2010", TODAY, None, "10/2010/QH12"),
        ("Luật Cây xanh", TODAY, 2010, "10/2010/QH12"),
        ("luật CX", TODAY, None, "10/2010/QH12"),
        ("Nghị định 30/2023", TODAY, None, "30/2023/NĐ-CP"),
        ("Luật Cây xanh", TODAY, 1999, None),
        ("Luật Cây", TODAY, None, None),
    ],
)
def test_a_name_gives_the_one_document_that_is_meant(name, on, year, number):
    row = CATALOGUE.by_name(name, on, year)
    assert (row.number if row else None) == number


def test_a_serial_that_several_documents_share_is_no_name():
    rows = [CatalogueRow(n, "Nghị định", effective_on=date(2020, 1, 1)) for n in ("30/2020/NĐ-CP", "30/2023/NĐ-CP")]
    catalogue = Catalogue(rows)
    assert catalogue.by_name("Nghị định 30", TODAY) is None
    assert [row.number for row in catalogue.candidates("nghị định 30", TODAY)] == ["30/2020/NĐ-CP", "30/2023/NĐ-CP"]


@pytest.mark.parametrize(
    ("described", "number"),
    [
        ("nghị định 30 về công viên", "30/2023/NĐ-CP"),
        ("nđ 11 vườn cây", "11/2011/NĐ-CP"),
        ("thông tư hồ nước", "05/2023/TT-BXD"),
        ("luat cay xanh", "20/2021/QH15"),
    ],
)
def test_a_loose_description_puts_the_meant_document_first(described, number):
    assert CATALOGUE.candidates(described, TODAY)[0].number == number


def test_a_row_is_read_from_its_plain_fields():
    row = CatalogueRow.of(
        {
            "number": "01/2024/NĐ-CP", "doc_type": "Nghị định", "title": "Nghị định về hoa", "issuing_body": None,
            "issued_on": "2024-01-02", "effective_on": None, "expires_on": None, "status": "unknown",
            "relations": [{"kind": "replaces", "number": "2/2020/NĐ-CP", "on": "2024-03-01", "note": ""}],
            "article_count": None, "territory": "vn", "source": "công báo", "aliases": ["nghị định hoa"],
        }
    )  # fmt: skip
    assert row.issued_on == date(2024, 1, 2)
    assert row.relations == (Relation("replaces", "02/2020/NĐ-CP", date(2024, 3, 1)),)
    assert (row.aliases, row.year, row.issuing_body) == (("nghị định hoa",), 2024, "")


def test_a_row_said_to_be_unknown_is_not_called_in_force_for_having_begun() -> None:
    row = {"number": "58/2010/QH12", "effective_on": "2012-01-01", "status": "unknown"}
    state = Catalogue([CatalogueRow.of(row)]).state_on("58/2010/QH12", date(2026, 11, 22))
    assert state.validity is Validity.UNKNOWN
    assert "có hiệu lực từ ngày 01/01/2012" in state.reason


def test_a_document_of_a_later_year_is_not_meant_by_a_name_of_before() -> None:
    old = CatalogueRow.of({"number": "47/2010/QH12", "title": "Luật Các tổ chức tín dụng", "issued_on": "2010-06-16"})
    new = CatalogueRow.of({"number": "32/2024/QH15", "title": "Luật Các tổ chức tín dụng"})  # no dates known
    catalogue = Catalogue([old, new])
    assert catalogue.state_on("32/2024/QH15", date(2015, 1, 1)).validity is Validity.NOT_YET
    named = catalogue.by_name("Luật Các tổ chức tín dụng", date(2015, 1, 1))
    assert named is not None
    assert named.number == "47/2010/QH12"


def test_the_constitution_is_known_by_its_year_and_is_cited_without_a_number() -> None:
    row = {"number": "Hiến pháp năm 2013", "doc_type": "Hiến pháp", "aliases": ["Hiến pháp", "Hiến pháp 2013"],
           "title": "Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam", "status": "in_force"}  # fmt: skip
    catalogue = Catalogue([CatalogueRow.of(row)])
    assert next(iter(catalogue.rows())).year == 2013
    references = resolve(find_citations("theo Điều 14 Hiến pháp năm 2013"), Host(), catalogue, date(2026, 1, 1))
    assert [(r.number, r.status) for r in references] == [("Hiến pháp năm 2013", "resolved")]
    assert "số" not in render(references[0])
