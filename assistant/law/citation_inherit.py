"""Documents that a citation takes from the words around it, beyond its own list (right to left, as the law is read)."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.law.citation_values import EXTERNAL, SELF, CitedDocument, Reference
from assistant.law.fold import FoldedText

# “quy định tại Điều 9 và hành vi vi phạm quy định tại Điều 13 của Luật X”: both are articles of X.
_SAME_SENTENCE = re.compile(
    r"[^.;:\n()\"]{0,150}?(?:,|\s(?:va|hoac))\s[^.;:\n()\"]{0,120}?\s(?:tai|theo)\s+(?:cac\s+)?"
)
_LED = re.compile(r"(?:quy\s+dinh\s+)?(?:tai|theo)\s+(?:cac\s+)?$")
# “Luật A hết hiệu lực kể từ …, trừ các quy định tại Điều 159 …”: what stays in force is of A.
_EXCEPTED = re.compile(r"het\s+hieu\s+luc[^.;\n]{0,160}?,?\s+tru\s[^.;\n]{0,60}?tai\s+(?:cac\s+)?$")


def inherited(folded: FoldedText, found: list[Reference], spans: list[tuple[int, int]]) -> list[Reference]:
    """Articles without a document take that of the next one in their sentence which is another document's."""
    for place in range(len(found) - 2, -1, -1):
        one, other = found[place], found[place + 1]
        if not (_open(one) and other.scope == EXTERNAL and other.article and other.role is None):
            continue
        (start, end), (following, _) = spans[place], spans[place + 1]
        same_list = one.start != other.start and _in_list(folded, end, following)
        led = _LED.search(folded.plain, max(0, start - 20), start)
        if same_list or (led and _SAME_SENTENCE.fullmatch(folded.plain, end, following)):
            found[place] = replace(
                one,
                scope=EXTERNAL,
                confidence=min(one.confidence, 0.6),
                **{
                    name: getattr(other, name) for name in ("doc_type", "number", "name", "year", "issued_on", "issuer")
                },
            )
    return found


def _open(one: Reference) -> bool:
    """An article of which no document is said; one that an operation names is the amended document's."""
    said = one.doc_type or one.attached or one.relative or one.operation or one.quoted or one.role
    return bool(one.article) and one.scope == SELF and not said


def _in_list(folded: FoldedText, end: int, following: int) -> bool:
    """The member of a list before one that has taken its document here."""
    return re.fullmatch(r"\s?(?:,|,?\s?(?:va|hoac))\s", folded.plain[end:following]) is not None


def excepted_of(folded: FoldedText, start: int, named: list[tuple[int, CitedDocument]]) -> CitedDocument | None:
    """The document that has expired but for the unit at a position."""
    window = folded.plain[max(0, start - 260) : start]
    found = _EXCEPTED.search(window) if "het hieu luc" in window else None
    if found is None:
        return None
    expired = start - len(window) + found.start()
    before = [held for end, held in named if end <= expired and expired - end < 300]
    return before[-1] if before else None
