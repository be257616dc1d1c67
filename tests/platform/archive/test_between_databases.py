"""The archive of the release before, onto SQLite, from there onto PostgreSQL and back: by the commands themselves."""

import os
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql

from onward.platform.archive import reading

HOUSE = Path(__file__).parents[3]
# Made from the rows of record.py by the release before, on SQLite.
RELEASE_BEFORE = Path(__file__).with_name("release-before.tar")
SERVER = os.environ.get("ONWARD_TEST_DATABASE_URL") or os.environ.get("ONWARD_DATABASE_URL", "")


def started(folder: Path, *arguments: object, url: str = "") -> "subprocess.Popen[str]":
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ONWARD_", "DJANGO_"))}
    return subprocess.Popen(
        [sys.executable, "-m", "onward", *map(str, arguments)],
        cwd=HOUSE,
        env={**kept, "ONWARD_DATA_DIR": str(folder), **({"ONWARD_DATABASE_URL": url} if url else {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def onward(folder: Path, *arguments: object, url: str = "") -> str:
    process = started(folder, *arguments, url=url)
    said, _ = process.communicate(timeout=300)
    assert process.returncode == 0, said
    return said


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory) -> Path:
    """A server onto which the archive of the release before was restored, after one that was killed midway."""
    folder = tmp_path_factory.mktemp("sqlite")
    killed = started(folder, "restore", RELEASE_BEFORE)
    while killed.poll() is None and not (folder / "onward.sqlite3.restoring").exists():
        time.sleep(0.01)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()

    said = onward(folder, "restore", RELEASE_BEFORE)

    assert "Every count and checksum is as in the archive." in said
    assert not list(folder.glob("*.restoring*"))
    return folder


@pytest.fixture
def postgresql():
    """The address of an empty database."""
    if not SERVER.startswith("postgres"):
        pytest.skip("no PostgreSQL: set ONWARD_TEST_DATABASE_URL")
    name = f"onward_archive_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name))
        )
        yield urlsplit(SERVER)._replace(path=f"/{name}").geturl()
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def contents(path: Path):
    """Give what must be the same in two archives of the same record: tables with counts and checksums, and the files."""
    archive = reading.read(path)
    return archive.tables, archive.manifest["files"], list(archive.files.named())


def test_the_archive_of_the_release_before_is_migrated(on_sqlite, tmp_path):
    before = reading.read(RELEASE_BEFORE)
    onward(on_sqlite, "migrate", "--check")
    onward(on_sqlite, "backup", tmp_path / "after.tar")
    after = reading.read(tmp_path / "after.tar")
    assert {(app, name) for app, name in before.migrations} <= {(app, name) for app, name in after.migrations}
    for name in ("accounts_user", "applications_application", "events_eventrecord", "jobs_job"):
        assert after.tables[name]["rows"] == before.tables[name]["rows"]
    assert list(after.files.named()) == list(before.files.named())
    # The key came with it, so nothing that was signed is lost.
    assert (on_sqlite / "secret_key").read_text() == before.secret_key


def test_from_sqlite_to_postgresql_and_back_every_row_is_the_same(on_sqlite, postgresql, tmp_path):
    first, second, third = (tmp_path / f"{number}.tar" for number in range(3))
    onward(on_sqlite, "backup", first, "--secret-key")

    onward(tmp_path / "postgresql", "migrate", "-v0", url=postgresql)
    onward(tmp_path / "postgresql", "restore", first, url=postgresql)
    onward(tmp_path / "postgresql", "backup", second, "--secret-key", url=postgresql)
    onward(tmp_path / "back", "restore", second)
    onward(tmp_path / "back", "backup", third)

    assert contents(first) == contents(second) == contents(third)
