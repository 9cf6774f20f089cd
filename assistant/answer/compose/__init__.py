"""Sixth step: evidence becomes a draft. One composer per kind of question, none of them states a fact of its own."""

from __future__ import annotations

import dataclasses
import re

from assistant.answer.compose.choose import (
    both_told,
    found_beside,
    lead_hits,
    nearest_names,
    neighbours,
    options_to_clarify,
)
from assistant.answer.compose.deadline import answer_deadline
from assistant.answer.compose.document import answer_document, asks_more
from assistant.answer.compose.guide import answer_guide
from assistant.answer.compose.lines import fee_doubts, fees_in_short
from assistant.answer.compose.part import Part, status_of
from assistant.answer.compose.place import answer_place
from assistant.answer.compose.procedure import answer_procedure
from assistant.answer.compose.provision import answer_provision
from assistant.answer.compose.referred import answer_reference
from assistant.answer.compose.sources import Sources
from assistant.answer.confidence import SURE, confidence
from assistant.answer.outside import not_held
from assistant.answer.places import PlaceNames
from assistant.answer.route import documents_named
from assistant.answer.screen import rule_named
from assistant.answer.status import EITHER, OFFER, SENTENCES
from assistant.answer.subject import asks_how_much_fine, asks_of_fine, tells_how_much_fine
from assistant.answer.turn import Ask, Facet, Route, Step, Turn
from assistant.answer.values import Answer, Status
from assistant.answer.whom import whom_to_ask
from assistant.index import Index
from assistant.index.values import Entry, Hit, Kind
from assistant.law.calendar import Holidays
from assistant.law.catalogue import Catalogue


def compose(index: Index, catalogue: Catalogue, holidays: Holidays, names: PlaceNames, assistant: str) -> Step:
    """The step: sets ``turn.draft`` and ``turn.evidence``."""

    def step(turn: Turn) -> Turn:
        sources = Sources(index, catalogue, turn.on, turn.question.audience)
        draft = _stray(turn)
        if draft is None:
            parts = [_noted(ask, _part(ask, sources, holidays, names, assistant)) for ask in turn.asks]
            draft = _joined(turn, parts)
        return dataclasses.replace(turn, draft=draft, evidence=tuple(sources.evidence))

    return step


def _stray(turn: Turn) -> Answer | None:
    """What the rule says that heard something no office answers, unless a record surely speaks of it."""
    if not turn.stray or any(confidence(ask.hits[0], ask) >= SURE for ask in turn.asks if ask.hits):
        return None
    return rule_named(turn.stray).answer()


def _noted(ask: Ask, part: Part) -> Part:
    """With a word on what of the message may have remained without an answer."""
    if part.status in (Status.UNANSWERABLE, Status.CLARIFICATION) or not ask.apart:
        return part
    notes = (
        f"Chưa tìm thấy căn cứ riêng cho ý “{said.strip(' ,.?')}”; phần trả lời là cho cả câu hỏi."
        for said in ask.apart
    )
    status = Status.ANSWERED_WITH_WARNING if part.status is Status.ANSWERED else part.status
    return dataclasses.replace(part, status=status, warnings=(*part.warnings, *notes))


def _part(ask: Ask, sources: Sources, holidays: Holidays, names: PlaceNames, assistant: str) -> Part:
    if ask.route is Route.DEADLINE and (part := answer_deadline(ask, sources, holidays)):
        return part
    if ask.route is Route.PLACE and (part := answer_place(ask, sources, names)):
        return part
    if ask.route is Route.DOCUMENT:
        return _about_documents(ask, sources)
    if ask.route is Route.PROVISION:
        return answer_reference(ask, sources)
    return _fine_unknown(ask, _from_hits(ask, sources, assistant))


