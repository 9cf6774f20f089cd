"""A progress bar on stderr with rate and time left; silent where output is for programs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress_bar(title: str, *, quiet: bool = False) -> Iterator[Callable[[int, int | None, float], None] | None]:
    """Yields ``(done, total, entries a second) → None``; None when quiet. Without a terminal: a line every so often."""
    if quiet:
        yield None
    elif sys.stderr.isatty():
        yield from _bar(title)
    else:
        yield _lines(title)


def _bar(title: str) -> Iterator[Callable[[int, int | None, float], None]]:
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]:.1f} mục/giây"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(title, total=None, rate=0.0)
        yield lambda done, total, rate: progress.update(task, completed=done, total=total, rate=rate)


def _lines(title: str) -> Callable[[int, int | None, float], None]:
    shown = 0

    def show(done: int, total: int | None, rate: float) -> None:
        nonlocal shown
        if done - shown < 500 and done != total:
            return
        shown = done
        left = f", còn khoảng {(total - done) / rate:.0f} giây" if total and rate else ""
        print(
            f"{title}: {done}{f'/{total}' if total else ''} mục, {rate:.1f} mục/giây{left}", file=sys.stderr, flush=True
        )

    return show
