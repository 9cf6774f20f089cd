"""Readers and parser against the laws of the national register and the gazette: structure, header fields, speed.

    python eval/bench_structure.py [DATA]

DATA holds law/docx (with index.jsonl), law/gazette and law/codified.jsonl.gz. Writes eval/results/structure.json and
prints every document that falls short, so that a change that loses one shows in the diff.
"""

from __future__ import annotations

import difflib
import json
import os
import random
import re
import resource
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import pypdfium2

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from assistant.errors import TrolyError  # noqa: E402
from assistant.index.values import Entry  # noqa: E402
from assistant.ingest.codified import read_codified  # noqa: E402
from assistant.ingest.documents import to_entries  # noqa: E402
from assistant.ingest.header import number_from_name  # noqa: E402
from assistant.ingest.parse import parse  # noqa: E402
from assistant.ingest.read import Raw, read  # noqa: E402
from assistant.language.normalise import for_matching  # noqa: E402
from assistant.law.document import Document  # noqa: E402
from assistant.law.number import normalise_number  # noqa: E402

RESULT = ROOT / "eval" / "results" / "structure.json"
FURNITURE = re.compile(r"CÔNG BÁO\s?/\s?Số|Thời gian ký ?: ?\d|Ký bởi ?: ?C")
LAW_TYPES = ("Luật", "Bộ luật")
# What the type in a file name of the gazette means.
GAZETTE_TYPES = {
    "luat": "Luật", "nghi-dinh": "Nghị định", "nghi-quyet": "Nghị quyết", "quyet-dinh": "Quyết định",
    "thong-tu": "Thông tư", "van-ban-hop-nhat": "Văn bản hợp nhất",
}  # fmt: skip


def main() -> int:
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data"
    if not (data / "law").exists():
        print(f"Không có thư mục dữ liệu {data / 'law'}; nêu thư mục chứa law/ làm tham số.", file=sys.stderr)
        return 2
    laws = {path.name: read(path) for path in sorted((data / "law/docx").glob("*.docx"))}
    started = time.process_time()
    documents = {name: parse(raw.text, source=name) for name, raw in laws.items()}
    seconds = time.process_time() - started
    size = sum(len(raw.text.encode()) for raw in laws.values())
    result = {
        "laws": laws_against_register(documents, laws, data),
        "gazette": gazette(data),
        "speed": {
            "parse_mb_per_s": round(size / 1e6 / seconds, 1),
            **long_gazette(data),
            "load_average": round(os.getloadavg()[0], 1),
        },
        "robustness": robustness(laws),
    }
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    show(result)
    return 0


def articles_of(document: Document) -> list[str]:
    return [p.label for p in document.provisions if p.kind == "article" and not p.locator.path.startswith("kem-theo")]


def is_complete(labels: list[str]) -> bool:
    """Điều 1 to n without a gap; inserted numbers (32a) may stand between."""
    numbers = [int(re.match(r"\d+", label)[0]) for label in labels]  # type: ignore[index]
    return bool(numbers) and sorted(set(numbers)) == list(range(1, max(numbers) + 1)) and numbers == sorted(numbers)


def missing_articles(document: Document) -> list[str]:
    """“Điều 34 (11/2008/QH12)”: numbers up to the last that no article has."""
    labels = articles_of(document)
    top = max((int(re.match(r"\d+", label)[0]) for label in labels), default=0)  # type: ignore[index]
    return [f"Điều {number} ({document.number})" for number in range(1, top + 1) if str(number) not in labels]


def overlooked_headings(document: Document) -> list[str]:
    """Missing numbers whose heading the file does hold at the head of a line: gaps that are the parser's own."""
    missing = [found.split()[1] for found in missing_articles(document)]
    return [
        n for n in missing if re.search(rf"^\W*[ĐD]\w{{1,3}}u\s+{n}\b", document.text, re.MULTILINE | re.IGNORECASE)
    ]


