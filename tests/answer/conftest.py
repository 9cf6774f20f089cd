"""A real index: the shipped procedures and guides, and a law of our own with clauses, points and dates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from assistant.answer.pipeline import Resources, run, steps
from assistant.answer.places import PlaceNames
from assistant.answer.values import Answer, Message, Question
from assistant.index import Index, open_index
from assistant.index.values import Audience, Entry, Kind
from assistant.ingest import read_entries
from assistant.ingest.corpus import load_bodies, load_catalogue, load_holidays, load_places
from assistant.language.restore import Restorer
from assistant.settings import settings

TODAY = date(2026, 11, 21)
LAW = "07/2020/QH99"
TEXT = """Việc gửi xe trong khuôn viên cơ quan thực hiện như sau:
1. Người đến làm việc được gửi xe miễn tiền trong 02 giờ đầu.
2. Xe gửi quá thời gian tại khoản 1 thì trả tiền theo các mức:
a) Xe đạp: 1.000 đồng mỗi giờ;
b) Xe máy: 3.000 đồng mỗi giờ;
đ) Ô tô: 20.000 đồng mỗi giờ.
3. Người khuyết tật không phải trả tiền gửi xe."""


def provision(article: str, heading: str, text: str, **more: object) -> Entry:
    values: dict[str, object] = {
        "id": f"{LAW}#dieu-{article}",
        "kind": Kind.PROVISION,
        "number": LAW,
        "title": "Luật Bãi giữ xe cơ quan",
        "text": text,
        "locator": f"dieu-{article}",
        "heading": heading,
        "doc_type": "Luật",
        "effective_on": date(2021, 1, 1),
    }
    return Entry(**{**values, **more})  # type: ignore[arg-type]


OWN = [
    provision("3", "Tiền gửi xe", TEXT),
    provision("4", "Giờ mở cửa bãi giữ xe", "Bãi giữ xe mở cửa từ 6 giờ đến 22 giờ các ngày làm việc."),
    provision("5", "Mức cũ", "Xe máy gửi ban đêm trả 2.000 đồng.", expires_on=date(2024, 1, 1)),
    provision(
        "6",
        "Chỗ để xe công vụ của lãnh đạo",
        "Tầng hầm B2 dành cho xe công vụ của lãnh đạo cơ quan.",
        id="noi-bo#dieu-6",
        number="01/QC-NB",
        title="Quy chế nội bộ về xe công vụ",
        audience=Audience.STAFF,
    ),
]


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    failures: list[str] = []
    shipped = read_entries(settings().corpus, "corpus", on_error=lambda where, why: failures.append(why))
    opened = open_index(f"chroma:{tmp_path_factory.mktemp('index')}", create=True)
    report = opened.sync(shipped, source="corpus")
    opened.sync(OWN, source="own")
    assert not report.failed and not failures and report.created > 200
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def resources(index: Index) -> Resources:
    corpus = settings().corpus
    names = PlaceNames(load_places(corpus), load_bodies(corpus))
    return Resources(index, load_catalogue(corpus), load_holidays(corpus), Restorer.default(), names)


Ask = Callable[..., Answer]


@pytest.fixture(scope="session")
def ask(resources: Resources) -> Ask:
    def asked(
        text: str, assistant: str = "citizen", history: tuple[str, ...] = (), as_of: date | None = None
    ) -> Answer:
        audience = Audience.CITIZEN if assistant == "citizen" else Audience.STAFF
        roles = ("user", "assistant")
        said = tuple(Message(roles[(len(history) - n) % 2], turn) for n, turn in enumerate(history))
        question = Question(text, history=said, audience=audience, as_of=as_of)
        return run(question, steps(assistant, resources), today=TODAY)

    return asked
