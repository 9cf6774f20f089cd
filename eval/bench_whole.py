"""Retrieval inside the whole codified corpus and all procedures → ``eval/results/retrieval.json``.

    python eval/bench_whole.py ../shared/data --index chroma:FOLDER

The index is one that holds ``law/codified.jsonl.gz`` and ``procedures/procedures.jsonl.gz`` (troly ingest, about an
hour on two cores) and is written to: articles of the question sets that it lacks are added, one copy of each. Measured:
both question sets among all of it, everyday questions for a procedure, and from a provision the one that it was held
against in a review.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from bench_retrieval import PROJECT, SETS, save, unseen

from assistant.index import open_index
from assistant.index.hybrid import HybridIndex
from assistant.index.measure import Asked, ask, read_corpus, read_questions
from assistant.index.values import Entry, Kind
from assistant.language.normalise import fold
from assistant.language.tokens import syllables
from assistant.law.hierarchy import rank_of

PHRASINGS = PROJECT / "eval" / "procedure_phrasings.jsonl"
ADDED = "question sets"  # the source of the articles that are added to the index
SAME = 0.7  # share of pairs of syllables that two copies of one article have in common
_NUMBER = re.compile(r"Số ký hiệu: ([^;]+);")
_ARTICLE = re.compile(r"Điều (\d+[a-zđ]?)")
_CONTENT = re.compile(r"Nội dung quy phạm:\s*(.+)", re.DOTALL)


def sets_inside(index: HybridIndex, data: Path) -> dict[str, Any]:
    """Both question sets, asked of the provisions; procedures and guides are not among what they ask for."""
    moved = move_sets(index, data)
    results: dict[str, Any] = {}
    for name, questions in inside(moved, data).items():
        results[f"{name} in the whole corpus"] = {
            **unseen(index, questions, kinds=(Kind.PROVISION,)).named(),
            "copies_held": sum(own != copy for own, copy in moved[name].items()),
            "entries": sum(index.count().values()),
        }
    return results


def move_sets(index: HybridIndex, data: Path) -> dict[str, dict[str, str]]:
    """Set → id of each of its articles → id of the copy that the corpus holds; articles it lacks are added to it."""
    held = defaultdict(list)
    for entry in _provisions(index):
        held[fold(entry.heading)].append(entry)
    moved: dict[str, dict[str, str]] = {}
    lacking: list[Entry] = []
    for name, corpus, _ in SETS:
        entries = read_corpus(data / corpus)
        moved[name] = {entry.id: _copy(entry, held[fold(entry.heading)]) or entry.id for entry in entries}
        lacking += [entry for entry in entries if moved[name][entry.id] == entry.id and _lacks(index, entry)]
    index.sync(lacking, source=ADDED, complete=False)
    return moved


def _lacks(index: HybridIndex, entry: Entry) -> bool:
    held = index.get(entry.id)
    return held is None or held.source == ADDED


def inside(moved: dict[str, dict[str, str]], data: Path) -> dict[str, list[Asked]]:
    """The questions of each set, their gold moved to the copy that the corpus holds."""
    return {
        name: [
            replace(question, gold=frozenset(moved[name].get(gold, gold) for gold in question.gold))
            for question in read_questions(data / asked)
        ]
        for name, _, asked in SETS
    }


def _provisions(index: HybridIndex) -> Iterable[Entry]:
    ids = index._entries.ids()
    for start in range(0, len(ids), 500):
        for entry in index._entries.get(ids[start : start + 500]).values():
            if entry.kind is Kind.PROVISION and entry.source != ADDED:
                yield entry


def _copy(entry: Entry, held: Sequence[Entry]) -> str | None:
    """The id of the same article in the corpus, whatever its document is called there."""
    own = set(pairwise(syllables(entry.text)))
    likeness = {
        other.id: len(own & pairs) / max(len(own | pairs), 1)
        for other in held
        if (pairs := set(pairwise(syllables(other.text))))
    }
    best = max(likeness, key=lambda name: likeness[name], default=None)
    return best if best and likeness[best] >= SAME else None


def procedures(index: HybridIndex) -> dict[str, Any]:
    """Every phrasing against all procedures; only the code asked for is right."""
    rows = [json.loads(line) for line in PHRASINGS.read_text(encoding="utf-8").splitlines()]
    places = []
    for row in rows:
        found, _ = ask(index, Asked(row["id"], row["question"], frozenset()), kinds=(Kind.PROCEDURE,))
        codes = list(dict.fromkeys(_number(index, name) for name in found))
        places.append(codes.index(row["gold"]) if row["gold"] in codes else 99)
    return {"procedures": {"n": len(rows), "first": _share(places, 1), "hit@3": _share(places, 3)}}


def _number(index: HybridIndex, entry_id: str) -> str:
    entry = index.get(entry_id)
    return entry.number if entry else ""


def _share(places: Sequence[int], k: int) -> float:
    return round(sum(place < k for place in places) / max(len(places), 1), 4)


def conflicts(index: HybridIndex, data: Path) -> dict[str, Any]:
    """From the checked provision's text to the provision it was held against, where the corpus holds that.

    A review holds a text against others of equal or higher force, so that only those count.
    """
    places = []
    pairs = [json.loads(line)["question"] for line in (data / "review" / "conflicts_dev.jsonl").open(encoding="utf-8")]
    for checked, _, against in (pair.partition("Quy phạm là căn cứ rà soát:") for pair in pairs):
        number, article, content = _NUMBER.search(against), _ARTICLE.search(against), _CONTENT.search(checked)
        wanted = f"{number[1].strip()}#dieu-{article[1]}" if number and article else ""
        if not content or index.get(wanted) is None:
            continue
        own = number_of[1].strip() if (number_of := _NUMBER.search(checked)) else ""
        found, _ = ask(index, Asked("", content[1].strip(), frozenset()), kinds=(Kind.PROVISION,), k=100)
        others = [name for name in found if _holds_against(index.get(name), own)][:10]
        places.append(others.index(wanted) if wanted in others else 99)
    return {
        "conflicts": {"n": len(places), "pairs": len(pairs), "hit@1": _share(places, 1), "hit@10": _share(places, 10)}
    }


def _holds_against(entry: Entry | None, number: str) -> bool:
    if entry is None or entry.number == number:
        return False
    return rank_of(entry.doc_type, entry.issuing_body, entry.number) <= rank_of("", "", number)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="?", default=PROJECT.parent / "shared" / "data")
    parser.add_argument("--index", required=True)
    options = parser.parse_args()
    index = open_index(options.index, create=True)
    assert isinstance(index, HybridIndex)
    measured = {**procedures(index), **conflicts(index, options.data)}
    print(json.dumps(measured, ensure_ascii=False, indent=1), flush=True)
    measured |= sets_inside(index, options.data)
    print(json.dumps(measured, ensure_ascii=False, indent=1))
    save(measured)
    return 0


if __name__ == "__main__":
    sys.exit(main())
