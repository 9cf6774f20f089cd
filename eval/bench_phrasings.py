"""Everyday phrasings of the project's own: is the right record found, and is what lies outside the corpus refused?

    python eval/bench_phrasings.py [--as-of 2026-11-21] [--misses]

Asks every line of eval/procedure_phrasings.jsonl and eval/phrasings.jsonl (``id``, ``question``, ``gold``, perhaps
``audience``; ``gold`` is a procedure's code or a guide's id, several joined by “|”, "" for what the corpus does not
hold) on the index that TROLY_INDEX names, and writes eval/results/phrasings.json. A line with a gold is right when the
answer leads with it; one without is right when nothing is answered.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from assistant.agents.desk import open_resources  # noqa: E402
from assistant.answer.compose.choose import lead_hits  # noqa: E402
from assistant.answer.pipeline import steps  # noqa: E402
from assistant.answer.turn import Step, Turn  # noqa: E402
from assistant.answer.values import Question, Status  # noqa: E402
from assistant.index.values import Audience  # noqa: E402
from assistant.settings import settings  # noqa: E402

FILES = ("procedure_phrasings.jsonl", "phrasings.jsonl")
RESULT = ROOT / "eval" / "results" / "phrasings.json"
ANSWERED = frozenset({Status.ANSWERED, Status.ANSWERED_WITH_WARNING, Status.PARTIAL})


@dataclass(frozen=True, slots=True)
class Outcome:
    """Kết quả của một câu: ``kind`` is procedure, guide or outside."""

    id: str
    kind: str
    first: bool  # the right record is the first found
    right: bool
    answered: bool


def outcomes(today: date) -> Iterator[Outcome]:
    resources = open_resources(settings())
    pipelines = {name: steps(name, resources) for name in ("citizen", "staff")}
    for file in FILES:
        for line in (ROOT / "eval" / file).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield _asked(row, pipelines[row.get("audience", "citizen")], today)


def _asked(row: Mapping[str, str], pipeline: list[Step], today: date) -> Outcome:
    audience = Audience(row.get("audience", "citizen"))
    turn = Turn(Question(row["question"], audience=audience, as_of=today), today=today)
    for step in pipeline:
        turn = step(turn)
        if turn.answer is not None:
            break
    gold = set(row["gold"].split("|")) - {""}
    answered = turn.answer is not None and turn.answer.status in ANSWERED
    first = any(ask.hits and ask.hits[0].entry.number in gold for ask in turn.asks)
    led = any(hit.entry.number in gold for ask in turn.asks for hit in lead_hits(ask))
    kind = "outside" if not gold else "procedure" if row["id"].startswith("P") else "guide"
    return Outcome(row["id"], kind, first, answered and led if gold else not answered, answered)


def summary(rows: list[Outcome]) -> dict[str, dict[str, int]]:
    """Per kind: asked, first, right, wrong (answered from another record, or at all), refused."""
    counts: dict[str, Counter[str]] = {row.kind: Counter() for row in rows}
    for row in rows:
        counts[row.kind].update(asked=1, first=row.first, right=row.right)
        counts[row.kind].update(wrong=row.answered and not row.right, refused=not row.answered)
    return {kind: dict(count) for kind, count in counts.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--as-of", type=date.fromisoformat, default=date(2026, 11, 21))
    parser.add_argument("--misses", action="store_true", help="print the ids that are not right")
    options = parser.parse_args()
    rows = list(outcomes(options.as_of))
    table = summary(rows)
    RESULT.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(table, ensure_ascii=False, indent=1))
    if options.misses:
        print(*(row.id for row in rows if not row.right))


if __name__ == "__main__":
    main()
