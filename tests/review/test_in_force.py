"""Texts in force, and the shipped catalogue: almost nothing to say."""

from __future__ import annotations

import json
from datetime import date

import pytest
import yaml

from assistant.review import Report, review
from tests.review.conftest import pinned, shipped
from tests.review.seeds import HERE, NAMES

DATA = HERE.parents[2] / "shared" / "data"
LAWS = DATA / "law" / "docx"
GAZETTE = DATA / "law" / "gazette"
NUMBERING = ("K30", "K31", "K50")


@pytest.mark.parametrize("name", NAMES)
def test_the_shipped_catalogue_accuses_no_clean_draft(name: str) -> None:
    catalogue, names = shipped()
    path = HERE / "drafts" / f"{name}.txt"
    report = review(path, on=date(2026, 11, 25), catalogue=catalogue, names=names, texts=pinned()[2])
    assert [(f.check, f.quote) for f in report.findings if f.severity in ("critical", "major")] == []


def unexplained(report: Report, file: str) -> list[str]:
    """Findings on numbering and references that nobody has read and called a defect of the file."""
    verdicts = yaml.safe_load((HERE / "verdicts.yaml").read_text(encoding="utf-8"))
    real = [
        (row["check"], row["quote"]) for row in verdicts if file.startswith(row["file"]) and row["verdict"] == "real"
    ]
    found = ((f.check, " ".join(f.quote.split())) for f in report.findings if f.check in NUMBERING)
    return [
        f"{check} {quote}" for check, quote in found if not any(check == c and quote.startswith(q) for c, q in real)
    ]


@pytest.mark.data
@pytest.mark.skipif(not LAWS.exists(), reason="không có dữ liệu thật ../shared/data/law/docx")
def test_laws_of_the_register_raise_no_alarm_on_numbering_or_references() -> None:
    catalogue, names = shipped()
    rows = [json.loads(line) for line in (LAWS / "index.jsonl").read_text(encoding="utf-8").splitlines()]
    alarms = []
    for row in rows[::9]:
        on = date.fromisoformat(row.get("issued_on") or "2020-01-01")
        report = review(LAWS / row["file"], on=on, catalogue=catalogue, names=names)
        alarms += [f"{row['file']}: {alarm}" for alarm in unexplained(report, row["file"])]
    assert alarms == []


@pytest.mark.data
@pytest.mark.skipif(not GAZETTE.exists(), reason="không có dữ liệu thật ../shared/data/law/gazette")
def test_gazette_pages_raise_no_alarm_on_numbering_or_references() -> None:
    catalogue, names = shipped()
    alarms = []
    for path in sorted(GAZETTE.glob("*.pdf"))[::6]:
        report = review(path, on=date(2026, 4, 1), catalogue=catalogue, names=names)
        alarms += [f"{path.name}: {alarm}" for alarm in unexplained(report, path.name)]
    assert alarms == []
