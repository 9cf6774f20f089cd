"""Facts about documents, read from a folder of public legal data: one small dict per document and source.

Only facts are taken (number, name, dates, issuer, relations); no sentence of a text is kept.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from catalogue_clauses import DATE, NUMBER, clean, ended_documents

from assistant.ingest.codified_note import read_note

Fact = dict[str, Any]
_CLOSING = re.compile(r"hiệu lực|thi hành|thực hiện|chuyển tiếp|bãi bỏ|thay thế|^$", re.IGNORECASE)
_LAST_ARTICLE = re.compile(r"trách nhiệm (?:thi hành|tổ chức|thực hiện)|tổ chức thực hiện", re.IGNORECASE)
_ARTICLE_LINE = re.compile(r"^\s*Điều\s+(\d+)\s*\.", re.MULTILINE)
_EFFECTIVE = re.compile(rf"(?:này|quyết)\s+có hiệu lực(?: thi hành)?\s*,?\s*(?:kể\s+)?từ\s+{DATE}", re.IGNORECASE)
_FROM_SIGNING = re.compile(r"này\s+có hiệu lực(?: thi hành)?\s+(?:kể\s+)?từ\s+ngày\s+(?:ký|được thông qua|thông qua)", re.I)
_NAMES_NUMBER = re.compile(rf"({NUMBER})(?:\s*,?\s*{DATE})?")
# “Luật Phòng, chống tham nhũng số 36/2018/QH14”: numbers of the National Assembly do not show the type.
_TYPED = re.compile(
    r"(Bộ luật|Luật|Nghị quyết|Pháp lệnh)(\s[^;:.\d“”()\n]{2,120}?)?\s+số:?\s+(\d{1,4}/\d{4}/(?:UBTVQH|QH)\d{1,2})\b"
)
_TYPE_WORD = re.compile(r"\b(?:Bộ luật|Luật|Nghị quyết|Pháp lệnh|Nghị định|Điều|khoản|theo|bởi|sửa đổi|bãi bỏ)\b")
# The portal glues name and number together, so here issuer codes are listed: “…Luật Căn cước26/2023/QH15Nghị định…”.
_ISSUERS = (
    "CP|TTg|BTC|BCA|BTP|BNNMT|BNNPTNT|BTNMT|BXD|BGTVT|BNV|BLĐTBXH|BYT|BGDĐT|BVHTTDL|BKHCN|BTTTT|BCT|BQP|BNG|NHNN"
    "|TTCP|UBDT|BDTTG|VPCP|BKHĐT|TANDTC|VKSTC|KTNN|HĐTP|HĐND|UBND"
)
_GLUED = re.compile(
    rf"\d{{1,3}}(?:\.\d)?/\d{{4}}/(?:UBTVQH\d{{2}}|QH\d{{2}}|PL-UBTVQH\d{{2}}|(?:NĐ|NQ|QĐ|TT|CT)-(?:{_ISSUERS})(?![A-ZĐ]{{2}}))"
)


def read_codified(folder: Path) -> Iterator[Fact]:
    """The Bộ pháp điển: one fact per document, one per amending document, one per document that a clause ends."""
    articles: dict[str, list[Fact]] = defaultdict(list)
    with gzip.open(folder / "law/codified.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            articles[clean(row["number"]).strip("\"' ")].append(row)
    for number, rows in articles.items():
        notes = [note for row in rows if (note := read_note(clean(row["source_note"])))]
        best = next((note for note in notes if note.subject), notes[0] if notes else None)
        fact: Fact = {"number": number, "source": "Bộ pháp điển điện tử", "rank": 2, "status": "in_force"}
        if best:
            fact |= {"doc_type": best.doc_type, "title": best.title if best.subject else "", "issued_on": best.issued_on}
            fact["issuing_body"] = best.issuing_body
        starts = Counter(note.effective_on for note in notes if note.effective_on)
        fact["effective_on"] = starts.most_common(1)[0][0] if starts else None
        fact["article_count"] = _codified_count(rows)
        yield fact
        for note in notes:
            for change in note.changes:
                yield _relation(change.number, "amends", number, change.effective_on, f"theo Bộ pháp điển ({number})")
        for row in rows:
            if _CLOSING.search(clean(row["heading"] or "")):
                yield from _ended(row["text"], number, fact.get("doc_type", ""), fact["effective_on"])
            yield from _mentions(row["text"], number)


def _codified_count(rows: list[Fact]) -> int | None:
    """The number of articles where the set runs from 1 without a gap to an article that closes a document."""
    numbers = [int(row["article"]) for row in rows if row["article"].isdigit()]
    last = max(rows, key=lambda row: int(row["article"]) if row["article"].isdigit() else 0)
    complete = sorted(set(numbers)) == list(range(1, len(set(numbers)) + 1))
    closes = bool(_LAST_ARTICLE.search(clean(last["heading"] or ""))) or "./." in last["text"]
    return max(numbers) if numbers and complete and closes else None


def read_register(folder: Path) -> Iterator[Fact]:
    """Laws of the national register with their whole text (.docx) and the register's own dates."""
    import docx  # noqa: PLC0415  (only this reader needs it)

    for line in (folder / "law/docx/index.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = clean("\n".join(p.text for p in docx.Document(str(folder / "law/docx" / row["file"])).paragraphs))
        number = _number_of(row.get("number") or "") or _number_of(text[:1500])
        if not number:
            continue
        yield {
            "number": number,
            "doc_type": row.get("doc_type"),
            "title": _law_title(row.get("title") or text.splitlines()[3], number),
            "issued_on": _iso(row.get("issued_on")),
            "effective_on": _iso(row.get("effective_on")) or _effective(text, None),
            "expires_on": _iso(row.get("expires_on")),
            "issuing_body": row.get("issuing_body"),
            "article_count": _text_count(text),
            "status": "in_force",
            "rank": 1,
            "source": f"CSDL quốc gia về VBPL (vbpl.vn), mã {row['id']}",
        }
        yield from _ended(text, number, "Luật", _iso(row.get("effective_on")))
        yield from _mentions(text, number)


def read_gazette(folder: Path) -> Iterator[Fact]:
    """Công báo: whole texts with their public address."""
    for path in sorted((folder / "law/gazette").glob("*.json")):
        row = json.loads(path.read_text(encoding="utf-8"))
        text = clean(row["full_text"])
        head = text[:1500]
        number = _number_of(head.partition("Căn cứ")[0]) if "hop-nhat" not in path.name else _number_of(row["so_hieu"])
        if not number:
            continue
        signed = re.search(rf"Hà Nội,\s*{DATE}", head)
        issued = _day(signed.groups()) if signed else None
        effective = _effective(text, issued)
        yield {
            "number": number,
            "title": _gazette_title(head),
            "issued_on": issued,
            "effective_on": effective,
            "article_count": _text_count(text),
            "status": "in_force" if effective else "unknown",
            "rank": 1,
            "source": f"công báo: {row['nguon_url']}",
        }
        if "VBHN" not in number:
            yield from _ended(_unwrapped(text), number, _type_words(head), effective)
        yield from _mentions(_unwrapped(text), number)


def read_portal(folder: Path) -> Iterator[Fact]:
    """Legal bases named by the procedure records of the national portal (July 2026)."""
    names: dict[str, Counter[str]] = defaultdict(Counter)
    days: dict[str, Counter[date]] = defaultdict(Counter)
    records: dict[str, list[str]] = defaultdict(list)
    with gzip.open(folder / "procedures/procedures.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            text = clean(record.get("can_cu_phap_ly") or "").removeprefix("Tên văn bản pháp lýMã văn bản")
            position = 0
            for match in _GLUED.finditer(text):
                before = text[match.start() - 1 : match.start()]
                if before.isdigit():  # “…QH1451/2019/QH14”: where the number starts cannot be told
                    continue
                records[match.group()].append(record["ma_thu_tuc"])
                if not before.isspace():
                    name = text[position : match.start()]
                    names[match.group()][portal_title(name, match.group())] += 1
                    dated = re.search(rf"{re.escape(match.group())}\s*,?\s*{DATE}", name)
                    if dated and (day := _day(dated.groups())):
                        days[match.group()][day] += 1
                    position = match.end()
    for number, codes in records.items():
        name = next((n for n, _ in names[number].most_common() if n), "")
        source = f"căn cứ pháp lý của thủ tục {codes[0]} (Cổng DVC quốc gia, tháng 7/2026)"
        day = next((day for day, _ in days[number].most_common() if f"/{day.year}/" in number), None)
        rank = 3 if len(set(codes)) > 1 or name else 6
        yield {"number": number, "title": name, "issued_on": day, "rank": rank, "source": source}


def portal_title(name: str, number: str) -> str:
    """“Nghị định số 76/2020/NĐ-CP ngày … của Chính phủ quy định …” → “Nghị định quy định …”; "" if not trustworthy."""
    name = " ".join(name.split()).strip(" -:.,;")
    name = re.sub(rf"\s*(?:số:?\s*)?{re.escape(number)}\s*(?:,?\s*{DATE})?", "", name, count=1)
    name = _OF_ISSUER.sub(r"\1 ", name)
    name = re.sub(r"^Luật (?=Luật )", "", name)
    kind = next((word for word in _TITLE_TYPES if name.startswith(word)), "")
    rest = name[len(kind) :].strip(" :")
    if not kind or name.isupper() or not 12 <= len(name) <= 300 or _UNCLEAR.search(name) or len(rest) < 4:
        return ""
    return f"{kind} {rest if kind in _LAWS else rest[:1].lower() + rest[1:]}"


_LAWS = ("Luật", "Bộ luật", "Pháp lệnh")
_TITLE_TYPES = ("Thông tư liên tịch", *_LAWS, "Nghị định", "Nghị quyết", "Quyết định", "Thông tư")
_OF_ISSUER = re.compile(
    r"^(Nghị định|Thông tư|Quyết định|Nghị quyết|Luật)\s+của\s+(?:[^:]{3,60}:|(?:Bộ trưởng\s+)?(?:Thủ tướng\s+)?"
    r"(?:Chính phủ|Quốc hội|Bộ [A-ZĐ]\w+(?: \w+){1,5}?(?=\s+(?:quy|hướng|về|ban|sửa|bãi))))\s*",
)
_UNCLEAR = re.compile(r"\d{5}|[a-zà-ỹ]\d|\d/\d{4}/|^\W|^\w+ \w+ của Bộ trưởng|^\w+ \w+ số \d")


def _ended(text: str, host: str, doc_type: str, effective: date | None) -> Iterator[Fact]:
    for ended in ended_documents(text, doc_type):
        on = ended.on or effective
        if ended.number == host:
            continue
        note = "có quy định còn tiếp tục áp dụng" if ended.partial else ""
        yield _relation(host, ended.kind, ended.number, on, f"điều khoản thi hành của {host}", note)
        yield {
            "number": ended.number,
            "title": ended.name,
            "issued_on": ended.issued_on,
            "expires_on": None if ended.partial else on,
            "status": "partly_expired" if ended.partial else "expired",
            "rank": 4,
            "source": f"điều khoản thi hành của {host}",
        }


def _mentions(text: str, host: str) -> Iterator[Fact]:
    """Other documents that a text names with their date of issue."""
    for match in _NAMES_NUMBER.finditer(text):
        issued = _day(match.groups()[1:])
        if issued and f"/{issued.year}/" in match[1]:
            yield {"number": match[1], "issued_on": issued, "rank": 5, "source": f"dẫn chiếu tại {host}"}
    for kind, name, number in _TYPED.findall(text):
        name = name.strip()
        named = name[:1].isupper() and not _TYPE_WORD.search(name) and kind in {"Luật", "Bộ luật", "Pháp lệnh"}
        fact = {"number": number, "doc_type": kind, "rank": 5, "source": f"dẫn chiếu tại {host}"}
        yield fact | {"title": f"{kind} {name}"} if named else fact


def _relation(number: str, kind: str, other: str, on: date | None, source: str, note: str = "") -> Fact:
    relation = {"kind": kind, "number": other, "on": on.isoformat() if on else None, "note": note}
    return {"number": number, "relations": [relation], "rank": 4, "source": source}


def _text_count(text: str) -> int | None:
    """Articles of a whole text, where the numbering runs from 1 without a gap (quotations left out)."""
    numbers = [int(n) for n in _ARTICLE_LINE.findall(re.sub(r"“[^“”]{0,60000}”", "", text))]
    return len(numbers) if numbers and numbers == list(range(1, len(numbers) + 1)) else None


def _effective(text: str, issued: date | None) -> date | None:
    match = None
    for match in _EFFECTIVE.finditer(_unwrapped(re.sub(r"“[^“”]{0,60000}”", "", text))):
        break
    if match:
        return _day(match.groups())
    return issued if _FROM_SIGNING.search(_unwrapped(text)) else None


def _law_title(title: str, number: str) -> str:
    name = re.sub(rf"\s+số\s+(?:Luật số\s+)?{re.escape(number)}\.?$", "", " ".join(title.split()), flags=re.IGNORECASE)
    kind, _, rest = name.partition(" ")
    if kind.lower() == "bộ":
        word, _, rest = rest.partition(" ")
        kind = f"{kind} {word}"
    rest = rest.capitalize() if rest.isupper() else rest[:1].upper() + rest[1:]
    return f"{kind.capitalize()} {rest}".replace("luật Sửa đổi", "luật sửa đổi").replace("Luật Sửa đổi", "Luật sửa đổi")


def _gazette_title(head: str) -> str:
    """Type and subject: the lines between the type in capitals and the first căn cứ or issuer."""
    match = re.search(
        r"\n\s*(LUẬT|NGHỊ ĐỊNH|NGHỊ QUYẾT|QUYẾT ĐỊNH|THÔNG TƯ LIÊN TỊCH|THÔNG TƯ)\s*\n(.{10,600}?)\n\s*(?=Căn cứ|[A-ZĐÀ-Ỹ ]{8,}\s*\n"
        r"|(?:Luật|Nghị định|Thông tư)[^\n]{0,80}\s+số\s+\d)",
        head,
        re.DOTALL,
    )
    if not match:
        return ""
    subject = " ".join(match[2].split())
    return f"{match[1].capitalize()} {subject[0].lower() + subject[1:] if not subject.isupper() else subject.lower()}"


def _type_words(head: str) -> str:
    title = _gazette_title(head)
    return title or "Luật Nghị định Nghị quyết Quyết định Thông tư liên tịch"


def _number_of(text: str) -> str:
    slug = re.search(r"so-(\d+)-vbhn-([a-z]+)", text)
    if slug:
        return f"{slug[1]}/VBHN-{slug[2].upper().replace('LDTBXH', 'LĐTBXH').replace('KHDT', 'KHĐT')}"
    match = re.search(NUMBER, text)
    return match.group() if match else ""


def _unwrapped(text: str) -> str:
    """Lines of a page joined; a new line stays before articles, clauses and points."""
    return re.sub(r"\s*\n\s*(?!Điều \d|\d{1,2}\.|[a-zđ]\)|-)", " ", text)


def _day(groups: tuple[str | None, ...]) -> date | None:
    day, month, year = groups[0], groups[1] or groups[3], groups[2] or groups[4]
    try:
        return date(int(year or 0), int(month or 0), int(day or 0))
    except ValueError:
        return None


def _iso(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def last_day_to_expiry(last_day: date) -> date:
    """“đến hết ngày 31/12/2026” → 2027-01-01: the day of expiry is the first day without force."""
    return last_day + timedelta(days=1)
