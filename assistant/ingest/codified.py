"""Articles of the Bộ pháp điển and of evaluation sets, read from JSON lines as entries.

Rows are as crawled, and three faults would put wrong law into an answer: the next article of another document
stuck to the end of a text, headings of the next chapter, and lines of the site itself. They are taken apart here.
"""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import IO, Any

from assistant.errors import UnreadableFile
from assistant.index.values import Entry, Kind
from assistant.ingest.codified_note import Note, read_note
from assistant.ingest.codified_text import (
    Embedded,
    clean_article,
    embedded_articles,
    holds_code,
    is_torn_quotation,
    without_next_article,
)
from assistant.language.normalise import clean
from assistant.law.number import normalise_number

OnError = Callable[[int, str], None]
_REQUIRED = ("number", "article", "text")


def _ignore(_line: int, _reason: str) -> None:
    return None


def read_codified(
    path: Path, *, limit: int | None = None, numbers: Collection[str] = (), on_error: OnError = _ignore
) -> Iterator[Entry]:
    """One entry per article, of the documents in ``numbers`` only if any are given.

    A row of them that cannot be read is told to ``on_error(line_number, reason)`` and the run goes on.
    An article found only at the tail of another row is yielded as its own entry.
    """
    wanted = {normalise_number(number) for number in numbers}
    survey = _survey(path)
    naming = _Naming({number: kind for kind, number in survey.described if "uật" in kind})
    yielded = 0
    for line, row in _rows(path, on_error):
        own = not wanted or normalise_number(str(row["number"])) in wanted
        failed = partial(on_error, line) if own else partial(_ignore, line)
        for entry in _entries_of_row(row, survey, naming, source=path.name, failed=failed):
            if wanted and entry.number not in wanted:
                continue
            if limit is not None and yielded >= limit:
                return
            yielded += 1
            yield entry


def read_articles(path: Path, *, on_error: OnError = _ignore) -> Iterator[Entry]:
    """Articles of an evaluation set: ``[{"id": law, "articles": [{"id", "text"}]}]`` or JSON lines of articles."""
    if path.suffix != ".json":
        yield from read_codified(path, on_error=on_error)
        return
    try:
        laws = json.loads(path.read_text(encoding="utf-8"))
        pairs = [(str(law["id"]), article) for law in laws for article in law["articles"]]
    except (OSError, ValueError, TypeError, KeyError) as problem:
        raise UnreadableFile(
            f"Không đọc được {path.name}: cần một danh sách JSON các luật, mỗi luật có “id” và “articles” ({problem})."
        ) from problem
    for line, (law, article) in enumerate(pairs, start=1):
        if not isinstance(article, dict) or not article.get("id") or not article.get("text"):
            on_error(line, f"điều của {law} thiếu “id” hoặc “text”")
            continue
        heading, text = _heading_and_text(clean_article(clean(str(article["text"])))[0])
        yield Entry(
            id=f"{law}#dieu-{article['id']}",
            kind=Kind.PROVISION,
            number=law,
            title=law,
            text=text,
            locator=f"dieu-{article['id']}",
            heading=heading,
            source=path.name,
            doc_type="Bộ luật" if law.startswith("Bộ luật") else law.split()[0],
        )


def _heading_and_text(text: str) -> tuple[str, str]:
    """The first line is the heading unless it is a sentence or a clause of its own."""
    first, _, rest = text.partition("\n")
    if not rest or len(first) > 300 or first.endswith((".", ";", ":")) or re.match(r"\d+\.", first):
        return "", text
    return first.strip(), rest.strip()


@dataclass(frozen=True, slots=True)
class _Survey:
    """What the whole file must be read for first: documents described in another row, and codes that have a row."""

    described: Mapping[tuple[str, str], Note]
    articles: set[tuple[str, str]]  # (number, article) of every row
    codes: set[str]  # grows as articles without a row are met


def _survey(path: Path) -> _Survey:
    described: dict[tuple[str, str], Note] = {}
    articles: set[tuple[str, str]] = set()
    codes: set[str] = set()
    for _, row in _rows(path, _ignore):
        articles.add((normalise_number(str(row["number"])), str(row["article"])))
        codes.add(str(row.get("codified_id") or ""))
        notes = [_repaired(row)[0]] if " của " in str(row.get("source_note")) or _is_cut(row) else []
        if holds_code(str(row["text"])):
            notes += [part.note for part in embedded_articles(clean(str(row["text"])))[1]]
        for note in map(read_note, notes):
            if note and note.subject:
                described.setdefault((note.doc_type, note.number), note)
    return _Survey(described, articles, codes)


def _next(article: str) -> str:
    return str(int(article) + 1) if article.isdecimal() else ""


@dataclass
class _Naming:
    """Ids that stay the same from run to run: a law has its number alone, or else the document met
    first; others add their type."""

    owners: dict[str, str] = field(default_factory=dict)
    used: dict[str, int] = field(default_factory=dict)

    def id(self, number: str, doc_type: str, article: str) -> str:
        owner = self.owners.setdefault(number, doc_type)
        name = number if owner == doc_type else f"{number}~{_slug(doc_type)}"
        base = f"{name}#dieu-{article}"
        self.used[base] = count = self.used.get(base, 0) + 1
        return base if count == 1 else f"{base}~{count}"


