"""Fifth step: evidence for each question, and the floor under which nothing counts as found."""

from __future__ import annotations

import dataclasses
import re

from assistant.answer.confidence import FLOOR, confidence, likeness, sureness
from assistant.answer.outside import not_held
from assistant.answer.speaking import speaking
from assistant.answer.topic import CITY, errands, topic_words
from assistant.answer.turn import Ask, Facet, Route, Step, Turn
from assistant.answer.understand import MAX_ASKS, as_ask
from assistant.answer.widen import speaks_of_foreigners, widened
from assistant.index import Index
from assistant.index.values import Audience, Entry, Hit, Kind, Query
from assistant.language.normalise import fold

CANDIDATES = 20
HEARD = 3  # a part that finds the whole's record among so many of its own asks of it
SURE_ERRAND = 0.6  # one of several errands in one message
FOR_STAFF = 0.1  # an officer is told first what is written for officers
TITLED = 0.14  # the procedure whose whole name stands in the question
ONLINE = 0.06  # the record of the web page, where the web is asked for
UNASKED = 0.12  # against a record for a second registration, of which the question says nothing
FOREIGN = 0.6  # against a record for foreigners, of whom the question says nothing
NAMED = 0.25  # what being called exactly so is worth against a score of 0…1
CURATED = "corpus"  # entries of the shipped, hand-checked corpus stand before crawled ones of the same number

# A clause that asks by itself, beyond how long, how much and where, which are asked of the whole.
_ASKS = re.compile(r"\b(?:mấy|bao nhiêu|bao lâu|gì|thế nào|làm sao|ở đâu)\b", re.IGNORECASE)

# What speaks of something said before (“tờ giấy đó ghi mẫu số mấy”) asks nothing by itself.
_BACK = re.compile(r"\b(?:đó|ấy|này|nầy)\b(?!\s*(?:[,.?!]|$))|\bnó\b", re.IGNORECASE)

_DONE = re.compile(r"\bxong\b(?!\s*(?:thì|mới|là|phải))", re.IGNORECASE)  # what is done already is no errand

_EACH = re.compile(
    r"\b(?:mỗi|từng) (?:cái|thứ|việc|loại|giấy)|\b(?:\d|hai|ba) (?:việc|thứ|giấy|thủ tục)\b", re.IGNORECASE
)

# Cấp thực hiện: at a commune's counter its own procedure comes before the province's and the ministry's.
_LEVELS = ("Cấp xã", "Cấp tỉnh", "Cấp bộ", "Cơ quan khác")


def retrieve(index: Index) -> Step:
    """The step: fills ``ask.hits`` of every question that needs looking up."""

    def step(turn: Turn) -> Turn:
        found = [[ask] if ask.route in NO_SEARCH else _searched(ask, turn, index) for ask in turn.asks]
        asks = [ask for asks in found for ask in asks]
        return dataclasses.replace(turn, asks=tuple(_as_one(turn, asks, index) or asks))

    return step


def _as_one(turn: Turn, found: list[Ask], index: Index) -> list[Ask]:
    """A story and the questions after it as one question; [] where a part asks as surely of something else."""
    if len(turn.asks) < 2 or any(ask.route for ask in turn.asks):
        return []
    whole = _hits(as_ask(". ".join(ask.text for ask in turn.asks), turn.text), turn, index)
    alone = [part for part in found if not _BACK.search(part.said)]
    sure = sureness(whole)
    if sure < FLOOR:
        return [] if any(sureness(part) >= FLOOR for part in alone) else [whole]
    lead = whole.hits[0]
    if not_held(whole.text, lead.entry) or any(
        sureness(part) >= sure and part.hits[0].entry.id != lead.entry.id for part in alone
    ):
        return []
    apart = [part.said for part in found if lead.entry.id not in {hit.entry.id for hit in part.hits[:HEARD]}]
    return [dataclasses.replace(whole, apart=tuple(apart))]


NO_SEARCH = frozenset({Route.DEADLINE, Route.SMALL_TALK, Route.PROVISION})


def _searched(ask: Ask, turn: Turn, index: Index) -> list[Ask]:
    """The question with its hits, or each of the errands in it.

    What is not found whole is not looked for by its parts: a part says less of what is asked, and finds a neighbour.
    """
    whole = _hits(ask, turn, index)
    texts, each = errands(CITY.sub(" ", ask.text)), bool(_EACH.search(ask.text))
    if sureness(whole) >= FLOOR:
        texts = [text for text in texts if each or _ASKS.search(text)]
    several = _errands(ask, texts, turn, index)
    return several if len(several) > 1 else [whole]


def _errands(ask: Ask, texts: list[str], turn: Turn, index: Index) -> list[Ask]:
    """One question per errand of a story, each with the facets asked of all: those that surely find a procedure."""
    parts = [part for part in texts if part != ask.text and not _DONE.search(part)][:MAX_ASKS]
    found = [_part(ask, part, turn, index) for part in parts] if len(parts) > 1 else []
    leads = [(part, part.hits[0]) for part in found if part.hits and part.hits[0].entry.kind is Kind.PROCEDURE]
    sure = {lead.entry.number: part for part, lead in reversed(leads) if confidence(lead, part) >= SURE_ERRAND}
    return list(sure.values())[::-1]


