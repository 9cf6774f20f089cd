"""Redraw the crawled procedure records that were checked by hand, and print what the checks found.

    python eval/procedures_check/check.py ../shared/data/procedures/procedures.jsonl.gz

Three draws of 80 records, every group of fields read beside the raw record:

- development: drawn while the parser was written and used to correct it; its figures are those of a checked draw.
- fresh: 80 other records, drawn and judged on 2026-11-22 before anything was corrected by them. ``verdict`` is what
  was found then, on a parser that had never been held against them; ``after`` is the verdict since the faults were
  put right. Long texts (steps, papers, requirements) were compared with the raw field character for character by
  program, and the places where they are cut were read.
- third: 80 more, drawn and judged on 2026-11-28 in the same way, after ``invariants.py`` had been run on all records.

Each line of a verdicts file: code, field, verdict (right or wrong), remark, and the digest of the value that was
read. A value that changed since and was not read again is counted as unchecked.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from assistant.ingest.procedures import from_portal, to_json

DRAWN = 80
SEEDS = {"development": 20261121, "fresh": 20261122, "third": 20261128}
VERDICTS = {"development": "verdicts.jsonl", "fresh": "verdicts_fresh.jsonl", "third": "verdicts_third.jsonl"}
# Groups of fields that were judged together; the last two: is every contradiction or gap on money and time flagged?
GROUPS = {
    "name": ("name", "code", "decision"),
    "body": ("authority", "levels", "field", "applicants", "where"),
    "channels": ("channels",),
    "time_limits": ("time_limits",),
    "fees": ("fees", "exemptions"),
    "dossier": ("dossier", "dossier_sets", "notes"),
    "steps": ("steps",),
    "requirements": ("requirements",),
    "result": ("result",),
    "legal_basis": ("legal_basis",),
    "fee_flags": ("fees", "flags"),
    "time_flags": ("time_limits", "flags"),
}
FIELDS = [group for group in GROUPS if not group.endswith("_flags")]


def draw(path: Path, sample: str) -> list[dict[str, Any]]:
    """The same records on every run: sorted by code, drawn with a fixed seed, each draw without those before it."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        records = {record["ma_thu_tuc"]: record for record in map(json.loads, lines)}
    left = set(records)
    for name, seed in SEEDS.items():
        codes = random.Random(seed).sample(sorted(left), DRAWN)
        left -= set(codes)
        if name == sample:
            break
    return [records[code] for code in codes]


def digest(value: dict[str, Any], group: str) -> str:
    text = json.dumps([value[field] for field in GROUPS[group]], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def judged(sample: str) -> dict[tuple[str, str], dict[str, str]]:
    path = Path(__file__).with_name(VERDICTS[sample])
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {(row["code"], row["field"]): row for row in rows}


def now(row: dict[str, str] | None, found: str) -> str:
    """The verdict that holds for a value with this digest."""
    if row is None:
        return "unchecked"
    if found == row.get("after_digest"):
        return row["after"]
    return row["verdict"] if found == row["digest"] else "unchecked"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("portal", type=Path, help="procedures.jsonl.gz of the crawl")
    portal = parser.parse_args().portal
    unchecked = 0
    for sample, seed in SEEDS.items():
        rows, counts, found = judged(sample), Counter[str](), Counter[str]()
        print(f"\n== {sample} (seed {seed})")
        for record in draw(portal, sample):
            value = to_json(from_portal(record))
            for group in GROUPS:
                row = rows.get((value["code"], group))
                verdict = now(row, digest(value, group))
                counts[f"{group}:{verdict}"] += 1
                found[f"{group}:{row['verdict'] if row else 'unchecked'}"] += 1
                if row and "wrong" in (verdict, row["verdict"]):
                    state = "wrong" if verdict == "wrong" else "corrected since"
                    print(f"{value['code']}  {group:12} {state:16} {row.get('after_remark') or row['remark']}")
        unchecked += sum(count for key, count in counts.items() if key.endswith(":unchecked"))
        if sample != "development":
            _print_figures("as found, before any correction", found)
        _print_figures("now", counts)
    return 1 if unchecked else 0


def _print_figures(title: str, counts: Counter[str]) -> None:
    print(f"\n{title}\n{'field':14}{'right':>7}{'wrong':>7}{'unchecked':>11}")
    for group in GROUPS:
        print(f"{group:14}" + "".join(f"{counts[f'{group}:{kind}']:>{width}}" for kind, width in _COLUMNS))
    right = sum(counts[f"{group}:right"] for group in FIELDS)
    print(f"fields right: {right} of {DRAWN * len(FIELDS)} = {right / (DRAWN * len(FIELDS)):.1%}")


_COLUMNS = (("right", 7), ("wrong", 7), ("unchecked", 11))

if __name__ == "__main__":
    sys.exit(main())
