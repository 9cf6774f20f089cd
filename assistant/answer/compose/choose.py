"""Which of the found records answer: the floor under which nothing counts, and when to ask back."""

from __future__ import annotations

from assistant.answer.turn import Ask
from assistant.answer.understand import topic_words
from assistant.index.values import Hit, Kind
from assistant.language.normalise import fold

# Chosen on the development questions (eval/questions): below them a hit is as often wrong as right.
FLOOR = {Kind.PROCEDURE: 0.60, Kind.GUIDE: 0.55, Kind.PROVISION: 0.60}
SUPPLEMENT = 0.12  # a second record so near to the first in score belongs to the answer
MAX_PROVISIONS = 2


def confidence(hit: Hit, ask: Ask) -> float:
    """0…1: how surely the entry speaks of the question, from signals that do not depend on the other hits."""
    cosine = hit.signals.get("cosine", 0.0)
    coverage = hit.signals.get("coverage", 0.0)
    del ask
    return 0.5 * min(max((cosine - 0.78) / 0.14, 0.0), 1.0) + 0.5 * coverage


def lead_hits(ask: Ask) -> list[Hit]:
    """The records to answer from, best first; [] when nothing was found."""
    found = [hit for hit in ask.hits if confidence(hit, ask) >= FLOOR[hit.entry.kind]]
    if not found:
        return []
    lead = found[0]
    if lead.entry.kind is Kind.PROVISION:
        near = [h for h in found if h.entry.kind is Kind.PROVISION and lead.score - h.score <= SUPPLEMENT]
        return near[:MAX_PROVISIONS]
    other = Kind.GUIDE if lead.entry.kind is Kind.PROCEDURE else Kind.PROCEDURE
    near = [h for h in found if h.entry.kind is other and lead.score - h.score <= SUPPLEMENT]
    return [lead, *near[:1]]


def options_to_clarify(ask: Ask) -> tuple[str, ...]:
    """A bare topic (“căn cước”) that several procedures share is asked back, not guessed."""
    topic = {fold(word) for word in topic_words(ask.text)}
    if ask.facets or not topic or len(topic) > 2:
        return ()
    sharing = [
        hit.entry
        for hit in ask.hits
        if hit.entry.kind is Kind.PROCEDURE and topic <= set(fold(hit.entry.title).replace(",", " ").split())
    ]
    names = {fold(name) for entry in sharing for name in (entry.title, *entry.aliases)}
    if len(sharing) < 3 or " ".join(fold(w) for w in topic_words(ask.text)) in names:
        return ()
    return tuple(dict.fromkeys(entry.title for entry in sharing))[:5]
