"""Plain fields of a crawled procedure record: text, steps, results, applicants, document numbers."""

from __future__ import annotations

import re
import unicodedata

from assistant.language.normalise import CAPITALS, SMALLS
from assistant.law.procedure import LegalBasis, Step

NO_INFORMATION = "Không có thông tin"

# Characters of symbol fonts, zero-width marks and controls that the pages carry between words.
_STRAY = re.compile("[\ue000-\uf8ff\u200b-\u200f\u2060\ufeff\x00-\x08\x0b-\x1f]")
_BLANKS = re.compile(r"[^\S\n]{2,}|[^\S\n ]")  # single spaces stay as they are
_BLANK_LINES = re.compile(r"\s*\n\s*")


def clean(text: str | None) -> str:
    """NFC, one kind of blank, no empty lines; the portal's “no information” is an empty string."""
    plain = _STRAY.sub(" ", unicodedata.normalize("NFC", text or ""))
    plain = _BLANK_LINES.sub("\n", _BLANKS.sub(" ", plain)).strip()
    return "" if plain in (NO_INFORMATION, "--", "-", "*") else plain


_LEADING_WORD = re.compile(
    r"^(?:Thủ tục|THỦ TỤC)\s*:?\s+(?!hải quan\b|đối với\b|trong\b)(?=\S)"
)  # “thủ tục hải quan” is one word
_CODE_BEHIND = re.compile(r"\s*\(\s*\d\.\d{6}\s*\)\s*$")


def clean_name(name: str) -> str:
    """“Thủ tục đăng ký khai sinh” → “Đăng ký khai sinh”."""
    short = _LEADING_WORD.sub("", _CODE_BEHIND.sub("", " ".join(clean(name).split()))).strip(" .")
    return short[:1].upper() + short[1:]


# “Bước 2:”, “- Bước 2.”, “b) Bước 2:” where a line or sentence starts.
_STEP = re.compile(
    r"(?:^|\n|(?<=[.;:)] ))[-+* ]*(?:[a-zđ]\)\s*|\d(?:\.\d{1,2}){1,3}\.?\s+)?Bước\s*\d{1,2}\s*[:.)-]*\s*"
    r"|(?<=\w) [-+]*\s*Bước\s*1\s*[:.]\s*"
)
_BULLET = re.compile(
    r"^(?:[-–+*•…]+\)?\s*|\.{2,}\s*|\(?\d{1,2}[.)/](?!\d)\s*|(?:\d{1,2}\.){2,4}\s+"
    r"|(?:[a-zđ]\d?|[ivx]{2,4})\)\s*|\([ivx]{1,4}\)\s*)+"
)


# A line cut in the middle of a sentence: the next one goes on with a small letter.
_WRAPPED = re.compile(rf"(?<![.;:\n])\n(?=[{SMALLS}](?!\)))")


def steps_of(text: str) -> tuple[Step, ...]:
    """Steps by their “Bước n” marks, else one per line."""
    plain = clean(text)
    parts = _STEP.split(plain)
    if len(parts) > 1 and len(parts[0]) < 60 and "\n" not in parts[0] and parts[0][-1:].isalpha():
        parts[0] += ":"  # “Nộp hồ sơ” above “Bước 1” is a heading
    if len(parts) == 1:
        parts = _grouped(_WRAPPED.sub(" ", plain).split("\n"))
    return tuple(Step(text) for text in _headed([strip_bullet(part) for part in parts]))


def _grouped(lines: list[str]) -> list[str]:
    """A list below a line that ends with a colon is that line's, not a row of steps."""
    parts: list[str] = []
    mark = ""
    for line in lines:
        bullet = line.lstrip()[:1] if _LISTED.match(line) else ""
        opens = bool(parts) and parts[-1].rstrip().endswith(":") and bullet != _mark_of(parts[-1])
        if bullet and (bullet == mark or (opens and not mark)):
            mark = bullet
            parts[-1] += f"\n{line}"
        else:
            mark = ""
            parts.append(line)
    return parts


def _mark_of(line: str) -> str:
    return line.lstrip()[:1] if _LISTED.match(line) else ""


def _headed(parts: list[str]) -> list[str]:
    """A short line that ends with a colon is the heading of the step after it."""
    steps: list[str] = []
    heading = ""
    for part in parts:
        if part.endswith(":") and len(part) < 80 and "\n" not in part:
            heading = "" if part == "Trình tự thực hiện:" else part
        elif part in ("Trình tự thực hiện", "Cách thức thực hiện"):
            continue
        elif len(part) > 1:
            steps.append(f"{heading} {part}".strip())
            heading = ""
    return steps or [part for part in parts if len(part) > 1]


_LISTED = re.compile(r"\s*[-–+*•]\s*(?=\w)")


def strip_bullet(text: str) -> str:
    """The text without leading dashes and enumerators, without trailing separators."""
    return _BULLET.sub("", text.strip()).strip(" ;,\n-+*")


