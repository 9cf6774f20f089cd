"""A quoted source that is not plainly in force is given with a warning that says why."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from assistant.answer.compose.provision import force_warning
from assistant.answer.compose.sources import Sources
from assistant.answer.pipeline import Resources
from assistant.index.values import Audience
from assistant.law.catalogue import Catalogue
from assistant.law.catalogue_rows import CatalogueRow, Relation
from tests.answer.conftest import LAW, provision

ON = date(2026, 11, 21)
ENTRY = provision("3", "Tiền gửi xe", "Xe máy trả 3.000 đồng.")
OLD = CatalogueRow(LAW, title="Luật Bãi giữ xe cơ quan", effective_on=date(2021, 1, 1))


def _newer(note: str) -> CatalogueRow:
    relation = Relation("replaces", LAW, date(2026, 1, 1), note)
    return CatalogueRow("09/2025/QH99", effective_on=date(2026, 1, 1), relations=(relation,))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((OLD,), ""),
        ((OLD, _newer("")), "hết hiệu lực tại ngày 21/11/2026, được thay thế bởi 09/2025/QH99"),
        ((OLD, _newer("có quy định còn tiếp tục áp dụng")), "hết hiệu lực một phần (có quy định còn tiếp tục áp dụng"),
    ],
)
def test_what_is_known_of_the_documents_force_is_said(
    resources: Resources, rows: tuple[CatalogueRow, ...], said: str
) -> None:
    sources = Sources(resources.index, Catalogue(rows), ON, Audience.CITIZEN)
    warning = force_warning(ENTRY, sources)
    assert said in warning if said else not warning


def _amending(number: str, day: date) -> CatalogueRow:
    return CatalogueRow(number, effective_on=day, relations=(Relation("amends", LAW, day),))


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        ({}, ("10/2023/QH99 (từ 01/07/2023)", "11/2026/QH99 (từ 01/07/2026)")),  # the law as issued
        ({"changes": []}, ("11/2026/QH99 (từ 01/07/2026)",)),  # a register that carried out the older one
        ({"changes": [{"number": "11/2026/QH99"}]}, ()),
    ],
)
def test_an_amendment_that_the_text_may_not_hold_is_named(
    resources: Resources, payload: dict[str, object], said: tuple[str, ...]
) -> None:
    rows = (OLD, _amending("10/2023/QH99", date(2023, 7, 1)), _amending("11/2026/QH99", date(2026, 7, 1)))
    sources = Sources(resources.index, Catalogue(rows), ON, Audience.CITIZEN)
    warning = force_warning(dataclasses.replace(ENTRY, payload=payload), sources)
    assert all(each in warning for each in said) and bool(warning) == bool(said)
    assert ("10/2023/QH99" in warning) == ("10/2023/QH99 (từ 01/07/2023)" in said)


def test_a_wording_put_together_here_says_out_of_what_and_what_is_missing(resources: Resources) -> None:
    payload = {
        "merged": [{"number": "10/2023/QH99", "on": "2023-07-01"}],
        "merge_notes": ["Chưa áp dụng được sửa đổi của 11/2026/QH99: văn bản không có khoản 9 Điều 3"],
        "issued_effect": "2021-01-01",
        "amendments_read": ["10/2023/QH99"],
    }
    rows = (OLD, _amending("10/2023/QH99", date(2023, 7, 1)), _amending("11/2026/QH99", date(2026, 7, 1)))
    entry = dataclasses.replace(ENTRY, payload=payload, effective_on=date(2023, 7, 1))
    warning = force_warning(entry, Sources(resources.index, Catalogue(rows), ON, Audience.CITIZEN))
    assert "được ghép theo 10/2023/QH99 (từ 01/07/2023), chưa phải văn bản hợp nhất chính thức" in warning
    assert "được sửa đổi bởi 11/2026/QH99 (từ 01/07/2026); điều được trích chưa ghi nhận" in warning
    assert "không có khoản 9 Điều 3" in warning
