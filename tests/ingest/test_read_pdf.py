"""Gazette pages and scans, drawn for the test."""

from pathlib import Path

import pytest

from assistant.errors import MissingExtra, TooLarge, UnreadableFile
from assistant.ingest.read import Limits, read
from assistant.ingest.readers import pdf as pdf_reader
from assistant.ingest.readers.image import recogniser
from tests.ingest.pdf_maker import Put, make_latin, make_pdf, make_scan

HEAD = "CÔNG BÁO/Số 12 + 13/Ngày 05-3-2031"


def saved(tmp_path: Path, data: bytes, name: str = "a.pdf") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def body(lines: list[tuple[str, float]], top: float = 700.0, size: float = 12.0) -> list[Put]:
    """Lines below one another; the second value is the left edge."""
    return [Put(text, x, top - 18 * n, size) for n, (text, x) in enumerate(lines)]


def full(text: str, to: int = 70) -> str:
    """Filled up with words to the width of a full line, so that the next word would not have fitted."""
    return (text + " và các việc khác có liên quan đến bến đò trong mùa nước lớn hằng năm")[:to].rstrip()


def test_running_heads_and_page_numbers_are_taken_out_and_kept_apart(tmp_path: Path) -> None:
    pages = [
        [Put(HEAD, 170, 800), Put(str(n), 500, 800), *body([(f"Điều {n}. Bến số {n}", 110), (f"Bến {n} mở cửa.", 110)])]
        for n in range(1, 5)
    ]
    raw = read(saved(tmp_path, make_pdf(pages)))
    assert "CÔNG BÁO" not in raw.text
    assert [line for line in raw.text.split("\n") if line.strip().isdigit()] == []
    assert raw.text.count("Điều") == 4
    assert HEAD in raw.running
    assert len(raw.pages) == 4
    assert raw.text[raw.pages[2] :].startswith("Điều 3.")


def test_a_line_in_the_margin_that_is_part_of_the_text_is_not_eaten(tmp_path: Path) -> None:
    pages = [
        [Put(HEAD, 170, 800), *body([(full("Chủ bến"), 90)], top=112), *body([("mở cửa bến hằng ngày.", 90)], top=94)]
        for _ in range(4)
    ]
    raw = read(saved(tmp_path, make_pdf(pages)))
    assert raw.text.count("mở cửa bến hằng ngày.") == 4


def test_signature_stamps_are_taken_out_but_a_form_that_asks_for_the_signer_stays(tmp_path: Path) -> None:
    stamp = [
        "Ký bởi: Cổng Thông tin điện tử",
        "Email: a@b.vn",
        "Cơ quan: Văn phòng",
        "Thời gian ký: 07.01.2031 16:32:41",
    ]
    form = ["Phiếu giao nhận", "Người ký: ..........", "Cơ quan: .........."]
    page = [Put(text, 90, 700 - 18 * n) for n, text in enumerate([*form, *stamp, "Hết phiếu."])]
    raw = read(saved(tmp_path, make_pdf([page])))
    assert "Thời gian ký" not in raw.text
    assert "Email" not in raw.text
    assert "Người ký: .........." in raw.text
    assert raw.text.endswith("Hết phiếu.")


def test_lines_of_a_paragraph_are_joined_and_paragraphs_are_not(tmp_path: Path) -> None:
    lines = [
        (full("1. Chủ bến giữ sổ", 70), 110),
        ("hằng năm theo mẫu.", 90),
        ("2. Khách ngồi đúng chỗ.", 110),
        ("3. Đò chở đúng số người.", 110),
    ]
    raw = read(saved(tmp_path, make_pdf([body(lines)])))
    assert [line[:20] for line in raw.text.split("\n")] == [
        "1. Chủ bến giữ sổ và",
        "2. Khách ngồi đúng c",
        "3. Đò chở đúng số ng",
    ]
    assert raw.text.split("\n")[0].endswith("hằng năm theo mẫu.")


def test_a_reference_broken_over_lines_does_not_become_an_article(tmp_path: Path) -> None:
    lines = [(full("1. Hồ sơ nộp theo quy định tại", 68) + " tại", 110), ("Điều 9. Việc này làm một lần.", 90)]
    raw = read(saved(tmp_path, make_pdf([body(lines)])))
    assert raw.text.count("\n") == 0
    assert "tại Điều 9." in raw.text


