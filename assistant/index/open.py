"""Opening an index by its address, and refusing what is not ours or was built with another model."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path

from assistant.errors import BadInput, IndexForeign, IndexMismatch, IndexMissing, MissingExtra
from assistant.index.embed import CachedEmbeddings, open_embeddings
from assistant.index.entries import SqliteEntries
from assistant.index.hybrid import HybridIndex
from assistant.index.lock import held, room
from assistant.index.samples import QUESTIONS, Samples, open_samples
from assistant.index.stores import EntryStore
from assistant.settings import settings

FORMAT = "2"
_ENTRIES, _CHROMA, _LEXICON, _WRITING, _ENGINES = "entries.db", "chroma", "lexical", "writing.lock", "engines.lock"
_WAIT = 60.0  # seconds
_BUSY = f"Một lượt nạp khác đang ghi vào chỉ mục này (đã chờ {_WAIT:.0f} giây). Hãy chờ lượt đó xong rồi chạy lại lệnh."


def open_index(url: str, *, create: bool = False, embeddings: str | None = None) -> HybridIndex:
    """The index at ``chroma:FOLDER`` or ``qdrant:URL``; see ``assistant.index.open_index``."""
    engine, _, place = url.partition(":")
    if engine not in ("chroma", "qdrant") or not place:
        raise BadInput(
            f"Địa chỉ chỉ mục “{url}” không đọc được; cần dạng chroma:THƯ_MỤC (ví dụ chroma:./data/index) hoặc "
            "qdrant:http://MÁY_CHỦ:6333."
        )
    if engine == "chroma":
        _check_folder(Path(place), create)
    model = open_embeddings(embeddings or "", settings().cache)
    return _open_chroma(Path(place), model, url) if engine == "chroma" else _open_qdrant(place, create, model, url)


def _open_chroma(folder: Path, model: CachedEmbeddings, url: str) -> HybridIndex:
    folder.mkdir(parents=True, exist_ok=True)
    entries = _open_entries(folder)
    _check_model(entries, model, url)
    from assistant.index.chroma import ChromaVectors  # noqa: PLC0415 (heavy)
    from assistant.index.lexical import TantivyLexicon  # noqa: PLC0415 (heavy)

    writing = partial(_writing, folder)
    engines = partial(held, folder / _ENGINES, _WAIT, _BUSY)
    with engines():
        vectors = ChromaVectors(folder / _CHROMA, model.dimension, entries)
        lexicon = TantivyLexicon(folder / _LEXICON, entries)
    return HybridIndex(entries, vectors, lexicon, model, writing, engines, _samples(model))


def _open_qdrant(place: str, create: bool, model: CachedEmbeddings, url: str) -> HybridIndex:
    """Raises IndexProblem when the server does not answer."""
    try:
        from assistant.index.qdrant import QdrantLexicon, QdrantVectors  # noqa: PLC0415 (an extra)
        from assistant.index.qdrant_entries import QdrantEntries  # noqa: PLC0415
        from assistant.index.qdrant_place import ENTRIES, Client, prepare  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtra(
            "Chỉ mục qdrant: cần phần mở rộng [qdrant]. Hãy chạy: pip install 'troly[qdrant]'"
        ) from error
    client = Client(place)
    known = client.collection_exists(ENTRIES)
    if not known and not create:
        client.close()
        raise IndexMissing(f"Chưa có chỉ mục ở “{place}”. Hãy nạp dữ liệu trước: troly ingest corpus/")
    prepare(client, model.dimension)
    entries = QdrantEntries(client)
    _check_model(entries, model, url)
    vectors, lexicon = QdrantVectors(client), QdrantLexicon(client)
    return HybridIndex(entries, vectors, lexicon, model, nullcontext, nullcontext, _samples(model))


def _samples(model: CachedEmbeddings) -> Samples:
    return open_samples(settings().corpus / QUESTIONS, model.asking)


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    with room(folder), held(folder / _WRITING, _WAIT, _BUSY):
        yield


def _check_folder(folder: Path, create: bool) -> None:
    if folder.exists() and not folder.is_dir():
        raise IndexForeign(f"“{folder}” là một tệp, không phải thư mục chỉ mục. Hãy đặt TROLY_INDEX bằng thư mục khác.")
    inside = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    if inside and _ENTRIES not in inside:
        raise IndexForeign(
            f"Thư mục “{folder}” chứa dữ liệu khác (ví dụ “{sorted(inside)[0]}”), không phải chỉ mục của Trợ Lý Công "
            "Vụ. Hãy đặt TROLY_INDEX bằng một thư mục trống hoặc chưa có."
        )
    if not inside and not create:
        raise IndexMissing(f"Chưa có chỉ mục ở “{folder}”. Hãy nạp dữ liệu trước: troly ingest corpus/")


def _open_entries(folder: Path) -> SqliteEntries:
    try:
        return SqliteEntries(folder / _ENTRIES)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorname not in ("SQLITE_NOTADB", "SQLITE_CORRUPT"):
            raise
        raise IndexForeign(
            f"Tệp {_ENTRIES} trong “{folder}” không phải của Trợ Lý Công Vụ hoặc đã hỏng. Hãy đặt TROLY_INDEX bằng "
            "thư mục mới rồi nạp lại dữ liệu."
        ) from error


def _check_model(entries: EntryStore, model: CachedEmbeddings, url: str) -> None:
    """Note the model in a new index; refuse one that was built with another."""
    meta = entries.meta()
    if "format" not in meta:
        entries.set_meta(
            {"format": FORMAT, "model": model.name, "dimension": str(model.dimension), "digest": model.digest}
        )
        return
    if meta["format"] != FORMAT:
        raise IndexMismatch(
            f"Chỉ mục {url} theo định dạng {meta['format']}, bản này cần định dạng {FORMAT}. Hãy dựng lại vào thư mục "
            "mới: TROLY_INDEX=chroma:THƯ_MỤC_MỚI troly ingest …"
        )
    if (meta["digest"], meta["dimension"]) != (model.digest, str(model.dimension)):
        raise IndexMismatch(
            f"Chỉ mục {url} dựng bằng mô hình nhúng “{meta['model']}” ({meta['dimension']} chiều, mã "
            f"{meta['digest'][:12]}), không phải “{model.name}” ({model.dimension} chiều, mã {model.digest[:12]}). Hãy "
            f"đặt TROLY_EMBEDDINGS={meta['model']}, hoặc dựng lại: TROLY_INDEX=chroma:THƯ_MỤC_MỚI troly ingest …"
        )
