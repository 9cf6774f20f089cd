"""The citations of a draft, each resolved where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assistant.law.catalogue import Catalogue
from assistant.law.citation import Host, Reference, find_citations, resolve
from assistant.law.document import Locator
from assistant.review.draft import Draft


def cite(draft: Draft, catalogue: Catalogue) -> tuple[Reference, ...]:
    """Found in the whole text, then filled in from the provision around each: “khoản này”, “Quy định này”."""
    return tuple(_resolved(find_citations(draft.text), draft, catalogue))


def _resolved(references: Iterable[Reference], draft: Draft, catalogue: Catalogue) -> Iterable[Reference]:
    for reference in references:
        lone = reference.article is None and reference.relative is None and (reference.clause or reference.point)
        for resolved in resolve([reference], _host(draft, reference), catalogue, draft.signed_on):
            # a khoản without its điều is taken for one of the host's own: a guess that accuses nobody
            yield replace(resolved, confidence=min(resolved.confidence, 0.5)) if lone else resolved


def _host(draft: Draft, reference: Reference) -> Host:
    provision = draft.host(reference.start)
    place = provision.locator if provision else Locator()
    tree = place.label("kem-theo")
    attached = next((a.label for a in draft.attachments if a.locator.label("kem-theo") == tree), None) if tree else None
    context = Locator(provision.context) if provision else Locator()
    return Host(
        number=draft.number,
        doc_type=draft.header.doc_type or draft.document.doc_type,
        article=place.label("dieu"),
        clause=place.label("khoan"),
        point=place.label("diem"),
        chapter=context.label("chuong"),
        section=context.label("muc"),
        division=context.label("phan"),
        appendix=place.label("phu-luc"),
        attached=attached or None,
        amends=(draft.amended_number or "") if draft.amending else None,
        quoted=draft.quoted(reference.start),
    )
