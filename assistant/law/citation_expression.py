"""A whole citation: units with what joins them, read into leaves that inherit from right to left."""

from __future__ import annotations

import re
from itertools import product
from typing import NamedTuple

from assistant.law.citation_cues import operation_of
from assistant.law.citation_document_words import FOREIGN
from assistant.law.citation_documents import read_document
from assistant.law.citation_grammar import JOIN, THIS, Token, read_token
from assistant.law.citation_levels import APPENDIX, ARTICLE, LEVEL_FIELDS, POINT, Label, expand
from assistant.law.citation_titles import ROWS, TITLED, bare_document, behind_table, document_behind_title
from assistant.law.citation_values import CitedDocument
from assistant.law.fold import FoldedText

_TOKEN_LETTERS = frozenset("bcdgkmnpst")  # with which a unit, or “các”, “từ”, “tên” before it, begins
MAX_LEAVES = 300  # a list distributed over a list: more is not a citation
_APART = ("semi", "to", "after", "op", "and", "comma")  # with which what follows is no document of the units before
Chain = dict[int, Token]  # level → the token that gives it


class Leaf(NamedTuple):
    """Một viện dẫn: levels → labels, with its own span."""

    start: int
    end: int
    levels: dict[str, str]
    part: str | None
    relative: str | None
    named: bool  # the document of the citation is this leaf's too
    operation: str | None
    role: str | None


class Expression(NamedTuple):
    """Cả cụm viện dẫn, up to and with its document."""

    start: int
    end: int
    tokens: tuple[Token, ...]
    document: CitedDocument | None
    foreign: bool = False  # of a document of the Party, a treaty, a contract: left alone


def read_expression(folded: FoldedText, first: Token) -> Expression:
    """The citation that begins with a unit."""
    tokens = [first]
    plain, end, in_bracket = folded.plain, first.end, False
    while True:
        join = _join(plain, end)
        token = read_token(folded, join.end(), join) if plain[join.end() : join.end() + 1] in _TOKEN_LETTERS else None
        if token is None and tokens[-1].level in ROWS and (table := behind_table(folded, end)):
            token = read_token(folded, table)
        if token is None or not _belongs(tokens[-1], token):
            break
        if token.join == "to" and token.level == tokens[-1].level:
            tokens[-1] = _ranged(tokens[-1], token)
        else:
            tokens.append(token)
        end = token.end
        # “Mục 2 (từ Điều 6 đến Điều 7) Chương II”: what the bracket holds is a unit of the list.
        in_bracket = in_bracket or join["and"] == "("
        if in_bracket and plain[end : end + 1] == ")":
            end, in_bracket = end + 1, False
    document = foreign = None
    if not tokens[-1].this or tokens[-1].level > ARTICLE:
        document = _document_after(folded, end, tokens, join)
        foreign = None if document else _foreign_after(folded, join)
        if not (document or foreign or any(join[sign] for sign in _APART)):
            document = bare_document(folded, join.end())
    stop = document.end if document else foreign.end() if foreign else end
    return Expression(first.start, stop, tuple(tokens), document, foreign is not None)


def _join(plain: str, end: int) -> re.Match[str]:
    join = JOIN.match(plain, end)
    assert join is not None  # every part of JOIN is optional
    return join


def _belongs(previous: Token, token: Token) -> bool:
    """After “Điều này” only a list goes on: the document is the host."""
    return token.join != "" or not previous.this or token.level > previous.level


def _ranged(first: Token, last: Token) -> Token:
    """“Điều 5” + “đến Điều 9” → one token with a range."""
    end = last.labels[0].until or last.labels[0].text
    label = first.labels[-1]._replace(until=end, end=last.labels[0].end)
    return first._replace(labels=(*first.labels[:-1], label, *last.labels[1:]), end=last.end)


