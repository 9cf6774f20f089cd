"""The flattened table “Tên giấy tờ | Mẫu đơn, tờ khai | Số lượng” of a crawled record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.ingest.procedures_text import NUMBER, clean, strip_bullet
from assistant.language.normalise import CAPITALS, SMALLS
from assistant.law.procedure import DossierItem

_HEADER = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
_QUANTITY = re.compile(r"(?P<originals>\d+) bản chính(?:,(?P<copies>\d{1,2}) bản sao)?")
# A file name glued to the end of an item: “…/NĐ-CP.Mus02-PhlcIII.docx”, “theo mẫuPhụ lục XVII.pdf”.
_FILE = re.compile(rf"\.(?:docx?|pdf|xlsx?|rtf|zip|rar|jpe?g|png)(?=$|[{CAPITALS}0-9])", re.IGNORECASE)
# Where it may begin: after punctuation, a small letter or a digit, each without a blank.
_FILE_START = re.compile(
    rf"(?<=[;:,)”\"])(?=\w)|(?<=[^\d]\.)(?=\w)|(?<=[{SMALLS}])(?=[{CAPITALS}\d])|(?<=\d)(?=[{CAPITALS}][{SMALLS}])"
)
_FILE_WORDS = re.compile(
    r"(?:\d{0,3}[. ]?(?:m[ẫẩa]u|m[us]{1,2}|ms|phụ lục|ph?u ?l[uụ]?c|ph?l\w{0,3}c|pl|đơn|don|tờ khai|to ?khai|tk|bm|biểu"
    r"|bieu|giấy)|m\d|\d\.\d{6})(?![a-zđ])|m[us]s?\d",
    re.IGNORECASE,
)
# The official name of a form inside the item: “Mẫu CT01 ban hành kèm theo …”, “mẫu số 02 Phụ lục III …”.
_FORM = re.compile(
    r"\b[Mm]ẫu(?: số)?:? (?=[A-ZĐ0-9])[A-ZĐ0-9][\w./-]{0,20}(?: [A-D](?=\)))?"
    # up to the end of the phrase; where that is far, up to the number of the text
    r"(?:[^.;:()\n]{0,60}?(?:ban hành )?kèm theo "
    rf"(?:[^.;:()\n]{{5,80}}(?=[.;:()\n]|$)|[^.;:()\n]{{0,40}}?{NUMBER.pattern}))?"
)
_CASE_END = re.compile(r"[\s,;]*(?:thì )?(?:thành phần )?(?:hồ sơ )?(?:bao )?(?:gồm|gồm có)?\s*:?\s*$")
_GENERIC = re.compile(
    r"^(?:a\) )?(?:các )?(?:thành phần hồ sơ|giấy tờ phải (?:nộp|xuất trình)|hồ sơ|bao gồm|lưu ý|ghi chú"
    r"|số lượng hồ sơ)\b[^.]{0,60}$|^theo quy định\b(?! đối với)",
    re.IGNORECASE,
)
_OF_A_KIND = re.compile(r"^(?:[a-zđ\d][).] ?)?Hồ sơ (?!bao|gồm|theo)\w+(?: \w+){3,}", re.IGNORECASE)
_ALL_PAPERS = re.compile(r"^thành phần hồ sơ\b", re.IGNORECASE)
# A sentence in brackets before the heading of a table.
_ASIDE = re.compile(r"\s*\(([^()]{80,})\)\s*")
# “- Đối với các dự án …, phải bổ sung:” in the table itself, its papers below it with a plus.
_HEADS_PAPERS = re.compile(r"(?:Đối với|Trường hợp)\b.*:\s*$", re.DOTALL)
_RULE = re.compile(r"\bthì (?:có thể|không|được|phải)\b")  # a rule on the papers, no case
# A sentence above a table that is no case: “Trong phiếu nêu rõ mục đích, … được khai thác.”
_INSTRUCTION = re.compile(r"\s*(?!Trường hợp|Đối với|Nếu|[-+*(a-z\d])[^:\n]{60,}[^:\n]\.\s*$")
_SHOWN = re.compile(r"xuất trình", re.IGNORECASE)
# “Trường hợp A, B thì …”; a comma ends the case only where nothing better does.
_CONDITION = re.compile(
    r"^(?:[-+*] )?(?:((?:Trường hợp|Đối với)\b[^:;]{5,200}?),(?= (?:hồ sơ kèm|ngoài những|ngoài các))"
    r"|((?:Trường hợp|Đối với|Nếu)\b[^:;]{5,200}?)(?::| thì | phải )"
    r"|((?:Trường hợp|Đối với)\b[^,:;]{5,200}),)"
)
_IF_ANY = re.compile(r"\((nếu có|nếu cần|trường hợp [^)]{3,150}|đối với [^)]{3,150})\)[\s.;,]*$", re.IGNORECASE)
# A sentence in the table that asks for no copy is a remark on the papers.
_SENTENCE = re.compile(r"^\(?(?:Trường hợp|Người|Đối với|Bản chụp|Việc|Khi|Cơ quan|Riêng)\b.{60,}", re.DOTALL)
# Rules on the papers that the table counts as papers.
_NO_PAPER = re.compile(
    r"^(?:Trường hợp nộp hồ sơ (?:trực tuyến|qua)|Người được ủy quyền\b|Tài liệu được lập bằng tiếng nước ngoài"
    r"|Trừ trường hợp|Thực hiện theo quy định|Hồ sơ .{0,80}trên môi trường điện tử bao gồm)"
)
# Several papers in one cell: “Tờ trình …; - Báo cáo …”. A list after a colon is the content of one paper.
_NEXT_PAPER = re.compile(r";\s*[-+]\s+")
_CONTENT = re.compile(r":\s*(?:[-+]|\(?[ia1]\)|\(1\))\s")
_REMARK = re.compile(r"^\W*(?:Lưu ý|Ghi chú|Ví dụ|Chú ý)\b", re.IGNORECASE)
_SETS = re.compile(
    r"[Ss]ố lượng(?: hồ sơ)?\W{0,3}\(?0?(\d{1,2})\b[^.;\n]{0,25}?\bbộ|(?<!\d)0?(\d) (?:\([^)]{1,10}\) )?bộ hồ sơ"
)
_ONLY_SETS = re.compile(
    r"^\W*(?:\d\)|\d\.|b\))?\s*[Ss]ố lượng(?:(?: hồ sơ)?\b.{0,60}| mỗi thành phần hồ sơ\b.*)$", re.DOTALL
)


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
    several = plain.count(_HEADER) > 1
    within = ""  # a heading inside the table, for the papers below it
    rows = list(_papers(plain))
    for number, (above, name, originals, copies) in enumerate(rows):
        label, form = _without_files(name)
        label = strip_bullet(label) or form
        if _ONLY_SETS.match(label) or len(label) < 2:
            continue
        aside = _ASIDE.match(above)
        heading = above[aside.end() :] if aside else above
        if aside:
            remarks.append(aside[1])
        if _is_remark(label, heading, originals or copies):
            remarks.append(label)
            continue
        if _INSTRUCTION.match(heading):
            remarks.append(heading)
        below = rows[number + 1][1].lstrip() if number + 1 < len(rows) else ""
        if _HEADS_PAPERS.match(label) and below.startswith("+"):
            within = _CASE_END.sub("", label)
            continue
        within = within if name.lstrip().startswith("+") else ""
        papers = [label] if _CONTENT.search(label) else _NEXT_PAPER.split(label)
        papers = [paper for paper in papers if not _ONLY_SETS.match(paper)]
        if form and len(papers) > 1:  # one cell, one form: not that of every paper in it
            remarks.append(f"Mẫu kèm theo: {form}")
            form = ""
        case = within or _case(heading, several=several)
        kind = bool(_GENERIC.match(strip_bullet(heading)))  # “Hồ sơ …” only: the paper's own case says more
        items += [
            _item(paper, heading, (kind and _condition(paper)) or case, originals, copies, form) for paper in papers
        ]
    return Dossier(tuple(dict.fromkeys(items)), _sets(plain, *elsewhere), tuple(dict.fromkeys(remarks)))


def _is_remark(label: str, heading: str, counted: int) -> bool:
    if _REMARK.match(label) or _NO_PAPER.match(label):
        return True
    return not counted and bool(_REMARK.match(heading) or _SENTENCE.match(label))


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
    end = _FILE.search(name)
    if not end:
        return name, ""
    start = _file_start(name, max(0, end.start() - 90), end.start())
    return name[:start].strip(), name[start : end.start()].strip(" .")


def _file_start(name: str, low: int, high: int) -> int:
    """A start that reads like a form's name, else after punctuation or a document number, else the last one."""
    starts = [match.start() for match in _FILE_START.finditer(name, low, high)]
    starts += [match.end() for match in NUMBER.finditer(name) if low < match.end() < high]
    starts.sort()
    named = [start for start in starts if _FILE_WORDS.match(name, start)]
    punctuated = [start for start in starts if not name[start - 1].isalnum()]
    if named:
        return named[0]
    return (punctuated or starts or [low if low == 0 else high])[-1]


