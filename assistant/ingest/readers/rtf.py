"""Rich Text Format: control words, \\'hh bytes in the declared code page, \\u letters, list labels, footnotes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.ingest.readers.raw import Raw

_TOKEN = re.compile(
    r"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-z])|([{}])|([^\\{}\r\n]+)|[\r\n]+", re.I
)
# Groups that hold no text of the page.
_SKIPPED = {
    *(
        "fonttbl",
        "colortbl",
        "stylesheet",
        "filetbl",
        "listtable",
        "listoverridetable",
        "rsidtbl",
        "revtbl",
        "xmlnstbl",
    ),
    *("info", "generator", "latentstyles", "themedata", "datastore", "pgdsctbl", "mmathPr", "pnseclvl", "fldinst"),
    *("pict", "nonshppict", "object", "bkmkstart", "bkmkend", "annotation", "atnid", "atnauthor"),
    *("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"),
}
_WRITTEN = {
    **dict.fromkeys(("par", "line", "sect", "page", "row", "nestrow"), "\n"),
    **dict.fromkeys(("cell", "nestcell"), " | "),
    **{"tab": " ", "emdash": "—", "endash": "–", "bullet": "•"},
    **{"lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”"},
}
_SYMBOLS = {"~": "\u00a0", "_": "-", "-": "", "\n": "\n", "\r": "\n", "{": "{", "}": "}", "\\": "\\"}
_CODE_PAGES = {0: "cp1252", 163: "cp1258", 238: "cp1250", 204: "cp1251", 222: "cp874", 128: "cp932", 134: "cp936"}


@dataclass
class _State:
    """What a group inherits and its end gives back."""

    skip: bool = False
    deleted: bool = False
    hidden: bool = False
    note: bool = False
    letters_after_unicode: int = 1
    encoding: str = "cp1252"


def read_rtf(data: bytes) -> Raw:
    """Text, and footnotes apart. Broken groups end at the end of the file; nothing is refused."""
    source = data.decode("latin-1")
    writer = _Writer()
    for token in _TOKEN.finditer(source):
        writer.take(token)
    writer.flush()
    lines = (" ".join(line.split()).strip("| ") for line in "".join(writer.text).split("\n"))
    notes = [" ".join("".join(note).split()) for note in writer.notes]
    footnotes = tuple(f"[{index}] {note}" for index, note in enumerate(notes, start=1))
    return Raw("\n".join(line for line in lines if line), "rtf", footnotes=footnotes)


class _Writer:
    """Follows the control words and collects what they write."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.notes: list[list[str]] = []
        self.state = _State()
        self.stack: list[_State] = []
        self.bytes = bytearray()
        self.to_skip = 0
        self.optional = False
        self.fonts: dict[int, str] = {}
        self.font = 0
        self.default = "cp1252"

    def take(self, token: re.Match[str]) -> None:
        word, number, byte, symbol, brace, plain = token.groups()
        if byte:
            self._byte(int(byte, 16))
            return
        if word:
            self._word(word, int(number) if number else None)
        elif brace == "{":
            self.flush()
            self.stack.append(replace(self.state))
        elif brace == "}":
            self.flush()
            self.state = self.stack.pop() if self.stack else _State()
        elif symbol == "*":
            self.optional = True
            return
        elif symbol:
            self.write(_SYMBOLS.get(symbol, ""))
        elif plain:
            self._plain(plain)
        self.optional = False

    def _word(self, word: str, number: int | None) -> None:
        state = self.state
        if word in _SKIPPED or (self.optional and word not in ("shptxt", "listtext", "pntext")):
            state.skip = True
        if word == "fcharset" and number in _CODE_PAGES:
            self.fonts[self.font] = _CODE_PAGES[number]
        elif word == "f" and number is not None:
            self.flush()
            self.font = number
            state.encoding = self.fonts.get(number, self.default)
        elif word == "ansicpg" and number:
            self.default = state.encoding = f"cp{number}"
        elif word == "uc":
            state.letters_after_unicode = number if number is not None else 1
        elif word == "u" and number is not None:
            self._unicode(number)
        elif word == "footnote":
            self._note()
        elif word in ("deleted", "v"):
            self.flush()
            setattr(state, "deleted" if word == "deleted" else "hidden", number != 0)
        elif word == "plain":
            state.hidden = state.deleted = False
        elif word in _WRITTEN:
            self.write(_WRITTEN[word])

    def _note(self) -> None:
        self.flush()
        self.notes.append([])
        self.text.append(f"[{len(self.notes)}]")
        self.state.note = True

    def _unicode(self, number: int) -> None:
        code = number % 65_536
        self.flush()
        self.write(chr(code))
        self.to_skip = self.state.letters_after_unicode

    def _byte(self, value: int) -> None:
        if self.to_skip:
            self.to_skip -= 1
        else:
            self.bytes.append(value)

    def _plain(self, text: str) -> None:
        if self.to_skip:
            dropped = min(self.to_skip, len(text))
            self.to_skip -= dropped
            text = text[dropped:]
        self.write(text)

    def write(self, text: str) -> None:
        self.flush()
        self._emit(text)

    def flush(self) -> None:
        """Bytes are decoded in one go: a letter and its tone are two bytes in Windows-1258."""
        if self.bytes:
            data, self.bytes = bytes(self.bytes), bytearray()
            try:
                text = data.decode(self.state.encoding, errors="replace")
            except LookupError:
                text = data.decode("cp1252", errors="replace")
            self._emit(text)

    def _emit(self, text: str) -> None:
        state = self.state
        if text and not (state.skip or state.deleted or state.hidden):
            (self.notes[-1] if state.note and self.notes else self.text).append(text)
