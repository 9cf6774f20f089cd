"""Administrative procedures: crawled portal records and corpus files become ``Procedure`` values and entries.

portal .jsonl.gz ─read_portal→ entries        record ─from_portal→ Procedure ─to_entry→ Entry
corpus .yaml     ─read_yaml→ Procedure        Procedure ⇄ to_json / from_json
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from assistant.errors import BadInput, UnreadableFile
from assistant.index.values import Entry
from assistant.ingest.procedures_dossier import dossier_of
from assistant.ingest.procedures_entry import to_entry
from assistant.ingest.procedures_fees import FeeContext, FeeReport, fees_of
from assistant.ingest.procedures_json import from_json, read_yaml, to_json
from assistant.ingest.procedures_methods import Row, channels_of, rows_of, time_limits_of, where_of
from assistant.ingest.procedures_money import usual_kind
from assistant.ingest.procedures_sections import sections_of
from assistant.ingest.procedures_text import (
    applicants_of,
    clean,
    clean_name,
    legal_basis_of,
    lines_of,
    results_of,
    steps_of,
)
from assistant.ingest.procedures_times import time_flags
from assistant.language.normalise import CAPITALS
from assistant.law.procedure import Flag, LegalBasis, Procedure

__all__ = ["CRAWLED_ON", "from_json", "from_portal", "read_portal", "read_yaml", "to_entry", "to_json"]

# The crawl of the national portal names no day: the last day of its month stands for it.
CRAWLED_ON = date(2026, 7, 31)

OnError = Callable[[str, str], None]  # (record, reason)


def read_portal(path: Path, *, limit: int | None = None, on_error: OnError) -> Iterator[Entry]:
    """Entries of a crawled ``.jsonl`` or ``.jsonl.gz``; a record that cannot be used goes to ``on_error``.

    A code that comes twice keeps its first record: the second is reported, never merged.
    """
    seen: set[str] = set()
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            for index, line in enumerate(islice(lines, limit), start=1):
                entry = _entry_of(line, f"{path.name}:{index}", on_error)
                if entry and entry.number in seen:
                    on_error(f"{path.name}:{index}", f"Mã thủ tục {entry.number} đã có ở dòng trước; giữ bản ghi đầu.")
                elif entry:
                    seen.add(entry.number)
                    yield entry
    except (OSError, EOFError, UnicodeDecodeError) as problem:
        raise UnreadableFile(f"Không đọc được tệp {path.name}: {problem}. Cần tệp JSONL, mã hóa UTF-8.") from problem


def _entry_of(line: str, where: str, on_error: OnError) -> Entry | None:
    try:
        record = json.loads(line)
        if not isinstance(record, dict):
            raise BadInput("Mỗi dòng phải là một đối tượng JSON.")
        return to_entry(from_portal(record), source=where.rpartition(":")[0])
    except (json.JSONDecodeError, BadInput) as problem:
        on_error(where, str(problem))
        return None


def from_portal(record: Mapping[str, Any], *, on: date = CRAWLED_ON) -> Procedure:
    """A clean value of one crawled record, with a flag for every contradiction. ``on``: periods before it are over.

    Raises BadInput where the code or the name is missing.
    """
    fields = sections_of(record)
    code, name = clean(fields.get("ma_thu_tuc")), clean_name(fields.get("ten_thu_tuc", ""))
    if not code or not name:
        raise BadInput("Bản ghi thủ tục thiếu mã (ma_thu_tuc) hoặc tên (ten_thu_tuc).", param="ma_thu_tuc")
    rows = rows_of(fields.get("cach_thuc_thuc_hien", ""))
    steps = clean(fields.get("trinh_tu_thuc_hien"))
    values = _plain_fields(fields) | _tables(fields, rows, steps)
    money = _fees(rows, values["legal_basis"], steps, on)
    values |= {"fees": money.fees, "exemptions": money.exemptions}
    flags = (
        *_missing(rows, values),
        *time_flags(rows, steps),
        *money.flags,
        *_old_bodies(values, rows),
        *_junk(name, fields, values),
    )
    source = f"bản ghi {code}, Cổng Dịch vụ công quốc gia, tháng 7/2026"
    return Procedure(
        code=code,
        name=name,
        checked_on=CRAWLED_ON,
        flags=tuple(dict.fromkeys(flags)),
        sources={key: source for key, value in values.items() if value not in ("", (), None)},
        url=clean(fields.get("detail_url")),
        **values,
    )


def _plain_fields(fields: Mapping[str, str]) -> dict[str, Any]:
    return {
        "field": clean(fields.get("linh_vuc")),
        "levels": tuple(part.strip() for part in clean(fields.get("cap_thuc_hien")).split(",") if part.strip()),
        "authority": _body(fields).removesuffix(_OLD_LABEL),
        "applicants": applicants_of(fields.get("doi_tuong_thuc_hien", "")),
        "steps": steps_of(fields.get("trinh_tu_thuc_hien", "")),
        "requirements": lines_of(fields.get("yeu_cau_dieu_kien", "")),
        "legal_basis": legal_basis_of(fields.get("can_cu_phap_ly", "")),
        "decision": _decision(clean(fields.get("so_quyet_dinh"))),
    }


def _body(fields: Mapping[str, str]) -> str:
    return clean(fields.get("co_quan_co_tham_quyen")) or clean(fields.get("co_quan_thuc_hien"))


def _tables(fields: Mapping[str, str], rows: tuple[Row, ...], steps: str) -> dict[str, Any]:
    results, description = results_of(fields.get("ket_qua_xu_ly", ""))
    dossier = dossier_of(fields.get("thanh_phan_ho_so", ""), steps, description)
    return {
        "where": where_of(clean(fields.get("dia_chi_tiep_nhan")), rows),
        "channels": channels_of(rows),
        "time_limits": time_limits_of(rows),
        "dossier": dossier.items,
        "dossier_sets": dossier.sets,
        "forms": tuple(dict.fromkeys(item.form for item in dossier.items if item.form)),
        "result": results,
        "notes": dossier.remarks + tuple(filter(None, description.split("\n"))),
    }


def _fees(rows: tuple[Row, ...], basis: tuple[LegalBasis, ...], steps: str, on: date) -> FeeReport:
    charging = [
        one for one in basis if re.search(r"mức thu|phí và lệ phí|phí, lệ phí|lệ phí", one.title, re.IGNORECASE)
    ]
    context = FeeContext(
        on=on,
        steps=steps,
        fee_texts=tuple(one.number for one in charging),
        usual=usual_kind(*(row.note for row in rows), steps) or usual_kind(*(one.title for one in charging)),
    )
    return fees_of(rows, context)


# “Số 64/QĐ-NHNN”, “569./QĐ-BXD”, “1707/QD-BTC”
_DECISION_SLIP = re.compile(r"^(?:[Ss][ốỐ] )?(\d+[a-z]?)\.?/Q[DĐ]-")
_DECISION = re.compile(r"\d+[a-z]?/QĐ-[A-ZĐ]+(?:-[A-Z]+\d*)?")


def _decision(text: str) -> str:
    return _DECISION_SLIP.sub(r"\1/QĐ-", text)


def _missing(rows: tuple[Row, ...], values: Mapping[str, Any]) -> list[Flag]:
    flags = []
    if not rows:
        flags.append(Flag("time_missing", "time_limits", "Bản ghi không có dòng nào về cách nộp, thời hạn và phí."))
        flags.append(Flag("fee_missing", "fees", "Bản ghi không có dòng nào về phí, lệ phí."))
    if not values["dossier"]:
        flags.append(Flag("dossier_missing", "dossier", "Bản ghi không nêu thành phần hồ sơ; hãy hỏi nơi tiếp nhận."))
    return flags


# Words for the district level, which ended on 01/7/2025 (Luật 72/2025/QH15).
_DISTRICT = re.compile(
    r"(?:Ủy ban nhân dân |UBND |Công an |Phòng Tư pháp |cơ quan [^.;,\n]{0,30})?cấp huyện"
    r"|(?:Ủy ban nhân dân|UBND|Công an|Tòa án nhân dân) (?:các )?(?:huyện|quận|thị xã)"
    r"|Phòng Tư pháp|quận, huyện|huyện, quận",
    re.IGNORECASE,
)
_DISTRICT_NAME = re.compile(rf"\b[Qq]uận (?:\d|[{CAPITALS}])[^,.;\n]{{0,20}}")
_NEGATED = re.compile(r"(?:bỏ|không còn|thay thế|trước đây do|chấm dứt hoạt động)[^.;\n]{0,40}$", re.IGNORECASE)


def _old_bodies(values: Mapping[str, Any], rows: tuple[Row, ...]) -> list[Flag]:
    texts = {
        "authority": values["authority"],
        "where": values["where"],
        "steps": "\n".join(step.text for step in values["steps"]),
        "time_limits": "\n".join(f"{row.description}\n{row.note}" for row in rows),
        "dossier": "\n".join(f"{item.condition}\n{item.name}" for item in values["dossier"]),
    }
    flags = []
    for field, text in texts.items():
        places = (*_DISTRICT.finditer(text), *_DISTRICT_NAME.finditer(text))
        found = next((one for one in places if not _NEGATED.search(text[: one.start()])), None)
        if found:
            message = (
                f"Bản ghi còn nêu “{found[0]}”: cấp huyện đã kết thúc hoạt động từ 01/7/2025 (Luật 72/2025/QH15), "
                "cần hỏi cơ quan đang tiếp nhận."
            )
            flags.append(Flag("old_body", field, message))
    return flags


_OLD_LABEL = "_old"
_TEST_WORDS = re.compile(r"\b(?:demo|test|dsfas|asdf|abcxyz)\b", re.IGNORECASE)


def _junk(name: str, fields: Mapping[str, str], values: Mapping[str, Any]) -> list[Flag]:
    flags = []
    if not _DECISION.fullmatch(values["decision"]):
        message = (
            f"Số quyết định công bố trong bản ghi (“{values['decision']}”) không đúng dạng số ký hiệu; chưa đáng tin."
        )
        flags.append(Flag("junk", "decision", message))
    body = _body(fields)
    if body.endswith(_OLD_LABEL):
        flags.append(Flag("junk", "authority", "Bản ghi gắn nhãn “old” (cũ) cho cơ quan thực hiện; cần hỏi lại."))
    if _TEST_WORDS.search(f"{name} {values['decision']} {body}"):
        flags.append(Flag("junk", "name", "Bản ghi có chữ dùng để thử nghiệm; chưa đáng tin."))
    return flags
