"""Which of the nearest hits speaks most of the question: what puts guides and procedures in order.

Provisions keep the order of the index, whose ranker knows more of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from assistant.answer.confidence import evidence
from assistant.answer.turn import Ask
from assistant.index.overlap import overlaps
from assistant.index.reading import in_one_spelling, read
from assistant.index.values import Hit, Kind

NEAREST = 12  # hits whose order is looked at again
# The weights of a conditional logit, in units of the index's score (eval/train_speaking.py; docs/log.md, 2026-11-29).
WEIGHTS = {
    "pairs": 0.36,
    "window": 1.39,
    "asked": 4.9,
    "likely": 5.21,
    "said": 4.76,
    "procedure": 0.68,
}

# Added to what is expected of a record that has no sample questions: the right one is above what is expected.
FAIR = 0.1
_KNOWN = ("asked", "likely", "said")  # of what confidence is made of, by sample questions


def speaking(ask: Ask) -> dict[str, float]:
    """Entry id → what is added to its standing. Provisions share what the first of them has."""
    nearest = ask.hits[:NEAREST]
    provisions = [hit for hit in nearest if hit.entry.kind is Kind.PROVISION]
    if len(provisions) == len(nearest):
        return {}
    weighed = (*(hit for hit in nearest if hit.entry.kind is not Kind.PROVISION), *provisions[:1])
    sums = (told(ask, weighed) @ np.array(list(WEIGHTS.values()))).tolist()
    added = dict(zip((hit.entry.id for hit in weighed), sums, strict=True))
    return added | {hit.entry.id: added[provisions[0].entry.id] for hit in provisions}


def told(ask: Ask, hits: Sequence[Hit]) -> NDArray[np.float64]:
    """Hits (one at least) × ``WEIGHTS``, each about 0…1: what confidence knows of it, what it holds of the question.

    ``pairs``: its pairs of neighbouring syllables, the rarer among the hits the more; ``window``: its syllables in one
    window of the text; ``procedure``: records say things once, and would stand behind guides for it.
    """
    known = [evidence(hit, ask) for hit in hits]
    by_samples = (np.array([row[name] + FAIR * (1.0 - row["sampled"]) for row in known]) for name in _KNOWN)
    is_procedure = np.array([float(hit.entry.kind is Kind.PROCEDURE) for hit in hits])
    return np.stack([*_held(ask, hits), *by_samples, is_procedure], axis=1)


def _held(ask: Ask, hits: Sequence[Hit]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The shares of the question's pairs, and of its syllables in one window, that each hit holds."""
    readings = [read(hit.entry) for hit in hits]
    asked, forms = in_one_spelling(ask.text, ask.typed, readings)
    _, pairs, _, window = islice(overlaps(asked, forms, [reading.windows for reading in readings]), 4)
    return pairs, window
