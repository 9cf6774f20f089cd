"""A doubt about money or time reaches whoever asks about either."""

from __future__ import annotations

import pytest

from assistant.answer.compose.lines import fee_doubts
from assistant.answer.compose.procedure import answer_procedure
from assistant.answer.compose.sources import Sources
from assistant.answer.pipeline import Resources
from assistant.answer.turn import Ask, Facet
from assistant.answer.values import Status
from assistant.index.values import Audience
from assistant.ingest.procedures import from_portal, to_entry
from tests.answer.conftest import TODAY
from tests.ingest.test_procedures import METHODS, record

FEE = "không kết luận là miễn phí"
TIME = "phần mô tả của bản ghi nêu 6 ngày làm việc"
ROW = "Trực tiếp1Miễn phí(Lệ phí: 9.000 đồng/rạp)Thời gian giải quyết 06 ngày làm việc."


@pytest.mark.parametrize("facets", [{Facet.FEE}, {Facet.TIME}, {Facet.DOSSIER}, {Facet.STEPS}, {Facet.WHERE}, set()])
def test_doubts_on_fee_and_time_are_shown_whatever_is_asked(resources: Resources, facets: set[Facet]) -> None:
    entry = to_entry(from_portal(record(cach_thuc_thuc_hien=METHODS + ROW)))
    sources = Sources(resources.index, resources.catalogue, TODAY, Audience.CITIZEN)
    part = answer_procedure(Ask("dựng rạp", "dựng rạp", facets=frozenset(facets)), entry, sources)
    shown = " ".join(part.warnings)
    assert FEE in shown and TIME in shown
    assert part.status is Status.ANSWERED_WITH_WARNING
    assert "1 (bản ghi không nêu đơn vị" in part.text and "06 ngày làm việc" in part.text


def test_the_doubts_of_a_procedure_that_is_only_named_with_its_fee_go_with_it() -> None:
    doubts = fee_doubts(to_entry(from_portal(record(cach_thuc_thuc_hien=METHODS + ROW))))
    assert doubts and all(doubt.startswith("Xin dựng rạp cưới trên vỉa hè: ") for doubt in doubts)
