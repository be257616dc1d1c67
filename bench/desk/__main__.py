"""``python -m bench.desk``: how the desk's reads grow, bulk operations, exports, and the list during a fetch."""

import argparse
import json
import os
import subprocess
import sys
from typing import Any

from bench import environment
from bench.fetching import house

WHAT = ("growth", "bulk", "export", "fetch")
SIZES = (1_000, 10_000, 100_000)


def measured(module: str, variables: dict[str, str], *arguments: object) -> Any:
    """Run a part of this package as a program of its own and return what it prints last, read as JSON."""
    done = subprocess.run(
        [sys.executable, "-m", f"bench.desk.{module}", *map(str, arguments)],
        cwd=environment.ROOT,
        env=variables,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(done.returncode)
    return json.loads(done.stdout.splitlines()[-1]) if done.stdout.strip() else None


def growth(database: str) -> None:
    """Print medians in ms, and statements, by the number of leads."""
    variables, found = house.settings(database), {}
    for size in SIZES:
        measured("rows", variables, size)
        found[size] = measured("growth", variables)
    print(f"| {database}: ms (statements) | " + " | ".join(f"{size:,}" for size in SIZES) + " |")
    print("|---|" + "---:|" * len(SIZES))
    for name in found[SIZES[0]]:
        print(f"| {name} | " + " | ".join(f"{found[s][name][0]} ({found[s][name][1]})" for s in SIZES) + " |")


def bulk(database: str) -> None:
    """Print seconds of bulk operations."""
    variables = house.settings(database)
    measured("rows", variables, SIZES[-1])
    for name, (median, longest, ours) in measured("bulk", variables).items():
        print(
            f"{database}: {name} of 5,000 of {SIZES[-1]:,}: {median} s, {longest} s at most, {ours} s of the processor"
        )


def export(database: str) -> None:
    """Print the memory of exports, each in a process of its own."""
    variables = house.settings(database)
    for size in SIZES[1:]:
        measured("rows", variables, size)
        for kind in ("csv", "xlsx"):
            found = measured("export", variables, kind)
            print(f"{database}: {kind} of {size:,}: " + ", ".join(f"{name} {value}" for name, value in found.items()))


def fetch(database: str) -> None:
    """Print how long the list takes while a fetch runs, and while none does."""
    variables = house.settings(database)
    measured("rows", variables, SIZES[1])
    with house.board() as address:
        print(f"{database}: {json.dumps(measured('fetch', variables, address))}")


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="bench.desk", description=__doc__)
    parser.add_argument("what", nargs="+", choices=WHAT)
    parser.add_argument("--databases", nargs="+", choices=house.DATABASES, default=list(house.DATABASES))
    given = parser.parse_args()
    for what in given.what:
        for database in given.databases:
            globals()[what](database)
            print(f"load average {os.getloadavg()[0]:.1f}", flush=True)


if __name__ == "__main__":
    main()
