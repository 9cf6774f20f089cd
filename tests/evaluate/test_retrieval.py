"""``troly eval retrieval``: the figures of a small corpus in our own words, and what a bad file is told."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli import app
from assistant.errors import BadInput
from assistant.evaluate.retrieval import evaluate
from assistant.settings import settings

ARTICLES = [
    ("1/2030/QĐ", "1", "Giờ mở cửa bãi gửi xe", "Bãi gửi xe mở cửa từ sáu giờ đến hai mươi hai giờ."),
    ("1/2030/QĐ", "2", "Tiền gửi xe", "Người đến làm việc được gửi xe miễn tiền trong hai giờ đầu."),
    ("2/2030/QĐ", "1", "Nghỉ phép năm", "Viên chức được nghỉ mười hai ngày phép mỗi năm."),
    ("2/2030/QĐ", "2", "Mất thẻ thư viện", "Người mất thẻ thư viện báo thủ thư và được cấp lại thẻ trong ba ngày."),
]
QUESTIONS = [
    {"id": "a", "question": "bãi gửi xe mở cửa lúc mấy giờ", "gold": ["1/2030/QĐ|1"]},
    {"id": "b", "question": "mỗi năm viên chức nghỉ phép bao nhiêu ngày", "gold": ["2/2030/QĐ|1"]},
    {"id": "c", "question": "thẻ thư viện bị mất thì làm sao", "gold": ["2/2030/QĐ|2", "9/1999/QĐ|7"]},
]
NAMES = ["n", "recall@1", "recall@3", "recall@10", "hit@10", "mrr@10", "ms_p50", "ms_p95"]


@pytest.fixture(scope="module", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TROLY_CACHE", str(tmp_path_factory.mktemp("cache")))
        settings.cache_clear()
        yield
    settings.cache_clear()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("eval")
    rows = [dict(zip(("number", "article", "heading", "text"), row, strict=True)) for row in ARTICLES]
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (folder / "articles.jsonl").write_text(lines, encoding="utf-8")
    with gzip.open(folder / "articles.jsonl.gz", "wt", encoding="utf-8") as out:
        out.write(lines)
    numbers = sorted({row["number"] for row in rows})
    laws = [
        {
            "id": number,
            "articles": [
                {"id": row["article"], "text": f"{row['heading']}\n{row['text']}"}
                for row in rows
                if row["number"] == number
            ],
        }
        for number in numbers
    ]
    (folder / "laws.json").write_text(json.dumps(laws, ensure_ascii=False), encoding="utf-8")
    asked = "\n".join(json.dumps(row, ensure_ascii=False) for row in QUESTIONS)
    (folder / "questions.jsonl").write_text(asked + "\n\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("corpus", ["articles.jsonl", "articles.jsonl.gz", "laws.json"])
def test_every_documented_shape_of_corpus_gives_the_same_figures(folder: Path, corpus: str) -> None:
    found = evaluate(folder / corpus, folder / "questions.jsonl")
    assert (found.figures.n, found.figures.hit_10, found.figures.mrr_10) == (3, 1.0, 1.0)
    assert found.figures.recall_10 == round((1 + 1 + 0.5) / 3, 4), "one gold article of the last is not in the corpus"
    assert found.missing == 1


def test_the_command_prints_the_named_figures_and_says_which_gold_is_missing(folder: Path) -> None:
    files = ["--corpus", str(folder / "laws.json"), "--questions", str(folder / "questions.jsonl")]
    done = CliRunner().invoke(app, ["eval", "retrieval", *files, "--json", "--limit", "2", "--strip-diacritics"])
    assert done.exit_code == 0, done.output
    printed = json.loads(done.stdout)
    assert list(printed) == NAMES
    assert printed["n"] == 2 and printed["recall@1"] == 1.0
    assert "1 đáp án" in CliRunner().invoke(app, ["eval", "retrieval", *files]).stderr


def test_a_kept_index_is_used_again_and_refused_for_another_corpus(folder: Path, tmp_path: Path) -> None:
    address = f"chroma:{tmp_path / 'kept'}"
    once = evaluate(folder / "articles.jsonl", folder / "questions.jsonl", index=address)
    again = evaluate(folder / "articles.jsonl", folder / "questions.jsonl", index=address)
    assert once.figures.mrr_10 == again.figures.mrr_10
    other = tmp_path / "other.jsonl"
    other.write_text('{"number": "7/2031/QĐ", "article": "1", "text": "Việc khác."}', encoding="utf-8")
    with pytest.raises(BadInput, match="không thuộc tệp văn bản"):
        evaluate(other, folder / "questions.jsonl", index=address)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("c.jsonl", '{"number": "1", "article": "1", "text": "x"}\n{"number": "1"}', "dòng 1: thiếu 'article'"),
        ("c.jsonl", "không phải JSON", "không đúng dạng"),
        ("c.json", '{"id": "Luật"}', "không đúng dạng"),
        ("c.jsonl.gz", "not gzip", "Không đọc được"),
        ("c.jsonl", "", "không có điều nào"),
        ("none.jsonl", None, "Không đọc được"),
    ],
)
def test_a_corpus_that_cannot_be_read_is_named(
    folder: Path, tmp_path: Path, name: str, text: str | None, said: str
) -> None:
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as error:
        evaluate(tmp_path / name, folder / "questions.jsonl")
    assert said in str(error.value) and name in str(error.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"id": "1", "question": "x", "gold": ["A|1"]}\n{"id": "2", "gold": ["A|1"]}', "q.jsonl:2: thiếu 'question'"),
        ('{"id": "1", "question": "x", "gold": "A|1"}', "danh sách"),
        ('{"id": "1", "question": "x", "gold": ["A1"]}', "“A1”"),
        ("[1, 2]", "q.jsonl:1:"),
        ("\n\n", "không có câu nào"),
    ],
)
def test_a_question_file_that_cannot_be_read_is_named(folder: Path, tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "q.jsonl").write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as error:
        evaluate(folder / "articles.jsonl", tmp_path / "q.jsonl")
    assert said in str(error.value)


def test_an_unknown_engine_is_refused(folder: Path) -> None:
    with pytest.raises(BadInput, match="chroma hoặc qdrant"):
        evaluate(folder / "articles.jsonl", folder / "questions.jsonl", engine="solr")
