"""What only staff may read reaches no citizen, by any question, any address and any key."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from assistant.api.app import create_app
from assistant.index import open_index
from assistant.index.values import Audience, Entry, Kind
from assistant.settings import Settings
from assistant.store import Role, open_store

# Each word is in texts for staff alone: whichever part of them came through, one of these would be in the reply.
SECRETS = ("Bạch Đằng 7", "kho số 4", "xanh-lam", "mã khóa két")
NUMBER = "901/QC-VP"
STAFF_ONLY = (
    Entry(
        id=f"{NUMBER}#dieu-3",
        kind=Kind.PROVISION,
        number=NUMBER,
        title="Quy chế bảo vệ trụ sở Bạch Đằng 7",
        heading="Giao nhận mã khóa két",
        text="1. Trực ban nhận mã khóa két tại kho số 4 lúc 18 giờ.\n2. Mật khẩu ca đêm là xanh-lam.",
        locator="dieu-3",
        audience=Audience.STAFF,
        effective_on=date(2024, 1, 1),
    ),
    Entry(
        id="guide:truc-ban-dem",
        kind=Kind.GUIDE,
        number="truc-ban-dem",
        title="Trực ban đêm ở Bạch Đằng 7",
        text="## Nhận ca\nNhận mã khóa két ở kho số 4, đọc mật khẩu xanh-lam.",
        aliases=("lấy mã khóa két",),
        audience=Audience.STAFF,
    ),
)
OPEN = (
    Entry(
        id="902/QĐ-UBND#dieu-2",
        kind=Kind.PROVISION,
        number="902/QĐ-UBND",
        title="Quyết định về giờ tiếp công dân",
        heading="Giờ tiếp công dân tại trụ sở",
        text="Trụ sở tiếp công dân từ 7 giờ 30 đến 16 giờ 30 các ngày làm việc.",
        locator="dieu-2",
        effective_on=date(2024, 1, 1),
    ),
)
WORDS = ("mã", "khóa", "két", "trực", "ban", "đêm", "kho", "số 4", "mật khẩu", "ca", "trụ sở", "Bạch Đằng", "giờ")
NUMBERS = (NUMBER, "902/QĐ-UBND", "guide:truc-ban-dem", "truc-ban-dem", f"Điều 3 {NUMBER}", f"Quy chế {NUMBER}")
PLACES = (NUMBER, "guide:truc-ban-dem", "truc-ban-dem", f"{NUMBER}#dieu-3", "901", "902/QĐ-UBND")


@dataclasses.dataclass
class Served:
    client: TestClient
    keys: dict[Role | None, str]

    def headers(self, role: Role | None) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.keys[role]}"} if role else {}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The real assistants over an index of these entries."""
    folder = tmp_path_factory.mktemp("audience")
    made = Settings(
        index=f"chroma:{folder}/index",
        store=f"sqlite:///{folder}/store.db",
        files=folder / "files",
        cache=folder / "cache",
        rate_limit=0,
        chat_model="",
    )
    index = open_index(made.index, create=True)
    index.sync([*STAFF_ONLY, *OPEN], source="test")
    index.close()
    store = open_store(made)
    keys: dict[Role | None, str] = {role: store.keys.add(role, "thử") for role in Role}
    with TestClient(create_app(made)) as client:
        yield Served(client, keys)


def _ask(served: Served, model: str, question: str, role: Role | None) -> tuple[int, str]:
    body = {"model": model, "messages": [{"role": "user", "content": question}]}
    reply = served.client.post("/v1/chat/completions", json=body, headers=served.headers(role))
    return reply.status_code, reply.text.replace(question, "")


@pytest.mark.parametrize("question", ["trực ban nhận mã khóa két lúc mấy giờ", f"Điều 3 {NUMBER} quy định gì"])
def test_staff_do_find_what_is_theirs(served: Served, question: str) -> None:
    status, reply = _ask(served, "staff", question, Role.STAFF)
    assert status == 200
    assert "kho số 4" in reply


_QUESTIONS = st.one_of(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join),
    st.sampled_from(NUMBERS),
    st.sampled_from([f"{n} quy định gì" for n in NUMBERS]),
)
_CALLERS = st.sampled_from([None, *Role])
_MANY = examples(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@_MANY
@given(question=_QUESTIONS, role=_CALLERS)
def test_the_citizens_assistant_says_nothing_of_it_to_anyone(served: Served, question: str, role: Role | None) -> None:
    status, reply = _ask(served, "citizen", question, role)
    assert status == 200
    assert not [secret for secret in SECRETS if secret in reply and secret not in question]


@_MANY
@given(question=_QUESTIONS, role=st.sampled_from([None, Role.CITIZEN]), model=st.sampled_from(["staff", "reviewer"]))
def test_the_other_assistants_do_not_answer_citizens(
    served: Served, question: str, role: Role | None, model: str
) -> None:
    status, reply = _ask(served, model, question, role)
    assert status in (401, 403)
    assert not [secret for secret in SECRETS if secret in reply and secret not in question]


@_MANY
@given(
    place=st.sampled_from(PLACES),
    rest=st.sampled_from(["", "/dieu-3", "/dieu-3.khoan-1", "/dieu-2", "#dieu-3", "/"]),
    role=_CALLERS,
    accept=st.sampled_from(["application/json", "text/html"]),
    on=st.sampled_from([None, "2024-06-01", "2020-01-01"]),
)
def test_no_address_shows_it_to_citizens(
    served: Served, place: str, rest: str, role: Role | None, accept: str, on: str | None
) -> None:
    headers = served.headers(role) | {"Accept": accept}
    reply = served.client.get(f"/v1/documents/{place}{rest}", headers=headers, params={"as_of": on} if on else {})
    shown = [secret for secret in SECRETS if secret in reply.text]
    if role in (None, Role.CITIZEN):
        assert not shown
    elif reply.status_code == 200 and "902" not in place:
        assert shown, "staff read it"
