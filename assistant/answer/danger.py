"""Third step: a message out of danger, however it is worded, is told whom to call before anything else.

The rules of ``screen`` know a few turns of speech, which also tell of last year's fire; this has learned from a
thousand messages out of danger which words, and which side by side, people use while it lasts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.answer.screen import rule_named
from assistant.answer.turn import Turn
from assistant.index.likelihood import places_in, terms_of

LEARNED = Path(__file__).parent / "data" / "danger.npz"
NUMBERS = ("", "113", "114", "115", "111")
# Found by eval/train_danger.py on messages it had not learned from (docs/log.md, 2026-11-29).
SURE, PERHAPS = 0.2, 0.08
SURE_WITH_WORDS = 0.01  # where a rule of ``screen`` has found its words
_RULES = {"113": "crime", "114": "fire", "115": "medical", "111": "child"}
CALL_FIRST = (
    "Nếu ngay lúc này có người đang gặp nguy hiểm, hãy gọi trước: **113** (công an), **114** (cháy nổ, cứu nạn) hoặc "
    "**115** (cấp cứu)."
)
Weights = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Alarm:
    """Báo động: a linear classifier of what is said.

    ``terms``: sorted, as ``terms_of`` numbers them; ``rarity``: of each; ``weights`` (numbers, terms), ``bias``
    (numbers).
    """

    terms: NDArray[np.uint32]
    rarity: Weights
    weights: Weights
    bias: Weights

    def heard(self, message: str) -> tuple[str, float]:
        """The number to call, and how surely (0…1) it has to be called now."""
        places, shares = self.known(message)
        logits = self.weights[:, places] @ shares + self.bias
        likely = np.exp(logits - logits.max())
        likely /= likely.sum()
        return NUMBERS[int(likely[1:].argmax()) + 1], float(1.0 - likely[0])

    def known(self, message: str) -> tuple[NDArray[np.intp], Weights]:
        """Where its terms stand, and how much each of them tells, rare ones the more; all together of length 1."""
        places = places_in(self.terms, terms_of(message))
        rarity = self.rarity[places]
        return places, rarity / max(float(np.sqrt(rarity @ rarity)), 1e-9)


@lru_cache(maxsize=1)
def open_alarm() -> Alarm:
    with np.load(LEARNED, allow_pickle=False) as stored:
        rest = (stored[name].astype(np.float32) for name in ("rarity", "weights", "bias"))
        return Alarm(stored["terms"], *rest)


def message_of(turn: Turn) -> str:
    """All that was said, as it was understood."""
    return ". ".join(ask.text for ask in turn.asks)


def danger(turn: Turn) -> Turn:
    """The step: ends a turn that is surely an emergency, and warns where it perhaps is one."""
    if turn.stray:
        return turn
    number, sure = open_alarm().heard(message_of(turn)) if turn.asks else ("", float(bool(turn.danger)))
    if sure >= (SURE_WITH_WORDS if turn.danger else SURE):
        return turn.ended(rule_named(turn.danger or _RULES[number]).answer())
    return turn.warned(CALL_FIRST) if turn.danger or sure >= PERHAPS else turn
