"""The assistant that reviews drafts: findings for an uploaded file, and questions as staff asks them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from assistant.agents.talker import TalkingAgent, pieces
from assistant.answer.pipeline import Resources
from assistant.answer.values import Answer, Question, Status, UploadedFile
from assistant.index.values import Audience
from assistant.review.annotate import annotate
from assistant.review.report import Report, review, to_markdown
from assistant.settings import Settings


class ReviewerAgent(TalkingAgent):
    """Trợ lý rà soát văn bản."""

    def __init__(self, name: str, title: str, audience: Audience, resources: Resources, settings: Settings) -> None:
        super().__init__(name, title, audience, resources)
        self._settings = settings

    def answer(self, question: Question) -> Answer:
        if question.files:
            return self._reviewed(question.files[-1], question.as_of or date.today())
        return super().answer(question)

    def stream(self, question: Question) -> Iterator[str | Answer]:
        answer = self.answer(question)
        yield from pieces(answer.text)
        yield answer

    def _reviewed(self, file: UploadedFile, on: date) -> Answer:
        source = Path(file.path)
        report = review(source, on=on, name=file.name, corpus=self._settings.corpus, index=self.resources.index)
        annotated = source.with_name(f"{source.stem}-ra-soat.docx")
        annotate(source, report, annotated)
        return answer_of(report, file, annotated)


def answer_of(report: Report, file: UploadedFile, annotated: Path) -> Answer:
    """The report as an answer: its findings as data, its text as Markdown, the annotated file by path."""
    return Answer(
        status=Status.ANSWERED_WITH_WARNING if report.findings else Status.ANSWERED,
        text=to_markdown(report),
        findings=report.findings,
        warnings=report.not_checked,
        files=(
            {
                "path": str(annotated),
                "name": f"{Path(file.name).stem} - rà soát.docx",
                "purpose": "annotated",
            },
        ),
    )
