"""What only sounds like the answer is not given as one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answer.subject import off_subject
from assistant.answer.values import Answer, Status
from assistant.index.values import Entry
from tests.answer.conftest import provision

WORKERS = provision("90", "Xóa kỷ luật", "Người lao động bị khiển trách sau 03 tháng thì đương nhiên được xóa kỷ luật.")
LABOUR_CODE = provision("92", "Hình thức xử lý", "1. Khiển trách. 2. Sa thải.", title="Bộ luật Lao động")
NO_TIME = provision("93", "Thi hành kỷ luật công chức", "Người đứng đầu công bố quyết định kỷ luật công chức.")
CLERKS = provision("91", "Kỷ luật công chức", "Công chức bị khiển trách thì kéo dài thời gian nâng lương.")


@pytest.mark.parametrize(
    ("question", "entry", "off"),
    [
        ("công chức bị khiển trách bao lâu được xóa kỷ luật", WORKERS, True),
        ("người lao động bị khiển trách bao lâu được xóa kỷ luật", WORKERS, False),
        ("bị khiển trách bao lâu được xóa kỷ luật", WORKERS, False),
        ("công chức bị khiển trách bao lâu được xóa kỷ luật", LABOUR_CODE, True),
        ("cán bộ bị khiển trách thì sao", CLERKS, False),
        ("viên chức bị khiển trách thì sao", CLERKS, True),
        ("công chức, viên chức bị khiển trách thì sao", CLERKS, False),
        ("công chức bị khiển trách có bị phạt tiền không", CLERKS, True),
        ("công chức bị kỷ luật thì bao lâu được xóa kỷ luật", NO_TIME, True),
        ("thời hạn xóa kỷ luật công chức là bao nhiêu", NO_TIME, True),
        ("công chức bị kỷ luật thì ai công bố", NO_TIME, False),
    ],
)
def test_a_provision_on_other_people_or_silent_on_what_is_asked_is_off_the_subject(
    question: str, entry: Entry, off: bool
) -> None:
    assert off_subject(question, entry) is off


def test_a_fine_that_no_record_names_is_said_to_be_unknown_first(ask: Callable[..., Answer]) -> None:
    answer = ask("đăng ký tạm trú trễ thì bị phạt bao nhiêu tiền")
    assert answer.status is Status.PARTIAL
    assert answer.text.startswith("Kho chưa có căn cứ về việc xử phạt")
    assert "phạt" not in ask("đăng ký tạm trú cần giấy tờ gì").text
