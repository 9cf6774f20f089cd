"""Third step: a message out of danger, however it is worded, is told whom to call before anything else.

The rules of ``screen`` know the words, which people seldom use and which also tell of last year's fire; this knows the
meaning, from the vector of the message.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.answer.screen import rule_named
from assistant.answer.turn import Step, Turn
from assistant.index.embed import CachedEmbeddings

LEARNED = Path(__file__).parent / "data" / "danger.npz"
NUMBERS = ("", "113", "114", "115")
# Found by eval/train_danger.py on messages it had not learned from (docs/log.md, 2026-11-28).
SURE, PERHAPS = 0.7, 0.3
SURE_WITH_WORDS = 0.001  # where a rule of ``screen`` has found its words: only what it is sure of is let pass
SHORTEST = 8  # syllables: it has learned from whole sentences, and takes “làm hoài chưa lên bậc” for an emergency
_RULES = {"113": "crime", "114": "fire", "115": "medical"}
CALL_FIRST = (
    "Nếu ngay lúc này có người đang gặp nguy hiểm, hãy gọi trước: **113** (công an), **114** (cháy nổ, cứu nạn) hoặc "
    "**115** (cấp cứu)."
)


@dataclass(frozen=True, slots=True)
class Alarm:
    """Báo động: a linear classifier of vectors of messages: ``weights`` (numbers, dimension), ``bias`` (numbers)."""

    embeddings: CachedEmbeddings
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def heard(self, message: str) -> tuple[str, float]:
        """The number to call, and how surely (0…1) it has to be called now."""
        logits = self.weights @ self.embeddings.query(message) + self.bias
        shares = np.exp(logits - logits.max())
        shares /= shares.sum()
        return NUMBERS[int(shares[1:].argmax()) + 1], float(1.0 - shares[0])


def open_alarm(embeddings: CachedEmbeddings) -> Alarm | None:
    """None where messages are embedded by another model than the one it has learned with: the rules remain."""
    with np.load(LEARNED, allow_pickle=False) as stored:
        if str(stored["model"]) != embeddings.name:
            return None
        return Alarm(embeddings, stored["weights"], stored["bias"])


def message_of(turn: Turn) -> str:
    """All that was said, as it was understood."""
    return ". ".join(ask.text for ask in turn.asks)


def danger(alarm: Alarm | None) -> Step:
    """The step: ends a turn that is surely an emergency, and warns where it perhaps is one."""

    def step(turn: Turn) -> Turn:
        if turn.stray:
            return turn
        message = message_of(turn)
        number, sure = alarm.heard(message) if alarm and turn.asks else ("", float(bool(turn.danger)))
        told = turn.danger or len(message.split()) >= SHORTEST
        if told and sure >= (SURE_WITH_WORDS if turn.danger else SURE):
            return turn.ended(rule_named(turn.danger or _RULES[number]).answer())
        return turn.warned(CALL_FIRST) if turn.danger or sure >= PERHAPS else turn

    return step