def _document_after(folded: FoldedText, end: int, tokens: list[Token], join: re.Match[str]) -> CitedDocument | None:
    if join["to"] == "-" and tokens[-1].level in TITLED:  # “Phụ lục IV - Danh mục … ban hành kèm theo …”
        return document_behind_title(folded, end)
    if any(join[sign] for sign in ("semi", "to", "after", "and")) or (join["op"] and not join["link"]):
        return None
    document = read_document(folded, join.end(), True)
    if document is None and tokens[-1].level in TITLED:
        document = document_behind_title(folded, end)
    if document is not None and join["comma"] and document.number is None and not document.itself and not document.name:
        return None
    return document


def _foreign_after(folded: FoldedText, join: re.Match[str]) -> re.Match[str] | None:
    if any(join[sign] for sign in _APART):
        return None
    found = FOREIGN.match(folded.plain, join.end())
    printed = found is not None and (found["any_case"] is not None or folded.text[join.end()].isupper())
    return found if printed else None


def leaves(expression: Expression, operation: str | None) -> list[Leaf]:
    """The members of a citation, from left to right."""
    tokens = expression.tokens
    if _is_single(tokens):
        return [_single(expression, operation)]
    operations = _operations(tokens, operation)
    chains = _chains(tokens)
    found: list[Leaf] = []
    for place, (index, chain, named) in enumerate(chains):
        # A leaf's words reach over the outer levels that directly follow it; the last one's over the document.
        following = chains[place + 1][0] if place + 1 < len(chains) else None
        end = expression.end if following is None else tokens[following - 1].end
        found += _members(tokens[index], chain, end, named, *operations[index])
    return [found[0]._replace(start=expression.start, end=expression.end)] if len(found) == 1 else found


def _is_single(tokens: tuple[Token, ...]) -> bool:
    """“điểm b khoản 2 Điều 5”, by far the most frequent form: each level once, from the inside outwards."""
    last = -1
    for token in tokens:
        if token.level <= last or token.join or token.op or len(token.labels) > 1 or token.labels[0].until:
            return False
        last = token.level
    return True


def _single(expression: Expression, operation: str | None) -> Leaf:
    levels, relative = _levels([(token.level, token.labels[0]) for token in expression.tokens])
    own = all(token.level > ARTICLE for token in expression.tokens if token.this)
    role = None if operation is None else "inserted" if operation == "insert" else "target"
    part = expression.tokens[0].part
    return Leaf(expression.start, expression.end, levels, part, relative, own, operation, role)


def _operations(tokens: tuple[Token, ...], operation: str | None) -> list[tuple[str | None, str | None]]:
    """(operation, role) of each token: “bổ sung 2a [inserted] vào sau 2 [anchor] và sửa đổi, bổ sung k [target]”."""
    result: list[tuple[str | None, str | None]] = []
    current, anchor_level = operation, -1
    for token in tokens:
        if token.op:
            current, anchor_level = operation_of(token.op), -1
        if token.join == "after":
            current = current or "insert"
            anchor_level = token.level
        elif token.join in ("and", "comma", "semi") and token.level <= anchor_level:
            anchor_level = -1
        if current is None:
            role = None
        elif current != "insert":
            role = "target"
        else:
            role = "anchor" if anchor_level >= 0 else "inserted"
        result.append((current, role))
    return result


def _chains(tokens: tuple[Token, ...]) -> list[tuple[int, Chain, bool]]:
    """(index, levels, whether the document applies) of every leaf.

    A unit without its outer level takes the next one to its right; “này” takes nothing, it is the host's.
    """
    last_article = max((n for n, token in enumerate(tokens) if token.level == ARTICLE), default=-1)
    tail = _descending(tokens, last_article) if last_article >= 0 else []
    result: list[tuple[int, Chain, bool]] = []
    outer: Chain = {}
    named = True
    for index in range(last_article if tail else len(tokens) - 1, -1, -1):
        token = tokens[index]
        chain = {level: held for level, held in outer.items() if level > token.level} | {token.level: token}
        if token.level == ARTICLE and index + 1 < len(tokens) and tokens[index + 1].join:
            chain.pop(APPENDIX, None)  # “Điều 52 và số thứ tự 31 tại Phụ lục I”: the article is the document's
        if token.this and token.level <= ARTICLE:
            chain, named = {token.level: token}, False
        apart = index > 0 and _apart(tokens, index)
        inner = index > 0 and tokens[index - 1].level < token.level and not apart
        if not inner and not (tail and index == last_article):
            result.append((index, chain, named))
        if not (apart and token.level > ARTICLE):
            outer = chain
    return [*reversed(result), *tail]


