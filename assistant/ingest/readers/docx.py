"""Word documents (.docx): the XML is read as Word shows it with all tracked changes accepted.

Read from the parts themselves rather than through python-docx, which leaves out list labels, tracked insertions,
footnotes and content controls, and refuses files that Word opens.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from assistant.errors import TooLarge, UnreadableFile
from assistant.ingest.readers.docx_numbering import Numbering
from assistant.ingest.readers.raw import Limits, Raw

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"

# Removed by a tracked change, or never part of the text: field codes, deleted runs, the old place of moved text.
_DROPPED = {W + name for name in ("del", "moveFrom", "instrText", "delText", "delInstrText", "rPr", "pPr", "tblPr")}
_TEXT = (W + "t", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t")
# Wrappers that are looked through: content controls, tracked insertions, the new place of moved text.
_TRANSPARENT = {W + name for name in ("body", "sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")}
_BREAKS = {W + "br": "\n", W + "cr": "\n", W + "tab": " ", W + "noBreakHyphen": "-", W + "ptab": " "}


def read_docx(data: bytes, name: str, limits: Limits) -> Raw:
    """Raises UnreadableFile or TooLarge for what is no Word document or would not fit in memory."""
    with _archive(data, name, limits) as archive:
        main = _main_part(archive, name)
        body = _parse(archive, main, name)
        folder = posixpath.dirname(main)
        numbering = Numbering.read(
            *(_optional(archive, posixpath.join(folder, part)) for part in ("numbering.xml", "styles.xml"))
        )
        walk = _Walk(numbering)
        text = "\n".join(walk.blocks(body))
        notes = _notes(archive, folder, numbering, walk.notes)
        running = tuple(_running(archive, folder, numbering))
    warnings = [f"{walk.hidden} đoạn chữ ẩn trong tệp đã được bỏ qua."] if walk.hidden else []
    return Raw(text, "docx", footnotes=notes, running=running, warnings=tuple(warnings))


def _archive(data: bytes, name: str, limits: Limits) -> zipfile.ZipFile:
    """The archive, once it is known to be no bomb."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as problem:
        raise UnreadableFile(
            f"Tệp {name} không mở được: cần một tệp Word .docx còn nguyên vẹn, tệp này bị hỏng hoặc tải về thiếu. "
            "Hãy mở bằng Word và lưu lại, hoặc tải lại tệp."
        ) from problem
    total = sum(member.file_size for member in members)
    swollen = any(
        member.file_size > 10_000_000 and member.file_size > limits.ratio * max(member.compress_size, 1)
        for member in members
    )
    if total > limits.unpacked_bytes or swollen:
        archive.close()
        raise TooLarge(
            f"Tệp {name} khi giải nén lớn tới {total:,} byte; giới hạn là {limits.unpacked_bytes:,} byte "
            f"và {limits.ratio} lần dung lượng nén. Hãy bỏ ảnh, bảng thừa hoặc chia nhỏ văn bản."
        )
    return archive


def _main_part(archive: zipfile.ZipFile, name: str) -> str:
    """The path of the main document, which the package's relations name."""
    members = set(archive.namelist())
    relations = _optional(archive, "_rels/.rels")
    targets = [] if relations is None else list(relations.iter(_RELS + "Relationship"))
    for relation in targets:
        target = str(relation.get("Target", "")).lstrip("/")
        if str(relation.get("Type", "")).endswith("/officeDocument") and target in members:
            if target.endswith(".xml") and ("word" in target or "document" in target):
                return target
            kind = "bảng tính" if target.startswith("xl") else "trình chiếu" if target.startswith("ppt") else "khác"
            raise UnreadableFile(f"Tệp {name} là tệp {kind}; cần văn bản Word .docx. Hãy lưu nội dung thành .docx.")
    if "word/document.xml" in members:
        return "word/document.xml"
    raise UnreadableFile(
        f"Tệp {name} là một gói nén không chứa văn bản Word; cần tệp .docx. "
        "Nếu là tệp .zip, hãy giải nén rồi gửi từng văn bản."
    )


def _parse(archive: zipfile.ZipFile, path: str, name: str) -> etree._Element:
    try:
        return _xml(archive.read(path))
    except (etree.XMLSyntaxError, zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, OSError, EOFError,
            ValueError) as problem:  # fmt: skip
        reason = "được đặt mật khẩu" if "encrypted" in str(problem) else "bị hỏng phần nội dung"
        raise UnreadableFile(
            f"Tệp {name} {reason}: cần một tệp .docx mở được không cần mật khẩu. Hãy mở bằng Word và lưu lại."
        ) from problem


def _optional(archive: zipfile.ZipFile, path: str) -> etree._Element | None:
    """A side part, or None if it is missing or broken: the text itself does not depend on it."""
    try:
        return _xml(archive.read(path))
    except Exception:  # any fault of a side part costs labels or notes, never the document
        return None


