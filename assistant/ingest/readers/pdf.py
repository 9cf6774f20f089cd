"""PDF: the text layer where there is one, Tesseract where a page is only a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from assistant.errors import MissingExtra, TooLarge, UnreadableFile
from assistant.ingest.readers.image import APT, recognise_bitmap, recogniser
from assistant.ingest.readers.pdf_furniture import Page, without_furniture
from assistant.ingest.readers.pdf_paragraphs import page_paragraphs
from assistant.ingest.readers.pdf_words import Word, lines_of, page_words
from assistant.ingest.readers.raw import Limits, Progress, Raw

_DPI = 300  # what Tesseract reads best


def read_pdf(path: Path, limits: Limits, progress: Progress) -> Raw:
    """Raises UnreadableFile for a broken or locked file, MissingExtra for a scan without Tesseract."""
    document = _opened(path)
    try:
        if len(document) > limits.pages:
            raise TooLarge(
                f"Tệp {path.name} có {len(document)} trang; giới hạn là {limits.pages} trang. Hãy chia nhỏ tệp."
            )
        pages, confidence, warnings = _read_pages(document, path.name, limits, progress)
    finally:
        document.close()
    pages, running = without_furniture(pages)
    paragraphs = page_paragraphs(pages)
    text, starts = _joined(paragraphs)
    if not text.strip():
        raise UnreadableFile(
            f"Tệp {path.name} không có chữ nào đọc được; cần PDF có lớp chữ hoặc bản quét rõ. "
            "Hãy quét lại (300 dpi) hoặc gửi tệp Word."
        )
    notes = tuple(note for page in pages for note in page.notes)
    return Raw(text, "pdf", pages=starts, footnotes=notes, running=running, warnings=warnings, confidence=confidence)


def _opened(path: Path) -> Any:
    import pypdfium2  # noqa: PLC0415

    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as problem:
        reason = "được đặt mật khẩu" if "assword" in str(problem) else "bị hỏng hoặc không phải PDF"
        raise UnreadableFile(
            f"Tệp {path.name} {reason}: cần tệp PDF mở được không cần mật khẩu. Hãy xuất lại PDF hoặc bỏ mật khẩu."
        ) from problem


def _read_pages(
    document: Any, name: str, limits: Limits, progress: Progress
) -> tuple[list[Page], tuple[float | None, ...], tuple[str, ...]]:
    """Pages with their lines, how sure the recognised ones are, and warnings."""
    import pypdfium2  # noqa: PLC0415

    pages: list[Page] = []
    confidence: list[float | None] = []
    warnings: list[str] = []
    recognised = 0
    for index in range(len(document)):
        sure: float | None = None
        try:
            page = document[index]
            words, sure, note = _page_words(page, index, name, recognised < limits.recognised_pages, limits)
            width, height = page.get_size()
            page.close()
        except pypdfium2.PdfiumError:
            words, note, width, height = [], f"Trang {index + 1} bị hỏng, không đọc được.", 1.0, 1.0
        recognised += sure is not None
        warnings += [note] if note else []
        confidence.append(sure)
        pages.append(Page(tuple(lines_of(words)), width, height))
        progress(index + 1, len(document))
    if any(value is not None for value in confidence):
        return pages, tuple(confidence), tuple(warnings)
    if warnings and not any(page.lines for page in pages):
        raise MissingExtra(f"Tệp {name} là bản quét, không có lớp chữ; cần Tesseract để nhận dạng. Cài bằng: {APT}.")
    return pages, (), tuple(warnings)


def _page_words(
    page: Any, index: int, name: str, may_recognise: bool, limits: Limits
) -> tuple[list[Word], float | None, str]:
    """(words, confidence if recognised, warning)."""
    text_page = page.get_textpage()
    words = page_words(text_page)
    text_page.close()
    if sum(len(word.text) for word in words) >= 20 or not _has_picture(page):
        return words, None, ""
    if recogniser() is None:
        return words, None, f"Trang {index + 1} là ảnh chụp, chưa đọc được: máy chưa cài Tesseract ({APT})."
    if not may_recognise:
        return words, None, f"Trang {index + 1} là ảnh chụp, chưa đọc: vượt giới hạn số trang nhận dạng."
    bitmap = page.render(scale=_DPI / 72, grayscale=True)
    found, sure = recognise_bitmap(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, name, limits)
    scale = 72 / _DPI
    height = bitmap.height
    bitmap.close()
    return (
        [Word(w.text, w.x0 * scale, w.x1 * scale, (height - w.y) * scale, w.size * scale, w.spaced) for w in found],
        sure,
        "",
    )


def _has_picture(page: Any) -> bool:
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    return any(True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _joined(pages: list[list[str]]) -> tuple[str, tuple[int, ...]]:
    """(text, offset of each page)."""
    starts: list[int] = []
    parts: list[str] = []
    length = 0
    for paragraphs in pages:
        starts.append(length)
        for paragraph in paragraphs:
            parts.append(paragraph)
            length += len(paragraph) + 1
    return "\n".join(parts), tuple(starts)
