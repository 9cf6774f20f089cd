"""What the server keeps survives a restart, is seen by its owner only, and holds no personal data."""

from __future__ import annotations

import errno
import io
import os
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from assistant.errors import BadInput, MissingExtra, NotFound, StorageFull, StoreProblem, TooLarge
from assistant.settings import Settings
from assistant.store import Rating, Record, Role, Store, open_store
from assistant.store import files as files_module
from assistant.store import keys as keys_module
from assistant.store.database import now
from assistant.store.files import clean_name
from tests import postgres


def _settings(folder: Path, url: str = "") -> Settings:
    return Settings(store=url or f"sqlite:///{folder}/sub/store.db", files=folder / "files", file_days=7)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A real server, started for these tests."""
    pytest.importorskip("psycopg", reason="psycopg is not installed: pip install 'troly[postgres]'")
    folder = postgres.programs()
    if folder is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    with postgres.server(folder) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    return _settings(tmp_path, request.getfixturevalue("postgres_url") if request.param == "postgresql" else "")


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    opened = open_store(settings)
    yield opened
    opened.close()


def _record(answer_id: str, question: str = "Đăng ký khai sinh cần giấy tờ gì?") -> Record:
    return Record(answer_id, "citizen", "answered", question, 12, ("1.001193", "60/2014/QH13"))


# Keys


def test_a_key_is_shown_once_and_kept_only_as_a_hash(store: Store) -> None:
    token = store.keys.add(Role.STAFF, "Phòng Nội vụ")
    secret = token.rpartition("-")[2]
    with store.engine.begin() as connection:
        rows = connection.execute(text("SELECT * FROM keys")).all()
    assert len(secret) == 64
    assert not any(secret in str(value) for row in rows for value in row)


def test_a_key_is_known_by_its_whole_token(store: Store) -> None:
    token = store.keys.add(Role.REVIEWER, "Sở Tư pháp")
    found = store.keys.check(token)
    assert found is not None
    assert (found.role, found.label) == (Role.REVIEWER, "Sở Tư pháp")
    changed = token[:-1] + ("0" if token[-1] != "0" else "1")
    for wrong in (changed, token[:-1], token + "0", token.replace("troly", "other"), found.id, "", "troly--", "é" * 80):
        assert store.keys.check(wrong) is None, wrong


def test_a_revoked_key_stops_working_and_stays_in_the_list(store: Store) -> None:
    token = store.keys.add(Role.STAFF, "cũ")
    key = store.keys.check(token)
    assert key is not None
    store.keys.revoke(key.id)
    assert store.keys.check(token) is None
    listed = {k.id: k for k in store.keys.list()}
    assert listed[key.id].revoked_at is not None
    with pytest.raises(NotFound, match=key.id):
        store.keys.revoke(key.id)


def test_a_key_works_until_its_last_day(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    token = store.keys.add(Role.STAFF, "tạm", days=30)
    moment = now()
    monkeypatch.setattr(keys_module, "now", lambda: moment + timedelta(days=29))
    assert store.keys.check(token)
    monkeypatch.setattr(keys_module, "now", lambda: moment + timedelta(days=31))
    assert store.keys.check(token) is None


def test_a_role_that_does_not_exist_is_refused_with_the_roles_that_do(store: Store) -> None:
    with pytest.raises(BadInput, match="reviewer"):
        store.keys.add("boss", "x")  # type: ignore[arg-type]
    with pytest.raises(BadInput, match="0 ngày"):
        store.keys.add(Role.STAFF, "x", days=0)


def test_each_role_covers_those_before_it() -> None:
    assert Role.ADMIN.covers(Role.REVIEWER)
    assert Role.REVIEWER.covers(Role.STAFF)
    assert not Role.STAFF.covers(Role.REVIEWER)
    assert not Role.CITIZEN.covers(Role.STAFF)


def test_the_last_use_of_a_key_is_known_to_the_hour(store: Store) -> None:
    token = store.keys.add(Role.STAFF, "dùng")
    before = now()
    store.keys.check(token)
    [key] = [k for k in store.keys.list() if k.label == "dùng"]
    assert key.last_used_at is not None
    assert abs(key.last_used_at - before) < timedelta(hours=1)


# Audit and feedback


def test_an_audit_line_is_read_back_with_its_moment_and_zone(store: Store) -> None:
    record = _record("a1-" + os.urandom(4).hex())
    store.audit.add(record)
    assert store.audit.get(record.answer_id) == record


def test_no_personal_data_reaches_the_audit_whoever_calls(store: Store) -> None:
    ids = [f"p{i}-" + os.urandom(4).hex() for i in (1, 2)]
    store.audit.add(_record(ids[0], "Số 079090012345 đổi căn cước, gọi 0901234567"))
    store.audit.add(_record(ids[1], "Số 079090099999 đổi căn cước, gọi 0909999999"))
    first, second = (store.audit.get(i) for i in ids)
    assert first and second
    assert not any(char.isdigit() for char in first.question)
    assert first.question_digest == second.question_digest, "a digest of the raw text could be searched through"


def test_the_newest_lines_come_first_and_old_ones_can_be_purged(store: Store) -> None:
    suffix = os.urandom(4).hex()
    for day in (3, 2, 1):
        line = _record(f"d{day}-{suffix}")
        store.audit.add(Record(**{**_fields(line), "at": now() - timedelta(days=day)}))
    store.feedback.give(f"d3-{suffix}", Rating.UP)
    mine = [r.answer_id for r in store.audit.recent(1000) if r.answer_id.endswith(suffix)]
    assert mine == [f"d1-{suffix}", f"d2-{suffix}", f"d3-{suffix}"]
    assert store.audit.purge(now() - timedelta(days=2, hours=12)) >= 1
    assert store.audit.get(f"d3-{suffix}") is None
    assert store.feedback.get(f"d3-{suffix}") is None
    assert store.audit.get(f"d2-{suffix}") is not None
    store.purge(0)
    assert store.audit.get(f"d2-{suffix}") is not None, "0 keeps them all"
    store.purge(1)
    assert store.audit.get(f"d2-{suffix}") is None


def _fields(record: Record) -> dict[str, object]:
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


def test_the_last_feedback_counts_and_its_comment_is_masked(store: Store) -> None:
    answer_id = "f-" + os.urandom(4).hex()
    store.audit.add(_record(answer_id))
    store.feedback.give(answer_id, Rating.UP)
    store.feedback.give(answer_id, Rating.DOWN, "sai lệ phí, gọi tôi 0901234567")
    assert store.feedback.get(answer_id) == (Rating.DOWN, "sai lệ phí, gọi tôi [số điện thoại]")


def test_feedback_on_an_answer_that_was_never_given_is_refused(store: Store) -> None:
    with pytest.raises(NotFound, match="khong-co"):
        store.feedback.give("khong-co", Rating.UP)


# Files


def test_a_file_is_kept_whole_and_seen_by_its_owner_only(store: Store) -> None:
    kept = store.files.add(io.BytesIO("Dự thảo".encode()), name="dự thảo.docx", owner="k1", purpose="user_data")
    assert store.files.get(kept.id, "k1").path.read_bytes() == "Dự thảo".encode()
    assert store.files.get(kept.id, None) == store.files.get(kept.id, "k1")
    assert kept in store.files.owned_by("k1")
    assert kept not in store.files.owned_by("k2")
    with pytest.raises(NotFound):
        store.files.get(kept.id, "k2")
    with pytest.raises(NotFound):
        store.files.delete(kept.id, "k2")
    store.files.delete(kept.id, "k1")
    assert not kept.path.exists()


def test_a_file_is_gone_after_its_days(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = store.files.add(io.BytesIO(b"x"), name="a.txt", owner="k", purpose="user_data")
    later = now() + timedelta(days=8)
    monkeypatch.setattr(files_module, "now", lambda: later)
    with pytest.raises(NotFound, match="7 ngày"):
        store.files.get(kept.id, "k")
    assert store.files.purge() >= 1
    assert not kept.path.exists()


class _FullDisk(io.BytesIO):
    """Gives one block, then the error that the system gives when a disk is full."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell():
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().read(4)


