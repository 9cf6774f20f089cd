"""The citations of a whole document, each resolved where it stands: “khoản này” is the khoản around it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date

from assistant.law.catalogue import Catalogue
from assistant.law.citation import Host, Reference, find_citations, resolve
from assistant.law.document import Document, Locator, Provision, ProvisionKind


def cite_document(document: Document, catalogue: Catalogue, on: date, number: str | None = None) -> list[Reference]:
    """``number``: the document's own, where its text does not say it. Offsets point into ``document.text``."""
    return list(_resolved(document, catalogue, on, number or document.number))


def _resolved(document: Document, catalogue: Catalogue, on: date, number: str | None) -> Iterator[Reference]:
    starts = [provision.start for provision in document.provisions]
    for reference in find_citations(document.text):
        last = bisect_right(starts, reference.start)
        around = (p for p in reversed(document.provisions[:last]) if reference.start < p.end)
        yield from resolve([reference], _host(document, next(around, None), number), catalogue, on)


def _host(document: Document, provision: Provision | None, number: str | None) -> Host:
    """The place around a citation, as far as the document's structure tells."""
    place = provision.locator if provision else Locator()
    context = Locator(provision.context) if provision else Locator()
    tree = place.label("kem-theo")
    attached = [p.label for p in document.provisions if p.kind is ProvisionKind.ATTACHMENT and tree]
    return Host(
        number=number,
        doc_type=document.doc_type,
        article=place.label("dieu"),
        clause=place.label("khoan"),
        point=place.label("diem"),
        chapter=context.label("chuong") or place.label("chuong"),
        section=context.label("muc"),
        division=context.label("phan"),
        appendix=place.label("phu-luc"),
        attached=attached[int(tree) - 1] if tree and tree.isdigit() and int(tree) <= len(attached) else None,
    )
