"""Attachment links of a gazette page: ordinary links to files, and those hidden in ``window.open("…")``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assistant.law.number import find_numbers

SUFFIXES = (".pdf", ".doc", ".docx", ".rtf", ".zip", ".xls", ".xlsx")
_OPENED = re.compile(r"""window\.open\(\s*["']([^"']{1,2000})["']""")
_UNSAFE = re.compile(r"[^\w.,()+\- ]")


@dataclass(frozen=True, slots=True)
class Attachment:
    """Tệp đính kèm một văn bản trên trang công báo; ``number`` is "" where its row names none."""

    url: str
    name: str  # safe as a file name
    number: str = ""


def attachments(html: str, page_url: str) -> tuple[Attachment, ...]:
    """Each file once, in page order. Only files on the page's own host are followed."""
    tree = LexborHTMLParser(html)
    base = tree.css_first("base[href]")
    start = urljoin(page_url, (base.attributes.get("href") or "") if base else "")
    found: dict[str, Attachment] = {}
    for node, link in _links(tree):
        url = _absolute(start, link)
        if urlsplit(url).netloc == urlsplit(page_url).netloc and _is_file(url):
            found.setdefault(url, Attachment(url, file_name(url), _number_beside(node)))
    return tuple(found.values())


def _links(tree: LexborHTMLParser) -> Iterator[tuple[LexborNode, str]]:
    for node in tree.css("a, [onclick]"):
        if href := node.attributes.get("href"):
            yield node, href
        for link in _OPENED.findall(node.attributes.get("onclick") or ""):
            yield node, link


def _absolute(base: str, link: str) -> str:
    """Links of such pages hold spaces and letters with marks; what is already escaped stays."""
    return quote(urljoin(base, link.strip()), safe=":/?#[]@!$&'()*+,;=%~-._")


def _is_file(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and parts.path.lower().endswith(SUFFIXES)


def file_name(url: str) -> str:
    """The last part of the address, unescaped, without anything a file system could read as a path."""
    name = PurePosixPath(unquote(urlsplit(url).path)).name
    return _UNSAFE.sub("_", name).strip(" .")[-150:] or "tep"


def _number_beside(node: LexborNode) -> str:
    """The first số ký hiệu of the table row the link stands in."""
    row: LexborNode | None = node
    while row is not None and row.tag != "tr":
        row = row.parent
    numbers = find_numbers(row.text(separator=" ")) if row is not None else []
    return numbers[0][2].normalised if numbers else ""