def laws_against_register(documents: dict[str, Document], laws: dict[str, Raw], data: Path) -> dict[str, Any]:
    """Numbering, header fields against index.jsonl, and article texts against the codified set."""
    index = [json.loads(line) for line in (data / "law/docx/index.jsonl").read_text(encoding="utf-8").splitlines()]
    gaps = sorted(name for name, document in documents.items() if not is_complete(articles_of(document)))
    overlooked = {name: found for name in gaps if (found := overlooked_headings(documents[name]))}
    faulty = {name: missing_articles(documents[name]) for name in gaps if name not in overlooked}
    fields = {
        key: header_field(documents, index, key)
        for key in ("number", "doc_type", "issuing_body", "issued_on", "effective_on")
    }
    own = {normalise_number(d.number): (name, d) for name, d in documents.items() if d.number}
    register: dict[str, dict[str, Entry]] = defaultdict(dict)
    for entry in read_codified(data / "law/codified.jsonl.gz", numbers=set(own)):
        if entry.doc_type in LAW_TYPES:
            register[entry.number][entry.locator] = entry
    sets = {"equal": 0, "codified_lacks_some": 0, "differ": []}
    alike = compared = source_lacks = 0
    short: list[str] = []
    for number, entries in sorted(register.items()):
        name, document = own[number]
        parsed = {entry.locator: entry for entry in to_entries(document) if entry.locator.startswith("dieu-")}
        if not any(entry.payload["amended"] for entry in entries.values()):
            missing = sorted(set(entries) - set(parsed))
            if missing:
                sets["differ"].append(f"{number}: {', '.join(missing)}")  # type: ignore[attr-defined]
            else:
                sets["equal" if set(entries) == set(parsed) else "codified_lacks_some"] += 1  # type: ignore[operator]
        whole = " ".join(words(laws[name].text))
        for locator, entry in entries.items():
            if entry.payload["amended"] or locator not in parsed or not held_in_full(entry, parsed[locator]):
                continue
            compared += 1
            if likeness(entry, parsed[locator]) >= 0.98:
                alike += 1
            elif lacks(whole, entry, parsed[locator]):
                source_lacks += 1
            else:
                short.append(f"{number}#{locator}")
    return {
        "laws": len(documents),
        "numbering_complete": round(1 - len(gaps) / len(documents), 4),
        "numbering_gaps": gaps,
        "headings_in_the_file_but_not_found": overlooked,
        "files_that_lack_the_articles_themselves": faulty,
        "numbering_complete_of_whole_files": round(1 - len(overlooked) / (len(documents) - len(faulty)), 4),
        "header": fields,
        "in_codified_set": len(register),
        "article_sets_of_unamended_laws": sets,
        "unamended_articles_compared": compared,
        "ratio_98": round(alike / compared, 4),
        "words_missing_in_the_file_itself": source_lacks,
        "below_98": short,
    }


def header_field(documents: dict[str, Document], index: list[dict[str, Any]], key: str) -> dict[str, Any]:
    """Share of the files whose field equals the register's own, and the files where it does not."""
    right, wrong = 0, []
    for row in index:
        given = row.get(key)
        if not given or given == "Không số" or row["file"] not in documents:
            continue
        found = str(getattr(documents[row["file"]], key) or "")
        same = normalise_number(found) == normalise_number(given) if key == "number" else found == given
        right += same
        if not same:
            wrong.append(f"{row['file']}: {found or '–'} / {given}")
    return {"right": round(right / max(right + len(wrong), 1), 4), "wrong": wrong}


def words(text: str) -> list[str]:
    return re.findall(r"\w+", for_matching(text))


def full_words(entry: Entry) -> list[str]:
    return words(f"{entry.heading} {entry.text}")


def likeness(one: Entry, other: Entry) -> float:
    a, b = full_words(one), full_words(other)
    return 1.0 if a == b else difflib.SequenceMatcher(None, a, b, autojunk=False).ratio()


def held_in_full(register: Entry, parsed: Entry) -> bool:
    """The register shortens some articles: one that is much shorter than the file's and breaks off is left out."""
    return len(full_words(register)) >= 0.9 * len(full_words(parsed)) or register.text.rstrip()[-1:] in ".;”"


def lacks(whole: str, register: Entry, parsed: Entry) -> bool:
    """The file itself does not hold words that the register has: no reader could find them."""
    a, b = full_words(register), full_words(parsed)
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
    for tag, start, end, _, _ in matcher.get_opcodes():
        if tag in ("delete", "replace") and end - start >= 4 and " ".join(a[start : start + 6]) not in whole:
            return True
    return False


