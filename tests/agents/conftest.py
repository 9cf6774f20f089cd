"""The reviewer over the shipped catalogue, and drafts in our own words."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest

from assistant.agents.reviewer import ReviewerAgent
from assistant.answer.pipeline import Resources
from assistant.answer.values import Answer, Message, Question, UploadedFile
from assistant.index.values import Audience
from assistant.ingest.corpus import load_catalogue, load_holidays
from assistant.language.restore import Restorer
from assistant.settings import settings
from tests.api.desk import MemoryIndex
from tests.review.seeds import CITY, text_of

# The clean draft with four defects: two grounds that ended, an inner reference that leads nowhere, a missing điều.
DEFECTS = (
    ("Luật Tổ chức chính quyền địa phương số 72/2025/QH15", "Luật Tổ chức chính quyền địa phương số 77/2015/QH13"),
    (
        "Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15 được sửa đổi, bổ sung bởi Luật số 87/2025/QH15",
        "Luật Ban hành văn bản quy phạm pháp luật số 80/2015/QH13",
    ),
    ("Điều 9. Trách nhiệm của Sở", "Điều 12. Trách nhiệm của Sở"),
)
Talk = Callable[..., Answer]


def flawed() -> str:
    text = text_of(CITY)
    for old, new in DEFECTS:
        assert old in text
        text = text.replace(old, new, 1)
    return text


@lru_cache(maxsize=1)
def reviewer() -> ReviewerAgent:
    config = settings()
    resources = Resources(
        index=MemoryIndex([]),  # type: ignore[arg-type]
        catalogue=load_catalogue(config.corpus),
        holidays=load_holidays(config.corpus),
        restorer=Restorer.default(),
    )
    return ReviewerAgent("reviewer", "Trợ lý rà soát văn bản", Audience.STAFF, resources, config)


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    """``talk(question, text=…, before=[…])``: a question after that draft was sent."""

    def ask(question: str, *, text: str | None = None, before: tuple[str, ...] = (), sent: bool = False) -> Answer:
        path = tmp_path / "tep.txt"
        path.write_text(flawed() if text is None else text, encoding="utf-8")
        file = UploadedFile("file-1", "Dự thảo Quyết định.txt", str(path))
        history = tuple(Message("user", said) for said in before)
        files = {"files" if sent else "earlier_files": (file,)}
        return reviewer().answer(Question(question, history=history, **files))

    return ask
