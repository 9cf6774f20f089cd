"""Word files made for the test: what Word shows with all changes accepted is what is read."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import nsdecls

from assistant.errors import TooLarge, UnreadableFile
from assistant.ingest.read import Limits, read

NUMBERING = """<w:numbering {ns}>
<w:abstractNum w:abstractNumId="7">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Điều %1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
 <w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%4 -"/></w:lvl>
 <w:lvl w:ilvl="4"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>
</w:abstractNum>
<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="7"/>
 <w:lvlOverride w:ilvl="1"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
</w:numbering>"""


def written(tmp_path: Path, body: str, parts: dict[str, str] | None = None, *, numbering: bool = False) -> Path:
    """A .docx whose body is the given XML; further parts by their path in the package."""
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    source = zipfile.ZipFile(buffer)
    path = tmp_path / "van-ban.docx"
    replaced = {"word/document.xml": f"<w:document {nsdecls('w')}><w:body>{body}</w:body></w:document>"} | (parts or {})
    if numbering:
        replaced["word/numbering.xml"] = NUMBERING.format(ns=nsdecls("w"))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, replaced.pop(name, None) or source.read(name))
        for name, content in replaced.items():
            target.writestr(name, content)
    return path


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def listed(text: str, level: int, number: int = 3) -> str:
    return p(text, f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{number}'/></w:numPr>")


def test_paragraphs_and_tables_come_in_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Trước bảng")
    table = document.add_table(rows=2, cols=3)
    for index, cell in enumerate([*table.rows[0].cells, *table.rows[1].cells]):
        cell.text = f"ô {index}"
    document.add_paragraph("Sau bảng")
    document.sections[0].header.paragraphs[0].text = "Dự thảo lần 2"
    path = tmp_path / "a.docx"
    document.save(str(path))
    raw = read(path)
    assert raw.text.split("\n") == ["Trước bảng", "ô 0 | ô 1 | ô 2", "ô 3 | ô 4 | ô 5", "Sau bảng"]
    assert raw.running == ("Dự thảo lần 2",)


def test_the_head_of_a_document_set_in_a_table_is_read_block_by_block(tmp_path: Path) -> None:
    document = docx.Document()
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text = "ỦY BAN NHÂN DÂN\nSố: 05/QĐ-UBND"
    cells[1].text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    path = tmp_path / "a.docx"
    document.save(str(path))
    assert read(path).text.split("\n")[:3] == [
        "ỦY BAN NHÂN DÂN",
        "Số: 05/QĐ-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    ]


def test_list_labels_that_word_counts_are_written_out(tmp_path: Path) -> None:
    items = [("Giờ mở cửa", 0), ("Ngày thường", 1), ("Sáng", 2), ("Chiều", 2), ("Ngày lễ", 1), ("Sáng", 2)]
    items += [("Chỗ ngồi", 0), ("Hàng đầu", 1), ("Phần bốn", 3), ("gạch", 4)]
    body = "".join(listed(text, level) for text, level in items)
    assert read(written(tmp_path, body, numbering=True)).text.split("\n") == [
        "Điều 1. Giờ mở cửa",
        "1. Ngày thường",
        "a) Sáng",
        "b) Chiều",
        "2. Ngày lễ",
        "a) Sáng",
        "Điều 2. Chỗ ngồi",
        "1. Hàng đầu",
        "I - Phần bốn",
        "- gạch",
    ]


def test_a_list_restarted_at_a_number_counts_from_there(tmp_path: Path) -> None:
    body = listed("một", 1) + listed("năm", 1, number=4) + listed("sáu", 1, number=4)
    assert read(written(tmp_path, body, numbering=True)).text.split("\n") == ["1. một", "5. năm", "6. sáu"]


def test_tracked_changes_are_read_as_accepted(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t xml:space='preserve'>Phí là </w:t></w:r><w:del><w:r><w:delText>20.000</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>30.000</w:t></w:r></w:ins><w:r><w:t xml:space='preserve'> đồng.</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t xml:space='preserve'>Đoạn này </w:t></w:r></w:p>"
        + p("nối với đoạn sau.")
        + "<w:moveFrom><w:p><w:r><w:t>chỗ cũ</w:t></w:r></w:p></w:moveFrom>"
        + "<w:ins>" + p("đoạn thêm") + "</w:ins>"
        + "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>" + p("hàng bỏ") + "</w:tc></w:tr></w:tbl>"
    )  # fmt: skip
    assert read(written(tmp_path, body)).text.split("\n") == [
        "Phí là 30.000 đồng.",
        "Đoạn này nối với đoạn sau.",
        "đoạn thêm",
    ]


def test_footnotes_are_apart_and_their_marks_stay(tmp_path: Path) -> None:
    notes = (
        f"<w:footnotes {nsdecls('w')}><w:footnote w:id='0' w:type='separator'>{p('---')}</w:footnote>"
        f"<w:footnote w:id='2'>{p('Sửa đổi năm 2030.')}</w:footnote></w:footnotes>"
    )
    body = (
        "<w:p><w:r><w:t>Bến mở cửa</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:t>.</w:t></w:r></w:p>"
    )
    raw = read(written(tmp_path, body, {"word/footnotes.xml": notes}))
    assert raw.text == "Bến mở cửa[1]."
    assert raw.footnotes == ("[1] Sửa đổi năm 2030.",)


def test_hidden_text_is_left_out_and_said(tmp_path: Path) -> None:
    body = p("Nhìn thấy") + "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>lệnh ẩn</w:t></w:r></w:p>"
    raw = read(written(tmp_path, body))
    assert raw.text == "Nhìn thấy\n"
    assert raw.warnings == ("1 đoạn chữ ẩn trong tệp đã được bỏ qua.",)


def test_line_breaks_tabs_content_controls_and_text_boxes_are_read(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>Chương I</w:t><w:br/><w:t>QUY ĐỊNH</w:t><w:tab/><w:t>CHUNG</w:t></w:r></w:p>"
        f"<w:sdt><w:sdtContent>{p('trong ô điều khiển')}</w:sdtContent></w:sdt>"
        f"<w:p><w:r><w:pict><w:txbxContent>{p('trong khung')}</w:txbxContent></w:pict>"
        "<w:t>ngoài khung</w:t></w:r></w:p>"
    )
    lines = read(written(tmp_path, body)).text.split("\n")
    assert lines == ["Chương I", "QUY ĐỊNH CHUNG", "trong ô điều khiển", "ngoài khung", "trong khung"]


def test_field_codes_are_not_text(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>Trang 3</w:t></w:r></w:p>"
    )
    assert read(written(tmp_path, body)).text == "Trang 3"


def test_external_entities_are_never_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("bí mật", encoding="utf-8")
    xml = (
        f"<!DOCTYPE d [<!ENTITY x SYSTEM '{secret.as_uri()}'><!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]>"
        f"<w:document {nsdecls('w')}><w:body><w:p><w:r><w:t>Mở &x;&b;</w:t></w:r></w:p></w:body></w:document>"
    )
    raw = read(written(tmp_path, "", {"word/document.xml": xml}))
    assert "bí mật" not in raw.text
    assert raw.text.startswith("Mở")


def test_a_zip_bomb_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    path = written(tmp_path, p("x"), {"word/media/big.bin": "0" * 30_000_000})
    with pytest.raises(TooLarge, match="giải nén"):
        read(path)
    with pytest.raises(TooLarge, match="giải nén"):
        read(written(tmp_path, p("chữ " * 50_000)), limits=Limits(unpacked_bytes=100_000))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"PK\x03\x04 broken", "không mở được"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (b"\xd0\xcf\x11\xe0 something else", "không phải văn bản Word"),
        (b"", "rỗng"),
        (b"   \n ", "rỗng"),
    ],
)
def test_what_is_no_word_file_is_refused_with_advice(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=says):
        read(path)


def test_a_spreadsheet_and_a_plain_archive_are_told_apart_from_word(tmp_path: Path) -> None:
    rels = (
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
        "<Relationship Id='a' Target='xl/workbook.xml' "
        "Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument'/></Relationships>"
    )
    for members, says in (({"_rels/.rels": rels, "xl/workbook.xml": "<a/>"}, "bảng tính"), ({"a.txt": "x"}, "gói nén")):
        path = tmp_path / "a.docx"
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        with pytest.raises(UnreadableFile, match=says):
            read(path)


def test_a_broken_side_part_costs_labels_but_not_the_document(tmp_path: Path) -> None:
    path = written(tmp_path, listed("vẫn đọc được", 1), {"word/numbering.xml": "<broken", "word/styles.xml": "<x"})
    assert read(path).text == "vẫn đọc được"


def test_a_docx_named_doc_is_read_by_its_content(tmp_path: Path) -> None:
    path = written(tmp_path, p("Nội dung"))
    renamed = path.rename(tmp_path / "a.doc")
    assert read(renamed).format == "docx"
