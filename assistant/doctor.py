"""``troly doctor``: what is installed, which index, which models, what is missing and the command that mends it."""

from __future__ import annotations

import importlib.util
import platform
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from assistant.errors import TrolyError
from assistant.settings import Settings

_APT = "apt-get install -y "
PROGRAMS = (
    ("soffice", "LibreOffice (đọc .doc, chuyển đổi tệp)", "libreoffice-writer-nogui"),
    ("antiword", "antiword (đọc .doc)", "antiword"),
    ("tesseract", "Tesseract (đọc bản quét)", "tesseract-ocr tesseract-ocr-vie"),
)


@dataclass(frozen=True, slots=True)
class Check:
    """Một mục kiểm tra. ``needed`` False: the product works without it."""

    name: str
    ok: bool
    found: str
    mend: str = ""
    needed: bool = True


def examine(config: Settings) -> list[Check]:
    """All checks, the needed ones first."""
    return [
        _python(),
        _embeddings(config),
        _index(config),
        _corpus(config),
        _store(config),
        _reranker(config),
        _chat(config),
        _extra("sentence_transformers", "Gói [models] (sentence-transformers, torch)", "pip install 'troly[models]'"),
        *(_program(*row) for row in PROGRAMS),
    ]


def _python() -> Check:
    ok = sys.version_info >= (3, 11)
    return Check(
        "Python",
        ok,
        f"{platform.python_version()} trên {platform.system()} {platform.machine()}",
        "Cần Python 3.11 trở lên",
    )


def _embeddings(config: Settings) -> Check:
    from assistant.index.embed import open_embeddings  # noqa: PLC0415

    def found() -> str:
        model = open_embeddings(config.embeddings, config.cache)
        return f"{model.name}, {model.dimension} chiều, mã {model.digest[:12]}"

    return _tried(
        "Mô hình nhúng", found, "Đặt TROLY_EMBEDDINGS bằng một mô hình sentence-transformers và cài 'troly[models]'"
    )


def _index(config: Settings) -> Check:
    from assistant.index import open_index  # noqa: PLC0415

    def found() -> str:
        counts = open_index(config.index).count()
        return f"{config.index}: " + ", ".join(f"{n} {kind}" for kind, n in sorted(counts.items()))

    return _tried("Chỉ mục", found, f"troly ingest --format corpus {config.corpus}")


def _corpus(config: Settings) -> Check:
    from assistant.ingest.corpus import load_catalogue  # noqa: PLC0415

    return _tried(
        "Dữ liệu đi kèm",
        lambda: f"{config.corpus}: {len(load_catalogue(config.corpus))} văn bản trong danh mục",
        "Đặt TROLY_CORPUS bằng thư mục corpus/ của bản cài đặt",
    )


def _store(config: Settings) -> Check:
    from assistant.store import open_store  # noqa: PLC0415

    def found() -> str:
        return f"{config.store}: {len(open_store(config).keys.list())} khóa"

    return _tried("CSDL khóa và nhật ký", found, "Kiểm tra TROLY_STORE và quyền ghi thư mục")


def _reranker(config: Settings) -> Check:
    name = "Mô hình xếp hạng lại"
    if not config.reranker:
        return Check(name, True, "không cấu hình: thứ tự theo tìm kiếm kết hợp", needed=False)
    from assistant.index.rerank import Reranker  # noqa: PLC0415

    def found() -> str:
        Reranker(config.reranker)
        return config.reranker

    return _tried(name, found, "Kiểm tra TROLY_RERANKER, hoặc để trống; cần pip install 'troly[models]'")


def _chat(config: Settings) -> Check:
    if not config.chat_model:
        return Check(
            "Mô hình ngôn ngữ", True, "không cấu hình: trả lời bằng trường dữ liệu và trích nguyên văn", needed=False
        )
    from assistant.models import open_chat  # noqa: PLC0415

    def found() -> str:
        model = open_chat(config)
        return f"{config.chat_model}: trả lời “{model.complete('Trả lời một từ.', 'Xin chào')[:40]}”" if model else "–"

    return _tried(
        "Mô hình ngôn ngữ", found, "Kiểm tra TROLY_CHAT_MODEL, TROLY_CHAT_BASE_URL và máy chủ mô hình", needed=False
    )


def _extra(module: str, name: str, mend: str) -> Check:
    if importlib.util.find_spec(module) is None:
        return Check(name, False, "chưa cài", mend, needed=False)
    try:
        return Check(name, True, version(module), needed=False)
    except PackageNotFoundError:
        return Check(name, True, "có", needed=False)


def _program(command: str, name: str, package: str) -> Check:
    path = shutil.which(command)
    return Check(name, path is not None, path or "chưa cài", _APT + package, needed=False)


def _tried(name: str, found: Callable[[], str], mend: str, *, needed: bool = True) -> Check:
    try:
        return Check(name, True, found(), needed=needed)
    except TrolyError as error:
        return Check(name, False, error.message, mend, needed=needed)
