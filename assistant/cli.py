"""``troly``: every command prints for people, and with ``--json`` for programs.

Exit status: 0 done · 1 nothing found, or findings · 2 bad usage or an error.
"""

from __future__ import annotations

import dataclasses
import json
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.errors import BadInput, TrolyError
from assistant.settings import settings

app = typer.Typer(
    name="troly",
    help="Trợ Lý Công Vụ: trợ lý ảo cho công chức, người rà soát văn bản và người dân.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Json = Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON")]
AsOf = Annotated[str, typer.Option("--as-of", help="Ngày cần tra, dạng 2026-11-21; mặc định hôm nay")]
IndexUrl = Annotated[str, typer.Option("--index", help="Chỉ mục, ví dụ chroma:./data/index; mặc định theo TROLY_INDEX")]

FOUND, NOTHING, FAILED = 0, 1, 2


def main() -> None:
    """Entry point: errors of the tree become one line on stderr and their exit status."""
    try:
        app()
    except TrolyError as error:
        print(f"troly: {error.message}", file=sys.stderr)
        raise SystemExit(error.exit_code) from None
    except BrokenPipeError:
        raise SystemExit(FOUND) from None


def show(value: Any) -> None:
    """One JSON document on stdout."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def plain(value: Any) -> Any:
    """Dataclasses as JSON types."""
    return json.loads(json.dumps(dataclasses.asdict(value), ensure_ascii=False, default=str))


def on_date(text: str) -> date:
    """A day given on the command line; today when empty."""
    if not text:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"Ngày “{text}” không đọc được; cần dạng năm-tháng-ngày, ví dụ 2026-11-21.") from None


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Địa chỉ lắng nghe; mặc định theo TROLY_HOST")] = "",
    port: Annotated[int, typer.Option(help="Cổng lắng nghe; mặc định theo TROLY_PORT")] = 0,
) -> None:
    """Chạy máy chủ; lần đầu tự dựng chỉ mục từ dữ liệu đi kèm."""
    from assistant.serve import run_server

    run_server(host or settings().host, port or settings().port)


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Tệp hoặc thư mục cần nạp")],
    format: Annotated[str, typer.Option("--format", help="auto, codified, tthc, corpus")] = "auto",
    limit: Annotated[int | None, typer.Option(help="Chỉ nạp chừng này mục")] = None,
    number: Annotated[list[str] | None, typer.Option("--number", help="Chỉ nạp các văn bản có số ký hiệu này")] = None,
    audience: Annotated[str, typer.Option(help="citizen: mọi người; staff: chỉ công chức")] = "citizen",
    territory: Annotated[str, typer.Option(help="vn, hoặc mã tỉnh, thành phố (79)")] = "vn",
    index: IndexUrl = "",
    as_json: Json = False,
) -> None:
    """Nạp văn bản, thủ tục vào chỉ mục; chạy lại chỉ cập nhật phần thay đổi."""
    from assistant.index import open_index
    from assistant.index.values import Audience
    from assistant.ingest import ingest as run
    from assistant.ingest.corpus import load_catalogue
    from assistant.progress import progress_bar

    if audience not in list(Audience):
        raise BadInput(f"Đối tượng “{audience}” không có; cần citizen hoặc staff.", param="audience")
    target = open_index(index or settings().index, create=True)
    with progress_bar("Nạp dữ liệu", quiet=as_json) as progress:
        report = run(
            paths,
            target,
            format=format,
            limit=limit,
            numbers=tuple(number or ()),
            audience=Audience(audience),
            territory=territory,
            catalogue=load_catalogue(settings().corpus),
            progress=progress,
        )
    if as_json:
        show(plain(report))
    else:
        print(
            f"Đã nạp: {report.created} mới, {report.updated} cập nhật, {report.deleted} xóa, "
            f"{report.unchanged} không đổi, {len(report.failed)} lỗi; {report.seconds:.1f} giây."
        )
        for where, why in report.failed[:20]:
            print(f"  lỗi: {where}: {why}", file=sys.stderr)
    raise typer.Exit(FAILED if report.failed and not report.total else FOUND)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="Câu hỏi")],
    assistant: Annotated[str, typer.Option("--assistant", "-a", help="citizen, staff, reviewer")] = "citizen",
    as_of: AsOf = "",
    as_json: Json = False,
) -> None:
    """Hỏi một trợ lý."""
    from assistant import ask as run

    answer = run(question, assistant=assistant, as_of=on_date(as_of) if as_of else None)
    if as_json:
        show(plain(answer))
    else:
        print(answer.text)
        for warning in answer.warnings:
            print(f"⚠ {warning}")
        for citation in answer.citations:
            print(f"[{citation.marker}] {citation.label} ({citation.validity.vietnamese})")
    raise typer.Exit(NOTHING if answer.status.value == "unanswerable" else FOUND)


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="Nội dung cần tìm")],
    k: Annotated[int, typer.Option("-k", help="Số kết quả")] = 10,
    audience: Annotated[str, typer.Option(help="citizen hoặc staff")] = "citizen",
    as_of: AsOf = "",
    explain: Annotated[bool, typer.Option("--explain", help="In điểm của từng tín hiệu")] = False,
    index: IndexUrl = "",
    as_json: Json = False,
) -> None:
    """Tìm điều, khoản, thủ tục, hướng dẫn."""
    from assistant import search as run

    hits = run(query, k=k, audience=audience, on=on_date(as_of), index=index or None)
    if as_json:
        show([plain(hit) for hit in hits])
    for n, hit in enumerate(hits if not as_json else [], 1):
        place = f"{hit.entry.number} {hit.entry.locator}".strip()
        print(f"{n:2}. {hit.score:.3f}  {place}  {hit.entry.title} · {hit.entry.heading}")
        if explain:
            print("      " + "  ".join(f"{name}={value:.3f}" for name, value in hit.signals.items()))
    raise typer.Exit(FOUND if hits else NOTHING)


@app.command()
def review(
    file: Annotated[Path, typer.Argument(help="Dự thảo: .docx, .doc, .pdf, .txt, …")],
    out: Annotated[Path | None, typer.Option("--out", help="Ghi bản .docx có chú thích ra tệp này")] = None,
    as_of: AsOf = "",
    as_json: Json = False,
) -> None:
    """Rà soát một dự thảo; mã thoát 1 khi có phát hiện."""
    from assistant.review.annotate import annotate
    from assistant.review.report import review as run
    from assistant.review.report import to_json, to_markdown

    report = run(file, on=on_date(as_of), corpus=settings().corpus, index=_index_or_none())
    if out:
        annotate(file, report, out)
    if as_json:
        show(to_json(report))
    else:
        print(to_markdown(report))
    raise typer.Exit(NOTHING if report.findings else FOUND)


def _index_or_none() -> Any:
    """Reviewing works without an index: what needs one is listed as not checked."""
    from assistant.errors import IndexProblem
    from assistant.index import open_index

    try:
        return open_index(settings().index)
    except IndexProblem:
        return None


@app.command()
def parse(
    file: Annotated[Path, typer.Argument(help="Văn bản: .docx, .doc, .pdf, .html, .txt, .rtf, ảnh quét")],
    text: Annotated[bool, typer.Option("--text", help="In dàn ý để đọc")] = False,
    as_json: Json = False,
) -> None:
    """Đọc cấu trúc một văn bản: phần, chương, mục, điều, khoản, điểm."""
    from assistant.ingest.documents import outline, to_json
    from assistant.ingest.parse import parse as run
    from assistant.ingest.read import read

    document = run(read(file).text, source=file.name)
    if as_json and not text:
        show(to_json(document))
    else:
        print(outline(document))
    raise typer.Exit(FOUND if document.provisions else NOTHING)


@app.command()
def cite(
    text: Annotated[str, typer.Argument(help="Đoạn văn hoặc tệp; - là đọc từ đầu vào chuẩn")],
    host: Annotated[str, typer.Option(help="Số ký hiệu của văn bản chứa đoạn văn")] = "",
    as_of: AsOf = "",
    as_json: Json = False,
) -> None:
    """Tìm các viện dẫn trong một đoạn văn; mỗi dòng JSON là một viện dẫn."""
    from assistant.ingest.corpus import load_catalogue
    from assistant.ingest.read import read
    from assistant.law.citation import Host, find_citations, render, resolve

    path = Path(text) if len(text) < 256 else None
    given = sys.stdin.read() if text == "-" else read(path).text if path and path.is_file() else text
    found = resolve(find_citations(given), Host(number=host or None), load_catalogue(settings().corpus), on_date(as_of))
    for reference in found:
        print(
            json.dumps(plain(reference), ensure_ascii=False) if as_json else f"{reference.start}: {render(reference)}"
        )
    raise typer.Exit(FOUND if found else NOTHING)


@app.command()
def doctor(as_json: Json = False) -> None:
    """Kiểm tra máy: đã cài gì, chỉ mục nào, mô hình nào, thiếu gì và lệnh khắc phục."""
    from assistant.doctor import examine

    checks = examine(settings())
    if as_json:
        show([plain(check) for check in checks])
    for check in checks if not as_json else []:
        mark = "✓" if check.ok else "✗" if check.needed else "–"
        print(f"{mark} {check.name}: {check.found}" + (f"\n    → {check.mend}" if check.mend and not check.ok else ""))
    raise typer.Exit(FAILED if any(check.needed and not check.ok for check in checks) else FOUND)


keys_app = typer.Typer(help="Khóa truy cập của trợ lý công chức và rà soát.", no_args_is_help=True)
app.add_typer(keys_app, name="keys")


@keys_app.command("add")
def keys_add(
    role: Annotated[str, typer.Option(help="staff, reviewer, admin")],
    label: Annotated[str, typer.Option(help="Ghi chú: khóa cấp cho đơn vị nào")] = "",
    as_json: Json = False,
) -> None:
    """Tạo khóa; khóa chỉ hiện một lần."""
    from assistant.store import open_store

    token = open_store(settings()).keys.add(role, label)
    show({"key": token, "role": role, "label": label}) if as_json else print(token)


@keys_app.command("list")
def keys_list(as_json: Json = False) -> None:
    """Liệt kê các khóa (không hiện nội dung khóa)."""
    from assistant.store import open_store

    rows = open_store(settings()).keys.list()
    if as_json:
        show([plain(row) for row in rows])
    for row in rows if not as_json else []:
        print(f"{row.id}  {row.role:10} {row.label}  tạo {row.created_at:%Y-%m-%d}")
    raise typer.Exit(FOUND if rows else NOTHING)


@keys_app.command("revoke")
def keys_revoke(key_id: Annotated[str, typer.Argument(help="Mã khóa, xem `troly keys list`")]) -> None:
    """Thu hồi một khóa."""
    from assistant.store import open_store

    open_store(settings()).keys.revoke(key_id)
    print(f"Đã thu hồi khóa {key_id}.")


if __name__ == "__main__":
    main()
