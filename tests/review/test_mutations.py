"""Drafts in any state of disorder are reviewed: no exception, and every quotation is verbatim."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.review.conftest import review_text
from tests.review.seeds import NAMES, text_of

EDITS = st.lists(
    st.tuples(st.sampled_from(["drop", "double", "swap", "cut", "join", "upper"]), st.integers(0, 10_000)), max_size=12
)


def mutated(text: str, edits: list[tuple[str, int]]) -> str:
    lines = text.split("\n")
    for edit, where in edits:
        at = where % len(lines)
        line = lines[at]
        if edit == "drop" and len(lines) > 1:
            del lines[at]
        elif edit == "double":
            lines.insert(at, line)
        elif edit == "swap":
            lines[at], lines[-1] = lines[-1], line
        elif edit == "cut":
            lines[at : at + 1] = [line[: where % (len(line) + 1)], line[where % (len(line) + 1) :]]
        elif edit == "join" and at + 1 < len(lines):
            lines[at : at + 2] = [line + lines[at + 1]]
        elif edit == "upper":
            lines[at] = line.upper()
    return "\n".join(lines)


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(name=st.sampled_from(NAMES), edits=EDITS)
def test_a_mutated_draft_is_reviewed_with_verbatim_quotations(name: str, edits: list[tuple[str, int]]) -> None:
    report = review_text(mutated(text_of(name), edits))
    text = report.document.text
    assert all(text[f.start : f.end] == f.quote != "" for f in report.findings if text)
    assert [f.start for f in report.findings] == sorted(f.start for f in report.findings)
