"""What a citation means where it stands: the host fills in “này”, the catalogue names without number."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from assistant.law.catalogue import Catalogue
from assistant.law.catalogue_rows import CatalogueRow
from assistant.law.citation_values import (
    AMENDED,
    EXISTS_NO,
    EXTERNAL,
    NOT_IN_STORE,
    RESOLVED,
    SELF,
    UNRESOLVED,
    Host,
    Reference,
)
from assistant.law.document import Locator
from assistant.law.number import parse_number

# Says whether a document has a provision; None when its text is not held.
HasProvision = Callable[[str, Locator], bool | None]
_INNER = ("article", "clause", "point")
_OUTER = ("section", "chapter", "division", "appendix")


def resolve(
    references: Iterable[Reference],
    host: Host,
    catalogue: Catalogue,
    on: date,
    has_provision: HasProvision | None = None,
) -> list[Reference]:
    """The references with document and place filled in from the host and the catalogue, and a status each.

    ``on``: the date of the citing document (of a draft: its planned day of effect); a name without a number or
    year means the version in force on it. Not in the store is not an error.
    """
    amended = host.amends or _only_amended(host, catalogue)
    filled = (_named(_hosted(reference, host, amended), catalogue, on) for reference in references)
    return [_status(reference, catalogue, has_provision) for reference in filled]


def _only_amended(host: Host, catalogue: Catalogue) -> str | None:
    """The document that the host amends, where the catalogue names exactly one."""
    row = catalogue.get(host.number) if host.number else None
    numbers = {relation.number for relation in row.relations if relation.kind == "amends"} if row else set()
    return numbers.pop() if len(numbers) == 1 else None


def _hosted(reference: Reference, host: Host, amended: str | None) -> Reference:
    """“này”, and no document at all: the host, or inside an amendment the amended document."""
    if reference.scope == EXTERNAL:
        if not _is_bare(reference) or reference.doc_type != (host.doc_type or _type_shown(host.number)):
            return reference
        reference = replace(reference, scope=SELF)  # “Điều 4 Nghị định” in a decree that calls no other one so
    own_words = reference.relative is not None or reference.doc_type is not None or reference.attached is not None
    of_amended = reference.scope == AMENDED or host.quoted or (host.amends is not None and not own_words)
    filled: dict[str, Any] = {}
    if of_amended:
        number = reference.number or amended
        doc_type = reference.doc_type or host.amends_type or _type_shown(number)
        filled |= {"scope": AMENDED, "number": number, "doc_type": doc_type}
    else:
        doc_type = host.doc_type if reference.attached else reference.doc_type or host.doc_type
        filled |= {"number": host.number, "doc_type": doc_type or _type_shown(host.number)}
        filled["attached"] = reference.attached or (host.attached if reference.doc_type is None else None)
    if not reference.quoted or host.quoted:
        filled |= _place(reference, host)
    return replace(reference, **filled)


def _is_bare(reference: Reference) -> bool:
    """“Nghị định”: a type, and nothing that tells which."""
    told = reference.number or reference.name or reference.year or reference.issued_on or reference.attached
    return reference.doc_type is not None and not told


def _place(reference: Reference, host: Host) -> dict[str, str | None]:
    """The levels of the host from the outermost down to the one written as “này”.

    A lone khoản or điểm (“theo khoản 2”) is one of the host's own article.
    """
    if reference.relative in _OUTER:
        return {reference.relative: getattr(host, reference.relative)}
    given = {level: getattr(reference, level) for level in _INNER}
    if reference.relative in _INNER:
        levels: tuple[str, ...] = _INNER[: _INNER.index(reference.relative) + 1]
    elif given["article"] or any(getattr(reference, level) for level in (*_OUTER, "form", "doc_type")):
        return {}
    elif reference.scope == AMENDED and not host.quoted:
        levels = ()  # what an operation names is not a place of the host
    else:
        innermost = next((level for level in _INNER if given[level]), "article")
        levels = _INNER[: _INNER.index(innermost)]
    return {level: given[level] or getattr(host, level) for level in levels}


def _named(reference: Reference, catalogue: Catalogue, on: date) -> Reference:
    """Name → number, and the catalogue's spelling of the name."""
    if reference.number is None and reference.name and not reference.attached:
        row = catalogue.by_name(reference.name, on, reference.year)
        if row is not None:
            name = row.title if reference.confidence <= 0.6 and row.title else reference.name
            return replace(reference, number=row.number, name=name, doc_type=reference.doc_type or row.doc_type or None)
    if reference.number and reference.doc_type is None:
        row = catalogue.get(reference.number)
        if row is not None and row.doc_type:
            return replace(reference, doc_type=row.doc_type)
    return reference


