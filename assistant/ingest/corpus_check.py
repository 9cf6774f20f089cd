"""``troly corpus check``: everything that ships is well-formed, dated, sourced and cites what the catalogue knows."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

import yaml

from assistant.errors import TrolyError
from assistant.ingest import corpus, corpus_rules, fetch, guides, procedures
from assistant.ingest.corpus_report import CorpusReport, Coverage, Problem
from assistant.law.catalogue import Catalogue
from assistant.law.guide import Guide
from assistant.law.procedure import Procedure

_Record = TypeVar("_Record")
_TEXTS = ("*.yaml", "*.md", "*.jsonl")
_PROCEDURE_CODE = re.compile(r"\d\.\d{6}(?:\.\d{2})?")


def check_corpus(folder: Path) -> CorpusReport:
    """Reads the whole folder; a bad file is a problem of the report, never an exception."""
    problems: list[Problem] = []
    held = list(_read(sorted((folder / "procedures").glob("*.yaml")), procedures.read_yaml, problems))
    written = list(_read(sorted((folder / "guides").glob("*.md")), guides.read_guide, problems))
    catalogue = _catalogue(folder, problems)
    problems += _not_nfc(folder)
    for path, procedure in held:
        problems += [Problem(path.name, message) for message in corpus_rules.of_procedure(procedure, path.stem)]
    for path, guide in written:
        problems += [Problem(path.name, message) for message in corpus_rules.of_guide(guide)]
    problems += _duplicates(held)
    problems += _questions(folder, [*(code.code for _, code in held), *(guide.id for _, guide in written)])
    problems += _citations(held, written, catalogue, folder)
    problems += [Problem("catalogue.jsonl", message) for message in corpus_rules.of_catalogue(catalogue.rows())]
    problems += _tables(folder)
    return CorpusReport(tuple(problems), _coverage(held, written, catalogue))


def _read(
    paths: list[Path], read: Callable[[Path], _Record], problems: list[Problem]
) -> Iterator[tuple[Path, _Record]]:
    for path in paths:
        try:
            yield path, read(path)
        except TrolyError as error:
            problems.append(Problem(path.name, error.message))


def _catalogue(folder: Path, problems: list[Problem]) -> Catalogue:
    try:
        return corpus.load_catalogue(folder)
    except (TrolyError, KeyError, TypeError, ValueError) as error:
        problems.append(Problem("catalogue.jsonl", f"không đọc được ({error})"))
        return Catalogue()


def _not_nfc(folder: Path) -> Iterator[Problem]:
    for pattern in _TEXTS:
        for path in sorted(folder.rglob(pattern)):
            if not unicodedata.is_normalized("NFC", path.read_text(encoding="utf-8")):
                yield Problem(path.name, "chưa ở dạng Unicode dựng sẵn (NFC); lưu lại bằng NFC")


def _duplicates(held: list[tuple[Path, Procedure]]) -> Iterator[Problem]:
    """One name, alias or code leads to one procedure."""
    owners: dict[str, list[str]] = defaultdict(list)
    for path, procedure in held:
        for name in {corpus_rules.key_of(name) for name in (procedure.code, procedure.name, *procedure.aliases)}:
            owners[name].append(path.name)
    for name, files in owners.items():
        if len(files) > 1:
            yield Problem(files[-1], f"tên “{name}” đã dùng ở {files[0]}; mỗi tên chỉ dẫn tới một thủ tục")


def _questions(folder: Path, shipped: list[str]) -> Iterator[Problem]:
    """Sample questions lead to guides that there are; where there are any, every shipped record has one."""
    asked: set[str] = set()
    try:
        for path in (folder / "questions").glob("*.jsonl"):
            if path.name != corpus.LACKING:
                asked.update(name for _, names in corpus.asked_in(path) for name in names)
    except TrolyError as error:
        yield Problem("questions", error.message)
    led = {name.rpartition(":")[2] for name in asked if name.startswith(corpus.SHIPPED)}
    for name in sorted(led.difference(shipped)):
        if not _PROCEDURE_CODE.fullmatch(name):  # a crawled procedure may have questions too
            yield Problem("questions", f"câu hỏi mẫu dẫn tới “{name}”, không có bài hướng dẫn nào như vậy")
    for name in sorted(set(shipped).difference(led) if asked else ()):
        yield Problem("questions", f"{name} chưa có câu hỏi mẫu; thêm vài câu người dân hay hỏi rồi corpus vectors")


def _citations(
    held: list[tuple[Path, Procedure]], written: list[tuple[Path, Guide]], catalogue: Catalogue, folder: Path
) -> Iterator[Problem]:
    cited = [(path.name, item) for path, procedure in held for item in corpus_rules.cited_by_procedure(procedure)]
    cited += [(path.name, item) for path, guide in written for item in corpus_rules.cited_by_guide(guide)]
    on = catalogue.as_of or date.today()
    explained = _explained(folder)
    for file, item in cited:
        row = catalogue.get(item.number)
        if row is None and item.number not in explained and not _PROCEDURE_CODE.fullmatch(item.number):
            yield Problem(
                file, f"{item.number} không có trong danh mục; thêm vào danh mục hoặc giải thích ở explained.yaml"
            )
        if message := corpus_rules.wrong_locator(item, row):
            yield Problem(file, message)
        if message := corpus_rules.expired_basis(item, catalogue.state_on(item.number, on)):
            yield Problem(file, message)


def _explained(folder: Path) -> dict[str, str]:
    """Numbers cited that are no row of the catalogue, with the reason why."""
    path = folder / "explained.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else None
    return {str(number): str(reason) for number, reason in (data or {}).items()}


def _tables(folder: Path) -> Iterator[Problem]:
    checks: tuple[tuple[str, Callable[[], Iterator[str]]], ...] = (
        ("holidays.yaml", lambda: corpus_rules.of_holidays(corpus.load_holidays(folder))),
        ("places.yaml", lambda: corpus_rules.of_places(corpus.load_places(folder))),
        ("bodies.yaml", lambda: corpus_rules.of_bodies(corpus.load_bodies(folder))),
        (
            "transitional.yaml",
            lambda: (f"thiếu nguồn: {t.reason}" for t in corpus.load_transitions(folder) if not t.source),
        ),
        ("manifest.yaml", lambda: (f"lặp tệp {name}" for name in _repeated(folder))),
    )
    for file, check in checks:
        try:
            for message in check():
                yield Problem(file, message)
        except (TrolyError, KeyError, TypeError, ValueError) as error:
            yield Problem(file, f"không đọc được ({error})")


def _repeated(folder: Path) -> list[str]:
    counts = Counter(item.file for item in fetch.read_manifest(folder / "manifest.yaml").items)
    return [name for name, n in counts.items() if n > 1]


def _coverage(held: list[tuple[Path, Procedure]], written: list[tuple[Path, Guide]], catalogue: Catalogue) -> Coverage:
    documents: dict[str, Counter[str]] = defaultdict(Counter)
    for row in catalogue.rows():
        documents[row.doc_type][row.status] += 1
    return Coverage(
        procedures=Counter(procedure.field for _, procedure in held),
        guides=Counter(guide.field for _, guide in written),
        documents=documents,
    )
