"""The trees that order provisions, and the numbers they read."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from assistant.index import Index, Query
from assistant.index.features import NAMES, Candidate, Row, features
from assistant.index.hybrid import HybridIndex
from assistant.index.ranker import Ranker, default_ranker
from assistant.index.reading import read
from assistant.index.values import Audience, Entry, Kind
from tests.index.conftest import LEAVE, NEW_ARCHIVE, OLD_ARCHIVE

SIGNALS = {"dense": 0.9, "lexical": 9.0, "folded": 8.0, "name": 3.0, "asked": 0.0, "likely": 0.0, "fused": 0.8}


def article(n: int, heading: str, text: str, number: str = "5/2031/QĐ") -> Entry:
    return Entry(f"{number}#dieu-{n}", Kind.PROVISION, number, "Quy chế thư viện", text, f"dieu-{n}", heading)


def candidates(*entries: Entry) -> list[Candidate]:
    return [Candidate(entry, SIGNALS, (0.9, 0.8), read(entry)) for entry in entries]


def column(rows: Row, name: str) -> list[float]:
    values: list[float] = rows[:, NAMES.index(name)].tolist()
    return values


LOST = article(4, "Mất thẻ", "Người mất thẻ báo thủ thư trong ba ngày.\nThẻ được cấp lại theo Điều 5.")
AGAIN = article(5, "Cấp lại thẻ", "Thẻ được cấp lại trong 07 ngày.")
FINES = article(9, "Sách hỏng", "Người làm hỏng sách đền bằng giá bìa.")


def test_trees_add_what_their_leaves_say() -> None:
    ranker = Ranker(
        feature=np.array([[0, 0, 0], [1, 0, 0]], np.int16),
        threshold=np.array([[0.5, 0, 0], [2.0, 0, 0]], np.float32),
        left=np.array([[1, 1, 2], [1, 1, 2]], np.int16),
        right=np.array([[2, 1, 2], [2, 1, 2]], np.int16),
        value=np.array([[0, 10.0, 20.0], [0, 1.0, 2.0]], np.float32),
    )
    rows = np.array([[0.5, 2.0], [0.6, 2.0], [0.0, 3.0]], np.float32)
    assert ranker.scores(rows).tolist() == [11.0, 21.0, 12.0]


def _walked(ranker: Ranker, row: Row) -> np.float32:
    leaves = []
    for feature, threshold, left, right, value in zip(
        ranker.feature, ranker.threshold, ranker.left, ranker.right, ranker.value, strict=True
    ):
        at = 0
        while left[at] != at:
            at = left[at] if row[feature[at]] <= threshold[at] else right[at]
        leaves.append(value[at])
    total: np.float32 = np.array([leaves], np.float32).sum(axis=1)[0]
    return total


def test_trees_are_read_as_a_walk_from_root_to_leaf_reads_them() -> None:
    shipped = default_ranker()
    assert shipped is not None
    ranker = dataclasses.replace(shipped, linear=None)
    chance = np.random.default_rng(1)
    rows = ranker.threshold[:, :1][chance.integers(0, len(ranker.threshold), (60, len(NAMES))), 0]  # ties too
    rows[::2] += chance.normal(0, 0.3, rows[::2].shape).astype(np.float32)
    assert ranker.scores(rows).tolist() == [_walked(ranker, row) for row in rows]


def test_trees_of_any_shape_up_to_64_leaves_are_read(leaves: int = 64) -> None:
    inner = leaves - 1  # a tree that goes right at every node, and one of a single leaf
    chain = [[n if n % 2 else n + 1 for n in range(2 * inner)] + [2 * inner]]
    right = [[n if n % 2 else n + 2 for n in range(2 * inner)] + [2 * inner]]
    alone = [list(range(2 * inner + 1))]
    ranker = Ranker(
        feature=np.zeros((2, 2 * inner + 1), np.int16),
        threshold=np.array([range(2 * inner + 1)] * 2, np.float32),
        left=np.array(chain + alone, np.int16),
        right=np.array(right + alone, np.int16),
        value=np.array([range(2 * inner + 1), [7.0] * (2 * inner + 1)], np.float32),
    )
    rows = np.linspace(-1, 2 * inner + 1, 300, dtype=np.float32)[:, None]
    assert ranker.scores(rows).tolist() == [_walked(ranker, row) for row in rows]


def test_the_shipped_trees_were_learned_for_these_features() -> None:
    ranker = default_ranker()
    assert ranker is not None
    assert ranker.feature.max() < len(NAMES)
    assert np.isfinite(ranker.scores(np.zeros((3, len(NAMES)), np.float32))).all()


def test_words_runs_and_headings_of_the_question_are_seen() -> None:
    rows = features("mất thẻ báo thủ thư trong ba ngày", "", candidates(LOST, FINES))
    for name in ("syllables covered", "pairs covered", "triples covered", "longest run", "heading in question"):
        first, second = column(rows, name)
        assert first > second, name


def test_a_question_without_diacritics_is_compared_without_them() -> None:
    typed = "mat the bao thu thu trong ba ngay"
    rows = features("mặt thể bảo thứ thư trông bà ngày", typed, candidates(LOST, FINES))
    first, second = column(rows, "syllables covered")
    assert first == 1.0 > second


def test_neighbours_and_citations_within_a_document_are_seen() -> None:
    other = article(5, "Cấp lại thẻ", "Thẻ được cấp lại.", number="6/2031/QĐ")
    rows = features("cấp lại thẻ", "", candidates(LOST, AGAIN, FINES, other))
    assert column(rows, "cited by") == [0.0, 1.0, 0.0, 0.0], "the Điều 5 of the same document, not of another"
    assert column(rows, "neighbour")[0] > 0.0 == column(rows, "neighbour")[2]


def test_a_law_stands_above_its_decree_in_legal_force() -> None:
    law = dataclasses.replace(article(1, "Thẻ", "Thẻ được cấp lại.", number="6/2031/QH16"), doc_type="Luật")
    decree = dataclasses.replace(article(2, "Thẻ", "Thẻ được cấp lại.", number="7/2031/NĐ-CP"), doc_type="Nghị định")
    rows = features("cấp lại thẻ", "", candidates(decree, law))
    assert column(rows, "ranks below the highest") == [3.0, 0.0]
    assert column(rows, "share of higher rank") == [0.5, 0.0]
    assert column(rows, "share of its rank") == [0.5, 0.5]


def test_what_is_asked_for_and_promised_is_marked() -> None:
    rows = features("mất thẻ thì bao lâu được cấp lại", "", candidates(AGAIN, FINES))
    assert column(rows, "question: time") == [1.0, 1.0]
    assert column(rows, "question: meaning") == [0.0, 0.0]
    assert column(rows, "heading: procedure") == [1.0, 0.0]
    assert column(rows, "durations") == [1.0, 0.0]


@examples(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.lists(st.text(max_size=120), min_size=1, max_size=4))
def test_whatever_is_typed_and_held_gives_finite_numbers(text: str, bodies: list[str]) -> None:
    entries = [article(n, body[:20], body) for n, body in enumerate(bodies)]
    rows = features(text, text, candidates(*entries))
    assert rows.shape == (len(bodies), len(NAMES)) and np.isfinite(rows).all()


class _Backwards:
    """The last candidate first."""

    def scores(self, rows: Row) -> np.ndarray:
        return np.arange(len(rows), dtype=np.float32)


@pytest.fixture
def backwards(index: Index) -> Iterator[Index]:
    assert isinstance(index, HybridIndex)
    searcher = index._searcher
    kept, searcher._ranker = searcher._ranker, _Backwards()  # type: ignore[assignment]
    yield index
    searcher._ranker = kept


def test_provisions_change_places_among_themselves_and_procedures_keep_theirs(index: Index, backwards: Index) -> None:
    query = Query("hồ sơ nộp vào kho lưu trữ, nghỉ phép", k=50, audience=Audience.STAFF)
    after = backwards.search(query)
    backwards._searcher._ranker = None  # type: ignore[attr-defined]
    before = index.search(query)
    provision = [hit.entry.kind is Kind.PROVISION for hit in before]
    assert [hit.score for hit in after] == [hit.score for hit in before]
    assert [hit.entry for hit in after if hit.entry.kind is not Kind.PROVISION] == [
        hit.entry for hit in before if hit.entry.kind is not Kind.PROVISION
    ]
    assert [hit.entry.kind is Kind.PROVISION for hit in after] == provision
    moved = [hit.entry.id for hit in after if hit.entry.kind is Kind.PROVISION]
    assert moved == [hit.entry.id for hit in before if hit.entry.kind is Kind.PROVISION][::-1]
    assert LEAVE in [hit.entry for hit in after]


def test_signals_of_a_hit_stay_those_of_its_own_entry(index: Index, backwards: Index) -> None:
    query = Query("thời hạn nộp hồ sơ vào kho lưu trữ")
    after = {hit.entry.id: hit for hit in backwards.search(query)}
    backwards._searcher._ranker = None  # type: ignore[attr-defined]
    for hit in index.search(query):
        assert dict(after[hit.entry.id].signals) == dict(hit.signals)
    assert {OLD_ARCHIVE.id, NEW_ARCHIVE.id} <= set(after)
    assert dataclasses.replace(after[OLD_ARCHIVE.id], score=0.0).entry == OLD_ARCHIVE
