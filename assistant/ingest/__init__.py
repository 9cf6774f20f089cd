"""Files in, entries in the index out: ``ingest(paths, index, …)`` returns what changed.

files → read → clean → parse → Document | Procedure | Guide → Entry → (index) chunk → embed → sync
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from assistant.errors import BadInput, TrolyError
from assistant.index import Index
from assistant.index.values import Audience, Entry, Kind, SyncReport
from assistant.law.catalogue import Catalogue
from assistant.law.document import Document
from assistant.law.number import normalise_number

Progress = Callable[[int, int | None, float], None]  # (entries done, entries in all if known, entries a second)
OnError = Callable[[str, str], None]  # (file or line, reason)

FORMATS = {
    "auto": "theo đuôi tệp: .docx .doc .pdf .html .txt .rtf .md .yaml",
    "codified": "JSON lines các điều của Bộ pháp điển (.jsonl, .jsonl.gz)",
    "tthc": "JSON lines bản ghi thủ tục hành chính (.jsonl, .jsonl.gz)",
    "corpus": "thư mục corpus/ của sản phẩm (thủ tục YAML, hướng dẫn Markdown)",
}


def ingest(
    paths: Iterable[Path],
    index: Index,
    *,
    format: str = "auto",
    limit: int | None = None,
    numbers: tuple[str, ...] = (),
    audience: Audience = Audience.CITIZEN,
    territory: str = "vn",
    catalogue: Catalogue | None = None,
    progress: Progress | None = None,
) -> SyncReport:
    """Bring the index to what the paths say; a bad file or line is listed in the report and does not stop the run.

    A folder or collection read whole also deletes what it no longer holds; ``limit`` or ``numbers`` read a part
    of it and delete nothing. Raises BadInput for an unknown format or a path that does not exist.
    """
    if format not in FORMATS:
        raise BadInput(f"Định dạng “{format}” không có; các định dạng: {', '.join(FORMATS)}.", param="format")
    total = SyncReport()
    for path in paths:
        if not path.exists():
            raise BadInput(f"Không có tệp hoặc thư mục “{path}”; kiểm tra lại đường dẫn.", param="path")
        failures: list[tuple[str, str]] = []
        chosen = _format_of(path) if format == "auto" else format
        entries = read_entries(
            path,
            chosen,
            limit=limit,
            numbers=numbers,
            audience=audience,
            territory=territory,
            on_error=lambda where, why: failures.append((where, why)),  # noqa: B023 (used within this round only)
        )
        dated = (_as_catalogued(entry, catalogue or Catalogue()) for entry in entries)
        complete = limit is None and not numbers
        report = index.sync(dated, source=source_name(path, chosen), complete=complete, progress=progress)
        total = _added(total, report, failures)
    return total


def _format_of(path: Path) -> str:
    """``corpus`` for a folder laid out as the shipped one; others are read file by file."""
    return "corpus" if (path / "guides").is_dir() and (path / "procedures").is_dir() else "auto"


def source_name(path: Path, format: str) -> str:
    """What deletions are decided by: the collection for bulk formats, the path for files and folders."""
    return format if format == "corpus" else f"{format}:{path.resolve()}"


def read_entries(
    path: Path,
    format: str,
    *,
    limit: int | None = None,
    numbers: tuple[str, ...] = (),
    audience: Audience = Audience.CITIZEN,
    territory: str = "vn",
    on_error: OnError,
) -> Iterator[Entry]:
    """The entries of one path, lazily; what cannot be read goes to ``on_error``."""
    from assistant.ingest.codified import read_codified  # noqa: PLC0415 (each reader loads its own libraries)
    from assistant.ingest.corpus import SHIPPED, read_corpus  # noqa: PLC0415
    from assistant.ingest.procedures import read_portal  # noqa: PLC0415

    if format == "codified":
        report = lambda n, why: on_error(f"{path}:{n}", why)  # noqa: E731
        yield from read_codified(path, limit=limit, numbers=numbers, on_error=report)
    elif format == "tthc":
        yield from read_portal(path, limit=limit, on_error=lambda n, why: on_error(f"{path}:{n}", why))
    elif format == "corpus":
        for entry in read_corpus(path, on_error=on_error):
            yield dataclasses.replace(entry, id=SHIPPED + entry.id)  # the answer prefers it to a crawled one
    else:
        yield from _read_files(path, audience=audience, territory=territory, on_error=on_error)


def _read_files(path: Path, *, audience: Audience, territory: str, on_error: OnError) -> Iterator[Entry]:
    """Every readable file of a folder (or the one file): entries of its document, a guide or a procedure.

    The documents of a folder are read together: one that another of them amends is stored in each of its wordings.
    """
    from assistant.ingest.corpus import own_format  # noqa: PLC0415
    from assistant.ingest.parse import parse  # noqa: PLC0415
    from assistant.ingest.read import SUFFIXES, read  # noqa: PLC0415

    known = (*SUFFIXES, ".yaml", ".yml")
    files = sorted(f for f in path.rglob("*") if f.is_file() and f.suffix.lower() in known) if path.is_dir() else [path]
    documents: dict[Path, Document] = {}
    for file in files:
        try:
            if to_entry := own_format(file):
                yield _narrowed(to_entry(file), audience, territory)
                continue
            raw = read(file)
            documents[file] = parse(raw.text, source=file.name, footnotes=raw.footnotes)
        except TrolyError as error:
            on_error(str(file), error.message)
    yield from _document_entries(documents, audience, territory, on_error)


def _document_entries(
    documents: Mapping[Path, Document], audience: Audience, territory: str, on_error: OnError
) -> Iterator[Entry]:
    from assistant.ingest.documents import to_entries  # noqa: PLC0415
    from assistant.ingest.merged import amendments_among, merged_entries  # noqa: PLC0415

    amending = amendments_among(list(documents.values()) if len(documents) > 1 else ())
    for file, document in documents.items():
        entries = to_entries(document, audience=audience, territory=territory)
        if entries and (later := amending(document)):
            entries, left = merged_entries(document, later, entries)
            for why in left:
                on_error(str(file), why)
        yield from entries


def _narrowed(entry: Entry, audience: Audience, territory: str) -> Entry:
    """A file says for whom and where it holds; what the caller says may narrow that, not widen it."""
    seen_by = Audience.STAFF if Audience.STAFF in (audience, entry.audience) else audience
    return dataclasses.replace(
        entry, audience=seen_by, territory=territory if entry.territory == "vn" else entry.territory
    )


def _as_catalogued(entry: Entry, catalogue: Catalogue) -> Entry:
    """A provision under the one writing of its number, ended where the catalogue says that its document has."""
    if entry.kind is not Kind.PROVISION:
        return entry
    number = normalise_number(entry.number)
    row = catalogue.get(number)
    expires_on = entry.expires_on or (row.expires_on if row else None)
    return dataclasses.replace(entry, number=number, expires_on=expires_on)


def _added(total: SyncReport, report: SyncReport, failures: list[tuple[str, str]]) -> SyncReport:
    return SyncReport(
        created=total.created + report.created,
        updated=total.updated + report.updated,
        deleted=total.deleted + report.deleted,
        unchanged=total.unchanged + report.unchanged,
        failed=(*total.failed, *report.failed, *failures),
        seconds=total.seconds + report.seconds,
    )


__all__ = ["FORMATS", "ingest", "read_entries", "source_name"]
