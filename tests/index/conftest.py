"""A cache of vectors that all tests of the index share, and a small body of entries in our own words."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.index import Index, open_index
from assistant.index.values import Audience, Entry, Kind
from assistant.settings import settings


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TROLY_CACHE", str(tmp_path_factory.mktemp("cache")))
        settings.cache_clear()
        yield
    settings.cache_clear()


LEAVE = Entry(
    id="guide:nghi-phep",
    kind=Kind.GUIDE,
    number="nghi-phep",
    title="Nghỉ phép năm của viên chức",
    text="## Số ngày nghỉ\nViên chức được nghỉ mười hai ngày phép mỗi năm.\n"
    "## Cách xin nghỉ\nGửi đơn trước ba ngày qua phần mềm nội bộ.",
)
BIRTH = Entry(
    id="tthc:9.000001",
    kind=Kind.PROCEDURE,
    number="9.000001",
    title="Đăng ký khai sinh cho trẻ em",
    aliases=("làm giấy khai sinh",),
    text="## Hồ sơ\nTờ khai đăng ký khai sinh; giấy chứng sinh.\n"
    "## Thời hạn và phí\nNgay trong ngày làm việc; không thu.",
    effective_on=date(2024, 1, 1),
)
OLD_ARCHIVE = Entry(
    id="1/2010/QĐ#dieu-2",
    kind=Kind.PROVISION,
    number="1/2010/QĐ",
    title="Quyết định về công tác lưu trữ",
    heading="Thời hạn nộp hồ sơ vào kho lưu trữ",
    text="Đơn vị nộp hồ sơ vào kho lưu trữ trong hai năm kể từ ngày công việc kết thúc.",
    locator="dieu-2",
    effective_on=date(2010, 1, 1),
    expires_on=date(2020, 1, 1),
)
NEW_ARCHIVE = dataclasses.replace(
    OLD_ARCHIVE,
    id="2/2020/QĐ#dieu-2",
    number="2/2020/QĐ",
    text="Đơn vị nộp hồ sơ vào kho lưu trữ trong một năm kể từ ngày công việc kết thúc.",
    effective_on=date(2020, 1, 1),
    expires_on=None,
)
CITY_PARKING = Entry(
    id="3/2023/QĐ-UBND#dieu-4",
    kind=Kind.PROVISION,
    number="3/2023/QĐ-UBND",
    title="Quy định về trông giữ xe",
    heading="Giá dịch vụ trông giữ xe máy",
    text="1. Giá trông giữ một xe máy ban ngày là năm nghìn đồng.\n2. Giá ban đêm gấp đôi.",
    locator="dieu-4",
    territory="79",
    effective_on=date(2023, 1, 1),
)
OTHER_CITY_PARKING = dataclasses.replace(
    CITY_PARKING, id="8/2023/QĐ-UBND#dieu-4", number="8/2023/QĐ-UBND", territory="48"
)
STAFF_ONLY = Entry(
    id="noi-bo/7#dieu-1",
    kind=Kind.PROVISION,
    number="noi-bo/7",
    title="Quy chế nội bộ về trực cơ quan",
    heading="Phân công trực đêm",
    text="Chánh văn phòng phân công người trực đêm theo tuần.",
    locator="dieu-1",
    audience=Audience.STAFF,
)
ENTRIES = (LEAVE, BIRTH, OLD_ARCHIVE, NEW_ARCHIVE, CITY_PARKING, OTHER_CITY_PARKING, STAFF_ONLY)

OpenIndex = Callable[[Path], Index]


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """An index of ``ENTRIES`` that tests only read."""
    opened = open_index(f"chroma:{tmp_path_factory.mktemp('read') / 'index'}", create=True)
    opened.sync(ENTRIES, source="test")
    yield opened
    opened.close()
