"""Which numbered lines of a text are its provisions: numbers that count upwards, without references and quotations."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from assistant.ingest.structure_chain import close_together, counting_up, follows, letter_key, number_key
from assistant.ingest.structure_lines import Head, Line
from assistant.law.document import ProvisionKind

GROUPS = (ProvisionKind.PART, ProvisionKind.CHAPTER, ProvisionKind.SECTION, ProvisionKind.SUBSECTION)
# A line that breaks off in mid-sentence: what heads the next one is a reference.
_RUNS_ON = re.compile(r"(?:\b(?:và|hoặc|các)|,)\s*$")
# The same, more surely: clauses and points may well end with “và” or a comma.
_BREAKS_OFF = re.compile(r"\b(?:tại|của|theo|đến|với|từ|khoản \d{1,3}[a-zđ]?|điểm [a-zđ]|Điều \d{1,4})\s*$")
# “Sửa đổi, bổ sung Điều 5 như sau:” – the Điều below is quoted, even without its marks.
_AMENDS = re.compile(r"(?:[Ss]ửa đổi|[Bb]ổ sung|[Tt]hay thế).{0,400}như sau\s*:\s*$")

# A line that is a sentence, not a cell of a table.
_SENTENCE = re.compile(r".{40}[.:;]\s*$")


def find_articles(
    lines: Sequence[Line], marks: Sequence[Head | None], first: int, last: int
) -> tuple[dict[int, Head], list[int]]:
    """(line → head of the articles, lines of heads that do not count upwards and stay text)."""
    found: list[tuple[int, Head]] = []
    before = 0
    for index in range(first, last):
        head = marks[index]
        if head is None or head.kind is not ProvisionKind.ARTICLE:
            continue
        number = number_key(head.label)[0]
        if not head.firm and number not in (before + 1, before + 2):
            continue
        above = lines[index - 1].text if index > first else ""
        runs_on = _BREAKS_OFF.search(above[-40:]) or (not head.style and _RUNS_ON.search(above[-40:]))
        broken = bool(runs_on) and number != before + 1
        amended = f"Điều {head.label}" in above and bool(_AMENDS.search(above[-600:]))
        if broken or amended:
            continue
        found.append((index, head))
        before = number
    run = counting_up([number_key(head.label) for _, head in found])
    dropped = sorted(set(range(len(found))) - set(run))
    return {found[place][0]: found[place][1] for place in run}, [found[place][0] for place in dropped]


def find_lost(lines: Sequence[Line], quoted: bytearray, articles: Mapping[int, Head]) -> dict[int, Head]:
    """(line → head) of articles whose own heading line the file has lost.

    Some portals' exports write an article's first paragraph twice in place of “Điều 35. …”. Only where exactly one
    number is missing, and exactly one paragraph there stands twice, is that paragraph taken for the article's.
    """
    lost: dict[int, Head] = {}
    for (before, head), (after, following) in pairwise(sorted(articles.items())):
        missing = number_key(head.label)[0] + 1
        if number_key(following.label) != (missing + 1, 0):
            continue
        twice = [
            index
            for index in range(before + 1, after - 1)
            if lines[index].text == lines[index + 1].text and _SENTENCE.search(lines[index].text) and not quoted[index]
        ]
        if len(twice) == 1:
            lost[twice[0]] = Head(ProvisionKind.ARTICLE, str(missing), 0)
    return lost


def find_groups(marks: Sequence[Head | None], first: int, last: int, articles: Collection[int]) -> set[int]:
    """Lines of parts, chapters, sections: those that an article or another of them follows at once."""
    groups: set[int] = set()
    next_top = last + 100
    for index in range(last - 1, first - 1, -1):
        head = marks[index]
        if index in articles:
            next_top = index
        elif head is not None and head.kind in GROUPS and next_top - index <= 8:
            groups.add(index)
            next_top = index
    return groups


def find_numbered(
    lines: Sequence[Line], marks: Sequence[Head | None], first: int, last: int, kind: ProvisionKind
) -> list[int]:
    """Lines that begin a clause (or point) here: one sign behind the number, counting up from the first."""
    key = number_key if kind is ProvisionKind.CLAUSE else letter_key
    by_style: dict[str, list[tuple[int, str]]] = {}
    for index in range(first, last):
        head = marks[index]
        if head is None or head.kind is not kind:
            continue
        found = by_style.setdefault(head.style, [])
        broken = index > first and _BREAKS_OFF.search(lines[index - 1].text[-40:])
        if not broken or (found and follows(key(found[-1][1]), key(head.label))):
            found.append((index, head.label))
    by_style = {style: found for style, found in by_style.items() if found}
    usual = "." if kind is ProvisionKind.CLAUSE else ")"
    for style in sorted(by_style, key=lambda style: (style != usual, by_style[style][0])):
        found = by_style[style]
        keys = [key(label) for _, label in found]
        run = close_together(keys, counting_up(keys), 9)
        begins = keys[run[0]][0]
        from_one = begins == 1 and (style == usual or len(run) > 1)
        # Consolidated texts leave out repealed clauses, the first among them.
        later = style == usual and kind is ProvisionKind.CLAUSE and (begins <= 2 or len(run) > 2)
        if from_one or later:
            return [found[place][0] for place in run]
    return []
