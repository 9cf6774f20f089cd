"""The evidence of an answer about a draft: its own words, the findings, and the catalogue."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.answer.compose.sources import Sources
from assistant.answer.values import Citation, Finding
from assistant.law.document import Provision
from assistant.review.draft import Draft

KIND = "draft"  # of a citation: the source is the file that the user sent


@dataclass(slots=True)
class DraftSources(Sources):
    """Nguồn là dự thảo. ``name``: of the file, as the user knows it."""

    draft: Draft = field(kw_only=True)
    name: str = field(kw_only=True)

    def span(self, start: int, end: int, place: str, locator: str = "") -> int:
        """The marker of a passage, quoted verbatim."""
        quote = self.draft.text[start:end].strip()
        return self._own(place, quote, quote, locator)

    def unit(self, provision: Provision) -> int:
        """The marker of a provision that is named and not quoted: its heading stands for it."""
        text = self.draft.text[provision.start : provision.end]
        first = text.strip().split("\n", 1)[0]
        return self._own(self.place(provision), first, text, provision.locator.path)

    def finding(self, number: int, finding: Finding, said: str) -> int:
        """The marker of a finding: the passage, and what the review said of it."""
        return self._own(
            f"{finding.place} (phát hiện {number})", finding.quote, f"{finding.quote}\n{said}", finding.locator
        )

    def read_off(self, said: str) -> int:
        """The marker of something counted or looked up in the draft by program."""
        return self.calculation(f"Đọc và đếm trên dự thảo “{self.name}”", said)

    def place(self, provision: Provision) -> str:
        """“khoản 2 Điều 5 Quy định kèm theo”; of an attachment its own name."""
        return self.draft.printed(provision.locator) or provision.label

    def _own(self, place: str, quote: str, text: str, locator: str) -> int:
        label = f"{place[:1].upper()}{place[1:]} – dự thảo “{self.name}”"
        return self._add(Citation(0, KIND, "", locator, label, quote=quote), None, f"{text}\n{label}")
