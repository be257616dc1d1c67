"""Ten thousand new postings, the same again, and the usual loop beside them: ``… speed ADDRESS COUNT``."""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import django


def timed(work: Callable[[], Any]) -> tuple[float, float]:
    """Do something; returns how many seconds it took, and how many of the processor's."""
    began, worked = time.perf_counter(), time.process_time()
    work()
    return round(time.perf_counter() - began, 2), round(time.process_time() - worked, 2)


def main() -> None:
    """Measure and print JSON."""
    django.setup()
    from bench.fetching import house, loop

    address, count = sys.argv[1], int(sys.argv[2])
    warm, ours, usual = (
        house.source(name, address=address, company=name, openings=openings)
        for name, openings in (("warm", "100"), ("ours", str(count)), ("usual", str(count // 10)))
    )
    house.let_private(warm, ours, usual)
    house.read("warm")
    new = timed(lambda: house.read("ours"))
    again = timed(lambda: house.read("ours"))
    by_loop = timed(lambda: loop.take_in(usual))
    again_by_loop = timed(lambda: loop.take_in(usual))
    print(
        json.dumps(
            {
                "postings": count,
                "new": new,
                "again": again,
                "loop": [round(10 * seconds, 1) for seconds in by_loop],
                "loop again": [round(10 * seconds, 1) for seconds in again_by_loop],
            }
        )
    )


if __name__ == "__main__":
    main()
