"""What ships with the product: entries of ``corpus/`` and its tables as values. Read on first use, kept per folder.

procedures/*.yaml  guides/*.md          → read_corpus → entries
questions/*.jsonl, names of records     → sample_questions → what people ask of them and of the law
catalogue.jsonl (+ transitional.yaml)   → load_catalogue
holidays.yaml  bodies.yaml  places.yaml → load_holidays, load_bodies, load_places
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import TrolyError, UnreadableFile
from assistant.index.values import Entry
from assistant.ingest import guides, procedures
from assistant.law.calendar import DayOff, Holidays, MakeUpDay, Undecided
from assistant.law.catalogue import Catalogue
from assistant.law.catalogue_rows import CatalogueRow, Transition
from assistant.law.places import Bodies, Body, MovedTask, OldUnit, Place, Places

OnError = Callable[[str, str], None]  # (file, reason)
SHIPPED = "corpus:"  # before the ids of shipped records: a crawled one of the same code lives beside
LACKING = "lacking.jsonl"  # questions that no record answers: each leads to a guide yet to be written
_PROCEDURE = re.compile(r"\d\.\d{6}")  # how the code of a procedure begins


def read_corpus(folder: Path, *, on_error: OnError | None = None) -> Iterator[Entry]:
    """Every procedure and guide of the folder. Without ``on_error`` the first bad file raises."""
    for path, to_entry in _files(folder):
        try:
            yield to_entry(path)
        except TrolyError as error:
            if on_error is None:
                raise
            on_error(path.name, error.message)


def _files(folder: Path) -> Iterator[tuple[Path, Callable[[Path], Entry]]]:
    if not folder.is_dir():
        raise UnreadableFile(f"Không có thư mục dữ liệu “{folder}”; đặt TROLY_CORPUS tới thư mục corpus của sản phẩm.")
    for path in sorted((folder / "procedures").glob("*.yaml")):
        yield path, _procedure
    for path in sorted((folder / "guides").glob("*.md")):
        yield path, _guide


def own_format(path: Path) -> Callable[[Path], Entry] | None:
    """What reads a file that is written as those of ``corpus/`` are: YAML, or Markdown that opens with front matter."""
    if path.suffix.lower() in (".yaml", ".yml"):
        return _procedure
    if path.suffix.lower() == ".md":
        with path.open("rb") as file:
            return _guide if file.read(4) == b"---\n" else None
    return None


def _procedure(path: Path) -> Entry:
    return procedures.to_entry(procedures.read_yaml(path), source="corpus")


def _guide(path: Path) -> Entry:
    return guides.to_entry(guides.read_guide(path), source="corpus")


def sample_questions(folder: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Questions with the ids of the entries that answer them, then all names of records: many ask by the name alone."""
    for path in sorted((folder / "questions").glob("*.jsonl")):
        yield from asked_in(path)
    for entry in read_corpus(folder, on_error=lambda *_: None):
        yield from ((name, (entry.id, SHIPPED + entry.id)) for name in (entry.title, *entry.aliases))


