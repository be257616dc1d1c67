"""An archive of a large server that is used meanwhile, and bringing it back."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from bench import environment
from bench.chaos.house import LIST, House, Probe, Where, Writer, running

# Seconds that the server is watched without a backup.
CALM = 15


def backup(where: Where) -> list[str]:
    """Back up 100,000 applications while others read and write, and restore them."""
    lines = []
    with running(where, accounts=2) as house:
        mine = _variables(where.store, house.data)
        subprocess.run([sys.executable, "-m", "bench.chaos.filling"], cwd=environment.ROOT, env=mine, check=True)
        archive = house.folder / "archive.tar"
        with Probe(house, LIST, house.tokens[0]) as reading, Writer(house, house.tokens[1]) as writing:
            time.sleep(CALM)
        lines.append(f"list without a backup: {reading}; create: {writing}")
        with (
            Log(house) as log,
            Probe(house, LIST, house.tokens[0]) as reading,
            Writer(house, house.tokens[1]) as writing,
        ):
            said = _measured(mine, "backup", str(archive))
        lines += [f"backup: {said}{log}", f"list meanwhile: {reading}; create: {writing}"]
        with Empty(where, house.folder) as theirs:
            lines.append(f"restore: {_measured(theirs, 'restore', str(archive))}")
    return lines


class Log:
    """Watches how large SQLite's log grows while something goes on."""

    def __init__(self, house: House) -> None:
        self._path = house.data / "onward.sqlite3-wal"
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.most = 0

    def __enter__(self) -> "Log":
        self._thread.start()
        return self

    def __exit__(self, *problem: object) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(0.1):
            if self._path.exists():
                self.most = max(self.most, self._path.stat().st_size)

    def __str__(self) -> str:
        return f", SQLite's log {self.most / 1e6:.1f} MB at most" if self.most else ""


def _variables(store: str, folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ONWARD_")}
    ours = {"DJANGO_SETTINGS_MODULE": "onward.config.settings", "ONWARD_DATA_DIR": str(folder)}
    return {**kept, **ours, **({} if store == "sqlite" else {"ONWARD_DATABASE_URL": store})}


def _measured(variables: dict[str, str], *command: str) -> str:
    """Run one of Onward's commands; return what it says, with its peak of memory."""
    process = subprocess.Popen(
        [sys.executable, "-m", "onward", *command],
        cwd=environment.ROOT,
        env=variables,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    said = process.stdout.readline().strip()
    process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"onward {command[0]} ended with {process.returncode}")
    return f"{said.partition(': ')[2]} {usage.ru_maxrss / 1024:.0f} MB of memory, {usage.ru_utime:.1f} s of processor"


class Empty:
    """An empty server of the same kind, for as long as the block lasts."""

    def __init__(self, where: Where, folder: Path) -> None:
        self._store, self._folder = where.store, folder / "restored"
        self._name = ""

    def __enter__(self) -> dict[str, str]:
        store = self._store
        if store != "sqlite":
            parts = urlsplit(store)
            self._name = parts.path.lstrip("/") + "_restored"
            self._do("DROP DATABASE IF EXISTS {} WITH (FORCE)", "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'")
            store = urlunsplit(parts._replace(path=f"/{self._name}"))
        return _variables(store, self._folder)

    def __exit__(self, *problem: object) -> None:
        if self._name:
            self._do("DROP DATABASE IF EXISTS {} WITH (FORCE)")

    def _do(self, *statements: str) -> None:
        with psycopg.connect(self._store, autocommit=True) as connection:
            for statement in statements:
                connection.execute(sql.SQL(statement).format(sql.Identifier(self._name)))
