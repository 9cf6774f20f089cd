"""A report as Markdown for people and as JSON for programs."""

from __future__ import annotations

import json
from dataclasses import asdict

from assistant.review.check import Severity
from assistant.review.report import Report


def to_json(report: Report) -> str:
    """One object: family, on, counts, findings, checks_run, unchecked, warnings, disclaimers."""
    return json.dumps(
        {
            "number": report.document.number,
            "subject": report.document.subject,
            "family": report.family.value,
            "on": report.on.isoformat(),
            "counts": report.counts,
            "findings": [asdict(finding) for finding in report.findings],
            "checks_run": list(report.checks_run),
            "unchecked": [asdict(item) for item in report.unchecked],
            "warnings": list(report.warnings),
            "disclaimers": list(report.disclaimers),
        },
        ensure_ascii=False,
        indent=2,
    )


def to_markdown(report: Report) -> str:
    """A report to read: the findings in the order of the draft, then what could not be checked."""
    title = report.document.subject or report.document.source or "dự thảo"
    lines = [
        f"# Kết quả rà soát: {title}",
        "",
        f"- Họ thể thức: {report.family.value}",
        f"- Đối chiếu theo quy định tại ngày {report.on:%d/%m/%Y}",
        f"- Phát hiện: {_counts(report)}",
        f"- Số phép kiểm tra đã chạy: {len(report.checks_run)}",
        "",
        "## Phát hiện",
        "",
    ]
    lines += _findings(report) or ["Không có phát hiện.", ""]
    lines += ["## Chưa kiểm tra được", ""]
    lines += [f"- {item.about}: {item.why}." for item in report.unchecked] or ["- Không có."]
    if report.warnings:
        lines += ["", "## Lưu ý khi đọc tệp", "", *(f"- {warning}" for warning in report.warnings)]
    lines += ["", "---", "", *(f"*{text}*  " for text in report.disclaimers), ""]
    return "\n".join(lines)


def _counts(report: Report) -> str:
    parts = [f"{count} {Severity(level).vietnamese}" for level, count in report.counts.items() if count]
    return ", ".join(parts) or "không có"


def _findings(report: Report) -> list[str]:
    lines: list[str] = []
    for at, finding in enumerate(report.findings, 1):
        quote = " ".join(finding.quote.split())
        lines += [
            f"### {at}. {finding.name} ({Severity(finding.severity).vietnamese}) – {finding.place}",
            "",
            f"> {quote}",
            "",
            f"- Lý do: {finding.reason}",
            f"- Căn cứ: {finding.basis}",
            f"- Đề xuất: {finding.proposal}",
            f"- Mã: {finding.check}; độ tin cậy: {finding.confidence:.0%}",
            "",
        ]
    return lines
