"""The folded copy: same length, plain letters, and offsets that lead back to the text as given."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from assistant.law.fold import FoldedText, fold

VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ "


def test_vietnamese_becomes_plain_letters_one_for_one():
    assert fold("Điểm đ, Khoản 1 – “Ủy ban”\xa0Ðà") == 'diem d, khoan 1 - "uy ban" da'


@given(st.text(max_size=200))
def test_the_copy_has_the_length_of_the_text(text):
    folded = FoldedText.of(text)
    assert len(folded.plain) == len(folded.text)
    assert folded.plain.isascii()


@given(st.text(alphabet=VIETNAMESE + "\xad\u200b", max_size=60), st.sampled_from(["NFC", "NFD"]))
def test_offsets_lead_back_to_the_text_as_given(text, form):
    given_text = unicodedata.normalize(form, text)
    folded = FoldedText.of(given_text)
    places = [folded.origin(n) for n in range(len(folded.text) + 1)]
    assert places == sorted(places)
    for n, letter in enumerate(folded.text):
        piece = unicodedata.normalize("NFC", given_text[places[n] : places[n + 1]])
        assert piece.strip("\xad\u200b") == letter
