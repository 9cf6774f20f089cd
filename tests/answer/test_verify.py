"""Nothing leaves that its source does not hold."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answer.turn import Evidence, Turn
from assistant.answer.values import Answer, Citation, Question, Status
from assistant.answer.verify import checked, dates, figures, verify

FEE = Evidence(
    Citation(1, "procedure", "9.000001", "", "Thủ tục 9.000001 – Cấp thẻ thử"),
    None,
    "Cấp thẻ thử. Thời hạn 07 ngày làm việc. Lệ phí 70000 đồng. Áp dụng đến 2026-12-31, theo 64/2025/TT-BTC.",
)
LAW = Evidence(
    Citation(2, "provision", "1/2030/QH20", "dieu-2", "Điều 2 Luật Thử số 1/2030/QH20"),
    None,
    "Người nộp hồ sơ không phải trả thêm khoản nào ngoài lệ phí.\n"
    "Cơ quan tiếp nhận cấp giấy hẹn ngay khi nhận đủ hồ sơ.",
)


@pytest.mark.parametrize(
    "line",
    [
        "- Thời hạn: 07 ngày làm việc. [1]",
        "- Lệ phí: 70.000 đồng, đến hết ngày 31/12/2026. [1]",
        "- Theo Thông tư 64/2025/TT-BTC. [1]",
        "> Người nộp hồ sơ không phải trả thêm khoản nào ngoài lệ phí. [2]",
        "> Người nộp hồ sơ không phải trả thêm khoản nào ngoài lệ phí.\n"
        "> Cơ quan tiếp nhận cấp giấy hẹn ngay khi nhận đủ hồ sơ. [2]",
        "Cả hai nguồn cùng nói. [1][2]",
    ],
)
def test_a_line_that_its_source_holds_is_kept(line: str) -> None:
    assert checked(line, [FEE, LAW]) == line


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("- Thời hạn: 05 ngày làm việc. [1]", "another number"),
        ("- Lệ phí: 700.000 đồng. [1]", "another amount"),
        ("- Áp dụng đến hết ngày 31/11/2026. [1]", "another date"),
        ("- Áp dụng từ ngày 12/7/2025. [1]", "a date put together from figures of the source"),
        ("- Theo Thông tư 64/2026/TT-BTC. [1]", "another document"),
        ("- Theo Nghị định 64/2025/NĐ-CP. [1]", "another kind of document"),
        ("- Thời hạn: 07 ngày làm việc. [3]", "a source that does not exist"),
        ("- Thời hạn: 07 ngày làm việc.", "no source at all"),
        ("- Thời hạn: 07 ngày làm việc. [2]", "the wrong source"),
        ("> Người nộp hồ sơ phải trả thêm khoản ngoài lệ phí. [2]", "a quotation that is not verbatim"),
        ("> Người nộp hồ sơ không phải trả thêm khoản nào ngoài lệ phí.", "a quotation without source"),
        (
            "Luật nói: “Người nộp hồ sơ phải trả thêm một khoản ngoài lệ phí”. [2]",
            "an inline quotation that is not verbatim",
        ),
    ],
)
def test_a_line_that_its_source_does_not_hold_is_dropped(line: str, why: str) -> None:
    assert checked(line, [FEE, LAW]) == "", why


def test_only_the_failing_line_is_dropped() -> None:
    text = "**Cấp thẻ thử** [1]\n- Thời hạn: 07 ngày làm việc. [1]\n- Lệ phí: 1.000 đồng. [1]"
    assert checked(text, [FEE]) == "**Cấp thẻ thử** [1]\n- Thời hạn: 07 ngày làm việc. [1]"


def test_one_bad_row_drops_the_whole_quotation() -> None:
    text = "> Người nộp hồ sơ không phải trả thêm khoản nào ngoài lệ phí.\n> Câu này không có trong nguồn. [2]"
    assert checked(text, [LAW]) == ""


def _turn(text: str, wording: str = "") -> Turn:
    return Turn(
        Question("hỏi"),
        date(2026, 11, 21),
        evidence=(FEE, LAW),
        draft=Answer(Status.ANSWERED, text),
        wording=wording,
    )


def test_an_answer_of_which_nothing_holds_becomes_a_refusal() -> None:
    answer = verify("citizen")(_turn("- Lệ phí: 1.000 đồng. [1]")).answer
    assert answer is not None and answer.status is Status.UNANSWERABLE and not answer.citations


def test_only_used_sources_are_cited() -> None:
    answer = verify("citizen")(_turn("- Thời hạn: 07 ngày làm việc. [1]")).answer
    assert answer is not None and [c.number for c in answer.citations] == ["9.000001"]


def test_a_models_wording_is_used_when_it_holds() -> None:
    answer = verify("citizen")(_turn("- Thời hạn: 07 ngày làm việc. [1]", "Anh/chị chờ 7 ngày làm việc. [1]")).answer
    assert answer is not None and answer.text == "Anh/chị chờ 7 ngày làm việc. [1]"


@pytest.mark.parametrize(
    "wording",
    [
        "Anh/chị chờ 3 ngày làm việc. [1]",
        "Anh/chị chờ 7 ngày làm việc.",
        "Theo tôi biết thì rất nhanh.",
        "KHÔNG ĐỦ CĂN CỨ",
        "Anh/chị chờ 7 ngày làm việc. [9]",
    ],
)
def test_a_models_wording_that_does_not_hold_gives_way_to_the_quoted_form(wording: str) -> None:
    answer = verify("citizen")(_turn("- Thời hạn: 07 ngày làm việc. [1]", wording)).answer
    assert answer is not None and answer.text == "- Thời hạn: 07 ngày làm việc. [1]"


def test_figures_read_thousands_and_leading_zeros() -> None:
    assert figures("2.530.000 đồng, 07 ngày, ngày 01/7/2026") == {2530000, 7, 1, 2026}


def test_dates_are_the_same_in_every_writing() -> None:
    assert dates("31/12/2026") == dates("2026-12-31") == dates("ngày 31 tháng 12 năm 2026") == {(2026, 12, 31)}
