"""Measuring retrieval: any corpus and question file in the documented shapes → recall, hit rate, MRR and times.

Corpora: ``alqac_law.json`` ([{"id", "articles": [{"id", "text"}]}]) or lines with number, article, heading, text (plain
or .gz). Questions: lines with id, question, gold as ``document|article``.
"""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import BadInput
from assistant.index import Index, Query
from assistant.index.values import Entry, Kind
from assistant.language.informal import legal_synonyms, understand_typing
from assistant.language.normalise import fold
from assistant.language.restore import Restorer

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


def read_corpus(path: Path) -> list[Entry]:
    """Raises BadInput where the file has another shape."""
    try:
        return list(_laws(path) if path.suffix == ".json" else _lines(path))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInput(f"Tệp văn bản “{path}” không đúng dạng (xem troly eval retrieval --help): {error}") from error


def _laws(path: Path) -> Iterator[Entry]:
    for law in json.loads(path.read_text(encoding="utf-8")):
        for article in law["articles"]:
            heading, _, text = article["text"].partition("\n")
            if not text.strip() or len(heading.split()) > _LONGEST_HEADING:
                heading, text = "", article["text"]
            yield _entry(law["id"], article["id"], law["id"], heading.strip(), text.strip())


def _lines(path: Path) -> Iterator[Entry]:
    opened: Any = gzip.open if path.suffix == ".gz" else open
    met: set[str] = set()
    with opened(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            title = f"{row.get('doc_type') or ''} {row['number']}".strip()
            entry = _entry(row["number"], row["article"], title, row.get("heading") or "", row["text"])
            if entry.id not in met:
                met.add(entry.id)
                yield entry


def _entry(number: str, article: str, title: str, heading: str, text: str) -> Entry:
    locator = f"dieu-{article}"
    return Entry(f"{number}#{locator}", Kind.PROVISION, number, title, text, locator, heading)


def read_questions(path: Path, limit: int | None = None) -> list[Asked]:
    """Raises BadInput naming the first line that is not a question."""
    rows = []
    for n, line in enumerate(path.read_text(encoding="utf-8").splitlines()[:limit], 1):
        try:
            row = json.loads(line)
            gold = frozenset("#dieu-".join(place.rsplit("|", 1)) for place in row["gold"])
            rows.append(Asked(str(row["id"]), row["question"], gold))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadInput(f"{path}:{n}: không phải một câu hỏi (cần id, question, gold): {error}") from error
    return rows


def as_query(question: str, k: int = 10) -> Query:
    """The query that the assistants make of a question: diacritics, abbreviations and everyday words understood."""
    typed = understand_typing(question, Restorer.default())
    return Query(" ".join([typed.text, *legal_synonyms(typed.text)]), question, k)


def measure(index: Index, questions: Sequence[Asked], *, strip: bool = False) -> Figures:
    """Ask every question (``strip``: typed without diacritics) and count."""
    found, times = [], []
    for asked in questions:
        start = time.perf_counter()
        query = as_query(fold(asked.text) if strip else asked.text)
        found.append([hit.entry.id for hit in index.search(query)])
        times.append((time.perf_counter() - start) * 1_000)
    return figures(questions, found, times)


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
