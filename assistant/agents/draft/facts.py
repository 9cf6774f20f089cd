"""Single facts of the draft's head and end, each by the line that states it."""

from __future__ import annotations

import re

from assistant.agents.draft.asked import FACTS, Asked
from assistant.agents.draft.sources import DraftSources
from assistant.answer.compose.part import Part, day
from assistant.answer.compose.provision import quotation
from assistant.review.draft import NOWHERE, Draft, Span

_NEXT_HEAD = re.compile(r"(?:ỦY BAN|HỘI ĐỒNG|CỘNG HÒA|QUY ĐỊNH|QUY CHẾ|PHỤ LỤC|Phụ lục)\b")
_NOT_THERE = {
    "effect": "Không đọc thấy câu nào trong dự thảo quy định ngày có hiệu lực.",
    "signed": "Dự thảo chưa ghi đủ ngày, tháng, năm ký.",
    "signer": "Không đọc thấy phần ký trong dự thảo.",
    "number": "Dự thảo chưa ghi số, ký hiệu.",
    "issuer": "Không đọc được tên cơ quan ban hành ở phần đầu dự thảo.",
    "recipients": "Không đọc thấy nơi nhận trong dự thảo.",
    "subject": "Không đọc được trích yếu của dự thảo.",
}


def facts(asked: Asked, sources: DraftSources) -> Part:
    """Each fact that is asked for, by the words of the draft; what is not there is said not to be there."""
    wanted = [name for name, pattern in FACTS.items() if pattern.search(asked.folded)]
    return Part("\n\n".join(_fact(name, sources) for name in wanted))


def _fact(name: str, sources: DraftSources) -> str:
    draft = sources.draft
    span, place = _where(name, draft)
    if span == NOWHERE or not draft.text[span.start : span.end].strip():
        said = _NOT_THERE[name]
        return f"{said} [{sources.read_off(said)}]"
    host = draft.host(span.start)
    marker = sources.span(span.start, span.end, place, host.locator.path if host else "")
    lines = [f"**{place[:1].upper()}{place[1:]}** [{marker}]", quotation(draft.text[span.start : span.end], marker)]
    if name == "effect" and draft.effective_on:
        lines.append(f"Ngày có hiệu lực: {day(draft.effective_on)}. [{marker}]")
    elif name == "effect":
        lines.append(f"Câu này chưa ghi ngày cụ thể. [{marker}]")
    return "\n".join(lines)


def _where(name: str, draft: Draft) -> tuple[Span, str]:
    """The passage that states a fact, and what to call it."""
    header, effect = draft.header, draft.effect
    placed = header.placed.span if header.placed and header.placed.on else None
    filled = header.number and re.match(r"\s*\d", draft.text[header.number.start : header.number.end])
    subject = draft.text.find(draft.subject) if draft.subject else -1
    found: dict[str, tuple[Span | None, str]] = {
        "effect": (draft.sentence_at(effect.start()), draft.place(effect.start())) if effect else (None, ""),
        "signed": (placed, "địa danh, ngày tháng năm"),
        "signer": (_signature(draft), "phần ký"),
        "number": (header.number if filled else None, "số, ký hiệu"),
        "issuer": (header.issuer_span, "cơ quan ban hành"),
        "recipients": (draft.zones.recipients, "nơi nhận"),
        "subject": (Span(subject, subject + len(draft.subject)) if subject >= 0 else None, "trích yếu"),
    }
    span, place = found[name]
    return span or NOWHERE, place


def _signature(draft: Draft) -> Span:
    """The lines of the signature: the head of an attached text, which may follow at once, is none of them."""
    span = draft.zones.signature
    lines = [line for line in draft.lines if span.start <= line.start < span.end]
    kept = [line for n, line in enumerate(lines) if n == 0 or not _NEXT_HEAD.match(draft.text, line.start)]
    cut = kept[: next((n for n, line in enumerate(kept) if lines[n] != line), len(kept))]
    return Span(cut[0].start, cut[-1].end) if cut else NOWHERE
