"""A procedure question answered from the fields of its record, with every doubt of the record shown."""

from __future__ import annotations

from datetime import date
from typing import Any

from assistant.answer.compose.lines import LINES, quantity
from assistant.answer.compose.part import Part, day, sentence
from assistant.answer.compose.sources import Sources
from assistant.answer.relevance import spoken_of
from assistant.answer.topic import topic_words
from assistant.answer.turn import Ask, Facet
from assistant.answer.values import Status
from assistant.index.values import Entry
from assistant.ingest.procedures import from_json
from assistant.language.dates import find_durations
from assistant.language.normalise import fold
from assistant.language.tokens import folded
from assistant.law.procedure import Procedure

# What each facet shows, and the fields whose doubts must then be shown.
SECTIONS: dict[Facet, tuple[str, tuple[str, ...]]] = {
    Facet.DOSSIER: ("Hồ sơ", ("dossier", "forms")),
    Facet.TIME: ("Thời hạn", ("time_limits",)),
    Facet.FEE: ("Phí, lệ phí", ("fees",)),
    Facet.WHERE: ("Nơi nộp", ("authority", "where")),
    Facet.STEPS: ("Trình tự", ("steps",)),
    Facet.CONDITION: ("Điều kiện", ("requirements",)),
    Facet.WHO: ("Đối tượng", ("applicants",)),
    Facet.RESULT: ("Kết quả", ("result",)),
    Facet.BASIS: ("Căn cứ pháp lý", ("legal_basis",)),
}
ALWAYS = (Facet.TIME, Facet.FEE)  # short, and what sends people home when wrong
GENERAL = (Facet.DOSSIER, Facet.TIME, Facet.FEE, Facet.WHERE, Facet.CONDITION)
OF_THE_RECORD = ("decision", "legal_basis")  # doubts that touch every answer, whatever is asked
TOLD = frozenset({"merged_into", "not_confirmed", "basis_expired"})
MAX_NOTES = 2
NEAREST = 3  # lines of the record that speak most of the question: shown also where their section is not
Line = tuple[Facet | None, str]
_NOTE = "Lưu ý"
PART_OF = "trích"  # of a section of which only some lines are shown: nobody should take it for the whole dossier


def answer_procedure(ask: Ask, entry: Entry, sources: Sources) -> Part:
    """The asked facets as lines, the whole record as a card, doubts as warnings."""
    procedure = from_json(entry.payload)
    marker = sources.procedure(entry)
    shown = _facets_to_show(ask.facets)
    near, notes = _nearest(ask, entry, procedure, sources)
    beside = {facet: lines for facet, lines in near.items() if facet not in shown}
    asked = [facet for facet in shown if facet in ask.facets]
    blocks = [f"**{procedure.name}** (mã {procedure.code}) [{marker}]"]
    blocks += [_block(facet, procedure, marker, sources.on) for facet in asked]
    blocks += [_listed(f"{SECTIONS[facet][0]} ({PART_OF})", lines, marker) for facet, lines in beside.items()]
    blocks += [_block(facet, procedure, marker, sources.on) for facet in shown if facet not in asked]
    blocks += [f"- {sentence(note)} [{marker}]" for note in notes]
    fields = [name for facet in (*shown, *beside) for name in SECTIONS[facet][1]]
    warnings = [flag.message for flag in procedure.flags_on(*fields)]
    warnings += [f.message for f in procedure.flags_on(*OF_THE_RECORD) if f.code in TOLD and f.message not in warnings]
    warnings.append(sources.second_hand([{"number": fee.basis} for fee in procedure.fees if fee.basis]))
    warnings += _old_record(procedure, sources.on)
    return Part(
        text="\n".join(block for block in blocks if block),
        status=Status.ANSWERED_WITH_WARNING if any(warnings) else Status.ANSWERED,
        card=card(procedure, entry, marker, sources.on),
        warnings=tuple(w for w in warnings if w),
        follow_ups=_follow_ups(procedure, shown),
    )


def said_lines(procedure: Procedure, on: date) -> list[Line]:
    """All that the record says, line by line, with the facet of each; its notes have none."""
    lines: list[Line] = [(facet, line) for facet in SECTIONS for line in LINES[facet](procedure, on)]
    return lines + [(None, note) for note in procedure.notes]


def told(facet: Facet | None, line: str) -> str:
    """A line as it is compared with a question."""
    return f"{SECTIONS[facet][0] if facet else _NOTE}. {line}"


