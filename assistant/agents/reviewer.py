"""The assistant that reviews drafts: findings for a file, questions about it, and questions as staff asks them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from assistant.agents.draft import NO_DRAFT, DraftTalk, speaks_of_draft, wants_review
from assistant.agents.draft.asked import About
from assistant.agents.talker import TalkingAgent
from assistant.answer.pipeline import Resources
from assistant.answer.values import Answer, Question, Status, UploadedFile
from assistant.index import Index
from assistant.index.values import Audience
from assistant.ingest.corpus import load_bodies, load_catalogue, load_places
from assistant.language.normalise import fold
from assistant.review.annotate import annotate
from assistant.review.names import Names
from assistant.review.render import to_markdown
from assistant.review.report import Report, review
from assistant.settings import Settings

# What only a draft at hand can answer.
_OF_A_FILE = frozenset({About.FINDINGS, About.COUNT, About.OUTLINE})
_THIS_DRAFT = re.compile(
    r"\b(?:du thao|tep|file|van ban) (?:nay|tren|vua gui|do|kem theo)\b|\btrong (?:du thao|tep|file)\b"
)
_KNOWN = frozenset({Status.ANSWERED, Status.ANSWERED_WITH_WARNING, Status.PARTIAL})


class ReviewerAgent(TalkingAgent):
    """Trợ lý rà soát văn bản."""

    def __init__(self, name: str, title: str, audience: Audience, resources: Resources, settings: Settings) -> None:
        super().__init__(name, title, audience, resources)
        self._settings = settings

    def answer(self, question: Question) -> Answer:
        if question.files and wants_review(question.text):
            return self._reviewed(question.files[-1], question.as_of or date.today())
        talk = DraftTalk.of(question, self.resources)
        named = question.files or question.earlier_files
        if talk is not None and named:
            return talk.answer(self._report(named[-1], talk.turn.on), named[-1], self.resources)
        if question.files:
            return self._reviewed(question.files[-1], question.as_of or date.today())
        if talk is None or not speaks_of_draft(question.text):
            return super().answer(question)
        if any(asked.about in _OF_A_FILE for asked in talk.asked) or _THIS_DRAFT.search(fold(question.text)):
            return Answer(Status.CLARIFICATION, NO_DRAFT)
        answer = super().answer(question)  # a rule for drafts is asked, not what one draft says
        return answer if answer.status in _KNOWN else Answer(Status.CLARIFICATION, NO_DRAFT)

    def _reviewed(self, file: UploadedFile, on: date) -> Answer:
        source = Path(file.path)
        report = self._report(file, on)
        annotated = source.with_name(f"{source.stem}-ra-soat.docx")
        annotate(report, annotated, source if source.suffix.lower() == ".docx" else None)
        return answer_of(report, file, annotated)

    def _report(self, file: UploadedFile, on: date) -> Report:
        return review_file(Path(file.path), on=on, settings=self._settings, index=self.resources.index)


def review_file(source: Path, *, on: date, settings: Settings, index: Index | None) -> Report:
    """Review a draft against the shipped catalogue, the City's names and, where there is one, the index."""
    corpus = settings.corpus
    return review(
        source,
        on=on,
        catalogue=load_catalogue(corpus),
        names=Names.of(load_bodies(corpus), load_places(corpus), settings.territory),
        texts=index,
    )


def answer_of(report: Report, file: UploadedFile, annotated: Path) -> Answer:
    """The report as an answer: its findings as data, its text as Markdown, the annotated file by path."""
    return Answer(
        status=Status.ANSWERED_WITH_WARNING if report.findings else Status.ANSWERED,
        text=to_markdown(report),
        findings=report.findings,
        warnings=report.warnings,
        follow_ups=("Phát hiện nào nghiêm trọng nhất?", "Căn cứ nào hết hiệu lực?", "Dự thảo này có mấy điều?"),
        files=(
            {
                "path": str(annotated),
                "name": f"{Path(file.name).stem} - rà soát.docx",
                "purpose": "annotated",
            },
        ),
    )