def test_a_full_disk_says_so_and_leaves_nothing_behind(store: Store, settings: Settings) -> None:
    before = store.files.owned_by(None)
    with pytest.raises(StorageFull, match="đầy"):
        store.files.add(_FullDisk(b"12345678"), name="a.docx", owner="k", purpose="user_data")
    assert not [p for p in settings.files.iterdir() if p.name not in {f.id for f in before}]
    assert store.files.owned_by(None) == before


def test_a_database_on_a_full_disk_says_so_and_keeps_what_it_had(tmp_path: Path) -> None:
    store = open_store(_settings(tmp_path))
    store.audit.add(_record("truoc"))
    with store.engine.connect() as connection:
        pages = connection.scalar(text("PRAGMA page_count"))
        connection.execute(text(f"PRAGMA max_page_count={pages}"))  # SQLite's own way to be full
        connection.commit()
    with pytest.raises(StorageFull, match="đầy"):
        store.audit.add(_record("sau", "rất dài " * 10_000))
    assert store.audit.get("truoc") is not None
    store.ping()


def test_a_file_over_the_limit_or_refused_by_its_check_is_not_kept(store: Store, settings: Settings) -> None:
    def refuse(path: Path) -> None:
        assert path.read_bytes() == b"123"
        raise BadInput("không nhận")

    with pytest.raises(TooLarge, match="1 MB"):
        store.files.add(io.BytesIO(b"x" * (2 << 20)), name="a", owner="k9", purpose="p", limit=1 << 20)
    with pytest.raises(BadInput, match="không nhận"):
        store.files.add(io.BytesIO(b"123"), name="a", owner="k9", purpose="p", check=refuse)
    assert store.files.owned_by("k9") == []
    assert not list(settings.files.glob(".file-*"))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\Dự thảo.docx", "Dự thảo.docx"),
        ("a\u202excod.exe\x00", "axcod.exe"),
        ("Quye\u0302\u0301t đi\u0323nh.docx", "Quyết định.docx"),
        ("", "khong-ten"),
        ("..", "khong-ten"),
        ("x" * 300 + ".docx", "x" * 190 + ".docx"),
    ],
)
def test_a_file_name_is_a_name_and_nothing_else(given: str, kept: str) -> None:
    assert clean_name(given) == kept


