"""The days of single provisions, and the text in force where they differ from the document's."""

from datetime import date

import pytest

from assistant.ingest.documents import outline, to_entries, to_json
from assistant.ingest.parse import parse
from assistant.law.amendment import consolidate
from assistant.law.document import Document, Locator, Validity
from assistant.law.effect import effect_of, from_json, narrowed, validity_of

LAW = """LUẬT
CÂY XANH
Luật số: 20/2030/QH20
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi
Luật này quy định về cây xanh.
Điều 2. Trồng cây
1. Người trồng cây làm đơn.
2. Hồ sơ gồm:
a) đơn;
b) bản vẽ.
Chương II
CHĂM SÓC
Điều 3. Tưới cây
Cây được tưới mỗi ngày.
Điều 4. Cắt tỉa
Cây được cắt tỉa mỗi năm.
Điều 5. Hiệu lực thi hành
"""


def law(*clauses: str) -> Document:
    return parse(LAW + "\n".join(f"{n}. {clause}" for n, clause in enumerate(clauses, 1)))


GENERAL = "Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2031, trừ trường hợp quy định tại khoản 2 Điều này."


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        (
            "Điểm b khoản 2 Điều 2 và Điều 3 của Luật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2032.",
            {"dieu-2.khoan-2.diem-b": "2032-01-01", "dieu-3": "2032-01-01"},
        ),
        (
            "Quy định tại các khoản 1 và 2 Điều 2 có hiệu lực kể từ ngày 15/01/2031.",
            {"dieu-2.khoan-1": "2031-01-15", "dieu-2.khoan-2": "2031-01-15"},
        ),
        (
            "Các quy định tại Chương II của Luật này có hiệu lực từ ngày 01 tháng 3 năm 2032.",
            {"dieu-3": "2032-03-01", "dieu-4": "2032-03-01", "dieu-5": "2032-03-01"},
        ),
        (
            "Các điều, khoản sau đây có hiệu lực từ ngày 01 tháng 3 năm 2032:\na) Khoản 1 Điều 2;\nb) Điều 4.",
            {"dieu-2.khoan-1": "2032-03-01", "dieu-4": "2032-03-01"},
        ),
        (
            "Quy định về bản vẽ tại khoản 2 Điều 2 có hiệu lực thi hành từ ngày 01 tháng 3 năm 2032.",
            {"dieu-2.khoan-2 (Quy định về bản vẽ tại)": "2032-03-01"},
        ),
        (
            "Điều 3 của Luật này có hiệu lực từ ngày 01 tháng 7 năm 2031 đến hết ngày 28 tháng 02 năm 2033.",
            {"dieu-3": "2031-07-01–2033-03-01"},
        ),
        ("Khoản 1 Điều 2 của Luật này hết hiệu lực từ ngày 01 tháng 01 năm 2034.", {"dieu-2.khoan-1": "–2034-01-01"}),
    ],
)
def test_the_effect_article_gives_single_provisions_days_of_their_own(clause: str, expected: dict[str, str]) -> None:
    found = {}
    for effect in law(GENERAL, clause).effects:
        days = f"{effect.effective_on or ''}" + (f"–{effect.expires_on}" if effect.expires_on else "")
        found[effect.locator.path + (f" ({effect.matter})" if effect.matter else "")] = days
    assert found == expected


@pytest.mark.parametrize(
    "clause",
    [
        "Luật Cây cảnh số 5/2010/QH12 hết hiệu lực kể từ ngày Luật này có hiệu lực thi hành.",
        "Điều 7 của Luật Cây cảnh số 5/2010/QH12 hết hiệu lực từ ngày 01 tháng 01 năm 2032.",
        "Luật Cây cảnh hết hiệu lực từ ngày 01 tháng 7 năm 2031, trừ Điều 3 tiếp tục có hiệu lực đến hết ngày 31/12/2031.",
        "Giấy phép quy định tại Điều 4 của Luật này có hiệu lực đến hết ngày 31 tháng 12 năm 2032.",
        "Hồ sơ nộp trước ngày Luật này có hiệu lực thi hành thực hiện theo Điều 2 đến ngày 31 tháng 12 năm 2031.",
    ],
)
def test_days_of_other_documents_and_of_papers_are_not_taken_for_provisions(clause: str) -> None:
    assert law(GENERAL, clause).effects == ()


def test_a_day_that_cannot_be_counted_out_is_said() -> None:
    document = law(GENERAL, "Khoản 1 Điều 2 của Luật này có hiệu lực từ ngày Nghị quyết về cây xanh hết hiệu lực.")
    assert document.effects == ()
    assert "Không tính được ngày hiệu lực riêng của khoản 1 Điều 2" in [w.message for w in document.warnings]


def test_the_state_of_a_provision_follows_its_own_day() -> None:
    document = law(GENERAL, "Khoản 1 Điều 2 của Luật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2032.")
    late, other = Locator("dieu-2.khoan-1"), Locator("dieu-2.khoan-2")
    between = date(2031, 8, 1)
    assert document.effective_on == date(2031, 7, 1)
    assert validity_of(document, late, between) is Validity.NOT_YET
    assert validity_of(document, other, between) is Validity.IN_FORCE
    assert validity_of(document, late, date(2032, 1, 1)) is Validity.IN_FORCE


