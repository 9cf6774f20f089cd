"""Procedures with like names: the one that the question names, neither more nor less."""

from __future__ import annotations

from assistant.index.naming import NAMED, fuller_names_first
from assistant.index.values import Entry, Kind

PLAIN = Entry("tthc:1", Kind.PROCEDURE, "1", "Cấp thẻ thư viện", "")
FOREIGN = Entry("tthc:2", Kind.PROCEDURE, "2", "Cấp thẻ thư viện cho người nước ngoài", "")
ALIASED = Entry("tthc:3", Kind.PROCEDURE, "3", "Đăng ký bạn đọc lâu năm", "", aliases=("làm thẻ thư viện",))
RULE = Entry("9#dieu-1", Kind.PROVISION, "9", "Cấp thẻ thư viện", "")
HELD = {entry.id: entry for entry in (PLAIN, FOREIGN, ALIASED, RULE)}


def order(text: str, *names: str) -> list[str]:
    return [name for name, _ in fuller_names_first(text, [(name, 0.5) for name in names], HELD)]


def test_a_qualifier_that_was_not_asked_about_comes_second() -> None:
    assert order("xin cấp thẻ thư viện", FOREIGN.id, PLAIN.id) == [PLAIN.id, FOREIGN.id]
    assert order("cấp thẻ thư viện cho người nước ngoài", FOREIGN.id, PLAIN.id)[0] == FOREIGN.id


def test_an_everyday_name_counts_like_the_official_one() -> None:
    assert order("lam the thu vien", PLAIN.id, ALIASED.id)[0] == ALIASED.id


def test_a_clear_lead_is_not_overturned_and_provisions_keep_their_score() -> None:
    ranked = [(FOREIGN.id, 0.9), (RULE.id, 0.85), (PLAIN.id, 0.84 - NAMED), ("unknown", 0.1)]
    after = fuller_names_first("cấp thẻ thư viện", ranked, HELD)
    assert [name for name, _ in after] == [FOREIGN.id, RULE.id, PLAIN.id, "unknown"]
    assert dict(after)[RULE.id] == 0.85
