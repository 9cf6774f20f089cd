"""Build the diacritics model that ships with the product, and measure one.

    python eval/train_restorer.py build FOLDER… [--out assistant/language/data/restorer.npz]
    python eval/train_restorer.py measure FILE… [--model …] [--field question]

FOLDER holds public legal texts: .txt, or .jsonl(.gz) of which every string is read. Only counts of syllables are kept.
The project's own everyday sentences are added EVERYDAY_WEIGHT times, and its sample questions that were typed with
diacritics SAMPLE_WEIGHT times, so that spoken words stand a chance beside law.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from assistant.language.informal import expand
from assistant.language.normalise import clean, fold, has_diacritics, lower
from assistant.language.restore import DEFAULT_MODEL, Restorer
from assistant.language.syllable import is_syllable, place_tone

EVERYDAY = DEFAULT_MODEL.parent / "everyday.txt"
SAMPLES = Path(__file__).resolve().parent.parent / "corpus" / "questions"
EVERYDAY_WEIGHT = 40
SAMPLE_WEIGHT = 3
ACCENTED = 0.35  # of the words of a question typed with diacritics at least this share carries them
METADATA = frozenset(("source_note", "number", "url", "detail_url"))
_WORD = re.compile(r"[^\W\d_]+")


def texts(paths: Iterable[Path]) -> Iterator[str]:
    """Every text of the files, folders taken whole."""
    for path in paths:
        if path.is_dir():
            yield from texts(sorted(path.iterdir()))
        elif path.suffix == ".txt":
            yield path.read_text("utf-8")
        elif path.name.endswith((".jsonl", ".jsonl.gz")):
            with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
                for line in lines:
                    yield from strings(json.loads(line))


def strings(value: object) -> Iterator[str]:
    """Every string of a JSON value that is running text: not the keys, codes, addresses and notes of the register."""
    if isinstance(value, str):
        if " " in value:
            yield value
    elif isinstance(value, dict):
        yield from chain.from_iterable(strings(item) for name, item in value.items() if name not in METADATA)
    elif isinstance(value, list):
        yield from chain.from_iterable(map(strings, value))


def everyday() -> list[str]:
    return [line for line in EVERYDAY.read_text("utf-8").splitlines() if line and not line.startswith("#")]


def samples() -> Iterator[str]:
    """The sample questions that were typed with diacritics, their abbreviations written out."""
    for path in sorted(SAMPLES.glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for question in (json.loads(line)["question"] for line in lines):
                words = question.split()
                if sum(map(has_diacritics, words)) >= ACCENTED * len(words):
                    yield expand(question)


def build(folders: list[Path], out: Path) -> None:
    started = time.perf_counter()
    restorer = Restorer.train(chain(texts(folders), everyday() * EVERYDAY_WEIGHT, list(samples()) * SAMPLE_WEIGHT))
    restorer.save(out)
    model = restorer.model
    print(f"{out}: {out.stat().st_size / 1e6:.2f} MB, {len(model.words):,} âm tiết, {len(model.pairs):,} cặp, ")
    print(f"{len(model.triples):,} bộ ba, từ {model.singles.sum():,} lượt, {time.perf_counter() - started:.0f} giây")


def without_diacritics(text: str) -> str:
    return "".join(plain.upper() if sign.isupper() else plain for sign, plain in zip(text, fold(text), strict=True))


def accuracy(restorer: Restorer, written: Iterable[str]) -> tuple[int, int, float]:
    """Syllables read right, all syllables, and seconds, of texts stripped of their diacritics."""
    right = seen = 0
    seconds = 0.0
    for text in map(clean, written):
        stripped = without_diacritics(text)
        started = time.perf_counter()
        restored = restorer.restore(stripped)
        seconds += time.perf_counter() - started
        for word in _WORD.finditer(text):
            syllable = place_tone(lower(word.group()))
            if is_syllable(syllable):
                seen += 1
                right += place_tone(lower(restored[word.start() : word.end()])) == syllable
    return right, seen, seconds


def measure(files: list[Path], model: Path, field: str) -> None:
    restorer = Restorer.load(model)
    for path in files:
        with path.open(encoding="utf-8") as lines:
            right, seen, seconds = accuracy(restorer, (json.loads(line)[field] for line in lines))
        per_question = 12 * 1000 * seconds / seen
        print(f"{path.name}: {right / seen:.2%} của {seen:,} âm tiết, {per_question:.2f} ms cho 12 âm tiết")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=("build", "measure"))
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=DEFAULT_MODEL)
    parser.add_argument("--model", type=Path, default=DEFAULT_MODEL)
    parser.add_argument("--field", default="question")
    given = parser.parse_args()
    if given.action == "build":
        build(given.paths, given.out)
    else:
        measure(given.paths, given.model, given.field)


if __name__ == "__main__":
    main()
