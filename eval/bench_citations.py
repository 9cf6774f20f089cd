"""Citations against cases with a known parse, and the speed of find_citations.

    python eval/bench_citations.py CASES [--text FILE] [--catalogue FILE]

CASES is JSON lines with ``id``, ``text``, ``expected`` and, where it matters, ``host`` and ``op``; FILE is a text, or
JSON lines (also .gz) with a ``text`` field, to measure the speed on. Writes eval/results/citations.json and prints
what was gained and lost against the result file before. A case counts only when every leaf is exactly right.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from assistant.law.amendment import find_operations  # noqa: E402
from assistant.law.catalogue import Catalogue  # noqa: E402
from assistant.law.catalogue_rows import CatalogueRow  # noqa: E402
from assistant.law.citation import Host, Reference, find_citations, resolve  # noqa: E402
from assistant.law.citation_levels import ARTICLE, CLAUSE, POINT, expand  # noqa: E402
from assistant.law.fold import FoldedText, fold  # noqa: E402
from assistant.law.number import normalise_number, parse_number  # noqa: E402

RESULT = ROOT / "eval" / "results" / "citations.json"
SCOPES = {"ext": "external", "self": "self", "amended": "amended"}
# Key of a case → field of a Reference; the outer levels are compared where the text itself names them.
INNER = {"dieu": "article", "khoan": "clause", "diem": "point", "tiet": "item", "part": "part"}
OUTER = {
    "phan": ("division", r"\bphan\b"),
    "chuong": ("chapter", r"\bchuong\b"),
    "muc": ("section", r"(?<!tieu )\bmuc\b"),
    "tieu_muc": ("subsection", r"\btieu muc\b"),
    "phu_luc": ("appendix", r"\bphu luc\b"),
    "mau": ("form", r"\bmau\b"),
}
_OPERATION_WORD = re.compile(r"\b(?:sua doi|bo sung|bai bo|thay|bo cum tu)\b")
_LETTER_LEVELS = {"dieu": ARTICLE, "khoan": CLAUSE, "diem": POINT}


def slug(text: str | None) -> str:
    return fold(text or "").replace(" ", "_")


def host_of(case: dict[str, Any]) -> Host:
    given = case.get("host") or {}
    number = parse_number(given.get("doc") or "")
    amends = parse_number(given.get("amends") or "")
    quoted = bool(given.get("quoted"))
    prefix = "quoted_" if quoted else ""
    first = next((e["doc"] for e in case["expected"] if e["doc"]["scope"] != "ext"), {})
    return Host(
        number=number.normalised if number else None,
        doc_type=number.doc_type if number else None,
        article=given.get(f"{prefix}dieu"),
        clause=given.get(f"{prefix}khoan"),
        point=given.get(f"{prefix}diem"),
        amends=amends.normalised if amends else None,
        # A number of the National Assembly does not show law or code; a caller knows it from its catalogue.
        amends_type=None if amends and amends.doc_type else _type_name(first.get("type")),
        quoted=quoted,
    )


def _type_name(wanted: str | None) -> str | None:
    return {"luat": "Luật", "bo_luat": "Bộ luật"}.get(wanted or "")


def leaves_of(case: dict[str, Any]) -> list[dict[str, Any]]:
    """The expected leaves with ranges counted out."""
    found = []
    for leaf in case["expected"]:
        ranged = next((key for key in _LETTER_LEVELS if isinstance(leaf.get(key), dict)), None)
        if ranged is None:
            found.append(leaf)
        else:
            span = leaf[ranged]
            found += [leaf | {ranged: label} for label in expand(_LETTER_LEVELS[ranged], span["from"], span["to"])]
    return found


def differences(case: dict[str, Any], references: list[Reference]) -> list[str]:
    """What is wrong with the parse of a case; empty when it is exactly right."""
    expected = leaves_of(case)
    if len(expected) != len(references):
        return [f"{len(references)} viện dẫn, cần {len(expected)}: {[r.text for r in references]}"]
    wrong = []
    for leaf, reference in zip(expected, references, strict=True):
        wrong += [f"{reference.text!r}: {what}" for what in _leaf_differences(case, leaf, reference)]
    return wrong + _operation_differences(case, references)


def _leaf_differences(case: dict[str, Any], leaf: dict[str, Any], reference: Reference) -> Iterator[str]:
    plain = FoldedText.of(case["text"]).plain
    for key, field in INNER.items():
        got = slug(getattr(reference, field)) if key == "part" else getattr(reference, field)
        if (leaf.get(key) or "") != (got or ""):
            yield f"{field} {got} ≠ {leaf.get(key)}"
    for key, (field, named) in OUTER.items():
        got = getattr(reference, field)
        if re.search(named, plain) and (got or None) != (leaf.get(key) or None):
            yield f"{field} {got} ≠ {leaf.get(key)}"
    if leaf.get("role") and leaf["role"] != reference.role:
        yield f"role {reference.role} ≠ {leaf['role']}"
    yield from _document_differences(case, leaf["doc"], reference)


def _document_differences(case: dict[str, Any], doc: dict[str, Any], reference: Reference) -> Iterator[str]:
    if SCOPES[doc["scope"]] != reference.scope:
        yield f"scope {reference.scope} ≠ {doc['scope']}"
    # Which document a fragment without host amends stands outside it: there is nothing to compare.
    told = doc["scope"] != "amended" or "host" in case or reference.number
    if told and "number" in doc and normalise_number(doc["number"]) != normalise_number(reference.number or ""):
        yield f"number {reference.number} ≠ {doc['number']}"
    knowable = "host" in case or doc["scope"] == "ext"
    if knowable and doc.get("type") and doc["type"] != slug(reference.doc_type):
        yield f"type {reference.doc_type} ≠ {doc['type']}"
    if doc["scope"] == "ext":
        if doc.get("name") and fold(doc["name"]) != fold(reference.name or ""):
            yield f"name {reference.name} ≠ {doc['name']}"
        if doc.get("year") and doc["year"] != reference.year:
            yield f"year {reference.year} ≠ {doc['year']}"
    if doc.get("date") and date.fromisoformat(doc["date"]) != reference.issued_on:
        yield f"date {reference.issued_on} ≠ {doc['date']}"
    if doc.get("issuer") and fold(doc["issuer"]) != fold(reference.issuer or ""):
        yield f"issuer {reference.issuer} ≠ {doc['issuer']}"
    if tuple(map(normalise_number, doc.get("amended_by", ()))) != reference.amended_by:
        yield f"amended_by {reference.amended_by} ≠ {doc.get('amended_by')}"


def _operation_differences(case: dict[str, Any], references: list[Reference]) -> list[str]:
    """The operation of a fragment whose words do not name one is not in the text, and not asked for."""
    wanted = case.get("op")
    plain = FoldedText.of(case["text"]).plain
    if wanted is None or not (_OPERATION_WORD.search(plain) or any(r.operation for r in references)):
        return []
    kinds = [wanted] if isinstance(wanted, str) else list(wanted)
    got = {reference.operation for reference in references}
    wrong = [] if got == set(kinds) else [f"op {sorted(map(str, got))} ≠ {kinds}"]
    if isinstance(wanted, dict):
        for kind, phrase in wanted.items():
            done = [(o.kind, o.old, o.new) for o in find_operations(case["text"])]
            if isinstance(phrase, dict) and (kind, phrase.get("from"), phrase.get("to")) not in done:
                wrong.append(f"phrase {done} ≠ {phrase}")
    return wrong


def speed(path: Path) -> dict[str, float]:
    """MB (of UTF-8) a processor second through find_citations; the best of two passes."""
    texts = _texts(path)
    size = sum(len(text.encode()) for text in texts) / 1e6
    best, found = 0.0, 0
    for _ in range(2):
        began = time.process_time()
        found = sum(len(find_citations(text)) for text in texts)
        best = max(best, size / (time.process_time() - began))
    load = round(os.getloadavg()[0], 1)  # processor seconds are counted, but a busy machine still slows each of them
    return {"mb": round(size, 1), "mb_per_s": round(best, 2), "references": found, "load_average": load}


def _texts(path: Path) -> list[str]:
    if ".jsonl" not in path.name:
        return [path.read_text(encoding="utf-8")]
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line)["text"] for line in data.splitlines()]


def catalogue_of(path: Path) -> Catalogue:
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return Catalogue(CatalogueRow.of(json.loads(line)) for line in lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--text", type=Path)
    parser.add_argument("--catalogue", type=Path, default=ROOT / "corpus" / "catalogue.jsonl")
    given = parser.parse_args()
    catalogue = catalogue_of(given.catalogue)
    cases = [json.loads(line) for line in given.cases.read_text(encoding="utf-8").splitlines() if line.strip()]
    wrong: dict[str, list[str]] = {}
    for case in cases:
        references = resolve(find_citations(case["text"]), host_of(case), catalogue, date.today())
        problems = differences(case, references)
        if problems:
            wrong[case["id"]] = problems
    right = sorted(case["id"] for case in cases if case["id"] not in wrong)
    before = set(json.loads(RESULT.read_text(encoding="utf-8"))["right_ids"]) if RESULT.exists() else set()
    result: dict[str, Any] = {"cases": len(cases), "right": len(right), "right_ids": right, "wrong": wrong}
    beside = given.cases.resolve().parents[1] / "data" / "law" / "codified.jsonl.gz"
    text = given.text or (beside if beside.exists() else None)
    result["speed"] = speed(text) if text else None
    result["gained"], result["lost"] = sorted(set(right) - before), sorted(before & set(wrong))
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for case_id, problems in wrong.items():
        print(case_id, *problems, sep="\n    ")
    print(f"đúng {len(right)}/{len(cases)}; thêm {result['gained']}; mất {result['lost']}; tốc độ {result['speed']}")


if __name__ == "__main__":
    main()
