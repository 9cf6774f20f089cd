"""One score from several signals: the same for every engine."""

from __future__ import annotations

from collections.abc import Mapping

Signals = Mapping[str, Mapping[str, float]]  # signal → entry id → raw score

# Weights of the signals after each is stretched to 0..1 over the candidates; tuned by cross-validation (docs/log.md).
# Those of sample questions are added to the others, which alone make up 1.
ASKED = {"asked": 0.6, "likely": 0.6}
ACCENTED = {"dense": 0.55, "lexical": 0.27, "folded": 0.05, "name": 0.13, **ASKED}  # the question had diacritics
BARE = {"dense": 0.60, "lexical": 0.18, "folded": 0.13, "name": 0.09, **ASKED}  # none: what was restored may be wrong
# The best lexical score per token of the question: below the first it only tells a topic, so that names count; above
# the second it repeats words of the text, and names and other people's questions lead astray.
TOPIC, QUOTATION = 1.0, 2.0
# A sample question as near as the first says nothing of this one; one as near as the second asks the same.
NEAR = {"asked": (0.45, 0.85), "likely": (6.0, 16.0)}
OWN_TERRITORY = 0.02  # added for documents of the territory asked about


def stretch(scores: Mapping[str, float], lowest: float | None = None) -> dict[str, float]:
    """Scores to 0..1 (min-max); ``lowest`` fixes the lower end."""
    if not scores:
        return {}
    low = min(scores.values()) if lowest is None else lowest
    span = max(scores.values()) - low
    return {name: (score - low) / span if span > 0 else 1.0 for name, score in scores.items()}


def weights(base: Mapping[str, float], signals: Signals, tokens: int) -> dict[str, float]:
    """The weights for a question of so many tokens: names and sample questions count the less, the more it repeats
    the text.
    """
    best = max(signals.get("lexical", {}).values(), default=0.0) / max(tokens, 1)
    quoted = min(1.0, max(0.0, (best - TOPIC) / (QUOTATION - TOPIC)))
    return {**base, **{name: base[name] * (1.0 - quoted) for name in ("name", *ASKED)}}


def fuse(signals: Signals, weights: Mapping[str, float]) -> dict[str, float]:
    """Entry id → weighted sum of its stretched signals; a signal it lacks counts nothing."""
    fused: dict[str, float] = {}
    for name, weight in weights.items():
        for entry_id, value in _comparable(name, signals.get(name, {})).items():
            fused[entry_id] = fused.get(entry_id, 0.0) + weight * value
    return fused


def _comparable(signal: str, scores: Mapping[str, float]) -> dict[str, float]:
    """Each about 0..1. Most entries have no sample question: the best there is may be none."""
    if signal in NEAR:
        low, high = NEAR[signal]
        return {name: min(1.0, max(0.0, (cosine - low) / (high - low))) for name, cosine in scores.items()}
    # BM25 starts at 0, where no word is shared; cosines of unrelated texts do not
    return stretch(scores, None if signal == "dense" else 0.0)
