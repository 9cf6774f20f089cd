"""Text, web pages, RTF and old .doc files; and what every reader refuses."""

import os
import subprocess
from pathlib import Path

import pytest

from assistant.errors import MissingExtra, TooLarge, UnreadableFile
from assistant.ingest.read import SUFFIXES, Limits, read
from assistant.ingest.readers import doc as doc_reader

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "WordDocument".encode("utf-16-le")


def saved(tmp_path: Path, data: bytes | str, name: str) -> Path:
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_is_read_in_its_encoding_and_comes_back_in_nfc(tmp_path: Path, encoding: str) -> None:
    decomposed = "Điê\u0300u 1. Bê\u0301n đo\u0300\nNgươ\u0300i lái đò trông đò.\n"
    raw = read(saved(tmp_path, decomposed.encode(encoding), "a.txt"))
    assert raw.text == "Điều 1. Bến đò\nNgười lái đò trông đò.\n"


def test_text_typed_in_a_legacy_font_is_converted(tmp_path: Path) -> None:
    tcvn3 = "§iÒu 1. Ph¹m vi ®iÒu chØnh\nNghÞ ®Þnh nµy quy ®Þnh vÒ bÕn ®ß."
    raw = read(saved(tmp_path, tcvn3.encode("latin-1"), "a.txt"))
    assert raw.text == "Điều 1. Phạm vi điều chỉnh\nNghị định này quy định về bến đò."


def test_a_web_page_gives_its_text_without_scripts_menus_and_hidden_parts(tmp_path: Path) -> None:
    page = (
        "<!DOCTYPE html><html><head><title>x</title><style>p{}</style></head><body><nav>Trang chủ</nav><main>"
        "<h1>Quy chế <b>chợ</b></h1><p>Điều 1. Giờ&nbsp;mở cửa<br>Mở lúc 5 giờ.</p><div style='display: none'>ẩn</div>"
        "<script>var a;</script><table><tr><td>Sạp</td><td>Phí</td></tr></table>"
        "<ul><li>một</li><li>hai</li></ul></main><footer>liên hệ</footer></body></html>"
    )
    raw = read(saved(tmp_path, page, "a.html"))
    assert raw.text.split("\n") == ["Quy chế chợ", "Điều 1. Giờ mở cửa", "Mở lúc 5 giờ.", "Sạp | Phí", "một", "hai"]


def test_a_page_that_says_its_encoding_is_read_in_it(tmp_path: Path) -> None:
    page = "<html><head><meta charset='windows-1258'></head><body><p>Đô la</p></body></html>".encode("cp1258")
    assert read(saved(tmp_path, page, "a.html")).text == "Đô la"


def test_deeply_nested_pages_do_not_exhaust_the_stack(tmp_path: Path) -> None:
    page = "<html><body>" + "<div>" * 20_000 + "đáy" + "</div>" * 20_000 + "</body></html>"
    assert read(saved(tmp_path, page, "a.html")).text == "đáy"


def test_rtf_gives_text_labels_tables_and_footnotes(tmp_path: Path) -> None:
    rtf = (
        r"{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0\fcharset163 Arial;}}{\*\generator X;}{\info{\title bo qua}}"
        r"{\listtext 1.\tab}\u272?i\u7873?u 1{\footnote N\u259?m 2030}\par B\'fan {\deleted cu}{\v an}m\u7899?i\par "
        r"\trowd a\cell b\cell\row}"
    )
    raw = read(saved(tmp_path, rtf, "a.rtf"))
    assert raw.text.split("\n") == ["1. Điều 1[1]", "Bún mới", "a | b"]
    assert raw.footnotes == ("[1] Năm 2030",)


def test_an_rtf_with_open_groups_is_read_to_its_end(tmp_path: Path) -> None:
    assert read(saved(tmp_path, r"{\rtf1 {\b Ben do {{{ mo cua", "a.rtf")).text == "Ben do mo cua"


def test_doc_goes_through_the_converter_and_loses_its_table_bars(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The converter here is a program of the test that prints what antiword prints."""
    drawn = "|ỦY BAN NHÂN DÂN |CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|\n|Số: 3/QĐ-UBND |Độc lập - Tự do|\nĐiều 1. Bến đò\n"
    program = tmp_path / "bin" / "antiword"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\ncat <<'E'\n{drawn}E\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(doc_reader, "_CONVERTERS", {"antiword": doc_reader._antiword})
    raw = read(saved(tmp_path, OLE, "a.doc"))
    assert [line for line in raw.text.split("\n") if line] == [
        "ỦY BAN NHÂN DÂN",
        "Số: 3/QĐ-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do",
        "Điều 1. Bến đò",
    ]


def test_a_doc_that_no_converter_can_read_is_refused_with_advice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise subprocess.CalledProcessError(1, "antiword")

    monkeypatch.setattr(doc_reader, "_CONVERTERS", {"sh": fails})
    with pytest.raises(UnreadableFile, match="không chuyển đổi được"):
        read(saved(tmp_path, OLE, "a.doc"))


def test_without_a_converter_the_package_to_install_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingExtra, match="apt install antiword"):
        read(saved(tmp_path, OLE, "a.doc"))


def test_a_missing_an_empty_and_a_binary_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="Không mở được"):
        read(tmp_path / "không-có.docx")
    with pytest.raises(UnreadableFile, match="rỗng"):
        read(saved(tmp_path, b"", "a.txt"))
    with pytest.raises(UnreadableFile, match="nhị phân"):
        read(saved(tmp_path, bytes(range(256)) * 40, "a.txt"))
    with pytest.raises(UnreadableFile):
        read(tmp_path)


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with pytest.raises(TooLarge, match="giới hạn là 10 byte"):
        read(saved(tmp_path, "Điều 1. Bến đò", "a.txt"), limits=Limits(file_bytes=10))
    with pytest.raises(TooLarge, match="ký tự"):
        read(saved(tmp_path, "Điều 1. Bến đò", "a.txt"), limits=Limits(chars=5))


def test_one_line_of_ten_million_letters_is_read(tmp_path: Path) -> None:
    text = "bến đò " * 1_400_000
    assert len(read(saved(tmp_path, text, "a.txt")).text) == len(text)


def test_every_suffix_named_as_readable_is_a_suffix() -> None:
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in SUFFIXES)