def _xml(data: bytes) -> etree._Element:
    """Parsed without entities, network or DTD; documents of the strict dialect are read as the usual one."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    return etree.fromstring(data.replace(_STRICT, _TRANSITIONAL), parser)


def _notes(
    archive: zipfile.ZipFile, folder: str, numbering: Numbering, referred: list[tuple[str, str]]
) -> tuple[str, ...]:
    """“[1] text” for each footnote or endnote in the order in which the text refers to it."""
    texts: dict[tuple[str, str], str] = {}
    for kind in ("footnote", "endnote"):
        root = _optional(archive, posixpath.join(folder, f"{kind}s.xml"))
        for note in [] if root is None else root.iter(W + kind):
            if note.get(W + "type") is None:
                texts[kind, str(note.get(W + "id"))] = " ".join(" ".join(_Walk(numbering).blocks(note)).split())
    return tuple(f"[{index}] {texts[key]}" for index, key in enumerate(referred, start=1) if texts.get(key))


def _running(archive: zipfile.ZipFile, folder: str, numbering: Numbering) -> Iterator[str]:
    """Lines of headers and footers, each once."""
    seen: set[str] = set()
    for member in sorted(archive.namelist()):
        base = posixpath.basename(member)
        if posixpath.dirname(member) == folder and base.startswith(("header", "footer")) and base.endswith(".xml"):
            root = _optional(archive, member)
            for line in [] if root is None else _Walk(numbering).blocks(root):
                if line.strip() and line not in seen:
                    seen.add(line)
                    yield line.strip()


@dataclass
class _Walk:
    """One pass over the body: paragraphs and tables in order, labels counted, notes and hidden text told apart."""

    numbering: Numbering
    notes: list[tuple[str, str]] = field(default_factory=list)
    hidden: int = 0

    def blocks(self, parent: etree._Element) -> Iterator[str]:
        """Lines of text: one per paragraph, one per row of a table."""
        pending = ""
        for child in _accepted(parent):
            if child.tag == W + "p":
                text = pending + self._paragraph(child)
                if _mark_deleted(child):  # the break itself was deleted: this paragraph runs into the next
                    pending = text
                    continue
                pending = ""
                yield from text.split("\n")
                yield from self._boxes(child)
            elif child.tag == W + "tbl":
                yield from self._table(child)
        if pending:
            yield pending

    def _paragraph(self, paragraph: etree._Element) -> str:
        text = "".join(self._inline(paragraph))
        label = self.numbering.label(paragraph)
        return f"{label} {text.lstrip()}" if label and text.strip() else text

    def _inline(self, element: etree._Element) -> Iterator[str]:
        for child in element:
            tag = child.tag
            if tag in _TEXT:
                yield child.text or ""
            elif tag == W + "r":
                if _is_hidden(child):
                    self.hidden += 1
                else:
                    yield from self._inline(child)
            elif tag in _BREAKS:
                yield _BREAKS[tag]
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                kind = "footnote" if tag == W + "footnoteReference" else "endnote"
                self.notes.append((kind, str(child.get(W + "id"))))
                yield f"[{len(self.notes)}]"
            elif isinstance(tag, str) and tag not in _DROPPED and tag not in _BOXES:
                yield from self._inline(child)

    def _boxes(self, paragraph: etree._Element) -> Iterator[str]:
        """Text boxes anchored in a paragraph, after it; the drawing only, not its picture for old Word."""
        for box in paragraph.iter(W + "txbxContent"):
            if not any(parent.tag == _MC + "Fallback" for parent in box.iterancestors()):
                yield from self.blocks(box)

    def _table(self, table: etree._Element) -> Iterator[str]:
        rows = [[list(self.blocks(cell)) for cell in _children(row, "tc")] for row in _children(table, "tr")
                if row.find(f"{W}trPr/{W}del") is None]  # fmt: skip
        if is_layout(rows):
            for row in rows:
                for cell in row:
                    yield from cell
            return
        for row in rows:
            cells = [" ".join(" ".join(cell).split()) for cell in row]
            if any(cells):
                yield " | ".join(cells)


_BOXES = {_MC + "AlternateContent", W + "drawing", W + "pict", W + "object"}


def _children(element: etree._Element, name: str) -> list[etree._Element]:
    return [child for child in _accepted(element) if child.tag == W + name]


def _accepted(parent: etree._Element) -> Iterator[etree._Element]:
    """Block children, looking through content controls, custom XML and tracked insertions."""
    for child in parent:
        if child.tag in _TRANSPARENT:
            yield from _accepted(child)
        elif isinstance(child.tag, str) and child.tag not in _DROPPED:
            yield child


def _mark_deleted(paragraph: etree._Element) -> bool:
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None


def _is_hidden(run: etree._Element) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish")
    return (
        vanish is not None
        and vanish.get(W + "val") not in ("0", "false", "off")
        and bool("".join(run.itertext()).strip())
    )


def is_layout(rows: list[list[list[str]]]) -> bool:
    """A table that only places blocks side by side: the head of a document, the signature beside the recipients."""
    if len(rows) > 3 or any(len(row) > 3 for row in rows):
        return False
    text = " ".join(line for row in rows for cell in row for line in cell).casefold()
    return any(sign in text for sign in _LAYOUT_SIGNS) or (len(rows) == 1 and len(rows[0]) == 1)


_LAYOUT_SIGNS = (
    "độc lập - tự do",
    "độc lập – tự do",
    "nơi nhận",
    "số:",
    "cộng hòa xã hội",
    "cộng hoà xã hội",
    "tm.",
    "kt.",
)
