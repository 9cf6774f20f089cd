"""Text files broken at about eighty columns are read as paragraphs."""

import textwrap
from pathlib import Path

import pytest

from assistant.ingest.parse import parse
from assistant.ingest.read import read
from assistant.ingest.readers.text_wrap import unwrap

PARAGRAPHS = [
    "QUYẾT ĐỊNH",
    "Về việc quản lý vườn cây",
    "Điều 1. Phạm vi điều chỉnh",
    "Quyết định này quy định việc trồng, chăm sóc, cắt tỉa và thay thế cây xanh trong các vườn hoa, công viên, dải phân "
    "cách và trên vỉa hè của các tuyến đường do Thành phố quản lý, trừ cây trong khuôn viên của tổ chức, cá nhân.",
    "Điều 2. Trách nhiệm",
    "1. Sở Xây dựng chủ trì, phối hợp với các sở, ban, ngành, Ủy ban nhân dân cấp xã và các tổ chức, cá nhân có liên "
    "quan kiểm tra việc chăm sóc cây xanh trên địa bàn, báo cáo Ủy ban nhân dân Thành phố trước ngày 15 tháng 12.",
    "2. Ủy ban nhân dân cấp xã có trách nhiệm sau đây:",
    "a) tổ chức trồng cây, chăm sóc cây trên địa bàn theo quy định tại khoản 1 Điều này và hướng dẫn của Sở Xây dựng, "
    "bảo đảm cây không che khuất biển báo;",
    "b) xử lý cây gãy, đổ trong thời hạn hai mươi bốn giờ kể từ khi nhận được tin báo của người dân hoặc của đơn vị "
    "đang thi công trên tuyến đường.",
]
WHOLE = "\n".join(PARAGRAPHS)


@pytest.mark.parametrize("width", [72, 80, 96])
def test_lines_broken_at_a_width_become_paragraphs_again(width: int) -> None:
    wrapped = "\n".join(line for part in PARAGRAPHS for line in textwrap.wrap(part, width))
    text, breaks = unwrap(wrapped)
    assert text == WHOLE
    assert breaks == wrapped.count("\n") - WHOLE.count("\n")


def test_no_character_is_lost_and_the_reader_is_told(tmp_path: Path) -> None:
    wrapped = "\n".join(textwrap.fill(part, 80) for part in PARAGRAPHS)
    path = tmp_path / "vuon-cay.txt"
    path.write_text(wrapped, encoding="utf-8")
    raw = read(path)
    assert raw.text.split() == wrapped.split()
    assert any("được nối lại" in warning for warning in raw.warnings)
    points = [provision.locator.path for provision in parse(raw.text).provisions if provision.kind == "point"]
    assert points == ["dieu-2.khoan-2.diem-a", "dieu-2.khoan-2.diem-b"]


def test_a_text_of_whole_paragraphs_is_left_as_it_is() -> None:
    assert unwrap(WHOLE) == (WHOLE, 0)
    verse = "\n".join(["Con ong làm mật yêu hoa, con cá bơi yêu nước, con chim ca yêu trời."] * 8)
    assert unwrap(verse) == (verse, 0)
