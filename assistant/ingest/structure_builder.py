"""The tree of one file, put together region by region: parts, chapters, articles, clauses, points, appendices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.ingest.structure_chain import counting_up, roman_key
from assistant.ingest.structure_lines import Head, Line, roman_section
from assistant.ingest.structure_numbers import GROUPS, find_articles, find_groups, find_lost, find_numbered
from assistant.ingest.structure_regions import Region, attached_kind, issued_with
from assistant.law.document import Locator, ParseWarning, ProvisionKind

_RANK: dict[ProvisionKind, int] = {
    kind: rank for rank, kind in enumerate(ProvisionKind) if kind is not ProvisionKind.APPENDIX
}
_STEPS = {
    ProvisionKind.PART: "phan",
    ProvisionKind.CHAPTER: "chuong",
    ProvisionKind.SECTION: "muc",
    ProvisionKind.SUBSECTION: "tieu-muc",
    ProvisionKind.ARTICLE: "dieu",
    ProvisionKind.CLAUSE: "khoan",
    ProvisionKind.POINT: "diem",
}
# A name has no sign behind it; a sentence has, also inside quotation marks.
_ENDS_SENTENCE = re.compile(r"[.:;,][”\"]?\s*$|\bnày có hiệu lực\b")


@dataclass
class Node:
    """A provision being read."""

    kind: ProvisionKind
    label: str
    locator: str
    start: int
    rank: int
    heading: str = ""
    text: list[str] = field(default_factory=list)
    end: int = 0
    context: str = ""
    first_line: str = ""  # text that stood behind “Điều 5.”
    has_children: bool = False


class Builder:
    """Collects the nodes of all regions; spans of a tree are closed as its next branch begins."""

    def __init__(
        self, lines: Sequence[Line], marks: Sequence[Head | None], quoted: bytearray, warnings: list[ParseWarning]
    ) -> None:
        self.lines = lines
        self.marks = marks
        self.quoted = quoted
        self.warnings = warnings
        self.nodes: list[Node] = []
        self.open: list[Node] = []
        self.used: dict[str, int] = {}
        self.prefix = ""
        self.attachments = 0
        self.appendices = 0
        self.appendix = ""  # the step of the appendix met last, to which forms belong

    def offset(self, index: int, end: int) -> int:
        return self.lines[index].start if index < len(self.lines) else end

    def region(self, region: Region, end: int) -> None:
        if region.kind is ProvisionKind.APPENDIX:
            self._appendix(region)
        else:
            first = self._attachment(region) if region.kind is ProvisionKind.ATTACHMENT else region.first
            self._tree(first, region.closing)
            self._close(0, self.offset(region.closing, end))
        self._close(-1, self.offset(region.last, end))

    def _attachment(self, region: Region) -> int:
        """Opens the second tree; its title goes to the line that says what it is issued with."""
        self.attachments += 1
        self.appendix = ""
        self.prefix = f"kem-theo-{self.attachments}."
        node = self._add(ProvisionKind.ATTACHMENT, "", self.prefix[:-1], region.first, rank=-1)
        until = issued_with(self.lines, region.first)
        first = region.first
        while first < region.closing and self.marks[first] is None and first < (until or region.first + 3):
            node.heading = f"{node.heading} {' '.join(self.lines[first].text.split())}".strip()
            first += 1
        node.label = attached_kind(node.heading)
        return first

    def _appendix(self, region: Region) -> None:
        """An appendix, or a form, which belongs to the appendix before it."""
        self.appendices += 1
        label = re.sub(r"[^0-9A-Za-zĐđ]+", "_", region.label).strip("_") or str(self.appendices)
        step = f"{region.style}-{label}"
        if region.style == "phu-luc":
            self.appendix = step
        elif self.appendix:
            step = f"{self.appendix}.{step}"
        node = self._add(ProvisionKind.APPENDIX, region.label, step, region.first, rank=-1)
        title = self.lines[region.first].text[region.body :].strip()
        index = region.first + 1
        while not title.endswith(")") and index < min(region.last, region.first + 5):
            text = " ".join(self.lines[index].text.split())
            if len(text) > 300 or not (text == text.upper() or not title):
                break
            title = f"{title} {text}".strip()
            index += 1
        node.heading = title
        node.text = [line.text for line in self.lines[index : region.last]]

    def _tree(self, first: int, last: int) -> None:
        """Parts, chapters, sections and articles of one text; a text without any Điều counts I. / 1. / a)."""
        articles, dropped = find_articles(self.lines, self.marks, first, last)
        for index in dropped:
            message = f"Điều {self.marks[index].label} không theo thứ tự, được giữ như nội dung của điều trước"  # type: ignore[union-attr]
            self._warn(index, message)
        for index, head in find_lost(self.lines, self.quoted, articles).items():
            articles[index] = head
            self._warn(index, f"Tệp thiếu dòng tiêu đề của Điều {head.label}; nội dung nhận ra ở đoạn bị ghi hai lần")
        if not articles:
            self._without_articles(first, last)
            return
        tops = sorted(find_groups(self.marks, first, last, articles) | set(articles))
        if self.open:  # an attached text: what stands between its title and its first provision
            self.open[-1].text += [line.text for line in self.lines[first : tops[0]]]
        named: list[Node] = []
        for place, index in enumerate(tops):
            until = tops[place + 1] if place + 1 < len(tops) else last
            if index in articles:
                named.append(self._article(index, until, articles[index]))
            else:
                self._group(index, until)
        self._name_articles(named)

    def _name_articles(self, articles: list[Node]) -> None:
        """Where articles have names, a short first line with a stray full stop is one: “Điều 3. Giải thích từ ngữ.”."""
        if sum(bool(node.heading) for node in articles) < 0.6 * len(articles):
            return
        for node in articles:
            first = node.first_line
            more = len(node.text) > 1 or node.has_children
            if first and more and len(first) < 100 and first[-1] == ".":
                node.heading = first[:-1]
                node.text.remove(first)

    def _group(self, index: int, until: int) -> None:
        head = self.marks[index]
        assert head is not None
        rank = _RANK[head.kind]
        self._close(rank, self.lines[index].start)
        parents = [node for node in self.open if node.kind in GROUPS]
        step = f"{_STEPS[head.kind]}-{head.label}"
        inner = head.kind in (ProvisionKind.SECTION, ProvisionKind.SUBSECTION)
        path = f"{parents[-1].locator}.{step}" if inner and parents else self.prefix + step
        if path in self.used and parents:  # chapters that begin anew in each part
            path = f"{parents[-1].locator}.{step}"
        node = self._add(head.kind, head.label, path, index, rank)
        title = self.lines[index].text[head.body :].strip()
        body = index + 1
        while body < until and body < index + 6:
            text = " ".join(self.lines[body].text.split())
            if title and text != text.upper():
                break
            title = f"{title} {text}".strip()
            body += 1
        node.heading = title
        node.text = [line.text for line in self.lines[body:until]]

    def _article(self, index: int, until: int, head: Head) -> Node:
        rank = _RANK[ProvisionKind.ARTICLE]
        self._close(rank, self.lines[index].start)
        groups = [node for node in self.open if node.kind in GROUPS]
        node = self._add(ProvisionKind.ARTICLE, head.label, f"{self.prefix}dieu-{head.label}", index, rank)
        node.context = groups[-1].locator if groups else ""
        rest = self.lines[index].text[head.body :].strip()
        body = index + 1
        if not rest and self._is_heading(body, until):
            rest = self.lines[body].text.strip()
            body += 1
        if rest and len(rest) < 400 and rest[0] != "(" and not _ENDS_SENTENCE.search(rest):
            node.heading = " ".join(rest.split())
        elif rest:
            node.first_line = rest
            node.text.append(rest)
        self._clauses(node, body, until)
        return node

    def _is_heading(self, index: int, until: int) -> bool:
        """The line below “Điều 5” is its name: short, no sentence, and something follows."""
        if index >= until or self.quoted[index] or self.marks[index] is not None:
            return False
        text = self.lines[index].text.strip()
        return len(text) < 250 and text[-1] not in '.;:,"”' and text[:1].isupper() and index + 1 < until

    def _clauses(self, parent: Node, first: int, last: int) -> None:
        run = find_numbered(self.lines, self.marks, first, last, ProvisionKind.CLAUSE)
        until = run[0] if run else last
        self._points(parent, first, until)
        for place, index in enumerate(run):
            until = run[place + 1] if place + 1 < len(run) else last
            node = self._child(parent, index)
            self._points(node, index + 1, until)

    def _points(self, parent: Node, first: int, last: int) -> None:
        run = find_numbered(self.lines, self.marks, first, last, ProvisionKind.POINT)
        until = run[0] if run else last
        parent.text += [line.text for line in self.lines[first:until]]
        for place, index in enumerate(run):
            until = run[place + 1] if place + 1 < len(run) else self._tail(run, last)
            node = self._child(parent, index)
            node.text += [line.text for line in self.lines[index + 1 : until]]
        if run and until < last:  # “Trường hợp …” behind the last điểm is the khoản's own again
            self._close(_RANK[ProvisionKind.POINT], self.lines[until].start)
            parent.text += [line.text for line in self.lines[until:last]]

    def _tail(self, run: Sequence[int], last: int) -> int:
        """Where the text behind the last point begins: points that end with “;”, the last with a full stop."""
        ends = [self.lines[index - 1].text.rstrip()[-1:] for index in run[1:]]
        if len(run) < 2 or not set(ends) <= set(";,"):
            return last
        for index in range(run[-1] + 1, last):
            text = self.lines[index].text.lstrip()
            ended = self.lines[index - 1].text.rstrip()[-1:] == "."
            if ended and text[:1].isupper() and not self.quoted[index] and self.marks[index] is None:
                return last if self._goes_on(run[-1], text) else index
        return last

    def _goes_on(self, point: int, text: str) -> bool:
        """The paragraph is the point's own: it names “điểm này”, or begins with the point's first words."""
        head = self.marks[point]
        opening = self.lines[point].text[head.body :].split()[:3] if head else []
        return "điểm này" in text or text.split()[:3] == opening

    def _child(self, parent: Node, index: int) -> Node:
        head = self.marks[index]
        assert head is not None
        rank = _RANK[head.kind]
        self._close(rank, self.lines[index].start)
        dot = "." if parent.locator else ""
        path = f"{parent.locator}{dot}{_STEPS[head.kind]}-{head.label}"
        node = self._add(head.kind, head.label, path, index, rank)
        node.text.append(self.lines[index].text[head.body :])
        parent.has_children = True
        return node

    def _without_articles(self, first: int, last: int) -> None:
        """Directives, plans, letters: I. / 1. / a)."""
        found = [
            (index, head)
            for index in range(first, last)
            if not self.quoted[index] and (head := roman_section(self.lines[index])) is not None
        ]
        keys = [roman_key(head.label) for _, head in found]
        run = [found[place] for place in counting_up(keys)]
        root = Node(ProvisionKind.ARTICLE, "", self.prefix.rstrip("."), 0, -1)
        if len(run) < 2 or run[0][1].label not in ("I", "A"):
            outer = self.open[-1] if self.open else None
            self._clauses(root, first, last)
            if outer is not None:  # an attached text without Điều: what no number begins is its own
                outer.text += root.text
            return
        if self.open:
            self.open[-1].text += [line.text for line in self.lines[first : run[0][0]]]
        for place, (index, head) in enumerate(run):
            until = run[place + 1][0] if place + 1 < len(run) else last
            self._close(_RANK[ProvisionKind.SECTION], self.lines[index].start)
            path = f"{self.prefix}muc-{head.label}"
            node = self._add(ProvisionKind.SECTION, head.label, path, index, _RANK[ProvisionKind.SECTION])
            node.heading = self.lines[index].text[head.body :].strip()
            self._clauses(node, index + 1, until)

    def _add(self, kind: ProvisionKind, label: str, locator: str, index: int, rank: int) -> Node:
        """A new node under the open ones; a locator met before gets a number of its own."""
        self.used[locator] = count = self.used.get(locator, 0) + 1
        if count > 1:
            self._warn(index, f"Số thứ tự lặp lại: {Locator(locator)}")
            locator = f"{locator}~{count}"
        node = Node(kind, label, locator, self.lines[index].start, rank)
        self.nodes.append(node)
        self.open.append(node)
        return node

    def _close(self, rank: int, end: int) -> None:
        """End every open node of this rank or a deeper one."""
        while self.open and self.open[-1].rank >= rank:
            self.open.pop().end = end
        if rank < 0:
            self.prefix = ""

    def _warn(self, index: int, message: str) -> None:
        self.warnings.append(ParseWarning(self.lines[index].start, message))
