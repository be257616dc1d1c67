"""``python -m bench.chaos NAME…``: let somebody do their worst and say what it does to others."""

import argparse
import os
import signal
import sys
import time

from bench.chaos.house import Where
from bench.chaos.table import table
from bench.chaos.trials import TRIALS

STORE = os.environ.get("ONWARD_BENCH_CHAOS_DATABASE_URL", "")


def main() -> None:
    """Run the trials that are named, on each store and worker that is, and print a table in the end."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    described = "\n".join(f"  {name:<12} {trial.__doc__}" for name, trial in TRIALS.items())
    parser = argparse.ArgumentParser(
        prog="bench.chaos",
        description=f"{__doc__}\n\n{described}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="+", choices=[*TRIALS, "all"], metavar="NAME")
    parser.add_argument("--stores", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite"])
    parser.add_argument("--workers", nargs="+", choices=["embedded", "celery"], default=["embedded"])
    options = parser.parse_args()
    if "postgresql" in options.stores and "chaos" not in STORE.rsplit("/", 1)[-1]:
        sys.exit("ONWARD_BENCH_CHAOS_DATABASE_URL: name a database that may be emptied, with “chaos” in its name")
    found: dict[tuple[str, str], list[str]] = {}
    try:
        for store in options.stores:
            for worker in options.workers:
                for name in TRIALS if "all" in options.names else options.names:
                    print(f"{name}, {store}, {worker} (load {os.getloadavg()[0]:.1f})", flush=True)
                    began = time.monotonic()
                    lines = TRIALS[name](Where("sqlite" if store == "sqlite" else STORE, worker))
                    found[name, f"{store}, {worker}"] = lines
                    for line in [*lines, f"took {time.monotonic() - began:.0f} s"]:
                        print(f"  {line}", flush=True)
    finally:
        print("\n".join(["", *table(found)]), flush=True)


if __name__ == "__main__":
    main()
