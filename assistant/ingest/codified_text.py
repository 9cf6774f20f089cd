"""The text of a crawled article, without what the site and the crawler put into it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

# The head of the next article, stuck to the end of this one: “Điều 1.11.NĐ.1.2. Heading ⏎ (Điều 2 Nghị định …)”.
_EMBEDDED = re.compile(
    r"Điều (\d+\.\d+\.[A-ZĐ]{2,4}\.[\d.]{0,20}\d[a-zđ]?)\.[ \t]*([^\n]{0,600})\n\s*"
    r"(\(Điều [^)]{0,1500}(?:\([^)]{0,200}\)[^)]{0,1500})?\))"
)
_CODE = re.compile(r"\d\.\d+\.[A-ZĐ]{2,4}\.\d")
_FILE_NAME = re.compile(r"(?:^|(?<=[.;:]))[^\s.;:][^\n]{0,200}\.\s?(?i:docx?|pdf|xlsx?|rar|zip|jpg|png|tif)$")
_LINK = re.compile(r"\[([^\[\]\n]{0,500})\]\([^()\s]{0,2000}\)")
_LEVEL = re.compile(
    r"(?:^|(?<=[.;:”\")\]]))[ ]*(?:Phần|Chương|Mục|Tiểu mục) (?:\d{1,3}|[IVXLCl]{1,7}|[Tt]hứ \w{2,6})\.?$"
)
_RELATION = re.compile(r"\((?:Phần|Chương|Mục|Tiểu mục|Điều) này có nội dung liên quan đến ")
# What a list of related provisions of the register consists of.
_RELATED = re.compile(r"Điều \d+\.\d+\.[A-ZĐ]{2,4}\.|ban hành ngày \d\d/\d\d/\d{4}(?:[);]|$)")
# The end of a law as the register prints it below its last article.
_ADOPTED = re.compile(r"(?:Luật|Bộ luật|Pháp lệnh|Nghị quyết) này (?:đã )?được .{0,90}thông qua")
# A star that means something: “(*)”, “*)” before a note, a product “)*100” or “a * b”.
_STAR = re.compile(r"\(\*+\)|[“\"]\*+[”\"]|(?<=[\d)])\*(?=[\d(])|(?<=\w) \* (?=\w)|(?P<emphasis>\*+)")
_SITE_LINE = "## Danh sách điều khoản"


@dataclass(frozen=True, slots=True)
class Embedded:
    """Điều of another row, found inside a text."""

    code: str  # the register's own code, 1.11.NĐ.1.2
    heading: str
    note: str
    text: str


def holds_code(raw: str) -> bool:
    """Whether a text, clean or not, can hold an article of another row: the cheap question before the dear one."""
    return _CODE.search(raw) is not None


def embedded_articles(text: str) -> tuple[str, list[Embedded]]:
    """The article's own text, and the articles stuck behind it."""
    heads = list(_EMBEDDED.finditer(text))
    if not heads:
        return text, []
    ends = [head.start() for head in heads[1:]] + [len(text)]
    return text[: heads[0].start()], [
        Embedded(head[1], " ".join(head[2].split()), " ".join(head[3].split()), text[head.end() : end])
        for head, end in zip(heads, ends, strict=True)
    ]


def clean_article(text: str) -> tuple[str, tuple[str, ...]]:
    """(text as printed, one paragraph a line; names of the files attached to it)."""
    text = text.partition(_SITE_LINE)[0]
    relation = _RELATION.search(text)
    if relation:
        text = text[: relation.start()]
    lines = list(filter(None, map(_plain, html.unescape(text).splitlines())))
    lines, attached = _without_file_names(_without_related(lines))
    ends = (index for index, line in enumerate(lines) if index and _ADOPTED.match(line) and "hiệu lực" not in line)
    adopted = next(ends, len(lines))
    return "\n".join(_without_next_heading(lines[:adopted])), tuple(attached)


# “…”.⏎2. Bãi bỏ các điều …”: the end of an amending clause, whose quotation the crawler took for an article.
_TORN = re.compile(r"”[.;]?\n\d{1,3}[a-zđ]?\. (?:Bãi bỏ|Sửa đổi|Bổ sung|Thay|Bỏ) ")


def is_torn_quotation(text: str) -> bool:
    """A piece of an amending article that carries the number of the article it quotes: wrong law, not to be shown."""
    return bool(_TORN.search(text)) and text.count("”") > text.count("“")


def without_next_article(text: str, article: str) -> str:
    """Cut “Điều 6. …” and what follows off the text of Điều 5."""
    number = re.match(r"\d+", article)
    found = re.search(rf"^Điều {int(number[0]) + 1}\. ", text, re.MULTILINE) if number else None
    return text[: found.start()].rstrip() if found else text


def _without_related(lines: list[str]) -> list[str]:
    """Cut the rest of a list of related provisions, whose head was lost: “… ban hành ngày …; Điều 4.3.TT.1.2. …”."""
    for index, line in enumerate(lines):
        code = _RELATED.search(line)
        if code is None or (code.group()[0] == "b" and not line[0].islower() and "; Điều " not in line):
            continue
        if code.start() and line[code.start() - 1] in ".)":  # glued to the end of the article's last sentence
            return [*lines[:index], line[: code.start()]]
        end = index
        while end and lines[end][0].islower() and lines[end - 1][-1] not in ".;:":
            end -= 1
        return lines[:end]
    return lines


def _without_file_names(lines: list[str]) -> tuple[list[str], list[str]]:
    """(lines, names of attached files), a name glued to a sentence included."""
    kept: list[str] = []
    names: list[str] = []
    for line in lines:
        name = _FILE_NAME.search(line)
        if name:
            names.append(name.group())
            kept += filter(None, [line[: name.start()]])
        elif not (names and "_" in line):  # the last name of a list is often cut before its ending
            kept.append(line)
    return kept, names


def _without_next_heading(lines: list[str]) -> list[str]:
    """Cut “Chương V ⏎ TẬP TRUNG KINH TẾ” off the end: it belongs to the articles that follow."""
    end = len(lines)
    for index in range(len(lines) - 1, -1, -1):
        level = _LEVEL.search(lines[index])
        if level:
            lines = [*lines[:index], lines[index][: level.start()].rstrip()]
            return _without_next_heading(lines) if lines[-1] else _without_next_heading(lines[:-1])
        if lines[index] != lines[index].upper() or end - index > 8:
            break
    return lines


def _plain(line: str) -> str:
    """Without Markdown: headings, emphasis, links, bullets."""
    line = " ".join(line.split()).removeprefix("## ")
    if "[" in line:
        line = _LINK.sub(r"\1", line)
    if "*" not in line:
        return line
    if line.startswith("* "):
        line = "- " + line[2:]
    line = _STAR.sub(lambda star: "" if star["emphasis"] else star.group(), line)
    return " ".join(line.split())