def test_a_point_has_the_day_of_its_clause_and_the_nearest_unit_wins() -> None:
    document = law(
        GENERAL,
        "Khoản 2 Điều 2 của Luật này có hiệu lực từ ngày 01 tháng 01 năm 2032.",
        "Điểm b khoản 2 Điều 2 của Luật này có hiệu lực từ ngày 01 tháng 01 năm 2033.",
    )
    assert effect_of(document, Locator("dieu-2.khoan-2.diem-a"))[0] == date(2032, 1, 1)
    assert effect_of(document, Locator("dieu-2.khoan-2.diem-b"))[0] == date(2033, 1, 1)
    assert effect_of(document, Locator("dieu-4"))[0] == date(2031, 7, 1)


def test_an_article_of_which_a_clause_has_ended_is_partly_expired() -> None:
    document = law(GENERAL, "Khoản 1 Điều 2 của Luật này có hiệu lực đến hết ngày 31 tháng 12 năm 2032.")
    assert validity_of(document, Locator("dieu-2"), date(2032, 12, 31)) is Validity.IN_FORCE
    assert validity_of(document, Locator("dieu-2"), date(2033, 1, 1)) is Validity.PARTLY_EXPIRED
    assert validity_of(document, Locator("dieu-2.khoan-1"), date(2033, 1, 1)) is Validity.EXPIRED


def test_an_article_with_a_day_of_its_own_is_indexed_under_it() -> None:
    document = law(GENERAL, "Điều 3 và khoản 1 Điều 2 của Luật này có hiệu lực từ ngày 01 tháng 01 năm 2032.")
    entries = {entry.locator: entry for entry in to_entries(document)}
    assert entries["dieu-3"].effective_on == date(2032, 1, 1)
    assert entries["dieu-2"].effective_on == date(2031, 7, 1)
    beside = from_json(entries["dieu-2"].payload["effects"])
    general = (entries["dieu-2"].effective_on, None)
    assert narrowed(beside, Locator("dieu-2.khoan-1"), general) == (date(2032, 1, 1), None)
    assert narrowed(beside, Locator("dieu-2.khoan-2"), general) == general


def test_json_and_outline_show_days_of_single_provisions() -> None:
    document = law(GENERAL, "Khoản 1 Điều 2 của Luật này có hiệu lực từ ngày 01 tháng 01 năm 2032.")
    row = to_json(document)["effects"][0]
    assert (row["locator"], row["effective_on"], row["place"]) == ("dieu-2.khoan-1", "2032-01-01", "dieu-5.khoan-2")
    assert "- khoản 1 Điều 2: từ ngày 01/01/2032 (theo khoản 2 Điều 5)" in outline(document)


AMENDING = """LUẬT
SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT CÂY XANH
Luật số: 30/2033/QH20
Điều 1. Sửa đổi, bổ sung một số điều của Luật Cây xanh
1. Sửa đổi, bổ sung Điều 3 như sau:
“Điều 3. Tưới cây
Cây được tưới hai ngày một lần.”.
2. Sửa đổi, bổ sung Điều 4 như sau:
“Điều 4. Cắt tỉa
Cây được cắt tỉa hai năm một lần.”.
Điều 2. Hiệu lực thi hành
1. Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2034, trừ trường hợp quy định tại khoản 2 Điều này.
2. Khoản 2 Điều 1 của Luật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2036.
"""


def in_force(on: date, amending: str = AMENDING) -> dict[str, str]:
    result = consolidate(law(GENERAL), [parse(amending)], on)
    return {held.locator.path: held.provision.text for held in result.provisions}


def test_an_amending_clause_changes_the_text_from_its_own_day() -> None:
    before, between, after = (in_force(date(year, 12, 31)) for year in (2033, 2035, 2036))
    assert before["dieu-3"] == "Cây được tưới mỗi ngày."
    assert between["dieu-3"] == "Cây được tưới hai ngày một lần."
    assert between["dieu-4"] == "Cây được cắt tỉa mỗi năm."
    assert after["dieu-4"] == "Cây được cắt tỉa hai năm một lần."


def test_an_amending_clause_may_hold_before_its_document_does() -> None:
    early = AMENDING.replace("01 tháng 01 năm 2036", "01 tháng 01 năm 2034")
    assert in_force(date(2034, 2, 1), early)["dieu-4"] == "Cây được cắt tỉa hai năm một lần."
    assert in_force(date(2034, 2, 1), early)["dieu-3"] == "Cây được tưới mỗi ngày."


def test_the_change_of_a_clause_bears_the_day_of_that_clause() -> None:
    result = consolidate(law(GENERAL), [parse(AMENDING)], date(2037, 1, 1))
    since = {held.locator.path: held.since for held in result.provisions if held.source}
    assert (since["dieu-3"], since["dieu-4"]) == (date(2034, 7, 1), date(2036, 1, 1))
