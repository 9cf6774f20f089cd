"""The commands as a shell sees them: output, JSON, exit status, and errors that say what to do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

TROLY = Path(sys.executable).with_name("troly")
CORPUS = Path(__file__).parents[1] / "corpus"
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("cli")
    env = {name: value for name, value in os.environ.items() if not name.startswith("TROLY_")} | {
        "TROLY_INDEX": f"chroma:{folder}/index",
        "TROLY_STORE": f"sqlite:///{folder}/store.db",
        "TROLY_CACHE": f"{folder}/cache",
    }

    def called(*arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([TROLY, *arguments], env=env | more, capture_output=True, text=True, check=False)

    pages = folder / "pages"
    pages.mkdir()
    (pages / "quy-che.txt").write_text(
        "ỦY BAN NHÂN DÂN\nPHƯỜNG THỬ NGHIỆM\nSố: 09/2026/QĐ-UBND\nQUYẾT ĐỊNH\nBan hành quy chế gửi xe\n\n"
        "Điều 1. Giờ mở cửa bãi gửi xe\nBãi gửi xe của cơ quan mở cửa từ 6 giờ đến 22 giờ.\n\n"
        "Điều 2. Tiền gửi xe\n1. Người đến làm việc được gửi xe miễn tiền trong 02 giờ đầu.\n"
        "2. Quá 02 giờ thì xe máy trả 3.000 đồng mỗi giờ.\n",
        encoding="utf-8",
    )
    (pages / "hong.docx").write_bytes(b"PK\x03\x04 not a document")
    called.pages = pages  # type: ignore[attr-defined]
    return called


def test_asking_without_an_index_says_how_to_build_one(run: Run) -> None:
    done = run("ask", "đăng ký tạm trú cần gì")
    assert done.returncode == 2 and "troly ingest" in done.stderr and "Traceback" not in done.stderr


def test_a_bad_file_is_listed_and_the_rest_goes_in(run: Run) -> None:
    done = run("ingest", run.pages, "--json")  # type: ignore[attr-defined]
    report = json.loads(done.stdout)
    assert done.returncode == 0 and report["created"] == 2
    assert len(report["failed"]) == 1 and "hong.docx" in report["failed"][0][0]


def test_a_second_run_changes_nothing(run: Run) -> None:
    report = json.loads(run("ingest", run.pages, "--json").stdout)  # type: ignore[attr-defined]
    assert (report["created"], report["updated"], report["deleted"], report["unchanged"]) == (0, 0, 0, 2)


def test_search_prints_json_and_tells_finding_from_nothing(run: Run) -> None:
    found = run("search", "gio mo cua bai gui xe", "--json", "-k", "1")
    assert found.returncode == 0 and json.loads(found.stdout)[0]["entry"]["locator"] == "dieu-1"


def test_an_answer_cites_and_a_question_without_one_exits_with_1(run: Run) -> None:
    good = run("ask", "-a", "staff", "Điều 2 Quyết định số 09/2026/QĐ-UBND", "--json")
    answer = json.loads(good.stdout)
    assert good.returncode == 0 and answer["citations"][0]["locator"].startswith("dieu-2")
    assert run("ask", "học phí mầm non tháng này là bao nhiêu").returncode == 1


def test_findings_of_a_draft_exit_with_1(run: Run) -> None:
    done = run("review", run.pages / "quy-che.txt", "--json")  # type: ignore[attr-defined]
    assert done.returncode == 1 and json.loads(done.stdout)["findings"]


def test_parse_and_cite_are_usable_on_a_pipe(run: Run) -> None:
    parsed = json.loads(run("parse", run.pages / "quy-che.txt", "--json").stdout)  # type: ignore[attr-defined]
    assert parsed["number"] == "09/2026/QĐ-UBND"
    assert [p["locator"] for p in parsed["provisions"]] == ["dieu-1", "dieu-2", "dieu-2.khoan-1", "dieu-2.khoan-2"]
    lines = run("cite", "theo điểm b, điểm c khoản 2 Điều 20 Luật Cư trú số 68/2020/QH14", "--json").stdout
    assert [json.loads(line)["point"] for line in lines.splitlines()] == ["b", "c"]


def test_keys_are_shown_once_listed_and_revoked(run: Run) -> None:
    token = run("keys", "add", "--role", "staff", "--label", "Phòng thử").stdout.strip()
    rows = json.loads(run("keys", "list", "--json").stdout)
    assert len(token) > 20 and [row["label"] for row in rows] == ["Phòng thử"] and token not in json.dumps(rows)
    assert run("keys", "revoke", rows[0]["id"]).returncode == 0


def test_doctor_names_what_is_there(run: Run) -> None:
    done = run("doctor", "--json")
    checks = {check["name"]: check for check in json.loads(done.stdout)}
    assert done.returncode == 0 and checks["Mô hình nhúng"]["ok"] and "2 provision" in checks["Chỉ mục"]["found"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ingest", "khong-co-thu-muc"), "khong-co-thu-muc"),
        (("ingest", "--format", "excel", "."), "excel"),
        (("ask", "x", "--as-of", "hôm qua"), "hôm qua"),
        (("ask", "-a", "nobody", "đăng ký tạm trú"), "nobody"),
        (("parse", "khong-co.pdf"), "khong-co.pdf"),
        (("keys", "add", "--role", "king"), "king"),
    ],
)
def test_a_wrong_call_exits_with_2_and_names_what_was_given(run: Run, arguments: tuple[str, ...], said: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr


def test_a_foreign_folder_is_not_taken_for_an_index(run: Run) -> None:
    done = run("search", "x", TROLY_INDEX=f"chroma:{run.pages}")  # type: ignore[attr-defined]
    assert done.returncode == 2 and "TROLY_INDEX" in done.stderr


def test_the_shipped_corpus_is_sound(run: Run) -> None:
    done = run("corpus", "check", CORPUS)
    assert done.returncode == 0, done.stdout[:2000]
