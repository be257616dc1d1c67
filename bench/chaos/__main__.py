"""``python -m bench.chaos NAME…``: let somebody do their worst and say what it does to others."""

import argparse
import os
import signal
import sys

from bench.chaos.house import Where
from bench.chaos.trials import TRIALS

STORE = os.environ.get("ONWARD_BENCH_CHAOS_DATABASE_URL", "")


def main() -> None:
    """Run the trials that are named, on each store and worker that is."""
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
    for name in TRIALS if "all" in options.names else options.names:
        for store in options.stores:
            for worker in options.workers:
                where = Where("sqlite" if store == "sqlite" else STORE, worker)
                print(f"{name}, {store}, {worker}", flush=True)
                for line in TRIALS[name](where):
                    print(f"  {line}", flush=True)


if __name__ == "__main__":
    main()
