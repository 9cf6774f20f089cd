"""The rules of the corpus, one function a kind of record; each yields Vietnamese messages for what breaks them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from assistant.language.normalise import clean
from assistant.law.calendar import Holidays
from assistant.law.catalogue_rows import CatalogueRow, State, Transition
from assistant.law.document import Locator, Validity
from assistant.law.guide import Guide
from assistant.law.number import normalise_number
from assistant.law.places import Bodies, Places
from assistant.law.procedure import FeeKind, Procedure

# A field that is empty must have a flag that says why.
_REQUIRED = ("field", "levels", "where", "dossier", "time_limits", "fees", "legal_basis", "aliases", "decision")
_SOURCED = ("dossier", "time_limits", "fees")
_RELATIONS = {"amends", "supplements", "replaces", "repeals", "guides", "consolidates", "cites", "suspends", "resumes"}
# Tone marks as official texts place them: “hòa”, “hóa”, “ủy”, not “hoà”, “hoá”, “uỷ” (but “quý”, “quỹ”).
_OLD_TONE = re.compile(r"\b\w*(?:[oO][àáảãạèéẻẽẹ]|(?<![qQ])[uU][ỳýỷỹỵ])\b")
_ARTICLE = re.compile(r"(\d+)[a-zđ]?")


@dataclass(frozen=True, slots=True)
class Cited:
    """Viện dẫn trong một bản ghi."""

    number: str
    locator: str = ""
    until: date | None = None  # the record itself says that it held to this day
    doubts: str = ""  # what the record's flags say, where an expired basis is explained


def key_of(name: str) -> str:
    """The form in which names are compared: NFC, lower case, single spaces."""
    return " ".join(clean(name).lower().split())


def of_procedure(procedure: Procedure, stem: str) -> Iterator[str]:
    if not stem.startswith(f"{procedure.code}-"):
        yield f"tên tệp phải bắt đầu bằng mã thủ tục “{procedure.code}-”"
    if procedure.name.lower().startswith("thủ tục"):
        yield "tên bỏ chữ “Thủ tục” ở đầu"
    if procedure.checked_on is None:
        yield "thiếu checked_on (ngày đọc bản ghi)"
    flagged = {flag.field for flag in procedure.flags}
    for name in _REQUIRED:
        if not getattr(procedure, name) and name not in flagged:
            yield f"thiếu {name} và không có cờ (flags) giải thích"
    for name in _SOURCED:
        if getattr(procedure, name) and name not in procedure.sources:
            yield f"{name} chưa ghi nguồn trong sources"
    yield from _doubtful_times(procedure)
    yield from _doubtful_fees(procedure)
    yield from _order("hiệu lực", procedure.valid_from, procedure.valid_to)
    yield from _tones(procedure.name, *procedure.aliases, *procedure.notes, *(step.text for step in procedure.steps))


def _doubtful_times(procedure: Procedure) -> Iterator[str]:
    codes = {flag.code for flag in procedure.flags_on("time_limits")}
    bare = any(limit.amount is not None and limit.unit is None for limit in procedure.time_limits)
    if bare and "time_without_unit" not in codes:
        yield "thời hạn không có đơn vị mà thiếu cờ time_without_unit"
    if any(limit.amount is None for limit in procedure.time_limits) and not codes:
        yield "thời hạn không có con số mà thiếu cờ trên time_limits"


def _doubtful_fees(procedure: Procedure) -> Iterator[str]:
    flagged = bool(procedure.flags_on("fees"))
    for fee in procedure.fees:
        if fee.kind is FeeKind.FREE and fee.amount:
            yield f"khoản thu ghi miễn phí nhưng có số tiền {fee.amount}"
        if fee.kind in (FeeKind.FEE, FeeKind.CHARGE) and fee.amount is None:
            yield "phí, lệ phí không có số tiền: dùng kind local hoặc unknown"
        if fee.kind in (FeeKind.LOCAL, FeeKind.UNKNOWN) and not flagged:
            yield f"khoản thu {fee.kind.value} mà thiếu cờ trên fees"
        over = fee.valid_to and procedure.checked_on and fee.valid_to < procedure.checked_on
        if over and not flagged:
            yield f"mức thu hết áp dụng {fee.valid_to:%d/%m/%Y} mà thiếu cờ trên fees"
        yield from _order("mức thu", fee.valid_from, fee.valid_to)


def cited_by_procedure(procedure: Procedure) -> Iterator[Cited]:
    doubts = " ".join(flag.message for flag in procedure.flags)
    for basis in procedure.legal_basis:
        yield Cited(basis.number, basis.locator, doubts=doubts)
    for fee in procedure.fees:
        if fee.basis:
            yield Cited(fee.basis, until=fee.valid_to, doubts=doubts)


def cited_by_guide(guide: Guide) -> Iterator[Cited]:
    for basis in guide.bases:
        if basis.number:
            yield Cited(basis.number, basis.locator, basis.valid_to)


def of_guide(guide: Guide) -> Iterator[str]:
    if len(guide.aliases) < 3:
        yield "cần ít nhất 3 cách hỏi trong aliases"
    for basis in guide.bases:
        yield from _order(f"căn cứ {basis.number}", basis.valid_from, basis.valid_to)
    for statement in guide.statements:
        if not statement.text or len(statement.text) > 600:
            yield f"câu trống hoặc dài quá 600 ký tự: “{statement.text[:60]}…”"
    headings = [section.heading for section in guide.sections]
    if len(set(map(key_of, headings))) < len(headings):
        yield "hai mục trùng tiêu đề"
    yield from _tones(guide.title, *guide.aliases, *headings, *(statement.text for statement in guide.statements))


def _tones(*texts: str) -> Iterator[str]:
    for word in dict.fromkeys(word for text in texts for word in _OLD_TONE.findall(text)):
        yield f"đặt dấu chưa theo văn bản chính thức: “{word}” (viết “hòa”, “hóa”, “ủy”)"


def _order(what: str, first: date | None, last: date | None) -> Iterator[str]:
    if first and last and last < first:
        yield f"{what}: ngày kết thúc {last:%d/%m/%Y} trước ngày bắt đầu {first:%d/%m/%Y}"


def wrong_locator(cited: Cited, row: CatalogueRow | None) -> str:
    """“…” when a locator is not well-formed or names an article that the document does not have; else empty."""
    try:
        article = Locator.parse(cited.locator).label("dieu")
    except ValueError:
        return f"vị trí “{cited.locator}” của {cited.number} sai dạng; viết như dieu-5.khoan-2.diem-đ"
    number = _ARTICLE.fullmatch(article or "")
    if number and row and row.article_count and int(number[1]) > row.article_count:
        return f"{cited.number} có {row.article_count} điều, không có Điều {article}"
    return ""


def expired_basis(cited: Cited, state: State) -> str:
    """“…” when the basis has no force any more and the record does not say so; else empty.

    A guide says so by the day until which the basis held (``to``), a procedure by a flag that names the number.
    """
    if state.validity is not Validity.EXPIRED or cited.number in cited.doubts:
        return ""
    if cited.until and (state.since is None or cited.until < state.since):
        return ""
    since = f" từ ngày {state.since:%d/%m/%Y}" if state.since else ""
    by = f", thay bằng {state.replaced_by}" if state.replaced_by else ""
    return (
        f"căn cứ {cited.number} đã hết hiệu lực{since}{by}: sửa theo văn bản mới, hoặc ghi “to” (bài hướng dẫn), "
        "cờ basis_expired nêu số văn bản (thủ tục)"
    )


def of_catalogue(rows: Iterable[CatalogueRow]) -> Iterator[str]:
    for row in rows:
        if row.number != normalise_number(row.number):
            yield f"{row.number}: số ký hiệu chưa chuẩn hóa"
        if not row.source:
            yield f"{row.number}: thiếu nguồn"
        if row.status not in set(Validity):
            yield f"{row.number}: tình trạng “{row.status}” không có trong danh sách"
        if row.article_count is not None and row.article_count < 1:
            yield f"{row.number}: số điều {row.article_count}"
        yield from _order(f"{row.number}, ban hành và hiệu lực", row.issued_on, row.effective_on)
        yield from _order(f"{row.number}, hiệu lực và hết hiệu lực", row.effective_on, row.expires_on)
        for relation in row.relations:
            if relation.kind not in _RELATIONS or relation.number == row.number:
                yield f"{row.number}: quan hệ {relation.kind} {relation.number} không hợp lệ"


def of_holidays(holidays: Holidays) -> Iterator[str]:
    for day in holidays.days.values():
        if not day.source:
            yield f"ngày {day.day:%d/%m/%Y} thiếu nguồn"
    for made_up in holidays.make_up.values():
        if made_up.day.weekday() not in holidays.weekend or made_up.instead_of not in holidays.days:
            yield f"ngày làm bù {made_up.day:%d/%m/%Y} phải là ngày nghỉ hằng tuần và thay cho một ngày được nghỉ"
    open_years = {undecided.year for undecided in holidays.undecided}
    if open_years & set(holidays.complete_years):
        yield f"năm {sorted(open_years)} còn ngày chưa quyết định nhưng ghi là đủ"


def of_places(places: Places) -> Iterator[str]:
    codes = [unit.code for unit in places.units]
    if len(set(codes)) < len(codes):
        yield "hai đơn vị trùng mã"
    for unit in places.units:
        if not unit.origins or not unit.name.startswith(unit.kind):
            yield f"{unit.name}: thiếu đơn vị cũ hoặc sai loại “{unit.kind}”"
    if not places.source or not places.since:
        yield "thiếu nguồn hoặc ngày"


def of_bodies(bodies: Bodies) -> Iterator[str]:
    for body in bodies.changed:
        name = ", ".join(body.old[:1]) or body.new
        if not body.source or (body.confirmed and body.since is None):
            yield f"{name}: thiếu nguồn, hoặc ghi là đã xác nhận mà không có ngày"
        if body.change not in {"merged", "renamed", "split", "ended", "replaced"}:
            yield f"{name}: thay đổi “{body.change}” không có trong danh sách"
    for task in bodies.tasks:
        if not task.source:
            yield f"nhiệm vụ “{task.task}” thiếu nguồn"


def of_transitions(transitions: Iterable[Transition]) -> Iterator[str]:
    for transition in transitions:
        if not transition.source or not transition.issuers:
            yield f"thiếu nguồn hoặc cơ quan: {transition.reason}"
