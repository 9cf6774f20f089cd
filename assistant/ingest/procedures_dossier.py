"""The flattened table “Tên giấy tờ | Mẫu đơn, tờ khai | Số lượng” of a crawled record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.ingest.procedures_text import CAPITALS, SMALLS, clean, strip_bullet
from assistant.law.procedure import DossierItem

_HEADER = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
_QUANTITY = re.compile(r"(?P<originals>\d+) bản chính(?:,(?P<copies>\d{1,2}) bản sao)?")
# A file name glued to the end of an item: “…/NĐ-CP.Mus02-PhlcIII.docx”, “theo mẫuPhụ lục XVII.pdf”.
_FILE = re.compile(rf"\.(?:docx?|pdf|xlsx?|rtf|zip|rar|jpe?g|png)(?=$|[{CAPITALS}0-9])", re.IGNORECASE)
_FILE_START = re.compile(rf"(?<=[.;:,)”\"/])(?=\w)|(?<=[{SMALLS}])(?=[{CAPITALS}\d])")
# The official name of a form inside the item: “Mẫu CT01 ban hành kèm theo …”, “mẫu số 02 Phụ lục III …”.
_FORM = re.compile(
    r"\b[Mm]ẫu(?: số)?:? (?=[A-ZĐ0-9])[A-ZĐ0-9][\w./-]{0,20}"
    r"(?:[^.;:()\n]{0,60}?(?:ban hành )?kèm theo [^.;:()\n]{5,80})?"
)
_CASE_END = re.compile(r"[\s,;]*(?:thì )?(?:thành phần )?(?:hồ sơ )?(?:bao )?(?:gồm|gồm có)?\s*:?\s*$")
_GENERIC = re.compile(
    r"^(?:a\) )?(?:các )?(?:thành phần hồ sơ|giấy tờ phải (?:nộp|xuất trình)|hồ sơ|bao gồm|lưu ý|ghi chú"
    r"|số lượng hồ sơ)\b[^.]{0,60}$",
    re.IGNORECASE,
)
_SHOWN = re.compile(r"xuất trình", re.IGNORECASE)
_CONDITION = re.compile(r"^(?:[-+*] )?((?:Trường hợp|Đối với|Nếu)\b[^:;,]{5,200}?)(?:[,:]| thì | phải | cần )")
_IF_ANY = re.compile(r"\((nếu có|nếu cần|trường hợp [^)]{3,150}|đối với [^)]{3,150})\)", re.IGNORECASE)
# A sentence in the table that asks for no copy is a remark on the papers.
_SENTENCE = re.compile(r"^(?:Trường hợp|Người|Đối với|Bản chụp|Việc|Khi|Cơ quan|Riêng)\b.{60,}", re.DOTALL)
_REMARK = re.compile(r"^\W*(?:Lưu ý|Ghi chú|Ví dụ|Chú ý)\b", re.IGNORECASE)
_SETS = re.compile(
    r"[Ss]ố lượng(?: hồ sơ)?\W{0,3}\(?0?(\d{1,2})\b[^.;\n]{0,25}?\bbộ|(?<!\d)0?(\d) (?:\([^)]{1,10}\) )?bộ hồ sơ"
)
_ONLY_SETS = re.compile(r"^\W*(?:\d\)|\d\.|b\))?\s*[Ss]ố lượng(?: hồ sơ)?\b.{0,60}$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Dossier:
    """Thành phần hồ sơ: items, sets to hand in (None: not said), remarks that are no paper."""

    items: tuple[DossierItem, ...]
    sets: int | None
    remarks: tuple[str, ...]


def dossier_of(text: str, *elsewhere: str) -> Dossier:
    """``elsewhere``: other fields that may name the number of sets."""
    plain = clean(text)
    items: list[DossierItem] = []
    remarks: list[str] = []
    for heading, name, originals, copies in _papers(plain):
        label, form = _without_files(name)
        label = strip_bullet(label)
        if _ONLY_SETS.match(label) or len(label) < 2:
            continue
        no_copy = not originals and not copies
        if _REMARK.match(label) or (no_copy and (_REMARK.match(heading) or _SENTENCE.match(label))):
            remarks.append(label)
            continue
        items.append(_item(label, heading, originals, copies, form))
    return Dossier(tuple(dict.fromkeys(items)), _sets(plain, *elsewhere), tuple(dict.fromkeys(remarks)))


def _papers(plain: str) -> Iterator[tuple[str, str, int, int]]:
    """(heading of the case, name, originals, copies) in the order of the record."""
    tables = plain.split(_HEADER)
    heading = tables[0]
    for table in tables[1:]:
        start = 0
        for match, begin in _quantities(table):
            count = match["originals"][begin - match.start() :]
            yield heading.strip(), table[start:begin], int(count), int(match["copies"] or 0)
            start = match.end()
        heading = table[start:]


def _quantities(table: str) -> Iterator[tuple[re.Match[str], int]]:
    """Cells “1 bản chính,1 bản sao”; “(01 bản chính)” inside a name is none. Yields where the cell begins."""
    for match in _QUANTITY.finditer(table):
        before = table[match.start() - 1 : match.start()]
        after = table[match.end() : match.end() + 1]
        digits = match["originals"]
        written = before in (" ", "(", "") and (len(digits) == 2 and digits[0] == "0")
        if written or after in tuple(",.;:)") or (after == " " and before in (" ", "(")):
            continue
        # “Mẫu số 18” + “1”, “năm 2026” + “1”: the last digit is the quantity
        yield match, match.end("originals") - 1


def _without_files(name: str) -> tuple[str, str]:
    """(name without glued file names, the first file's title)."""
    title = ""
    end = _FILE.search(name)
    if end:
        window = max(0, end.start() - 90)
        starts = [match.start() for match in _FILE_START.finditer(name, window, end.start())]
        punctuated = [start for start in starts if not name[start - 1].isalpha() and name[start - 1] != "/"]
        start = (punctuated or starts or [end.start()])[-1] if not starts else _best_start(name, starts, punctuated)
        title, name = name[start : end.start()].strip(), name[:start].strip()
    return name, title


def _best_start(name: str, starts: list[int], punctuated: list[int]) -> int:
    """A file name begins after punctuation, else at the first small letter that meets a capital."""
    glued = [start for start in starts if name[start - 1].isalpha()]
    return punctuated[0] if punctuated and (not glued or punctuated[0] < glued[0]) else glued[0] if glued else starts[0]


def _item(label: str, heading: str, originals: int, copies: int, file_title: str) -> DossierItem:
    form = _FORM.search(label)
    condition = _case(heading) or _condition(label)
    shown = bool(_SHOWN.search(heading)) and "nộp" not in heading.lower()
    return DossierItem(
        name=label,
        originals=originals,
        copies=copies,
        submit=not (shown or label.lower().startswith("xuất trình")),
        condition=condition,
        form=form[0].strip() if form else file_title,
    )


def _case(heading: str) -> str:
    plain = strip_bullet(heading)
    if not plain or plain == "--" or _GENERIC.match(plain):
        return ""
    return _CASE_END.sub("", plain)


def _condition(label: str) -> str:
    start = _CONDITION.match(label)
    inside = _IF_ANY.search(label)
    return start[1].strip() if start else inside[1] if inside else ""


def _sets(*texts: str) -> int | None:
    found = {int(match[1] or match[2]) for text in texts for match in _SETS.finditer(text)}
    return found.pop() if len(found) == 1 else None
