"""An article that was amended is quoted as it stood on the day asked about, and its link shows that wording."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.agents.talker import TalkingAgent
from assistant.answer.pipeline import Resources
from assistant.answer.values import Question
from assistant.index import open_index
from assistant.index.values import Audience
from assistant.ingest import ingest
from tests.ingest.test_merged import AMENDMENT, BASE

ASKED = "thời hạn giải quyết hồ sơ thuê xe đạp công cộng là bao lâu"


@pytest.fixture(scope="module")
def agent(resources: Resources, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TalkingAgent]:
    folder: Path = tmp_path_factory.mktemp("nghi-dinh")
    (folder / "a.txt").write_text(BASE, encoding="utf-8")
    (folder / "b.txt").write_text(AMENDMENT, encoding="utf-8")
    index = open_index(f"chroma:{tmp_path_factory.mktemp('index')}", create=True)
    ingest([folder], index)
    yield TalkingAgent("citizen", "Trợ lý người dân", Audience.CITIZEN, dataclasses.replace(resources, index=index))
    index.close()


def test_today_the_merged_wording_is_quoted_with_its_sources(agent: TalkingAgent) -> None:
    answer = agent.answer(Question(ASKED))
    assert "02 ngày làm việc" in answer.text and "05 ngày làm việc" not in answer.text
    assert "Giấy xác nhận nơi ở" not in answer.text, "a repealed point must not send anyone for a paper"
    assert any("được ghép theo 25/2023/NĐ-CP (từ 01/07/2023)" in warning for warning in answer.warnings)
    assert "as_of" not in answer.citations[0].url


def test_of_an_earlier_day_the_earlier_wording_is_quoted_and_linked(agent: TalkingAgent) -> None:
    answer = agent.answer(Question(ASKED, as_of=date(2022, 5, 1)))
    assert "05 ngày làm việc" in answer.text and "02 ngày làm việc" not in answer.text
    assert answer.citations[0].url.endswith("/dieu-2?as_of=2022-05-01")
