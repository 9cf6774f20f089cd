"""What a path is read as when no format is named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.index import Query, open_index
from assistant.index.values import Audience, Entry, Kind
from assistant.ingest import ingest, read_entries
from assistant.law.document import Locator

CORPUS = Path(__file__).parents[2] / "corpus"
GUIDE = sorted((CORPUS / "guides").glob("*.md"))[0]
PROCEDURE = sorted((CORPUS / "procedures").glob("*.yaml"))[0]
LETTER = """SỞ THỬ NGHIỆM
Số: 12/STN-VP
Kính gửi: Các phòng chuyên môn
Sở đề nghị các phòng nộp báo cáo quý trước ngày 25 của tháng cuối quý.
Nơi nhận:
- Như trên;
"""


def _read(path: Path, **options: object) -> list[Entry]:
    return list(read_entries(path, "auto", on_error=lambda where, why: pytest.fail(f"{where}: {why}"), **options))  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small folder laid out as corpus/ is."""
    for file in (GUIDE, PROCEDURE):
        (tmp_path / file.parent.name).mkdir()
        shutil.copy(file, tmp_path / file.parent.name)
    return tmp_path


def test_a_folder_laid_out_as_the_corpus_is_read_as_the_corpus(folder: Path, tmp_path: Path) -> None:
    index = open_index(f"chroma:{tmp_path / 'index'}", create=True)
    ingest([folder], index)
    assert index.count() == {"guide": 1, "procedure": 1}
    assert ingest([folder], index, format="corpus").unchanged == 2, "named or not, it is the same source"
    index.close()


def test_a_guide_or_procedure_file_alone_is_read_as_what_it_is(tmp_path: Path) -> None:
    assert [entry.kind for entry in _read(GUIDE)] == [Kind.GUIDE]
    assert [entry.kind for entry in _read(PROCEDURE)] == [Kind.PROCEDURE]
    plain = tmp_path / "cong-van.md"
    plain.write_text(LETTER, encoding="utf-8")
    assert {entry.kind for entry in _read(plain)} == {Kind.PROVISION}


def test_what_the_caller_says_narrows_who_reads_a_guide(tmp_path: Path) -> None:
    assert _read(PROCEDURE)[0].audience is Audience.CITIZEN
    assert _read(PROCEDURE, audience=Audience.STAFF, territory="79")[0].audience is Audience.STAFF
    assert _read(PROCEDURE, audience=Audience.STAFF, territory="79")[0].territory == "79"


def test_a_letter_without_articles_is_found_and_its_place_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "cong-van.txt").write_text(LETTER, encoding="utf-8")
    index = open_index(f"chroma:{tmp_path / 'index'}", create=True)
    ingest([tmp_path / "cong-van.txt"], index)
    hit = index.search(Query("nộp báo cáo quý trước ngày nào"))[0]
    assert str(Locator.parse(hit.entry.locator)) == "đoạn 1"
    index.close()