def _part(ask: Ask, text: str, turn: Turn, index: Index) -> Ask:
    found = _hits(dataclasses.replace(ask, text=text, synonyms=widened(text)), turn, index)
    return dataclasses.replace(found, facets=ask.facets, whole=ask.said)


def _hits(ask: Ask, turn: Turn, index: Index) -> Ask:
    return ordered(nearest(ask, turn, index), turn.question.audience)


def ordered(ask: Ask, audience: Audience = Audience.CITIZEN) -> Ask:
    """The question with its hits in the order of their standing and of what they hold of it together."""
    standing, added = standings(ask, list(ask.hits), audience), speaking(ask)
    total = {name: stands + added.get(name, 0.0) for name, stands in standing.items()}
    hits = sorted(ask.hits, key=lambda hit: -total[hit.entry.id])
    values = [total[hit.entry.id] for hit in hits]
    ahead, further = (values[0] - values[n] if len(values) > n else 0.0 for n in (1, 2))
    return dataclasses.replace(ask, hits=tuple(hits), ahead=ahead, ahead_of_third=further)


def nearest(ask: Ask, turn: Turn, index: Index) -> Ask:
    """The question with what the index finds, in the order of their standing."""
    query = Query(
        text=" ".join([ask.text, *ask.synonyms]),
        typed=ask.typed,
        k=CANDIDATES,
        audience=turn.question.audience,
        on=turn.on,
        territory=turn.question.territory,
    )
    hits = _one_per_number(index.search(query))
    return dataclasses.replace(ask, hits=tuple(prefer(ask, hits, turn.question.audience)))


def _one_per_number(hits: list[Hit]) -> list[Hit]:
    """A procedure held twice (shipped and crawled) is shown once, as the shipped record."""
    best: dict[str, Hit] = {}
    for hit in hits:
        key = hit.entry.number if hit.entry.kind is Kind.PROCEDURE else hit.entry.id
        held = best.get(key)
        if held is None:
            best[key] = hit
        elif hit.entry.source == CURATED and held.entry.source != CURATED:
            best[key] = dataclasses.replace(hit, score=max(hit.score, held.score))
    return sorted(best.values(), key=lambda hit: -hit.score)


def prefer(ask: Ask, hits: list[Hit], audience: Audience = Audience.CITIZEN) -> list[Hit]:
    """Best first by their standing."""
    standing = standings(ask, hits, audience)
    return sorted(hits, key=lambda hit: -standing[hit.entry.id])


def standings(ask: Ask, hits: list[Hit], audience: Audience = Audience.CITIZEN) -> dict[str, float]:
    """Entry id → its score, with small, readable preferences between records that match alike."""
    topic = frozenset(fold(word) for word in topic_words(ask.text))
    said = f" {_plain(ask.text)} "
    foreign = speaks_of_foreigners(ask.text)

    def standing(hit: Hit) -> float:
        bonus = NAMED * _named(topic, hit.entry)
        if audience is Audience.STAFF and hit.entry.audience is Audience.STAFF:
            bonus += FOR_STAFF
        if hit.entry.source == CURATED:
            bonus += 0.06
        if not foreign and "nước ngoài" in hit.entry.title:
            bonus -= FOREIGN
        if hit.entry.kind is Kind.PROCEDURE:
            bonus += TITLED * (f" {_plain(hit.entry.title)} " in said)
            bonus += 0.02 * (3 - level_of(hit.entry))
            bonus += ONLINE * bool(Facet.ONLINE in ask.facets and _ONLINE.search(hit.entry.title))
            bonus -= UNASKED * bool(_AGAIN.search(hit.entry.title) and not _SAYS_AGAIN.search(ask.text))
            if ask.facets & {Facet.DOSSIER, Facet.FEE, Facet.FORM, Facet.ONLINE}:
                bonus += 0.03
        return hit.score + bonus

    return {hit.entry.id: standing(hit) for hit in hits}


_ONLINE = re.compile(r"trực tuyến|trang thông tin điện tử")
_AGAIN = re.compile(r"\b(?:đăng ký|cấp) lại\b", re.IGNORECASE)
_SAYS_AGAIN = re.compile(
    r"\b(?:lại|mất|hỏng|hư|cháy|rách|nát|thất lạc|rớt|rơi|gãy|mờ|trôi|mục|mối|xin lại|không còn)\b", re.IGNORECASE
)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


def _named(topic: frozenset[str], entry: Entry) -> float:
    """0…1: how well one of the names of a guide or procedure is the topic itself."""
    if entry.kind is Kind.PROVISION:
        return 0.0
    names = (frozenset(re.findall(r"\w+", fold(name))) for name in (entry.title, *entry.aliases))
    return max((likeness(topic, name) for name in names), default=0.0)


def level_of(entry: Entry) -> int:
    """0 for commune, 1 province, 2 ministry, 3 other: the nearest level that handles it."""
    levels = entry.payload.get("levels") or ()
    return min((_LEVELS.index(level) for level in levels if level in _LEVELS), default=3)
