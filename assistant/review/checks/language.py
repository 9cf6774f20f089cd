"""Ngôn ngữ: terms, abbreviations, vague words, spelling (K54, K60–K64)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.language.normalise import for_matching
from assistant.language.syllable import is_syllable
from assistant.review.check import Context, Note, Unchecked
from assistant.review.draft import Draft
from assistant.review.spelling import Speller, load_speller
from assistant.review.words import load_words

_DEFINITIONS = re.compile(r"giải thích từ ngữ|giải thích thuật ngữ", re.I)
# “1. Phản ánh hiện trường là thông tin …”, “2. “Bên vay” là …”.
_DEFINED = re.compile(
    r"^[ \t]*(?:\d+[a-zđ]?\.|[a-zđ]\))[ \t]*"
    r"(?P<term>[^\n:;.()]{2,90}?(?:\([^()\n]{1,160}\)[^\n:;.()]{0,40}?)?)[ \t]+(?:là|gồm|bao gồm|được hiểu là)\b",
    re.M,
)
_SHORT_FORM = re.compile(
    r"\((?:sau đây |dưới đây )?(?:gọi|viết)(?: tắt| chung)?(?: tắt)? là:?[ \t]*[“\"]?(?P<short>[^)”\"]{2,60})[”\"]?\)",
    re.I,
)


def unused_terms(draft: Draft, _: Context) -> Iterator[Note]:
    """K60: a term that is explained is used somewhere else."""
    searchable = for_matching(draft.text)
    for article in draft.articles:
        if not _DEFINITIONS.search(article.heading) or draft.quoted(article.start):
            continue
        for found in _DEFINED.finditer(draft.text, article.start, article.end):
            terms = [] if found["term"].endswith(",") else _names_of(found["term"])
            if terms and not any(_used_outside(searchable, term, draft, found) for term in terms):
                yield Note(
                    *found.span("term"),
                    f"Thuật ngữ “{terms[0]}” được giải thích tại {draft.place(found.start('term'))} nhưng không "
                    f"được sử dụng trong văn bản.",
                    "Bỏ phần giải thích thuật ngữ này, hoặc dùng đúng thuật ngữ ở các điều khoản liên quan.",
                )


def _names_of(term: str) -> list[str]:
    """“Bên vay (sau đây gọi là bên B)” → both names, without quotation marks."""
    short = _SHORT_FORM.search(term)
    plain = re.sub(r"\([^()]*\)", " ", term)
    names = [plain, *(part for part in (short["short"] if short else "",) if part)]
    return [cleaned for name in names if (cleaned := " ".join(name.strip(" “”\"'").split()))]


def _used_outside(searchable: str, term: str, draft: Draft, definition: re.Match[str]) -> bool:
    """Used beside its own definition: in another clause or article, or in the title."""
    words = for_matching(term).split()
    short = " ".join(words[:3]) if len(words) > 5 else " ".join(words)  # a long term is used by its first words
    needle = re.compile(rf"(?<!\w){re.escape(short)}(?!\w)")
    line = draft.line_at(definition.start("term"))
    return any(not line.start <= found.start() < line.end for found in needle.finditer(searchable))


_ABBREVIATION = re.compile(r"(?<![\w/.-])[A-ZĐ]{2,}(?:-[A-ZĐ]{2,})*(?![\w/-])")
_ROMAN = re.compile(r"[IVXLC]+")


def abbreviations(draft: Draft, _: Context) -> Iterator[Note]:
    """K62: an abbreviation is explained where it first appears."""
    allowed = load_words().abbreviations
    seen: set[str] = set()
    for found in _ABBREVIATION.finditer(draft.text, draft.header.end, draft.body.end):
        token = found[0]
        if token in seen or token in allowed or _ROMAN.fullmatch(token) or is_syllable(token):
            continue
        if _in_capitals(draft, found) or draft.place(found.start()) in ("nơi nhận", "phần ký", "phần căn cứ"):
            continue
        seen.add(token)
        if draft.inside(found.start(), draft.quotes) or _explained(draft.text, found):
            continue
        yield Note(
            *found.span(),
            f"Từ viết tắt “{token}” chưa được giải thích ở lần xuất hiện đầu tiên.",
            f"Viết đầy đủ ở lần đầu, kèm “(sau đây viết tắt là {token})”, hoặc bỏ viết tắt.",
        )


def _in_capitals(draft: Draft, found: re.Match[str]) -> bool:
    """A heading in capital letters holds no abbreviation that can be told from a word."""
    line = draft.line_at(found.start())
    words = re.findall(r"[^\W\d_]{2,}", draft.text[line.start : line.end])
    return bool(sum(word.isupper() for word in words) * 2 > len(words))


def _explained(text: str, found: re.Match[str]) -> bool:
    """“(sau đây viết tắt là X)”, “… (X)”, “X là …”, “X (…)”."""
    token = re.escape(found[0])
    before, after = text[max(0, found.start() - 60) : found.start()], text[found.end() : found.end() + 40]
    introduced = (
        re.search(r"(?:gọi|viết)\s+(?:tắt|chung)?[^.;\n]{0,25}(?:là|:)\s*[“\"]?$", before, re.I),
        re.search(r"\w\s*\(\s*[“\"]?$", before),
        re.match(r"[”\"]?\s+(?:là|được hiểu là)\b", after),
        re.match(r"\s*\([^()]{8,}", after),
        re.search(rf"(?:gọi|viết) tắt[^.;\n]{{0,20}}[“\"(]?{token}\b", text),
    )
    return any(introduced)


def vague_references(draft: Draft, _: Context) -> Iterator[Note]:
    """K54: “quy định hiện hành” names no text; told once, with the count."""
    hits = [
        m
        for m in load_words().vague_references.finditer(draft.text, draft.body.start, draft.body.end)
        if not draft.quoted(m.start())
    ]
    if hits:
        times = f" ({len(hits)} lần trong dự thảo)" if len(hits) > 1 else ""
        yield Note(
            *hits[0].span(),
            f"Viện dẫn “{hits[0][0]}”{times} không xác định được văn bản, điều, khoản.",
            "Ghi rõ tên văn bản, điều, khoản được dẫn chiếu; chỉ giữ cách dẫn chung khi không thể liệt kê.",
            confidence=0.7,
        )


def vague_words(draft: Draft, _: Context) -> Iterator[Note]:
    """K63: words that set no measure."""
    told: set[str] = set()
    for found in load_words().vague.finditer(draft.text, draft.body.start, draft.body.end):
        phrase = " ".join(found[0].lower().split()).strip(", ")
        if phrase in told or draft.quoted(found.start()):
            continue
        told.add(phrase)
        yield Note(
            *found.span(),
            f"Cụm từ “{found[0].strip()}” chưa rõ, khó áp dụng thống nhất.",
            load_words().vague_advice(found[0]),
            confidence=0.8,
        )


def inconsistent_terms(draft: Draft, _: Context) -> Iterator[Note]:
    """K61: two names of one thing side by side in one draft; the list of pairs stands in words.yaml."""
    searchable = for_matching(draft.text)
    for right, variants in load_words().variants.items():
        used = [
            m
            for v in variants
            for m in re.finditer(rf"(?<!\w){re.escape(for_matching(v))}(?!\w)", searchable)
            if m.start() >= draft.header.end
        ]
        used = [m for m in used if not draft.inside(m.start(), draft.quotes)]
        plain = sum(1 for _ in re.finditer(rf"(?<!\w){re.escape(for_matching(right))}(?!\w)", searchable))
        inside = sum(1 for m in used if for_matching(right) in m[0])
        if used and plain > inside:
            found = min(used, key=lambda m: m.start())
            written = draft.text[found.start() : found.end()]
            yield Note(
                *found.span(),
                f"Dự thảo dùng cả “{right}” và “{written}” cho cùng một khái niệm.",
                f"Dùng thống nhất thuật ngữ “{right}”.",
            )


_WORD = re.compile(r"[^\W\d_]+")


def spelling(draft: Draft, _: Context) -> Iterator[Note | Unchecked]:
    """K64: syllables that do not exist, known slips, doubled words; names and quotations are left alone."""
    speller = load_speller()
    if speller is None:
        yield Unchecked("Chính tả", "thiếu danh mục âm tiết tiếng Việt của gói underthesea")
        return
    seen: set[str] = set()
    for line in draft.lines:
        if line.start >= draft.header.end or draft.header.title is None or line.start > draft.header.title.end:
            for note in _line_slips(draft, speller, line.start, line.end):
                key = draft.text[note.start : note.end].lower()
                if key not in seen:
                    seen.add(key)
                    yield note


def _line_slips(draft: Draft, speller: Speller, start: int, end: int) -> Iterator[Note]:
    for slip in speller.slips(draft.text[start:end]):
        written = draft.text[start + slip.start : start + slip.end]
        if draft.inside(start + slip.start, draft.replaced_text):
            continue
        what = "Lặp từ" if slip.doubled else "Lỗi chính tả"
        yield Note(
            start + slip.start,
            start + slip.end,
            f"{what}: “{written}”." if not slip.right else f"{what}: “{written}” → “{slip.right}”.",
            f"Sửa “{written}” thành “{slip.right}”." if slip.right else f"Kiểm tra lại từ “{written}”.",
            confidence=0.95 if slip.right else 0.7,
        )
