"""Rows of the Bộ pháp điển as crawled, in sentences of our own, with each fault seen in the real file."""

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import UnreadableFile
from assistant.ingest.codified import read_articles, read_codified
from assistant.ingest.codified_note import read_note
from assistant.ingest.codified_text import clean_article

LAW_NOTE = (
    "(Điều 1 Luật số 41/2030/QH16 Bến bãi ngày 12/06/2030 của Quốc hội, có hiệu lực thi hành kể từ ngày 01/01/2031)"
)


def row(article: str, text: str, note: str = "", **fields: Any) -> dict[str, Any]:
    given = {
        "number": "41/2030/QH16",
        "doc_type": "Luật",
        "article": article,
        "heading": f"Tên điều {article}",
        "text": text,
        "effective_on": "2031-01-01",
        "amended": False,
        "source_note": note or f"(Điều {article} Luật số 41/2030/QH16, có hiệu lực thi hành kể từ ngày 01/01/2031)",
        "codified_id": f"9.1.LQ.{article}",
        "topic": "giao-thong-van-tai/du-lich",
    }
    return given | fields


def written(tmp_path: Path, rows: list[dict[str, Any] | str], name: str = "c.jsonl") -> Path:
    lines = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in rows]
    path = tmp_path / name
    data = "\n".join(lines).encode()
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


def test_a_row_becomes_an_entry_named_by_its_document(tmp_path: Path) -> None:
    path = written(
        tmp_path, [row("1", "Luật này quy định về bến bãi.", LAW_NOTE), row("2", "1. Một.\n\n 2. Hai.")], "c.jsonl.gz"
    )
    first, second = read_codified(path)
    assert first.id == "41/2030/QH16#dieu-1"
    assert first.title == second.title == "Luật Bến bãi"
    assert second.text == "1. Một.\n2. Hai."
    assert second.heading == "Tên điều 2"
    assert (second.issuing_body, second.field, second.effective_on) == ("Quốc hội", "Du lịch", date(2031, 1, 1))
    assert second.payload["issued_on"] == "2030-06-12"
    assert second.payload["amended"] is False


def test_the_next_article_stuck_to_a_text_is_cut_off_and_kept_as_an_entry_of_its_own(tmp_path: Path) -> None:
    stuck = (
        "Bến có biển tên.Điều 9.1.NĐ.2.3. Biển tên bến\n\n"
        "(Điều 3 Nghị định số 12/2031/NĐ-CP Về bến đò ngày 05/03/2031 của Chính phủ, có hiệu lực thi hành kể từ ngày "
        "20/04/2031)\n\nBiển tên cao 01 mét."
    )
    entries = list(read_codified(written(tmp_path, [row("1", stuck, LAW_NOTE)])))
    assert [(entry.id, entry.text) for entry in entries] == [
        ("41/2030/QH16#dieu-1", "Bến có biển tên."),
        ("12/2031/NĐ-CP#dieu-3", "Biển tên cao 01 mét."),
    ]
    assert entries[1].title == "Nghị định về bến đò"
    assert entries[1].heading == "Biển tên bến"


def test_a_stuck_article_that_has_a_row_is_not_doubled(tmp_path: Path) -> None:
    stuck = (
        "Một.Điều 9.1.LQ.2. Hai\n\n(Điều 2 Luật số 41/2030/QH16, có hiệu lực thi hành kể từ ngày 01/01/2031)\n\nHai."
    )
    entries = list(read_codified(written(tmp_path, [row("1", stuck, LAW_NOTE), row("2", "Hai.")])))
    assert [entry.id for entry in entries] == ["41/2030/QH16#dieu-1", "41/2030/QH16#dieu-2"]


