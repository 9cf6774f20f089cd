"""Which of the found records answer: the floor under which nothing counts, and when to ask back."""

from __future__ import annotations

from assistant.answer.confidence import FLOOR, SURE, confidence, one_of_two
from assistant.answer.subject import asks_how_much_fine, off_subject
from assistant.answer.topic import topic_words
from assistant.answer.turn import Ask
from assistant.index.values import Entry, Hit, Kind
from assistant.language.normalise import fold

OFFERED, LOOKED_AT = 3, 5  # so many names, of so many hits
NEAR = 0.06  # surer than this, a record is named to choose from where nothing is sure enough to answer
NEIGHBOUR = 0.35
SUPPLEMENT = 0.12  # a second record so near to the first in score belongs to the answer
MAX_PROVISIONS = 2


def lead_hits(ask: Ask) -> list[Hit]:
    """The records to answer from, best first; [] when nothing was found."""
    if both_told(ask):
        return [hit for hit in ask.hits[:2] if not off_subject(ask, hit.entry)]
    found = [hit for hit in ask.hits if confidence(hit, ask) >= FLOOR and not off_subject(ask, hit.entry)]
    if not found:
        return []
    lead = found[0]
    if lead.entry.kind is Kind.PROVISION:
        near = [h for h in found if lead.score - h.score <= SUPPLEMENT and _beside(lead.entry, h.entry)]
        return near[:MAX_PROVISIONS]
    other = Kind.GUIDE if lead.entry.kind is Kind.PROCEDURE else Kind.PROCEDURE
    near = [
        hit
        for hit in found
        if hit.entry.kind is other and lead.score - hit.score <= SUPPLEMENT and confidence(hit, ask) >= SURE
    ]
    return [lead, *near[:1]]


def both_told(ask: Ask) -> bool:
    """True where it is not known which of the first two is meant, but surely one of them.

    Not where the amount of a fine is asked: what one record says of fines is none for what the other is about.
    """
    return one_of_two(ask) >= FLOOR and not asks_how_much_fine(ask.said)


def _beside(lead: Entry, other: Entry) -> bool:
    """True for a provision of the same document or of one that guides it.

    Another law on the same words (complaints in court beside complaints to an office) has other days and other bodies.
    """
    if other.kind is not Kind.PROVISION:
        return False
    names = sorted((fold(lead.title), fold(other.title)), key=len)
    return lead.number == other.number or names[0] in names[1]


def found_beside(ask: Ask, lead: Hit) -> list[Hit]:
    """The other guides and procedures that are surely found and stand near the lead, best first."""
    return [
        hit
        for hit in ask.hits
        if hit.entry.id != lead.entry.id
        and hit.entry.kind is not Kind.PROVISION
        and lead.score - hit.score <= NEIGHBOUR
        and confidence(hit, ask) >= SURE
    ]


def nearest_names(ask: Ask) -> tuple[str, ...]:
    """Up to three records to choose from for one whose question found nothing sure; named, not answered from."""
    near = (hit.entry for hit in ask.hits[:LOOKED_AT] if confidence(hit, ask) >= NEAR)
    return tuple(entry.title for entry in near if entry.kind is not Kind.PROVISION)[:OFFERED]


def neighbours(ask: Ask, lead: Entry) -> list[Hit]:
    """Up to three other procedures that the question may as well mean, best first."""
    top = next((hit.score for hit in ask.hits if hit.entry is lead), 0.0)
    return [
        hit
        for hit in ask.hits
        if hit.entry.kind is Kind.PROCEDURE
        and hit.entry.number != lead.number
        and top - hit.score <= NEIGHBOUR
        and confidence(hit, ask) >= FLOOR
    ][:3]


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