def _fine_unknown(ask: Ask, part: Part) -> Part:
    """Whoever asks about a fine is told when none is known, before what else was found."""
    how_much = asks_how_much_fine(ask.said)
    told = tells_how_much_fine(part.text) if how_much else asks_of_fine(_NO_BASIS.sub("", part.text))
    settled = part.status in (Status.UNANSWERABLE, Status.CLARIFICATION) or told
    if settled or not asks_of_fine(ask.said):
        return part
    return dataclasses.replace(part, text=f"{_NO_FINE}\n\n{part.text}", status=Status.PARTIAL)


def _about_documents(ask: Ask, sources: Sources) -> Part:
    """What the catalogue says of the documents; after it, what a guide says where one speaks of the question."""
    rows = documents_named(ask, sources.catalogue, sources.on)
    facts = answer_document(rows, sources)
    lead = next(iter(lead_hits(ask)), None)
    if lead is None or lead.entry.kind is not Kind.GUIDE or not asks_more(ask, rows, lead.entry):
        return facts
    guide = answer_guide(ask, lead.entry, sources)
    warnings = guide.warnings + facts.warnings
    return Part(f"{facts.text}\n\n{guide.text}", guide.status, warnings=warnings, follow_ups=guide.follow_ups)


def _from_hits(ask: Ask, sources: Sources, assistant: str) -> Part:
    options = options_to_clarify(ask)
    if options:
        listed = "\n".join(f"{n}. {name}" for n, name in enumerate(options, 1))
        return Part(f"{SENTENCES[Status.CLARIFICATION]}\n{listed}", Status.CLARIFICATION, follow_ups=options)
    hits = lead_hits(ask)
    if not hits or not_held(ask.said, hits[0].entry):
        sorry = f"{SENTENCES[Status.UNANSWERABLE]} {whom_to_ask(ask.text, assistant)}"
        return Part(sorry, Status.UNANSWERABLE, follow_ups=nearest_names(ask))
    lead = hits[0].entry
    if lead.kind is Kind.PROCEDURE and len(hits) == 1:
        return _with_neighbours(answer_procedure(ask, lead, sources), ask, lead, sources)
    if lead.kind is Kind.PROVISION:
        return answer_provision(ask, [h.entry for h in hits if h.entry.kind is Kind.PROVISION], sources)
    parts = [_of_entry(ask, hit.entry, sources) for hit in hits[:2]]
    if len(parts) == 2 and both_told(ask):
        return _either(*parts)
    return _beside(parts, ask, hits, sources)


def _either(first: Part, second: Part) -> Part:
    """Two records that stand near each other: both are told, and who asks sees which is theirs, if any."""
    silent = [part.status is Status.UNANSWERABLE for part in (first, second)]
    if all(silent):
        return first
    said = f"{first.text}\n\n{second.text}"
    told = [part for part in (first, second) if part.status is not Status.UNANSWERABLE]
    status = status_of(told)
    return Part(
        text=said if any(silent) else f"{EITHER}\n\n{said}",
        status=Status.ANSWERED_WITH_WARNING if status is Status.ANSWERED else status,
        card=first.card or second.card,
        warnings=first.warnings + second.warnings,
        follow_ups=first.follow_ups if not silent[0] else second.follow_ups,
    )


def _beside(parts: list[Part], ask: Ask, hits: list[Hit], sources: Sources) -> Part:
    """The lead's part, and below it the second record's where it says something."""
    main = parts[0]
    if main.status is Status.UNANSWERABLE:  # the guide says that it does not know just this
        return _told_elsewhere(main, ask, hits, sources)
    if len(parts) == 1 or parts[1].status is Status.UNANSWERABLE:
        return main
    extra = parts[1]
    return Part(
        text=f"{main.text}\n\n{extra.text}",
        status=main.status,
        card=main.card or extra.card,
        warnings=main.warnings + extra.warnings,
        follow_ups=main.follow_ups,
    )


