"""What people type, and what they must read back."""

from __future__ import annotations

import re
from datetime import date

import pytest

from assistant.agents.reviewer import ReviewerAgent
from assistant.answer.pipeline import Resources
from assistant.answer.values import Question, Status
from assistant.answer.verify import figures
from assistant.index.values import Audience
from assistant.settings import settings
from tests.answer.conftest import LAW, OWN, TEXT, Ask

ANSWERED = {Status.ANSWERED, Status.ANSWERED_WITH_WARNING}


@pytest.mark.parametrize(
    "question",
    [
        "đăng ký tạm trú cần giấy tờ gì",
        "dang ky tam tru can giay to gi",
        "dk tam tru can j z",
        "mần răng để đăng ký tạm trú rứa",
    ],
)
def test_a_procedure_is_found_however_it_is_typed(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.status in ANSWERED
    assert answer.card is not None and answer.card["code"] == "1.004194"
    assert "CT01" in answer.text and {3} <= figures(answer.text)


def test_a_narrow_question_gets_time_and_fee_and_no_dossier(ask: Ask) -> None:
    answer = ask("làm lại căn cước bị mất mất bao lâu, tốn nhiêu tiền")
    assert answer.card is not None and answer.card["code"] == "1.014064"
    assert "**Thời hạn" in answer.text and "**Phí, lệ phí" in answer.text and "**Hồ sơ" not in answer.text


def test_what_was_asked_comes_before_what_is_said_besides(ask: Ask) -> None:
    where = ask("đăng ký tạm trú nộp ở đâu").text
    assert where.index("**Nơi nộp") < where.index("**Thời hạn")
    fee = ask("đăng ký tạm trú lệ phí bao nhiêu").text
    assert fee.index("**Phí, lệ phí") < fee.index("**Thời hạn")


def test_every_fact_of_a_procedure_is_cited_and_the_record_is_dated(ask: Ask) -> None:
    answer = ask("đăng ký khai sinh cần giấy tờ gì")
    facts = [line for line in answer.text.split("\n") if any(ch.isdigit() for ch in line)]
    assert facts and all(re.search(r"\[\d+\]$", line) for line in facts)
    assert sum("[1]" in line for line in facts) > len(facts) / 2
    assert answer.citations[0].checked_on is not None and answer.citations[0].url == "/v1/documents/1.001193"


def test_a_doubt_of_the_record_is_shown(ask: Ask) -> None:
    answer = ask("đăng ký khai sinh bao lâu có")
    assert answer.status is Status.ANSWERED_WITH_WARNING
    assert any("đơn vị" in warning for warning in answer.warnings)


def test_a_regulation_is_answered_by_the_clause_verbatim(ask: Ask) -> None:
    answer = ask("xe máy gửi quá giờ trong bãi giữ xe cơ quan trả bao nhiêu tiền mỗi giờ", "staff")
    assert answer.status in ANSWERED
    quoted = [c.quote for c in answer.citations]
    assert "b) Xe máy: 3.000 đồng mỗi giờ" in quoted[0] and quoted[0] in TEXT
    assert all(any(quote in entry.text for entry in OWN) for quote in quoted)


@pytest.mark.parametrize(
    ("reference", "wanted", "unwanted"),
    [
        (f"khoản 3 Điều 3 Luật số {LAW}", "Người khuyết tật", "Xe đạp"),
        (f"điểm đ khoản 2 Điều 3 Luật số {LAW} nói gì", "Ô tô", "Xe máy"),
        (f"Điều 4 Luật số {LAW}", "22 giờ", "Xe đạp"),
    ],
)
def test_a_provision_asked_for_by_its_number_is_given_exactly(
    ask: Ask, reference: str, wanted: str, unwanted: str
) -> None:
    answer = ask(reference, "staff")
    assert wanted in answer.text and unwanted not in answer.text


@pytest.mark.parametrize("reference", [f"khoản 9 Điều 3 Luật số {LAW}", f"điểm d khoản 2 Điều 3 Luật số {LAW}"])
def test_a_provision_that_does_not_exist_is_said_not_to(ask: Ask, reference: str) -> None:
    answer = ask(reference, "staff")
    assert answer.status is Status.UNANSWERABLE and "không có" in answer.text and not answer.citations


def test_what_the_store_does_not_hold_is_refused(ask: Ask) -> None:
    for question in ("mức phạt vượt đèn đỏ là bao nhiêu", "xin visa đi Mỹ cần gì", "giá vé tàu tết năm nay"):
        answer = ask(question)
        assert answer.status is Status.UNANSWERABLE and not answer.citations, question


def test_an_internal_document_never_reaches_a_citizen(ask: Ask) -> None:
    question = "tầng hầm B2 dành cho xe công vụ của lãnh đạo nào"
    assert "B2" in ask(question, "staff").text
    assert "B2" not in ask(question).text
    assert "B2" not in ask("Điều 6 Quy chế số 01/QC-NB").text


def test_an_expired_provision_answers_only_for_its_time(ask: Ask) -> None:
    question = "xe máy gửi ban đêm trong bãi giữ xe cơ quan trả mấy đồng"
    assert "2.000" not in ask(question, "staff").text
    assert "2.000" in ask(question, "staff", as_of=date(2023, 5, 1)).text


def test_a_guide_gives_the_statement_with_its_legal_basis(ask: Ask) -> None:
    answer = ask("doanh nghiep bieu qua tet co duoc nhan khong", "staff")
    assert answer.status in ANSWERED and "không được" in answer.text
    assert any(c.number == "36/2018/QH14" and c.locator.startswith("dieu-22") for c in answer.citations)


def test_a_follow_up_keeps_the_topic(ask: Ask) -> None:
    answer = ask("còn phí?", history=("đăng ký tạm trú cần giấy tờ gì", "…"))
    assert answer.card is not None and answer.card["code"] == "1.004194" and "**Phí, lệ phí" in answer.text


def test_an_item_is_chosen_from_the_list_that_was_offered(ask: Ask) -> None:
    offered = "Anh/chị muốn hỏi:\n1. Đăng ký khai sinh\n2. Đăng ký tạm trú\n3. Cấp lại thẻ căn cước"
    answer = ask("cái thứ hai", history=("giấy tờ", offered))
    assert answer.card is not None and answer.card["code"] == "1.004194"


def test_of_two_questions_the_one_without_an_answer_is_named(ask: Ask) -> None:
    answer = ask("đăng ký khai sinh cần giấy tờ gì? Xin visa đi Mỹ thì làm ở đâu?")
    assert answer.status in (Status.PARTIAL, Status.ANSWERED_WITH_WARNING)
    assert "Giấy chứng sinh" in answer.text
    unheard = [*answer.warnings, *answer.text.split("### ")[1:]]
    assert any("isa đi Mỹ" in text and "hưa tìm thấy căn cứ" in text for text in unheard)


def test_the_state_of_a_document_comes_from_the_catalogue(ask: Ask) -> None:
    answer = ask("Luật Ban hành văn bản quy phạm pháp luật số 80/2015/QH13 còn hiệu lực không", "staff")
    assert "hết hiệu lực" in answer.text and "64/2025/QH15" in answer.text
    assert answer.text.split("\n")[1].startswith("- Tình trạng tại ngày 21/11/2026: hết hiệu lực")


def test_a_deadline_is_counted_in_working_days(ask: Ask) -> None:
    answer = ask("nộp hồ sơ ngày 16/11/2026, thời hạn 5 ngày làm việc thì đến ngày nào trả kết quả", "staff")
    assert "23/11/2026" in answer.text and "thứ Hai" in answer.text


def test_a_deadline_without_any_question_word_is_counted(ask: Ask) -> None:
    assert "23/11/2026" in ask("5 ngay lam viec tu 16/11/2026", "staff").text


def test_a_deadline_leaps_over_a_public_holiday(ask: Ask) -> None:
    answer = ask("nộp hồ sơ ngày 20/11/2026, thời hạn 3 ngày làm việc thì đến ngày nào trả kết quả", "staff")
    assert "26/11/2026" in answer.text and "24/11/2026" in answer.text


def test_what_a_guide_says_it_does_not_know_is_not_answered_around(ask: Ask) -> None:
    answer = ask("công chức bị khiển trách thì bao lâu được xóa kỷ luật", "staff")
    assert answer.status is Status.UNANSWERABLE and "xóa kỷ luật" in answer.text


def test_a_doubt_of_the_whole_record_is_shown_whatever_is_asked(ask: Ask) -> None:
    answer = ask("làm lại căn cước bị mất tốn bao nhiêu tiền")
    assert any("5230/QĐ-BCA-C06" in warning for warning in answer.warnings)


def test_who_asks_for_costs_sees_those_of_the_procedures_that_go_with_it(ask: Ask) -> None:
    answer = ask("sang tên sổ đỏ tốn những khoản gì")
    line = next(line for line in answer.text.split("\n") if "(mã 2.001035)" in line)
    assert "50.000 đồng" in line


def test_the_law_that_will_replace_one_is_named_with_its_day(ask: Ask) -> None:
    text = ask("luật hộ tịch mới khi nào áp dụng", assistant="staff").text
    assert "Từ ngày 01/3/2027 được thay thế bởi" in text


def test_a_question_on_a_fine_that_no_source_knows_says_so_first(ask: Ask) -> None:
    assert ask("phạt bao nhiêu nếu khai sinh trễ").text.startswith("Kho chưa có căn cứ về việc xử phạt")


def test_how_long_is_answered_by_the_section_that_tells_it(ask: Ask) -> None:
    assert "150 ngày" in ask("thời hạn xlkl công chức tối đa mấy ngày", assistant="staff").text


def test_without_a_draft_the_reviewer_still_answers_a_rule_for_drafts(resources: Resources) -> None:
    agent = ReviewerAgent("reviewer", "rà soát", Audience.STAFF, resources, settings())
    rule = "dự thảo căn cứ Luật Ban hành văn bản quy phạm pháp luật số 80/2015/QH13, luật đó còn hiệu lực không"
    assert "64/2025/QH15" in agent.answer(Question(rule)).text
    assert agent.answer(Question("dự thảo này có mấy điều")).status is Status.CLARIFICATION
