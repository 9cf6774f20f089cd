"""The line of a record that answers is shown, whatever words it was asked with and whichever section it stands in."""

from __future__ import annotations

import unicodedata

import pytest

from assistant.answer.compose.guide import answer_guide
from assistant.answer.compose.passages import passages
from assistant.answer.compose.procedure import answer_procedure
from assistant.answer.compose.sources import Sources
from assistant.answer.pipeline import Resources
from assistant.answer.relevance import relevance, spoken_of
from assistant.answer.turn import Ask, Facet
from assistant.index.values import Audience, Entry
from assistant.index.vector_cache import key
from assistant.ingest.corpus import read_corpus
from assistant.settings import settings
from tests.answer.conftest import TODAY


@pytest.fixture(scope="module")
def records() -> dict[str, Entry]:
    return {entry.number: entry for entry in read_corpus(settings().corpus)}


@pytest.fixture
def sources(resources: Resources) -> Sources:
    return Sources(resources.index, resources.catalogue, TODAY, Audience.STAFF)


def asked(text: str, *facets: Facet) -> Ask:
    return Ask(text, text, facets=frozenset(facets))


def test_a_line_is_nearest_by_what_it_means_where_no_word_is_the_same(resources: Resources) -> None:
    lines = ["Người đã ly hôn nộp bản án", "Trẻ dưới 06 tuổi không lấy sinh trắc học", "Lệ phí nộp tại quầy"]
    question = "bé mới bốn tuổi có phải bồng lên lăn tay chụp hình"
    assert max(relevance(question, lines)) < 0.2
    scores = spoken_of(question, "Cấp thẻ căn cước", lines, resources.index.embeddings)
    assert scores.index(max(scores)) == 1


def test_a_step_that_answers_is_shown_though_no_steps_are_asked_for(
    records: dict[str, Entry], sources: Sources
) -> None:
    question = asked("bé nhà mình mới 4 tuổi, làm thẻ căn cước trên VNeID thì có phải bồng đi lăn tay chụp hình không")
    part = answer_procedure(question, records["1.014062"], sources)
    assert "**Trình tự (trích):**" in part.text and "không lấy sinh trắc" in part.text
    assert "**Hồ sơ:**" in part.text


def test_a_bare_topic_is_answered_without_excerpts(records: dict[str, Entry], sources: Sources) -> None:
    assert "(trích)" not in answer_procedure(asked("cấp thẻ căn cước dưới 14 tuổi"), records["1.014062"], sources).text


def test_one_paper_of_a_dossier_is_not_shown_as_the_whole(records: dict[str, Entry], sources: Sources) -> None:
    question = asked("công nhân ở ký túc xá đăng ký theo danh sách thì đóng bao nhiêu", Facet.FEE)
    text = answer_procedure(question, records["1.004194"], sources).text
    assert "**Hồ sơ (trích):**" in text and "**Hồ sơ:**" not in text


def test_the_section_of_a_guide_is_found_by_what_it_means(records: dict[str, Entry], sources: Sources) -> None:
    question = asked("em đang lãnh tiền mất việc tháng thứ hai thì đi lính, số tháng đóng còn dư có bị mất không")
    part = answer_guide(question, records["bao-hiem-that-nghiep"], sources)
    assert "được bảo lưu" in part.text


def test_every_line_that_may_be_chosen_has_its_vector_beside_the_corpus(resources: Resources) -> None:
    lines = list(passages(read_corpus(settings().corpus), TODAY))
    model = resources.index.embeddings
    keys = {key(model.digest, unicodedata.normalize("NFC", line)) for line in lines}
    assert len(keys) > 2_000
    assert len(model.known(list(keys))) > 0.97 * len(keys)  # fees are printed by the day
