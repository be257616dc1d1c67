"""The measuring: servers take turns, round by round, and the median of the rounds counts."""

import os
import pickle
import statistics
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from bench import environment, processes
from bench.client import Load, Outcome
from bench.database import Database
from bench.scenarios import SCENARIOS, questions
from bench.servers import Server

# Before each turn, not counted: connections, prepared statements, caches.
WARM_UP = 0.5


def load(job: Load) -> Outcome:
    """Put a load on a server, from a process of its own on the client's cores."""
    with processes.on(processes.cores()[1]):
        done = subprocess.run(
            [sys.executable, "-m", "bench.client"],
            cwd=environment.ROOT,
            input=pickle.dumps(job),
            stdout=subprocess.PIPE,
            check=True,
        )
    outcome: Outcome = pickle.loads(done.stdout)
    return outcome


def turn(server: Server, name: str, *, seconds: float, connections: int, database: Database) -> dict[str, float]:
    """Measure one endpoint of one server once.

    :returns: ``rps``; processor time in µs a request of the server (``cpu_us``), of the database (``database_us``) and
        of the client (``client_us``); latencies in ms (``p50_ms``, ``p95_ms``, ``p99_ms``)
    :raises SystemExit: when any answer was not the expected one
    """
    scenario = SCENARIOS[name]
    requests = [question.raw(server.port, server.tokens[question.user]) for question in questions(scenario)]
    job = Load(server.port, requests, scenario.status, connections, WARM_UP)
    _good(load(job), server, name)
    backends = database.backends()
    processes.pin(backends, processes.cores()[1])
    watched = {"server": processes.family(server.pid), "database": backends}
    outcome = _good(load(Load(server.port, requests, scenario.status, connections, seconds, watched)), server, name)
    if scenario.method == "POST":
        database.reset()
    each = 1e6 / outcome.answers
    percentiles = statistics.quantiles(outcome.latencies, n=100, method="inclusive")
    return {
        "rps": outcome.answers / outcome.seconds,
        "cpu_us": outcome.processor["server"] * each,
        "database_us": outcome.processor["database"] * each,
        "client_us": outcome.client_processor * each,
        "p50_ms": percentiles[49] * 1000,
        "p95_ms": percentiles[94] * 1000,
        "p99_ms": percentiles[98] * 1000,
    }


def _good(outcome: Outcome, server: Server, name: str) -> Outcome:
    if outcome.problem or outcome.answers < 2:
        raise SystemExit(f"{server.name}, {name}: {outcome.problem or 'too few answers'}")
    return outcome


def rounds(
    servers: list[Server],
    scenarios: list[str],
    *,
    count: int,
    seconds: float,
    connections: int,
    database: Database,
    tell: Callable[[str], None],
) -> dict[str, dict[str, Any]]:
    """Measure everything ``count`` times, interleaved, and give the medians by endpoint."""
    turns: dict[tuple[str, str], list[dict[str, float]]] = {}
    for number in range(1, count + 1):
        for name in scenarios:
            for server in among(name, servers):
                found = turn(server, name, seconds=seconds, connections=connections, database=database)
                turns.setdefault((name, server.name), []).append(found)
                tell(
                    f"round {number}  {name:<10} {server.name:<8} {found['rps']:8.0f} requests/s"
                    f"  {found['cpu_us']:7.0f} µs here  {found['database_us']:7.0f} µs in the database"
                )
    return {name: _medians(name, [server.name for server in among(name, servers)], turns) for name in scenarios}


def among(name: str, servers: list[Server]) -> list[Server]:
    """Return the servers that have an endpoint."""
    return [server for server in servers if server.name in SCENARIOS[name].among]


def _medians(name: str, servers: list[str], turns: dict[tuple[str, str], list[dict[str, float]]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for server in servers:
        found[server] = round(statistics.median(t["rps"] for t in turns[name, server]), 1)
    for other in servers:
        if "onward" in servers and other != "onward":
            found[f"ratio_{other}"] = round(found["onward"] / found[other], 2)
    for figure in ("cpu_us", "database_us", "client_us", "p50_ms", "p95_ms", "p99_ms"):
        found[figure] = {
            server: round(statistics.median(t[figure] for t in turns[name, server]), 2 if "ms" in figure else 0)
            for server in servers
        }
    found["spread"] = {
        server: [round(min(rates), 1), round(max(rates), 1)]
        for server in servers
        for rates in ([t["rps"] for t in turns[name, server]],)
    }
    return found


def machine(database: Database) -> dict[str, Any]:
    """Describe what it was measured on."""
    import platform
    from datetime import UTC, datetime
    from importlib.metadata import version

    model = "unknown"
    with open("/proc/cpuinfo") as file:
        model = next((line.split(":", 1)[1].strip() for line in file if line.startswith("model name")), model)
    packages = ("django", "django-ninja", "djangorestframework", "fastapi", "sqlalchemy", "psycopg", "pydantic")
    servers = ("granian", "gunicorn", "uvicorn")
    return {
        "processor": model,
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "postgresql": database.version(),
        "packages": {name: version(name) for name in (*packages, *servers)},
        "server_cores": sorted(processes.cores()[0]),
        "client_and_database_cores": sorted(processes.cores()[1]),
        "database_pinned": processes.pin(database.backends(), processes.cores()[1]),
        "measured": datetime.now(UTC).date().isoformat(),
    }
