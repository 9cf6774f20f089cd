"""The draft as a .docx with the findings as Word comments; the text itself is never touched."""

from __future__ import annotations

import copy
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import etree

from assistant.answer.values import Finding
from assistant.review.check import Severity
from assistant.review.file_facts import is_docx

if TYPE_CHECKING:
    from assistant.review.report import Report

AUTHOR = "Trợ lý rà soát"
INITIALS = "TLRS"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_CONTEXT = 40  # letters on each side that tell two equal quotations apart
_LABEL = re.compile(r"^\s*(?:\d+[a-zđ]?[.)]|[a-zđ]\d*\)|Điều\s+\d+[a-zđ]?\.)\s*")


def annotate(report: Report, target: Path, source: Path | None = None) -> None:
    """Write the annotated .docx. ``source``: the file that was reviewed.

    Anything but a Word document that can be opened is written anew from the text, so that no finding is lost.
    """
    document = _opened(source) or _made_of(report.document.text)
    stream = _Stream.of(document)
    for finding in report.findings:
        runs = stream.runs(report.document.text, finding)
        if runs:
            document.add_comment(runs, text=comment_text(finding), author=AUTHOR, initials=INITIALS)
    document.save(str(target))


def comment_text(finding: Finding) -> str:
    """What the comment says, a line each: severity, reason, basis, proposal."""
    severity = Severity(finding.severity).vietnamese
    lines = [
        f"[{severity.upper()}] {finding.check} – {finding.name} ({finding.place})",
        f"Lý do: {finding.reason}",
        f"Căn cứ: {finding.basis}" if finding.basis else "",
        f"Đề xuất: {finding.proposal}" if finding.proposal else "",
        f"Độ tin cậy: {finding.confidence:.0%}. Người thẩm định quyết định."
        if finding.confidence < 1
        else "Người thẩm định quyết định.",
    ]
    return "\n".join(line for line in lines if line)


def _opened(source: Path | None) -> Any:
    """The document, or None: the reader opens files that python-docx does not."""
    import docx  # noqa: PLC0415
    from docx.opc.exceptions import OpcError  # noqa: PLC0415

    if source is None or not is_docx(source):
        return None
    try:
        return docx.Document(str(source))
    except (OpcError, KeyError, ValueError, OSError, zipfile.BadZipFile, etree.XMLSyntaxError):
        return None


def _made_of(text: str) -> Any:
    """A plain document, one paragraph a line, in the font that official texts use."""
    import docx  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    document = docx.Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(14)
    for line in text.split("\n"):
        document.add_paragraph(line)
    return document


