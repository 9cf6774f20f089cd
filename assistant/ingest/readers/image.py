"""Scans: Tesseract with Vietnamese data, called as a program (2 s a page)."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

from assistant.errors import MissingExtra, UnreadableFile
from assistant.ingest.readers.pdf_furniture import Page, without_furniture
from assistant.ingest.readers.pdf_paragraphs import page_paragraphs
from assistant.ingest.readers.pdf_words import Word, lines_of
from assistant.ingest.readers.raw import Limits, Progress, Raw

APT = "apt install tesseract-ocr tesseract-ocr-vie"


def read_image(path: Path, limits: Limits, progress: Progress) -> Raw:
    """A photographed or scanned page (PNG, JPEG, TIFF, BMP). Raises MissingExtra without Tesseract."""
    if recogniser() is None:
        raise MissingExtra(f"Tệp {path.name} là ảnh; cần Tesseract để nhận dạng chữ. Cài bằng: {APT}.")
    progress(1, 1)
    words_of_page, sure = _recognised([str(path)], None, path.name, limits)
    pages = []
    for words in words_of_page:
        height = max((word.y for word in words), default=1.0) * 1.1
        width = max((word.x1 for word in words), default=1.0) * 1.1
        turned = [Word(w.text, w.x0, w.x1, height - w.y, w.size, w.spaced) for w in words]
        pages.append(Page(tuple(lines_of(turned)), width, height))
    pages, running = without_furniture(pages)
    text = "\n".join(paragraph for page in page_paragraphs(pages) for paragraph in page)
    if not text.strip():
        raise UnreadableFile(f"Ảnh {path.name} không có chữ nào đọc được; hãy quét lại rõ hơn (300 dpi).")
    return Raw(text, "image", running=running, confidence=(sure,))


@cache
def recogniser() -> str | None:
    """The path of a Tesseract that has the Vietnamese data, or None."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=30, check=False)
    return program if "vie" in (listed.stdout + listed.stderr).split() else None


def recognise_bitmap(
    pixels: bytes, width: int, height: int, stride: int, name: str, limits: Limits
) -> tuple[list[Word], float]:
    """Words of a grey picture, places in pixels from the top, and the mean confidence."""
    rows = pixels if stride == width else b"".join(pixels[y * stride : y * stride + width] for y in range(height))
    pages, sure = _recognised(["stdin"], b"P5 %d %d 255\n" % (width, height) + rows, name, limits)
    return [word for page in pages for word in page], sure


def _recognised(source: list[str], data: bytes | None, name: str, limits: Limits) -> tuple[list[list[Word]], float]:
    command = [recogniser() or "tesseract", *source, "stdout", "-l", "vie", "--psm", "3", "tsv"]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}  # faster on few cores than Tesseract's own threads
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=limits.seconds, check=True, env=environment
        )
    except subprocess.TimeoutExpired as problem:
        raise UnreadableFile(
            f"Nhận dạng {name} quá {limits.seconds:.0f} giây; hãy quét lại ở 300 dpi hoặc chia nhỏ tệp."
        ) from problem
    except (subprocess.CalledProcessError, OSError) as problem:
        raise UnreadableFile(f"Không nhận dạng được ảnh trong {name}; cần ảnh PNG, JPEG, TIFF còn nguyên.") from problem
    return _read_tsv(done.stdout.decode("utf-8", errors="replace"))


def _read_tsv(table: str) -> tuple[list[list[Word]], float]:
    """Tesseract's table: words with box and confidence; y is that of the line's foot."""
    pages: dict[str, list[Word]] = {}
    sure: list[float] = []
    foot: dict[tuple[str, ...], tuple[float, float]] = {}
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12:
            continue
        left, top, width, height = (float(cell) for cell in cells[6:10])
        line = (cells[1], cells[2], cells[3], cells[4])
        if cells[0] == "4":
            foot[line] = (top + height, height)
        elif cells[0] == "5" and cells[11].strip():
            bottom, size = foot.get(line, (top + height, height))
            pages.setdefault(cells[1], []).append(Word(cells[11].strip(), left, left + width, bottom, size))
            sure.append(float(cells[10]) / 100)
    return list(pages.values()), (sum(sure) / len(sure) if sure else 0.0)
