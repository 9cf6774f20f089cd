"""A parsed document as entries of the index, as JSON and as an outline to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from assistant.index.values import Audience, Entry, Kind
from assistant.ingest.header_title import full_title, sentence_case
from assistant.ingest.structure_lines import heads, lines_of
from assistant.language.normalise import fold
from assistant.law.document import Document, Footnote, Locator, Provision, ProvisionEffect, ProvisionKind
from assistant.law.effect import effect_of, effects_near
from assistant.law.effect import to_json as to_rows
from assistant.law.number import normalise_number

_GROUP_CHARS = 1_500  # paragraphs of a text without numbers are put together up to this length
_DEPTH = {kind: depth for depth, kind in enumerate(ProvisionKind)}


def to_entries(
    document: Document, *, audience: Audience = Audience.CITIZEN, territory: str = "vn", url: str = ""
) -> list[Entry]:
    """One entry per Điều, appendix or form; a text without Điều gives one per heading or group of paragraphs.

    A document without number gets its ids from the name of its file.
    """
    number = normalise_number(document.number) if document.number else _name_as_number(document)
    title = full_title(document.doc_type, document.subject) or (document.doc_type or "") or number
    issued = document.issued_on.isoformat() if document.issued_on else None
    entries: list[Entry] = []
    for locator, heading, text, attached, context in _pieces(document):
        if not (text or heading):
            continue
        effective_on, expires_on = effect_of(document, Locator(locator))
        entries.append(
            Entry(
                id=f"{number}#{locator}" if locator else number,
                kind=Kind.PROVISION,
                number=number,
                title=f"{attached} kèm theo {title}" if attached else title,
                text=text or heading,
                locator=locator,
                heading=heading if text else "",
                source=document.source,
                doc_type=document.doc_type or "",
                issuing_body=document.issuing_body or "",
                audience=audience,
                territory=territory,
                effective_on=effective_on,
                expires_on=expires_on,
                url=url,
                payload={"issued_on": issued, "signer": document.signer or "", "context": context}
                | _beside(document, Locator(locator)),
            )
        )
    return entries


def _name_as_number(document: Document) -> str:
    """“Dự thảo Quyết định.docx” → “du-thao-quyet-dinh”; the subject where there is no file."""
    name = PurePath(document.source).stem or document.subject or "van-ban"
    return "-".join(re.findall(r"[a-z0-9]+", fold(name))) or "van-ban"


def _pieces(document: Document) -> Iterator[tuple[str, str, str, str, str]]:
    """(locator, heading, text, name of the attached text it belongs to, context) of each entry."""
    attached = ""
    with_articles = {_tree(p) for p in document.provisions if p.kind is ProvisionKind.ARTICLE}
    for provision in document.provisions:
        if provision.kind is ProvisionKind.ATTACHMENT:
            attached = _attached_name(provision)
            if provision.text:
                yield provision.locator.path, attached, provision.text, attached, ""
        elif provision.kind is ProvisionKind.APPENDIX:
            name = "Mẫu số" if provision.locator.steps[-1][0] == "mau" else "Phụ lục"
            heading = ". ".join(filter(None, (f"{name} {provision.label}".strip(), provision.heading)))
            yield provision.locator.path, heading, provision.text, "", ""
        elif _is_piece(provision, with_articles):
            name = attached if provision.locator.path.startswith("kem-theo") else ""
            yield provision.locator.path, provision.heading, printed(document, provision), name, provision.context
    if not document.provisions:
        for place, group in enumerate(_groups(document.text), start=1):
            yield f"doan-{place}", "", group, "", ""


def _attached_name(provision: Provision) -> str:
    """“QUY CHẾ Bảo vệ bí mật” → “Quy chế Bảo vệ bí mật”."""
    if provision.heading.isupper():
        return sentence_case(provision.heading)
    return provision.label + provision.heading[len(provision.label) :]


def _is_piece(provision: Provision, with_articles: set[str]) -> bool:
    """An Điều; in a tree without Điều whatever stands at its top."""
    if _tree(provision) in with_articles:
        return provision.kind is ProvisionKind.ARTICLE
    steps = [step for step in provision.locator.steps if step[0] != "kem-theo"]
    return len(steps) == 1


def _tree(provision: Provision) -> str:
    """“kem-theo-1” for provisions of an attached text, "" for those of the document itself."""
    first = provision.locator.path.partition(".")[0]
    return first if first.startswith("kem-theo") else ""


def printed(document: Document, provision: Provision) -> str:
    """The text of a provision with everything below it, as printed, without its label and heading."""
    text = without_notes(document, provision)
    words = r"\s+".join(map(re.escape, provision.heading.split()))
    heading = re.compile(words).search(text, 0, 1_000) if words else None
    if heading is not None:
        text = text[heading.end() :].removeprefix(".")
    else:
        head = next(heads(lines_of(text.partition("\n")[0])[0]), None) if text.strip() else None
        text = text[head.body if head else 0 :]
    return "\n".join(clean_lines(text))


def clean_lines(text: str) -> list[str]:
    """Lines with single spaces, without the empty ones."""
    return [line for line in (" ".join(line.split()) for line in text.split("\n")) if line]


def without_notes(document: Document, provision: Provision) -> str:
    """The printed span of a provision, without the footnotes that stand in it."""
    at, parts = provision.start, []
    for start, end in sorted(note.span for note in document.footnotes if note.span):
        if at <= start < provision.end:
            parts.append(document.text[at:start])
            at = end
    return "".join([*parts, document.text[at : provision.end]])


def _beside(document: Document, place: Locator) -> dict[str, Any]:
    """What a reader of a piece must be shown with it: its footnotes, and units with days of their own."""
    if not place.path:
        return {}
    notes = [f"[{note.label}] {note.text}" for note in document.footnotes if place.contains(note.locator)]
    effects = to_rows(effects_near(document.effects, place))
    return ({"footnotes": notes} if notes else {}) | ({"effects": effects} if effects else {})


def _groups(text: str) -> Iterator[str]:
    """Paragraphs put together; a longer one stays whole."""
    group: list[str] = []
    length = 0
    for line in (" ".join(line.split()) for line in text.split("\n")):
        if not line:
            continue
        if group and length + len(line) > _GROUP_CHARS:
            yield "\n".join(group)
            group, length = [], 0
        group.append(line)
        length += len(line)
    if group:
        yield "\n".join(group)


def to_json(document: Document) -> dict[str, Any]:
    """The answer of ``troly parse --json``: header fields, provisions flat in reading order, warnings.

    ``effects`` and ``footnotes`` are there only for a text that has some.
    """
    return {
        "number": document.number,
        "doc_type": document.doc_type,
        "issuing_body": document.issuing_body,
        "place": document.place,
        "issued_on": document.issued_on.isoformat() if document.issued_on else None,
        "effective_on": document.effective_on.isoformat() if document.effective_on else None,
        "subject": document.subject,
        "legal_bases": list(document.legal_bases),
        "signer": document.signer,
        "provisions": [_provision_json(provision) for provision in document.provisions],
        "warnings": [{"start": warning.start, "message": warning.message} for warning in document.warnings],
    } | _extras_json(document)


def _extras_json(document: Document) -> dict[str, Any]:
    notes = [_footnote_json(note) for note in document.footnotes]
    effects = to_rows(document.effects)
    return ({"effects": effects} if effects else {}) | ({"footnotes": notes} if notes else {})


def _footnote_json(note: Footnote) -> dict[str, Any]:
    return {"label": note.label, "text": note.text, "locator": note.locator.path, "mark": note.mark}


def _provision_json(provision: Provision) -> dict[str, Any]:
    # The attached text itself counts as an appendix here; its locator, kem-theo-n, tells it apart.
    attached = provision.kind is ProvisionKind.ATTACHMENT
    return {
        "locator": provision.locator.path,
        "kind": (ProvisionKind.APPENDIX if attached else provision.kind).value,
        "label": provision.label,
        "heading": provision.heading,
        "text": provision.text,
        "start": provision.start,
        "end": provision.end,
    }


def outline(document: Document) -> str:
    """A page to read: header, then one line per provision, indented; warnings last."""
    lines = [line for line in _header_lines(document) if line]
    lines += [_outline_line(provision) for provision in document.provisions]
    if document.effects:
        lines += ["", f"Hiệu lực riêng ({len(document.effects)}):", *map(_effect_line, document.effects)]
    if document.footnotes:
        lines += ["", f"Chú thích ({len(document.footnotes)}):"]
        lines += [_note_line(note) for note in document.footnotes]
    if document.warnings:
        lines += ["", f"Lưu ý ({len(document.warnings)}):"]
        lines += [f"- vị trí {warning.start}: {warning.message}" for warning in document.warnings]
    return "\n".join(lines)


def _effect_line(effect: ProvisionEffect) -> str:
    """“- khoản 3 Điều 10: từ ngày 01/01/2026 (theo khoản 2 Điều 88)”."""
    days = [
        f"từ ngày {effect.effective_on:%d/%m/%Y}" if effect.effective_on else "",
        f"hết hiệu lực từ ngày {effect.expires_on:%d/%m/%Y}" if effect.expires_on else "",
    ]
    matter = f" ({effect.matter})" if effect.matter else ""
    return f"- {effect.locator}{matter}: {', '.join(filter(None, days))} (theo {effect.place})"


def _note_line(note: Footnote) -> str:
    """“- [2] (khoản 1 Điều 1) Khoản này được bãi bỏ …”."""
    text = " ".join(note.text.split())
    place = f"({note.locator}) " if note.locator.path else ""
    return f"- [{note.label}] {place}{text[:160] + '…' if len(text) > 160 else text}"


def _header_lines(document: Document) -> list[str]:
    named = full_title(document.doc_type, document.subject)
    dates = [
        f"ban hành {document.issued_on:%d/%m/%Y}" if document.issued_on else "",
        f"hiệu lực {document.effective_on:%d/%m/%Y}" if document.effective_on else "",
        f"người ký {document.signer}" if document.signer else "",
    ]
    return [
        " – ".join(filter(None, (named, document.number or "chưa có số ký hiệu"))),
        "; ".join(filter(None, (document.issuing_body or "", *dates))),
        *(f"Căn cứ: {basis.removeprefix('Căn cứ ')}" for basis in document.legal_bases),
        "",
    ]


_NAMES = {
    ProvisionKind.PART: "Phần",
    ProvisionKind.CHAPTER: "Chương",
    ProvisionKind.SECTION: "Mục",
    ProvisionKind.SUBSECTION: "Tiểu mục",
    ProvisionKind.ARTICLE: "Điều",
}


def _outline_line(provision: Provision) -> str:
    """“    2. Hồ sơ gồm: …”: label, heading or the beginning of the text."""
    depth = min(_DEPTH[provision.kind], 6) if provision.kind in _NAMES or provision.label else 0
    if provision.kind in (ProvisionKind.CLAUSE, ProvisionKind.POINT):
        label = f"{provision.label}{'.' if provision.kind is ProvisionKind.CLAUSE else ')'}"
    elif provision.kind in _NAMES:
        label = f"{_NAMES[provision.kind]} {provision.label}."
    else:
        label, depth = f"[{provision.locator.path}]", 0
    text = " ".join((provision.heading or provision.text).split())
    return f"{'  ' * depth}{label} {text[:90] + '…' if len(text) > 90 else text}".rstrip()
