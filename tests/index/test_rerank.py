"""Reranking is off unless a model is named; then the model decides the order, and a missing one is told."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import MissingExtra, ModelUnavailable
from assistant.index import open_index
from assistant.index.hybrid import HybridIndex
from assistant.index.rerank import RerankedIndex, reordered
from assistant.index.values import Hit, Query
from assistant.settings import settings
from tests.index.conftest import BIRTH, CITY_PARKING, LEAVE, NEW_ARCHIVE

ENTRIES = [LEAVE, BIRTH, NEW_ARCHIVE, CITY_PARKING]
HITS = [Hit(entry, entry.text, 0.9 - n / 10, {"dense": 0.8}) for n, entry in enumerate(ENTRIES)]


class Backwards:
    """Prefers what came last."""

    def scores(self, question: str, passages: list[str]) -> list[float]:
        return [float(n) for n in range(len(passages))]


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """``named(model)`` sets TROLY_RERANKER."""

    def name(model: str) -> None:
        monkeypatch.setenv("TROLY_RERANKER", model)
        settings.cache_clear()

    yield name
    settings.cache_clear()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a small index."""
    url = f"chroma:{tmp_path_factory.mktemp('rerank')}/index"
    index = open_index(url, create=True)
    index.sync(ENTRIES, source="test")
    index.close()
    return url


def test_the_models_order_holds_and_the_scores_keep_their_scale() -> None:
    moved = reordered("hỏi", HITS, Backwards())  # type: ignore[arg-type]
    assert [hit.entry.id for hit in moved] == [hit.entry.id for hit in reversed(HITS)]
    assert [hit.score for hit in moved] == [hit.score for hit in HITS]
    assert [hit.signals["rerank"] for hit in moved] == [3.0, 2.0, 1.0, 0.0]
    assert all(hit.signals["dense"] == 0.8 for hit in moved)


def test_without_a_name_nothing_is_reranked(folder: str) -> None:
    index = open_index(folder)
    assert isinstance(index, HybridIndex)
    index.close()


def test_without_the_extra_the_error_says_what_to_install(
    folder: str, named: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(
        "assistant.index.rerank.find_spec", lambda name: None if name == "sentence_transformers" else found(name)
    )
    named("mot-mo-hinh")
    with pytest.raises(MissingExtra, match=r"mot-mo-hinh.*troly\[models\]"):
        open_index(folder)


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of a CrossEncoder with random weights and a vocabulary of our own syllables."""
    reason = "needs the extra: pip install 'troly[models]'"
    pytest.importorskip("torch", reason=reason)
    transformers = pytest.importorskip("transformers", reason=reason)
    cross = pytest.importorskip("sentence_transformers", reason=reason)
    place = tmp_path_factory.mktemp("encoder")
    syllables = sorted({word for entry in ENTRIES for word in entry.text.lower().split()})
    (place / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *syllables]))
    transformers.BertTokenizer(str(place / "vocab.txt"), strip_accents=False).save_pretrained(place)
    shape = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 64}
    config = transformers.BertConfig(vocab_size=len(syllables) + 5, num_labels=1, **shape)
    transformers.BertForSequenceClassification(config).save_pretrained(place)
    assert cross.CrossEncoder(str(place), device="cpu") is not None
    return str(place)


def test_a_named_cross_encoder_orders_the_hits(folder: str, encoder: str, named: Any) -> None:
    named(encoder)
    index = open_index(folder)
    assert isinstance(index, RerankedIndex)
    hits = index.search(Query("nghỉ phép", "nghỉ phép", k=3))
    scores = [hit.signals["rerank"] for hit in hits]
    assert len(hits) == 3 and scores == sorted(scores, reverse=True)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert index.entries(LEAVE.number) == [LEAVE]
    index.close()


def test_a_model_that_is_not_there_is_named(folder: str, named: Any, tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers", reason="needs the extra: pip install 'troly[models]'")
    named(str(tmp_path / "khong-co"))
    with pytest.raises(ModelUnavailable, match="khong-co"):
        open_index(folder)
