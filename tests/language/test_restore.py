from __future__ import annotations

import gzip
import importlib.util
import json
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import UnreadableFile
from assistant.language.normalise import clean, fold
from assistant.language.restore import DEFAULT_MODEL, Restorer

PROJECT = Path(__file__).parents[2]
DATA = PROJECT.parent / "shared" / "data"
SMALL = ["đăng ký kết hôn tại phường", "tổ chức đám cưới", "đang ký giấy kết hôn", "kết quả đăng ký", "5 ngày làm việc"]


@pytest.fixture(scope="module")
def restorer() -> Restorer:
    return Restorer.default()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dang ky khai sinh can giay to gi", "đăng ký khai sinh cần giấy tờ gì"),
        ("lam lai can cuoc mat bao lau, ton nhieu tien", "làm lại căn cước mất bao lâu, tốn nhiêu tiền"),
        ("thoi han giai quyet khieu nai lan dau", "thời hạn giải quyết khiếu nại lần đầu"),
        ("chay nha ke ben roi o hem 123 cuu voi", "cháy nhà kế bên rồi ở hẻm 123 cứu với"),
        ("Dang ky tam tru?Phi bao nhieu", "Đăng ký tạm trú?Phí bao nhiêu"),
        ("TOI MUON DANG KY KET HON", "TÔI MUỐN ĐĂNG KÝ KẾT HÔN"),
        ("anh/chi cho em hoi", "anh/chị cho em hỏi"),
    ],
)
def test_a_question_typed_without_diacritics_is_read(restorer: Restorer, typed: str, meant: str) -> None:
    assert restorer.restore(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("làm lai giấy khai sinh", "làm lại giấy khai sinh"),
        ("đăng ký kết hon ở đâu", "đăng ký kết hôn ở đâu"),
        ("Giấy phép lái xe. lam lai o dau vay", "Giấy phép lái xe. làm lại ở đâu vậy"),
    ],
)
def test_words_typed_with_diacritics_stay_and_help_the_others(restorer: Restorer, typed: str, meant: str) -> None:
    assert restorer.restore(typed) == meant


@pytest.mark.parametrize(
    "kept",
    [
        "ct07",
        "H29.15-251103-0021",
        "toi.hoi@dan.vn",
        "https://dich-vu.gov.vn/thu-tuc/can-cuoc",
        "www.co-quan.vn",
        "dichvucong.gov.vn",
        "12/2024/NĐ-CP",
        "UBND",
        "2.530.000",
        "VNeID",
    ],
)
def test_codes_numbers_and_addresses_are_kept(restorer: Restorer, kept: str) -> None:
    assert kept in restorer.restore(f"toi muon hoi ve {kept} thi lam sao")


def test_english_in_a_question_is_kept(restorer: Restorer) -> None:
    english = "Hi, I rent a room to my American friend"
    assert restorer.restore(f"{english}, khai báo tạm trú làm sao ạ?").startswith(english)


@pytest.mark.parametrize(
    "sentence",
    [
        "Luật sửa đổi, bổ sung một số điều của Luật Đất đai.",
        "Thứ Ba tới cơ quan mình có được nghỉ không hay vẫn trực một cửa?",
        "Con tôi năm tuổi mà chưa khai sinh, giờ làm trễ có bị phạt không?",
        "Bổ sung một điều vào sau Điều 12 thì đánh số là 12a phải không?",
        "Ba má cho em miếng đất ở Củ Chi, sang tên làm ở đâu?",
        "ông Nguyễn Văn A và bà Lê Thị B ly hôn, con theo ai",
    ],
)
def test_a_well_written_sentence_is_left_alone(restorer: Restorer, sentence: str) -> None:
    assert restorer.restore(sentence) == sentence


@given(st.text(alphabet=st.sampled_from("aáeêioôuưydđktmnhgc AĐK.,/-@5\n\u0301")))
@settings(max_examples=200)
def test_restoring_changes_accents_only(text: str) -> None:
    restored = Restorer.default().restore(text)
    assert fold(restored) == fold(clean(text)) or "\u0301" in clean(text)
    assert [char.isupper() for char in restored] == [
        char.isupper() for char in __import__("unicodedata").normalize("NFC", text)
    ]


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("dang ky tam tru o dau", 1.0, 1.0),
        ("đăng ký tạm trú ở đâu", 0.0, 0.0),
        ("đăng ký tạm trú thi lam o dau vay", 0.3, 0.8),
        ("ct07 123", 0.0, 0.0),
        ("", 0.0, 0.0),
    ],
)
def test_the_share_typed_plain_tells_how_the_writer_types(
    restorer: Restorer, text: str, least: float, most: float
) -> None:
    assert least <= restorer.share_typed_plain(text) <= most


def test_a_restorer_learns_from_the_texts_it_is_given() -> None:
    trained = Restorer.train(SMALL)
    assert trained.restore("dang ky ket hon") == "đăng ký kết hôn"
    assert trained.restore("to chuc") == "tổ chức"


def test_a_saved_restorer_answers_as_before(tmp_path: Path) -> None:
    trained = Restorer.train(SMALL)
    trained.save(tmp_path / "model.npz")
    loaded = Restorer.load(tmp_path / "model.npz")
    for text in ("dang ky ket hon", "to chuc dam cuoi", "5 ngay lam viec"):
        assert loaded.restore(text) == trained.restore(text)


@pytest.mark.parametrize("content", [b"", b"not a model", b"PK\x03\x04 broken"])
def test_a_broken_model_file_is_named_with_what_to_do(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.npz"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match="train_restorer"):
        Restorer.load(path)


def test_the_shipped_model_is_small() -> None:
    assert DEFAULT_MODEL.stat().st_size < 2_500_000


def _training_script() -> object:
    spec = importlib.util.spec_from_file_location("train_restorer", PROJECT / "eval" / "train_restorer.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_training_script_builds_a_model_from_a_folder(tmp_path: Path) -> None:
    (tmp_path / "luat.txt").write_text("\n".join(SMALL), "utf-8")
    with gzip.open(tmp_path / "them.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"text": "lưu trữ hồ sơ quá khứ", "number": "bỏ qua số này"}, ensure_ascii=False))
    _training_script().build([tmp_path], tmp_path / "out.npz")  # type: ignore[attr-defined]
    assert Restorer.load(tmp_path / "out.npz").restore("luu tru") == "lưu trữ"


@pytest.mark.data
@pytest.mark.parametrize(("name", "least"), [("alqac_dev.jsonl", 0.985), ("citizen_dev.jsonl", 0.96)])
def test_real_questions_are_restored(restorer: Restorer, name: str, least: float) -> None:
    path = DATA / "retrieval" / name
    if not path.exists():
        pytest.skip(f"no real data at {path}")
    with path.open(encoding="utf-8") as lines:
        questions = [json.loads(line)["question"] for line in islice(lines, 150)]
    right, seen, _ = _training_script().accuracy(restorer, questions)  # type: ignore[attr-defined]
    assert right / seen >= least
