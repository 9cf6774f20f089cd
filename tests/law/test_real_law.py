"""On the real data beside the project: an amended law becomes what the codified law says it is."""

import difflib
import gzip
import json
import re
from collections import defaultdict
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.ingest.parse import parse
from assistant.ingest.read import read
from assistant.law.amendment import consolidate, find_operations
from assistant.law.citation import find_citations
from assistant.law.document import Document

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "law"
pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(not DATA.is_dir(), reason="thư mục dữ liệu ../shared/data không có ở đây"),
]


def law(number: str) -> Document:
    rows = [json.loads(line) for line in (DATA / "docx" / "index.jsonl").read_text(encoding="utf-8").splitlines()]
    row = next(row for row in rows if row.get("number") == number)
    document = parse(read(DATA / "docx" / row["file"]).text, source=row["file"])
    return replace(document, number=number, subject=row["title"], effective_on=date.fromisoformat(row["effective_on"]))


def codified(number: str) -> dict[str, dict[str, str]]:
    with gzip.open(DATA / "codified.jsonl.gz", "rt", encoding="utf-8") as lines:
        return {row["article"]: row for row in map(json.loads, lines) if row["number"] == number}


def words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def test_a_consolidated_law_reads_like_the_codified_one():
    base, amendment = law("49/2019/QH14"), law("23/2023/QH15")
    result = consolidate(base, [amendment], date(2026, 1, 1))
    assert result.complete
    assert len(result.applied) >= 20
    texts: dict[str, list[str]] = defaultdict(list)
    changed = set()
    for held in result.provisions:
        article = held.locator.label("dieu")
        if article:
            label = held.provision.label if held.locator.label("khoan") else ""
            texts[article].append(f"{label} {held.provision.text}")
            changed |= {article} if held.source else set()
    known = codified("49/2019/QH14")
    compared = [article for article in changed if "23/2023/QH15" in known.get(article, {}).get("source_note", "")]
    assert len(compared) >= 10
    for article in compared:
        ours, theirs = words(" ".join(texts[article])), words(known[article]["text"])
        assert difflib.SequenceMatcher(None, ours, theirs, autojunk=False).ratio() >= 0.98, article


def test_every_instruction_of_a_long_amending_law_has_a_place_and_its_wording():
    operations = find_operations(law("88/2025/QH15").provisions)
    assert len(operations) > 100
    assert all(operation.locator.path for operation in operations)
    assert all(operation.text for operation in operations if operation.kind in ("amend", "insert", "rename"))


def test_citations_of_real_articles_lie_in_their_text():
    with gzip.open(DATA / "codified.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for _, line in zip(range(1500), lines, strict=False)]
    found = 0
    for text in texts:
        for reference in find_citations(text):
            found += 1
            assert 0 <= reference.start < reference.end <= len(text)
    assert found > 1000
