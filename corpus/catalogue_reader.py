"""Facts about documents, read from a folder of public legal data: one small dict per document and source.

Only facts are taken (number, name, dates, issuer, relations); no sentence of a text is kept.
Ranks: 1 a whole text or the national register, 2 the codification, 3 the portal, 4 another text's closing
clause, 5 a passing mention.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from catalogue_clauses import DATE, clean
from catalogue_facts import (
    Fact,
    article_count,
    day_of,
    effective_day,
    ended_facts,
    first_number,
    mention_facts,
    relation_fact,
    unwrapped,
)
from catalogue_names import law_title, portal_title

from assistant.ingest.codified_note import Note, read_note
from assistant.ingest.procedures_text import legal_basis_of

_CLOSING = re.compile(r"hiệu lực|thi hành|thực hiện|chuyển tiếp|bãi bỏ|thay thế|^$", re.IGNORECASE)
_LAST_ARTICLE = re.compile(r"trách nhiệm (?:thi hành|tổ chức|thực hiện)|tổ chức thực hiện", re.IGNORECASE)
_GAZETTE_TITLE = re.compile(
    r"\n\s*(LUẬT|NGHỊ ĐỊNH|NGHỊ QUYẾT|QUYẾT ĐỊNH|THÔNG TƯ LIÊN TỊCH|THÔNG TƯ)\s*\n(.{10,600}?)\n\s*"
    r"(?=Căn cứ|[A-ZĐÀ-Ỹ ]{8,}\s*\n|(?:Luật|Nghị định|Thông tư)[^\n]{0,80}\s+số\s+\d)",
    re.DOTALL,
)


def read_all(folder: Path) -> Iterator[Fact]:
    yield from read_register(folder / "law/docx")
    yield from read_gazette(folder / "law/gazette")
    yield from read_codified(folder / "law/codified.jsonl.gz")
    yield from read_portal(folder / "procedures/procedures.jsonl.gz")


def read_codified(path: Path) -> Iterator[Fact]:
    """The Bộ pháp điển: one fact per document, and those on documents that it amends, ends or names."""
    articles: dict[str, list[Fact]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            articles[clean(row["number"]).strip("\"' ")].append(row)
    for rows in articles.values():
        notes = [note for row in rows if (note := read_note(clean(row["source_note"])))]
        if not notes:
            continue
        fact = _codified_document(rows, notes)
        yield fact
        number = fact["number"]
        for note in notes:
            yield from mention_facts(clean(rows[0]["source_note"]), number) if note is notes[0] else ()
            for change in note.changes:
                yield relation_fact(change.number, "amends", number, change.effective_on, f"Bộ pháp điển ({number})")
        for row in rows:
            if _CLOSING.search(clean(row["heading"] or "")):
                yield from ended_facts(row["text"], number, fact["doc_type"], fact["effective_on"])
            yield from mention_facts(clean(row["text"]), number)


def _codified_document(rows: list[Fact], notes: list[Note]) -> Fact:
    best = next((note for note in notes if note.subject), notes[0])
    starts = Counter(note.effective_on for note in notes if note.effective_on)
    return {
        "number": best.number,
        "doc_type": best.doc_type,
        "title": best.title if best.subject else "",
        "issuing_body": best.issuing_body,
        "issued_on": best.issued_on,
        "effective_on": starts.most_common(1)[0][0] if starts else None,
        "article_count": _codified_count(rows),
        "status": "in_force",
        "rank": 2,
        "source": "Bộ pháp điển điện tử",
    }


def _codified_count(rows: list[Fact]) -> int | None:
    """The number of articles where the set runs from 1 without a gap to an article that closes a document."""
    numbers = {int(row["article"]) for row in rows if row["article"].isdigit()}
    last = max(rows, key=lambda row: int(row["article"]) if row["article"].isdigit() else 0)
    closes = bool(_LAST_ARTICLE.search(clean(last["heading"] or ""))) or "./." in last["text"]
    return max(numbers) if closes and numbers == set(range(1, len(numbers) + 1)) and numbers else None


def read_register(folder: Path) -> Iterator[Fact]:
    """Laws of the national register: whole text (.docx) and the register's own dates."""
    import docx  # noqa: PLC0415  (only this reader needs it)

    for row in map(json.loads, (folder / "index.jsonl").read_text(encoding="utf-8").splitlines()):
        text = clean("\n".join(p.text for p in docx.Document(str(folder / row["file"])).paragraphs))
        number = first_number(row.get("number") or "") or first_number(text[:1500])
        if not number:
            continue
        told, written = _iso(row.get("effective_on")), effective_day(text, None)
        yield {
            "number": number,
            "doc_type": row.get("doc_type") or ("Bộ luật" if "BỘ LUẬT" in text[:600] else "Luật"),
            "title": law_title(row.get("title") or text.splitlines()[3], number),
            "issued_on": _iso(row.get("issued_on")),
            # the register's index and the text disagree on a few laws: then neither is believed
            "effective_on": None if told and written and told != written else told or written,
            "expires_on": _iso(row.get("expires_on")),
            "issuing_body": row.get("issuing_body"),
            "article_count": article_count(text),
            "status": "in_force",
            "rank": 1,
            "source": f"CSDL quốc gia về VBPL (vbpl.vn), mã {row['id']}",
        }
        yield from ended_facts(text, number, "Luật", told or written)
        yield from mention_facts(text, number)


