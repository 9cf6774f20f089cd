"""Builds corpus/catalogue.jsonl: documents as facts only, each row naming its sources.

    python corpus/build_catalogue.py DATA_FOLDER

DATA_FOLDER holds law/ and procedures/ as described in SOURCES.md. Hand-kept rows (catalogue_additions.yaml) win over
everything that is read. A row says nothing that none of its sources says.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from catalogue_clauses import clean  # noqa: E402
from catalogue_names import doc_type_of, issuer_of, short_names, title_relations  # noqa: E402
from catalogue_reader import Fact, read_codified, read_gazette, read_portal, read_register  # noqa: E402

from assistant.law.number import normalise_number  # noqa: E402

FIELDS = ("doc_type", "title", "issuing_body", "issued_on", "effective_on", "expires_on", "status", "article_count")
# A number ends in an issuer code: “…/TTLT-BCA-” or “…/TT-BTCng” was cut or glued by its source.
_WELL_FORMED = re.compile(r"\d{1,5}(?:\.\d)?[a-z]?(?:/\d{4})?/(?:[A-ZĐƯ&]{1,16}[-/.]?){0,8}(?:[A-ZĐƯ&]{2,16}\d{0,2}|TTg)|\d{1,4}-[A-Z]{1,3}/[A-Z]{2,5}\d?")


def build(folder: Path) -> list[dict[str, Any]]:
    additions = yaml.safe_load((HERE / "catalogue_additions.yaml").read_text(encoding="utf-8"))
    as_of: date = additions["as_of"]
    facts: dict[str, list[Fact]] = defaultdict(list)
    for fact in _all_facts(folder, additions):
        number = normalise_number(fact["number"])
        if _WELL_FORMED.fullmatch(number) and (fact["rank"] == 0 or _possible(number, as_of.year)):
            facts[number].append(fact)
    rows = {number: _merge(number, group, as_of) for number, group in facts.items()}
    _drop_hearsay(rows, additions["not_documents"])
    _link(rows, as_of)
    return sorted((_plain(row) for row in rows.values()), key=lambda row: (row["number"].rpartition("/")[2], row["number"]))


_TERMS = {9: (1992, 1997), 10: (1997, 2002), 11: (2002, 2007), 12: (2007, 2011), 13: (2011, 2016), 14: (2016, 2021)}
_TERMS |= {15: (2021, 2026), 16: (2026, 2031)}


def _possible(number: str, last_year: int) -> bool:
    """No local document (its number says nothing without the province), no year to come, no year outside the term."""
    year = re.search(r"/(\d{4})/", number)
    term = re.search(r"QH(\d{1,2})$", number)
    if re.search(r"-(?:UBND|HĐND)$", number) or (year and int(year[1]) > last_year):
        return False
    first, last = _TERMS.get(int(term[1]), (0, 9999)) if term else (0, 9999)
    return not year or first <= int(year[1]) <= last


def _all_facts(folder: Path, additions: dict[str, Any]) -> Iterable[Fact]:
    for row in additions["documents"]:
        yield {"rank": 0, **row}
    yield from read_register(folder)
    yield from read_gazette(folder)
    yield from read_codified(folder)
    yield from read_portal(folder)


def _merge(number: str, facts: list[Fact], as_of: date) -> dict[str, Any]:
    """Per field the value of the best source; where several sources of one rank differ, the commonest."""
    facts.sort(key=lambda fact: fact["rank"])
    row: dict[str, Any] = {"number": number, "rank": facts[0]["rank"]}
    for field in FIELDS:
        row[field] = _best(facts, field)
    if row["issued_on"] and row["effective_on"] and row["effective_on"] < row["issued_on"] and "hồi tố" not in str(facts[0]):
        worse = "issued_on" if _rank_of(facts, "issued_on") > _rank_of(facts, "effective_on") else "effective_on"
        row[worse] = None  # two sources disagree on the order of dates: the weaker one is not believed
    row["doc_type"] = doc_type_of(number, row["doc_type"])
    row["issuing_body"] = row["issuing_body"] or issuer_of(number)
    row["relations"] = _unique(relation for fact in facts for relation in fact.get("relations", []))
    row["aliases"] = _unique(alias for fact in facts for alias in fact.get("aliases", []))
    row["territory"] = next((fact["territory"] for fact in facts if fact.get("territory")), "vn")
    row["source"] = "; ".join(_unique(fact["source"] for fact in facts)[:3])
    return row


def _best(facts: list[Fact], field: str) -> Any:
    for rank in sorted({fact["rank"] for fact in facts}):
        values = [fact[field] for fact in facts if fact["rank"] == rank and fact.get(field)]
        if values:
            return Counter(values).most_common(1)[0][0]
        if any(field in fact and fact["rank"] == 0 for fact in facts if fact["rank"] == rank):
            return None  # said by hand to be unknown
    return None


def _rank_of(facts: list[Fact], field: str) -> int:
    return next((fact["rank"] for fact in facts if fact.get(field)), 9)


def _unique(values: Iterable[Any]) -> list[Any]:
    kept: list[Any] = []
    for value in values:
        if value and value not in kept:
            kept.append(value)
    return kept


def _drop_hearsay(rows: dict[str, dict[str, Any]], not_documents: list[str]) -> None:
    """Numbers without a year and without a title, known from a passing mention alone, name no document for sure."""
    for number in list(rows):
        row = rows[number]
        vague = row["rank"] >= 3 and not row["title"] and (row["rank"] == 6 or not re.search(r"/\d{4}/", number))
        if vague or number in not_documents:
            del rows[number]


def _link(rows: dict[str, dict[str, Any]], as_of: date) -> None:
    """Relations named by titles; names for laws; ends that follow from a replacing document; status on ``as_of``."""
    for number, row in rows.items():
        known = {(relation["kind"], normalise_number(relation["number"])) for relation in row["relations"]}
        for kind, other in title_relations(row["title"] or ""):
            other = normalise_number(other)
            if other != number and (kind, other) not in known and other in rows:
                on = row["effective_on"].isoformat() if row["effective_on"] and kind != "guides" else None
                row["relations"].append({"kind": kind, "number": other, "on": on, "note": "theo tên văn bản"})
        row["relations"] = _one_per_document(row["relations"])
        row["aliases"] = _unique([*row["aliases"], *short_names(row["title"] or "", row["issued_on"])])
    for number, row in rows.items():
        for relation in row["relations"]:
            ended = rows.get(relation["number"])
            whole = relation["kind"] in {"replaces", "repeals"} and not relation["note"].startswith("có quy định còn")
            if ended and whole and ended["rank"] > 0 and not ended["expires_on"] and relation["on"]:
                ended["expires_on"] = date.fromisoformat(relation["on"])
                ended["source"] += f"; thay thế bởi {number}"
    for row in rows.values():
        row["status"] = _status(row, as_of)


def _one_per_document(relations: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One relation of each kind and other document, with the earliest date known."""
    kept: dict[tuple[str, str], dict[str, Any]] = {}
    for relation in relations:
        number = normalise_number(relation["number"])
        relation = {"kind": relation["kind"], "number": number, "on": relation.get("on"), "note": relation.get("note", "")}
        if isinstance(relation["on"], date):
            relation["on"] = relation["on"].isoformat()
        old = kept.setdefault((relation["kind"], number), relation)
        if relation["on"] and (not old["on"] or relation["on"] < old["on"]):
            old["on"] = relation["on"]
    return list(kept.values())


