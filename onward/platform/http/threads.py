"""Threads that run Django's synchronous code for the event loop."""

import asyncio
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any

Work = tuple[Callable[..., Any], tuple[Any, ...], asyncio.Future[Any]]

# A call that has run for so many seconds waits for something and does not count against the few that run.
SLOW = 0.008


class Threads:
    """Few threads run at a time, because only one can compute; more join while those wait for something slow.

    Every thread that runs beside another fights it for the interpreter: with eight a request costs half as much again
    as with two. But two that wait for slow queries would stop everybody. So `steady` threads take the work, the one
    that rested last first, and for each call that turns out to be slow one more joins, up to `most`. Each thread keeps
    its database connection from one request to the next; those that are never needed never open one.
    """

    def __init__(self, steady: int, most: int) -> None:
        self._steady = steady
        self._most = most
        self._lock = threading.Lock()
        self._work: deque[Work | None] = deque()
        self._resting: list[threading.Lock] = []
        self._running = 0
        self._allowed = steady
        self._since = [0.0] * most
        self._watch: asyncio.TimerHandle | None = None
        self._threads = [
            threading.Thread(target=self._live, args=(number,), name=f"request-{number}", daemon=True)
            for number in range(most)
        ]
        self._running = most
        for thread in self._threads:
            thread.start()

    def run(self, function: Callable[..., Any], *arguments: Any) -> asyncio.Future[Any]:
        """Call a function in one of the threads; the future belongs to the running loop."""
        loop = asyncio.get_running_loop()
        future = loop.create_future()
        if not self._add((function, arguments, future)) and self._watch is None:
            self._watch = loop.call_later(SLOW, self._look, loop)
        return future

    def stop(self, timeout: float) -> None:
        """Stop all threads after their current work."""
        with self._lock:
            self._allowed = self._most
        for _ in self._threads:
            self._add(None)
        deadline = time.monotonic() + timeout
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))

    def _add(self, work: Work | None) -> bool:
        """Submit work; return whether a thread was woken for it."""
        with self._lock:
            self._work.append(work)
            return self._wake()

    def _wake(self) -> bool:
        if not self._resting or self._running >= self._allowed:
            return False
        self._running += 1
        self._resting.pop().release()
        return True

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        """Count the calls that are slow, and let as many more threads run."""
        late = time.monotonic() - SLOW
        with self._lock:
            slow = sum(1 for since in self._since if 0.0 < since < late)
            self._allowed = min(self._most, self._steady + slow)
            for _ in self._work:
                if not self._wake():
                    break
            waiting = bool(self._work)
        self._watch = loop.call_later(SLOW, self._look, loop) if waiting else None

    def _live(self, number: int) -> None:
        bed = threading.Lock()
        bed.acquire()
        while True:
            with self._lock:
                self._since[number] = 0.0
                if self._work and self._running <= self._allowed:
                    work = self._work.popleft()
                    if work is None:
                        return
                    self._since[number] = time.monotonic()
                else:
                    self._running -= 1
                    self._resting.append(bed)
                    work = None
            if work is None:
                bed.acquire()
                continue
            _carry_out(work)
            # What the request used is not held until the next one comes.
            del work


def _carry_out(work: Work) -> None:
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


def _succeed(future: asyncio.Future[Any], outcome: Any) -> None:
    if not future.done():
        future.set_result(outcome)


def _fail(future: asyncio.Future[Any], error: BaseException) -> None:
    if not future.done():
        future.set_exception(error)
