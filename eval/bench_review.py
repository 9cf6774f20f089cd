"""The reviewer: seeded defects in clean drafts, and false alarms on texts in force.

    python eval/bench_review.py [DATA]

DATA holds law/docx (with index.jsonl), law/gazette and review/drafts; without it only the seeds are run. A finding of
K30, K31 or K50 on a text in force is read by a person: tests/review/verdicts.yaml says which are defects of the file.
Writes eval/results/review.json and prints every miss, every finding beside the seeded one and every false alarm.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from assistant.answer.values import Finding  # noqa: E402
from assistant.errors import TrolyError  # noqa: E402
from assistant.review import Report, review  # noqa: E402
from assistant.review.checks import CHECKS  # noqa: E402
from tests.review.conftest import review_text, shipped  # noqa: E402
from tests.review.seeds import NAMES, SEEDS, text_of  # noqa: E402

RESULT = ROOT / "eval" / "results" / "review.json"
VERDICTS = ROOT / "tests" / "review" / "verdicts.yaml"
WATCHED = ("K30", "K31", "K50")
SERIOUS = ("critical", "major")


def main() -> int:
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data"
    result: dict[str, Any] = {
        "configuration": {
            "digest": digest(),
            "checks": len(CHECKS),
            "seeds": len(SEEDS),
            "drafts": list(NAMES),
            "data": (data / "law").exists(),
        },
        "clean_drafts": clean_drafts(),
        "seeded": seeded(),
    }
    if (data / "law").exists():
        result["laws"] = in_force(laws(data))
        result["gazette"] = in_force(gazette(data))
        result["real_drafts"] = in_force(real_drafts(data))
    else:
        print(f"Không có thư mục dữ liệu {data / 'law'}: chỉ chạy phần dự thảo tự viết.", file=sys.stderr)
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    seeds, clean = result["seeded"], result["clean_drafts"]
    print(f"{seeds['found']}/{seeds['n']} lỗi gieo được phát hiện, {seeds['alone']} không kèm phát hiện khác; ", end="")
    print(f"bản sạch: {sum(clean.values())} phát hiện")
    return 0 if seeds["found"] == seeds["n"] and not sum(clean.values()) else 1


def digest() -> str:
    """SHA-256 of the drafts, seeds, catalogue and verdicts, so that figures name what they were measured on."""
    files = sorted(p for p in (ROOT / "tests" / "review").rglob("*") if p.suffix in (".txt", ".yaml"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]


def clean_drafts() -> dict[str, int]:
    """Findings on each untouched draft; any is a false alarm."""
    counts = {}
    for name in NAMES:
        report = review_text(text_of(name))
        counts[name] = len(report.findings)
        for finding in report.findings:
            print(f"BẢN SẠCH {name}: {_line(finding)}")
    return counts


def seeded() -> dict[str, Any]:
    """Each seed: found, with the right quotation, and alone."""
    found = alone = 0
    by_check: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for seed in SEEDS:
        report = review_text(seed.apply(text_of(seed.draft)))
        hits = [f for f in report.findings if f.check == seed.check and seed.quote in " ".join(f.quote.split())]
        others = [f for f in report.findings if f.check != seed.check]
        found += bool(hits)
        alone += bool(hits) and not others
        by_check[seed.check][0] += bool(hits)
        by_check[seed.check][1] += 1
        if not hits:
            print(f"SÓT {seed.check} {seed.draft}")
        for finding in others:
            print(f"THÊM {seed.check} {seed.draft}: {_line(finding)}")
    checks = {check: f"{hit}/{n}" for check, (hit, n) in sorted(by_check.items())}
    return {"n": len(SEEDS), "found": found, "alone": alone, "checks": checks}


def laws(data: Path) -> Iterator[tuple[Path, date]]:
    """Every law of the register with its day of issue."""
    for line in (data / "law/docx/index.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        day = row.get("issued_on")
        yield data / "law/docx" / row["file"], date.fromisoformat(day) if day else date(2020, 1, 1)


def gazette(data: Path) -> Iterator[tuple[Path, date]]:
    for path in sorted((data / "law/gazette").glob("*.pdf")):
        year = re.search(r"-(20\d\d)-", path.name)
        yield path, date(int(year[1]) if year else 2026, 6, 1)


def real_drafts(data: Path) -> Iterator[tuple[Path, date]]:
    for path in sorted((data / "review/drafts").iterdir()):
        yield path, date(2025, 6, 1)


def in_force(files: Iterator[tuple[Path, date]]) -> dict[str, Any]:
    """Findings on texts that were passed: by check and severity, and the verdicts on the watched checks."""
    catalogue, names = shipped()
    verdicts = yaml.safe_load(VERDICTS.read_text(encoding="utf-8"))
    checks: Counter[str] = Counter()
    severities: Counter[str] = Counter()
    watched: Counter[str] = Counter()
    unread: list[str] = []
    documents = serious = chars = 0
    started = time.process_time()
    for path, day in files:
        report = _reviewed(path, day, catalogue, names)
        if report is None:
            unread.append(path.name)
            continue
        documents += 1
        chars += len(report.document.text)
        checks.update(f.check for f in report.findings)
        severities.update(f.severity for f in report.findings)
        serious += any(f.severity in SERIOUS for f in report.findings)
        for finding in (f for f in report.findings if f.check in WATCHED):
            verdict = _verdict(verdicts, path.name, finding)
            watched[f"{finding.check} {verdict}"] += 1
            if verdict != "real":
                print(f"{verdict.upper()} {path.name}: {_line(finding)}")
    seconds = time.process_time() - started
    return {
        "documents": documents,
        "unread": unread,
        "documents_with_critical_or_major": serious,
        "severities": dict(sorted(severities.items())),
        "checks": dict(sorted(checks.items())),
        "watched": dict(sorted(watched.items())),
        "mb_per_s": round(chars / 1e6 / seconds, 3) if seconds else 0.0,
    }


def _reviewed(path: Path, day: date, catalogue: Any, names: Any) -> Report | None:
    try:
        return review(path, on=day, catalogue=catalogue, names=names)
    except TrolyError as error:
        print(f"KHÔNG ĐỌC ĐƯỢC {path.name}: {error}")
        return None


def _verdict(verdicts: list[dict[str, str]], file: str, finding: Finding) -> str:
    """“real”: a defect of the file itself, read by a person; “false”: an alarm without cause; else “unread”."""
    quote = " ".join(finding.quote.split())
    for row in verdicts:
        if file.startswith(row["file"]) and row["check"] == finding.check and quote.startswith(row["quote"]):
            return row["verdict"]
    return "unread"


def _line(finding: Finding) -> str:
    return f"{finding.check} [{finding.place}] «{' '.join(finding.quote.split())[:80]}» {finding.reason[:110]}"


if __name__ == "__main__":
    raise SystemExit(main())
