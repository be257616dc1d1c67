"""Run everything that can run here, and say in one line each what could not.

1. the suite on SQLite, as embedded;
2. what a database or Redis can make a difference to, again on PostgreSQL and Redis, where they answer;
3. the pages in a real browser, where there is one.

Arguments go to pytest. ``ONWARD_TEST_DATABASE_URL`` and ``ONWARD_TEST_REDIS_URL`` say where to look first, ``CHROMIUM``
names the browser; ``ONWARD_TEST_REQUIRE=all`` makes a failure of what could not run.
"""

import getpass
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import psycopg
import redis

HOUSE = Path(__file__).resolve().parent.parent
NOTHING_COLLECTED = 5
# Who has nothing left to do takes over what waits elsewhere.
PARALLEL = ("-n", "auto", "--dist", "worksteal")


@dataclass(frozen=True, kw_only=True)
class Pass:
    """One run of pytest: what it is called, what it chooses, and the environment it needs."""

    name: str
    choose: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)


def postgresql() -> str:
    """Give the address of a PostgreSQL in which databases may be created, or nothing."""
    user = getpass.getuser()
    given = os.environ.get("ONWARD_TEST_DATABASE_URL")
    usual = [
        f"postgresql://{user}@127.0.0.1/postgres",
        "postgresql://postgres@127.0.0.1/postgres",
        "postgresql://postgres:postgres@127.0.0.1/postgres",
        f"postgresql://{user}@127.0.0.1/test",
    ]
    for address in [given] if given else usual:
        try:
            with psycopg.connect(address, connect_timeout=2) as connection:
                row = connection.execute(
                    "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
                ).fetchone()
        except psycopg.Error:
            continue
        if row and row[0]:
            return address
    return ""


def redis_server() -> str:
    """Give the address of a Redis that answers, or nothing."""
    address = os.environ.get("ONWARD_TEST_REDIS_URL") or "redis://127.0.0.1:6379"
    try:
        redis.Redis.from_url(address, socket_timeout=2, socket_connect_timeout=2).ping()
    except (redis.RedisError, ValueError):
        return ""
    return address


def chromium() -> str:
    """Give the path of Chromium or Chrome, or nothing."""
    names = [os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    return next((path for name in names if name and (path := shutil.which(name))), "")


def plan() -> tuple[list[Pass], list[str]]:
    """Say which passes can run here, and what cannot."""
    passes = [Pass(name="SQLite", choose=(*PARALLEL, "-m", "not browser and not redis"))]
    missing = []
    database, store, browser = postgresql(), redis_server(), chromium()
    if database:
        extra = {"ONWARD_DATABASE_URL": database} | ({"ONWARD_REDIS_URL": store} if store else {})
        wanted = "not browser" if store else "not browser and not redis"
        name = "PostgreSQL and Redis" if store else "PostgreSQL"
        passes.append(Pass(name=name, choose=(*PARALLEL, "--only-stores", "-m", wanted), environment=extra))
    else:
        missing.append("PostgreSQL: none answers on 127.0.0.1 (name one in ONWARD_TEST_DATABASE_URL)")
        if store:
            passes.append(Pass(name="Redis", choose=("-m", "redis"), environment={"ONWARD_REDIS_URL": store}))
    if not store:
        missing.append("Redis: none answers on 127.0.0.1:6379 (name one in ONWARD_TEST_REDIS_URL)")
    if browser:
        passes.append(Pass(name="browser", choose=("-m", "browser"), environment={"CHROMIUM": browser}))
    else:
        missing.append("browser: no Chromium found (name one in CHROMIUM)")
    return passes, missing


def run(part: Pass, arguments: list[str]) -> Counter[str]:
    """Run one pass and count its results."""
    print(f"\n== {part.name}", flush=True)
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("ONWARD_TEST_FOLDER")}
    for name in ("ONWARD_DATABASE_URL", "ONWARD_REDIS_URL"):
        inherited.pop(name, None)
    if inherited.pop("PYTHONDONTWRITEBYTECODE", ""):
        # Not beside the sources, then: each of a hundred processes would compile all that it imports anew.
        inherited["PYTHONPYCACHEPREFIX"] = str(HOUSE / ".venv/bytecode")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", *part.choose, f"--junitxml={report}", *arguments]
        code = subprocess.run(command, cwd=HOUSE, env={**inherited, **part.environment}, check=False).returncode
        results = count(report)
    if code not in {0, NOTHING_COLLECTED} and not results["failed"]:
        results["failed"] += 1  # it broke down before or after its tests
    return results


def count(report: Path) -> Counter[str]:
    """Read the numbers out of pytest's report."""
    results: Counter[str] = Counter()
    if not report.exists():
        return results
    for suite in ElementTree.parse(report).iter("testsuite"):
        bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped = int(suite.get("skipped", 0))
        results += Counter(failed=bad, skipped=skipped, passed=int(suite.get("tests", 0)) - bad - skipped)
    return results


def main() -> int:
    """Run the passes; the last line says how many tests passed and failed in all."""
    began = time.monotonic()
    passes, missing = plan()
    total: Counter[str] = Counter()
    for part in passes:
        total += run(part, sys.argv[1:])
    print()
    required = os.environ.get("ONWARD_TEST_REQUIRE") == "all"
    for line in missing:
        print(f"Not run: {line}")
    if missing and required:
        print("ONWARD_TEST_REQUIRE=all: what was not run counts as failed")
        total["failed"] += len(missing)
    skipped = f", {total['skipped']} skipped" if total["skipped"] else ""
    print(f"{total['passed']} passed, {total['failed']} failed{skipped} in {time.monotonic() - began:.0f} s")
    return 1 if total["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
