"""“Dự thảo quy định thế nào về …?”: the điều that speak of it, verbatim."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from assistant.agents.draft.asked import Asked, without_draft_words
from assistant.agents.draft.provisions import quote_of
from assistant.agents.draft.sources import DraftSources
from assistant.answer.compose.part import Part
from assistant.answer.values import Status
from assistant.language.normalise import fold
from assistant.law.document import Provision, ProvisionKind
from assistant.review.draft import Draft

ENOUGH = 0.5  # of the question's weight must stand in one điều
NEAR = 0.85  # of the best score: a second điều that speaks of it as much
MAX_SHOWN = 2
# Words of asking, which are no topic: “quy định thế nào về”, “có nói gì đến”, “không”.
_ASKING = re.compile(
    r"\b(?:quy dinh|noi|ghi|neu|de cap|viet|the hien) (?:nhu )?(?:the nao|gi|ra sao|o dau|dieu nao)\b(?: (?:ve|den))?"
    r"|\b(?:the nao|ra sao|la gi|bao nhieu|o dau|khi nao|bao gio|nhu the nao|ai|nao|gi|may)\b"
    r"|\b(?:co )?(?:quy dinh|noi|ghi|neu|de cap) (?:ve|den|rang|la)?\b"
    r"|\b(?:co|khong|chua|vay|nhi|a|thi|ve|trong|cua|cho|hoi)\b"
)


def topic(asked: Asked, sources: DraftSources) -> Part:
    """At most two điều; a plain word where none speaks of it."""
    question = without_draft_words(asked.text)
    words = _topic_words(question)
    units = _units(sources.draft)
    scores = _scores(words, [f"{p.heading}\n{sources.draft.text[p.start : p.end]}" for p in units])
    best = max(scores, default=0.0)
    if best < ENOUGH:
        said = f"Không tìm thấy trong dự thảo nội dung về “{' '.join(words) or question}”."
        hint = "Nếu hỏi quy định pháp luật hiện hành, anh/chị hỏi riêng câu đó và không nhắc đến dự thảo."
        return Part(f"{said} {hint}", Status.UNANSWERABLE, follow_ups=("Dự thảo gồm những điều nào?",))
    ranked = sorted((n for n, score in enumerate(scores) if score >= NEAR * best), key=lambda n: -scores[n])
    return Part("\n\n".join(quote_of(units[n], sources) for n in sorted(ranked[:MAX_SHOWN])))


def _units(draft: Draft) -> list[Provision]:
    """The điều and appendices; the numbered parts of a text without điều."""
    outer = [p for p in draft.document.provisions if p.kind is ProvisionKind.APPENDIX and len(p.locator.steps) == 1]
    top = [p for p in draft.document.provisions if p.kind is ProvisionKind.CLAUSE and len(p.locator.steps) == 1]
    return [*(draft.articles or top), *outer]


def _topic_words(question: str) -> list[str]:
    """Words as typed, without those that only ask; folding keeps every letter in its place."""
    kept, at = [], 0
    for found in _ASKING.finditer(fold(question)):
        kept.append(question[at : found.start()])
        at = found.end()
    return re.findall(r"\w+", " ".join([*kept, question[at:]]))


def _scores(words: Sequence[str], texts: Sequence[str]) -> list[float]:
    """One for each text: the share of the words and word pairs it holds, rare ones counting more, 0…1."""
    wanted = Counter(_terms([fold(word) for word in words]))
    if not wanted:
        return [0.0] * len(texts)
    bags = [set(_terms(re.findall(r"\w+", fold(text)))) for text in texts]
    seen = Counter(term for bag in bags for term in bag if term in wanted)
    weight = {term: math.log(1 + (len(texts) + 1) / (seen[term] + 0.5)) for term in wanted}
    total = sum(weight.values())
    return [sum(weight[term] for term in wanted if term in bag) / total for bag in bags]


def _terms(words: Sequence[str]) -> list[str]:
    return [*words, *(f"{a} {b}" for a, b in pairwise(words))]
