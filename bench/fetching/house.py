"""A board, and a server's record beside it in a database of its own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from bench import environment

DATABASES = ("sqlite", "postgresql")


@contextmanager
def board() -> Iterator[str]:
    """Run the board; gives its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.fetching.board"], cwd=environment.ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout
        yield process.stdout.readline().strip()
    finally:
        process.kill()
        process.wait()


def settings(database: str, worker: str = "embedded", *, name: str = "fetching") -> dict[str, str]:
    """Make an empty, migrated database; returns the settings of a server that uses it. :param worker: or ``celery``"""
    folder = environment.WORK / f"{name}-{database}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if database == "postgresql":
        _make(name)
    variables = again(database, name=name)
    if worker == "celery":
        redis = os.environ.get("ONWARD_BENCH_REDIS_URL", "redis://127.0.0.1:6379/9")
        variables |= {"ONWARD_WORKER": "celery", "ONWARD_REDIS_URL": redis}
    subprocess.run([*onward(), "migrate", "-v", "0"], cwd=environment.ROOT, env=variables, check=True)
    return variables


def again(database: str, *, name: str = "fetching") -> dict[str, str]:
    """Return the settings of a server that uses a database which was made before."""
    folder = environment.WORK / f"{name}-{database}"
    return {
        **environment.onward(),
        "DJANGO_SETTINGS_MODULE": "onward.config.settings",
        "ONWARD_DATA_DIR": str(folder),
        "ONWARD_DATABASE_URL": _address(name) if database == "postgresql" else f"sqlite:///{folder / 'onward.sqlite3'}",
    }


def onward() -> list[str]:
    """Return the command `onward`."""
    return [str(Path(sys.executable).with_name("onward"))]


def _address(kind: str) -> str:
    return urlunsplit(urlsplit(environment.DATABASE_URL)._replace(path=f"/{environment.DATABASE}_{kind}"))


def _make(kind: str) -> None:
    name = f"{environment.DATABASE}_{kind}"
    with psycopg.connect(environment.maintenance_url(), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def measured(module: str, variables: dict[str, str], *arguments: str) -> str:
    """Run a part of this package as a program of its own and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", f"bench.fetching.{module}", *arguments],
        cwd=environment.ROOT,
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(done.returncode)
    return done.stdout


def source(name: str, *, address: str, company: str, openings: str) -> Any:
    """Take a board of so many openings into the record."""
    from onward.domain.ingestion.models import Source

    return Source.objects.create(
        name=name, kind="greenhouse", base_url=f"{address}/{company}", board=openings, company=company, is_enabled=True
    )


def let_private(*sources: Any) -> None:
    """Let these be asked on this machine, as those of the operator's file may be."""
    from django.conf import settings

    from onward.domain.ingestion.reading import entry_of

    settings.SOURCES = tuple(entry_of(source) for source in sources)


def read(*names: str) -> Any:
    """Read sources, here and now; gives the run."""
    from django.utils import timezone

    from onward.domain.ingestion.models import Run
    from onward.domain.ingestion.services import runs
    from onward.platform.jobs import run_due

    made = runs.start(at=timezone.now(), sources=names)
    run_due()
    done = Run.objects.get(pk=made.pk)
    assert done.state == "completed", [reading.error for reading in done.readings.all()]
    return done
