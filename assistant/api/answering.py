"""Assistants are plain synchronous code: they work in a few threads, and the event loop never waits for them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from assistant.errors import LimitReached

T = TypeVar("T")
WAITING_PER_WORKER = 16  # questions that may wait for each thread before new ones are turned away


@dataclass(frozen=True, slots=True)
class _Failed:
    error: BaseException


class AnswerPool:
    """Bể trả lời: at most ``workers`` questions at once, a bounded number waiting."""

    def __init__(self, workers: int) -> None:
        self._threads = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="answer")
        self._room = workers * (1 + WAITING_PER_WORKER)
        self._jobs = 0
        self._lock = threading.Lock()

    @property
    def jobs(self) -> int:
        """Questions being answered or waiting."""
        return self._jobs

    async def run(self, work: Callable[[], T]) -> T:
        """The result of ``work`` in a thread. Raises LimitReached when too many wait."""
        return await asyncio.wrap_future(self._submit(work))

    async def stream(self, pieces: Callable[[], Iterator[T]], quiet: float = 15.0) -> AsyncGenerator[T | None, None]:
        """What ``pieces()`` yields, as it comes; None after each ``quiet`` seconds of silence.

        The thread never waits for the reader. Closing this iterator, which is what happens when the client
        goes away, stops the thread at its next piece.
        """
        loop, queue, gone, end = asyncio.get_running_loop(), asyncio.Queue[Any](), threading.Event(), object()

        def put(item: object) -> None:
            try:
                loop.call_soon_threadsafe(queue.put_nowait, item)
            except RuntimeError:  # the loop was closed while this thread worked: nobody reads
                gone.set()

        job = self._submit(lambda: _pump(pieces, put, gone, end))
        try:
            while True:
                try:
                    item = await asyncio.wait_for(queue.get(), quiet)
                except TimeoutError:
                    yield None
                    continue
                if item is end:
                    return
                if isinstance(item, _Failed):
                    raise item.error
                yield item
        finally:
            gone.set()
            job.cancel()  # where it still waits for a thread

    def _submit(self, work: Callable[[], T]) -> Future[T]:
        with self._lock:
            if self._jobs >= self._room:
                raise LimitReached("Máy chủ đang có quá nhiều câu hỏi chờ. Hãy thử lại sau 5 giây.", retry_after=5)
            self._jobs += 1
        job = self._threads.submit(work)
        job.add_done_callback(self._done)
        return job

    def _done(self, _job: Future[Any]) -> None:
        with self._lock:
            self._jobs -= 1

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)


def _pump(
    pieces: Callable[[], Iterator[Any]], put: Callable[[object], None], gone: threading.Event, end: object
) -> None:
    """Hand on each piece until there is no more, or nobody who reads."""
    try:
        iterator = pieces()
        for piece in iterator:
            if gone.is_set():
                getattr(iterator, "close", lambda: None)()
                return
            put(piece)
        put(end)
    except BaseException as error:
        put(_Failed(error))
