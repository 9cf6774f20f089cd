"""A document and its amendment in one folder: every wording of an article, each found on its own days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.index import Index, Query, open_index
from assistant.index.values import Entry
from assistant.ingest import ingest, read_entries

BASE = """CHÍNH PHỦ
Số: 10/2020/NĐ-CP
Hà Nội, ngày 15 tháng 01 năm 2020
NGHỊ ĐỊNH
Về cho thuê xe đạp công cộng
Điều 1. Phạm vi điều chỉnh
Nghị định này quy định việc cho thuê xe đạp công cộng.
Điều 2. Hồ sơ thuê xe
1. Đơn đề nghị thuê xe.
2. Hồ sơ kèm theo gồm:
a) Bản sao giấy tờ tùy thân;
b) Ảnh chân dung;
c) Giấy xác nhận nơi ở.
3. Thời hạn giải quyết là 05 ngày làm việc.
Điều 3. Lệ phí
Lệ phí thuê xe là 20.000 đồng mỗi ngày.
Điều 4. Hiệu lực thi hành
Nghị định này có hiệu lực thi hành kể từ ngày 01 tháng 3 năm 2020.
"""
AMENDMENT = """CHÍNH PHỦ
Số: 25/2023/NĐ-CP
Hà Nội, ngày 10 tháng 5 năm 2023
NGHỊ ĐỊNH
Sửa đổi, bổ sung một số điều của Nghị định số 10/2020/NĐ-CP ngày 15 tháng 01 năm 2020 của Chính phủ
Điều 1. Sửa đổi, bổ sung một số điều của Nghị định số 10/2020/NĐ-CP
1. Bãi bỏ điểm c khoản 2 Điều 2.
2. Sửa đổi, bổ sung khoản 3 Điều 2 như sau:
“3. Thời hạn giải quyết là 02 ngày làm việc.”
3. Bổ sung Điều 3a vào sau Điều 3 như sau:
“Điều 3a. Miễn lệ phí
Học sinh được miễn lệ phí thuê xe.”
4. Bãi bỏ Điều 3.
5. Sửa đổi, bổ sung khoản 9 Điều 1 như sau:
“9. Xe phải có chuông.”
Điều 2. Hiệu lực thi hành
Nghị định này có hiệu lực thi hành kể từ ngày 01 tháng 7 năm 2023.
"""
NUMBER = "10/2020/NĐ-CP"
BEFORE, AFTER = date(2023, 6, 30), date(2023, 7, 1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("nghi-dinh")
    (place / "a.txt").write_text(BASE, encoding="utf-8")
    (place / "b.txt").write_text(AMENDMENT, encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def index(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    opened = open_index(f"chroma:{tmp_path_factory.mktemp('index')}", create=True)
    ingest([folder], opened)
    yield opened
    opened.close()


def _read(folder: Path) -> tuple[dict[str, Entry], list[str]]:
    failures: list[str] = []
    entries = read_entries(folder, "auto", on_error=lambda _, why: failures.append(why))
    return {entry.id: entry for entry in entries if entry.number == NUMBER}, failures


def test_each_wording_of_an_article_has_its_days(folder: Path) -> None:
    entries, _ = _read(folder)
    old, new = entries[f"{NUMBER}#dieu-2@2020-03-01"], entries[f"{NUMBER}#dieu-2"]
    assert (old.effective_on, old.expires_on) == (date(2020, 3, 1), AFTER)
    assert (new.effective_on, new.expires_on) == (AFTER, None)
    assert old.text.endswith("c) Giấy xác nhận nơi ở.\n3. Thời hạn giải quyết là 05 ngày làm việc.")
    assert new.text.splitlines() == [
        "1. Đơn đề nghị thuê xe.",
        "2. Hồ sơ kèm theo gồm:",
        "a) Bản sao giấy tờ tùy thân;",
        "b) Ảnh chân dung;",
        "3. Thời hạn giải quyết là 02 ngày làm việc.",
    ]
    assert new.payload["merged"] == [{"number": "25/2023/NĐ-CP", "on": "2023-07-01"}]


def test_repealed_and_inserted_articles_end_and_begin(folder: Path) -> None:
    entries, _ = _read(folder)
    assert entries[f"{NUMBER}#dieu-3"].expires_on == AFTER
    added = entries[f"{NUMBER}#dieu-3a"]
    assert (added.heading, added.text, added.effective_on) == (
        "Miễn lệ phí",
        "Học sinh được miễn lệ phí thuê xe.",
        AFTER,
    )
    untouched = entries[f"{NUMBER}#dieu-4"]
    assert (untouched.effective_on, untouched.expires_on) == (date(2020, 3, 1), None)


def test_what_cannot_be_put_in_is_listed_and_noted_at_its_article(folder: Path) -> None:
    entries, failures = _read(folder)
    assert failures == ["Chưa ghép được sửa đổi của 25/2023/NĐ-CP tại khoản 9 Điều 1: văn bản không có khoản 9 Điều 1."]
    assert "khoản 9 Điều 1" in entries[f"{NUMBER}#dieu-1"].payload["merge_notes"][0]
    assert entries[f"{NUMBER}#dieu-1"].text == "Nghị định này quy định việc cho thuê xe đạp công cộng."


@pytest.mark.parametrize(("on", "days"), [(BEFORE, "05 ngày"), (AFTER, "02 ngày")])
def test_a_search_finds_the_wording_of_its_day(index: Index, on: date, days: str) -> None:
    hits = index.search(Query("thời hạn giải quyết hồ sơ thuê xe đạp", on=on))
    texts = [hit.entry.text for hit in hits if hit.entry.number == NUMBER and hit.entry.locator == "dieu-2"]
    assert len(texts) == 1
    assert days in texts[0]


def test_an_article_is_read_in_the_wording_of_the_day(index: Index) -> None:
    (old,), (new,) = (index.entries(NUMBER, "dieu-2", on=on) for on in (BEFORE, AFTER))
    assert "05 ngày" in old.text
    assert "02 ngày" in new.text
    assert index.entries(NUMBER, "dieu-2") == [new], "of today, where no day is given"


def test_a_wording_that_breaks_off_does_not_become_law(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BASE, encoding="utf-8")
    broken = AMENDMENT.replace("“3. Thời hạn giải quyết là 02 ngày làm việc.”", "“3. Thời hạn giải quyết do”")
    (tmp_path / "b.txt").write_text(broken, encoding="utf-8")
    entries, failures = _read(tmp_path)
    assert "05 ngày" in entries[f"{NUMBER}#dieu-2"].text
    assert any("không trọn câu" in why for why in failures)


def test_an_amendment_of_another_document_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BASE, encoding="utf-8")
    (tmp_path / "b.txt").write_text(AMENDMENT.replace("10/2020", "11/2020"), encoding="utf-8")
    entries, failures = _read(tmp_path)
    assert not failures
    assert set(entries) == {f"{NUMBER}#dieu-{n}" for n in (1, 2, 3, 4)}
    assert all("merged" not in entry.payload for entry in entries.values())


def test_a_name_without_number_means_the_latest_document_of_that_name(tmp_path: Path) -> None:
    law = BASE.replace("NGHỊ ĐỊNH\nVề cho thuê xe đạp công cộng", "LUẬT\nXE ĐẠP CÔNG CỘNG").replace("NĐ-CP", "QH14")
    (tmp_path / "a.txt").write_text(law, encoding="utf-8")
    (tmp_path / "b.txt").write_text(law.replace("10/2020", "12/2022").replace("năm 2020", "năm 2022"), encoding="utf-8")
    named = AMENDMENT.replace("Nghị định số 10/2020/NĐ-CP", "Luật Xe đạp công cộng").replace("NĐ-CP", "QH15")
    (tmp_path / "c.txt").write_text(named, encoding="utf-8")
    entries = list(read_entries(tmp_path, "auto", on_error=lambda *_: None))
    changed = {entry.number for entry in entries if entry.payload.get("merged")}
    assert changed == {"12/2022/QH14"}