def asked_in(path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Those of one file. Raises UnreadableFile naming the line that is no question."""
    for number, line in enumerate(_text(path).splitlines(), start=1):
        try:
            row = json.loads(line)
            yield str(row["question"]), tuple(name for gold in row["gold"] for name in _entry_ids(gold))
        except (ValueError, KeyError, TypeError) as problem:
            reason = f"cần question và gold, danh sách “văn bản|điều”, mã thủ tục hay mã bài ({problem})"
            raise UnreadableFile(f"{path.name}, dòng {number}: {reason}.") from problem


def _entry_ids(gold: str) -> tuple[str, ...]:
    """Of an article, the code of a procedure (shipped and crawled), or the name of a guide."""
    document, bar, article = gold.rpartition("|")
    if bar:
        return (f"{document}#dieu-{article}",)
    name = f"tthc:{gold}" if _PROCEDURE.match(gold) else f"guide:{gold}"
    return name, SHIPPED + name


@lru_cache(maxsize=4)
def load_catalogue(folder: Path) -> Catalogue:
    """The catalogue with the transitional rules; its labels count from the day it was made."""
    made = re.search(r"^as_of: (\S+)", _text(folder / "catalogue_additions.yaml"), re.MULTILINE)
    return Catalogue(
        catalogue_rows(folder),
        transitions=load_transitions(folder),
        as_of=date.fromisoformat(made[1]) if made else None,
    )


def catalogue_rows(folder: Path) -> Iterator[CatalogueRow]:
    """Raises UnreadableFile naming the line that is not a row."""
    for number, line in enumerate(_text(folder / "catalogue.jsonl").splitlines(), start=1):
        try:
            yield CatalogueRow.of(json.loads(line))
        except (ValueError, KeyError, TypeError) as problem:
            reason = f"không phải một dòng danh mục ({problem}); chạy lại build_catalogue.py"
            raise UnreadableFile(f"catalogue.jsonl, dòng {number}: {reason}.") from problem


@lru_cache(maxsize=4)
def load_transitions(folder: Path) -> tuple[Transition, ...]:
    rows = _yaml(folder / "transitional.yaml")["transitions"]
    return tuple(Transition(tuple(row["issuers"]), row["until"], row["reason"], row["source"]) for row in rows)


@lru_cache(maxsize=4)
def load_holidays(folder: Path) -> Holidays:
    """Days off and make-up days; years with something undecided are in ``years`` and not in ``complete_years``."""
    data = _yaml(folder / "holidays.yaml")
    days = {row["day"]: DayOff(row["day"], row["name"], row["source"]) for row in data["days"]}
    undecided = tuple(Undecided(**row) for row in data["undecided"])
    return Holidays(
        days=days,
        make_up={row["day"]: MakeUpDay(row["day"], row["instead_of"], row["source"]) for row in data["make_up"]},
        undecided=undecided,
        years=tuple(sorted({day.year for day in days})),
        complete_years=tuple(data["complete_years"]),
        weekend=tuple(data["weekend"]),
    )


@lru_cache(maxsize=4)
def load_bodies(folder: Path) -> Bodies:
    data = _yaml(folder / "bodies.yaml")
    changed = tuple(
        Body(
            old=tuple(row["old"]),
            new=row["new"],
            change=row["change"],
            since=row["from"],
            level=row["level"],
            territory=row["territory"],
            note=row["note"],
            source=row["source"],
            confirmed=row["confirmed"],
        )
        for row in data["bodies"]
    )
    tasks = tuple(MovedTask(r["task"], r["old"], r["new"], r["from"], r["source"]) for r in data["tasks"])
    return Bodies(changed, tasks, tuple(name for group in data["current"] for name in group["names"]))


@lru_cache(maxsize=4)
def load_places(folder: Path) -> Places:
    data = _yaml(folder / "places.yaml")
    units = tuple(
        Place(row["code"], row["name"], row["kind"], tuple(_old_unit(old) for old in row["from"]))
        for row in data["units"]
    )
    return Places.of(units, data["province"]["name"], date.fromisoformat(str(data["since"])), data["source"])


def _old_unit(row: dict[str, Any]) -> OldUnit:
    earlier = tuple(row.get("earlier", ()))
    return OldUnit(row["ward"], row["district"], row["province"], bool(row.get("part")), earlier)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise UnreadableFile(
            f"Không đọc được {path} ({problem}); cần tệp của thư mục corpus, mã hóa UTF-8."
        ) from problem


def _yaml(path: Path) -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # five times as fast where libyaml is there
    try:
        data = yaml.load(_text(path), Loader=loader)
    except yaml.YAMLError as problem:
        raise UnreadableFile(f"{path.name} không đúng cú pháp YAML: {problem}") from problem
    if not isinstance(data, dict):
        raise UnreadableFile(f"{path.name}: cần các khóa ở cấp ngoài cùng, đang là {type(data).__name__}.")
    return data