def _slug(name: str) -> str:
    """“Nghị quyết” → “nghi-quyet”."""
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return "-".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def _entries_of_row(
    row: Mapping[str, Any], survey: _Survey, naming: _Naming, *, source: str, failed: Callable[[str], None]
) -> Iterator[Entry]:
    topic = _topics().get(str(row.get("topic") or "").rpartition("/")[2], "")
    for part in _parts(row, survey.codes):
        note = read_note(part.note) or _note_of_row(row)
        known = survey.described.get((note.doc_type, note.number), note)
        note = replace(note, subject=known.subject, issued_on=known.issued_on, issuing_body=known.issuing_body)
        text, attached = clean_article(part.text)
        if (note.number, _next(note.article)) in survey.articles:
            text = without_next_article(text, note.article)
        heading = part.heading
        if not text and heading.endswith("."):  # an article of one sentence, which the register took for its name
            heading, text = "", heading
        if not text:
            failed(f"Điều {note.article} {note.number} không có nội dung")
            continue
        if is_torn_quotation(text):
            failed(f"Điều {note.article} {note.number} là đoạn trích trong điều sửa đổi văn bản khác")
            continue
        entry = _entry(note, heading, text, naming, source)
        yield replace(entry, field=topic, payload=_payload(note, part, attached))


def _parts(row: Mapping[str, Any], codes: set[str]) -> Iterator[Embedded]:
    """The row's own article, then those stuck behind it that have no row and were not met before."""
    note, text = _repaired(row)
    own, others = embedded_articles(text)
    heading = " ".join(clean(str(row.get("heading") or "")).split())
    yield Embedded(str(row.get("codified_id") or ""), heading, note, own)
    for part in others:
        if part.code not in codes:
            codes.add(part.code)
            yield part


def _note_of_row(row: Mapping[str, Any]) -> Note:
    """For a row without a readable note: what its own fields say."""
    try:
        day = date.fromisoformat(str(row.get("effective_on")))
    except ValueError:
        day = None
    number, doc_type = normalise_number(clean(str(row["number"]))), clean(str(row.get("doc_type") or "")).strip()
    return Note(str(row["article"]), doc_type, number, effective_on=day, amended=bool(row.get("amended")))


def _entry(note: Note, heading: str, text: str, naming: _Naming, source: str) -> Entry:
    return Entry(
        id=naming.id(note.number, note.doc_type, note.article),
        kind=Kind.PROVISION,
        number=note.number,
        title=note.title,
        text=text,
        locator=f"dieu-{note.article}",
        heading=heading,
        source=source,
        doc_type=note.doc_type,
        issuing_body=note.issuing_body,
        effective_on=note.effective_on,
        expires_on=note.expires_on,
    )


def _payload(note: Note, part: Embedded, attached: tuple[str, ...]) -> dict[str, Any]:
    """The rest of what the register says, as plain JSON types."""
    payload: dict[str, Any] = {
        "amended": note.amended,
        "source_note": part.note,
        "issued_on": _iso(note.issued_on),
        "issuing_body": note.issuing_body,
        "codified_id": part.code,
        "changes": [
            {"number": change.number, "provisions": change.provisions, "effective_on": _iso(change.effective_on)}
            for change in note.changes
        ],
    }
    if note.suspended_on:
        payload["suspended_on"] = _iso(note.suspended_on)
    if attached:
        payload["attachments"] = list(attached)
    return payload


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _repaired(row: Mapping[str, Any]) -> tuple[str, str]:
    """(note, text): a note broken over lines goes on at the head of the text, up to its closing bracket."""
    note, text = clean(str(row.get("source_note") or "")).strip(), clean(str(row["text"]))
    if _is_cut(row):
        rest, bracket, after = text.partition(")")
        if bracket and "có hiệu lực thi hành" in rest and len(rest) < 2_000:
            return f"{note} {' '.join(rest.split())})", after
    return note, text


def _is_cut(row: Mapping[str, Any]) -> bool:
    note = str(row.get("source_note") or "").strip()
    return bool(note) and not note.endswith(")")


def _rows(path: Path, on_error: OnError) -> Iterator[tuple[int, dict[str, Any]]]:
    """(line number, row) for every line that holds an article."""
    try:
        with _opened(path) as lines:
            for number, line in enumerate(lines, start=1):
                if not line.strip():
                    continue
                try:
                    row = json.loads(line)
                except ValueError:
                    on_error(number, "không phải một dòng JSON")
                    continue
                missing = [key for key in _REQUIRED if not (isinstance(row, dict) and row.get(key))]
                if missing:
                    on_error(number, f"thiếu {', '.join(missing)}")
                    continue
                yield number, row
    except (OSError, EOFError) as problem:
        raise UnreadableFile(
            f"Không đọc được {path.name}: cần tệp JSON lines, có thể nén .gz ({problem})."
        ) from problem


def _opened(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8", errors="replace")
    return path.open(encoding="utf-8", errors="replace")


@cache
def _topics() -> Mapping[str, str]:
    """Đề mục by the register's own short name, which has no diacritics."""
    lines = (Path(__file__).parent / "topics.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)
