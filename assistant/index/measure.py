"""Measuring retrieval: any corpus and question file in the documented shapes → recall, hit rate, MRR and times.

Corpora: ``alqac_law.json`` ([{"id", "articles": [{"id", "text"}]}]) or lines with number, article, heading, text (plain
or .gz). Questions: lines with id, question, gold as ``document|article``.
"""

from __future__ import annotations

import gzip
import json
import re
import time
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from assistant.errors import BadInput
from assistant.index import Index
from assistant.index.asking import as_query
from assistant.index.values import Entry, Kind
from assistant.language.normalise import fold

_AT = re.compile(r"_(\d+)$")  # recall_1 → recall@1
_LONGEST_HEADING = 45  # syllables; a longer first line is text


@dataclass(frozen=True, slots=True)
class Asked:
    """Câu hỏi with the ids of the entries that answer it."""

    id: str
    text: str
    gold: frozenset[str]


@dataclass(frozen=True, slots=True)
class Figures:
    """Số đo over all questions; recall is the share of a question's gold entries found."""

    n: int
    recall_1: float
    recall_3: float
    recall_10: float
    hit_10: float
    mrr_10: float
    ms_p50: float
    ms_p95: float

    def named(self) -> dict[str, float]:
        """The figures under the names by which they are known: ``recall@1``, …, ``ms_p95``."""
        return {_AT.sub(r"@\1", name): value for name, value in asdict(self).items()}


def read_corpus(path: Path) -> list[Entry]:
    """Raises BadInput where the file is missing or has another shape, naming the line."""
    reader = _laws(path) if path.suffix == ".json" else _lines(path)
    entries: dict[str, Entry] = {}
    place = "tệp"
    try:
        for place, entry in reader:  # noqa: B007 (named in the errors below)
            entries.setdefault(entry.id, entry)
    except OSError as error:
        raise BadInput(f"Không đọc được tệp văn bản “{path}”: {error.strerror or error}.") from error
    except (ValueError, KeyError, TypeError, AttributeError, EOFError, zlib.error) as error:
        raise BadInput(
            f"Tệp văn bản “{path}” không đúng dạng, sau {place}: {_fault(error)}. Cần mảng các luật (.json) hoặc mỗi "
            "dòng một điều có number, article, text (.jsonl, .jsonl.gz); xem docs/dinh-dang-du-lieu.md."
        ) from error
    if not entries:
        raise BadInput(f"Tệp văn bản “{path}” không có điều nào.")
    return list(entries.values())


def _fault(error: Exception) -> str:
    return f"thiếu {error}" if isinstance(error, KeyError) else str(error)


def _laws(path: Path) -> Iterator[tuple[str, Entry]]:
    for law in json.loads(path.read_text(encoding="utf-8")):
        for article in law["articles"]:
            heading, _, text = article["text"].partition("\n")
            if not text.strip() or len(heading.split()) > _LONGEST_HEADING:
                heading, text = "", article["text"]
            entry = _entry(law["id"], article["id"], law["id"], heading.strip(), text.strip())
            yield f"{law['id']}, điều {article['id']}", replace(entry, doc_type=_type(law["id"]))


def _type(name: str) -> str:
    """A law that is called by its name alone begins with its type."""
    return next((kind for kind in ("Hiến pháp", "Bộ luật", "Luật") if name.startswith(kind)), "")


def _lines(path: Path) -> Iterator[tuple[str, Entry]]:
    opened: Any = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        for n, line in enumerate(lines, 1):
            if not line.strip():
                continue
            row = json.loads(line)
            title = f"{row.get('doc_type') or ''} {row['number']}".strip()
            yield f"dòng {n}", _entry(row["number"], row["article"], title, row.get("heading") or "", row["text"])


def _entry(number: str, article: str, title: str, heading: str, text: str) -> Entry:
    locator = f"dieu-{article}"
    return Entry(f"{number}#{locator}", Kind.PROVISION, number, title, text, locator, heading)


def read_questions(path: Path, limit: int | None = None) -> list[Asked]:
    """Raises BadInput naming the first line that is not a question."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"Không đọc được tệp câu hỏi “{path}”: {error}.") from error
    rows = []
    for n, line in [(n, line) for n, line in enumerate(lines, 1) if line.strip()][:limit]:
        try:
            row = json.loads(line)
            if not isinstance(row["gold"], list) or not row["gold"]:
                raise ValueError("gold phải là danh sách có ít nhất một “văn bản|điều”")
            gold = frozenset(_gold(place) for place in row["gold"])
            rows.append(Asked(str(row["id"]), row["question"], gold))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadInput(
                f"Tệp câu hỏi {path}:{n}: {_fault(error)}. Mỗi dòng cần id, question, gold (danh sách “văn "
                "bản|điều”); xem docs/dinh-dang-du-lieu.md."
            ) from error
    if not rows:
        raise BadInput(f"Tệp câu hỏi “{path}” không có câu nào.")
    return rows


def _gold(place: str) -> str:
    document, bar, article = place.rpartition("|")
    if not bar:
        raise ValueError(f"“{place}” không ở dạng “văn bản|điều”")
    return f"{document}#dieu-{article}"


def measure(index: Index, questions: Sequence[Asked], *, strip: bool = False) -> Figures:
    """Ask every question (``strip``: typed without diacritics) and count."""
    index.search(as_query("điều kiện chung"))  # word lists and models are read at the first question
    found, times = [], []
    for asked in questions:
        ids, taken = ask(index, asked, strip=strip)
        found.append(ids)
        times.append(taken)
    return figures(questions, found, times)


def ask(index: Index, asked: Asked, *, strip: bool = False, **filters: Any) -> tuple[list[str], float]:
    """The ids of the entries found, best first, and the milliseconds it took, understanding the question included."""
    start = time.perf_counter()
    query = as_query(fold(asked.text) if strip else asked.text, **filters)
    found = [hit.entry.id for hit in index.search(query)]
    return found, (time.perf_counter() - start) * 1_000


def figures(questions: Sequence[Asked], found: Sequence[Sequence[str]], times: Sequence[float]) -> Figures:
    """``found``: entry ids for each question, best first."""
    ranks = [[n for n, name in enumerate(ids[:10]) if name in q.gold] for q, ids in zip(questions, found, strict=True)]

    def recall(k: int) -> float:
        shares = (sum(n < k for n in rank) / max(len(q.gold), 1) for q, rank in zip(questions, ranks, strict=True))
        return _mean(list(shares))

    ordered = sorted(times) or [0.0]
    return Figures(
        n=len(questions),
        recall_1=recall(1),
        recall_3=recall(3),
        recall_10=recall(10),
        hit_10=_mean([float(bool(rank)) for rank in ranks]),
        mrr_10=_mean([1 / (rank[0] + 1) if rank else 0.0 for rank in ranks]),
        ms_p50=round(ordered[len(ordered) // 2], 1),
        ms_p95=round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], 1),
    )


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 4) if values else 0.0
