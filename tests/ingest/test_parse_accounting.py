"""Mutated texts: every character is kept, and every word of a provision is in the provision. The check can fail."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.ingest.parse import parse
from assistant.ingest.read import read
from tests.ingest.accounting import account
from tests.ingest.test_parse_fuzz import GOLDEN, LINES, SIGNS

DATA = Path(__file__).parents[3] / "shared" / "data" / "law"
TEXTS = [
    path.read_text(encoding="utf-8") for path in sorted(GOLDEN.glob("*.txt")) if not path.name.endswith(".expected.txt")
]


def mutated(data: st.DataObject, text: str, length: int) -> str:
    """A piece of the text with signs put in, words taken out and lines doubled."""
    start = data.draw(st.integers(0, max(0, len(text) - 1)))
    piece = text[start : start + length]
    for _ in range(data.draw(st.integers(0, 10))):
        place = data.draw(st.integers(0, len(piece)))
        gone = data.draw(st.integers(0, 20))
        piece = (
            piece[:place]
            + data.draw(st.sampled_from([*SIGNS, "\n[2] Khoản này.", "\nĐiều 2. "]))
            + piece[place + gone :]
        )
    return piece


@pytest.mark.parametrize("text", TEXTS)
def test_every_character_of_a_golden_text_is_accounted_for(text: str) -> None:
    account(text, parse(text))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.data())
def test_every_character_of_a_mutated_text_is_accounted_for(data: st.DataObject) -> None:
    text = mutated(data, data.draw(st.sampled_from(["\n".join(LINES), *TEXTS])), 3_000)
    account(text, parse(text))


@pytest.mark.data
@pytest.mark.skipif(not DATA.exists(), reason="the real data folder is not beside the project")
def test_every_character_of_mutated_real_documents_is_accounted_for() -> None:
    paths = [*sorted(DATA.glob("docx/*.docx"))[::14], *sorted(DATA.glob("gazette/*.pdf"))[::12]]
    texts = [read(path).text for path in paths]
    assert len(texts) > 10

    @settings(max_examples=120, deadline=None, derandomize=True)
    @given(st.data())
    def over_real_texts(data: st.DataObject) -> None:
        text = mutated(data, data.draw(st.sampled_from(texts)), 15_000)
        account(text, parse(text))

    over_real_texts()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda p: dataclasses.replace(p, text=""),
        lambda p: dataclasses.replace(p, text=p.text + " thêm"),
        lambda p: dataclasses.replace(p, text=p.text.rpartition(" ")[0]),
    ],
    ids=["text dropped", "word invented", "last word dropped"],
)
def test_the_accounting_notices_a_loss(spoil) -> None:  # type: ignore[no-untyped-def]
    document = parse("Điều 1. Thẻ\n1. Thẻ có thời hạn một năm.\n2. Thẻ mất được cấp lại.")
    provisions = (*document.provisions[:1], spoil(document.provisions[1]), *document.provisions[2:])
    with pytest.raises(AssertionError, match="khoan-1"):
        account(document.text, dataclasses.replace(document, provisions=provisions))


def test_the_accounting_notices_a_lost_character_of_the_text() -> None:
    document = parse("Điều 1. Thẻ\nThẻ có thời hạn một năm.")
    with pytest.raises(AssertionError, match="text kept"):
        account(document.text + "x", document)


def test_an_attached_text_without_articles_keeps_what_no_number_begins() -> None:
    text = "Điều 1. A\nB.\nTM. ỦY BAN\nCHỦ TỊCH\nQUY CHẾ\nVỀ CHỢ\n(Ban hành kèm theo Quyết định số 1/QĐ-UBND)\nChợ họp mỗi sáng."
    document = parse(text)
    account(text, document)
    attached = next(p for p in document.provisions if p.locator.path == "kem-theo-1")
    assert attached.text.endswith("Chợ họp mỗi sáng.")
