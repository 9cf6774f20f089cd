"""Sample questions as if nobody had asked them yet: what a new question finds in an index that knows the earlier ones.

Of the sample questions on the shipped records those after the first ``EARLIER`` were written later, by others and
without seeing them. Asked of an index that knows only the earlier ones, they are as strange to it as a person's.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from hidden import know_only
from written import ASKING, SHIPPED

from assistant.index import Index
from assistant.ingest.corpus import sample_questions
from assistant.settings import settings

EARLIER = 47_154
EVERY = 3  # of the later ones, every so-manieth is asked


def later() -> list[dict[str, Any]]:
    """``question``, ``gold``, ``audience`` of those asked."""
    lines = (ASKING / f"{SHIPPED}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines[EARLIER::EVERY]]


def forget_later(index: Index) -> None:
    """Make an open index know the earlier sample questions alone."""
    know_only(_earlier(), index)


def _earlier() -> Iterator[tuple[str, tuple[str, ...]]]:
    lines = (ASKING / f"{SHIPPED}.jsonl").read_text(encoding="utf-8").splitlines()
    unknown = {json.loads(line)["question"] for line in islice(lines, EARLIER, None)}
    return (row for row in sample_questions(settings().corpus) if row[0] not in unknown)
