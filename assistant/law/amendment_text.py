"""Units of text: an amending article as nested instructions, and quoted new wording as provisions."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple

from assistant.law.citation_cues import new_texts
from assistant.law.document import LEVELS, Locator, Provision
from assistant.law.fold import FoldedText

# Heads of units at the beginning of a line: “Điều 5. …”, “2. …”, “a1) …”; an inserted point also after “; ”.
_HEAD = re.compile(
    r"(?:^|(?<=\n)|(?<=; )(?=[a-z]\d\)))[ \t\"]*"
    r"(?:dieu[ \t]+(?P<dieu>\d{1,3}[a-z]{0,2})[.:]?(?=\s|$)|(?P<khoan>\d{1,3}[a-z]?)\.(?!\d)"
    r"|(?P<diem>(?:dd|[a-z])\d?)\))[ \t]*"
)
_DEPTH = {"dieu": 0, "khoan": 1, "diem": 2}
_MAX_HEADING = 200  # longer, or a sentence: the article's text follows its number directly


class Unit(NamedTuple):
    """Một đơn vị của điều sửa đổi: ``depth`` 0 điều, 1 khoản, 2 điểm."""

    depth: int
    text: str
    place: Locator
    heading: str = ""  # names the amended document for all that follows


def units_of(amending: str | Sequence[Provision]) -> list[Unit]:
    """The instructions of an amending text, in order; quoted wording stays inside the unit that quotes it."""
    if not isinstance(amending, str):
        return [unit for provision in amending if (unit := _of_provision(provision)) is not None]
    folded = FoldedText.of(amending)
    quotes = [(quote.start, quote.end) for quote in new_texts(folded)]
    heads = [found for found in _HEAD.finditer(folded.plain) if not _inside(quotes, found.end())]
    if not heads or folded.text[: heads[0].start()].strip():
        units = [Unit(0, folded.text[: heads[0].start() if heads else None], Locator())]
    else:
        units = []
    steps: dict[str, str] = {}
    for found, following in zip_longest(heads, heads[1:]):
        level = str(found.lastgroup)
        steps = {name: label for name, label in steps.items() if _DEPTH[name] < _DEPTH[level]}
        steps[level] = _label(folded, found)
        end = following.start() if following else len(folded.text)
        place = Locator.of(steps.get("dieu"), steps.get("khoan"), steps.get("diem"))
        text = folded.text[found.end() : end]
        first, _, rest = text.partition("\n")
        heading = first if level == "dieu" and rest.strip() and not first.rstrip().endswith(":") else ""
        units.append(Unit(_DEPTH[level], text, place, heading))
    return units


def _of_provision(provision: Provision) -> Unit | None:
    level = provision.locator.steps[-1][0] if provision.locator.steps else ""
    if level not in _DEPTH:
        return None
    text = "\n".join(filter(None, (provision.heading, provision.text)))
    return Unit(_DEPTH[level], text, provision.locator, provision.heading)


def _inside(spans: list[tuple[int, int]], at: int) -> bool:
    place = bisect_right(spans, (at, len(spans) and spans[-1][1] + 1)) - 1
    return place >= 0 and spans[place][0] <= at < spans[place][1]


def _label(folded: FoldedText, found: re.Match[str]) -> str:
    start, end = found.span(str(found.lastgroup))
    return folded.text[start:end].lower().replace("dd", "đ")


def provisions_of(wording: str, target: Locator) -> list[Provision]:
    """Quoted wording as the target and what is below it; [] when the wording is of other units.

    ``provisions_of("2. Nộp hồ sơ:\\na) trực tiếp;", khoản 2 Điều 5)`` → khoản 2, điểm a khoản 2.
    """
    folded = FoldedText.of(wording.strip().strip('“”"').strip())
    level, label = target.steps[-1] if target.steps else ("", "")
    heads = [found for found in _HEAD.finditer(folded.plain) if _DEPTH[str(found.lastgroup)] >= _DEPTH.get(level, 0)]
    own = next((n for n, h in enumerate(heads) if h.lastgroup == level and _label(folded, h) == label), None)
    if own is None:
        other = any(head.lastgroup == level for head in heads)
        return [] if other or level not in _DEPTH else _unlabelled(folded, heads, target)
    last = next((n for n in range(own + 1, len(heads)) if _DEPTH[str(heads[n].lastgroup)] <= _DEPTH[level]), len(heads))
    until = heads[last].start() if last < len(heads) else len(folded.text)
    ends = [head.start() for head in heads[own + 1 : last]] + [until]
    return _built(folded, heads[own:last], ends, target)


def _unlabelled(folded: FoldedText, heads: list[re.Match[str]], target: Locator) -> list[Provision]:
    """New wording without its own number: all of it is the target."""
    first = heads[0].start() if heads else len(folded.text)
    ends = [head.start() for head in heads[1:]] + [len(folded.text)]
    return [_provision(target, "", folded.text[:first])] + (
        _built(folded, heads, ends, target, below=True) if heads else []
    )


def _built(
    folded: FoldedText, heads: list[re.Match[str]], ends: list[int], target: Locator, below: bool = False
) -> list[Provision]:
    base = dict(target.steps)
    built: list[Provision] = []
    current: dict[str, str] = dict(base) if below else {}
    for n, (head, end) in enumerate(zip(heads, ends, strict=True)):
        level = str(head.lastgroup)
        if n == 0 and not below:
            current, locator = dict(base), target
        else:
            current = {name: label for name, label in current.items() if _DEPTH.get(name, -1) < _DEPTH[level]}
            current[level] = _label(folded, head)
            locator = Locator(".".join(f"{name}-{label}" for name, label in current.items()))
        body = folded.text[head.end() : end].strip()
        heading, text = _split_heading(body) if level == "dieu" else ("", body)
        built.append(_provision(locator, heading, text))
    return built


def _split_heading(body: str) -> tuple[str, str]:
    first, _, rest = body.partition("\n")
    if len(first) > _MAX_HEADING or (not rest.strip() and first.rstrip().endswith((".", ";", ":"))):
        return "", body
    return first.strip(), rest.strip()


def _provision(locator: Locator, heading: str, text: str) -> Provision:
    level, label = locator.steps[-1]
    return Provision(locator, LEVELS[level][0], label, heading, text.strip().rstrip('”"').strip())


def tail_of(text: str) -> list[str]:
    """The paragraphs of a unit that stand behind its points: those after the one that ends with a colon."""
    paragraphs = text.split("\n")
    leads = [n for n, paragraph in enumerate(paragraphs) if paragraph.rstrip().endswith(":")]
    return paragraphs[leads[-1] + 1 :] if leads else []
