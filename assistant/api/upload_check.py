"""Is an uploaded file what its name says, and safe to open?"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from assistant.errors import TooLarge, UnreadableFile

MAX_UNPACKED = 300 << 20  # bytes: many times what a real draft unpacks to
MAX_PARTS = 5_000
_BLOCK = 1 << 20
_PDF, _ZIP, _OLE = b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT = (".txt", ".md", ".html", ".htm", ".rtf")
KINDS = (".docx", ".doc", ".pdf", *_TEXT)


def check_file(path: Path, name: str) -> None:
    """Raises UnreadableFile (empty, unknown, corrupt, encrypted) or TooLarge (a zip bomb)."""
    extension = Path(name).suffix.lower()
    if extension not in KINDS:
        raise UnreadableFile(f"Tệp “{_short(name)}” không thuộc loại đọc được. Hãy gửi: {', '.join(KINDS)}.")
    with path.open("rb") as file:
        head = file.read(1024)
    if not head:
        raise UnreadableFile(f"Tệp “{_short(name)}” trống. Hãy kiểm tra lại tệp rồi tải lên.")
    if extension == ".docx" or (extension == ".doc" and head.startswith(_ZIP)):  # a docx named .doc is read as one
        _check_docx(path, head, name)
    elif extension == ".pdf" and _PDF not in head:
        raise _not_a(name, "PDF")
    elif extension == ".doc" and not head.startswith((_OLE, _ZIP, b"{\\rtf")):
        raise _not_a(name, "Word 97-2003")
    elif extension in _TEXT and head.startswith((_PDF, _ZIP, _OLE, b"MZ", b"\x7fELF")):
        raise _not_a(name, "văn bản thuần")


def _check_docx(path: Path, head: bytes, name: str) -> None:
    if head.startswith(_OLE):
        raise UnreadableFile(f"Tệp “{_short(name)}” có mật khẩu. Hãy bỏ mật khẩu, lưu lại rồi tải lên.")
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS:
                raise _bomb(name)
            if "word/document.xml" not in archive.namelist():
                raise _not_a(name, "Word (.docx)")
            _unpack(archive, parts, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise UnreadableFile(
            f"Tệp “{_short(name)}” bị hỏng, không mở được như tệp Word. Hãy mở bằng Word, lưu lại rồi tải lên."
        ) from error


def _unpack(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], name: str) -> None:
    """Read every part through: the sizes that an archive declares can be lies."""
    total = 0
    for part in parts:
        with archive.open(part) as stream:
            while block := stream.read(_BLOCK):
                total += len(block)
                if total > MAX_UNPACKED:
                    raise _bomb(name)


def _bomb(name: str) -> TooLarge:
    return TooLarge(
        f"Tệp “{_short(name)}” khi giải nén lớn hơn {MAX_UNPACKED >> 20} MB nên không được mở. Hãy lưu lại bằng Word."
    )


def _not_a(name: str, kind: str) -> UnreadableFile:
    return UnreadableFile(f"Nội dung tệp “{_short(name)}” không phải {kind}. Hãy lưu đúng định dạng rồi tải lên.")


def _short(name: str) -> str:
    return name if len(name) <= 60 else f"{name[:57]}…"