@dataclass(slots=True)
class _Stream:
    """The visible letters of a Word document in order, each with its paragraph and offset; spaces left out."""

    letters: str
    places: list[tuple[Any, int]]  # (paragraph element, offset among the characters of its runs)
    document: Any

    @classmethod
    def of(cls, document: Any) -> _Stream:
        letters: list[str] = []
        places: list[tuple[Any, int]] = []
        for paragraph in document.element.body.iter(_W + "p"):
            text = "".join(_run_text(run) for run in _runs(paragraph))
            for offset, char in _visible(text):
                letters.append(char)
                places.append((paragraph, offset))
        return cls("".join(letters), places, document)

    def runs(self, text: str, finding: Finding) -> list[Any]:
        """The runs that hold the quotation and nothing else; those of the first paragraph where it is not found."""
        found = self._find(text, finding)
        if found is None:
            first = next(
                (r for p in self.document.element.body.iter(_W + "p") for r in _runs(p) if _run_text(r).strip()), None
            )
            return [] if first is None else [self._wrap(first)]
        (first_paragraph, start), (last_paragraph, stop) = self.places[found[0]], self.places[found[1] - 1]
        if first_paragraph is last_paragraph:
            inside = _cut(first_paragraph, start, stop + 1)
        else:
            inside = [_cut(first_paragraph, start, None)[0], _cut(last_paragraph, 0, stop + 1)[-1]]
        return [self._wrap(run) for run in inside]

    def _wrap(self, run: Any) -> Any:
        from docx.text.run import Run  # noqa: PLC0415

        return Run(run, self.document)

    def _find(self, text: str, finding: Finding) -> tuple[int, int] | None:
        """(start, end) among the letters: of equal quotations the one whose surroundings agree most."""
        label = _LABEL.match(finding.quote)
        for start in (finding.start, finding.start + (label.end() if label else 0)):
            wanted = _letters(text[start : finding.end])
            if not wanted:
                continue
            before = _letters(text[max(0, start - 3 * _CONTEXT) : start])[-_CONTEXT:]
            after = _letters(text[finding.end : finding.end + 3 * _CONTEXT])[:_CONTEXT]
            share = start / max(1, len(text))
            best: tuple[float, int] | None = None
            at = self.letters.find(wanted)
            while at >= 0:
                stop = at + len(wanted)
                agrees = _common(before[::-1], self.letters[max(0, at - _CONTEXT) : at][::-1]) + _common(
                    after, self.letters[stop : stop + _CONTEXT]
                )
                score = agrees - abs(at / max(1, len(self.letters)) - share)
                best = max(best, (score, at)) if best else (score, at)
                at = self.letters.find(wanted, at + 1)
            if best:
                return best[1], best[1] + len(wanted)
        return None


def _common(one: str, two: str) -> int:
    return next((i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))


def _letters(text: str) -> str:
    return "".join(char for _, char in _visible(text))


def _visible(text: str) -> list[tuple[int, str]]:
    """(offset of its first code point, NFC character): a letter with loose marks counts as one, spaces are left out."""
    found: list[tuple[int, str]] = []
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        char = unicodedata.normalize("NFC", text[at:end])
        if not char.isspace() and unicodedata.category(char[0]) not in ("Cf", "Cc"):
            found.append((at, "Đ" if char == "Ð" else "đ" if char == "ð" else char))
        at = end
    return found


def _runs(paragraph: Any) -> list[Any]:
    """Runs of this paragraph, also in tracked insertions and links; not of a text box in it, nor deleted ones."""
    return [
        run for run in paragraph.iter(_W + "r") if next(run.iterancestors(_W + "p")) is paragraph and not _deleted(run)
    ]


def _deleted(run: Any) -> bool:
    return any(parent.tag in (_W + "del", _W + "moveFrom") for parent in run.iterancestors())


def _run_text(run: Any) -> str:
    return "".join(node.text or "" for node in run if node.tag == _W + "t")


def _cut(paragraph: Any, start: int, stop: int | None) -> list[Any]:
    """Split runs so that some of them hold exactly ``[start:stop]`` of the paragraph's characters; give those."""
    inside, at = [], 0
    for run in _runs(paragraph):
        length = len(_run_text(run))
        left, right = max(start - at, 0), length if stop is None else min(stop - at, length)
        if length and left < right:
            if right < length:
                _split(run, right)
            inside.append(_split(run, left) if left else run)
        at += length
    return inside


def _split(run: Any, at: int) -> Any:
    """Cut a run before its character ``at``; the new right half, with the same properties, follows it."""
    right = copy.deepcopy(run)
    run.addnext(right)
    seen = 0
    for mine, other in zip(list(run), list(right), strict=True):
        if mine.tag == _W + "rPr":
            continue
        length = len(mine.text or "") if mine.tag == _W + "t" else 0
        if mine.tag == _W + "t" and seen < at < seen + length:
            whole = mine.text
            mine.text, other.text = whole[: at - seen], whole[at - seen :]
            mine.set(_SPACE, "preserve")
            other.set(_SPACE, "preserve")
        elif seen + length <= at if length else seen < at:
            right.remove(other)
        else:
            run.remove(mine)
        seen += length
    return right
