"""``python -m bench.fetching WHAT``: how postings come in, on both databases.

speed     10,000 new postings, the same again, and the usual loop beside them
memory    how much more memory the worker takes while it reads an answer of 250 MB
growth    what reading costs with a thousand postings in the record, and with a million
kills     what comes of four runs whose worker is killed twenty times, in a ledger

How the desk's list fares while a run goes on, `bench.desk` measures.
"""

import argparse
import json
from collections.abc import Iterator
from itertools import product

from bench.fetching import house

# Answers of 2.5, 25 and 250 MB; the last one of few long texts, too.
BOARDS = ("1000x2500", "10000x2500", "10000x25000", "2500x100000")
SIZES = ("1000", "1000000")


def speed(database: str, address: str, count: int, worker: str) -> Iterator[str]:
    """Measure ourselves and the loop."""
    found = json.loads(house.measured("speed", house.settings(database), address, str(count)))
    yield f"{count:,} postings, in seconds (of the processor in our process)"
    for name in ("new", "again", "loop", "loop again"):
        yield f"{name:<12} {found[name][0]:>8} ({found[name][1]})"
    for name in ("new", "again"):
        ours, loop = found[name], found["loop" if name == "new" else "loop again"]
        yield f"{name}: the loop takes {loop[0] / ours[0]:.1f} × as long ({loop[1] / ours[1]:.1f} ×)"


def memory(database: str, address: str, count: int, worker: str) -> Iterator[str]:
    """Measure the worker's memory."""
    found = json.loads(house.measured("memory", house.settings(database), address, *BOARDS))
    for board, raised in found.items():
        openings, _, length = board.partition("x")
        size = int(openings) * int(length) / 1_000_000
        yield f"{int(openings):>6,} postings of {int(length):,} signs ({size:g} MB): {raised} MB more"


def growth(database: str, address: str, count: int, worker: str) -> Iterator[str]:
    """Measure with few and with many postings in the record."""
    found = json.loads(house.measured("growth", house.settings(database), address, str(count), *SIZES))
    few, many = (found[size] for size in SIZES)
    for name in ("new", "again"):
        yield f"{name}: {few[name]} with {int(SIZES[0]):,}, {many[name]} with {int(SIZES[1]):,} postings in the record"
        yield f"  {many[name][0] / few[name][0]:.2f} × ({many[name][1] / few[name][1]:.2f} × of the processor)"


def kills(database: str, address: str, count: int, worker: str) -> Iterator[str]:
    """Kill whoever reads, and say whether anything was lost or doubled."""
    variables = house.settings(database, worker, name="kills")
    found = json.loads(house.measured("kills", variables, address).splitlines()[-1])
    yield (
        f"{found['kills']} kills, {found['attempts']} attempts, {found['postings']:,} postings and {found['leads']:,}"
        f" leads in the end: {'; '.join(found['problems']) or 'nothing lost, nothing doubled, no run still open'}"
    )


WHAT = {"speed": speed, "memory": memory, "growth": growth, "kills": kills}


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(
        prog="bench.fetching", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", nargs="+", choices=WHAT)
    parser.add_argument("--databases", nargs="+", choices=house.DATABASES, default=list(house.DATABASES))
    parser.add_argument("--count", type=int, default=10_000, help="how many postings are read")
    parser.add_argument("--workers", nargs="+", choices=["embedded", "celery"], default=["embedded"], help="of kills")
    given = parser.parse_args()
    for what, database, worker in product(given.what, given.databases, given.workers):
        with house.board() as address:
            print(f"{what}, {database}, {worker}", flush=True)
            for line in WHAT[what](database, address, given.count, worker):
                print(f"  {line}", flush=True)


if __name__ == "__main__":
    main()
