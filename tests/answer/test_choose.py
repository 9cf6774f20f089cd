"""What stands beside the provision that answers."""

from __future__ import annotations

import dataclasses

from assistant.answer.compose.choose import lead_hits, nearest_names
from assistant.answer.turn import Ask
from assistant.index.values import Entry, Hit, Kind
from tests.answer.conftest import provision

QUESTION = "thời hạn giải quyết khiếu nại lần đầu"
RULE = "Thời hạn giải quyết khiếu nại lần đầu không quá 30 ngày kể từ ngày thụ lý."


def hit(article: str, title: str, number: str, score: float) -> Hit:
    entry = dataclasses.replace(
        provision(article, "Thời hạn giải quyết khiếu nại lần đầu", RULE, title=title), number=number
    )
    entry = dataclasses.replace(entry, id=f"{number}#dieu-{article}")
    return Hit(entry, RULE, score, {"meaning": 0.9, "lexical": 60.0, "folded": 40.0})


def test_another_law_on_the_same_words_is_not_quoted_beside_the_one_that_answers() -> None:
    own = hit("28", "Luật Khiếu nại", "2/2011/QH13", 0.9)
    further = hit("29", "Luật Khiếu nại", "2/2011/QH13", 0.85)
    court = hit("505", "Bộ luật Tố tụng dân sự", "92/2015/QH13", 0.88)
    guiding = hit("5", "Nghị định hướng dẫn Luật Khiếu nại", "124/2020/NĐ-CP", 0.84)

    def led(*hits: Hit) -> list[Hit]:
        return lead_hits(Ask(QUESTION, QUESTION, hits=hits))

    assert led(own, court, further) == [own, further]
    assert led(own, court, guiding) == [own, guiding]
    assert led(own, court) == [own]


def test_what_is_near_but_not_sure_is_named_to_choose_from_and_not_answered() -> None:
    def record(name: str, meaning: float, likely: float = 1.0, kind: Kind = Kind.GUIDE) -> Hit:
        told = {"asked": 0.6, "likely": likely, "said": 0.5, "elsewhere": 0.1, "likely_elsewhere": 5.0}
        return Hit(Entry(name, kind, name, name, name), name, 0.5, {"meaning": meaning, **told})

    near, far = record("Cấp lại thẻ thư viện", 0.7, 8.0), record("Nuôi chó mèo", -0.2)
    article = record("Nội quy phòng đọc", -0.2, kind=Kind.PROVISION)
    ask = Ask("rớt thẻ ở quán nước", "rớt thẻ ở quán nước", hits=(near, far, article))
    assert lead_hits(ask) == []
    assert nearest_names(ask) == ("Cấp lại thẻ thư viện",)


def test_two_that_stand_near_each_other_answer_together() -> None:
    told = {"meaning": 0.6, "asked": 0.8, "likely": 11.0, "said": 0.5, "elsewhere": 0.0, "likely_elsewhere": 5.0}

    def record(name: str) -> Hit:
        return Hit(Entry(name, Kind.PROCEDURE, name, name, name), name, 0.5, told)

    hits = record("Gia hạn tạm trú"), record("Đăng ký tạm trú"), record("Khai báo tạm vắng")
    ask = Ask("sắp hết hạn ở trọ thì làm lại giấy gì", "", hits=hits, ahead=0.1, ahead_of_third=2.0)
    assert lead_hits(ask) == list(hits[:2])
