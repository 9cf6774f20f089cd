"""Web pages: the text of the page without scripts, menus and hidden parts, a block a line."""

from __future__ import annotations

import re
from typing import Any

from assistant.ingest.readers.raw import Raw
from assistant.language.normalise import decode

_SKIPPED = {
    "script",
    "style",
    "noscript",
    "template",
    "head",
    "nav",
    "header",
    "footer",
    "button",
    "select",
    "svg",
    "iframe",
}
_BLOCKS = {
    *("html", "body", "main", "article", "section", "aside", "div", "p", "pre", "blockquote", "address", "center"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "title", "hr", "ul", "ol", "li", "dl", "dt", "dd", "figure", "figcaption"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "form", "fieldset"),
}
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")


def read_html(data: bytes) -> Raw:
    """The page's own text. Where a page marks its main part, only that part is read."""
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415

    text, encoding = _decoded(data)
    tree = LexborHTMLParser(text)
    root = tree.css_first("main") or tree.css_first("article") or tree.body or tree.root
    if root is None:
        return Raw("", "html", encoding=encoding)
    lines = _lines(root)
    whole = _lines(tree.body) if tree.body is not None and root.tag != "body" else lines
    if _articles(whole) > _articles(lines):  # a page that puts only its title into <main>
        lines = whole
    return Raw("\n".join(lines), "html", encoding=encoding)


def _decoded(data: bytes) -> tuple[str, str]:
    """By the page's own declaration if that can be read, else as found out from the bytes."""
    declared = _CHARSET.search(data[:4096])
    if declared:
        name = declared.group(1).decode("ascii").lower()
        try:
            return data.decode(name), name
        except (LookupError, UnicodeDecodeError):
            pass
    decoded = decode(data)
    return decoded.text, decoded.encoding


def _articles(lines: list[str]) -> int:
    return sum(line.startswith("Điều ") for line in lines)


def _lines(root: Any) -> list[str]:
    """Walked without recursion: broken pages nest thousands of elements deep."""
    parts: list[str] = []
    stack: list[Any] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            parts.append(node)
            continue
        tag = node.tag
        if tag == "-text":
            parts.append(_SPACES.sub(" ", node.text(deep=False) or ""))
        elif tag == "br":
            parts.append("\n")
        elif tag is not None and not tag.startswith(("-", "_", "!")) and tag not in _SKIPPED and not _is_hidden(node):
            stack += _children(node, tag)
    lines = (" ".join(line.split()).strip("| ") for line in "".join(parts).split("\n"))
    return [line for line in lines if line]


def _children(node: Any, tag: str) -> list[Any]:
    """Children in reverse (for the stack), between line breaks for a block and bars for a cell."""
    children = list(node.iter(include_text=True))
    if tag in ("td", "th"):
        return [" | ", *reversed(children)]
    return ["\n", *reversed(children), "\n"] if tag in _BLOCKS else children[::-1]


def _is_hidden(node: Any) -> bool:
    attributes = node.attributes
    style = (attributes.get("style") or "").replace(" ", "").lower()
    return "hidden" in attributes or "display:none" in style or "visibility:hidden" in style