@pytest.mark.parametrize(
    ("crawled", "text"),
    [
        ("Bến mở cửa.Chương II\n\nNGƯỜI LÁI ĐÒ", "Bến mở cửa."),
        ("Bến mở cửa.\n\nMục 2\n\nTIẾP THEO\n\nTiểu mục 1\n\nMỞ ĐẦU", "Bến mở cửa."),
        (
            "Bến mở cửa.(Điều này có nội dung liên quan đến Điều 4.3.TT.1.2. Sổ bến; Điều 4.3.TT.1.3. Phí)",
            "Bến mở cửa.",
        ),
        ("Bến mở cửa.\nthuộc bến bãi ban hành ngày 03/05/2013; Điều 4.3.TT.18.5. Tiêu chuẩn", "Bến mở cửa."),
        ("Bến mở cửa.\n\n## Danh sách điều khoản\n\n### 4400", "Bến mở cửa."),
        (
            "1. *Bến đò *là nơi đón khách.\n2. **Chủ bến** là người.",
            "1. Bến đò là nơi đón khách.\n2. Chủ bến là người.",
        ),
        ("Theo [Luật Bến bãi](https://example.org/a?b=1) và [QC].", "Theo Luật Bến bãi và [QC]."),
        ("Phí = (a + b)*2, dấu (*) là ghi chú.", "Phí = (a + b)*2, dấu (*) là ghi chú."),
        ("Hồ sơ KH&amp;CN gồm:\n\n * Đơn.", "Hồ sơ KH&CN gồm:\n- Đơn."),
        ("Luật có hiệu lực.\nLuật này đã được Quốc hội khóa XVI thông qua ngày 12 tháng 6.", "Luật có hiệu lực."),
    ],
)
def test_what_the_site_put_into_a_text_is_taken_out(crawled: str, text: str) -> None:
    assert clean_article(crawled)[0] == text


def test_names_of_attached_files_are_kept_apart() -> None:
    text = "Ban hành mẫu đơn.\n\nMau so 1_Don xin mo ben.doc\n\nPhu luc_danh sach"
    assert clean_article(text) == ("Ban hành mẫu đơn.", ("Mau so 1_Don xin mo ben.doc",))


def test_a_note_broken_over_lines_is_put_together_and_leaves_the_text(tmp_path: Path) -> None:
    broken = row(
        "1",
        "và phí qua bến ngày 05/03/2031 của Bộ Tài chính, có hiệu lực thi hành kể từ ngày 20/04/2031 )"
        "Thông tư quy định phí.",
        "(Điều 1 Thông tư số 7/2031/TT-BTC Quy định về bến",
        effective_on=None,
        number="7/2031/TT-BTC",
    )
    (entry,) = read_codified(written(tmp_path, [broken]))
    assert entry.id == "07/2031/TT-BTC#dieu-1"
    assert entry.text == "Thông tư quy định phí."
    assert entry.title == "Thông tư quy định về bến và phí qua bến"
    assert entry.effective_on == date(2031, 4, 20)


def test_the_note_says_what_changed_an_article_and_until_when_it_holds() -> None:
    note = read_note(
        "(Điều 9 Nghị định số 12/2031/NĐ-CP, có hiệu lực thi hành kể từ ngày 20/04/2031, có nội dung được sửa đổi, có "
        "nội dung được bổ sung bởi Điều 1, Điều 2 Nghị định số 34 /2033/NĐ-CP có hiệu lực thi hành kể từ ngày 01/05/2033; "
        "Điều 4 Luật số 8/2034/QH17 có hiệu lực thi hành kể từ ngày 01/07/2034)"
    )
    assert note is not None
    assert note.amended
    assert [(c.number, c.provisions, str(c.effective_on)) for c in note.changes] == [
        ("34/2033/NĐ-CP", "Điều 1, Điều 2", "2033-05-01"),
        ("08/2034/QH17", "Điều 4", "2034-07-01"),
    ]


@pytest.mark.parametrize(
    ("tail", "expires_on", "suspended_on"),
    [
        (", có hiệu lực thi hành đến hết ngày 31/12/2035", date(2036, 1, 1), None),
        (
            ", bị bãi bỏ bởi Điều 1 Luật số 9/2033/QH17 có hiệu lực thi hành kể từ ngày 01/07/2033",
            date(2033, 7, 1),
            None,
        ),
        (
            ", bị ngưng hiệu lực theo quy định tại Điều 2 của Nghị quyết số 9/2033/QH17 có hiệu lực thi hành kể từ "
            "ngày 01/07/2033",
            None,
            date(2033, 7, 1),
        ),
    ],
)
def test_the_end_of_an_article_is_read_from_its_note(tail: str, expires_on: date, suspended_on: date) -> None:
    note = read_note(f"(Điều 1 Luật số 41/2030/QH16, có hiệu lực thi hành kể từ ngày 01/01/2031{tail})")
    assert note is not None
    assert (note.expires_on, note.suspended_on) == (expires_on, suspended_on)


@pytest.mark.parametrize(
    ("written_number", "number"),
    [
        ("01/2031/TTLT-BTC -BNV", "01/2031/TTLT-BTC-BNV"),
        ("16/2031/TT- BTC", "16/2031/TT-BTC"),
        ("TT 07/2031/TT-BTC", "07/2031/TT-BTC"),
    ],
)
def test_numbers_torn_by_spaces_are_put_together(written_number: str, number: str) -> None:
    note = read_note(f"(Điều 2 Thông tư số {written_number}, có hiệu lực thi hành kể từ ngày 01/01/2031)")
    assert note is not None
    assert note.number == number


