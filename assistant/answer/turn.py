"""The one value that goes through the steps of ``pipeline.py``; no step changes it, each returns a new one."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.answer.values import Answer, Citation, Question
from assistant.index.values import Entry, Hit
from assistant.law.citation import Reference


class Facet(StrEnum):
    """Khía cạnh được hỏi của một thủ tục."""

    DOSSIER = "dossier"
    TIME = "time"
    FEE = "fee"
    WHERE = "where"
    STEPS = "steps"
    BASIS = "basis"
    WHO = "who"
    RESULT = "result"
    FORM = "form"
    ONLINE = "online"
    CONDITION = "condition"


class Route(StrEnum):
    """Loại câu hỏi, decided by rules and by what retrieval finds."""

    PROCEDURE = "procedure"
    PROVISION = "provision"  # asked for by its number: “điểm b khoản 2 Điều 20 Luật Cư trú”
    DOCUMENT = "document"  # is it in force, what replaced it
    REGULATION = "regulation"
    DEADLINE = "deadline"  # working-day arithmetic
    PLACE = "place"  # what an old ward, district or body is today
    SMALL_TALK = "small_talk"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Chứng cứ: what an answer may use, under one number ``[marker]``."""

    citation: Citation
    entry: Entry | None
    text: str  # every number, date and quotation of a sentence that cites it must stand in here


@dataclass(frozen=True, slots=True)
class Ask:
    """Một ý hỏi: one of the questions in a message, followed through the steps."""

    text: str  # with diacritics, abbreviations written out, completed from the history
    typed: str
    facets: frozenset[Facet] = frozenset()
    references: tuple[Reference, ...] = ()
    synonyms: tuple[str, ...] = ()  # the law's words for what was said in everyday words
    route: Route | None = None
    hits: tuple[Hit, ...] = ()
    whole: str = ""  # the question in full, where ``text`` is only the part of it that was found
    apart: tuple[str, ...] = ()  # parts of the message that by themselves find nothing of what the whole finds
    ahead: float = 0.0  # how far the first of ``hits`` stands before the second
    ahead_of_third: float = 0.0  # the same, before the third

    @property
    def said(self) -> str:
        """All that was asked, whatever part of it found the record."""
        return self.whole or self.text


@dataclass(frozen=True, slots=True)
class Turn:
    """Một lượt hỏi đáp on its way from the message to the verified answer."""

    question: Question
    today: date
    text: str = ""  # cleaned message, personal data masked
    asks: tuple[Ask, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    warnings: tuple[str, ...] = ()
    draft: Answer | None = None  # composed, not yet verified
    wording: str = ""  # the draft's text as a language model worded it, not yet verified
    answer: Answer | None = None  # verified: the turn ends here
    danger: str = ""  # the rule that has heard an emergency
    stray: str = ""  # the rule that has heard what no office answers

    @property
    def on(self) -> date:
        """The date on which the answer must hold."""
        return self.question.as_of or self.today

    def ended(self, answer: Answer) -> Turn:
        """The turn with its answer: no further step is taken."""
        return dataclasses.replace(self, answer=answer)

    def warned(self, *warnings: str) -> Turn:
        """The turn with warnings added, each once."""
        new = tuple(w for w in dict.fromkeys(warnings) if w and w not in self.warnings)
        return dataclasses.replace(self, warnings=self.warnings + new)


Step = Callable[[Turn], Turn]
