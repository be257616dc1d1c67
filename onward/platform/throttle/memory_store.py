"""Counts in this process's memory, for as long as nothing else can hold them."""

import time
from collections.abc import Callable
from threading import Lock

from onward.platform.throttle.store import Count

# Windows that are kept; the oldest goes first.
MOST = 10_000


class MemoryStore:
    """Always answers, and knows only what this process has counted: so many processes, so many times the limit."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._lock = Lock()
        self._windows: dict[int, tuple[int, float]] = {}

    def take(self, key: int, limit: int, period: int) -> Count:
        """See :class:`Store`."""
        with self._lock:
            now = self._clock()
            used, ends = self._windows.get(key, (0, 0.0))
            if not now < ends <= now + period + 60:
                used, ends = 0, now + period
            is_refused = used >= limit
            used = min(used + 1, max(used, limit))
            self._windows[key] = (used, ends)
            while len(self._windows) > MOST:
                del self._windows[next(iter(self._windows))]
        return Count(used, is_refused, ends)

    def look(self, key: int) -> Count | None:
        """See :class:`Store`."""
        used, ends = self._windows.get(key, (0, 0.0))
        return Count(used, False, ends) if ends > self._clock() else None

    def give_back(self, key: int) -> None:
        """See :class:`Store`."""
        with self._lock:
            used, ends = self._windows.get(key, (0, 0.0))
            if used:
                self._windows[key] = (used - 1, ends)

    def drop(self, key: int) -> None:
        """See :class:`Store`."""
        with self._lock:
            self._windows.pop(key, None)

    def clear(self) -> None:
        """See :class:`Store`."""
        with self._lock:
            self._windows.clear()
