"""“Điều 5 nói gì?”: the provision of the draft, verbatim, and what was found in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.agents.draft.asked import Asked, appendix_label
from assistant.agents.draft.sources import DraftSources
from assistant.answer.compose.part import Part
from assistant.answer.compose.provision import quotation
from assistant.answer.values import Finding
from assistant.law.document import Locator, Provision, ProvisionKind
from assistant.review.draft import Draft, Span

MAX_QUOTE = 3_000  # characters of one provision; a longer one is cut at the end of a khoản or điểm
_OUTER = frozenset((ProvisionKind.PART, ProvisionKind.CHAPTER, ProvisionKind.SECTION, ProvisionKind.SUBSECTION))
_ARTICLE = re.compile(r"^[ \t]*Điều[ \t]+\d", re.M)
_ATTACHED = re.compile(r"\bkem theo\b|\b(?:cua|trong|tai|o) (?:ban )?(?:quy dinh|quy che|dieu le|chuong trinh)\b")
_MAIN = re.compile(r"\b(?:cua|trong|tai|o) (?:quyet dinh|nghi quyet|thong tu|nghi dinh|phan chinh)\b")


def located(asked: Asked, draft: Draft) -> list[Provision]:
    """The provisions that a question names, in the main part and in what is attached to it."""
    wanted = [reference.locator.path for reference in asked.references]
    label = appendix_label(asked.folded)
    if label is not None and not wanted:
        return [p for p in draft.document.provisions if _is_appendix(p, label)]
    found = [p for path in wanted for p in draft.document.provisions if _at(p, path)]
    attached, main = _ATTACHED.search(asked.folded), _MAIN.search(asked.folded)
    inside = [p for p in found if (p.locator.label("kem-theo") is not None) == bool(attached)]
    return list(dict.fromkeys(inside if (attached or main) and inside else found))


def _at(provision: Provision, path: str) -> bool:
    return provision.locator.path == path or provision.locator.path.endswith(f".{path}")


def _is_appendix(provision: Provision, label: str) -> bool:
    level, own = (provision.locator.steps or (("", ""),))[-1]
    return level == "phu-luc" and label in ("", own.upper())


def quoted(asked: Asked, sources: DraftSources, findings: Sequence[Finding]) -> Part:
    """Each provision that is named, verbatim; under it the findings that stand in it."""
    provisions = located(asked, sources.draft)
    if not provisions:
        stray = [line for r in asked.references if r.article for line in out_of_order(r.article, sources.draft)]
        return Part("\n\n".join(_stray(span, sources) for span in stray)) if stray else not_there(asked, sources)
    parts = [_shown(provision, sources, findings) for provision in provisions]
    return Part("\n\n".join(parts), follow_ups=_next(provisions[-1], sources.draft))


def _shown(provision: Provision, sources: DraftSources, findings: Sequence[Finding]) -> str:
    if provision.kind in _OUTER or provision.kind is ProvisionKind.ATTACHMENT:
        place = _capital(sources.place(provision))
        lines = [f"**{place}** [{sources.unit(provision)}]", *_articles(provision, sources)]
    else:
        lines = [quote_of(provision, sources)]
    inside = [(n, f) for n, f in enumerate(findings, 1) if provision.start <= f.start < provision.end]
    for number, finding in inside:
        said = f"Phát hiện {number}: {finding.name}. {finding.reason}"
        lines.append(f"- {said} [{sources.finding(number, finding, said)}]")
    return "\n".join(lines)


def quote_of(provision: Provision, sources: DraftSources) -> str:
    """Its place and its words, cut at the end of a khoản or điểm where they are long."""
    place, end = sources.place(provision), _cut(provision, sources.draft)
    marker = sources.span(provision.start, end, place, provision.locator.path)
    lines = [f"**{_capital(place)}** [{marker}]", quotation(sources.draft.text[provision.start : end], marker)]
    if end < provision.end:
        lines.append(f"{_capital(place)} còn nữa; hỏi từng khoản để xem đủ. [{marker}]")
    return "\n".join(lines)


def _articles(outer: Provision, sources: DraftSources) -> list[str]:
    inside = [p for p in sources.draft.articles if outer.start <= p.start < outer.end]
    return [
        f"- Điều {p.label}{f'. {heading}' if (heading := ' '.join(p.heading.split())) else ''} [{sources.unit(p)}]"
        for p in inside
    ]


def out_of_order(label: str, draft: Draft) -> list[Span]:
    """Lines headed “Điều 12” that the parser left in the text before because the number does not follow."""
    head = re.compile(rf"^[ \t]*Điều[ \t]+{re.escape(label)}[.:]?[ \t]", re.M)
    found = []
    for start in (line.start() for line in head.finditer(draft.text)):
        host, after = draft.host(start), _ARTICLE.search(draft.text, start + 5)
        if host is not None and not draft.quoted(start):
            found.append(Span(start, min(host.end, after.start() if after else host.end)))
    return found


def _stray(span: Span, sources: DraftSources) -> str:
    place = f"{sources.draft.text[span.start : span.end].split('.', 1)[0].strip()} (đánh số sai thứ tự)"
    marker = sources.span(span.start, span.end, place)
    return f"**{place}** [{marker}]\n{quotation(sources.draft.text[span.start : span.end], marker)}"


def _cut(provision: Provision, draft: Draft) -> int:
    """Where a quotation ends: with the provision, or before the khoản that would make it too long."""
    if provision.end - provision.start <= MAX_QUOTE:
        return provision.end
    starts = [p.start for p in draft.document.provisions if provision.start < p.start < provision.end]
    fit = [start for start in starts if start - provision.start <= MAX_QUOTE]
    return max(fit, default=provision.end)


def not_there(asked: Asked, sources: DraftSources) -> Part:
    """A plain word that the draft has no such provision, and what it has."""
    named = ", ".join(str(r.locator) for r in asked.references) or "phụ lục được nêu"
    articles = sources.draft.articles
    has = f" Điều được đánh số từ Điều {articles[0].label} đến Điều {articles[-1].label}" if articles else ""
    last = max((int(p.label) for p in articles if p.label.isdigit()), default=0)
    skipped = [r.article for r in asked.references if r.article and r.article.isdigit() and int(r.article) <= last]
    gap = f", bỏ qua Điều {', Điều '.join(skipped)}" if has and skipped and not _has_article(skipped, articles) else ""
    said = f"Dự thảo không có {named}.{has}{gap}{'.' if has else ''}"
    return Part(f"{said} [{sources.read_off(said)}]")


def _has_article(labels: Sequence[str], articles: Sequence[Provision]) -> bool:
    return any(p.label in labels for p in articles)


def _next(provision: Provision, draft: Draft) -> tuple[str, ...]:
    """The articles are read one after the other."""
    label = Locator(provision.locator.path).label("dieu")
    articles = [p for p in draft.articles if p.locator.label("kem-theo") == provision.locator.label("kem-theo")]
    after = [p.label for p, before in zip(articles[1:], articles, strict=False) if before.label == label]
    return (f"Điều {after[0]} nói gì?", f"Điều {label} có phát hiện nào?") if after else ()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
