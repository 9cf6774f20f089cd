"""The readers and the parser on real files beside the project, where they are present."""

import gzip
import json
import re
from itertools import islice
from pathlib import Path

import pytest

from assistant.ingest.codified import read_codified
from assistant.ingest.documents import to_entries
from assistant.ingest.parse import parse
from assistant.ingest.read import read

DATA = Path(__file__).parents[3] / "shared" / "data"
pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(not DATA.exists(), reason="the real data folder is not beside the project"),
]


def first(pattern: str, count: int) -> list[Path]:
    return sorted(DATA.glob(pattern))[:count]


def test_gazette_pages_give_whole_articles_without_running_heads() -> None:
    for path in first("law/gazette/nghi-dinh-*.pdf", 3):
        document = parse(read(path).text, source=path.name)
        numbers = [int(p.label) for p in document.provisions if p.kind == "article" and "." not in p.locator.path]
        assert numbers == list(range(1, len(numbers) + 1)), path.name
        assert not re.search(r"CÔNG BÁO/Số|Thời gian ký:", document.text), path.name
        assert document.doc_type == "Nghị định"
        assert document.issuing_body == "Chính phủ"


def test_laws_of_the_register_give_number_and_issuer_of_their_index() -> None:
    """One of the first five files prints another number than the register gives it."""
    index = [json.loads(line) for line in (DATA / "law/docx/index.jsonl").read_text(encoding="utf-8").splitlines()]
    known = [row for row in index if re.fullmatch(r"\d+/20[12]\d/QH\d+", str(row.get("number")))][:5]
    documents = [parse(read(DATA / "law/docx" / row["file"]).text, source=row["file"]) for row in known]
    assert sum(document.number == row["number"] for document, row in zip(documents, known, strict=True)) >= 4
    assert {document.issuing_body for document in documents} == {"Quốc hội"}


def test_an_article_of_the_register_equals_the_same_article_in_the_codified_set(tmp_path: Path) -> None:
    path = next(path for path in sorted((DATA / "law/docx").glob("*.docx")) if "24/2018/QH14" in read(path).text[:400])
    own = {entry.id: entry for entry in to_entries(parse(read(path).text, source=path.name))}
    head = tmp_path / "head.jsonl"
    with gzip.open(DATA / "law/codified.jsonl.gz", "rt", encoding="utf-8") as lines:
        head.write_text("".join(islice(lines, 40)), encoding="utf-8")
    compared = list(read_codified(head, numbers=("24/2018/QH14",)))
    assert len(compared) > 5
    for entry in compared:
        assert own[entry.id].heading == entry.heading
        assert re.findall(r"\w+", own[entry.id].text) == re.findall(r"\w+", entry.text)