def test_a_symbol_broken_at_its_hyphen_is_joined_without_a_space(tmp_path: Path) -> None:
    lines = [(full("Theo Nghị định", 58) + " số 12/2031/NĐ-", 110), ("CP ngày 05 tháng 3 năm 2031.", 90)]
    raw = read(saved(tmp_path, make_pdf([body(lines)])))
    assert "12/2031/NĐ-CP ngày" in raw.text


def test_a_paragraph_runs_over_the_page_break(tmp_path: Path) -> None:
    first = [Put(HEAD, 170, 800), *body([(full("1. Chủ bến"), 110), (full("và người lái đò"), 90)], top=130)]
    second = [Put(HEAD, 170, 800), *body([("trông coi đò ban đêm.", 90), (full("2. Khách"), 110), ("đi đò.", 90)])]
    raw = read(saved(tmp_path, make_pdf([first, second])))
    assert raw.text.split("\n")[0].endswith("trông coi đò ban đêm.")


def test_the_two_columns_of_the_head_come_one_after_the_other(tmp_path: Path) -> None:
    page = [
        Put("BỘ SÔNG NƯỚC", 90, 760),
        Put("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 290, 760),
        Put("Số: 07/2031/TT-BSN", 90, 740),
        Put("Bến Nước, ngày 09 tháng 4 năm 2031", 300, 740),
    ]
    lines = read(saved(tmp_path, make_pdf([page]))).text.split("\n")
    assert lines == [put.text for put in page]


def test_cells_of_a_row_stay_in_one_line(tmp_path: Path) -> None:
    page = [Put("TT", 90, 700), Put("Bến", 160, 700), Put("Phí", 400, 700), Put("1", 90, 680), Put("Bến Gỗ", 160, 680)]
    assert read(saved(tmp_path, make_pdf([page]))).text == "TT | Bến | Phí\n1 | Bến Gỗ"


def test_footnotes_are_kept_apart_and_their_marks_stay_in_the_text(tmp_path: Path) -> None:
    page = [
        *body([(full("1. Bến mở cửa"), 110), ("cả ngày lễ.", 90), (full("2. Đò chạy"), 110), ("cả đêm.", 90)]),
        Put("1", 132.5, 633, 7),
        Put("1", 90, 104, 5.5),
        Put("Khoản này được sửa đổi theo Thông tư mới.", 95, 100, 9),
    ]
    page.insert(4, Put("1", 90 + 7 * 6, 700 - 54 + 5, 7))
    raw = read(saved(tmp_path, make_pdf([[p for p in page if p.y != 633]])))
    assert raw.footnotes == ("[1] Khoản này được sửa đổi theo Thông tư mới.",)
    assert "cả đêm.[1]" in raw.text
    assert "Khoản này được sửa đổi" not in raw.text


def test_a_broken_pdf_and_a_cut_off_pdf_are_refused_with_advice(tmp_path: Path) -> None:
    for data in (b"%PDF-1.4 nothing follows", make_pdf([[Put("Bến đò")]])[:200]):
        with pytest.raises(UnreadableFile, match="bị hỏng"):
            read(saved(tmp_path, data))


def test_more_pages_than_the_limit_are_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, make_pdf([[Put("Một")], [Put("Hai")]]))
    with pytest.raises(TooLarge, match="giới hạn là 1 trang"):
        read(path, limits=Limits(pages=1))


def scan(tmp_path: Path) -> Path:
    """A page of plain letters, drawn by PDFium and kept as a picture only."""
    import pypdfium2

    document = pypdfium2.PdfDocument(make_latin("Ban do so 12 mo cua luc 07 gio", 28))
    bitmap = document[0].render(scale=300 / 72, grayscale=True)
    data, stride = bytes(bitmap.buffer), bitmap.stride
    pixels = b"".join(data[y * stride : y * stride + bitmap.width] for y in range(bitmap.height))
    return saved(tmp_path, make_scan(pixels, bitmap.width, bitmap.height), "scan.pdf")


@pytest.mark.skipif(recogniser() is None, reason="Tesseract with Vietnamese data is not installed")
def test_a_scan_is_recognised_with_progress_and_confidence(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    raw = read(scan(tmp_path), progress=lambda page, pages: seen.append((page, pages)))
    assert "12" in raw.text
    assert "07" in raw.text
    assert seen == [(1, 1)]
    assert raw.confidence[0] is not None
    assert raw.confidence[0] > 0.5


def test_a_scan_without_tesseract_names_the_package_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader, "recogniser", lambda: None)
    with pytest.raises(MissingExtra, match="apt install tesseract-ocr tesseract-ocr-vie"):
        read(scan(tmp_path))
