"""One pass over a text that turns triggers into References."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import Any

from assistant.law.citation_cues import (
    Quote,
    continues_list,
    in_title,
    is_heading,
    is_other_word,
    leads_amendment,
    leads_in,
    new_texts,
    operation_before,
    phrase_quotes,
    position_in,
)
from assistant.law.citation_document_words import NAMED_TYPES
from assistant.law.citation_documents import read_document
from assistant.law.citation_expression import Expression, Leaf, leaves, read_expression
from assistant.law.citation_grammar import read_token
from assistant.law.citation_inherit import excepted_of, inherited
from assistant.law.citation_levels import ARTICLE, CHAPTER, CLAUSE, DIVISION, FORM, ITEM, POINT, SECTION, SUBSECTION
from assistant.law.citation_titles import named_so
from assistant.law.citation_triggers import TRIGGER, inside_word, with_part
from assistant.law.citation_values import (
    AMENDED,
    AMENDING,
    IN_TITLE,
    SELF,
    TARGET,
    CitedDocument,
    Reference,
    document_fields,
)
from assistant.law.fold import FoldedText, fold

_NAMED = frozenset(NAMED_TYPES.values())


class CitationReader:
    """Reads one text. It only remembers the citation before, for lists, titles and operations."""

    def __init__(self, folded: FoldedText) -> None:
        self.folded = folded
        self.found: list[Reference] = []
        self._spans: list[tuple[int, int]] = []  # of each, in the folded text
        self._phrases = phrase_quotes(folded)
        self._quotes = new_texts(folded)
        self._previous: CitedDocument | None = None
        self._previous_end = -1
        self._previous_title = False
        self._previous_operation: str | None = None
        self._lone_document: CitedDocument | None = None  # a document that no unit stood before
        self._lead: Reference | None = None  # what the amending sentence before a quotation names
        self._cited: dict[str, int | None] = {}
        self._named: list[tuple[int, CitedDocument]] = []  # documents that are told, and where they end

    def read(self) -> list[Reference]:
        at = 0
        while trigger := TRIGGER.search(self.folded.plain, at):
            start = trigger.start()
            end = None
            if not self._skipped(start):
                end = self._units(start) if trigger.lastindex else self._document(start)
            at = max(end or 0, start + 2)
        return inherited(self.folded, self.found, self._spans)

    def _skipped(self, start: int) -> bool:
        """Inside another word, or inside a quoted phrase."""
        if inside_word(self.folded.text, start):
            return True
        if not self._phrases:
            return False
        place = bisect_right(self._phrases, (start, len(self.folded.plain) + 1)) - 1
        return place >= 0 and self._phrases[place][0] <= start < self._phrases[place][1]

    # A citation with units: “điểm b khoản 2 Điều 5 của …”

    def _units(self, start: int) -> int | None:
        token = read_token(self.folded, with_part(self.folded, start))
        if token is None:
            return None
        if is_heading(self.folded, token) or is_other_word(self.folded, token):
            return token.end
        expression = self._called_so(self._after_document(read_expression(self.folded, token)))
        if expression.foreign or not self._is_citation(expression):
            return expression.end
        operation, passive = self._operation(expression.start)
        if operation is None and self._is_list_of_places(expression):
            operation = "replace_phrase"
        self._add_units(expression, operation, AMENDING if passive else None)
        return expression.end

    def _after_document(self, expression: Expression) -> Expression:
        """“Luật Đất đai 2024, điều 45, khoản 1”: people also name the document first."""
        document = self._lone_document
        if document is None or expression.document or expression.start - document.end > 3:
            return expression
        between = self.folded.plain[document.end : expression.start].strip(" ,:")
        if between or not any(token.level == ARTICLE and not token.this for token in expression.tokens):
            return expression
        if self.found and self.found[-1].start == self.folded.origin(document.start):
            self.found.pop()
            self._spans.pop()
        document = replace(document, confidence=min(document.confidence, 0.7))
        return expression._replace(start=document.start, document=document)

    def _called_so(self, expression: Expression) -> Expression:
        """“Điều 84 Nghị định” where the text has said “Nghị định số … (sau đây gọi tắt là Nghị định)”."""
        bare = expression.document
        if bare is None or bare.itself or bare.number or bare.name or bare.issued_on or bare.year or not bare.doc_type:
            return expression
        said = named_so(self.folded, bare.doc_type, expression.start)
        known = [held for end, held in self._named if said and end <= said and held.doc_type == bare.doc_type]
        if not known:
            return expression
        return expression._replace(document=replace(known[-1], start=bare.start, end=bare.end, confidence=0.8))

    def _is_citation(self, expression: Expression) -> bool:
        """A lone small unit counts only where words lead to it: “điểm b” of a school is none."""
        first = expression.tokens[0]
        if expression.document or first.part or any(token.this or token.op for token in expression.tokens):
            return True
        highest = max(token.level for token in expression.tokens)
        if first.labels[0].text == "*" and first.plain:
            return False  # file names: “Phu luc kem theo Thong tu so 44_2012”
        capital = self.folded.text[first.start].isupper()
        if highest in (ITEM, POINT) or (highest == ARTICLE and not capital and len(expression.tokens) == 1):
            return leads_in(self.folded, first.start)
        if highest in (SECTION, SUBSECTION, DIVISION):
            return len(expression.tokens) > 1 or (capital and leads_in(self.folded, first.start))
        if highest == FORM:
            printed = capital or not first.labels[0].text[0].isdigit()
            return printed and self.folded.plain[expression.end : expression.end + 1] != ":"
        return highest in (CLAUSE, CHAPTER) or len(expression.tokens) > 1 or capital

    def _is_list_of_places(self, expression: Expression) -> bool:
        """A text that is only “tại khoản 2 Điều 4, tên Chương II, …”: the places of a replaced phrase."""
        before = self.folded.plain[: expression.start] if expression.start < 12 else "?"
        return before.strip() == "tai" and any(token.part for token in expression.tokens)

    def _add_units(self, expression: Expression, operation: str | None, role: str | None) -> None:
        document = expression.document or self._excepted(expression)
        title = self._in_title(expression.start, document)
        quote = self._quote(expression.start)
        plain = any(token.plain for token in expression.tokens)
        lead = document is None and leads_amendment(self.folded, expression.start)
        for leaf in leaves(expression, None if title else operation):
            named = document if leaf.named else None
            fields = document_fields(named)
            if quote is not None and fields["scope"] == SELF:
                fields |= self._of_quote(quote, leaf)
            elif named is None and leaf.relative is None and (leaf.operation or lead):
                fields["scope"] = AMENDED
            if plain:
                fields["confidence"] = min(fields["confidence"], 0.6)
            fields |= leaf.levels
            fields |= {"part": leaf.part, "relative": leaf.relative, "operation": leaf.operation}
            self._append(leaf.start, leaf.end, fields, role or (IN_TITLE if title else leaf.role), quote)
        self._remember(document, expression.end, title, operation)
        self._lone_document = None

    def _excepted(self, expression: Expression) -> CitedDocument | None:
        if not self._named or expression.tokens[-1].level != ARTICLE or any(token.this for token in expression.tokens):
            return None
        return excepted_of(self.folded, expression.start, self._named)

    # A document by itself: “Nghị định số 123/2015/NĐ-CP”, “Luật này”

    def _document(self, start: int) -> int | None:
        document = read_document(self.folded, start, False)
        if document is None or self._is_header(document):
            return None
        operation, passive = self._operation(start)
        title = self._in_title(start, document)
        if not (title and self._is_cited(document)):
            quote = self._quote(start)
            fields = document_fields(document)
            if quote is not None and document.itself:
                fields["scope"] = AMENDED
            operation = None if title else operation
            fields["operation"] = operation
            role = AMENDING if passive else IN_TITLE if title else TARGET if operation else None
            self._append(start, document.end, fields, role, quote)
        self._remember(document, document.end, title, operation)
        self._lone_document = None if document.itself else document
        return document.end

    def _is_header(self, document: CitedDocument) -> bool:
        """“LUẬT ĐẤT ĐAI” over a text is its own title."""
        words = self.folded.text[document.start : document.end]
        return document.number is None and len(words) > 8 and words.isupper() and "\n" in self.folded.text

    # What both share

    def _append(self, start: int, end: int, fields: dict[str, Any], role: str | None, quote: Quote | None) -> None:
        reference = Reference(
            start=self.folded.origin(start),
            end=self.folded.origin(end),
            text=self.folded.text[start:end],
            role=role,
            quoted=quote is not None,
            **fields,
        )
        if quote is None:
            self._lead = reference
        self.found.append(reference)
        self._spans.append((start, end))

    def _operation(self, start: int) -> tuple[str | None, bool]:
        """What the words before do to it; a list goes on with the operation of its first member."""
        operation, passive = operation_before(self.folded, start)
        if operation is None and not passive and self._previous_operation and self._goes_on(start):
            return self._previous_operation, False
        return operation, passive

    def _goes_on(self, start: int) -> bool:
        return self._previous_end >= 0 and continues_list(self.folded, self._previous_end, start)

    def _in_title(self, start: int, document: CitedDocument | None) -> bool:
        previous = self._previous
        if previous is None or previous.itself or document is None or document.itself:
            return False
        if self._previous_title and self._goes_on(start):
            return document.doc_type == previous.doc_type or (
                document.doc_type not in _NAMED and previous.doc_type not in _NAMED
            )
        told = previous.number is not None or previous.issued_on is not None
        return told and in_title(self.folded, self._previous_end, start)

    def _remember(self, document: CitedDocument | None, end: int, title: bool, operation: str | None) -> None:
        self._previous, self._previous_end = document, end
        self._previous_title = title
        if not title:  # “Bãi bỏ Nghị định A hướng dẫn Luật B và Nghị định C”: the title does not end the list
            self._previous_operation = operation
        if document is not None and (document.number is not None or document.name):
            self._named.append((end, document))
        if document is not None and document.name:
            year = document.year or (document.number.year if document.number else None)
            self._cited[fold(document.name)] = year

    def _is_cited(self, document: CitedDocument) -> bool:
        """Named before in this text: in a title it is then the same document again."""
        if not document.name or fold(document.name) not in self._cited:
            return False
        year = self._cited[fold(document.name)]
        return document.year is None or year is None or document.year == year

    def _quote(self, start: int) -> Quote | None:
        if not self._quotes:
            return None
        place = bisect_right(self._quotes, start, key=lambda quote: quote.start) - 1
        return self._quotes[place] if place >= 0 and start < self._quotes[place].end else None

    def _of_quote(self, quote: Quote, leaf: Leaf) -> dict[str, Any]:
        """Inside a quotation “này” means the amended document, at the place that the quotation gives new text to."""
        lead = self._lead
        fields: dict[str, Any] = {"scope": AMENDED}
        if lead is not None and lead.scope != SELF:
            fields |= {"number": lead.number, "name": lead.name, "doc_type": lead.doc_type}
        if leaf.relative not in ("article", "clause", "point"):
            return fields
        place = position_in(quote, leaf.start)
        if lead is not None and "article" not in place:
            outer = {"article": lead.article, "clause": lead.clause} if not place else {"article": lead.article}
            place = {level: label for level, label in outer.items() if label} | place
        levels = ("article", "clause", "point")
        return fields | {level: place[level] for level in levels[: levels.index(leaf.relative) + 1] if level in place}
