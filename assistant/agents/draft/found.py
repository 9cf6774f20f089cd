"""Questions about the findings of the review: how many, which weigh most, what a certain one says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.agents.draft.asked import Asked
from assistant.agents.draft.provisions import located, not_there
from assistant.agents.draft.sources import DraftSources
from assistant.answer.compose.part import Part
from assistant.answer.compose.provision import quotation
from assistant.answer.values import Finding
from assistant.language.normalise import fold
from assistant.review.check import Severity
from assistant.review.checks import CHECKS
from assistant.review.report import Report

WORST = "ở mức cao nhất"
MAX_SHOWN = 3  # findings told in full
MAX_LISTED = 20  # findings named in a line each
Numbered = tuple[int, Finding]

_WORST = re.compile(r"\b(?:nghiem trong|nang|quan trong|lon|dang lo) nhat\b|\buu tien\b|\bsua (?:cai gi )?truoc\b")
_NUMBER = re.compile(r"\bphat hien (?:so |thu )?(\d{1,3})\b")
_CHECK = re.compile(r"\bk(\d{2})\b")
_UNCHECKED = re.compile(r"\bchua (?:duoc )?kiem tra\b|\bkhong kiem tra duoc\b")
_LEVELS = (
    (Severity.CRITICAL, re.compile(r"\bnghiem trong\b")),
    (Severity.MAJOR, re.compile(r"\b(?:muc )?quan trong\b")),
    (Severity.MINOR, re.compile(r"\bmuc nho\b|\bloi nho\b|\bphat hien nho\b")),
    (Severity.INFO, re.compile(r"\bluu y\b")),
)
# What people call a kind of finding; the same words stand in the names and groups of its checks.
_KINDS = (
    re.compile(r"\bchinh ta\b"),
    re.compile(r"\bcan cu\b"),
    re.compile(r"\bvien dan|dan chieu\b"),
    re.compile(r"\bthe thuc|trinh bay\b"),
    re.compile(r"\btham quyen\b"),
    re.compile(r"\bngon ngu|dien dat\b"),
    re.compile(r"\bdanh so\b"),
    re.compile(r"\bhieu luc\b"),
)


def findings(asked: Asked, report: Report, sources: DraftSources) -> Part:
    """The findings that the question means; told in full when they are few."""
    if _UNCHECKED.search(asked.folded):
        return _unchecked(report, sources)
    every: list[Numbered] = list(enumerate(report.findings, 1))
    chosen, which = _chosen(asked, every, sources)
    if chosen is None:
        return not_there(asked, sources)
    head = _head(report, chosen, which)
    lines = [f"{head} [{sources.read_off(head)}]", ""]
    ranked = sorted(chosen, key=lambda item: (_rank(item[1]), -item[1].confidence, item[0]))
    whole = MAX_SHOWN if which or len(chosen) <= MAX_SHOWN else 0
    lines += [_told(number, finding, sources) for number, finding in ranked[:whole]]
    lines += [_line(number, finding, sources) for number, finding in ranked[whole:MAX_LISTED]]
    note = "Không có phát hiện không có nghĩa là dự thảo đạt yêu cầu; người thẩm định quyết định."
    follow_ups = tuple(f"Phát hiện {number} là gì?" for number, _ in ranked[:2]) if len(chosen) > MAX_SHOWN else ()
    return Part("\n".join(lines).strip(), warnings=() if chosen else (note,), follow_ups=follow_ups)


def _chosen(asked: Asked, every: list[Numbered], sources: DraftSources) -> tuple[list[Numbered] | None, str]:
    """(findings, what they have in common); None for a provision that the draft does not have."""
    folded = asked.folded
    if number := _NUMBER.search(folded):
        return [item for item in every if item[0] == int(number[1])], f"số {number[1]}"
    if codes := {f"K{found[1]}" for found in _CHECK.finditer(folded)}:
        return [item for item in every if item[1].check in codes], f"của phép kiểm tra {', '.join(sorted(codes))}"
    if asked.references:
        hosts = located(asked, sources.draft)
        inside = [item for item in every if any(host.start <= item[1].start < host.end for host in hosts)]
        return (inside if hosts else None), "tại " + ", ".join(sources.place(host) for host in hosts)
    return _by_kind(asked, every)


def _by_kind(asked: Asked, every: list[Numbered]) -> tuple[list[Numbered], str]:
    """By how much they weigh or what they are about; all of them where the question says neither."""
    folded = asked.folded
    if _WORST.search(folded):
        worst = min((_rank(finding) for _, finding in every), default=0)
        return [item for item in every if _rank(item[1]) == worst], WORST
    for severity, pattern in _LEVELS:
        if pattern.search(folded):
            return [i for i in every if i[1].severity == severity.value], f"mức {severity.vietnamese}"
    for pattern in _KINDS:
        if said := pattern.search(folded):
            return [item for item in every if pattern.search(_described(item[1]))], f"về {_accented(asked, said)}"
    return every, ""


def _described(finding: Finding) -> str:
    group = next((check.group for check in CHECKS if check.id == finding.check), "")
    return fold(f"{finding.name} {group}")


def _accented(asked: Asked, said: re.Match[str]) -> str:
    """The words as the user wrote them: folding keeps every letter in its place."""
    return asked.text[said.start() : said.end()].lower()


def _head(report: Report, chosen: Sequence[Numbered], which: str) -> str:
    if not report.findings:
        return f"Lượt rà soát với {len(report.checks_run)} phép kiểm tra không có phát hiện nào."
    if not chosen:
        return f"Không có phát hiện nào {which}. Tổng cộng có {len(report.findings)} phát hiện: {_levels(report)}."
    if which == WORST:
        level = Severity(chosen[0][1].severity).vietnamese
        return f"Mức cao nhất trong {len(report.findings)} phát hiện là “{level}”, có {len(chosen)} phát hiện."
    if not which:
        return f"Lượt rà soát có {len(report.findings)} phát hiện: {_levels(report)}."
    if which.startswith("số "):
        return f"Phát hiện {which} trong {len(report.findings)} phát hiện."
    return f"Có {len(chosen)} phát hiện {which}, trong tổng số {len(report.findings)}."


def _levels(report: Report) -> str:
    return ", ".join(f"{count} {Severity(level).vietnamese}" for level, count in report.counts.items() if count)


def _rank(finding: Finding) -> int:
    return list(Severity).index(Severity(finding.severity))


def _told(number: int, finding: Finding, sources: DraftSources) -> str:
    """One finding whole: the passage verbatim, the reason, its basis and what is proposed."""
    head = f"Phát hiện {number}: {finding.name} ({_tags(finding)}) – {finding.place}"
    rows = [
        f"Lý do: {finding.reason}",
        f"Căn cứ: {finding.basis}" if finding.basis else "",
        f"Đề xuất: {finding.proposal}" if finding.proposal else "",
    ]
    kept = [" ".join(row.split()) for row in rows if row]
    marker = sources.finding(number, finding, "\n".join([head, *kept]))
    quote = [quotation(finding.quote, marker)] if finding.quote.strip() else []
    return "\n".join([f"**{head}** [{marker}]", *quote, *(f"- {row} [{marker}]" for row in kept), ""])


def _line(number: int, finding: Finding, sources: DraftSources) -> str:
    said = f"Phát hiện {number}: {finding.name} ({_tags(finding)}) – {finding.place}"
    return f"- {said} [{sources.finding(number, finding, said)}]"


def _tags(finding: Finding) -> str:
    return f"{Severity(finding.severity).vietnamese}, {finding.check}"


def _unchecked(report: Report, sources: DraftSources) -> Part:
    """What neither program nor review decided: for a person to look at."""
    if not report.unchecked:
        said = "Không có nội dung nào được ghi là chưa kiểm tra được."
        return Part(f"{said} [{sources.read_off(said)}]")
    rows = [f"{item.about}: {item.why}." for item in report.unchecked]
    marker = sources.read_off("\n".join(rows))
    return Part("\n".join([f"Nội dung chưa kiểm tra được, cần người thẩm định xem: [{marker}]",
                           *(f"- {row} [{marker}]" for row in rows)]))  # fmt: skip
