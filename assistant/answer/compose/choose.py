"""Which of the found records answer: the floor under which nothing counts, and when to ask back."""

from __future__ import annotations

import re

from assistant.answer.topic import topic_words
from assistant.answer.turn import Ask, Facet
from assistant.index.values import Hit, Kind
from assistant.language.normalise import fold

# Chosen on the development questions (docs/log.md): below it a hit is as often wrong as right.
FLOOR = 0.55
SURE = 0.75  # a supplement must be certain by itself
SUPPLEMENT = 0.12  # a second record so near to the first in score belongs to the answer
MAX_PROVISIONS = 2
PRACTICAL = frozenset({Facet.DOSSIER, Facet.FEE, Facet.WHERE, Facet.FORM, Facet.ONLINE, Facet.STEPS, Facet.TIME})
PROCEDURE_FIRST = 0.3  # a procedure found this near to the best hit is preferred when papers or fees are asked


def confidence(hit: Hit, ask: Ask) -> float:
    """0…1: how surely the entry speaks of the question, from signals that do not depend on the other hits.

    Half is the share of the topic's words that stand in the entry (its names count more than its text), half the
    cosine, stretched over the range in which this family of embeddings tells things apart (0.84 to 0.94).
    """
    words = [fold(word) for word in topic_words(ask.text)]
    entry = hit.entry
    names = set(_words(" ".join((entry.title, entry.heading, *entry.aliases))))
    body = names | set(_words(entry.text))
    in_names = sum(word in names for word in words) / len(words) if words else 0.0
    in_body = sum(word in body for word in words) / len(words) if words else 0.0
    near = min(max((hit.signals.get("dense", 0.0) - 0.84) / 0.10, 0.0), 1.0)
    return 0.25 * in_names + 0.25 * in_body + 0.5 * near


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))


def lead_hits(ask: Ask) -> list[Hit]:
    """The records to answer from, best first; [] when nothing was found."""
    found = [hit for hit in ask.hits if confidence(hit, ask) >= FLOOR]
    if not found:
        return []
    lead = _practical(ask, found) or found[0]
    if lead.entry.kind is Kind.PROVISION:
        near = [h for h in found if h.entry.kind is Kind.PROVISION and lead.score - h.score <= SUPPLEMENT]
        return near[:MAX_PROVISIONS]
    other = Kind.GUIDE if lead.entry.kind is Kind.PROCEDURE else Kind.PROCEDURE
    near = [
        hit
        for hit in found
        if hit.entry.kind is other and lead.score - hit.score <= SUPPLEMENT and confidence(hit, ask) >= SURE
    ]
    return [lead, *near[:1]]


def _practical(ask: Ask, found: list[Hit]) -> Hit | None:
    """Papers, fees and where to go are asked of a procedure, even where the law behind it matches a little better."""
    if not ask.facets & PRACTICAL:
        return None
    near = (h for h in found if h.entry.kind is Kind.PROCEDURE and found[0].score - h.score <= PROCEDURE_FIRST)
    return next(near, None)


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
