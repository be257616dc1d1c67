"""Counting requests by API, status and time, in memory that all web processes of a server share.

Each process counts in a file of its own, mapped into memory, and whoever is asked adds them up. A count is two
additions, and outlives the process.
"""

import logging
import mmap
import os
import shutil
import socket
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

logger = logging.getLogger("onward.metrics")

# Seconds.
BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
# Counts by bound and beyond the last, then the sum in microseconds.
WIDTH = len(BOUNDS) + 2
STATUSES = range(100, 600)


@dataclass(frozen=True, slots=True)
class Requests:
    """Those of one API that ended with one status."""

    api: str
    status: int
    counts: list[int]
    seconds: float


class Counter:
    """The counts of this process, and those of all that were started with it.

    :param folder: where the files are
    :param apis: what is counted apart; anything else counts as the last
    :param noted: what each process says of itself besides, by name
    """

    def __init__(self, folder: Path, apis: tuple[str, ...], noted: tuple[str, ...] = ()) -> None:
        self._apis = apis
        self._rows = {api: number * len(STATUSES) for number, api in enumerate(apis)}
        requests = len(apis) * len(STATUSES) * WIDTH
        self._noted = {name: place for place, name in enumerate(noted, start=requests)}
        self._size = (requests + len(noted)) * 8
        self._lock = Lock()
        # All processes of one server have the same parent, on one machine.
        machine = socket.gethostname()
        self._folder = folder / f"{machine}-{os.getppid()}"
        _forget_others(folder, machine)
        self._cells = memoryview(self._made(self._folder / str(os.getpid()))).cast("Q")

    def _made(self, path: Path) -> mmap.mmap:
        """Make the memory: a file whose room is taken at once, else memory of this process alone.

        Room that is only promised is missing when it is written to, and the kernel then ends the process.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with path.open("wb+") as file:
                _reserve(file.fileno(), self._size)
                return mmap.mmap(file.fileno(), self._size)
        except OSError as problem:
            logger.warning("requests are counted in this process alone, because %s cannot be made: %s", path, problem)
            return mmap.mmap(-1, self._size)

    def count(self, api: str, status: int, seconds: float) -> None:
        """Count one request; from any thread."""
        row = self._rows.get(api, self._rows[self._apis[-1]])
        start = (row + status - STATUSES.start) * WIDTH
        cells = self._cells
        with self._lock:
            cells[start + bisect_left(BOUNDS, seconds)] += 1
            cells[start + WIDTH - 1] += int(seconds * 1e6)

    def note(self, name: str, number: int) -> None:
        """Keep what this process says of itself; what it said before is forgotten."""
        self._cells[self._noted[name]] = number

    def now(self, name: str) -> int:
        """Add up what the processes that still run say of themselves."""
        own = str(os.getpid())
        return sum(held[self._noted[name]] for pid, held in self._held() if pid == own or Path(f"/proc/{pid}").exists())

    def ever(self, name: str) -> int:
        """Add up what all processes have said of themselves in the end."""
        return sum(held[self._noted[name]] for _, held in self._held())

    def _held(self) -> Iterator[tuple[str, memoryview]]:
        """Yield what each process has counted, this one from its own memory, which may be nowhere else."""
        own = str(os.getpid())
        yield own, self._cells
        with suppress(OSError):
            for path in self._folder.iterdir():
                with suppress(OSError):
                    held = path.read_bytes()
                    if path.name != own and len(held) == self._size:
                        yield path.name, memoryview(held).cast("Q")

    def read(self) -> Iterator[Requests]:
        """Add up what all processes have counted."""
        total = [0] * (self._size // 8)
        for _, held in self._held():
            for place, number in enumerate(held):
                if number:
                    total[place] += number
        for api, row in self._rows.items():
            for status in STATUSES:
                start = (row + status - STATUSES.start) * WIDTH
                counts = total[start : start + WIDTH - 1]
                if any(counts):
                    yield Requests(api, status, counts, total[start + WIDTH - 1] / 1e6)


def _reserve(file: int, size: int) -> None:
    """Take the room that a file needs.

    :raises OSError: when there is not enough
    """
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(file, 0, size)
    else:
        os.write(file, bytes(size))


def _forget_others(folder: Path, machine: str) -> None:
    """Remove the counts of servers of this machine that no longer run."""
    if not Path("/proc/self").exists():
        return
    for path in folder.glob(f"{machine}-*"):
        if not Path(f"/proc/{path.name.removeprefix(machine + '-')}").exists():
            shutil.rmtree(path, ignore_errors=True)