_NOTHING = re.compile(r"[-\s]*(?:không|không có|không quy định|không yêu cầu|chưa quy định)[\s.;]*", re.IGNORECASE)


# Everything from the keyword field on is page furniture, except the description.
_RESULT_TAIL = re.compile(r"Từ khóa.*?Mô tả(?P<description>.*)", re.DOTALL)


def lines_of(text: str) -> tuple[str, ...]:
    """Requirements, one per line; “Không” is nothing."""
    plain = clean(_RESULT_TAIL.sub("", text))  # a page without result goes straight on to its tail
    if _NOTHING.fullmatch(plain):
        return ()
    return tuple(
        line for line in (strip_bullet(line) for line in _WRAPPED.sub(" ", plain).split("\n")) if len(line) > 1
    )


# Names of applicants that hold commas of their own.
_WITH_COMMAS = ("Tổ chức (không bao gồm doanh nghiệp, HTX)", "Cán bộ, công chức, viên chức")


def applicants_of(text: str) -> tuple[str, ...]:
    plain = clean(text)
    whole = [name for name in _WITH_COMMAS if name in plain]
    for name in whole:
        plain = plain.replace(name, "")
    return tuple(part.strip() for part in plain.split(",") if part.strip()) + tuple(whole)


# The result's code: “Mã: KQ.G01.000067”, “Mã: KQ0.00.00.G00-3322”, “Mã: VBTT”.
_RESULT_CODE = re.compile(r"Mã:\s*(?:(?:[A-Z0-9.\-]|(?<=\.)[a-z](?=\d))*\d|[A-Z]{2,8}|Chưa xác định(?: rõ)?|)")
_BUTTONS = re.compile(r"Chọn cơ quan thực hiện.*", re.DOTALL)


def results_of(text: str) -> tuple[tuple[str, ...], str]:
    """(results, description): the description sometimes holds what the other fields lost."""
    plain = clean(_BUTTONS.sub("", text))
    tail = _RESULT_TAIL.search(plain)
    names = [strip_bullet(name) for name in _RESULT_CODE.split(plain[: tail.start()] if tail else plain)]
    description = clean(tail["description"]) if tail else ""
    return tuple(dict.fromkeys(name for name in names if re.search(r"\w", name))), description


# Issuers that end a document number: needed where the next title is glued to it.
_ISSUER = (  # longest first
    "(?:BNNPTNT|BLĐTBXH|BVHTTDL|TANDTC|VKSNDTC|UBCKNN|BKHCN|BGTVT|BNNMT|BTNMT|BNTMT|BKHĐT|BTTTT|BGDĐT|BGDDT|BVHTT"
    "|BVGCP|NNMT|NHNN|BHXH|UBND|HĐND|UBDT|VPCP|TTCP|TCHQ|VPQH|KTNN|HĐBT|BTC|BCA|BTP|BXD|BNN|BNV|BYT|BCT|BQP|BGD|BNG"
    "|BTM|BTS|BCN|CTN|TCT|TLĐ|TTg|TTG|CP)"
)
_TYPES = "(?:NĐ|ND|NQ|PL|QĐ|QD|CT|TT|TTLT|VBHN|SL|LCT|L)"
NUMBER = re.compile(
    r"(?:\d{1,2}\.\d{1,2}(?=/\d{4}/NQ-CP)|\d+[a-z]?)/(?:\d{4}/)?"  # 66.7/2025/ or 411/
    rf"(?:QH1[0-6]|QH[1-9]|(?:{_TYPES}-)?UBTVQH(?:1[0-6]|\d)|{_TYPES}(?:[-/–]{_ISSUER})+(?:-[A-Z]\d\d)?"
    r"|L-CTN|L/CTN|CP|HĐBT)"
)
_YEAR_GLUED = re.compile(r"(?:19[4-9]\d|20[0-3]\d)(?=\d)")  # “năm 2011” + “02/2011/QH13”
_SPACED = re.compile(r"(?<=[A-ZĐ])(?:\s?[-–]\s|_)(?=[A-ZĐ])")  # “TT- BCA”, “TT_BCA”
_CUT_SHORT = re.compile(r"NĐ-C(?!P)")
# What follows the number column: the end, or the next title without a blank between (“…/TT-BCAngày” is no row end).
_ROW_END = re.compile(r"$|(?!ngày )[\w“\"]")
# A cell with a blank or a dash at its end, then the next title.
_PADDED_END = re.compile(r"-? (?=(?:Luật|Bộ luật|Nghị định|Nghị quyết|Thông tư|Quyết định)\b)")
_CAPITAL_NEXT = re.compile(rf" (?=[{CAPITALS}][{SMALLS}])")
_OWN_NUMBER = re.compile(rf"[^\d]{{0,25}} số:? ({NUMBER.pattern})")
# A blank before the number column: no word that a number inside a title follows.
_NAMED_INSIDE = re.compile(
    r"(?:số|luật|nghị định|nghị quyết|thông tư|quyết định|pháp lệnh|hiến pháp|điều|của|và|theo|tại|NĐ|TT|NQ|QĐ)"
    r"[:,]?\s*$"
    r"|[,;]\s*$",
    re.IGNORECASE,
)
# “…tín dụngLuật số 32/2024/QH15”: the number column with its type, glued to the title
_TYPE_GLUED = re.compile(
    rf"[{SMALLS}.)](?:(?:Luật|Bộ luật|Pháp lệnh|Nghị định|Nghị quyết|Thông tư|Quyết định|NĐ|TT|NQ|QĐ) (?:số )?|số )$"
)
# A last row whose number column breaks off: “Luật số 58/2024/QH15 của Quốc hội: Luật Đầu tư côngLuật số 58”
_CUT_COLUMN = re.compile(
    rf"(?<=[{SMALLS}{CAPITALS}.])"
    r"(?:(?:Luật|Nghị định|Nghị quyết|Thông tư|Quyết định) số \d+$|\d+/(?:19|20)\d\d(?![\d/-]))"
)
_CUT_INSIDE = re.compile(rf"(?<=[{SMALLS}])(?:Luật|Nghị định|Thông tư|Quyết định) số (\d+)(?=[{CAPITALS}])")
_BEGINS_ROW = re.compile(r"\s*(?:Luật|Bộ luật|Nghị định|Nghị quyết|Thông tư|Quyết định) ")
_TYPE_WORD = re.compile(
    r"(?:(?:Luật|Bộ luật|Pháp lệnh|Nghị định|Nghị quyết|Thông tư|Thông tư liên tịch|Quyết định"
    r"|NĐ|TT|NQ|QĐ)?\s*(?:[Ss]ố)?)\s*:?$"
)