def test_two_documents_of_one_number_have_ids_of_their_own(tmp_path: Path) -> None:
    resolution = LAW_NOTE.replace("Luật", "Nghị quyết")
    rows = [row("1", "Nghị quyết.", resolution, doc_type="Nghị quyết"), row("1", "Luật.", LAW_NOTE)]
    entries = list(read_codified(written(tmp_path, rows)))
    assert [entry.id for entry in entries] == ["41/2030/QH16~nghi-quyet#dieu-1", "41/2030/QH16#dieu-1"]


def test_a_broken_line_is_told_and_does_not_stop_the_run(tmp_path: Path) -> None:
    failures: list[tuple[int, str]] = []
    path = written(tmp_path, ["{broken", row("1", "Một.", LAW_NOTE), '{"number": "x"}', "", row("2", "Hai.")])
    entries = list(read_codified(path, on_error=lambda line, why: failures.append((line, why))))
    assert [entry.locator for entry in entries] == ["dieu-1", "dieu-2"]
    assert failures == [(1, "không phải một dòng JSON"), (3, "thiếu article, text")]


def test_a_row_without_text_is_told_unless_its_name_is_the_sentence(tmp_path: Path) -> None:
    failures: list[str] = []
    rows = [
        row("1", "Phu luc.doc", LAW_NOTE, heading="Ban hành kèm theo Luật này Phụ lục bến."),
        row("2", "Chương II\n\nBẾN", heading="Bến"),
    ]
    path = written(tmp_path, rows)
    entries = list(read_codified(path, on_error=lambda _, why: failures.append(why)))
    assert [(entry.heading, entry.text) for entry in entries] == [("", "Ban hành kèm theo Luật này Phụ lục bến.")]
    assert entries[0].payload["attachments"] == ["Phu luc.doc"]
    assert failures == ["Điều 2 41/2030/QH16 không có nội dung"]
    others = read_codified(path, numbers=("7/2031/TT-BTC",), on_error=lambda _, why: failures.append(why))
    assert list(others) == [] and len(failures) == 1, "a fault in a document that was not asked for"


def test_a_quotation_taken_for_an_article_is_told_and_never_shown(tmp_path: Path) -> None:
    failures: list[str] = []
    torn = "Chủ chợ có quyền đóng chợ.”\n\n2. Bãi bỏ các điều 3 và 4 của Luật Chợ số 5/2020/QH14."
    rows = [row("1", "Một.", LAW_NOTE), row("51", torn)]
    entries = list(read_codified(written(tmp_path, rows), on_error=lambda _, why: failures.append(why)))
    assert [entry.locator for entry in entries] == ["dieu-1"]
    assert failures == ["Điều 51 41/2030/QH16 là đoạn trích trong điều sửa đổi văn bản khác"]


def test_limit_and_numbers_choose_what_is_read(tmp_path: Path) -> None:
    other = LAW_NOTE.replace("Luật số 41/2030/QH16", "Thông tư số 7/2031/TT-BTC")
    path = written(tmp_path, [row("1", "Một.", LAW_NOTE), row("1", "Phí.", other), row("2", "Hai.")])
    assert len(list(read_codified(path, limit=2))) == 2
    assert [entry.text for entry in read_codified(path, numbers=("7/2031/TT-BTC",))] == ["Phí."]


def test_a_file_that_is_no_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl.gz"
    path.write_bytes(b"not gzip")
    with pytest.raises(UnreadableFile, match=r"c\.jsonl\.gz"):
        list(read_codified(path))


def test_evaluation_laws_give_the_same_entries(tmp_path: Path) -> None:
    laws = [{"id": "Luật Bến bãi", "articles": [{"id": "3", "text": "Giờ mở cửa\n\n1. Mở lúc 05 giờ."}, {"id": "4"}]}]
    path = tmp_path / "laws.json"
    path.write_text(json.dumps(laws, ensure_ascii=False), encoding="utf-8")
    failures: list[str] = []
    (entry,) = read_articles(path, on_error=lambda _, why: failures.append(why))
    assert (entry.id, entry.heading, entry.text) == ("Luật Bến bãi#dieu-3", "Giờ mở cửa", "1. Mở lúc 05 giờ.")
    assert failures == ["điều của Luật Bến bãi thiếu “id” hoặc “text”"]
    path.write_text("{", encoding="utf-8")
    with pytest.raises(UnreadableFile):
        list(read_articles(path))
