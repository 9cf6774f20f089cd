"""How the draft is built: how many of each unit, and its outline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.agents.draft.asked import COUNT, Asked
from assistant.agents.draft.provisions import located, not_there, out_of_order
from assistant.agents.draft.sources import DraftSources
from assistant.answer.compose.part import Part
from assistant.law.document import Locator, Provision, ProvisionKind
from assistant.review.draft import Draft

_UNITS = {
    "chuong": (ProvisionKind.CHAPTER, "chương", "Chương"),
    "muc": (ProvisionKind.SECTION, "mục", "Mục"),
    "dieu": (ProvisionKind.ARTICLE, "điều", "Điều"),
    "khoan": (ProvisionKind.CLAUSE, "khoản", "khoản"),
    "diem": (ProvisionKind.POINT, "điểm", "điểm"),
    "phu luc": (ProvisionKind.APPENDIX, "phụ lục", "Phụ lục"),
}
MAX_OUTLINE = 60  # lines
_OUTLINED = frozenset((ProvisionKind.CHAPTER, ProvisionKind.SECTION, ProvisionKind.ARTICLE))


def count(asked: Asked, sources: DraftSources) -> Part:
    """“mấy chương, mấy điều”, of the whole draft or of the provision that is named."""
    names = list(dict.fromkeys(found[1] for found in COUNT.finditer(asked.folded)))
    hosts = located(asked, sources.draft)
    if asked.references and not hosts:
        return not_there(asked, sources)
    lines = [
        f"{_capital(sources.place(host))} có {_counted(name, _below(host, sources.draft))}."
        for host in hosts
        for name in names
    ] or list(_whole(names, sources.draft))
    if "dieu" in names and not hosts:
        lines += _strays(sources.draft)
    marker = sources.read_off("\n".join(lines))
    return Part("\n".join(f"- {line} [{marker}]" for line in lines))


def _strays(draft: Draft) -> list[str]:
    """Điều whose number does not follow are read as text of the one before, so they are not counted: said."""
    known = {p.label for p in draft.articles}
    trees = (Locator(""), *(a.locator for a in draft.attachments))
    labels = {label for tree in trees for label in draft.labels(tree, ProvisionKind.ARTICLE)} - known
    strays = [label for label in sorted(labels) if out_of_order(label, draft)]
    return [f"Chưa đếm Điều {', Điều '.join(strays)} vì đánh số sai thứ tự."] if strays else []


def _whole(names: Sequence[str], draft: Draft) -> Iterator[str]:
    """One sentence for the main part and one for each attached text; appendices are counted once."""
    for name in names:
        if name == "phu luc":
            yield f"Dự thảo có {_counted(name, draft.document.provisions)}."
            continue
        main = [p for p in draft.document.provisions if p.locator.label("kem-theo") is None]
        parts = [(_main_name(draft), main)] if draft.attachments else [("Dự thảo", main)]
        parts += [(f"{a.label or 'Văn bản'} kèm theo", _below(a, draft)) for a in draft.attachments]
        told = [(of, _counted(name, provisions)) for of, provisions in parts]
        some = [(of, said) for of, said in told if not said.startswith("0 ")]
        for of, said in some or told[:1]:
            yield f"{of} có {said}."


def _main_name(draft: Draft) -> str:
    return f"Phần {draft.header.doc_type or 'văn bản chính'}"


def _below(host: Provision, draft: Draft) -> list[Provision]:
    """What stands inside: by place in the text, because an Điều is no part of its chapter's locator."""
    return [p for p in draft.document.provisions if host.start <= p.start and p.end <= host.end and p != host]


def _counted(name: str, provisions: Sequence[Provision]) -> str:
    """“11 điều (Điều 1 đến Điều 11)”, and what the numbering leaves out."""
    kind, word, printed = _UNITS[name]
    found = [p for p in provisions if p.kind is kind and (name != "phu luc" or p.locator.steps[-1][0] == "phu-luc")]
    if not found:
        return f"0 {word}"
    first, last = found[0].label, found[-1].label
    own = name in ("chuong", "dieu", "phu luc") or len({p.locator.path.rpartition(".")[0] for p in found}) == 1
    span = f" ({printed} {first} đến {printed} {last})" if own and first != last else ""
    return f"{len(found)} {word}{span}{_gaps(found, printed) if own else ''}"


def _gaps(found: Sequence[Provision], printed: str) -> str:
    numbers = [int(label) for p in found if (label := re.sub(r"\D", "", p.label))]
    if not numbers:
        return ""
    missing = sorted(set(range(1, max(numbers) + 1)) - set(numbers))
    return f"; đánh số thiếu {', '.join(f'{printed} {n}' for n in missing[:5])}" if missing else ""


def outline(sources: DraftSources) -> Part:
    """The headings in order; nothing is summed up in other words."""
    draft = sources.draft
    rows = [_row(p) for p in draft.document.provisions if _shown(p)]
    shown = rows[:MAX_OUTLINE] + ([f"- … và {len(rows) - MAX_OUTLINE} đề mục nữa"] if len(rows) > MAX_OUTLINE else [])
    marker = sources.read_off("\n".join([draft.subject, *shown]))
    subject = [f"**{draft.subject}** [{marker}]"] if draft.subject else []
    lines = [*subject, *(f"{row} [{marker}]" for row in shown)]
    return Part("\n".join(lines), follow_ups=("Điều 1 nói gì?", "Phát hiện nào nghiêm trọng nhất?"))


def _shown(provision: Provision) -> bool:
    outer = provision.kind in (ProvisionKind.ATTACHMENT, ProvisionKind.APPENDIX)
    return provision.kind in _OUTLINED or (outer and provision.locator.label("mau") is None)


def _row(provision: Provision) -> str:
    if provision.kind is ProvisionKind.ATTACHMENT:
        return f"- **{' '.join((provision.heading or provision.label).split())}**"
    printed = str(Locator(provision.locator.path.rpartition(".")[2]))
    heading = " ".join(provision.heading.split())
    indent = "  " if provision.kind is ProvisionKind.ARTICLE else ""
    return f"{indent}- {printed}{f'. {heading}' if heading else ''}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