# The database itself


def test_everything_is_there_after_a_restart(settings: Settings) -> None:
    first = open_store(settings)
    token = first.keys.add(Role.STAFF, "bền")
    kept = first.files.add(io.BytesIO(b"abc"), name="a.txt", owner="k", purpose="p")
    first.close()
    second = open_store(settings)
    assert second.keys.check(token)
    assert second.files.get(kept.id, "k") == kept
    second.close()


def test_several_processes_may_open_a_new_store_at_once(tmp_path: Path) -> None:
    problems: list[BaseException] = []

    def work(number: int) -> None:
        try:
            store = open_store(_settings(tmp_path))
            for n in range(20):
                store.audit.add(_record(f"{number}-{n}"))
            store.close()
        except BaseException as error:
            problems.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems
    assert len(open_store(_settings(tmp_path)).audit.recent(1000)) == 80


def _newer(folder: Path) -> str:
    store = open_store(_settings(folder))
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE schema_version SET version = 99"))
    store.close()
    return ""


def _not_a_database(folder: Path) -> str:
    (folder / "other.db").write_bytes(b"this is not a database" * 100)
    return f"sqlite:///{folder}/other.db"


@pytest.mark.parametrize(
    ("prepare", "error", "said"),
    [
        (_newer, StoreProblem, "99"),
        (_not_a_database, StoreProblem, "other.db"),
        (lambda folder: "không phải url", StoreProblem, "TROLY_STORE"),
        (lambda folder: "oracle+nope://x/y", StoreProblem, "TROLY_STORE"),
    ],
)
def test_a_store_that_cannot_be_used_is_refused_with_what_to_do(
    tmp_path: Path, prepare: Callable[[Path], str], error: type[Exception], said: str
) -> None:
    url = prepare(tmp_path)
    with pytest.raises(error, match=said):
        open_store(_settings(tmp_path, url))


def test_a_missing_database_driver_is_named() -> None:
    try:
        import psycopg2  # type: ignore[import-not-found,import-untyped] # noqa: F401
    except ModuleNotFoundError:
        with pytest.raises(MissingExtra, match="psycopg"):
            open_store(Settings(store="postgresql+psycopg2://nobody@127.0.0.1:1/x"))


def test_a_password_in_the_address_is_never_shown() -> None:
    pytest.importorskip("psycopg", reason="psycopg is not installed: pip install psycopg")
    with pytest.raises(StoreProblem) as caught:
        open_store(Settings(store="postgresql+psycopg://a:bimat@127.0.0.1:1/x"))
    assert "bimat" not in caught.value.message
