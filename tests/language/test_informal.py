from __future__ import annotations

import gzip
import json
import re
from itertools import islice
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.language.informal import DATA, expand, legal_synonyms, understand_typing
from assistant.language.normalise import clean, fold
from assistant.language.restore import Restorer

REAL = Path(__file__).parents[3] / "shared" / "data"

PROPER = [
    "Công dân nộp hồ sơ đăng ký tạm trú tại Công an phường nơi cư trú.",
    "Thời hạn giải quyết khiếu nại lần đầu là bao nhiêu ngày?",
    "Điểm e khoản 2 Điều 5, các điểm a, b, c và k khoản 1 Điều 7 của Luật này",
    "Ông Nguyễn Văn A, bà Trần Thị B và con là C cùng đứng tên.",
    "Nhà bên hông chợ có một lỗ hổng lớn, giá 50 nghìn đồng.",
    "Mẫu CT07 ban hành kèm theo Thông tư số 66/2023/TT-BCA",
    "Tôi muốn được chỉ bảo về việc nha khoa tại Nha Trang, bệnh hen suyễn.",
    "TM. với KT. với TL. với TUQ. ghi khi nào, cho em ví dụ",
    "vitamin K, hạng E, nhóm A, 5 kg, 20 m",
    "a) Đơn đề nghị; e) Bản sao; k) Giấy tờ khác",
    "gửi về ko.dc@hoi.vn hoặc https://k.vn/dk?e=1",
]


@pytest.fixture(scope="module")
def restorer() -> Restorer:
    return Restorer.default()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lam lai cccd mat bao lau z", "làm lại căn cước công dân mất bao lâu vậy"),
        ("dk tam tru can j z", "đăng ký tạm trú cần gì vậy"),
        ("ddawng kys keets hoon", "đăng ký kết hôn"),
        ("xin ct07 làm onl đc hông", "xin ct07 làm trực tuyến được không"),
        ("lương cơ sở giờ là bn r", "lương cơ sở giờ là bao nhiêu rồi"),
        ("khai tu mat bn tien vay", "khai tử mất bao nhiêu tiền vậy"),
        ("vợ e sinh con thứ 2 e đóng bhxh", "vợ em sinh con thứ 2 em đóng bảo hiểm xã hội"),
        ("gcn qsdđ bi mat lam lai o dau", "giấy chứng nhận quyền sử dụng đất bị mất làm lại ở đâu"),
        ("Mần răng để đăng ký tạm trú rứa o?", "Làm sao để đăng ký tạm trú vậy ạ?"),
        ("hổm rày tui dìa quê, má tui hỏi", "mấy hôm nay tôi về quê, mẹ tôi hỏi"),
        ("mn cho e hỏi đổi gplx k đc thì sao ạ", "mọi người cho em hỏi đổi giấy phép lái xe không được thì sao ạ"),
        ("E cảm ơn ac ạ", "Em cảm ơn anh chị ạ"),
        ("DK TAM TRU CAN GI", "ĐĂNG KÝ TẠM TRÚ CẦN GÌ"),
        ("Nghị quyết 98 cho TP.HCM", "Nghị quyết 98 cho Thành phố Hồ Chí Minh"),
        ("so hong bi mat", "sổ hồng bị mất"),
        ("theo NĐ 30/2020 hay NĐ 78/2025", "theo Nghị định 30/2020 hay Nghị định 78/2025"),
        ("h\u00f4\u0300 so\u031b\u00ad c\u1ee7a e\u200b", "hồ sơ của em"),
    ],
)
def test_a_message_is_understood(restorer: Restorer, typed: str, meant: str) -> None:
    assert understand_typing(typed, restorer).text == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("k biết", "không biết"),
        ("hệ số k", "hệ số k"),
        ("phạt 50 k", "phạt 50 k"),
        ("đk kinh doanh", "đăng ký kinh doanh"),
        ("cần đk gì", "cần điều kiện gì"),
        ("đủ đk chưa", "đủ được chưa"),
        ("đk không", "được không"),
        ("đổi đc công ty", "đổi địa chỉ công ty"),
        ("nộp đc rồi", "nộp được rồi"),
        ("các bn ơi", "các bạn ơi"),
        ("phí bn", "phí bao nhiêu"),
        ("hđ lao động", "hợp đồng lao động"),
        ("xuất hđ đỏ", "xuất hóa đơn đỏ"),
        ("cái hđ đó", "cái hđ đó"),
        ("qđ 12", "quyết định 12"),
        ("theo qđ mới", "theo quy định mới"),
        ("tt 01", "thông tư 01"),
        ("tt đó", "tt đó"),
        ("a ơi", "anh ơi"),
        ("điểm a", "điểm a"),
        ("vợ ck em", "vợ chồng em"),
        ("trả qua ck", "trả qua chuyển khoản"),
        ("công chức, vc", "công chức, vc"),
    ],
)
def test_what_is_ambiguous_is_decided_by_its_neighbours_or_left(typed: str, meant: str) -> None:
    assert expand(typed) == meant


