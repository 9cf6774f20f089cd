"""``troly corpus | fetch | eval | models | keys``: the commands that look after data, figures, models and keys."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.answer.values import Status
from assistant.cli_output import FAILED, FOUND, NOTHING, Json, on_date, plain, show
from assistant.settings import settings

corpus_app = typer.Typer(help="Dữ liệu đi kèm sản phẩm.", no_args_is_help=True)
eval_app = typer.Typer(help="Đánh giá lặp lại được trên bản cài đặt này.", no_args_is_help=True)
models_app = typer.Typer(help="Mô hình nhúng.", no_args_is_help=True)
keys_app = typer.Typer(help="Khóa truy cập của trợ lý công chức và rà soát.", no_args_is_help=True)


def fetch(
    manifest: Annotated[Path, typer.Option("--list", help="Danh sách văn bản cần tải (YAML)")],
    out: Annotated[Path, typer.Option("--out", help="Thư mục lưu")] = Path("data/fetched"),
    as_json: Json = False,
) -> None:
    """Tải các văn bản nêu trong danh sách từ địa chỉ đã ghi; chạy lại chỉ tải phần còn thiếu."""
    from assistant.ingest.fetch import fetch as run
    from assistant.ingest.fetch import read_manifest

    report = run(
        read_manifest(manifest), out, on_event=lambda what, where: None if as_json else print(f"{what}: {where}")
    )
    if as_json:
        show(plain(report))
    else:
        print(f"Đã tải {len(report.fetched)}, không đổi {len(report.unchanged)}, lỗi {len(report.failed)}.")
        for where, why in report.failed:
            print(f"  lỗi: {where}: {why}")
    raise typer.Exit(NOTHING if report.failed else FOUND)


@corpus_app.command("check")
def corpus_check(
    folder: Annotated[Path | None, typer.Argument(help="Thư mục corpus; mặc định theo TROLY_CORPUS")] = None,
    as_json: Json = False,
) -> None:
    """Kiểm tra mọi bản ghi: cấu trúc, ngày, căn cứ, tên trùng; in bảng độ phủ."""
    from assistant.ingest.corpus_check import check_corpus

    report = check_corpus(folder or settings().corpus)
    show(plain(report)) if as_json else print(report.text())
    raise typer.Exit(FOUND if report.ok else NOTHING)


@corpus_app.command("vectors")
def corpus_vectors() -> None:
    """Tính véc-tơ của dữ liệu đi kèm và của câu hỏi mẫu (corpus/questions/), ghi cạnh chúng."""
    from assistant.answer.compose.passages import passages
    from assistant.index.embed import SHIPPED, build_shipped_vectors, open_embeddings
    from assistant.index.samples import QUESTIONS, build_samples
    from assistant.ingest import read_entries
    from assistant.ingest.corpus import sample_questions

    folder = settings().corpus
    failures: list[str] = []
    entries = list(read_entries(folder, "corpus", on_error=lambda where, why: failures.append(f"{where}: {why}")))
    model = open_embeddings(settings().embeddings, settings().cache)
    written = build_shipped_vectors(entries, passages(entries, date.today()), folder / SHIPPED, model)
    print(f"Đã ghi {written} véc-tơ vào {folder / SHIPPED}.")
    asked = build_samples(sample_questions(folder), folder / QUESTIONS, model)
    print(f"Đã ghi {asked} câu hỏi mẫu vào {folder / QUESTIONS}.")
    for failure in failures:
        print(f"  lỗi: {failure}")
    raise typer.Exit(FAILED if failures else FOUND)


@models_app.command("convert")
def models_convert(
    out: Annotated[Path, typer.Argument(help="Thư mục ghi mô hình sentence-transformers")],
) -> None:
    """Chuyển trọng số đi kèm thành thư mục sentence-transformers và ONNX int8 (cần gói [models])."""
    from assistant.index.convert import convert

    for line in convert(out):
        print(line)


@eval_app.command("questions")
def eval_questions(
    file: Annotated[Path, typer.Argument(help="Tệp câu hỏi JSON lines: mỗi dòng id, text, expected, must, must_not")],
    out: Annotated[Path | None, typer.Option("--out", help="Ghi kết quả ra tệp JSON")] = None,
    as_of: Annotated[str, typer.Option("--as-of", help="Ngày hỏi")] = "",
    as_json: Json = False,
) -> None:
    """Hỏi mọi câu trong tệp; in bảng câu hỏi, kết cục, số ý đúng."""
    from assistant.agents import open_agents
    from assistant.evaluate.questions import as_json as results
    from assistant.evaluate.questions import read_questions, run_questions

    rows = run_questions(read_questions(file), open_agents(settings()), today=on_date(as_of))
    table = results(rows, _configuration(file))
    if out:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if as_json:
        show(table)
    for row in rows if not as_json else []:
        mark = "✓" if row.status_right and not row.missed and not row.violated else "✗"
        facts = f"{len(row.met)}/{len(row.met) + len(row.missed)}"
        print(f"{mark} {row.id:6} {row.status:22} {facts:>5}  {row.question[:80]}")
        for fact in row.missed:
            print(f"         thiếu: {fact}")
        for fact in row.violated:
            print(f"         SAI: {fact}")
    if not as_json:
        print(json.dumps(table["summary"], ensure_ascii=False))
    raise typer.Exit(FOUND if all(row.status_right for row in rows) else NOTHING)


@eval_app.command("retrieval")
def eval_retrieval(
    corpus: Annotated[
        Path, typer.Option("--corpus", help="Văn bản: alqac_law.json, hoặc .jsonl(.gz) mỗi dòng một điều")
    ],
    questions: Annotated[Path, typer.Option("--questions", help="Câu hỏi: mỗi dòng id, question, gold “văn bản|điều”")],
    strip: Annotated[bool, typer.Option("--strip-diacritics", help="Bỏ dấu câu hỏi trước khi tìm")] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="Chỉ hỏi chừng này câu đầu")] = None,
    engine: Annotated[str, typer.Option(help="chroma hoặc qdrant, cho chỉ mục tạm")] = "chroma",
    index: Annotated[str, typer.Option("--index", help="Giữ chỉ mục ở đây cho lần sau; mặc định là tạm")] = "",
    as_json: Json = False,
) -> None:
    """Đo tìm kiếm: nạp văn bản vào một chỉ mục riêng, hỏi mọi câu như người dùng hỏi, đếm đáp án trong 10 kết quả đầu.

    recall@k: tỷ lệ đáp án có trong k kết quả đầu, trung bình các câu; hit@10: tỷ lệ câu có ít nhất một đáp án;
    mrr@10: trung bình nghịch đảo thứ hạng của đáp án đầu tiên; ms_p50, ms_p95: mili giây một câu. Dạng tệp:
    docs/dinh-dang-du-lieu.md.
    """
    from assistant.evaluate.retrieval import evaluate

    found = evaluate(corpus, questions, strip=strip, limit=limit, engine=engine, index=index)
    if found.missing:
        print(f"troly: {found.missing} đáp án không có trong {corpus}; các câu đó không thể đúng đủ.", file=sys.stderr)
    if as_json:
        show(found.figures.named())
    else:
        print("  ".join(f"{name} {value}" for name, value in found.figures.named().items()))


def _configuration(file: Path) -> dict[str, Any]:
    """What a result must be read with: data, date, model."""
    import hashlib

    return {
        "file": file.name,
        "digest": hashlib.sha256(file.read_bytes()).hexdigest()[:16],
        "date": date.today().isoformat(),
        "embeddings": settings().embeddings,
        "chat_model": settings().chat_model,
        "statuses": [status.value for status in Status],
    }


@keys_app.command("add")
def keys_add(
    role: Annotated[str, typer.Option(help="staff, reviewer, admin")],
    label: Annotated[str, typer.Option(help="Ghi chú: khóa cấp cho đơn vị nào")] = "",
    days: Annotated[int | None, typer.Option(help="Số ngày khóa dùng được; mặc định không hạn")] = None,
    as_json: Json = False,
) -> None:
    """Tạo khóa; khóa chỉ hiện một lần."""
    from assistant.store import open_store

    token = open_store(settings()).keys.add(role, label, days=days)
    show({"key": token, "role": role, "label": label}) if as_json else print(token)


@keys_app.command("list")
def keys_list(as_json: Json = False) -> None:
    """Liệt kê các khóa (không hiện nội dung khóa)."""
    from assistant.store import open_store

    rows = open_store(settings()).keys.list()
    if as_json:
        show([plain(row) for row in rows])
    for row in rows if not as_json else []:
        until = f", dùng đến {row.expires_at:%Y-%m-%d}" if row.expires_at else ""
        gone = f", đã thu hồi {row.revoked_at:%Y-%m-%d}" if row.revoked_at else ""
        print(f"{row.id}  {row.role:10} {row.label}  tạo {row.created_at:%Y-%m-%d}{until}{gone}")
    raise typer.Exit(FOUND if rows else NOTHING)


@keys_app.command("revoke")
def keys_revoke(key_id: Annotated[str, typer.Argument(help="Mã khóa, xem `troly keys list`")]) -> None:
    """Thu hồi một khóa."""
    from assistant.store import open_store

    open_store(settings()).keys.revoke(key_id)
    print(f"Đã thu hồi khóa {key_id}.")
