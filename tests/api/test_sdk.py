"""Clients that people already have work as they are: the OpenAI SDK, LangChain, curl."""

from __future__ import annotations

import asyncio
import io
import shutil
import subprocess
from typing import Any

import openai
import pytest
from langchain_openai import ChatOpenAI
from openai import AsyncOpenAI, OpenAI

from assistant.store import Role
from tests.api.fixtures import Site

ASK: Any = [{"role": "user", "content": "Thời hạn bao lâu?"}]
TEXT = "**Thời hạn** chung là 15 ngày làm việc. [1]\n- Tờ khai [1]\n- Giấy tờ tùy thân [1]\n"
Live = tuple[str, Site]


def client(live: Live, role: Role | None = None) -> OpenAI:
    address, site = live
    return OpenAI(base_url=f"{address}/v1", api_key=site.keys[role] if role else "khong-co", max_retries=0)


def test_the_sdk_reads_a_whole_answer_with_our_fields(live: Live) -> None:
    answer = client(live).chat.completions.create(model="citizen", messages=ASK, temperature=0, seed=1)
    assert answer.choices[0].message.content == TEXT
    assert answer.usage and answer.usage.total_tokens > 4
    assert answer.troly["citations"][0]["number"] == "45/2099/QH14"  # type: ignore[attr-defined]
    assert answer._request_id and answer._request_id.startswith("req_")


def test_the_sdk_reads_a_stream_with_our_fields_in_the_last_chunk(live: Live) -> None:
    chunks = list(client(live).chat.completions.create(model="citizen", messages=ASK, stream=True))
    assert "".join(c.choices[0].delta.content or "" for c in chunks) == TEXT
    assert chunks[-1].troly["status"] == "answered"  # type: ignore[attr-defined]


def test_the_sdk_gets_the_usage_of_a_stream(live: Live) -> None:
    options: Any = {"include_usage": True}
    stream = client(live).chat.completions.create(model="citizen", messages=ASK, stream=True, stream_options=options)
    assert [c.usage.prompt_tokens for c in stream if c.usage] == [4]


def test_the_sdk_helper_for_streams_puts_the_same_answer_together(live: Live) -> None:
    with client(live).chat.completions.stream(model="citizen", messages=ASK) as stream:
        final = stream.get_final_completion()
    assert final.choices[0].message.content == TEXT


def test_our_request_fields_travel_in_the_extra_body(live: Live) -> None:
    extra = {"troly": {"as_of": "2026-07-01"}}
    client(live).chat.completions.create(model="citizen", messages=ASK, extra_body=extra)
    assert str(live[1].agents["citizen"].asked[-1].as_of) == "2026-07-01"


def test_the_asynchronous_sdk_asks_many_questions_at_once(live: Live) -> None:
    async def ask_many() -> list[str | None]:
        async with AsyncOpenAI(base_url=f"{live[0]}/v1", api_key="x", max_retries=0) as sdk:
            whole = [sdk.chat.completions.create(model="citizen", messages=ASK) for _ in range(20)]
            texts = [answer.choices[0].message.content for answer in await asyncio.gather(*whole)]
            stream = await sdk.chat.completions.create(model="citizen", messages=ASK, stream=True)
            return [*texts, "".join([chunk.choices[0].delta.content or "" async for chunk in stream])]

    assert asyncio.run(ask_many()) == [TEXT] * 21


@pytest.mark.parametrize(
    ("model", "role", "error"),
    [
        ("staff", None, openai.AuthenticationError),
        ("reviewer", Role.STAFF, openai.PermissionDeniedError),
        ("gpt-5", None, openai.NotFoundError),
    ],
)
def test_the_sdk_raises_its_own_error_for_each_of_ours(
    live: Live, model: str, role: Role | None, error: type[openai.APIStatusError]
) -> None:
    with pytest.raises(error) as caught:
        client(live, role).chat.completions.create(model=model, messages=ASK)
    assert caught.value.code in ("invalid_api_key", "not_allowed", "model_not_found")
    assert isinstance(caught.value.body, dict)
    assert caught.value.body["message"]


def test_the_sdk_raises_when_a_stream_breaks(live: Live) -> None:
    ask: Any = [{"role": "user", "content": "đứt giữa chừng"}]
    with pytest.raises(openai.APIError, match="ngoài dự kiến"):
        list(client(live).chat.completions.create(model="citizen", messages=ask, stream=True))


def test_the_sdk_lists_assistants(live: Live) -> None:
    assert [m.id for m in client(live, Role.REVIEWER).models.list()] == ["citizen", "staff", "reviewer"]


def test_the_sdk_uploads_a_draft_has_it_reviewed_and_fetches_the_annotated_file(live: Live, draft: bytes) -> None:
    sdk = client(live, Role.REVIEWER)
    file = sdk.files.create(file=("Dự thảo.docx", io.BytesIO(draft)), purpose="user_data")
    assert (file.filename, file.bytes, file.status) == ("Dự thảo.docx", len(draft), "processed")
    ask: Any = [{"role": "user", "content": [{"type": "file", "file": {"file_id": file.id}}]}]
    answer = sdk.chat.completions.create(model="reviewer", messages=ask)
    ours = answer.troly  # type: ignore[attr-defined]
    assert [f["check"] for f in ours["findings"]] == ["K30", "K01"]
    [made] = ours["files"]
    assert made["purpose"] == "annotated"
    assert "path" not in made
    assert sdk.files.content(made["id"]).read().startswith(b"PK annotated")
    assert {f.id for f in sdk.files.list()} == {file.id, made["id"]}
    assert sdk.files.retrieve(file.id).filename == "Dự thảo.docx"
    assert sdk.files.delete(file.id).deleted
    with pytest.raises(openai.NotFoundError):
        sdk.files.retrieve(file.id)


def test_langchain_talks_to_it_like_to_any_chat_model(live: Live) -> None:
    model = ChatOpenAI(model="citizen", base_url=f"{live[0]}/v1", api_key="x", max_retries=0)  # type: ignore[arg-type]
    assert model.invoke("Thời hạn bao lâu?").content == TEXT
    streamed = list(model.stream([("system", "trả lời ngắn"), ("human", "Thời hạn bao lâu?")]))
    assert "".join(str(chunk.content) for chunk in streamed) == TEXT
    assert asyncio.run(model.ainvoke("Thời hạn bao lâu?")).content == TEXT


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed: apt-get install curl")
def test_curl_reads_a_stream_as_it_comes(live: Live) -> None:
    body = '{"model":"citizen","stream":true,"messages":[{"role":"user","content":"Thời hạn?"}]}'
    command = ["curl", "-sN", f"{live[0]}/v1/chat/completions", "-H", "Content-Type: application/json", "-d", body]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert lines[-2] == "data: [DONE]"
