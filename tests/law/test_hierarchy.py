"""Rank of documents, who issues what, and the earliest day of effect."""

from datetime import date
from itertools import pairwise

import pytest

from assistant.law.hierarchy import Rank, Standing, earliest_effect, forms_of, outranks, prevails, rank_of


@pytest.mark.parametrize(
    ("doc_type", "body", "number", "rank"),
    [
        ("Hiến pháp", "Quốc hội", None, Rank.CONSTITUTION),
        ("Bộ luật", None, "100/2015/QH13", Rank.LAW),
        ("Nghị quyết", "Quốc hội", "98/2023/QH15", Rank.LAW),
        (None, None, "31/2024/QH15", Rank.LAW),
        ("Nghị quyết", "Ủy ban Thường vụ Quốc hội", "04/2008/UBTVQH12", Rank.ORDINANCE),
        (None, None, "44/2002/PL-UBTVQH10", Rank.ORDINANCE),
        ("Quyết định", "Chủ tịch nước", "5/2020/QĐ-CTN", Rank.PRESIDENT),
        (None, None, "78/2025/NĐ-CP", Rank.DECREE),
        ("Nghị quyết", "Chính phủ", "66.7/2025/NQ-CP", Rank.DECREE),
        (None, None, "29/2026/QĐ-TTg", Rank.PRIME_MINISTER),
        (None, None, "1058/QĐ-TTg", Rank.NOT_NORMATIVE),
        (None, None, "01/2016/NQ-HĐTP", Rank.JUDGES_COUNCIL),
        (None, None, "03/2025/TT-VPCP", Rank.CIRCULAR),
        (None, None, "05/2016/TTLT-BTP-BCA", Rank.JOINT_CIRCULAR),
        ("Nghị quyết", "Hội đồng nhân dân Thành phố Hồ Chí Minh", "12/2025/NQ-HĐND", Rank.PROVINCE_COUNCIL),
        ("Quyết định", "Ủy ban nhân dân tỉnh Đắk Lắk", "43/2025/QĐ-UBND", Rank.PROVINCE_COMMITTEE),
        ("Quyết định", "Chủ tịch Ủy ban nhân dân tỉnh Đắk Lắk", "44/2025/QĐ-UBND", Rank.PROVINCE_CHAIRMAN),
        ("Nghị quyết", "Hội đồng nhân dân phường Bến Thành", "01/2026/NQ-HĐND", Rank.COMMUNE_COUNCIL),
        ("Quyết định", "Ủy ban nhân dân xã Bình Mỹ", "02/2026/QĐ-UBND", Rank.COMMUNE_COMMITTEE),
        ("Quyết định", "Ủy ban nhân dân quận 1", "02/2020/QĐ-UBND", Rank.COMMUNE_COMMITTEE),
        ("Quyết định", "Ủy ban nhân dân Thành phố Hồ Chí Minh", "322/QĐ-UBND", Rank.NOT_NORMATIVE),
        ("Công văn", "Bộ Tư pháp", None, Rank.NOT_NORMATIVE),
        (None, None, "107-KL/TW", Rank.NOT_NORMATIVE),
    ],
)
def test_each_document_has_its_rank(doc_type, body, number, rank):
    assert rank_of(doc_type, body, number) is rank


def test_the_ladder_is_that_of_article_4():
    ladder = [Rank.LAW, Rank.ORDINANCE, Rank.DECREE, Rank.PRIME_MINISTER, Rank.CIRCULAR, Rank.PROVINCE_COUNCIL]
    assert all(outranks(Standing(a), Standing(b)) for a, b in pairwise(ladder))
    assert len(Rank) == 16


def test_equal_ranks_do_not_outrank_each_other_but_the_later_of_one_issuer_prevails():
    old = Standing(Rank.DECREE, issued_on=date(2020, 1, 1))
    new = Standing(Rank.DECREE, issued_on=date(2024, 1, 1))
    assert not outranks(new, old)
    assert prevails(new, old, same_issuer=True)
    assert not prevails(old, new, same_issuer=True)
    assert not prevails(new, old, same_issuer=False)


def test_local_texts_of_different_provinces_do_not_meet():
    council, committee = Standing(Rank.PROVINCE_COUNCIL, "79"), Standing(Rank.PROVINCE_COMMITTEE, "48")
    assert not outranks(council, committee)
    assert outranks(Standing(Rank.CIRCULAR), committee)
    assert outranks(Standing(Rank.PROVINCE_COUNCIL, "48"), committee)


def test_a_text_without_norms_outranks_nothing():
    assert not outranks(Standing(Rank.NOT_NORMATIVE), Standing(Rank.COMMUNE_COMMITTEE, "79"))


def test_a_peoples_committee_issues_decisions_and_a_department_issues_no_norms():
    (form,) = forms_of("Ủy ban nhân dân cấp tỉnh")
    assert (form.doc_type, form.rank) == ("Quyết định", Rank.PROVINCE_COMMITTEE)
    assert "64/2025/QH15" in form.basis
    assert {form.doc_type for form in forms_of("Quốc hội")} == {"Hiến pháp", "Bộ luật", "Luật", "Nghị quyết"}
    assert forms_of("Sở Tư pháp") == ()


@pytest.mark.parametrize(
    ("rank", "signed", "first"),
    [
        (Rank.PROVINCE_COMMITTEE, date(2025, 12, 18), date(2025, 12, 28)),
        (Rank.COMMUNE_COUNCIL, date(2026, 2, 20), date(2026, 3, 2)),
        (Rank.DECREE, date(2026, 1, 1), date(2026, 2, 15)),
    ],
)
def test_a_text_takes_effect_after_10_or_45_days(rank, signed, first):
    found = earliest_effect(rank, signed)
    assert found is not None
    assert found[0] == first
    assert "Điều 53" in found[1].basis


def test_the_simplified_procedure_allows_the_day_of_signing_and_older_texts_have_no_rule_here():
    signed = date(2026, 1, 1)
    found = earliest_effect(Rank.DECREE, signed, expedited=True)
    assert found is not None and found[0] == signed
    assert earliest_effect(Rank.DECREE, date(2024, 1, 1)) is None
    assert earliest_effect(Rank.NOT_NORMATIVE, signed) is None
