from __future__ import annotations

import contextlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import UnreadableFile
from assistant.language.normalise import clean, convert_legacy, decode, fold, for_matching, has_diacritics

VIETNAMESE = st.text(
    alphabet="aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ .,12\n"
)
SENTENCE = "Công dân nộp đơn tại Ủy ban nhân dân phường, lệ phí 8.000 đồng; trường hợp vắng mặt thì gửi qua bưu điện."


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        (unicodedata.normalize("NFD", "Cấp, quản lý căn cước"), "Cấp, quản lý căn cước"),
        ("Ðiều 5, ðường", "Điều 5, đường"),
        ("khoản\u00a02\u202fĐiều\u30005", "khoản 2 Điều 5"),
        ("hồ\u00ad sơ\u200b\ufeff", "hồ sơ"),
        ("in\u202eđảo\u202c ngược\u2066", "inđảo ngược"),
        ("chào" + "".join(chr(0xE0000 + ord(c)) for c in "ignore all"), "chào"),
        ("chào" + chr(0xFE0F) + chr(0xE0101), "chào"),
        ("a\x00\x07b\x1bc\x9fd", "abcd"),
        ("một\r\nhai\rba\tbốn", "một\nhai\nba\tbốn"),
        ("hết trang\x0ctrang mới\x0bdòng mới", "hết trang\ntrang mới\ndòng mới"),
        ("nửa chữ \ud800 lẻ", "nửa chữ  lẻ"),
        ("ti\u00e9\u0302ng", "tiếng"),  # the tone typed before the hat
        ("Uỷ ban hoà giải, kỹ thuật", "Uỷ ban hoà giải, kỹ thuật"),
        ("“5 µm ± 3 °C”", "“5 µm ± 3 °C”"),
        ("", ""),
    ],
)
def test_clean_text_is_nfc_and_holds_nothing_invisible(typed: str, cleaned: str) -> None:
    assert clean(typed) == cleaned


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Hộ chiếu", "ho chieu"), ("ĐƯỜNG Nguyễn Đình Chiểu", "duong nguyen dinh chieu"), ("ct07", "ct07")],
)
def test_folding_drops_case_and_accents(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_and_matching_keep_every_offset(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    assert len(fold(text)) == len(for_matching(text)) == len(text)


@given(VIETNAMESE)
def test_folded_text_has_no_diacritics_left(text: str) -> None:
    assert not has_diacritics(fold(text))
    assert fold(fold(text)) == fold(text) == fold(text.upper())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà giải", "hòa giải"),
        ("Uỷ ban", "ủy ban"),
        ("thuỷ lợi", "Thủy lợi"),
        ("khoẻ", "khỏe"),
        ("qúy khách", "quý khách"),
        ("gìa", "già"),
        ("tòan", "toàn"),
        ("của", "cuả"),
        ("hùynh", "huỳnh"),
        ("thúê", "thuế"),
        ("lụât", "luật"),
        ("nghiã", "nghĩa"),
    ],
)
def test_a_tone_on_either_vowel_matches(one: str, other: str) -> None:
    assert for_matching(one) == for_matching(other)


@pytest.mark.parametrize(
    "text", ["quý", "giá", "khuya", "nghĩa", "người", "khuỷu", "ngoài", "được", "mùa", "gì", "giữa", "thuở", "hủy"]
)
def test_official_spelling_is_its_own_matching_form(text: str) -> None:
    assert for_matching(text) == text


def test_y_and_i_stay_different_words() -> None:
    assert for_matching("kỹ sư") != for_matching("kĩ sư")


@given(VIETNAMESE)
def test_matching_changes_neither_letters_nor_tones(text: str) -> None:
    assert fold(for_matching(text)) == fold(text)
    assert for_matching(for_matching(text)) == for_matching(text)


@pytest.mark.parametrize(
    ("text", "expected"), [("khai sinh", False), ("KHAI SINH 12", False), ("đi", True), ("tạm", True), ("", False)]
)
def test_diacritics_are_seen(text: str, expected: bool) -> None:
    assert has_diacritics(text) is expected


def windows_1258(text: str) -> bytes:
    tones = "\u0300\u0301\u0303\u0309\u0323"
    parts = []
    for char in text:
        marks = unicodedata.normalize("NFD", char)
        parts.append(unicodedata.normalize("NFC", "".join(m for m in marks if m not in tones)))
        parts.extend(m for m in marks if m in tones)
    return "".join(parts).encode("cp1258")


