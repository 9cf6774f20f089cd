"""A real ingest in a process of its own, for tests that kill it or let it run beside a reader.

``python -m tests.index.writer URL VERSION COUNT [PAUSE]`` syncs ``made(VERSION, COUNT)``, a few entries at a time.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

from assistant.index import open_index, sync
from assistant.index.values import Entry, Kind


def made(version: int, count: int) -> list[Entry]:
    """Articles of a document; in version 2 every third has another text (and fewer windows), some are gone or new."""
    return [_article(n, version) for n in range(count + 5) if (n < count) == (version == 1) or 5 <= n < count]


def _article(n: int, version: int) -> Entry:
    changed = version == 2 and n % 3 == 0
    clause = (
        f"{{}}. Cơ quan số {n} giải quyết việc thứ {{}} trong {n + 2} ngày, " + "theo đúng trình tự đã niêm yết. " * 4
    )
    lines = [clause.format(k, k) for k in range(1, 3 if changed else 2 + n % 5)]
    number = "7/2024/NĐ"
    return Entry(
        f"{number}#dieu-{n}", Kind.PROVISION, number, "Nghị định mẫu", "\n".join(lines), f"dieu-{n}", f"Việc số {n}"
    )


def slowly(entries: list[Entry], pause: float) -> Iterator[Entry]:
    for entry in entries:
        time.sleep(pause)
        yield entry


def main() -> None:
    url, version, count, pause = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float((*sys.argv, "0")[4])
    sync.BATCH = 4  # many small batches: many moments to be killed in
    print("start", flush=True)
    report = open_index(url, create=True).sync(slowly(made(version, count), pause), source="writer")
    print(report.created, report.updated, report.deleted, report.unchanged, flush=True)


if __name__ == "__main__":
    main()
