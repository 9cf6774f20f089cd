"""One score from several signals, and the figures that judge it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.errors import BadInput
from assistant.index.fusion import ACCENTED, ASKED, fuse, stretch, weights
from assistant.index.measure import Asked, figures, read_corpus, read_questions


def test_scores_are_stretched_to_one() -> None:
    assert stretch({"a": 0.8, "b": 0.9, "c": 0.85}) == pytest.approx({"a": 0.0, "b": 1.0, "c": 0.5})
    assert stretch({"a": 5.0, "b": 10.0}, 0.0) == {"a": 0.5, "b": 1.0}
    assert stretch({}) == {}
    assert stretch({"a": 0.0}, 0.0) == {"a": 1.0}


def test_an_entry_that_two_signals_like_beats_one_that_a_single_signal_likes() -> None:
    fused = fuse({"dense": {"a": 0.9, "b": 0.89, "c": 0.8}, "lexical": {"b": 9.0, "c": 1.0}}, ACCENTED)
    assert max(fused, key=fused.__getitem__) == "b"


def test_names_count_for_a_topic_and_not_for_a_question_that_repeats_the_text() -> None:
    topical = weights(ACCENTED, {"lexical": {"a": 5.0}}, 10)
    quoting = weights(ACCENTED, {"lexical": {"a": 30.0}}, 10)
    assert topical == ACCENTED
    assert quoting["name"] == 0.0
    assert {**quoting, "name": ACCENTED["name"], **ASKED} == ACCENTED
    assert quoting["asked"] == quoting["likely"] == 0.0


def test_figures_are_those_counted_by_hand() -> None:
    asked = [Asked("1", "", frozenset({"a"})), Asked("2", "", frozenset({"b", "c"})), Asked("3", "", frozenset({"d"}))]
    got = figures(asked, [["a", "x"], ["x", "c", "y", "b"], ["x"]], [1.0, 2.0, 3.0])
    assert (got.n, got.recall_1, got.hit_10) == (3, pytest.approx(1 / 3, abs=1e-4), pytest.approx(2 / 3, abs=1e-4))
    assert got.recall_3 == pytest.approx((1 + 0.5) / 3, abs=1e-4)
    assert got.recall_10 == pytest.approx(2 / 3, abs=1e-4)
    assert got.mrr_10 == pytest.approx((1 + 0.5) / 3, abs=1e-4)


def test_both_shapes_of_corpus_are_read(tmp_path: Path) -> None:
    laws = [{"id": "Luật A", "articles": [{"id": "1", "text": "Phạm vi\n\nLuật này quy định."}]}]
    (tmp_path / "laws.json").write_text(json.dumps(laws), encoding="utf-8")
    line = {"number": "1/2024/QH15", "article": "2", "heading": None, "text": "Nội dung", "doc_type": "Luật"}
    (tmp_path / "lines.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    (one,), (two,) = read_corpus(tmp_path / "laws.json"), read_corpus(tmp_path / "lines.jsonl")
    assert (one.id, one.heading, one.text) == ("Luật A#dieu-1", "Phạm vi", "Luật này quy định.")
    assert (two.id, two.heading) == ("1/2024/QH15#dieu-2", "")


def test_a_bad_line_of_questions_is_named(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text('{"id": 1, "question": "x", "gold": ["Luật A|1"]}\n{"id": 2}\n', encoding="utf-8")
    with pytest.raises(BadInput, match=":2:"):
        read_questions(path)
    assert read_questions(path, 1)[0].gold == frozenset({"Luật A#dieu-1"})


def test_a_sample_question_adds_by_how_near_it_is_and_takes_from_none() -> None:
    signals = {"dense": {"a": 0.9, "b": 0.8, "c": 0.7}, "asked": {"b": 0.85, "c": 0.45}}
    fused, without = fuse(signals, ACCENTED), fuse({"dense": signals["dense"]}, ACCENTED)
    assert fused["a"] == without["a"]
    assert fused["b"] == pytest.approx(without["b"] + ACCENTED["asked"])
    assert fused["c"] == pytest.approx(without["c"]), "as near as questions are that have nothing to do with it"
