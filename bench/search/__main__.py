"""``python -m bench.search [--postings N] [--databases …] [--reuse]``: the feed, recommendations and the market.

A million postings take some six gigabytes on each database, and a quarter of an hour or two to make.
"""

import argparse
import json
import subprocess
import sys

from bench import environment
from bench.fetching import house

TARGETS = {"feed": {"postgresql": 50, "sqlite": 100}, "recommendations": 80, "market": 30}


def run(module: str, variables: dict[str, str], *arguments: object) -> str:
    """Run a part of this package as a program of its own and return the last line that it prints."""
    done = subprocess.run(
        [sys.executable, "-m", f"bench.search.{module}", *map(str, arguments)],
        cwd=environment.ROOT, env=variables, stdout=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        sys.exit(done.returncode)
    return done.stdout.splitlines()[-1]


def main() -> None:
    """Fill each database, measure, and print a table."""
    parser = argparse.ArgumentParser(prog="bench.search", description=__doc__)
    parser.add_argument("--postings", type=int, default=1_000_000)
    parser.add_argument("--databases", nargs="+", choices=house.DATABASES, default=list(house.DATABASES))
    parser.add_argument("--reuse", action="store_true", help="measure what an earlier run has filled")
    given = parser.parse_args()
    for database in given.databases:
        variables = house.again(database, name="search") if given.reuse else house.settings(database, name="search")
        if not given.reuse:
            print(f"{database}, {given.postings:,} postings: {run('rows', variables, given.postings)}", flush=True)
        found = json.loads(run("measure", variables))
        print(
            f"\n| {database}, {given.postings:,} postings | p50 ms | p95 ms | CPU p95 | most | target p95 | slowest |"
        )
        print("|---|---:|---:|---:|---:|---:|---|")
        for name, row in found.items():
            if isinstance(row, dict):
                wanted = TARGETS[name.split(":")[0].split("/")[0]]
                target = wanted[database] if isinstance(wanted, dict) else wanted
                shown = " | ".join(str(row[part]) for part in ("p50", "p95", "cpu", "most"))
                print(f"| {name} | {shown} | {target} | `{row['slowest']}` |")
            else:
                print(f"| {name} | {row} | | | | 3 | |")


if __name__ == "__main__":
    main()
