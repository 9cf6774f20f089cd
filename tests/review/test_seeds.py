"""The seeded-defect test: each defect is found, and nothing else; clean drafts are clean."""

from __future__ import annotations

import pytest

from assistant.review.checks import CHECKS
from tests.review.conftest import review_text
from tests.review.seeds import NAMES, SEEDS, Seed, text_of


@pytest.mark.parametrize("name", NAMES)
def test_a_clean_draft_has_no_finding(name: str) -> None:
    report = review_text(text_of(name))
    assert [(f.check, f.quote, f.reason) for f in report.findings] == []


@pytest.mark.parametrize("seed", SEEDS, ids=lambda s: f"{s.check}-{s.draft}")
def test_a_seeded_defect_is_found_and_no_other(seed: Seed) -> None:
    report = review_text(seed.apply(text_of(seed.draft)))
    assert {f.check for f in report.findings} == {seed.check}, [(f.check, f.quote, f.reason) for f in report.findings]
    for finding in report.findings:
        assert report.document.text[finding.start : finding.end] == finding.quote != ""
        assert finding.place and finding.reason and finding.basis and finding.proposal
        assert 0 < finding.confidence <= 1
    assert any(seed.quote in " ".join(f.quote.split()) for f in report.findings), [f.quote for f in report.findings]


def test_every_check_has_a_seed_or_a_test_on_a_file() -> None:
    on_files = {"K44"}  # test_file_facts.py
    assert {check.id for check in CHECKS} - {seed.check for seed in SEEDS} <= on_files
