"""A cited clause is looked for in the wording of the day, and an amendment that was put in leaves no doubt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.index import Index, open_index
from assistant.ingest import ingest
from assistant.law.catalogue import Catalogue
from assistant.law.catalogue_rows import CatalogueRow, Relation
from assistant.law.citation import find_citations
from assistant.review.check import Context, Unchecked
from assistant.review.cited import Found, Missing, look_up
from tests.ingest.test_merged import AFTER, AMENDMENT, BASE, BEFORE, NUMBER

AMENDING = CatalogueRow("25/2023/NĐ-CP", effective_on=AFTER, relations=(Relation("amends", NUMBER, AFTER),))
CATALOGUE = Catalogue((CatalogueRow(NUMBER, effective_on=date(2020, 3, 1)), AMENDING))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder: Path = tmp_path_factory.mktemp("nghi-dinh")
    (folder / "a.txt").write_text(BASE, encoding="utf-8")
    (folder / "b.txt").write_text(AMENDMENT, encoding="utf-8")
    opened = open_index(f"chroma:{tmp_path_factory.mktemp('index')}", create=True)
    ingest([folder], opened)
    yield opened
    opened.close()


def _look_up(index: Index, on: date) -> Found | Missing | Unchecked:
    (reference,) = find_citations(f"theo điểm c khoản 2 Điều 2 Nghị định số {NUMBER}")
    return look_up(reference, Context(CATALOGUE, texts=index), on)


def test_a_repealed_point_is_found_before_and_missing_after(index: Index) -> None:
    before, after = _look_up(index, BEFORE), _look_up(index, AFTER)
    assert isinstance(before, Found) and "Giấy xác nhận nơi ở" in before.text
    assert isinstance(after, Missing), "the amendment was read: the stored text is that of the day"
