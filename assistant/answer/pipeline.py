"""The product, top to bottom: a message goes through these steps, each taking one frozen ``Turn``."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from assistant.answer.compose import compose
from assistant.answer.danger import danger
from assistant.answer.places import PlaceNames
from assistant.answer.retrieve import retrieve
from assistant.answer.route import route
from assistant.answer.screen import screen
from assistant.answer.turn import Step, Turn
from assistant.answer.understand import understand
from assistant.answer.values import Answer, Question
from assistant.answer.verify import verify
from assistant.answer.word import word
from assistant.index import Index
from assistant.language.restore import Restorer
from assistant.law.calendar import Holidays
from assistant.law.catalogue import Catalogue
from assistant.law.places import Bodies, Places
from assistant.models import ChatModel


@dataclass(frozen=True, slots=True)
class Resources:
    """What the steps draw on, opened once per process."""

    index: Index
    catalogue: Catalogue
    holidays: Holidays
    restorer: Restorer
    places: PlaceNames = field(default_factory=lambda: PlaceNames(Places(), Bodies()))
    chat: ChatModel | None = None
    max_message_chars: int = 4_000


def steps(assistant: str, resources: Resources) -> list[Step]:
    """The steps of one assistant, in order."""
    return [
        screen(assistant, resources.max_message_chars),  # secrets, emergencies, personal data, what is refused
        understand(resources.restorer),  # diacritics, teencode, follow-ups, several questions at once
        danger,  # emergencies that no rule has the words for
        route(resources.catalogue, resources.places),  # by number, document, place or arithmetic, or by search
        retrieve(resources.index),  # hybrid search with audience, date and territory
        compose(  # fields and quotations
            resources.index, resources.catalogue, resources.holidays, resources.places, assistant
        ),
        word(resources.chat),  # a language model's wording over numbered evidence, where one is configured
        verify(assistant),  # every citation, quotation, number and date against its source
    ]


def run(question: Question, pipeline: list[Step], *, today: date | None = None) -> Answer:
    """The verified answer to one question; the first step that sets an answer ends the turn."""
    turn = Turn(question=question, today=today or date.today())
    for step in pipeline:
        turn = step(turn)
        if turn.answer is not None:
            return turn.answer
    raise AssertionError("the last step always answers")
