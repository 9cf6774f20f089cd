"""Any file a user may send → ``Raw``: the format is found from the content, the text comes back clean and in NFC."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from assistant.errors import MissingExtra, TooLarge, UnreadableFile
from assistant.ingest.readers.doc import read_doc
from assistant.ingest.readers.docx import read_docx
from assistant.ingest.readers.html import read_html
from assistant.ingest.readers.image import read_image
from assistant.ingest.readers.pdf import read_pdf
from assistant.ingest.readers.raw import Limits, Progress, Raw, silent
from assistant.ingest.readers.rtf import read_rtf
from assistant.ingest.readers.text import read_text
from assistant.language.normalise import clean, convert_legacy

__all__ = ["SUFFIXES", "Limits", "Progress", "Raw", "read"]

SUFFIXES = (
    ".docx",
    ".doc",
    ".pdf",
    ".html",
    ".htm",
    ".rtf",
    ".txt",
    ".md",
    ".png",
    ".jpg",
    ".jpeg",
    ".tif",
    ".tiff",
    ".bmp",
)
_SIGNS = {
    (b"PK\x03\x04", b"PK\x05\x06"): "docx",
    (b"\xd0\xcf\x11\xe0",): "doc",
    (b"{\\rtf",): "rtf",
    (b"<!doctype html", b"<html", b"<?xml"): "html",
    (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"BM"): "image",
}


def read(path: Path, *, limits: Limits | None = None, progress: Progress = silent) -> Raw:
    """The text of a file. Raises UnreadableFile, TooLarge or MissingExtra, each saying what to do."""
    limits = limits or Limits()
    data = _bytes(path, limits)
    kind = _kind(data, path)
    try:
        raw = _raw(kind, path, data, limits, progress)
    except (UnreadableFile, TooLarge, MissingExtra):
        raise
    except RecursionError as problem:
        raise UnreadableFile(f"Tệp {path.name} lồng quá nhiều tầng, không đọc được; hãy lưu lại tệp.") from problem
    raw = _cleaned(raw)
    if len(raw.text) > limits.chars:
        raise TooLarge(f"Tệp {path.name} có {len(raw.text):,} ký tự; giới hạn là {limits.chars:,}. Hãy chia nhỏ tệp.")
    if not raw.text.strip():
        raise UnreadableFile(f"Tệp {path.name} không có chữ nào; cần tệp có nội dung văn bản.")
    return raw


def _bytes(path: Path, limits: Limits) -> bytes:
    try:
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise TooLarge(
                f"Tệp {path.name} nặng {size:,} byte; giới hạn là {limits.file_bytes:,} byte. Hãy bỏ ảnh hoặc chia nhỏ."
            )
        data = path.read_bytes()
    except OSError as problem:
        raise UnreadableFile(f"Không mở được tệp {path}: cần một tệp có thật và được phép đọc.") from problem
    if not data.strip():
        raise UnreadableFile(f"Tệp {path.name} rỗng; cần tệp có nội dung văn bản.")
    return data


def _kind(data: bytes, path: Path) -> str:
    """By what the file is, whatever it is called: a .doc is often an .rtf, a web page or a .docx."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"%pdf-" in head:
        return "pdf"
    for signs, kind in _SIGNS.items():
        if head.startswith(signs) or data.startswith(signs):
            return kind
    return "html" if path.suffix.lower() in (".html", ".htm") else "text"


def _raw(kind: str, path: Path, data: bytes, limits: Limits, progress: Progress) -> Raw:
    if kind == "pdf":
        return read_pdf(path, limits, progress)
    if kind == "docx":
        return read_docx(data, path.name, limits)
    if kind == "doc":
        return read_doc(path, data, limits)
    if kind == "image":
        return read_image(path, limits, progress)
    return {"rtf": read_rtf, "html": read_html}.get(kind, read_text)(data)


def _cleaned(raw: Raw) -> Raw:
    """NFC, plain spaces, Unicode letters; offsets of pages move with the text."""
    parts = [raw.text[a:b] for a, b in zip((0, *raw.pages[1:]), (*raw.pages[1:], None), strict=True)]
    text, legacy = convert_legacy(raw.text)
    parts = [clean(text)] if legacy and len(parts) == 1 else [clean(convert_legacy(part)[0]) for part in parts]
    starts, length = [], 0
    for part in parts:
        starts.append(length)
        length += len(part)
    return replace(
        raw,
        text="".join(parts),
        pages=tuple(starts) if raw.pages else (),
        encoding=legacy or raw.encoding,
        footnotes=tuple(clean(convert_legacy(note)[0]) for note in raw.footnotes),
        running=tuple(clean(line) for line in raw.running),
    )