def _status(reference: Reference, catalogue: Catalogue, has_provision: HasProvision | None) -> Reference:
    if reference.number is None:
        return replace(reference, status=NOT_IN_STORE if reference.name else UNRESOLVED)
    if reference.relative in _INNER and getattr(reference, reference.relative) is None:
        return replace(reference, status=UNRESOLVED)
    row = catalogue.get(reference.number)
    exists = _exists(reference, row, has_provision)
    if exists is False:
        return replace(reference, status=EXISTS_NO)
    known = row is not None or exists is True or reference.scope == SELF
    return replace(reference, status=RESOLVED if known else NOT_IN_STORE)


def _exists(reference: Reference, row: CatalogueRow | None, has_provision: HasProvision | None) -> bool | None:
    """False only where the text, or the number of its articles, shows that there is no such provision."""
    if reference.attached or reference.role == "inserted":
        return None
    if has_provision is not None and reference.number and reference.locator.path:
        told = has_provision(reference.number, reference.locator)
        if told is not None:
            return told
    article = reference.article or ""
    if row is not None and row.article_count and article.isdigit() and not row.doc_type.startswith("Quyết định"):
        return False if int(article) > row.article_count else None
    return None


def _type_shown(number: str | None) -> str | None:
    parsed = parse_number(number) if number else None
    return parsed.doc_type if parsed else None


def render(reference: Reference) -> str:
    """As a lawyer writes it: “điểm b khoản 2 Điều 5 của Luật Đất đai số 31/2024/QH15”, “khoản 1 Điều này”."""
    units = " ".join(_units(reference))
    document = _document(reference)
    if not units or not document:
        return units or document
    joint = "ban hành kèm theo" if reference.appendix or reference.form else "của"
    return f"{units} {joint} {document}"


_PRINTED = (
    ("item", "tiết"),
    ("point", "điểm"),
    ("clause", "khoản"),
    ("article", "Điều"),
    ("subsection", "Tiểu mục"),
    ("section", "Mục"),
    ("chapter", "Chương"),
    ("division", "Phần"),
    ("form", "Mẫu số"),
    ("appendix", "Phụ lục"),
)


def _units(reference: Reference) -> list[str]:
    words = [reference.part] if reference.part else []
    filled = reference.status != UNRESOLVED
    # House style of the State Bank: “điểm a(iv)”; elsewhere “tiết b điểm 2.2”.
    in_brackets = bool(reference.item and reference.point and set(reference.item) <= set("ivx"))
    row = reference.item and not reference.point and reference.item[0].isdigit()
    in_appendix = bool(reference.appendix or reference.division in tuple("ABCDEĐ"))
    for level, name in _PRINTED:
        label = getattr(reference, level)
        printed = name.lower() if in_appendix and level == "section" else name
        printed = "số thứ tự" if level == "item" and row else printed
        if level == "item" and in_brackets:
            continue
        if level == reference.relative and not (filled and label):
            words.append(f"{printed} này")
        elif label == "*":
            words.append(printed)
        elif label:
            words.append(f"{printed} {label}" + (f"({reference.item})" if level == "point" and in_brackets else ""))
        if level == reference.relative and not filled:
            break
    return words


def _document(reference: Reference) -> str:
    if reference.scope != EXTERNAL and not (reference.status != UNRESOLVED and reference.number):
        if reference.attached:
            return f"{reference.attached} này"
        return f"{reference.doc_type} này" if reference.doc_type and reference.relative is None else ""
    if reference.attached and reference.number:
        return f"{reference.attached} ban hành kèm theo {reference.doc_type or 'văn bản'} số {reference.number}"
    named = (reference.name if not reference.attached else None) or reference.doc_type or ""
    words = [named]
    if reference.number and ("/" in reference.number or not named):  # the Constitution has no number
        words.append(f"số {reference.number}" if named else reference.number)
    elif reference.year and str(reference.year) not in named:
        words.append(f"năm {reference.year}")
    if reference.issued_on:
        words.append(_printed_date(reference.issued_on))
    if reference.issuer:
        words.append(f"của {reference.issuer}")
    if reference.amended_by:
        words.append("được sửa đổi, bổ sung bởi " + " và ".join(reference.amended_by))
    return " ".join(word for word in words if word)


def _printed_date(day: date) -> str:
    """“ngày 05 tháng 02 năm 2026”: days below 10 and the first two months with a 0 (NĐ 30/2020/NĐ-CP, Phụ lục I)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day:%d} tháng {month} năm {day.year}"
