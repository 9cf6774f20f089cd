"""The article that a question names comes first, whatever else matches its words."""

from __future__ import annotations

import pytest

from assistant.index.cited import cited_first
from assistant.index.values import Entry, Kind


def entry(number: str, title: str, article: str, kind: Kind = Kind.PROVISION) -> Entry:
    return Entry(f"{number}#dieu-{article}", kind, number, title, "Nội dung.", f"dieu-{article}", "Tên điều")


ENTRIES = {
    found.id: found
    for found in (
        entry("104/2016/QH13", "Luật Tiếp cận thông tin", "5"),
        entry("104/2016/QH13", "Luật Tiếp cận thông tin", "6"),
        entry("91/2015/QH13", "Bộ luật dân sự", "6"),
        entry("59/2020/QH14", "Luật 59/2020/QH14", "6"),
        entry("104/2016/QH13", "Luật Tiếp cận thông tin", "12a"),
        entry("18/2013/L-CTN", "Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam", "25"),
    )
}
RANKED = [(name, 0.9 - n / 10) for n, name in enumerate(ENTRIES)]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Mục đích của Điều 6 Luật Tiếp cận thông tin là gì?", "104/2016/QH13#dieu-6"),
        ("dieu 6 luat tiep can thong tin noi gi", "104/2016/QH13#dieu-6"),
        ("khoản 1 Điều 6 Bộ luật Dân sự", "91/2015/QH13#dieu-6"),
        ("điều 6 của 59/2020/QH14 quy định gì", "59/2020/QH14#dieu-6"),
        ("Điều 12a Luật Tiếp cận thông tin", "104/2016/QH13#dieu-12a"),
        ("Điều 6 Luật Tố tụng dân sự", "104/2016/QH13#dieu-5"),  # a law that is not here
        ("Điều 66 Luật Tiếp cận thông tin", "104/2016/QH13#dieu-5"),
        ("quyền tiếp cận thông tin", "104/2016/QH13#dieu-5"),
        ("Theo Bộ luật Dân sự năm 2015, quyền tiếp cận thông tin là gì?", "91/2015/QH13#dieu-6"),
        ("theo quy định tại 59/2020/QH14 thì ai được tiếp cận thông tin", "59/2020/QH14#dieu-6"),
        ("Theo hiến pháp, ai được tiếp cận thông tin", "18/2013/L-CTN#dieu-25"),
        ("tiếp cận thông tin theo Bộ luật Dân sự", "104/2016/QH13#dieu-5"),  # spoken of, not asked
    ],
)
def test_the_article_or_law_named_comes_first(question: str, first: str) -> None:
    assert cited_first(question, RANKED, ENTRIES)[0][0] == first


def test_places_keep_their_scores_and_the_others_their_order() -> None:
    moved = cited_first("Điều 6 Bộ luật Dân sự", RANKED, ENTRIES)
    assert [score for _, score in moved] == [score for _, score in RANKED]
    rest = [name for name, _ in RANKED if name != "91/2015/QH13#dieu-6"]
    assert [name for name, _ in moved[1:]] == rest


def test_what_is_no_provision_and_what_is_unknown_stay() -> None:
    known = {"x": entry("6", "Luật Tiếp cận thông tin", "6", Kind.GUIDE)}
    ranked = [("unknown", 0.5), ("x", 0.4)]
    assert cited_first("Điều 6 Luật Tiếp cận thông tin", ranked, known) == ranked
