"""A small desk for the tests: assistants that answer from real entries by plain rules, and an index in memory."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from assistant.answer.values import Answer, Citation, Finding, Question, Status
from assistant.errors import IndexMissing
from assistant.index.values import Audience, Entry, Kind
from assistant.law.catalogue import Catalogue
from assistant.law.catalogue_rows import CatalogueRow, Relation
from assistant.law.document import Locator, Validity

LAW = "45/2099/QH14"
CODE = "1.009999"

ENTRIES = (
    Entry(
        id=f"{LAW}#dieu-5",
        kind=Kind.PROVISION,
        number=LAW,
        title="Luật Thử nghiệm",
        locator="dieu-5",
        heading="Thời hạn giải quyết",
        text="1. Thời hạn chung là 15 ngày làm việc.\n2. Trường hợp gấp:\n"
        "a) 03 ngày làm việc;\nđ) 05 ngày <b>làm việc</b>.",
        doc_type="Luật",
        issuing_body="Quốc hội",
        effective_on=date(2025, 7, 1),
        url="https://congbao.chinhphu.vn/van-ban/thu",
    ),
    Entry(
        id=f"{LAW}#dieu-6",
        kind=Kind.PROVISION,
        number=LAW,
        title="Luật Thử nghiệm",
        locator="dieu-6",
        heading="Hiệu lực",
        text="Luật này có hiệu lực từ ngày 01 tháng 7 năm 2025.",
        effective_on=date(2025, 7, 1),
        payload={"merged": [{"number": "20/2098/QH14", "on": "2026-01-01"}]},
    ),
    Entry(
        id=f"tthc:{CODE}",
        kind=Kind.PROCEDURE,
        number=CODE,
        title="Đăng ký thử nghiệm",
        text="Thủ tục Đăng ký thử nghiệm\nHồ sơ gồm:\n- Tờ khai\n- Giấy tờ tùy thân\n"
        "Thời hạn giải quyết: 03 ngày làm việc",
        checked_on=date(2026, 7, 31),
    ),
    Entry(
        id="guide:truc-le",
        kind=Kind.GUIDE,
        number="truc-le",
        title="Trực ngày lễ",
        text="Việc trực do thủ trưởng cơ quan phân công.",
        audience=Audience.STAFF,
        payload={
            "gaps": ["Chưa rõ số người trực."],
            "sections": [
                {
                    "heading": "Phân công trực",
                    "statements": [
                        {
                            "text": "Việc trực do thủ trưởng cơ quan phân công.",
                            "bases": [{"number": LAW, "locator": "dieu-5", "title": "Luật Thử nghiệm"}],
                        }
                    ],
                }
            ],
        },
    ),
)

CATALOGUE = Catalogue(
    [
        CatalogueRow(LAW, "Luật", "Luật Thử nghiệm", "Quốc hội", effective_on=date(2025, 7, 1), status="in_force"),
        CatalogueRow(
            "10/2090/QH13", "Luật", "Luật Thử nghiệm cũ", "Quốc hội", effective_on=date(2010, 1, 1), article_count=40
        ),
        CatalogueRow(
            "20/2098/QH14",
            "Luật",
            "Luật Thử nghiệm sửa đổi",
            effective_on=date(2025, 7, 1),
            relations=(
                Relation("replaces", "10/2090/QH13", date(2025, 7, 1)),
                Relation("amends", LAW, date(2026, 1, 1)),
            ),
        ),
    ]
)


class MemoryIndex:
    """An index over a list of entries: what the sources viewer needs."""

    def __init__(self, entries: Sequence[Entry] = ENTRIES) -> None:
        self._entries = entries
        self.closed = False

    def get(self, entry_id: str, *, audience: Audience = Audience.CITIZEN) -> Entry | None:
        return next((e for e in self._entries if e.id == entry_id and e.audience in audience.visible), None)

    def entries(
        self, number: str, locator: str = "", *, audience: Audience = Audience.CITIZEN, on: date | None = None
    ) -> list[Entry]:
        wanted = Locator(locator)
        found = [e for e in self._entries if e.number == number and e.audience in audience.visible]
        return [e for e in found if wanted.contains(Locator(e.locator))]

    def count(self) -> dict[str, int]:
        return {"provision": 2, "procedure": 1, "guide": 1}

    def close(self) -> None:
        self.closed = True


CITATION = Citation(
    marker=1,
    kind="provision",
    number=LAW,
    locator="dieu-5.khoan-1",
    label="khoản 1 Điều 5 Luật Thử nghiệm số 45/2099/QH14",
    quote="Thời hạn chung là 15 ngày làm việc.",
    validity=Validity.IN_FORCE,
    as_of=date(2026, 11, 21),
    effective_on=date(2025, 7, 1),
    url=f"/v1/documents/{LAW}/dieu-5",
)
CARD = {
    "code": CODE,
    "name": "Đăng ký thử nghiệm",
    "checked_on": "2026-07-31",
    "rows": [
        {"label": "Thời hạn", "value": "03 ngày làm việc", "citations": [1]},
        {"label": "Lệ phí", "value": "Miễn phí khi nộp trực tuyến\n8.000 đồng khi nộp trực tiếp", "citations": [1]},
    ],
    "dossier": [{"name": "Tờ khai", "quantity": "01 bản chính", "condition": "khi nộp trực tiếp", "form": "Mẫu 01"}],
    "flags": ["Bản ghi không nêu đơn vị của thời hạn trực tuyến."],
    "url": "https://dichvucong.gov.vn/thu",
}
FINDING = Finding(
    check="K30",
    name="Viện dẫn văn bản không còn hiệu lực",
    severity="critical",
    place="khoản 2 Điều 3",
    locator="dieu-3.khoan-2",
    start=120,
    end=160,
    quote="theo quy định tại Luật số 12/2001/QH10",
    reason="Luật được viện dẫn đã hết hiệu lực.",
    basis="Luật 64/2025/QH15",
    proposal="Viện dẫn văn bản thay thế.",
)


@dataclass
class PlainAgent:
    """Answers by what the question says; remembers what it was asked, so that a test can look."""

    name: str
    title: str
    audience: Audience
    asked: list[Question] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    hold: threading.Event = field(default_factory=threading.Event)

    def answer(self, question: Question) -> Answer:
        self.asked.append(question)
        if "hỏng" in question.text:
            raise RuntimeError("bí mật nội bộ của máy chủ")
        if "chưa nạp" in question.text:
            raise IndexMissing("Chưa có chỉ mục. Hãy chạy: troly ingest corpus/")
        if "gì đó" in question.text:
            return Answer(Status.UNANSWERABLE, "Tôi chưa tìm thấy căn cứ trong kho dữ liệu.")
        if question.files:
            return self._reviewed(question)
        return Answer(
            Status.ANSWERED,
            "**Thời hạn** chung là 15 ngày làm việc. [1]\n- Tờ khai [1]\n- Giấy tờ tùy thân [1]\n",
            citations=(CITATION,),
            card=CARD,
            warnings=("Thông tin kiểm tra ngày 31/07/2026.",),
            follow_ups=("Nộp ở đâu?", "Lệ phí bao nhiêu?"),
        )

    def stream(self, question: Question) -> Iterator[str | Answer]:
        answer = self.answer(question)
        if "chậm" in question.text:
            yield from self._slowly()
        for line in answer.text.splitlines(keepends=True):
            yield line
            if "đứt" in question.text:
                raise RuntimeError("bí mật nội bộ của máy chủ")
        yield answer

    def _slowly(self) -> Iterator[str]:
        try:
            for number in range(1000):
                self.steps.append(str(number))
                yield f"đoạn {number} "
                time.sleep(0.01)
            self.steps.append("whole")
        finally:
            self.hold.set()

    def _reviewed(self, question: Question) -> Answer:
        draft = Path(question.files[-1].path)
        made = draft.with_name("ra-soat.docx")
        made.write_bytes(b"PK annotated " + draft.read_bytes()[:4])
        findings = (FINDING, replace(FINDING, check="K01", severity="minor", name="Thiếu số trang", quote="", basis=""))
        files = ({"path": str(made), "name": "Dự thảo - rà soát.docx", "purpose": "annotated"},)
        return Answer(Status.ANSWERED_WITH_WARNING, "Có 2 phát hiện.", findings=findings, files=files)


def plain_agents() -> dict[str, PlainAgent]:
    return {
        "citizen": PlainAgent("citizen", "Trợ lý người dân", Audience.CITIZEN),
        "staff": PlainAgent("staff", "Trợ lý công chức, viên chức", Audience.STAFF),
        "reviewer": PlainAgent("reviewer", "Trợ lý rà soát văn bản", Audience.STAFF),
    }
