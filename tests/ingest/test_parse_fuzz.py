"""Whatever the text is: no exception, no hang, nothing lost."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import TrolyError
from assistant.ingest.documents import outline, to_entries, to_json
from assistant.ingest.parse import parse
from assistant.ingest.read import read
from assistant.law.document import Document, Locator

GOLDEN = Path(__file__).parent.parent / "golden" / "structure"
LINES = [
    line
    for path in sorted(GOLDEN.glob("*.txt"))
    if not path.name.endswith(".expected.txt")
    for line in path.read_text(encoding="utf-8").split("\n")
]
SIGNS = [
    "“",
    "”",
    '"',
    "Điều 5. ",
    "1. ",
    "a) ",
    "đ) ",
    "Chương IX",
    "PHỤ LỤC",
    "\n",
    "\t",
    "\u00a0",
    "[1]",
    "(",
    "...",
    "Mục 2",
    "Điều",
]


def check(document: Document) -> None:
    """What holds for every document."""
    spans = {}
    for provision in document.provisions:
        assert 0 <= provision.start <= provision.end <= len(document.text)
        assert Locator.parse(provision.locator.path) == provision.locator
        assert provision.locator.path not in spans
        spans[provision.locator.path] = (provision.start, provision.end)
        for line in provision.text.split("\n"):
            assert line in document.text[provision.start : provision.end]
    for path, (start, end) in spans.items():
        outer = spans.get(path.rpartition(".")[0])
        if outer is not None and not path.rpartition(".")[2].startswith("mau"):
            assert outer[0] <= start <= end <= outer[1]
    starts = [provision.start for provision in document.provisions]
    assert starts == sorted(starts)
    assert all(0 <= warning.start <= len(document.text) for warning in document.warnings)


@settings(max_examples=250, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(LINES), max_size=60).map("\n".join))
def test_shuffled_lines_of_real_shapes_are_read(text: str) -> None:
    document = parse(text, source="a.docx")
    check(document)
    assert document.text == text
    ids = [entry.id for entry in to_entries(document)]
    assert len(ids) == len(set(ids))
    to_json(document)
    outline(document)


@settings(max_examples=250, deadline=None, derandomize=True)
@given(st.data())
def test_mutated_texts_are_read(data: st.DataObject) -> None:
    text = "\n".join(LINES)
    start = data.draw(st.integers(0, len(text) - 1))
    piece = text[start : start + data.draw(st.integers(0, 3_000))]
    for _ in range(data.draw(st.integers(0, 8))):
        place = data.draw(st.integers(0, len(piece)))
        piece = piece[:place] + data.draw(st.sampled_from(SIGNS)) + piece[place + data.draw(st.integers(0, 20)) :]
    check(parse(piece))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    check(parse(text))


@settings(max_examples=120, deadline=None, derandomize=True)
@given(
    st.binary(max_size=600),
    st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"{\\rtf1 ", b"<html>", b"\xd0\xcf\x11\xe0"]),
)
def test_any_file_is_read_or_refused_in_vietnamese(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, head: bytes
) -> None:
    path = tmp_path_factory.mktemp("f") / "a.bin"
    path.write_bytes(head + data)
    try:
        raw = read(path)
    except TrolyError as error:
        assert path.name in str(error) or "byte" in str(error)
    else:
        check(parse(raw.text))


@pytest.mark.parametrize(
    "unit",
    [
        "Điều 1. ",
        "Điều 1.\n",
        "1. a\n",
        "a) b\n",
        "“Điều 1. a\n",
        '"',
        " ",
        "\n ",
        "Chương I\n",
        "PHỤ LỤC\n",
        "QUY CHẾ\n",
        "[1]",
        "(",
        "Căn cứ a; ",
        "Số: ",
        "TM. A\nĐiều 1. b\n",
        "có hiệu lực sau năm ngày ",
        "A B ban hành ",
    ],
)
@pytest.mark.timeout(60)
def test_a_long_run_of_one_sign_is_read_without_hanging(unit: str) -> None:
    """A quarter of a million characters: what takes time with the square of the length would not end here."""
    text = unit * (250_000 // len(unit))
    assert parse(text).text == text