def _apart(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a unit does not hold the smaller one before it.

    “khoản này và Điều 7”, “Điều 5 và Chương II”, “Điều 5, tên Chương II” are two; “Điều 12, Chương III” at the end of
    a citation is one, as is “khoản 1, Điều 5” anywhere.
    """
    left, token = tokens[index - 1], tokens[index]
    if left.this or token.part:
        return token.join != ""
    if token.level <= ARTICLE:
        return False
    return token.join in ("and", "semi") or (
        token.join == "comma" and index + 1 < len(tokens) and tokens[index + 1].level <= ARTICLE
    )


def _descending(tokens: tuple[Token, ...], article: int) -> list[tuple[int, Chain, bool]]:
    """“Điều 111, các khoản 2, 3 và 4”, “Điều 20 khoản 1 điểm đ”: what follows the last article belongs to it."""
    zone = range(article + 1, len(tokens))
    if not zone or tokens[article].this or tokens[article + 1].join in ("semi", "after", "to"):
        return []
    if any(tokens[index].level >= ARTICLE for index in zone):
        return []
    result: list[tuple[int, Chain, bool]] = []
    outer: Chain = {ARTICLE: tokens[article]}
    for index in zone:
        token = tokens[index]
        following = tokens[index + 1].level if index + 1 < len(tokens) else -1
        rising = index > article + 1 and tokens[index - 1].level < token.level and token.join == ""
        outer = {level: held for level, held in outer.items() if level > token.level} | {token.level: token}
        if rising and result:
            result[-1] = (index - 1, outer | {tokens[index - 1].level: tokens[index - 1]}, True)
        elif following < 0 or following >= token.level:
            result.append((index, outer, True))
    return result


def _members(token: Token, chain: Chain, end: int, named: bool, operation: str | None, role: str | None) -> list[Leaf]:
    outer = sorted((level for level in chain if level != token.level), reverse=True)
    lists = [_expanded(level, chain[level].labels) for level in outer]
    own = _expanded(token.level, token.labels)
    size = len(own)
    for members in lists:
        size *= len(members)
    if size > MAX_LEAVES:  # one that large is no real list; nothing is multiplied, and nothing is dropped
        lists = [members[:1] for members in lists]
    found = []
    for combination in product(*lists, own):
        *above, label = combination
        levels, relative = _levels([*zip(outer, above, strict=True), (token.level, label)])
        start = token.start if label.start == own[0].start else label.start
        stop = end if label.end == token.labels[-1].end else label.end
        found.append(Leaf(start, max(stop, label.end), levels, token.part, relative, named, operation, role))
    return found


def _levels(labels: list[tuple[int, Label]]) -> tuple[dict[str, str], str | None]:
    """(level → label, the level written as “này”)."""
    levels: dict[str, str] = {}
    relative = None
    for level, label in labels:
        if label.text == THIS:
            relative = LEVEL_FIELDS[level]
        else:
            levels[LEVEL_FIELDS[level]] = label.text
        if label.item and level == POINT:
            levels["item"] = label.item
    return levels, relative


def _expanded(level: int, labels: tuple[Label, ...]) -> list[Label]:
    found: list[Label] = []
    for label in labels:
        if label.until is None:
            found.append(label)
        else:
            found += [label._replace(text=text, until=None) for text in expand(level, label.text, label.until)]
    return found
