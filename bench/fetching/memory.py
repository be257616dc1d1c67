"""How much more memory a process takes while it reads a long answer: ``… memory ADDRESS BOARD…``."""

import gc
import json
import sys
from pathlib import Path

import django

MB = 1024 * 1024


def main() -> None:
    """Read boards of these sizes, each after a small one, and print by board how many MB more it took at most."""
    django.setup()
    from bench.fetching import house

    address, *boards = sys.argv[1:]
    # Everything that is loaded at first use is loaded before.
    warm = house.source("warm", address=address, company="warm", openings="2000")
    sources = {board: house.source(board, address=address, company=f"c{board}", openings=board) for board in boards}
    house.let_private(warm, *sources.values())
    house.read("warm")
    raised = {}
    for board in boards:
        gc.collect()
        # From here on the kernel notes the peak anew.
        Path("/proc/self/clear_refs").write_text("5")
        before = _memory("VmRSS")
        house.read(board)
        raised[board] = round((_memory("VmHWM") - before) / MB, 1)
    print(json.dumps(raised))


def _memory(name: str) -> int:
    """Return what the kernel knows of this process's memory, in bytes."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:"))


if __name__ == "__main__":
    main()
