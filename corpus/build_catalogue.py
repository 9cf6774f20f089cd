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
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from catalogue_clauses import clean  # noqa: E402
from catalogue_facts import Fact  # noqa: E402
from catalogue_names import amended_laws, doc_type_of, issuer_of, proper_title, short_names, title_relations  # noqa: E402
from catalogue_reader import read_all  # noqa: E402

from assistant.law.number import normalise_number, parse_number  # noqa: E402

Row = dict[str, Any]
FIELDS = ("doc_type", "title", "issuing_body", "issued_on", "effective_on", "expires_on", "status", "article_count")
ORDER = ("number", *FIELDS[:7], "relations", "article_count", "territory", "source", "aliases")
_MENTION = 5  # rank of a passing mention: named as a source only where there is no better one
# Years of the terms of the National Assembly: a number outside them is a misprint.
_TERMS = {9: (1992, 1997), 10: (1997, 2002), 11: (2002, 2007), 12: (2007, 2011), 13: (2011, 2016), 14: (2016, 2021)}
_TERMS |= {15: (2021, 2026), 16: (2026, 2031)}


def build(folder: Path, additions: Row) -> list[Row]:
    """All rows, in order of issuer and number."""
    as_of: date = additions["as_of"]
    facts: dict[str, list[Fact]] = defaultdict(list)
    for fact in (*hand_kept(additions), *read_all(folder)):
        number = normalise_number(fact["number"])
        kept = fact["rank"] == 0  # also what has no number: the Constitution
        if kept or (parse_number(number) and _possible(number, as_of.year)):
            facts[number].append(fact)
    rows = {number: _merge(number, group) for number, group in facts.items()}
    _drop_hearsay(rows, {normalise_number(number) for number in additions["not_documents"]})
    for row in rows.values():
        _add_from_title(row, rows)
    _amend_by_name(rows)
    _end_replaced(rows)
    for row in rows.values():
        row["status"] = _status(row, as_of)
    return sorted(map(_plain, rows.values()), key=lambda row: (row["number"].rpartition("/")[2], row["number"]))


def hand_kept(additions: Row) -> Iterator[Fact]:
    for row in additions["documents"]:
        relations = [{"on": relation.pop("from", None), **relation} for relation in row.get("relations", [])]
        yield {"rank": 0, **row, "relations": relations}


def _possible(number: str, last_year: int) -> bool:
    """No local document (its number says nothing without the province), no year to come, no year outside the term."""
    year = re.search(r"/(\d{4})/", number)
    term = re.search(r"QH(\d{1,2})$", number)
    if re.search(r"-(?:UBND|HĐND)$", number) or (year and int(year[1]) > last_year):
        return False
    first, last = _TERMS.get(int(term[1]), (0, 9999)) if term else (0, 9999)
    return not year or first <= int(year[1]) <= last


def _merge(number: str, facts: list[Fact]) -> Row:
    """Per field the value of the best source; where several sources of one rank differ, the commonest."""
    facts.sort(key=lambda fact: fact["rank"])
    row: Row = {"number": number, "rank": facts[0]["rank"]}
    for field in FIELDS:
        row[field] = _best(facts, field)
    _doubt_dates(row, facts)
    row["doc_type"] = doc_type_of(number, row["doc_type"])
    row["title"] = proper_title(clean(row["title"] or ""), row["doc_type"])
    row["issuing_body"] = clean(row["issuing_body"] or "") or issuer_of(number)
    row["relations"] = _one_per_document(r for fact in facts for r in fact.get("relations", []))
    row["aliases"] = _unique(alias for fact in facts for alias in fact.get("aliases", []))
    row["territory"] = next((fact["territory"] for fact in facts if fact.get("territory")), "vn")
    good = [fact["source"] for fact in facts if fact["rank"] < _MENTION and not fact["source"].endswith(f" {number}")]
    row["source"] = "; ".join(_unique(good or [fact["source"] for fact in facts])[:2])
    return row


def _best(facts: list[Fact], field: str) -> Any:
    for rank in sorted({fact["rank"] for fact in facts}):
        of_rank = [fact for fact in facts if fact["rank"] == rank]
        values = [fact[field] for fact in of_rank if fact.get(field)]
        if values:
            return Counter(values).most_common(1)[0][0]
        if rank == 0 and any(field in fact for fact in of_rank):
            return None  # said by hand to be unknown
    return None


def _doubt_dates(row: Row, facts: list[Fact]) -> None:
    """A date of issue outside the year in the number, or an effect before the issue: the weaker one is not believed."""
    year = re.search(r"/(\d{4})/", row["number"])
    if row["issued_on"] and year and int(year[1]) != row["issued_on"].year:
        row["issued_on"] = None
    if row["issued_on"] and row["effective_on"] and row["effective_on"] < row["issued_on"]:
        rank = {field: next((f["rank"] for f in facts if f.get(field)), 9) for field in ("issued_on", "effective_on")}
        row[max(rank, key=lambda field: rank[field])] = None


def _unique(values: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(value for value in values if value))


