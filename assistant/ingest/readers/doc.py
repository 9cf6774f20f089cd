"""Old Word documents (.doc), through a converter from Debian: LibreOffice keeps list labels, the others do not."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import groupby, zip_longest
from pathlib import Path

from assistant.errors import MissingExtra, UnreadableFile
from assistant.ingest.readers.docx import is_layout, read_docx
from assistant.ingest.readers.raw import Limits, Raw

APT = "apt install antiword"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_WORD = "WordDocument".encode("utf-16-le")


def read_doc(path: Path, data: bytes, limits: Limits) -> Raw:
    """Raises MissingExtra where no converter is installed, UnreadableFile for other OLE files and locked ones."""
    if _LOCKED in data:
        raise UnreadableFile(f"Tệp {path.name} được đặt mật khẩu; hãy bỏ mật khẩu bằng Word rồi gửi lại.")
    if _WORD not in data:
        raise UnreadableFile(f"Tệp {path.name} không phải văn bản Word (.doc); hãy lưu nội dung thành .docx.")
    converters = [(name, program) for name in _CONVERTERS if (program := shutil.which(name))]
    if not converters:
        raise MissingExtra(
            f"Để đọc tệp .doc như {path.name} cần một bộ chuyển đổi; cài bằng: {APT} "
            "(hoặc catdoc, libreoffice-writer), hoặc mở bằng Word và lưu thành .docx."
        )
    problems: list[str] = []
    for name, program in converters:
        try:
            raw = _CONVERTERS[name](program, path, limits)
        except (OSError, subprocess.SubprocessError, UnreadableFile) as problem:
            problems.append(f"{name}: {str(problem)[:80]}")
            continue
        if raw.text.strip():
            return raw
    raise UnreadableFile(
        f"Tệp {path.name} không chuyển đổi được ({'; '.join(problems) or 'không có chữ'}); "
        "cần tệp .doc còn nguyên vẹn, không mật khẩu. Hãy mở bằng Word và lưu thành .docx."
    )


def _run(command: list[str], limits: Limits, **environment: str) -> bytes:
    done = subprocess.run(
        command, capture_output=True, timeout=limits.seconds, check=True, env={**os.environ, **environment}
    )
    return done.stdout


def _libreoffice(program: str, path: Path, limits: Limits) -> Raw:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "in.doc"
        copy.write_bytes(path.read_bytes())
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        _run([program, profile, "--headless", "--convert-to", "docx", "--outdir", folder, str(copy)], limits)
        result = copy.with_suffix(".docx")
        if not result.exists():
            raise UnreadableFile("LibreOffice không tạo được tệp .docx")
        return read_docx(result.read_bytes(), path.name, limits)


def _antiword(program: str, path: Path, limits: Limits) -> Raw:
    text = _run([program, "-m", "UTF-8.txt", "-w", "0", str(path)], limits, LC_ALL="C.UTF-8").decode("utf-8", "replace")
    return Raw("\n".join(_without_bars(text.splitlines())), "doc")


def _without_bars(lines: list[str]) -> Iterator[str]:
    """antiword draws tables with bars. Blocks set side by side come one after the other, other rows stay rows."""
    for is_row, group in groupby(lines, key=lambda line: line.startswith("|") and line.rstrip().endswith("|")):
        if not is_row:
            yield from group
            continue
        rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in group]
        if is_layout([[[cell] for cell in row] for row in rows[:3]]):
            yield from (cell for column in zip_longest(*rows, fillvalue="") for cell in column if cell)
        else:
            yield from (" | ".join(row) for row in rows if any(row))


def _catdoc(program: str, path: Path, limits: Limits) -> Raw:
    text = _run([program, "-d", "utf-8", "-w", str(path)], limits).decode("utf-8", errors="replace")
    return Raw(text, "doc")


# Best first: what keeps most of the document.
_CONVERTERS = {"soffice": _libreoffice, "antiword": _antiword, "catdoc": _catdoc}
