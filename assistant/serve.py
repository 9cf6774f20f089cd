"""``troly serve``: the index is brought up to the shipped corpus, then the server starts and says where."""

from __future__ import annotations

import errno
import socket
import sys
from pathlib import Path

from assistant.errors import BadInput
from assistant.progress import progress_bar
from assistant.settings import Settings, settings


def run_server(host: str, port: int) -> None:
    """Blocks until the server is stopped. Raises BadInput when the port is taken, IndexProblem for a bad index."""
    _refuse_taken(host, port)
    prepare_index(settings())
    import uvicorn  # noqa: PLC0415 (slow)

    from assistant.api.app import create_app  # noqa: PLC0415

    app = create_app(settings())
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host
    _say(f"Trợ Lý Công Vụ đang chạy: http://{shown}:{port}/  (dừng: Ctrl+C)")
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False, proxy_headers=False)


def prepare_index(config: Settings) -> None:
    """Bring the index to the shipped corpus; when nothing has changed this only compares digests."""
    from assistant.index import open_index  # noqa: PLC0415
    from assistant.ingest import ingest  # noqa: PLC0415
    from assistant.ingest.corpus import load_catalogue  # noqa: PLC0415

    _say(f"Kiểm tra chỉ mục {config.index} …")
    index = open_index(config.index, create=True, embeddings=config.embeddings)
    with progress_bar("Dựng chỉ mục từ dữ liệu đi kèm") as progress:
        report = ingest(
            [Path(config.corpus)],
            index,
            format="corpus",
            catalogue=load_catalogue(config.corpus),
            progress=progress,
        )
    for where, why in report.failed:
        _say(f"  lỗi: {where}: {why}")
    counted = ", ".join(f"{n} {kind}" for kind, n in sorted(index.count().items()))
    changed = report.created + report.updated + report.deleted
    _say(f"Chỉ mục sẵn sàng: {counted} ({changed} mục thay đổi, {report.seconds:.1f} giây)")
    index.close()


def _refuse_taken(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = "đang được dùng" if error.errno == errno.EADDRINUSE else f"không mở được ({error.strerror})"
            raise BadInput(f"Cổng {host}:{port} {reason}. Đặt cổng khác: troly serve --port {port + 1}") from None


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
