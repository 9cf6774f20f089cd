"""A draft as the checks see it: its family decided first, then its parts with their offsets."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from assistant.ingest.structure_lines import Head, heads, lines_of
from assistant.language.normalise import CAPITALS
from assistant.law.citation import Reference
from assistant.law.document import Document, Locator, Provision, ProvisionKind
from assistant.law.number import find_numbers, parse_number
from assistant.review.effect import effect_clause, read_date
from assistant.review.file_facts import FileFacts
from assistant.review.header import Header, Level, Organ, Span
from assistant.review.quotes import quoted_spans, replaced_text

NOWHERE = Span(0, 0)
LAWMAKING = re.compile(r"Luật Ban hành văn bản quy phạm pháp luật", re.I)


class Family(StrEnum):
    """Họ thể thức: the two have different rules, so it is decided before anything is checked."""

    NORMATIVE = "văn bản quy phạm pháp luật"  # NĐ 78/2025/NĐ-CP, NĐ 187/2025/NĐ-CP
    ADMINISTRATIVE = "văn bản hành chính"  # NĐ 30/2020/NĐ-CP


@dataclass(frozen=True, slots=True)
class Zones:
    """Các phần của văn bản ngoài điều khoản. Empty spans where a part was not found."""

    grounds: tuple[Span, ...] = ()  # one per căn cứ, without the line end
    recipients: Span = NOWHERE  # nơi nhận
    signature: Span = NOWHERE  # phần ký


@dataclass(frozen=True)
class Draft:
    """Dự thảo: the document and what every check needs to know about it."""

    document: Document
    family: Family
    header: Header
    zones: Zones
    signed_on: date  # as printed, else the day planned for signing
    date_printed: bool  # False: ``signed_on`` is the plan
    references: tuple[Reference, ...] = ()
    file: FileFacts = field(default_factory=FileFacts)

    @property
    def text(self) -> str:
        return self.document.text

    @property
    def number(self) -> str | None:
        """Its own number; None while it is blank. The parser may take that of an amended document for it."""
        if self.header.number is None:
            return self.document.number
        own = parse_number(self.text[self.header.number.start : self.header.number.end])
        return own.normalised if own else None

    @cached_property
    def subject(self) -> str:
        """Trích yếu; read below the type where the parser found none."""
        if self.document.subject or self.header.title is None:
            return self.document.subject
        stops = [span.start for span in self.zones.grounds[:1]] + [p.start for p in self.document.provisions[:1]]
        return " ".join(self.text[self.header.title.end : min(stops, default=0)][:400].split())

    @property
    def consolidated(self) -> bool:
        """Văn bản hợp nhất: a record of what holds, with its gaps and footnotes; no draft."""
        return "VBHN" in (self.number or "") or self.header.doc_type == "Văn bản hợp nhất"

    @property
    def normative(self) -> bool:
        return self.family is Family.NORMATIVE

    @cached_property
    def lines(self) -> tuple[Span, ...]:
        """Paragraphs of the text, without blank ones and outer spaces."""
        return tuple(Span(*found.span()) for found in re.finditer(r"\S(?:[^\n]*\S)?", self.text))

    @cached_property
    def quotes(self) -> tuple[Span, ...]:
        """Outermost text between quotation marks, marks included."""
        return tuple(quoted_spans(self.text))

    @cached_property
    def replaced_text(self) -> tuple[Span, ...]:
        """Text of another document that an amendment quotes."""
        return replaced_text(self.text)

    @cached_property
    def effect(self) -> re.Match[str] | None:
        """The clause in which the draft says since when it holds; its group ``rest`` follows “có hiệu lực”."""
        return effect_clause(self.text, self.header.end, self.quoted)

    @property
    def effective_on(self) -> date | None:
        return read_date(self.effect["rest"]) if self.effect else None

    def sets_effect(self, article: Provision) -> bool:
        """The article holds the clause of effect."""
        return self.effect is not None and article.start <= self.effect.start() < article.end

    @cached_property
    def _line_starts(self) -> tuple[int, ...]:
        return tuple(line.start for line in self.lines)

    def line_at(self, offset: int) -> Span:
        """The paragraph around an offset."""
        at = bisect_right(self._line_starts, offset) - 1
        return self.lines[max(at, 0)]

    def sentence_at(self, offset: int) -> Span:
        """The sentence around an offset; a paragraph break ends it, a dot inside a number or number sign does not."""
        line = self.line_at(offset)
        start = line.start
        for found in _SENTENCE_END.finditer(self.text, line.start, line.end):
            if found.end() > offset:
                return Span(start, found.start() + 1)
            start = found.end()
        return Span(start, line.end)

    def inside(self, offset: int, spans: tuple[Span, ...]) -> bool:
        """Whether one of the spans (in order, apart from each other) holds the offset."""
        at = bisect_right(spans, Span(offset, len(self.text) + 1)) - 1
        return at >= 0 and offset in spans[at]

    def quoted(self, offset: int) -> bool:
        """Inside the text of another document that an amendment quotes."""
        return self.inside(offset, self.replaced_text)

    @cached_property
    def _in_order(self) -> tuple[tuple[int, ...], tuple[Provision, ...]]:
        provisions = tuple(sorted(self.document.provisions, key=lambda p: p.start))
        return tuple(p.start for p in provisions), provisions

    def host(self, offset: int) -> Provision | None:
        """The innermost provision around an offset: the last that begins before it and goes beyond."""
        starts, provisions = self._in_order
        for at in range(bisect_right(starts, offset) - 1, -1, -1):
            if offset < provisions[at].end:
                return provisions[at]
        return None

    def article(self, offset: int) -> Provision | None:
        """The điều around an offset."""
        host = self.host(offset)
        return self.at(host.locator.article) if host and host.locator.label("dieu") else None

    @cached_property
    def _by_locator(self) -> dict[Locator, Provision]:
        return {provision.locator: provision for provision in reversed(self.document.provisions)}

    def at(self, locator: Locator) -> Provision | None:
        """The provision of a locator; the first where one is doubled."""
        return self._by_locator.get(locator)

    @cached_property
    def articles(self) -> tuple[Provision, ...]:
        return tuple(p for p in self.document.provisions if p.kind is ProvisionKind.ARTICLE)

    @cached_property
    def attachments(self) -> tuple[Provision, ...]:
        return tuple(p for p in self.document.provisions if p.kind is ProvisionKind.ATTACHMENT)

    @cached_property
    def body(self) -> Span:
        """From the first provision to the end of the last điều."""
        tops = [
            p for p in self.document.provisions if p.kind is not ProvisionKind.APPENDIX and not p.locator.label("mau")
        ]
        return Span(tops[0].start, max(p.end for p in tops)) if tops else Span(self.header.end, len(self.text))

    @cached_property
    def amending(self) -> bool:
        """A text whose subject is to amend, supplement or repeal others."""
        return bool(_AMENDS.search(self.subject))

    @cached_property
    def amended_number(self) -> str | None:
        """The document that the subject or the first điều names as amended; None where it is not named by number."""
        if not self.amending:
            return None
        named = [self.subject, *(self.text[a.start : a.start + 600] for a in self.articles[:1])]
        found = (n for head in named for start, _, n in find_numbers(head) if not _AMENDED_BY.search(head[:start]))
        return next((n.normalised for n in found if n.normalised != self.number), None)

    def amends_at(self, offset: int) -> bool:
        """The điều or khoản around an offset changes another document: “Sửa đổi, bổ sung một số điều của …”."""
        host = self.host(offset)
        around = (self.at(locator) for locator in (host.locator.article, host.locator)) if host else ()
        heads = (self.text[p.start : p.start + 120] for p in around if p)
        return self.amending or any(_AMENDS_HERE.match(head) for head in heads)

    def labels(self, parent: Locator, kind: ProvisionKind) -> frozenset[str]:
        """Every label of a kind at a line start below a provision, those that the parser doubted too."""
        return frozenset(head.label for head in self._heads_below(parent, kind))

    def label_lines(self, parent: Locator, kind: ProvisionKind) -> int:
        """How many lines below a provision begin with a label of the kind."""
        return sum(1 for _ in self._heads_below(parent, kind))

    def _heads_below(self, parent: Locator, kind: ProvisionKind) -> Iterator[Head]:
        provision = self.at(parent)
        own = min((a.start for a in self.attachments), default=len(self.text))  # an empty locator: the main text
        span = Span(provision.start, provision.end) if provision else Span(0, own)
        return (head for start, head in self._heads if head.kind is kind and start in span)

    @cached_property
    def _heads(self) -> tuple[tuple[int, Head], ...]:
        found = ((line.start, next(heads(line), None)) for line in lines_of(self.text))
        return tuple((start, head) for start, head in found if head is not None)

    @cached_property
    def claims_normative(self) -> bool:
        """It rests on the law on making normative texts."""
        return any(LAWMAKING.search(self.text, g.start, g.end) for g in self.zones.grounds)

    def place(self, offset: int) -> str:
        """Where an offset stands, as a lawyer writes it: “khoản 2 Điều 5 Quy định kèm theo”."""
        host = self.host(offset)
        for spans, name in (
            ((self.zones.recipients,), "nơi nhận"),
            ((self.zones.signature,), "phần ký"),
            (self.zones.grounds, "phần căn cứ"),
        ):
            if any(offset in span for span in spans) and (host is None or host.kind is not ProvisionKind.APPENDIX):
                return name
        if host is None:
            return "phần mở đầu" if offset < self.body.start else "phần cuối văn bản"
        return self.printed(host.locator)

    def printed(self, locator: Locator) -> str:
        """A locator with the name of its attached text instead of its number."""
        outer = locator.label("kem-theo")
        inner = Locator(".".join(f"{level}-{label}" for level, label in locator.steps if level != "kem-theo"))
        if outer is None:
            return str(inner)
        attached = next((p for p in self.attachments if p.locator.label("kem-theo") == outer), None)
        return f"{inner} {attached.label if attached and attached.label else 'văn bản'} kèm theo".strip()


_AMENDED_BY = re.compile(r"được sửa đổi[^.;]{0,60}$", re.I)
_AMENDS_HERE = re.compile(
    r"(?:Điều[ \t]+\d+[a-zđ]?\.?|\d+[a-zđ]?\.|[a-zđ]\))?[ \t]*"
    r"(?:Sửa đổi|Bổ sung|Bãi bỏ|Thay thế|Thay cụm từ|Bỏ cụm từ)\b",
    re.I,
)
_SENTENCE_END = re.compile(rf"[.;!?](?=\s+[{CAPITALS}“]|\s*$)")
_AMENDS = re.compile(
    r"^\s*(?:về việc\s+)?(?:sửa đổi|bổ sung|bãi bỏ|đính chính)\b|\bsửa đổi, bổ sung\b|\bđính chính\b", re.I
)


__all__ = ["Draft", "Family", "Level", "Organ", "Span", "Zones"]