def gazette(data: Path) -> dict[str, Any]:
    """Header fields, numbering, and what is left of running heads and stamps, over the gazette PDFs."""
    wrong: dict[str, list[str]] = {"number": [], "doc_type": [], "issuing_body": [], "issued_on": []}
    gaps, left, unprinted = [], [], 0
    paths = sorted((data / "law/gazette").glob("*.pdf"))
    for path in paths:
        raw = read(path)
        document = parse(raw.text, source=path.name)
        expected = number_from_name(path.name)
        kind = next(name for slug, name in GAZETTE_TYPES.items() if path.name.startswith(slug))
        unprinted += any("lấy từ tên tệp" in warning.message for warning in document.warnings)
        if expected is None or normalise_number(document.number or "") != expected.normalised:
            wrong["number"].append(path.name)
        if document.doc_type != kind:
            wrong["doc_type"].append(path.name)
        if not document.issuing_body or (expected and expected.issuer and document.issuing_body != expected.issuer):
            wrong["issuing_body"].append(f"{path.name}: {document.issuing_body}")
        if document.issued_on is None or not printed_date(document, raw):
            wrong["issued_on"].append(f"{path.name}: {document.issued_on}")
        if not is_complete(articles_of(document)):
            gaps.append(path.name)
        if any(FURNITURE.search(document.text[p.start : p.end]) for p in document.provisions):
            left.append(path.name)
    total = len(paths)
    return {
        "files": total,
        **{key: round(1 - len(names) / total, 4) for key, names in wrong.items()},
        "wrong": wrong,
        "number_from_file_name_only": unprinted,
        "numbering_complete": round(1 - len(gaps) / total, 4),
        "numbering_gaps": gaps,
        "running_head_or_stamp_left": left,
    }


def printed_date(document: Document, raw: Raw) -> bool:
    """The day stands in the file as a day of issue, signing or adoption."""
    day = document.issued_on
    return bool(day and re.search(rf"ngày\s+0?{day.day}\s+tháng\s+0?{day.month}\s+năm\s+{day.year}", raw.text))


def long_gazette(data: Path) -> dict[str, Any]:
    """Seconds and memory for 300 pages of gazette in one PDF, read and parsed."""
    merged = pypdfium2.PdfDocument.new()
    for path in sorted((data / "law/gazette").glob("thong-tu-*.pdf")):
        if len(merged) < 300:
            merged.import_pages(pypdfium2.PdfDocument(path))
    pages = len(merged)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "300.pdf"
        merged.save(target)
        merged.close()
        started = time.process_time()
        parse(read(target).text)
        seconds = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"long_pdf_pages": pages, "long_pdf_seconds": round(seconds, 1), "peak_mb_of_the_whole_run": round(peak)}


def robustness(laws: dict[str, Raw], rounds: int = 300) -> dict[str, Any]:
    """Seeded mutations of real texts: exceptions, text lost, and the slowest of them."""
    random.seed(7)
    texts = [raw.text for raw in laws.values()]
    marks = ["“", "”", '"', "\nĐiều 3. ", "\n1. ", "\na) ", "\nChương II\n", "\nPHỤ LỤC\n", "\n", " ", "\u00ad"]
    failures, lost, slowest = 0, 0, 0.0
    for _ in range(rounds):
        text = random.choice(texts)
        start = random.randrange(max(1, len(text) - 30_000))
        piece = list(text[start : start + 30_000])
        for _ in range(random.randrange(30)):
            place = random.randrange(len(piece))
            piece[place : place + random.randrange(4)] = random.choice(marks)
        mutated = "".join(piece)
        begun = time.process_time()
        try:
            document = parse(mutated)
        except (TrolyError, ArithmeticError, LookupError, TypeError, ValueError, AssertionError):
            failures += 1
            continue
        slowest = max(slowest, time.process_time() - begun)
        kept = re.sub(r"[\s\u00ad]", "", document.text) == re.sub(r"[\s\u00ad]", "", mutated)
        inside = all(line in document.text[p.start : p.end] for p in document.provisions for line in p.text.split("\n"))
        lost += not (kept and inside)
    return {"rounds": rounds, "exceptions": failures, "texts_with_loss": lost, "slowest_seconds": round(slowest, 3)}


def show(result: dict[str, Any]) -> None:
    laws, papers = result["laws"], result["gazette"]
    compared = laws["unamended_articles_compared"]
    print(f"laws: numbering {laws['numbering_complete']} of all files,", end=" ")
    print(f"{laws['numbering_complete_of_whole_files']} of files that hold every article;", end=" ")
    print("lacking in the file itself:", laws["files_that_lack_the_articles_themselves"])
    print(f"      ratio ≥ .98 {laws['ratio_98']} of {compared} articles")
    print("      sets:", laws["article_sets_of_unamended_laws"])
    print("      header:", {key: value["right"] for key, value in laws["header"].items()})
    shares = ("number", "doc_type", "issuing_body", "issued_on", "numbering_complete")
    print("gazette:", {key: papers[key] for key in shares})
    print("      gaps:", papers["numbering_gaps"], "left:", papers["running_head_or_stamp_left"])
    print("speed:", result["speed"])
    print("robustness:", result["robustness"])


if __name__ == "__main__":
    raise SystemExit(main())
