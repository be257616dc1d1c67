"""``python -m bench.fetching``: how fast postings come in, on both databases."""

import argparse
import json

from bench.fetching import house


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="bench.fetching", description=__doc__)
    parser.add_argument("what", choices=["speed"])
    parser.add_argument("--databases", nargs="+", choices=house.DATABASES, default=list(house.DATABASES))
    parser.add_argument("--count", type=int, default=10_000)
    given = parser.parse_args()
    for database in given.databases:
        with house.board() as address:
            found = json.loads(house.measured("speed", house.settings(database), address, str(given.count)))
        print(f"{database}: {given.count:,} postings, in seconds (of the processor in our process)")
        for name in ("new", "again", "loop", "loop again"):
            print(f"  {name:<12} {found[name][0]:>8} ({found[name][1]})")
        print(
            f"  the loop takes {found['loop'][0] / found['new'][0]:.1f} × as long, again "
            f"{found['loop again'][0] / found['again'][0]:.1f} ×"
        )


if __name__ == "__main__":
    main()
