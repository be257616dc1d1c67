"""Threads that run Django's synchronous code for the event loop."""

import asyncio
import threading
import time
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any


class Threads:
    """A fixed number of threads; each keeps its database connection from one request to the next.

    Leaner than an executor: one queue, one future and one wake-up per call.
    """

    def __init__(self, count: int) -> None:
        self._queue: SimpleQueue[tuple[Callable[..., Any], tuple[Any, ...], asyncio.Future[Any]] | None] = SimpleQueue()
        self._threads = [
            threading.Thread(target=self._work, name=f"request-{number}", daemon=True) for number in range(count)
        ]
        for thread in self._threads:
            thread.start()

    def run(self, function: Callable[..., Any], *arguments: Any) -> asyncio.Future[Any]:
        """Call a function in one of the threads; the future belongs to the running loop."""
        future = asyncio.get_running_loop().create_future()
        self._queue.put((function, arguments, future))
        return future

    def stop(self, timeout: float) -> None:
        """Let every thread finish what it has and end."""
        for _ in self._threads:
            self._queue.put(None)
        deadline = time.monotonic() + timeout
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))

    def _work(self) -> None:
        while (work := self._queue.get()) is not None:
            function, arguments, future = work
            settle: Callable[[asyncio.Future[Any], Any], None]
            try:
                settle, outcome = _succeed, function(*arguments)
            except BaseException as error:
                settle, outcome = _fail, error
            try:
                future.get_loop().call_soon_threadsafe(settle, future, outcome)
            except RuntimeError:
                # The loop was closed in a hurry: nobody waits for this any more.
                return
            # What the last request used is not held until the next one comes.
            del work, function, arguments, future, outcome


def _succeed(future: asyncio.Future[Any], outcome: Any) -> None:
    if not future.done():
        future.set_result(outcome)


def _fail(future: asyncio.Future[Any], error: BaseException) -> None:
    if not future.done():
        future.set_exception(error)
