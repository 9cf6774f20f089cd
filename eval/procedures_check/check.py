"""Redraw the 80 crawled procedure records that were checked by hand, and print what the check found.

    python eval/procedures_check/check.py ../shared/data/procedures/procedures.jsonl.gz

``verdicts.jsonl`` holds one line per record and group of fields: code, field, verdict (right or wrong), remark and
the digest of the value that was read beside the raw fields. A value that changed since is counted as unchecked.
The parser was corrected by what this draw showed: the figures are those of a checked draw, not of an unseen one.
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

SEED, DRAWN = 20261121, 80
VERDICTS = Path(__file__).with_name("verdicts.jsonl")
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


def draw(path: Path) -> list[dict[str, Any]]:
    """The same records on every run: sorted by code, then drawn with a fixed seed."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        records = {record["ma_thu_tuc"]: record for record in map(json.loads, lines)}
    return [records[code] for code in random.Random(SEED).sample(sorted(records), DRAWN)]


def digest(value: dict[str, Any], group: str) -> str:
    text = json.dumps([value[field] for field in GROUPS[group]], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def judged() -> dict[tuple[str, str], dict[str, str]]:
    lines = VERDICTS.read_text(encoding="utf-8").splitlines()
    return {(row["code"], row["field"]): row for row in map(json.loads, lines)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("portal", type=Path, help="procedures.jsonl.gz of the crawl")
    rows, counts = judged(), Counter[str]()
    for record in draw(parser.parse_args().portal):
        value = to_json(from_portal(record))
        for group in GROUPS:
            row = rows.get((value["code"], group))
            fresh = row is not None and row["digest"] == digest(value, group)
            counts[f"{group}:{row['verdict'] if row and fresh else 'unchecked'}"] += 1
            if row and fresh and row["verdict"] == "wrong":
                print(f"{value['code']}  {group:12} {row['remark']}")
    _print_figures(counts)
    return 1 if any(key.endswith(":unchecked") for key in counts) else 0


def _print_figures(counts: Counter[str]) -> None:
    print(f"\n{'field':14}{'right':>7}{'wrong':>7}{'unchecked':>11}")
    for group in GROUPS:
        print(f"{group:14}" + "".join(f"{counts[f'{group}:{kind}']:>{width}}" for kind, width in _COLUMNS))
    fields = [group for group in GROUPS if not group.endswith("_flags")]
    right = sum(counts[f"{group}:right"] for group in fields)
    print(f"\nfields right: {right} of {DRAWN * len(fields)} = {right / (DRAWN * len(fields)):.1%}")


_COLUMNS = (("right", 7), ("wrong", 7), ("unchecked", 11))

if __name__ == "__main__":
    sys.exit(main())
