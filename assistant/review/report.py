"""One draft in, one report out: what was found, what was checked, what could not be."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.answer.values import Finding
from assistant.ingest.parse import parse
from assistant.ingest.read import read
from assistant.law.catalogue import Catalogue
from assistant.law.document import Document
from assistant.review.check import Applies, Check, Context, Note, Severity, Texts, Unchecked
from assistant.review.checks import CHECKS, FOR_A_PERSON, LANGUAGE, SAFETY
from assistant.review.checks.dossier_safety import has_secret_mark
from assistant.review.cite import cite
from assistant.review.draft import Draft, Family
from assistant.review.file_facts import FileFacts, read_facts
from assistant.review.names import Names
from assistant.review.reading import read_draft

DISCLAIMERS = (
    "Đây là kết quả rà soát tự động của hệ thống trí tuệ nhân tạo; trợ lý chỉ đề xuất, người thẩm định quyết định.",
    "Căn cứ có ghi “cần kiểm tra lại” chưa được đối chiếu với văn bản gốc.",
    "Không có phát hiện không có nghĩa là dự thảo đạt yêu cầu: nội dung ở mục “Chưa kiểm tra được” phải do người có "
    "thẩm quyền xem xét.",
)


SECRETS = "K84"
STOPPED = Unchecked("Toàn bộ nội dung còn lại", "đã dừng xử lý vì tệp có dấu độ mật")


@dataclass(frozen=True, slots=True)
class Report:
    """Báo cáo rà soát."""

    document: Document
    draft: Draft
    family: Family
    on: date  # the day whose law the draft was held against
    findings: tuple[Finding, ...]  # by place
    checks_run: tuple[str, ...]
    unchecked: tuple[Unchecked, ...]
    warnings: tuple[str, ...] = ()  # what reading the file said
    disclaimers: tuple[str, ...] = DISCLAIMERS

    @property
    def counts(self) -> dict[str, int]:
        """Findings by severity, all four levels named."""
        found = Counter(finding.severity for finding in self.findings)
        return {severity.value: found[severity.value] for severity in Severity}


def review(
    source: Path | Document,
    *,
    on: date,
    catalogue: Catalogue,
    names: Names | None = None,
    texts: Texts | None = None,
    expedited: bool = False,
    checks: Iterable[Check] = CHECKS,
) -> Report:
    """Review a draft. ``on``: the day planned for signing, used where the draft prints none.

    ``texts``: the store of full texts that citations are looked up in; without it they are listed as not checked.
    ``expedited``: the draft goes by the simplified or special procedure. Raises what ``read`` raises for a bad file.
    """
    document, facts = _opened(source)
    draft = read_draft(document, on, facts)
    draft = dataclasses.replace(draft, references=cite(draft, catalogue))
    context = Context(catalogue, names or Names(), texts, expedited)
    secret = has_secret_mark(draft)
    ran = [check for check in checks if _applies(check, draft) and (not secret or check.id == SECRETS)]
    findings, unchecked = _run(ran, draft, context)
    return Report(
        document=document,
        draft=draft,
        family=draft.family,
        on=draft.signed_on,
        findings=tuple(sorted(findings, key=lambda f: (f.start, f.end, f.check))),
        checks_run=tuple(check.id for check in ran),
        unchecked=(STOPPED,) if secret else (*unchecked, *_left_to_people(draft)),
        warnings=(*facts.warnings, *(w.message for w in document.warnings)),
    )


def _run(checks: Iterable[Check], draft: Draft, context: Context) -> tuple[list[Finding], list[Unchecked]]:
    findings: list[Finding] = []
    unchecked: list[Unchecked] = []
    for check in checks:
        for said in check.function(draft, context):
            if isinstance(said, Note):
                findings.append(_finding(check, draft, said))
            elif said not in unchecked:
                unchecked.append(said)
    return findings, unchecked


def _opened(source: Path | Document) -> tuple[Document, FileFacts]:
    if isinstance(source, Document):
        return source, FileFacts()
    raw = read(source)
    facts = dataclasses.replace(read_facts(source), format=raw.format, warnings=raw.warnings)
    return parse(raw.text, source=source.name, footnotes=raw.footnotes), facts


def _applies(check: Check, draft: Draft) -> bool:
    if check.applies is Applies.NORMATIVE and not draft.normative:
        return False
    if draft.consolidated and check.group not in (LANGUAGE, SAFETY):
        return False
    return check.since is None or draft.signed_on >= check.since


def _finding(check: Check, draft: Draft, note: Note) -> Finding:
    return Finding(
        check=check.id,
        name=check.name,
        severity=(note.severity or check.severity).value,
        place=draft.place(note.start),
        locator=host.locator.path if (host := draft.host(note.start)) else "",
        start=note.start,
        end=note.end,
        quote=draft.text[note.start : note.end],
        reason=note.reason,
        basis="; ".join(map(str, check.basis)),
        proposal=note.proposal,
        confidence=note.confidence,
    )


def _left_to_people(draft: Draft) -> tuple[Unchecked, ...]:
    if draft.consolidated:
        return (Unchecked("Thể thức, căn cứ, viện dẫn", "văn bản hợp nhất không phải dự thảo"),)
    if not draft.normative:
        return ()
    return tuple(Unchecked(f"{name} ({id_})", "cần người thẩm định đánh giá") for id_, name in FOR_A_PERSON)
