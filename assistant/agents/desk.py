"""Opens what the assistants draw on: index, catalogue, holidays, diacritics model, chat model."""

from __future__ import annotations

from assistant.answer.pipeline import Resources
from assistant.answer.places import PlaceNames
from assistant.index import open_index
from assistant.ingest.corpus import load_bodies, load_catalogue, load_holidays, load_places
from assistant.language.restore import Restorer
from assistant.models import open_chat
from assistant.settings import Settings


def open_resources(settings: Settings) -> Resources:
    """Raises IndexProblem when the index is missing, foreign or built with another model."""
    index = open_index(settings.index, embeddings=settings.embeddings)
    return Resources(
        index=index,
        catalogue=load_catalogue(settings.corpus),
        holidays=load_holidays(settings.corpus),
        places=PlaceNames(load_places(settings.corpus), load_bodies(settings.corpus)),
        restorer=Restorer.default(),
        chat=open_chat(settings),
        max_message_chars=settings.max_message_chars,
    )