def _one_per_document(relations: Iterable[Row]) -> list[Row]:
    """One relation of each kind and other document, with the earliest date known."""
    kept: dict[tuple[str, str], Row] = {}
    for relation in relations:
        number = normalise_number(relation["number"])
        new = {"kind": relation["kind"], "number": number, "on": relation.get("on"), "note": relation.get("note", "")}
        old = kept.setdefault((new["kind"], number), new)
        if new["on"] and (not old["on"] or new["on"] < old["on"]):
            old["on"] = new["on"]
    return list(kept.values())


def _drop_hearsay(rows: dict[str, Row], not_documents: set[str]) -> None:
    """Numbers without a year and without a title, known from a passing mention alone, name no document for sure."""
    for number, row in list(rows.items()):
        unsure = row["rank"] >= 3 and not row["title"] and (row["rank"] > _MENTION or not re.search(r"/\d{4}/", number))
        if unsure or number in not_documents:
            del rows[number]
    for row in rows.values():
        wrong = not_documents | {row["number"]}
        row["relations"] = [relation for relation in row["relations"] if relation["number"] not in wrong]


def _add_from_title(row: Row, rows: dict[str, Row]) -> None:
    """Relations named by the title, short names."""
    known = {(relation["kind"], relation["number"]) for relation in row["relations"]}
    for kind, named in title_relations(row["title"]):
        other = normalise_number(named)
        if other != row["number"] and (kind, other) not in known and other in rows:
            on = row["effective_on"] if kind != "guides" else None
            row["relations"].append({"kind": kind, "number": other, "on": on, "note": ""})
    row["aliases"] = _unique([*row["aliases"], *short_names(row["title"], row["issued_on"])])


def _amend_by_name(rows: dict[str, Row]) -> None:
    """Amending laws name laws without number: the latest of that name before them is meant."""
    named: dict[str, list[Row]] = defaultdict(list)
    for row in rows.values():
        if row["title"] and row["doc_type"] in {"Luật", "Bộ luật", "Pháp lệnh"}:
            named[row["title"].lower()].append(row)
    for row in rows.values():
        known = {relation["number"] for relation in row["relations"] if relation["kind"] == "amends"}
        for name in amended_laws(row["title"]):
            before = [held for held in named.get(name.lower(), ()) if _order(held) < _order(row)]
            target = max(before, key=_order, default=row)["number"]
            if target != row["number"] and target not in known:
                row["relations"].append({"kind": "amends", "number": target, "on": row["effective_on"], "note": ""})


def _order(row: Row) -> tuple[int, int]:
    """(year, serial): numbers of the National Assembly rise within a year."""
    number = re.match(r"(\d+)[^/]*/(\d{4})/", row["number"])
    return (int(number[2]), int(number[1])) if number else (row["issued_on"].year if row["issued_on"] else 0, 0)


def _end_replaced(rows: dict[str, Row]) -> None:
    for row in rows.values():
        for relation in row["relations"]:
            ended = rows.get(relation["number"])
            whole = relation["kind"] in {"replaces", "repeals"} and not relation["note"] and relation["on"]
            if ended and whole and ended["rank"] > 0 and not ended["expires_on"]:
                ended["expires_on"] = relation["on"]
    for row in rows.values():
        _end_with_amended(row, rows)


def _end_with_amended(row: Row, rows: dict[str, Row]) -> None:
    """A text whose title amends one document, and nothing else, ends with it."""
    targets = [relation["number"] for relation in row["relations"] if relation["kind"] == "amends"]
    single = len(targets) == 1 and (len(amended_laws(row["title"])) == 1 or row["title"].count(" số ") == 1)
    if not single or row["rank"] == 0 or row["expires_on"] or "sửa đổi" not in row["title"]:
        return
    ended = rows.get(targets[0], {}).get("expires_on")
    if ended and (not row["effective_on"] or row["effective_on"] < ended):
        row["expires_on"] = ended
        row["source"] += f"; văn bản được sửa đổi {targets[0]} đã hết hiệu lực"


def _status(row: Row, as_of: date) -> str:
    if row["expires_on"] and row["expires_on"] <= as_of:
        return "expired"
    if row["effective_on"] and row["effective_on"] > as_of:
        return "not_yet"
    return row["status"] or "unknown"


def _plain(row: Row) -> Row:
    """JSON types, fields in one order."""
    row["relations"] = [{**relation, "on": _text(relation["on"])} for relation in row["relations"]]
    dates = {field: _text(row[field]) for field in ("issued_on", "effective_on", "expires_on")}
    return {field: {**row, **dates}[field] for field in ORDER}


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def main() -> None:
    additions = yaml.safe_load((HERE / "catalogue_additions.yaml").read_text(encoding="utf-8"))
    rows = build(Path(sys.argv[1]), additions)
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (HERE / "catalogue.jsonl").write_text(lines, encoding="utf-8")
    print(f"{len(rows)} văn bản; lập theo tình trạng ngày {additions['as_of']:%d/%m/%Y}")
    print("loại:", dict(Counter(row["doc_type"] for row in rows).most_common(12)))
    print("tình trạng:", dict(Counter(row["status"] for row in rows)))
    print("quan hệ:", dict(Counter(relation["kind"] for row in rows for relation in row["relations"])))
    print("có số điều:", sum(row["article_count"] is not None for row in rows))


if __name__ == "__main__":
    main()
