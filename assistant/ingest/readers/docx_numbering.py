"""List labels of Word: “1.”, “a)”, “Điều 5.” that are counted by the program and stand in no run."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str
    start: int
    restart: int | None  # the level whose step sets this one back; None: any level above
    legal: bool  # all numbers in Arabic digits


@dataclass
class Numbering:
    """Counters of every list of one document."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)  # by abstract list
    lists: dict[str, str] = field(default_factory=dict)  # list → abstract list
    overrides: dict[tuple[str, int], _Level] = field(default_factory=dict)
    starts: dict[tuple[str, int], int] = field(default_factory=dict)  # list restarted at a number
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)  # paragraph style → list, level
    counters: dict[str, list[int]] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def read(cls, numbering: etree._Element | None, styles: etree._Element | None) -> Numbering:
        found = cls()
        if numbering is not None:
            found._read_lists(numbering)
        if styles is not None:
            found._read_styles(styles)
        return found

    def label(self, paragraph: etree._Element) -> str:
        """The label Word draws before this paragraph, "" if none; steps the counters."""
        place = self._place(paragraph)
        if place is None:
            return ""
        list_id, depth = place
        abstract = self.lists.get(list_id, "")
        level = self._level(list_id, abstract, depth)
        if level is None or level.format == "none":
            return ""
        counters = self.counters.setdefault(abstract, [])
        self._step(list_id, abstract, depth, counters)
        if level.format == "bullet":
            return "-"
        return self._drawn(level, list_id, abstract, counters)

    def _step(self, list_id: str, abstract: str, depth: int, counters: list[int]) -> None:
        while len(counters) <= depth:
            level = self._level(list_id, abstract, len(counters))
            counters.append((level.start if level else 1) - 1)
        restart_key = (list_id, depth)
        if restart_key in self.starts and restart_key not in self.started:
            counters[depth] = self.starts[restart_key] - 1
        self.started.add(restart_key)
        counters[depth] += 1
        for below in range(depth + 1, len(counters)):
            level = self._level(list_id, abstract, below)
            if level and (level.restart is None or depth < level.restart):
                counters[below] = level.start - 1

    def _drawn(self, level: _Level, list_id: str, abstract: str, counters: list[int]) -> str:
        text = level.text
        for index in range(9):
            sign = f"%{index + 1}"
            if sign in text:
                other = self._level(list_id, abstract, index)
                value = counters[index] if index < len(counters) else 1
                kind = "decimal" if level.legal or other is None else other.format
                text = text.replace(sign, _number(max(value, other.start if other else 1), kind))
        return text.strip()

    def _level(self, list_id: str, abstract: str, depth: int) -> _Level | None:
        return self.overrides.get((list_id, depth)) or self.levels.get(abstract, {}).get(depth)

    def _place(self, paragraph: etree._Element) -> tuple[str, int] | None:
        properties = paragraph.find(W + "pPr")
        if properties is None:
            return None
        style = properties.find(W + "pStyle")
        inherited = self.styles.get(str(style.get(W + "val"))) if style is not None else None
        direct = properties.find(W + "numPr")
        if direct is None:
            return inherited if inherited and inherited[0] != "0" else None
        list_id = _value(direct, "numId", inherited[0] if inherited else "0")
        depth = _integer(_value(direct, "ilvl", str(inherited[1]) if inherited else "0"))
        return None if list_id == "0" else (list_id, min(depth, 8))

    def _read_lists(self, root: etree._Element) -> None:
        linked: dict[str, str] = {}
        by_style: dict[str, str] = {}
        for abstract in root.iter(W + "abstractNum"):
            key = str(abstract.get(W + "abstractNumId"))
            self.levels[key] = {
                _integer(level.get(W + "ilvl")): _read_level(level) for level in abstract.findall(W + "lvl")
            }
            if (style := _value(abstract, "numStyleLink", "")) != "":
                linked[key] = style
            if (style := _value(abstract, "styleLink", "")) != "":
                by_style[style] = key
        for instance in root.iter(W + "num"):
            key, abstract_key = str(instance.get(W + "numId")), _value(instance, "abstractNumId", "")
            self.lists[key] = by_style.get(linked.get(abstract_key, ""), abstract_key)
            for override in instance.findall(W + "lvlOverride"):
                depth = _integer(override.get(W + "ilvl"))
                level = override.find(W + "lvl")
                if level is not None:
                    self.overrides[key, depth] = _read_level(level)
                if (start := _value(override, "startOverride", "")) != "":
                    self.starts[key, depth] = _integer(start)

    def _read_styles(self, root: etree._Element) -> None:
        own: dict[str, tuple[str, str]] = {}
        parents: dict[str, str] = {}
        for style in root.iter(W + "style"):
            name = str(style.get(W + "styleId"))
            parents[name] = _value(style, "basedOn", "")
            number = style.find(f"{W}pPr/{W}numPr")
            if number is not None:
                own[name] = (_value(number, "numId", ""), _value(number, "ilvl", ""))
        for name in parents:
            list_id, depth, current, seen = "", "", name, set[str]()
            while current and current not in seen:
                seen.add(current)
                found = own.get(current, ("", ""))
                list_id, depth = list_id or found[0], depth or found[1]
                current = parents.get(current, "")
            if list_id:
                self.styles[name] = (list_id, _integer(depth or "0"))


def _read_level(level: etree._Element) -> _Level:
    restart = _value(level, "lvlRestart", "")
    return _Level(
        format=_value(level, "numFmt", "decimal"),
        text=_value(level, "lvlText", ""),
        start=_integer(_value(level, "start", "1")),
        restart=_integer(restart) if restart else None,
        legal=level.find(W + "isLgl") is not None,
    )


def _value(element: etree._Element, name: str, default: str) -> str:
    child = element.find(W + name)
    return default if child is None else str(child.get(W + "val", default))


def _integer(text: str | None) -> int:
    """A small number; 0 for what is none, so that a broken list never stops a document."""
    try:
        return max(0, min(int(text or 0), 100_000))
    except ValueError:
        return 0


_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


def _number(value: int, kind: str) -> str:
    if kind in ("lowerLetter", "upperLetter") and value:
        letter = chr(ord("a") + (value - 1) % 26) * min((value - 1) // 26 + 1, 10)
        return letter if kind == "lowerLetter" else letter.upper()
    if kind in ("lowerRoman", "upperRoman") and 0 < value < 5_000:
        return roman(value) if kind == "upperRoman" else roman(value).lower()
    return f"{value:02d}" if kind == "decimalZero" else str(value)


def roman(value: int) -> str:
    """14 → XIV."""
    drawn = ""
    for size, sign in _ROMAN:
        count, value = divmod(value, size)
        drawn += sign * count
    return drawn
