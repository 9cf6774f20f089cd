"""What a .docx holds beside its text: fonts, hidden text, decomposed letters."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Fonts that show Vietnamese through another code page: .VnTime, VNI-Times, VNtimes, UVnTime.
_LEGACY_FONT = re.compile(r"^(?:\.Vn|VNI[-_ ]|VN(?:times|arial|aptima)|UVN|VISCII|VPS)", re.I)
_TINY = 4  # half-points: 2 pt and less cannot be read
_WHITE = frozenset(("FFFFFF", "FEFEFE", "FDFDFD", "FCFCFC", "FBFBFB", "FAFAFA"))


@dataclass(frozen=True, slots=True)
class FileFacts:
    """Đặc điểm của tệp; empty for a file that is not .docx."""

    format: str = ""
    legacy_fonts: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()  # text that a reader does not see, in reading order
    decomposed: bool = False  # NFD: letters and marks apart
    invisible: int = 0  # zero-width and tag characters
    warnings: tuple[str, ...] = ()


_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u034f\ufeff\U000e0000-\U000e007f]")


def is_docx(path: Path) -> bool:
    """By what the file holds, whatever it is called."""
    try:
        with zipfile.ZipFile(path) as archive:
            return "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError):
        return False


def read_facts(path: Path) -> FileFacts:
    """Facts of a file that could be read; parts that cannot be parsed are left out."""
    if not is_docx(path):
        return FileFacts(format=path.suffix.lower().lstrip("."))
    roots = _parts(path)
    texts = [node.text or "" for root in roots for node in root.iter(_W + "t")]
    whole = "".join(texts)
    fonts = {
        value
        for root in roots
        for node in root.iter(_W + "rFonts")
        for key, value in node.attrib.items()
        if isinstance(value, str) and _LEGACY_FONT.match(value)
    }
    return FileFacts(
        format="docx",
        legacy_fonts=tuple(sorted(fonts)),
        hidden=tuple(text for root in roots for text in _hidden_paragraphs(root)),
        decomposed=sum(unicodedata.combining(char) > 0 for char in whole) > max(20, len(whole) // 200),
        invisible=len(_INVISIBLE.findall(whole)),
    )


def _parts(path: Path) -> list[etree._Element]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    roots = []
    try:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if re.fullmatch(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml", name):
                    roots.append(etree.fromstring(archive.read(name), parser))
    except (zipfile.BadZipFile, etree.XMLSyntaxError, OSError):
        return roots
    return roots


def _hidden_paragraphs(root: etree._Element) -> list[str]:
    """Hidden runs of each paragraph joined; a lone space or mark hides nothing."""
    found = []
    for paragraph in root.iter(_W + "p"):
        text = "".join(
            "".join(node.text or "" for node in run.iter(_W + "t"))
            for run in paragraph.iter(_W + "r")
            if _is_hidden(run, paragraph)
        ).strip()
        if sum(char.isalpha() for char in text) >= 3:
            found.append(unicodedata.normalize("NFC", text))
    return found


def _is_hidden(run: etree._Element, paragraph: etree._Element) -> bool:
    properties = run.find(_W + "rPr")
    if properties is None:
        return False
    vanish = properties.find(_W + "vanish")
    if vanish is not None and vanish.get(_W + "val", "true") not in ("0", "false", "off"):
        return True
    size = properties.find(_W + "sz")
    if size is not None and str(size.get(_W + "val", "")).isdigit() and int(str(size.get(_W + "val"))) <= _TINY:
        return True
    color = properties.find(_W + "color")
    shaded = next(paragraph.iter(_W + "shd"), None) is not None or next(run.iterancestors(_W + "tc"), None) is not None
    return color is not None and str(color.get(_W + "val", "")).upper() in _WHITE and not shaded