def _facets_to_show(asked: frozenset[Facet]) -> list[Facet]:
    wanted = set(asked & SECTIONS.keys())
    if asked & {Facet.FORM, Facet.ONLINE}:
        wanted |= {Facet.DOSSIER, Facet.WHERE}
    if not wanted or wanted <= {Facet.CONDITION, Facet.STEPS}:
        wanted |= set(GENERAL)
    if wanted != {Facet.BASIS}:
        wanted |= set(ALWAYS)
    return sorted((facet for facet in SECTIONS if facet in wanted), key=lambda facet: facet not in asked)


def _block(facet: Facet, procedure: Procedure, marker: int, on: date) -> str:
    lines = list(LINES[facet](procedure, on))
    title = SECTIONS[facet][0]
    if not lines:
        return "" if facet in (Facet.CONDITION, Facet.WHO) else f"- **{title}:** bản ghi không nêu. [{marker}]"
    return _listed(title, lines, marker)


def _listed(title: str, lines: list[str], marker: int) -> str:
    if len(lines) == 1:
        return f"- **{title}:** {sentence(lines[0])} [{marker}]"
    return "\n".join([f"- **{title}:**", *(f"  - {sentence(line)} [{marker}]" for line in lines)])


def _nearest(
    ask: Ask, entry: Entry, procedure: Procedure, sources: Sources
) -> tuple[dict[Facet, list[str]], list[str]]:
    """The lines that speak most of the question, by facet, and the notes to show.

    Asked how long, also the conditions with a length of time; a bare topic asks for no line in particular.
    """
    lines = said_lines(procedure, sources.on)
    scores = spoken_of(ask.said, entry.title, [told(*line) for line in lines], sources.index.embeddings)
    best = sorted((n for n in range(len(lines)) if lines[n][0] is not Facet.BASIS), key=lambda n: -scores[n])
    notes = sorted([n for n in best if lines[n][0] is None][:MAX_NOTES])
    chosen = set(best[:NEAREST] if _asks_a_detail(ask, entry) else ())
    if Facet.TIME in ask.facets:
        chosen |= {n for n, (facet, line) in enumerate(lines) if facet is Facet.CONDITION and find_durations(line)}
    near: dict[Facet, list[str]] = {}
    for facet, line in (lines[n] for n in sorted(chosen)):
        if facet:
            near.setdefault(facet, []).append(line)
    return near, [lines[n][1] for n in notes]


def _asks_a_detail(ask: Ask, entry: Entry) -> bool:
    """True where the question says something that the names of the record do not."""
    named = set(folded(" ".join((entry.title, *entry.aliases))))
    return not {fold(word) for word in topic_words(ask.said)} <= named


def _old_record(procedure: Procedure, on: date) -> list[str]:
    if procedure.replaced_by:
        return [f"Thủ tục này đã được thay thế bởi thủ tục {procedure.replaced_by}."]
    if procedure.checked_on and (on - procedure.checked_on).days > 180:
        return [f"Bản ghi được kiểm tra ngày {day(procedure.checked_on)}, quá 180 ngày; cần đối chiếu lại khi nộp."]
    return []


def _follow_ups(procedure: Procedure, shown: list[Facet]) -> tuple[str, ...]:
    questions = {
        Facet.DOSSIER: f"{procedure.name} cần giấy tờ gì?",
        Facet.WHERE: f"{procedure.name} nộp ở đâu?",
        Facet.STEPS: f"Các bước {procedure.name[0].lower()}{procedure.name[1:]}?",
        Facet.BASIS: f"{procedure.name} căn cứ văn bản nào?",
    }
    return tuple(text for facet, text in questions.items() if facet not in shown)[:3]


def card(procedure: Procedure, entry: Entry, marker: int, on: date) -> dict[str, Any]:
    """Thẻ thủ tục for ``troly.card``: every field of the record, printed, each with its source's marker."""
    rows = [
        {"label": SECTIONS[facet][0], "value": "\n".join(sentence(line) for line in lines), "citations": [marker]}
        for facet in SECTIONS
        if facet is not Facet.DOSSIER and (lines := list(LINES[facet](procedure, on)))
    ]
    return {
        "code": procedure.code,
        "name": procedure.name,
        "checked_on": procedure.checked_on.isoformat() if procedure.checked_on else None,
        "decision": procedure.decision,
        "rows": rows,
        "dossier": [
            {
                "name": item.name,
                "quantity": quantity(item),
                "condition": item.condition,
                "form": item.form,
                "submit": item.submit,
            }
            for item in procedure.dossier
        ],
        "flags": [flag.message for flag in procedure.flags],
        "url": entry.url or procedure.url,
    }