def _two_titles(text: str, number: str) -> tuple[str, str]:
    """“Luật số 58/2024/QH15 …: Luật Đầu tư côngLuật số 58Nghị định …”: the number column of the first row is cut."""
    cut = _CUT_INSIDE.search(text)
    if not cut or not number.startswith(f"{cut[1]}/"):
        return "", ""
    return text[: cut.start()].strip(" .,;"), _TYPE_WORD.sub("", text[cut.end() :]).strip(" .,;")


def numbers_in(text: str) -> tuple[str, ...]:
    """Document numbers in reading order, without repetition."""
    return tuple(dict.fromkeys(match[0] for match in NUMBER.finditer(_SPACED.sub("-", text))))


def legal_basis_of(text: str) -> tuple[LegalBasis, ...]:
    """The table title|number, flattened without separator: a number that is glued to what follows ends a row."""
    text = text.replace("/NQ-QH", "/QH")  # “190/2025/NQ-QH15”, as the portal has it
    plain = _CUT_SHORT.sub("NĐ-CP", _SPACED.sub("-", clean(text.removeprefix("Tên văn bản pháp lýMã văn bản"))))
    plain = plain.replace("/ND-CP", "/NĐ-CP").replace("/QD-", "/QĐ-")
    rows: dict[str, str] = {}
    start = 0
    for match in NUMBER.finditer(plain):
        begin = match.start()
        glued_year = _YEAR_GLUED.match(plain, begin)
        if glued_year:
            begin = glued_year.end()
        glued = not plain[begin - 1].isspace()
        in_column = glued or _TYPE_GLUED.search(plain, start, begin) or not _NAMED_INSIDE.search(plain[start:begin])
        padded = begin > start and in_column and _PADDED_END.match(plain, match.end())
        padded = padded or (begin > start and glued and _CAPITAL_NEXT.match(plain, match.end()))
        if not padded and not _ROW_END.match(plain, match.end()):
            continue  # inside a title
        ends_title = plain[begin - 1 : begin] == " " and plain[match.end() : match.end() + 1].isdigit()
        if ends_title and not _TYPE_GLUED.search(plain, start, begin):
            continue  # “Nghị định 5/2012/NĐ-CP” + “5/2012/NĐ-CP”: the first is the title
        title = _TYPE_WORD.sub("", _TYPE_WORD.sub("", plain[start:begin].strip(" -"))).strip(" .,;")
        number, start = plain[begin : match.end()], match.end()
        own = _OWN_NUMBER.match(title)
        if own and own[1] != number:  # two rows, the first without a readable number column
            first, title = _two_titles(title, own[1])
            rows.setdefault(own[1], first)
        rows[number] = max(title, rows.get(number, ""), key=len)
    rest = _CUT_COLUMN.split(plain[start:])[0]
    last = NUMBER.search(rest)
    if last and _BEGINS_ROW.match(rest) and "/20" in last[0]:  # the number column is cut off
        before = _TYPE_WORD.sub("", rest[: last.start()].strip())
        named = before or rest[last.end() :].partition(": ")[2] or rest  # “Luật số 58/2024/QH15 …: Luật Đầu tư công”
        rows.setdefault(last[0], named.strip(" .,;"))
    return tuple(LegalBasis(number, title=title) for number, title in rows.items())
