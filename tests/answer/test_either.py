"""Two records that stand near each other are both told, each under its name."""

from __future__ import annotations

from assistant.answer.compose import compose
from assistant.answer.pipeline import Resources
from assistant.answer.status import EITHER
from assistant.answer.turn import Ask, Turn
from assistant.answer.values import Answer, Question, Status
from assistant.index.values import Entry, Hit
from assistant.ingest.corpus import read_corpus
from assistant.settings import settings
from tests.answer.conftest import TODAY

TOLD = {"meaning": 0.6, "asked": 0.8, "likely": 3.0, "said": 0.5, "elsewhere": 0.0, "likely_elsewhere": 5.0}
QUESTION = "sắp hết hạn ở trọ thì làm lại giấy gì"


def draft(resources: Resources, *records: str, question: str = QUESTION) -> Answer:
    """Of a question whose first hits are these, so near that none leads."""
    known: dict[str, Entry] = {entry.number: entry for entry in read_corpus(settings().corpus)}
    hits = tuple(Hit(known[number], "", 0.5, TOLD) for number in records)
    ask = Ask(question, question, hits=hits, ahead=0.1, ahead_of_third=2.0)
    step = compose(resources.index, resources.catalogue, resources.holidays, resources.places, "citizen")
    answer = step(Turn(Question(question), TODAY, asks=(ask,))).draft
    assert answer is not None
    return answer


def test_both_are_told_and_the_reader_is_told_to_see_which(resources: Resources) -> None:
    answer = draft(resources, "1.002755", "1.004194", "1.003197")
    assert answer.text.startswith(EITHER) and answer.status is Status.ANSWERED_WITH_WARNING
    assert "(mã 1.002755)" in answer.text and "(mã 1.004194)" in answer.text and "(mã 1.003197)" not in answer.text
    assert answer.card is not None and answer.card["code"] == "1.002755"


def test_a_guide_that_does_not_know_says_so_and_leaves_the_other_to_answer(resources: Resources) -> None:
    question = "công chức bị khiển trách thì bao lâu được xóa kỷ luật"
    alone = draft(resources, "ky-luat-cong-chuc", "ky-luat-cong-chuc", question=question)
    assert alone.status is Status.UNANSWERABLE
    beside = draft(resources, "ky-luat-cong-chuc", "nang-luong-cong-chuc", question=question)
    assert beside.status is Status.ANSWERED_WITH_WARNING and EITHER not in beside.text
    assert "chưa có căn cứ về thời điểm xóa kỷ luật" in beside.text and "**Nâng bậc lương" in beside.text
