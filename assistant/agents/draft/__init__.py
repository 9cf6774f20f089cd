"""Questions about the draft at hand: answered from the draft, verbatim, and from the findings of its review.

message → screen → understand → read (what is asked of the draft) → one composer each → verify

No language model sees a draft: what a body has not yet published stays on its own machine.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from datetime import date

from assistant.agents.draft.asked import About, Asked, named_before, read, speaks_of_draft, wants_review
from assistant.agents.draft.facts import facts
from assistant.agents.draft.found import findings
from assistant.agents.draft.grounds import grounds, places
from assistant.agents.draft.provisions import quoted
from assistant.agents.draft.sources import DraftSources
from assistant.agents.draft.structure import count, outline
from assistant.agents.draft.topic import topic
from assistant.answer.compose.part import Part, status_of
from assistant.answer.pipeline import Resources
from assistant.answer.screen import screen
from assistant.answer.turn import Turn
from assistant.answer.understand import understand
from assistant.answer.values import Answer, Question, Status, UploadedFile
from assistant.answer.verify import verify
from assistant.index.values import Audience
from assistant.law.citation import Reference
from assistant.review.report import SECRETS, Report

NO_DRAFT = (
    "Cuộc trò chuyện này chưa có dự thảo nào, hoặc tệp đã gửi không còn trên máy chủ. "
    "Anh/chị tải tệp dự thảo (.docx, .doc, .pdf) lên, rồi hỏi lại."
)
SECRET = (
    "Tệp có dấu chỉ độ mật nên tôi đã dừng xử lý và không trích nội dung. "
    "Anh/chị không đưa tài liệu bí mật nhà nước vào hệ thống này."
)


@dataclasses.dataclass(frozen=True, slots=True)
class DraftTalk:
    """Một lượt hỏi về dự thảo: the message understood, before the draft is opened."""

    turn: Turn
    asked: tuple[Asked, ...]

    @classmethod
    def of(cls, question: Question, resources: Resources) -> DraftTalk | None:
        """None: the message is not about the draft, or it ends at the screen."""
        turn = Turn(dataclasses.replace(question, history=()), question.as_of or date.today())
        turn = screen("reviewer", resources.max_message_chars)(turn)
        if turn.answer is not None or not turn.text:
            return None
        turn = understand(resources.restorer)(turn)
        named = any(speaks_of_draft(text) for text in (turn.text, *(ask.text for ask in turn.asks)))
        found = [read(ask, named=named) for ask in turn.asks]
        if not any(found):
            return None
        before = named_before(question.history)
        read_all = [one or Asked(About.TOPIC, ask.text) for one, ask in zip(found, turn.asks, strict=True)]
        return cls(turn, tuple(_completed(one, before) for one in read_all))

    def answer(self, report: Report, file: UploadedFile, resources: Resources) -> Answer:
        """The verified answer over the draft and its review."""
        if any(item.check == SECRETS for item in report.findings):
            return Answer(Status.REFUSED, SECRET)
        draft = report.draft
        sources = DraftSources(
            resources.index, resources.catalogue, report.on, Audience.STAFF, draft=draft, name=file.name
        )
        parts = [_COMPOSERS[asked.about](asked, report, sources) for asked in self.asked]
        turn = dataclasses.replace(self.turn, draft=_joined(self, parts), evidence=tuple(sources.evidence))
        verified = verify("reviewer")(turn).answer
        assert verified is not None
        return verified


def _completed(asked: Asked, before: Reference | None) -> Asked:
    """“còn khoản 2?” gets the điều that was spoken of before, “còn điểm c?” its khoản too."""
    if before is None or not any((r.clause or r.point) and not r.article for r in asked.references):
        return asked
    filled = tuple(
        r
        if r.article or not (r.clause or r.point)
        else dataclasses.replace(r, article=before.article, clause=r.clause or before.clause)
        for r in asked.references
    )
    return dataclasses.replace(asked, references=filled)


_COMPOSERS: dict[About, Callable[[Asked, Report, DraftSources], Part]] = {
    About.FINDINGS: findings,
    About.COUNT: lambda asked, _, sources: count(asked, sources),
    About.GROUNDS: lambda asked, _, sources: grounds(asked, sources),
    About.CITED: lambda asked, _, sources: places(asked, sources),
    About.PROVISION: lambda asked, report, sources: quoted(asked, sources, report.findings),
    About.FACT: lambda asked, _, sources: facts(asked, sources),
    About.OUTLINE: lambda _, __, sources: outline(sources),
    About.TOPIC: lambda asked, _, sources: topic(asked, sources),
}


def _joined(talk: DraftTalk, parts: Sequence[Part]) -> Answer:
    texts = [part.text for part in parts]
    if len(parts) > 1:
        texts = [f"### {a.text.strip(' ,.?')}?\n{text}" for a, text in zip(talk.asked, texts, strict=True)]
    return Answer(
        status_of(parts),
        "\n\n".join(texts),
        warnings=tuple(dict.fromkeys((*talk.turn.warnings, *(w for part in parts for w in part.warnings)))),
        follow_ups=tuple(dict.fromkeys(f for part in parts for f in part.follow_ups))[:3],
    )


__all__ = ["NO_DRAFT", "DraftTalk", "speaks_of_draft", "wants_review"]