def _told_elsewhere(gap: Part, ask: Ask, tried: list[Hit], sources: Sources) -> Part:
    """What one guide does not know, another record may: the surest of those found that answers, with the gap named."""
    for hit in found_beside(ask, tried[0]):
        part = _of_entry(ask, hit.entry, sources)
        if part.status is not Status.UNANSWERABLE:
            text = f"{gap.text}\n\n{part.text}"
            return dataclasses.replace(part, text=text, status=Status.ANSWERED_WITH_WARNING)
    return gap


def _with_neighbours(part: Part, ask: Ask, lead: Entry, sources: Sources) -> Part:
    """Other procedures that the question may mean are named, so that nobody goes home with half of what is needed."""
    near = [hit.entry for hit in neighbours(ask, lead)]
    codes: list[str] = list(lead.payload.get("related") or ())
    related = [e for code in codes for e in sources.index.entries(code, audience=sources.audience)[:1]]
    named = {entry.number: entry for entry in [*near, *related]}
    if not named:
        return part
    costs = Facet.FEE in ask.facets
    lines = [
        f"- {e.title} (mã {e.number}){f': {fees_in_short(e, sources.on)}' if costs else ''} [{sources.procedure(e)}]"
        for e in list(named.values())[:MAX_NAMED]
    ]
    doubts = [doubt for e in list(named.values())[:MAX_NAMED] for doubt in fee_doubts(e)] if costs else []
    return dataclasses.replace(
        part,
        text="\n".join([part.text, "", "Thủ tục có thể liên quan:", *lines]),
        status=Status.ANSWERED_WITH_WARNING if doubts and part.status is Status.ANSWERED else part.status,
        warnings=(*part.warnings, *doubts),
    )


def _of_entry(ask: Ask, entry: Entry, sources: Sources) -> Part:
    composers = {Kind.PROCEDURE: answer_procedure, Kind.GUIDE: answer_guide}
    if entry.kind in composers:
        return composers[entry.kind](ask, entry, sources)
    return answer_provision(ask, [entry], sources)


_NO_BASIS = re.compile(r"[^;.]*không có căn cứ[^;.]*phạt[^;.]*")  # a record that says so tells no fine
_NO_FINE = "Kho chưa có căn cứ về việc xử phạt trong trường hợp này, nên không nêu. Nội dung liên quan tìm thấy:"
MAX_NAMED = 3  # other procedures named below an answer
# A death in the family is met with a word of sympathy before any paper is named.
_MOURNING = re.compile(
    r"\b(?:ba|bố|cha|má|mẹ|ông|bà|vợ|chồng|con|anh|chị|em|cô|chú|bác|cậu|dì|nội|ngoại)\b[^.?!]{0,20}"
    r"\b(?:mới mất|vừa mất|mất hôm|mất rồi|qua đời|mới chết|vừa chết|từ trần)\b"
)


def _offered(part: Part) -> str:
    """The records to choose from, as a list, where nothing was sure enough to answer from."""
    if part.status is not Status.UNANSWERABLE or not part.follow_ups:
        return ""
    return "\n\n" + "\n".join([OFFER, *(f"{n}. {name}" for n, name in enumerate(part.follow_ups, 1))])


def _joined(turn: Turn, parts: list[Part]) -> Answer:
    """Several questions are answered one after the other, each under its own words."""
    if len(parts) == 1:
        text = parts[0].text + _offered(parts[0])
    else:
        text = "\n\n".join(
            f"### {ask.text.strip(' ,.?')}?\n{part.text}" for ask, part in zip(turn.asks, parts, strict=True)
        )
    if any(_MOURNING.search(said.lower()) for said in (turn.text, *(ask.text for ask in turn.asks))):
        text = f"Xin chia buồn cùng gia đình.\n\n{text}"
    warnings = tuple(dict.fromkeys(w for part in parts for w in part.warnings))
    return Answer(
        status=status_of(parts),
        text=text,
        card=next((part.card for part in parts if part.card), None),
        warnings=turn.warnings + warnings,
        follow_ups=tuple(dict.fromkeys(f for part in parts for f in part.follow_ups))[:3],
    )
