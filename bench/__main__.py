"""``python -m bench``: measure; ``… before FOLDER``: beside an earlier checkout; ``… profile NAME…``; ``… memory``."""

import argparse
import contextlib
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bench import answers, before, dataset, environment, measure, memory, report
from bench.database import Database
from bench.environment import HERE, Checkout
from bench.scenarios import SCENARIOS
from bench.servers import NAMES, running


def main() -> None:
    """Run the command that was given; measuring when there is none."""
    # A stop from outside ends the servers too, as an exception does.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    arguments = _arguments(sys.argv[1:])
    try:
        checkouts = [HERE, *([environment.other(arguments.folder)] if arguments.command == "before" else [])]
        for checkout in [] if arguments.reuse_database else checkouts:
            _fill(checkout)
        if arguments.command == "profile":
            _profile(arguments)
        elif arguments.command == "memory":
            print(memory.sentence(memory.of_serve()))
        elif arguments.command == "before":
            _compare(arguments)
        else:
            _measure(arguments)
        for checkout in checkouts if arguments.drop_database else []:
            dataset.drop_database(checkout.database)
    except KeyboardInterrupt:
        sys.exit("stopped")


def _arguments(given: list[str]) -> argparse.Namespace:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--reuse-database", action="store_true", help="take the database of the last run as it is")
    shared.add_argument(
        "--drop-database", action="store_true", help="drop the database in the end instead of keeping it"
    )
    if given[:1] == ["profile"]:
        parser = argparse.ArgumentParser(prog="bench profile", description=__doc__, parents=[shared])
        parser.add_argument("names", nargs="*", choices=[*SCENARIOS, []], help="all of them if none is named")
        parser.add_argument("--requests", type=int, default=1000, help="how many to run of each")
        parser.add_argument(
            "--functions", type=int, default=0, metavar="N", help="list the N most costly functions too"
        )
        given = given[1:]
        command = "profile"
    elif given[:1] == ["memory"]:
        parser = argparse.ArgumentParser(prog="bench memory", description=__doc__, parents=[shared])
        given = given[1:]
        command = "memory"
    elif given[:1] == ["before"]:
        parser = argparse.ArgumentParser(prog="bench before", description=before.__doc__, parents=[shared])
        parser.add_argument("folder", type=lambda text: Path(text).resolve(), help="an earlier checkout, set up")
        parser.add_argument("--rounds", type=int, default=15)
        parser.add_argument("--seconds", type=float, default=1.5, help="how long each turn is measured")
        parser.add_argument("--connections", type=int, default=8)
        parser.add_argument("--only", nargs="+", choices=list(SCENARIOS), default=list(SCENARIOS), help="endpoints")
        given = given[1:]
        command = "before"
    else:
        parser = argparse.ArgumentParser(prog="bench", description=__doc__, parents=[shared])
        parser.add_argument("--rounds", type=int, default=3)
        parser.add_argument("--seconds", type=float, default=4, help="how long each turn is measured")
        parser.add_argument("--connections", type=int, default=8)
        parser.add_argument("--only", nargs="+", choices=list(SCENARIOS), default=list(SCENARIOS), help="endpoints")
        parser.add_argument("--servers", nargs="+", choices=NAMES, default=list(NAMES))
        parser.add_argument("--print-only", action="store_true", help="write no files (as when not everything is run)")
        command = "measure"
    arguments = parser.parse_args(given)
    arguments.command = command
    return arguments


def _fill(checkout: Checkout) -> None:
    print(f"Making {checkout.database}: {dataset.USERS} accounts with {dataset.APPLICATIONS} applications each …")
    began = time.monotonic()
    dataset.make_database(checkout.database)
    subprocess.run([checkout.python, "-m", "bench.dataset"], cwd=checkout.root, env=checkout.variables(), check=True)
    print(f"… in {time.monotonic() - began:.0f} s")


def _measure(arguments: argparse.Namespace) -> None:
    results: dict[str, Any] = {}
    names = [name for name in SCENARIOS if name in arguments.only]
    with contextlib.ExitStack() as stack:
        servers = [stack.enter_context(running(name)) for name in NAMES if name in arguments.servers]
        database = Database(environment.DATABASE_URL)
        answers.compare(servers, names, database)
        print(f"All servers give the same answers to {', '.join(names)}.")
        results |= measure.rounds(
            servers,
            names,
            count=arguments.rounds,
            seconds=arguments.seconds,
            connections=arguments.connections,
            database=database,
            tell=lambda line: print(line, flush=True),
        )
        results["machine"] = measure.machine(database)
    results["load"] = {
        "rounds": arguments.rounds,
        "seconds": arguments.seconds,
        "connections": arguments.connections,
        "users": dataset.USERS,
        "applications": dataset.USERS * dataset.APPLICATIONS,
    }
    whole = set(names) == set(SCENARIOS) and set(arguments.servers) == set(NAMES)
    if "onward" in arguments.servers and whole:
        results["memory"] = memory.of_serve()
    print("\n" + report.tables(results))
    if whole and not arguments.print_only:
        for path in report.write(results):
            print(f"wrote {path.relative_to(environment.ROOT)}")


def _compare(arguments: argparse.Namespace) -> None:
    table = before.compare(
        arguments.folder,
        [name for name in SCENARIOS if name in arguments.only],
        rounds=arguments.rounds,
        seconds=arguments.seconds,
        connections=arguments.connections,
    )
    print("\n" + table)


def _profile(arguments: argparse.Namespace) -> None:
    names = arguments.names or list(SCENARIOS)
    done = subprocess.run(
        [sys.executable, "-m", "bench.profiling", str(arguments.requests), str(arguments.functions), *names],
        cwd=environment.ROOT,
        env=environment.onward(),
        check=False,
    )
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    main()
