"""A page of our own, printed by LibreOffice: scanned and recognised, and as an old Word file."""

from __future__ import annotations

import shutil
import struct
import subprocess
import zlib
from pathlib import Path

import pypdfium2
import pytest
from docx import Document as Word

from assistant.ingest.parse import parse
from assistant.ingest.read import read
from assistant.ingest.readers import doc as doc_reader
from assistant.ingest.readers.image import recogniser
from tests.ingest.pdf_maker import make_scan

OFFICE = shutil.which("soffice")
PAGES = [
    [
        "ỦY BAN NHÂN DÂN PHƯỜNG BẾN GỖ",
        "Số: 45/2031/QĐ-UBND",
        "Bến Gỗ, ngày 03 tháng 02 năm 2031",
        "QUYẾT ĐỊNH",
        "Về việc giữ gìn vỉa hè",
        "Điều 1. Phạm vi điều chỉnh",
        "Quyết định này quy định việc giữ gìn vỉa hè, lòng đường trên địa bàn phường.",
        "Điều 2. Trách nhiệm của hộ gia đình",
        "1. Hộ gia đình quét dọn vỉa hè trước nhà mỗi ngày.",
        "2. Hộ gia đình không đổ nước thải ra lòng đường.",
    ],
    ["Điều 3. Hiệu lực thi hành", "Quyết định này có hiệu lực từ ngày 15 tháng 02 năm 2031."],
]
pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed (libreoffice-writer-nogui)")
needs_tesseract = pytest.mark.skipif(recogniser() is None, reason="Tesseract with Vietnamese data is not installed")


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with quyet-dinh.docx, .pdf and .doc of the same two pages."""
    folder = tmp_path_factory.mktemp("printed")
    word = Word()
    for number, page in enumerate(PAGES):
        if number:
            word.add_page_break()
        for line in page:
            word.add_paragraph(line)
    word.save(folder / "quyet-dinh.docx")
    for kind in ("pdf", "doc"):
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [OFFICE or "", profile, "--headless", "--convert-to", kind, "--outdir", str(folder)]
        subprocess.run([*command, str(folder / "quyet-dinh.docx")], check=True, capture_output=True, timeout=180)
    return folder


def pictures(path: Path) -> list[tuple[bytes, int, int]]:
    """The pages of a PDF as grey pixels at 300 dots an inch."""
    document = pypdfium2.PdfDocument(path)
    found = []
    for page in document:
        bitmap = page.render(scale=300 / 72, grayscale=True)
        data, stride, width, height = bytes(bitmap.buffer), bitmap.stride, bitmap.width, bitmap.height
        found.append((b"".join(data[y * stride : y * stride + width] for y in range(height)), width, height))
    document.close()
    return found


def scanned(folder: Path, printed: Path) -> Path:
    """A PDF of two pictures, without a text layer."""
    whole = pypdfium2.PdfDocument.new()
    for pixels, width, height in pictures(printed / "quyet-dinh.pdf"):
        whole.import_pages(pypdfium2.PdfDocument(make_scan(pixels, width, height)))
    path = folder / "scan.pdf"
    whole.save(path)
    whole.close()
    return path


def png(pixels: bytes, width: int, height: int) -> bytes:
    rows = b"".join(b"\0" + pixels[y * width : (y + 1) * width] for y in range(height))
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)), (b"IDAT", zlib.compress(rows, 1))]
    body = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in [*chunks, (b"IEND", b"")]
    )
    return b"\x89PNG\r\n\x1a\n" + body


def labels(text: str) -> list[str]:
    return [provision.locator.path for provision in parse(text).provisions]


STRUCTURE = ["dieu-1", "dieu-2", "dieu-2.khoan-1", "dieu-2.khoan-2", "dieu-3"]


@needs_tesseract
def test_a_scanned_decision_is_recognised_page_by_page_with_its_articles(tmp_path: Path, printed: Path) -> None:
    seen: list[tuple[int, int]] = []
    raw = read(scanned(tmp_path, printed), progress=lambda page, pages: seen.append((page, pages)))
    document = parse(raw.text)
    assert [p.locator.path for p in document.provisions] == STRUCTURE
    assert document.number == "45/2031/QĐ-UBND"
    assert document.effective_on is not None
    assert "quét dọn vỉa hè trước nhà mỗi ngày" in raw.text
    assert seen == [(1, 2), (2, 2)]
    assert len(raw.confidence) == len(raw.pages) == 2
    assert all(sure is not None and 0.8 < sure <= 1 for sure in raw.confidence)


@needs_tesseract
def test_a_photographed_page_is_recognised_with_its_diacritics(tmp_path: Path, printed: Path) -> None:
    path = tmp_path / "trang-1.png"
    path.write_bytes(png(*pictures(printed / "quyet-dinh.pdf")[0]))
    raw = read(path)
    assert labels(raw.text) == STRUCTURE[:4]
    assert "Trách nhiệm của hộ gia đình" in raw.text
    assert raw.confidence[0] is not None
    assert raw.confidence[0] > 0.8


@pytest.mark.parametrize("converter", ["soffice", "antiword"])
def test_an_old_word_file_gives_the_same_articles(
    printed: Path, monkeypatch: pytest.MonkeyPatch, converter: str
) -> None:
    if shutil.which(converter) is None:
        pytest.skip(f"{converter} is not installed")
    monkeypatch.setattr(doc_reader, "_CONVERTERS", {converter: doc_reader._CONVERTERS[converter]})
    raw = read(printed / "quyet-dinh.doc")
    assert labels(raw.text) == STRUCTURE
    assert "Hộ gia đình không đổ nước thải ra lòng đường." in raw.text
    assert parse(raw.text).number == "45/2031/QĐ-UBND"
