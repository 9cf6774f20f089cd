"""Answers from guides: what is known, what is not, and how sure the source is."""

from __future__ import annotations

from assistant.answer.values import Status
from tests.answer.conftest import Ask


def test_a_gap_is_named_beside_what_another_clause_asks(ask: Ask) -> None:
    answer = ask("ngày 24/11 được nghỉ không hay vẫn trực một cửa", "staff")
    assert answer.status is Status.ANSWERED_WITH_WARNING
    assert "Ngày Văn hóa Việt Nam" in answer.text and any("thủ trưởng" in warning for warning in answer.warnings)


def test_a_gap_alone_is_said_with_whom_to_ask_and_cites_nothing(ask: Ask) -> None:
    answer = ask("công chức bị khiển trách thì bao lâu được xóa kỷ luật", "staff")
    assert answer.status is Status.UNANSWERABLE and "Sở Nội vụ" in answer.text
    assert "[1]" not in answer.text and not answer.citations


def test_a_programme_without_a_number_is_cited_by_its_name_and_day(ask: Ask) -> None:
    answer = ask("mục tiêu của đề án xây dựng nền công vụ thành phố 2024-2030", "staff")
    cited = [citation for citation in answer.citations if not citation.number]
    assert len(cited) == 1 and "Đề án xây dựng nền công vụ" in cited[0].label and "08/11/2024" in cited[0].label
    assert "muốn làm" in answer.text


def test_what_was_read_in_the_press_is_said_to_be(ask: Ask) -> None:
    answer = ask("mức lương cơ sở hiện nay", "staff")
    assert any("chưa đối chiếu công báo" in warning and "161/2026/NĐ-CP" in warning for warning in answer.warnings)


def test_the_state_of_a_document_known_from_the_press_is_said_to_be(ask: Ask) -> None:
    answer = ask("Nghị định 335/2025/NĐ-CP còn hiệu lực không", "staff")
    assert any("335/2025/NĐ-CP" in warning and "chưa đối chiếu công báo" in warning for warning in answer.warnings)


def test_what_was_read_in_the_register_is_not_doubted(ask: Ask) -> None:
    answer = ask("công chức kết hôn được nghỉ mấy ngày có lương", "staff")
    assert answer.status is not Status.UNANSWERABLE
    assert not any("chưa đối chiếu công báo" in warning for warning in answer.warnings)


def test_a_law_with_a_successor_of_unknown_day_is_not_called_in_force_without_a_word(ask: Ask) -> None:
    answer = ask("Luật Viên chức 2010 còn hiệu lực không", "staff")
    assert "129/2025/QH15" in answer.text and answer.status is Status.ANSWERED_WITH_WARNING
    assert any("ngày thay thế" in warning for warning in answer.warnings)
