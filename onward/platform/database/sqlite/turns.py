"""Whose turn it is to write into a SQLite file, which takes one transaction at a time."""

import threading
from collections import deque


class Turns:
    """The turns of the threads of one process at one file: who has waited for longest is next.

    SQLite lets those who wait look again after pauses that grow up to a tenth of a second, and who happens to look when
    the file is free is next: of many writers some wait for all others several times over.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_taken = False
        self._waiting: deque[threading.Lock] = deque()

    def take(self, seconds: float) -> bool:
        """Wait for the turn; return whether it came in time. :param seconds: how long to wait at most"""
        with self._lock:
            if not self._is_taken:
                self._is_taken = True
                return True
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=seconds):
            return True
        with self._lock:
            # It may have come at the very end.
            if mine not in self._waiting:
                return True
            self._waiting.remove(mine)
            return False

    def give(self) -> None:
        """Pass the turn on."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_taken = False


_turns: dict[str, Turns] = {}


def turns(name: str) -> Turns:
    """Return the turns at a file; :param name: its path"""
    return _turns.setdefault(name, Turns())