def _item(label: str, heading: str, case: str, originals: int, copies: int, file_title: str) -> DossierItem:
    form = _FORM.search(label)
    condition = case or _condition(label)
    shown = bool(_SHOWN.search(heading)) and "nộp" not in heading.lower()
    return DossierItem(
        name=label,
        originals=originals,
        copies=copies,
        submit=not (shown or label.lower().startswith("xuất trình")),
        condition=condition,
        form=form[0].strip() if form else file_title,
    )


def _case(heading: str, *, several: bool) -> str:
    """``several``: the papers stand in more than one table, so that “Hồ sơ …” above one of them tells it apart."""
    plain = strip_bullet(heading)
    if _INSTRUCTION.match(heading) or (_ALL_PAPERS.match(plain) and not several):
        return ""
    generic = _GENERIC.match(plain) and not (several and _OF_A_KIND.match(plain))
    if not plain or plain == "--" or generic or _RULE.search(plain) or len(plain.split()) < 3:
        return ""
    return _CASE_END.sub("", plain)


def _condition(label: str) -> str:
    start = _CONDITION.match(label)
    inside = _IF_ANY.search(label) if len(label) < 200 else None
    if start:
        return (start[1] or start[2] or start[3]).strip()
    return inside[1] if inside else ""


def _sets(*texts: str) -> int | None:
    found = {int(match[1] or match[2]) for text in texts for match in _SETS.finditer(text)}
    return found.pop() if len(found) == 1 else None