def _status(row: dict[str, Any], as_of: date) -> str:
    if row["expires_on"] and row["expires_on"] <= as_of:
        return "expired"
    if row["status"] == "expired" and not row["expires_on"]:
        return "expired"
    if row["effective_on"] and row["effective_on"] > as_of:
        return "not_yet"
    return row["status"] if row["status"] in {"in_force", "partly_expired"} else "unknown"


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    order = ("number", *FIELDS[:7], "relations", "article_count", "territory", "source", "aliases")
    plain = {field: row[field] for field in order}
    for field in ("issued_on", "effective_on", "expires_on"):
        plain[field] = row[field].isoformat() if row[field] else None
    for field in ("doc_type", "title", "issuing_body"):
        plain[field] = clean(row[field] or "")
    return plain


def main() -> None:
    rows = build(Path(sys.argv[1]))
    target = HERE / "catalogue.jsonl"
    target.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    print(f"{len(rows)} văn bản → {target}")
    print("loại:", dict(Counter(row["doc_type"] for row in rows).most_common(12)))
    print("tình trạng:", dict(Counter(row["status"] for row in rows)))
    print("quan hệ:", dict(Counter(relation["kind"] for row in rows for relation in row["relations"])))
    print("có số điều:", sum(row["article_count"] is not None for row in rows))


if __name__ == "__main__":
    main()
