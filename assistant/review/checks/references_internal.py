"""Viện dẫn inside the draft (K50, K55)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.law import citation_values as roles
from assistant.law.citation import Reference
from assistant.law.document import Locator, Provision, ProvisionKind
from assistant.review.check import Context, Note
from assistant.review.draft import Draft

# Below it the article was not written with the khoản or điểm, but taken from the place it stands in.
SURE = 0.6


def internal(draft: Draft, _: Context) -> Iterator[Note]:
    """K50: a cited điều, khoản or điểm of the draft exists. An attached text is a tree of its own."""
    seen: set[tuple[int, int]] = set()
    for reference in _own(draft):
        if (reference.start, reference.end) in seen:
            continue
        missing = _missing(draft, reference)
        if missing:
            seen.add((reference.start, reference.end))
            place = draft.printed(_located(draft, reference))
            yield Note(
                reference.start,
                reference.end,
                f"Dự thảo viện dẫn {place} nhưng {missing}.",
                "Rà soát, sửa viện dẫn cho đúng điều, khoản, điểm; hoặc bổ sung nội dung còn thiếu.",
            )


def _own(draft: Draft) -> Iterator[Reference]:
    """References to the draft itself that name an existing provision: not quoted, not inserted by an amendment."""
    for reference in draft.references:
        if reference.scope != roles.SELF or reference.quoted or draft.quoted(reference.start) or reference.operation:
            continue
        if reference.confidence < SURE or (draft.amends_at(reference.start) and not _closing(draft, reference)):
            continue
        labels = (reference.article, reference.clause, reference.point)
        if any("." in (label or "") for label in labels) or (reference.point or "").isdigit():
            continue  # “điểm 1 Điều này” of texts before 1996, “khoản 1.2”
        if reference.article and reference.role not in (roles.INSERTED, roles.ANCHOR, roles.IN_TITLE):
            yield reference


def _located(draft: Draft, reference: Reference) -> Locator:
    """The locator in the tree that is meant: “Quy định này” the attached text, “Quyết định này” the main one."""
    host = draft.host(reference.start)
    own_tree = host.locator.label("kem-theo") if host else None
    if reference.attached:
        named = [a.locator.label("kem-theo") for a in draft.attachments if a.label == reference.attached]
        tree = own_tree if own_tree in named or not named else named[0]
    elif reference.doc_type and reference.doc_type == draft.header.doc_type:
        tree = None
    else:
        tree = own_tree
    inner = Locator.of(reference.article, reference.clause, reference.point).path
    return Locator(f"kem-theo-{tree}.{inner}" if tree else inner)


def _missing(draft: Draft, reference: Reference) -> str:
    """What the draft lacks, in words; "" when the provision is there."""
    wanted = _located(draft, reference)
    if draft.at(wanted):
        return ""
    tree = wanted.label("kem-theo")
    article = Locator(f"kem-theo-{tree}.dieu-{reference.article}" if tree else f"dieu-{reference.article}")
    if draft.at(article) is None:
        last = [p.label for p in draft.articles if p.locator.label("kem-theo") == tree]
        if _doubted(draft, reference.article or ""):
            return ""
        where = "văn bản kèm theo" if tree else "dự thảo"
        return f"{where} không có Điều {reference.article}" + (f" (đến Điều {last[-1]})" if last else "")
    parent = article
    if reference.clause:
        parent = Locator(f"{article.path}.khoan-{reference.clause}")
        if draft.at(parent) is None:
            return _too_few(draft, article, ProvisionKind.CLAUSE, reference.clause)
    return _too_few(draft, parent, ProvisionKind.POINT, reference.point) if reference.point else ""


def _doubted(draft: Draft, label: str) -> bool:
    """A line begins with this điều, but the parser did not take it for one; a reader would."""
    starts = {article.start for article in draft.articles}
    lines = re.finditer(rf"^[ \t]*(?=Điều[ \t]+{re.escape(label)}\b)", draft.text, re.M)
    return any(starts.isdisjoint((line.start(), line.end())) and not draft.quoted(line.end()) for line in lines)


def _too_few(draft: Draft, parent: Locator, kind: ProvisionKind, wanted: str) -> str:
    step, unit = ("khoan", "khoản") if kind is ProvisionKind.CLAUSE else ("diem", "điểm")
    if wanted in draft.labels(parent, kind):
        return ""
    depth = len(parent.steps) + 1
    below = (p for p in draft.document.provisions if p.locator.path.startswith(f"{parent.path}.{step}-"))
    children = [p for p in below if len(p.locator.steps) == depth]
    name = draft.printed(parent)
    if not children:
        return f"{name} không chia {unit}"
    listed = f"đến {unit} {children[-1].label}" if unit == "điểm" else f"{len(children):02d} khoản"
    return f"{name} chỉ có {listed}"


CLOSING = re.compile(r"hiệu lực|thi hành|chuyển tiếp|tổ chức thực hiện|trách nhiệm", re.I)


def _closing(draft: Draft, reference: Reference) -> bool:
    """In an article on effect, transition or execution: there an amending text speaks of itself."""
    article = draft.article(reference.start)
    return article is not None and bool(CLOSING.search(article.heading))


# The provision does nothing but send on: “thực hiện theo (quy định tại) …”.
_SENDS = re.compile(r"(?:thực hiện|áp dụng|giải quyết|xử lý)[^.;\n]{0,40}\btheo\b|\btheo quy định tại\b", re.I)


def circular(draft: Draft, _: Context) -> Iterator[Note]:
    """K55: a provision that sends to itself by its own number, or two short ones that send to each other."""
    sends: dict[Locator, list[tuple[Locator, Reference]]] = {}
    for reference in _own(draft):
        host = draft.host(reference.start)
        target = _located(draft, reference)
        if host is None or reference.relative or draft.at(target) is None:
            continue
        sentence = draft.sentence_at(reference.start)
        if not _SENDS.search(draft.text, sentence.start, reference.end):
            continue
        if target.contains(host.locator):
            yield Note(
                reference.start,
                reference.end,
                f"{_capital(draft.printed(host.locator))} dẫn chiếu đến chính {draft.printed(target)}.",
                "Sửa thành viện dẫn đúng nội dung, hoặc bỏ viện dẫn.",
            )
        elif _only_sends(draft, host):
            sends.setdefault(host.locator, []).append((target, reference))
    yield from _loops(draft, sends)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _only_sends(draft: Draft, host: Provision) -> bool:
    return len(draft.text[host.start : host.end].split()) < 45


def _loops(draft: Draft, sends: dict[Locator, list[tuple[Locator, Reference]]]) -> Iterator[Note]:
    for host, targets in sends.items():
        if len(targets) > 1:  # a list of places is no mere sending on
            continue
        for target, reference in targets:
            back = [t for other, ts in sends.items() if target.contains(other) for t, _ in ts]
            if any(t.contains(host) for t in back) and host.path < target.path:
                yield Note(
                    reference.start,
                    reference.end,
                    f"{_capital(draft.printed(host))} và {draft.printed(target)} dẫn chiếu lẫn nhau.",
                    "Quy định trực tiếp nội dung tại một trong hai chỗ.",
                    confidence=0.7,
                )
