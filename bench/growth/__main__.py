"""How reads grow with what is there: the same asked of a small database and of a large one, in turns.

    python -m bench.growth posts|messages|record fill|measure|drop [--store sqlite|postgresql] [--sizes LEAST MOST]

Filled once, both stay until they are dropped. Each read is asked of both in turns, so that whatever else the machine
does slows both alike: for each of `DRAWS` things drawn at random once to have all of it in memory, then `ROUNDS` times
to be measured. Requests go through the whole stack in this process, so the times hold no network and no second process.
What is asked shows pages of as many rows in both, or it would tell nothing: that is looked at, too.
"""

import argparse
import gc
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from bench import environment

FOLDER = environment.WORK / "growth"
STORES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
DRAWS, ROUNDS = 250, 4
# How much the 95th of a hundred may grow.
WANTED = 1.5


def main() -> None:
    """Fill both databases, measure them, or drop them."""
    parser = argparse.ArgumentParser(prog="python -m bench.growth", description=__doc__)
    parser.add_argument("subject", choices=["posts", "messages", "record"])
    parser.add_argument("what", choices=["fill", "measure", "drop"])
    parser.add_argument("--store", choices=list(STORES), default="sqlite")
    parser.add_argument("--sizes", type=int, nargs=2)
    asked = parser.parse_args()
    subject = import_module(f"bench.growth.{asked.subject}")
    names = {size: f"onward_bench_{asked.subject}_{size}" for size in asked.sizes or subject.SIZES}
    _set_up(asked.store)
    match asked.what:
        case "drop":
            for name in names.values():
                _drop(name)
        case "fill":
            for size, name in names.items():
                _make(name)
                with _on(name):
                    _fill(subject, size)
        case "measure":
            with _on(*names.values()) as opened:
                for line in _table(asked.store, sorted(names), measure(subject, dict(zip(names, opened, strict=True)))):
                    print(line, flush=True)


def measure(subject: Any, databases: Mapping[int, Any]) -> Iterator[tuple[str, dict[int, list[float]]]]:
    """Ask everything of each database, by its size; yield the name of each read, and what its requests took, in ms."""
    clients = {}
    for size, database in databases.items():
        _use(database)
        clients[size] = {who: _client(who, subject.API) for _, who in subject.READS.values()}
    for name, (path, who) in subject.READS.items():
        picks = {size: random.Random(2) for size in databases}
        draws = [{size: path.format(**subject.values(picks[size], size)) for size in databases} for _ in range(DRAWS)]
        taken: dict[int, list[float]] = {size: [] for size in databases}
        rows = dict.fromkeys(databases, 0)
        gc.collect()
        for number, paths in enumerate(draws * (1 + ROUNDS)):
            for size in sorted(databases, reverse=bool(number % 2)):
                _use(databases[size])
                begun = time.perf_counter()
                answer = clients[size][who].get(paths[size])
                took = (time.perf_counter() - begun) * 1000
                assert answer.status_code == 200, (paths[size], answer.content[:300])
                if number < DRAWS:
                    rows[size] += _rows(answer)
                else:
                    taken[size].append(took)
        if len(set(rows.values())) > 1:
            raise SystemExit(f"{name}: as many rows are wanted of both, not {rows}")
        yield name, taken


def _table(store: str, sizes: list[int], found: Iterable[tuple[str, Mapping[int, list[float]]]]) -> Iterator[str]:
    least, most = sizes
    yield f"| {STORES[store]}, ms | median, {least:,} | {most:,} | p95, {least:,} | {most:,} | p95 grows |"
    yield "|---|---:|---:|---:|---:|---:|"
    for name, taken in found:
        medians = [statistics.median(taken[size]) for size in sizes]
        tails = [statistics.quantiles(taken[size], n=20)[-1] for size in sizes]
        grown = tails[1] / tails[0]
        figures = " | ".join(f"{one:.2f}" for one in (*medians, *tails))
        yield f"| {name} | {figures} | {f'{grown:.2f}' if grown <= WANTED else f'**{grown:.2f}**'} × |"
    yield f"\nLoad of the machine: {os.getloadavg()[0]:.1f}"


def _rows(answer: Any) -> int:
    document = json.loads(answer.content)
    listed = document.get("results") if isinstance(document, dict) else document
    return 1 if listed is None else len(listed)


def _client(pk: int, api: str) -> Any:
    """Return a client of the account with this number."""
    from django.test import Client

    from onward.domain.accounts.models import User
    from onward.platform import tokens

    opened = tokens.open_session(
        user=User.objects.get(pk=pk), api=api, address="127.0.0.1", user_agent="bench", awaits_second_factor=False,
        at=datetime.now(UTC),
    )  # fmt: skip
    return Client(SERVER_NAME="127.0.0.1", headers={"authorization": f"Bearer {opened.access}"})


def _fill(subject: Any, size: int) -> None:
    from django.core.management import call_command
    from django.db import connection

    begun = time.monotonic()
    call_command("migrate", verbosity=0)
    subject.fill(size)
    if _is_postgresql():
        # As autovacuum does. Nothing has SQLite gather statistics, on a server either.
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
            cursor.execute("VACUUM ANALYZE")
    print(f"{size:,} in {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)


# Databases


def _set_up(store: str) -> None:
    """Make Django ready. The database that its settings name is none of ours."""
    import django

    FOLDER.mkdir(parents=True, exist_ok=True)
    os.environ.update(environment.onward() | {"ONWARD_DATA_DIR": str(FOLDER)})
    os.environ["DJANGO_SETTINGS_MODULE"] = "onward.config.settings"
    os.environ["ONWARD_DATABASE_URL"] = (
        environment.maintenance_url() if store == "postgresql" else f"sqlite:///{FOLDER}/none.sqlite3"
    )
    django.setup()


def _is_postgresql() -> bool:
    from django.db import connection

    return connection.vendor == "postgresql"


def _use(database: Any) -> None:
    from django.db import connections

    connections["default"] = database


@contextmanager
def _on(*names: str) -> Iterator[list[Any]]:
    """Yield a connection to each database; the first is in use."""
    from django.db import connections

    usual = connections["default"]
    opened = []
    for name in names:
        one = connections.create_connection("default")
        one.settings_dict = {**one.settings_dict, "NAME": name if _is_postgresql() else str(FOLDER / name)}
        opened.append(one)
    _use(opened[0])
    try:
        yield opened
    finally:
        for one in opened:
            one.close()
        _use(usual)


def _make(name: str) -> None:
    from django.db import connection

    _drop(name)
    if _is_postgresql():
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")


def _drop(name: str) -> None:
    from django.db import connection

    if _is_postgresql():
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name}")
    else:
        for path in FOLDER.glob(f"{name}*"):
            path.unlink()


if __name__ == "__main__":
    main()