def read_gazette(folder: Path) -> Iterator[Fact]:
    """Công báo: whole texts with their public address."""
    for path in sorted(folder.glob("*.json")):
        row = json.loads(path.read_text(encoding="utf-8"))
        text = clean(row["full_text"])
        head = text[:1500]
        consolidated = "hop-nhat" in path.name
        number = _consolidated_number(path.stem) if consolidated else first_number(head.partition("Căn cứ")[0])
        if not number:
            continue
        title = _gazette_title(head)
        signed = re.search(rf"Hà Nội,\s*{DATE}", head)
        issued = day_of(signed.groups()) if signed else None
        effective = None if consolidated else effective_day(text, issued)
        yield {
            "number": number,
            "title": f"Văn bản hợp nhất {title}" if consolidated else title,
            "issued_on": issued,
            "effective_on": effective,
            "article_count": None if consolidated else article_count(text),
            "status": "in_force" if effective else "unknown",
            "relations": _consolidates(head) if consolidated else [],
            "rank": 1,
            "source": f"công báo: {row['nguon_url']}",
        }
        if not consolidated:
            kinds = title or "Luật Nghị định Nghị quyết Quyết định Thông tư liên tịch"
            yield from ended_facts(unwrapped(text), number, kinds, effective)
        yield from mention_facts(unwrapped(text), number)


def _gazette_title(head: str) -> str:
    """Type and subject: the lines between the type in capitals and the first căn cứ or issuer."""
    match = _GAZETTE_TITLE.search(head)
    if not match:
        return ""
    subject = " ".join(match[2].split())
    return f"{match[1].capitalize()} {subject.lower() if subject.isupper() else subject[0].lower() + subject[1:]}"


def _consolidated_number(slug: str) -> str:
    found = re.search(r"so-(\d+)-vbhn-([a-z]+)", slug)
    return f"{found[1]}/VBHN-{found[2].upper()}" if found else ""


def _consolidates(head: str) -> list[Fact]:
    """The texts that the head of a consolidated text lists: “Thông tư số … được sửa đổi, bổ sung bởi: …”."""
    numbers = dict.fromkeys(number for number in re.findall(rf"số\s+(\S+)\s+{DATE}\s+của", " ".join(head.split())))
    return [{"kind": "consolidates", "number": first_number(found[0])} for found in numbers if first_number(found[0])]


def read_portal(path: Path) -> Iterator[Fact]:
    """Legal bases named by the procedure records of the national portal (July 2026)."""
    names: dict[str, Counter[str]] = defaultdict(Counter)
    days: dict[str, Counter[date]] = defaultdict(Counter)
    records: dict[str, set[str]] = defaultdict(set)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            for basis in legal_basis_of(record.get("can_cu_phap_ly") or ""):
                records[basis.number].add(record["ma_thu_tuc"])
                names[basis.number][portal_title(basis.title, basis.number)] += 1
                dated = re.search(rf"{re.escape(basis.number)}\s*,?\s*{DATE}", basis.title)
                if dated and (day := day_of(dated.groups())):
                    days[basis.number][day] += 1
    for number, codes in records.items():
        name = next((name for name, _ in names[number].most_common() if name), "")
        yield {
            "number": number,
            "title": name,
            "issued_on": next((day for day, _ in days[number].most_common() if f"/{day.year}/" in number), None),
            "rank": 3 if len(codes) > 1 or name else 6,
            "source": f"căn cứ pháp lý của thủ tục {min(codes)} (Cổng DVC quốc gia, tháng 7/2026)",
        }


def _iso(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None
