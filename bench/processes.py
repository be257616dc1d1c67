"""Processes: their families, their processor time, their memory, the cores they may use."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def _stat(pid: int) -> list[str] | None:
    """Read the fields of /proc/PID/stat that follow the name: the state is the first."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return text[text.rindex(")") + 2 :].split()


def family(pid: int) -> list[int]:
    """List a process and all that descend from it."""
    parents = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            stat = _stat(int(name))
            if stat:
                parents[int(name)] = int(stat[1])
    members = [pid]
    for member in members:
        members.extend(child for child, parent in parents.items() if parent == member)
    return members


def processor_times(pids: list[int]) -> dict[int, float]:
    """Read the processor time of processes that are still there, in seconds, user and system."""
    stats = {pid: _stat(pid) for pid in pids}
    return {pid: (int(stat[11]) + int(stat[12])) / TICK for pid, stat in stats.items() if stat}


def spent(before: dict[int, float]) -> float:
    """Add up the processor time that processes have used since it was read; one that has ended is passed over."""
    return sum(time - before[pid] for pid, time in processor_times(list(before)).items())


def memory(pids: list[int]) -> dict[str, float]:
    """Add up the memory of processes, in MB: ``rss`` counts a shared page in each of them, ``pss`` once in all."""
    sums = {"rss": 0.0, "pss": 0.0}
    for pid in pids:
        with contextlib.suppress(FileNotFoundError, ProcessLookupError, PermissionError):
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                name, _, value = line.partition(":")
                if name.lower() in sums:
                    sums[name.lower()] += int(value.split()[0]) / 1024
    return {name: round(value, 1) for name, value in sums.items()}


def cores() -> tuple[set[int], set[int]]:
    """Say which cores the server gets and which the client and the database share (one core: all of it)."""
    allowed = sorted(os.sched_getaffinity(0))
    return {allowed[0]}, set(allowed[1:] or allowed)


@contextlib.contextmanager
def on(wanted: set[int]) -> Iterator[None]:
    """Have processes that are started in the block run on these cores only."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, wanted)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def pin(pids: list[int], wanted: set[int]) -> bool:
    """Move running processes to these cores. Says whether it was allowed to."""
    try:
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.sched_setaffinity(pid, wanted)
    except PermissionError:
        return False
    return True
