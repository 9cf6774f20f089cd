"""Redraw the sentences whose citations were judged by reading, and print what the checks found.

    python eval/citations_check/check.py [DATA] [--sample NAME] [--show]

A sample holds some 200 sentences of the codified texts, the laws and the gazette, drawn with a fixed seed, so many
of each shape. ``verdict`` is what a reader found on the day of the draw, before anything was corrected by it;
``after`` is the verdict since. Only the place of a sentence is kept here, never its words. A reading that changed and
was not judged again counts as unchecked; --show prints every sentence with its citations, for a reader to judge.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from assistant.ingest.read import read  # noqa: E402
from assistant.language.normalise import fold  # noqa: E402
from assistant.law.citation import Reference, find_citations, render  # noqa: E402

SEEDS = {"first": 20261128, "second": 20261129}
_UNIT = r"(?:[Đđ]iều|[Kk]hoản|[Đđ]iểm)"
SHAPES = {
    "list": rf"{_UNIT} \w{{1,4}}(?:, (?:{_UNIT} )?\w{{1,4}})+ (?:và|hoặc) ",
    "range": r"\btừ (?:Điều|khoản|điểm|Chương|Mục) \w+ đến",
    "amending": rf"^(?:\w{{1,3}}[.)] ?)?(?:Sửa đổi|Bổ sung|Bãi bỏ|Thay(?! đổi)).*{_UNIT} \w{{1,4}}\b",
    "quoted": rf"như sau:\n[“\"].*{_UNIT} (?:\d|\w\b|này)",
    "attached": r"\b(?:Quy chế|Quy định|Điều lệ|Quy trình|Danh mục|Chương trình)(?: này\b| .{0,120}kèm theo)",
    "name": r"\b(?:Luật|Bộ luật|Pháp lệnh) [A-ZĐ](?:(?! số ).){10,}$",
    "form": r"(?:Phụ lục|[Mm]ẫu số|[Bb]iểu (?:mẫu )?số|[Mm]ẫu [A-Z0-9])",
    "descending": r"Điều \d+\w?,? (?:các )?[Kk]hoản \d+\w?(?!\w|,? (?:Điều|khoản|và|đến|hoặc)|,)",
    "capital": r"[a-zà-ỹ,;] (?:Khoản|Điểm) \w{1,3}\b",
    "typed": rf"{_UNIT} \w{{1,3}}\b.*\b(?:Luật|Nghị định|Thông tư|Bộ luật|Quyết định)",
    "party": r"\d+-(?:NQ|KL|CT|QĐ|QĐi|QC|HD|TB|QyĐ)/\w+|của (?:Đảng|Ban Chấp hành Trung ương|Bộ Chính trị)",
    "documents": r"số \d+/\d{4}/.*(?:và|,|;) .*số \d+/\d{4}/",
    "this": r"\b(?:Điều|khoản|điểm|Chương|Mục|Luật|Nghị định|Thông tư|Quyết định|Nghị quyết) này",
}
DRAWN = dict.fromkeys(SHAPES, 17) | {"party": 15, "this": 15, "descending": 3}
_SENTENCE = re.compile(r"\n|(?<=[.;])\s+(?=[A-ZĐÀ-Ỹ])")


class Sentence(NamedTuple):
    """Một câu đã rút: the file or article it stands in, and where."""

    source: str
    start: int
    text: str


def texts(data: Path) -> Iterator[tuple[str, str]]:
    for path in [*sorted(data.glob("law/docx/*.docx")), *sorted(data.glob("law/gazette/*.pdf"))]:
        yield path.name, read(path).text
    with gzip.open(data / "law" / "codified.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            yield f"{row['number']}|{row['codified_id']}", row["text"]


def sentences(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for found in _SENTENCE.finditer(text):
        yield at, text[at : found.start()]
        at = found.end()
    yield at, text[at:]


def draw(data: Path, sample: str) -> dict[str, list[Sentence]]:
    """So many of each shape: half of the laws and the gazette, half of the codified texts, one a source."""
    patterns = {shape: re.compile(pattern) for shape, pattern in SHAPES.items()}
    found: dict[str, dict[str, list[Sentence]]] = {shape: {} for shape in SHAPES}
    for source, text in texts(data):
        for start, words in sentences(text):
            lead = words.endswith("như sau:")
            for shape, pattern in patterns.items():
                passage = words if shape != "quoted" else text[start : start + 700] if lead else ""
                if 30 < len(passage) < 900 and pattern.search(passage):
                    found[shape].setdefault(source, []).append(Sentence(source, start, passage))
    drawn: dict[str, list[Sentence]] = {}
    for shape, by_source in found.items():
        chance = random.Random(f"{SEEDS[sample]} {shape}")
        files = sorted(source for source in by_source if "|" not in source)
        articles = sorted(source for source in by_source if "|" in source)
        half = chance.sample(files, min(len(files), DRAWN[shape] // 2))
        rest = chance.sample(articles, min(len(articles), DRAWN[shape] - len(half)))
        more = sorted(set(files) - set(half))  # a shape that the codified texts hardly have
        rest += chance.sample(more, min(len(more), DRAWN[shape] - len(half) - len(rest)))
        drawn[shape] = [_as_shape(shape, chance.choice(by_source[source])) for source in [*half, *rest]]
    return drawn


def _as_shape(shape: str, sentence: Sentence) -> Sentence:
    return sentence._replace(text=fold(sentence.text)) if shape == "typed" else sentence


def shown(reference: Reference) -> str:
    marks = [reference.operation, reference.role, reference.scope, "quoted" if reference.quoted else None]
    return f"{render(reference)} [{'/'.join(filter(None, marks))}]"


def digest(leaves: list[str]) -> str:
    return hashlib.sha256("\n".join(leaves).encode()).hexdigest()[:12]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=ROOT.parent / "shared" / "data")
    parser.add_argument("--sample", choices=SEEDS, default="first")
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    path = Path(__file__).with_name(f"verdicts_{given.sample}.jsonl")
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines()) if path.exists() else iter(())
    judged = {(row["source"], row["start"], row["shape"]): row for row in rows}
    first: Counter[str] = Counter()
    now: Counter[str] = Counter()
    for shape, drawn in draw(given.data, given.sample).items():
        for sentence in drawn:
            leaves = [shown(reference) for reference in find_citations(sentence.text)]
            row = judged.get((sentence.source, sentence.start, shape), {})
            first[row.get("verdict", "unchecked")] += 1
            verdict = {row.get("after_digest"): row.get("after"), row.get("digest"): row.get("verdict")}
            after = verdict.get(digest(leaves)) or "unchecked"
            now[after] += 1
            if given.show:
                print(
                    f"\n## {shape} {sentence.source} @{sentence.start} {digest(leaves)} {after} {row.get('remark', '')}"
                )
                print(sentence.text, " | ".join(leaves), sep="\n   ")
    print("lần đọc đầu:", dict(first))
    print("hiện nay:", dict(now))
    return 0


if __name__ == "__main__":
    sys.exit(main())