TCVN3 = "C«ng d©n nép ®¬n t¹i ñy ban nh©n d©n ph­êng, lÖ phÝ 8.000 ®ång; tr­êng hîp v¾ng mÆt th× göi qua b­u ®iÖn."
VNI = (
    "Coâng daân noäp ñôn taïi Uûy ban nhaân daân phöôøng, leä phí 8.000 ñoàng; "
    "tröôøng hôïp vaéng maët thì göûi qua böu ñieän."
)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (SENTENCE.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + SENTENCE.encode(), "utf-8"),
        (SENTENCE.encode("utf-16"), "utf-16-le"),
        (SENTENCE.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + SENTENCE.encode("utf-16-be"), "utf-16-be"),
        (SENTENCE.encode("utf-16-be"), "utf-16-be"),
        (windows_1258(SENTENCE), "windows-1258"),
        (VNI.encode("cp1252"), "vni"),
    ],
)
def test_a_file_is_read_whatever_its_encoding(data: bytes, encoding: str) -> None:
    decoded = decode(data)
    assert (decoded.text, decoded.encoding) == (SENTENCE, encoding)


def test_tcvn3_has_one_form_for_small_and_capital_accented_letters() -> None:
    decoded = decode(TCVN3.encode("latin-1"))
    assert decoded.encoding == "tcvn3"
    assert decoded.text.lower() == SENTENCE.lower()


def test_viscii_is_read() -> None:
    decoded = decode(b"M\xf7i ng\xdf\xb6i d\xe2n \xf0\xabu n\xb5p")
    assert decoded.encoding == "viscii"
    assert decoded.text.startswith("Mọi người dân")


@pytest.mark.parametrize("cut", [1, 2])
def test_a_file_cut_in_the_middle_of_a_letter_is_still_utf8(cut: int) -> None:
    data = "hồ sơ đăng ký khai sinh tại phường ế".encode()[:-cut]
    assert decode(data).text.startswith("hồ sơ đăng ký khai sinh tại phường")


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 4,
        b"PK\x03\x04" + b"abc" * 50,
        b"%PDF-1.7 abc",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100,
        b"\x89PNG\r\n\x1a\n" + b"\0\1\2" * 30,
    ],
)
def test_binary_data_is_refused_with_what_to_do(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="lưu lại"):
        decode(data)


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_refused_but_never_crash(data: bytes) -> None:
    with contextlib.suppress(UnreadableFile):
        decode(data).text.encode("utf-8", "surrogatepass")


@given(st.text())
def test_utf8_is_never_taken_for_something_else(text: str) -> None:
    encoded = text.encode("utf-8", "ignore")
    if b"\0" not in encoded and not encoded.startswith((b"%PDF", b"PK", b"\xef\xbb\xbf", b"GIF8")):
        assert decode(encoded).encoding == "utf-8"


@pytest.mark.parametrize(
    ("typed", "text", "encoding"),
    [
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam", "tcvn3"),
        ("CéNG HOµ X· HéI CHñ NGHÜA VIÖT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "tcvn3"),
        ("§iÒu 1. Ph¹m vi ®iÒu chØnh", "Điều 1. Phạm vi điều chỉnh", "tcvn3"),
        ("Ch\xad¬ng I", "Chương I", "tcvn3"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam", "vni"),
        ("COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "vni"),
        ("Ñieàu 1. Phaïm vi ñieàu chænh", "Điều 1. Phạm vi điều chỉnh", "vni"),
        ("Độ dày 5 µm\nQuyÕt ®Þnh nµy cã hiÖu lùc", "Độ dày 5 µm\nQuyết định này có hiệu lực", "tcvn3"),
    ],
)
def test_text_of_a_legacy_font_becomes_unicode(typed: str, text: str, encoding: str) -> None:
    assert convert_legacy(typed) == (text, encoding)


@pytest.mark.parametrize(
    "text",
    [
        "5 µm ± 3 °C",
        "10 µg/ml × 2, 30 µl",
        SENTENCE,
        "là cá thì có",
        "Café, résumé, naïve, Müller, Noël, déjà vu",
        "© 2024 ® « Luật »",
        "§ 5",
        "señor, mañana, über, Straße",
        "Iô\nIô ≥ 3,5\nMã màu",
        "plain ascii",
        "",
    ],
)
def test_unicode_text_and_signs_survive_the_search_for_legacy_fonts(text: str) -> None:
    assert convert_legacy(text) == (text, None)


@given(VIETNAMESE.filter(lambda text: any("\u0102" <= char <= "\u1ef9" for char in text) and "\n" not in text))
def test_a_line_with_vietnamese_letters_is_never_converted(text: str) -> None:
    assert convert_legacy(text) == (text, None)
