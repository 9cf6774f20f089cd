"""``troly``: every command prints for people, and with ``--json`` for programs.

Exit status: 0 done · 1 nothing found, or findings · 2 bad usage or an error.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant import cli_data
from assistant.cli_output import FAILED, FOUND, NOTHING, AsOf, IndexUrl, Json, on_date, plain, show
from assistant.errors import BadInput, TrolyError
from assistant.settings import settings

app = typer.Typer(
    name="troly",
    help="Trợ Lý Công Vụ: trợ lý ảo cho công chức, người rà soát văn bản và người dân.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Entry point: errors of the tree become one line on stderr and their exit status."""
    try:
        app()
    except TrolyError as error:
        print(f"troly: {error.message}", file=sys.stderr)
        raise SystemExit(error.exit_code) from None
    except BrokenPipeError:
        raise SystemExit(FOUND) from None


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
        for next_question in answer.follow_ups:
            print(f"→ {next_question}")
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
    from assistant.agents.reviewer import review_file
    from assistant.review.annotate import annotate
    from assistant.review.render import to_json, to_markdown

    report = review_file(file, on=on_date(as_of), settings=settings(), index=_index_or_none())
    if out:
        annotate(report, out, file if file.suffix.lower() == ".docx" else None)
    print(to_json(report) if as_json else to_markdown(report))
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

    raw = read(file)
    document = run(raw.text, source=file.name, footnotes=raw.footnotes)
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
    from assistant.ingest.parse import parse as parse_text
    from assistant.ingest.read import read
    from assistant.law.citation import Host, find_citations, render, resolve
    from assistant.law.citation_place import cite_document

    path = Path(text) if len(text) < 256 else None
    catalogue = load_catalogue(settings().corpus)
    if path and path.is_file():  # a whole document knows its own number, and where “khoản này” stands
        found = cite_document(parse_text(read(path).text, source=path.name), catalogue, on_date(as_of), host or None)
    else:
        given = sys.stdin.read() if text == "-" else text
        found = resolve(find_citations(given), Host(number=host or None), catalogue, on_date(as_of))
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


app.command()(cli_data.fetch)
app.add_typer(cli_data.corpus_app, name="corpus")
app.add_typer(cli_data.eval_app, name="eval")
app.add_typer(cli_data.models_app, name="models")
app.add_typer(cli_data.keys_app, name="keys")


if __name__ == "__main__":
    main()
