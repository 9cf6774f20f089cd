"""The word lists of the language checks, read once from rules/words.yaml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

_RULES = Path(__file__).parent / "rules"


@dataclass(frozen=True, slots=True)
class Words:
    """Danh mục từ ngữ của các phép kiểm tra ngôn ngữ."""

    abbreviations: frozenset[str]  # need no explanation
    vague: re.Pattern[str]
    advice: Mapping[str, str]  # vague phrase, lower case → what to write instead
    vague_references: re.Pattern[str]
    variants: Mapping[str, tuple[str, ...]]  # term of the law → other names of the same thing

    def vague_advice(self, phrase: str) -> str:
        key = " ".join(phrase.lower().split())
        return self.advice.get(key, "Quy định cụ thể nội dung, mức độ hoặc thời hạn.")


@lru_cache(maxsize=1)
def load_words() -> Words:
    """The lists; the longest phrase is tried first."""
    data = yaml.safe_load((_RULES / "words.yaml").read_text(encoding="utf-8"))
    advice = {phrase: group["advice"] for group in data["vague"] for phrase in group["phrases"]}
    return Words(
        abbreviations=frozenset(data["abbreviations"]),
        vague=_phrases(advice, data["vague_patterns"]),
        advice=advice,
        vague_references=_phrases(data["vague_references"], ()),
        variants={right: tuple(others) for right, others in data["variants"].items()},
    )


def _phrases(phrases: Mapping[str, str] | list[str], patterns: list[str] | tuple[()]) -> re.Pattern[str]:
    """One pattern of whole phrases, any spacing."""
    parts = [r"[ \t]+".join(map(re.escape, p.split())) for p in sorted(phrases, key=len, reverse=True)]
    return re.compile("|".join([rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", *patterns]), re.I)