@pytest.mark.parametrize("sentence", PROPER)
def test_a_well_written_sentence_comes_out_unchanged(restorer: Restorer, sentence: str) -> None:
    understood = understand_typing(sentence, restorer)
    assert (understood.text, understood.changed, understood.plain_share) == (sentence, (), 0.0)


def test_what_was_changed_is_listed_for_the_user(restorer: Restorer) -> None:
    understood = understand_typing("lam cccd ở đâu z", restorer)
    assert understood.typed == "lam cccd ở đâu z"
    assert set(understood.changed) == {("lam", "làm"), ("cccd", "căn cước công dân"), ("z", "vậy")}


@pytest.mark.parametrize(
    ("typed", "least", "most"),
    [
        ("lam lai cccd mat bao lau z", 1.0, 1.0),
        ("làm lại cccd mất bao lâu z", 0.0, 0.0),
        ("ddawng kys keets hoon", 0.0, 0.0),
        ("đăng ký tam tru o dau vay", 0.5, 0.8),
    ],
)
def test_the_share_typed_plain_does_not_count_what_was_expanded(
    restorer: Restorer, typed: str, least: float, most: float
) -> None:
    assert least <= understand_typing(typed, restorer).plain_share <= most


@given(st.lists(st.sampled_from([*PROPER, "ko", "dk", "e", "k", "đc", "z", "\n", "bn?", "12/2024", "A"])).map(" ".join))
@settings(max_examples=60)
def test_expanding_twice_changes_nothing_more(text: str) -> None:
    once = expand(text)
    assert expand(once) == once


@given(st.text())
@settings(max_examples=200)
def test_any_message_is_read_without_an_error(text: str) -> None:
    understood = understand_typing(text, Restorer.default())
    assert understood.typed == text
    assert 0.0 <= understood.plain_share <= 1.0
    assert clean(understood.text) == understood.text


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("tôi bị đuổi việc thì sao", "sa thải"),
        ("giấy hôn thú bị mất", "giấy chứng nhận kết hôn"),
        ("làm sổ đỏ ở đâu", "đăng ký đất đai, tài sản gắn liền với đất, cấp Giấy chứng nhận lần đầu"),
        ("sổ hồng của tôi", "Giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất"),
        ("Khai sanh cho con", "khai sinh"),
        ("nhập hộ khẩu cho vợ", "đăng ký thường trú"),
        ("khi nào được lên chức", "bổ nhiệm"),
        ("nghỉ đẻ mấy tháng", "thai sản"),
        ("bằng lái hết hạn", "giấy phép lái xe"),
        ("công ty tạm ngưng một năm", "tạm ngừng kinh doanh"),
        ("thuế trước bạ nhà", "lệ phí trước bạ"),
        ("mở quán cà phê", "đăng ký hộ kinh doanh"),
    ],
)
def test_everyday_words_bring_the_words_of_the_law(text: str, term: str) -> None:
    assert term in legal_synonyms(text)


@pytest.mark.parametrize(
    "text", ["điều kiện kinh doanh", "khai sinh", "thời hạn giải quyết", "bầu cử", "Hội đồng nhân dân", ""]
)
def test_words_of_the_law_bring_nothing(text: str) -> None:
    assert legal_synonyms(text) == ()


def test_the_longest_everyday_phrase_wins() -> None:
    assert legal_synonyms("mất sổ đỏ") == ("cấp lại Giấy chứng nhận do bị mất",)


@pytest.mark.parametrize("name", ["informal.yaml", "synonyms.yaml"])
def test_no_word_is_listed_twice(name: str) -> None:
    keys = re.findall(r"(?m)^  ([^#\s-][^:]*):", (DATA / name).read_text("utf-8"))
    assert len(keys) == len(set(keys))
    assert keys == [key.lower() for key in keys]


def test_there_are_enough_everyday_words_in_every_field() -> None:
    fields = yaml.safe_load((DATA / "synonyms.yaml").read_text("utf-8"))
    assert sum(map(len, fields.values())) >= 150
    assert min(map(len, fields.values())) >= 15


def test_no_accentless_abbreviation_is_an_accentless_vietnamese_word(restorer: Restorer) -> None:
    """ "vat" is also "vật", "toi" is "tôi", "tối" and "tội": such keys would eat questions typed without diacritics."""
    data = yaml.safe_load((DATA / "informal.yaml").read_text("utf-8"))
    keys = [key for section in ("official", "chat") for key in data[section] if " " not in key and key.isascii()]
    assert [key for key in keys if key in restorer.candidates and key not in ("ko", "khum", "khong", "rep")] == []


@pytest.mark.data
def test_sentences_of_real_laws_are_hardly_ever_touched(restorer: Restorer) -> None:
    path = REAL / "law" / "codified.jsonl.gz"
    if not path.exists():
        pytest.skip(f"no real data at {path}")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = [clean(json.loads(line)["text"]) for line in islice(lines, 0, 12_000, 60)]
    rows = (line for text in texts for line in text.split("\n") if 40 < len(line) < 300)
    sentences = [line for line in rows if ".doc" not in line and fold(line) != line.lower()]  # names of attached files
    touched = [line for line in sentences if restorer.restore(line) != line]
    assert len(touched) < 0.005 * len(sentences)
