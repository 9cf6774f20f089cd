"""A procedure as an index entry: readable Vietnamese text of all its fields."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from assistant.index.values import Entry, Kind
from assistant.ingest.procedures_json import to_json
from assistant.ingest.procedures_text import clean_name
from assistant.language.informal import expand
from assistant.law.procedure import DossierItem, Fee, FeeKind, Procedure, TimeLimit, printed_bases

DOC_TYPE = "Thủ tục hành chính"


def to_entry(procedure: Procedure, *, source: str = "") -> Entry:
    """``id`` is ``tthc:{code}``; ``payload`` is ``to_json(procedure)``."""
    return Entry(
        id=f"tthc:{procedure.code}",
        kind=Kind.PROCEDURE,
        number=procedure.code,
        title=clean_name(procedure.name),
        text=text_of(procedure),
        source=source,
        doc_type=DOC_TYPE,
        issuing_body=procedure.authority,
        territory=procedure.territory,
        field=procedure.field,
        effective_on=procedure.valid_from,
        # an entry expires on the first day without force, a procedure names its last day
        expires_on=procedure.valid_to + timedelta(days=1) if procedure.valid_to else None,
        checked_on=procedure.checked_on,
        url=procedure.url,
        aliases=tuple(dict.fromkeys(map(expand, procedure.aliases))),  # a question is expanded too: “cccd”
        payload=to_json(procedure),
    )


def text_of(procedure: Procedure) -> str:
    """Sections with a heading each, in the order in which people ask."""
    channels = ", ".join(channel.vietnamese for channel in procedure.channels)
    parts = [
        f"Thủ tục {procedure.name} (mã {procedure.code})",
        _line("Tên thường gọi", ", ".join(map(expand, procedure.aliases))),
        _line("Lĩnh vực", procedure.field),
        _line("Đối tượng thực hiện", ", ".join(procedure.applicants)),
        _line("Cơ quan giải quyết", procedure.authority),
        _line("Cấp thực hiện", ", ".join(procedure.levels)),
        _line("Nơi nộp hồ sơ", procedure.where),
        _line("Cách nộp", channels),
        _list("Hồ sơ gồm", map(item_text, procedure.dossier)),
        _line("Số bộ hồ sơ", str(procedure.dossier_sets or "")),
        _list("Thời hạn giải quyết", map(time_text, procedure.time_limits)),
        _list("Phí, lệ phí", map(fee_text, procedure.fees)),
        _list("Miễn, giảm", procedure.exemptions),
        _list(
            "Trình tự thực hiện",
            (f"{step.actor}: {step.text}" if step.actor else step.text for step in procedure.steps),
        ),
        _list("Yêu cầu, điều kiện", procedure.requirements),
        _list("Kết quả", procedure.result),
        _list("Biểu mẫu", procedure.forms),
        _list("Căn cứ pháp lý", printed_bases(procedure.legal_basis)),
        _line("Quyết định công bố", procedure.decision),
        _list("Ghi chú", procedure.notes),
        _list("Cần lưu ý", (flag.message for flag in procedure.flags)),
    ]
    return "\n".join(part for part in parts if part)


def _line(heading: str, value: str) -> str:
    return f"{heading}: {value}" if value else ""


def _list(heading: str, lines: Iterable[str]) -> str:
    printed = [f"- {line}" for line in lines if line]
    return "\n".join([f"{heading}:", *printed]) if printed else ""


def item_text(item: DossierItem) -> str:
    """“Giấy chứng sinh (01 bản chính; trường hợp …)”."""
    counts = [
        f"{item.originals:02d} bản chính" if item.originals else "",
        f"{item.copies:02d} bản sao" if item.copies else "",
    ]
    details = [*counts, "" if item.submit else "chỉ xuất trình", item.condition, item.note]
    said = "; ".join(dict.fromkeys(detail for detail in details if detail and detail not in item.name))
    return f"{item.name} ({said})" if said else item.name


def time_text(limit: TimeLimit) -> str:
    """“03 ngày làm việc (trực tuyến): trường hợp …”."""
    if limit.amount is None:
        amount = "bản ghi không nêu"
    else:
        number = f"{limit.amount:02g}" if limit.amount == int(limit.amount) else f"{limit.amount:g}".replace(".", ",")
        amount = f"{number} {limit.unit.vietnamese}" if limit.unit else f"{number} (không nêu đơn vị)"
    channel = f" ({limit.channel.vietnamese})" if limit.channel else ""
    details = "; ".join(part for part in (limit.condition, limit.note) if part)
    return f"{amount}{channel}" + (f": {details}" if details else "")


_FEE_WORDS = {
    FeeKind.FEE: "phí",
    FeeKind.CHARGE: "lệ phí",
    FeeKind.FREE: "miễn phí",
    FeeKind.LOCAL: "mức do Hội đồng nhân dân cấp tỉnh quyết định",
    FeeKind.UNKNOWN: "chưa rõ mức thu",
}


def fee_text(fee: Fee) -> str:
    """“lệ phí 7.000 đồng/lần (trực tuyến): …; áp dụng đến 31/12/2026”."""
    words = _FEE_WORDS[fee.kind]
    if fee.amount is not None:
        amount = f"{fee.amount:,}".replace(",", ".")
        unit = "đồng" if fee.currency == "VND" else fee.currency
        words = f"{words} {amount} {unit}" + (f"/{fee.per}" if fee.per else "")
    channel = f" ({fee.channel.vietnamese})" if fee.channel else ""
    details = dict.fromkeys(
        part
        for part in (
            fee.condition if fee.condition not in fee.note else "",
            fee.note,
            f"theo {fee.basis}" if fee.basis and fee.basis not in fee.note + fee.condition else "",
            f"từ {fee.valid_from:%d/%m/%Y}" if fee.valid_from else "",
            f"đến hết {fee.valid_to:%d/%m/%Y}" if fee.valid_to else "",
        )
        if part
    )
    return f"{words}{channel}" + (f": {'; '.join(details)}" if details else "")
