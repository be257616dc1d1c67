"""`onward doctor`: look at everything that Onward needs, and say what is wrong in one line each."""

import tempfile
import urllib.request
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from http.client import HTTPException
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from onward.config import folders
from onward.platform import disk
from onward.platform.archive.comparison import compare
from onward.platform.archive.problem import ArchiveProblem
from onward.platform.archive.reading import read

# The database's clock and ours may differ by this many seconds.
DRIFT = 5
# What the running server is asked, and how many seconds it has to answer; no proxy of the environment's is asked.
LIVE = "/tracker/api/v1/analytics/live/"
WAIT = 5
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))

Finding = tuple[str, str]
OK, ADVICE, PROBLEM = "ok", "advice", "problem"


class Command(BaseCommand):
    help = "Check the database, the folders, the keys, the addresses and the running server."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--archive", type=Path, metavar="FILE", help="compare the server with an archive of `onward backup`"
        )

    def handle(self, *, archive: Path | None, **options: Any) -> None:
        """Print one line for each finding."""
        styles = {OK: self.style.SUCCESS, ADVICE: self.style.WARNING, PROBLEM: self.style.ERROR}
        problems = 0
        for state, sentence in chain(findings(), _compared(archive) if archive else ()):
            problems += state == PROBLEM
            self.stdout.write(f"{styles[state](f'{state:<8}')} {sentence}")
        if problems:
            raise CommandError(f"{problems} problem{'s' * (problems > 1)} found.", returncode=1)


def _compared(path: Path) -> Iterator[Finding]:
    try:
        found = compare(read(path))
    except ArchiveProblem as problem:
        yield PROBLEM, str(problem)
        return
    yield from ((PROBLEM, sentence) for sentence in found.lost)
    # A server that is used goes on from what was restored.
    yield from ((ADVICE, sentence) for sentence in found.different)
    if not found.lost:
        yield OK, f"All files ({found.files:,}) are as in the archive."
    if not found.different:
        what = "checksums" if found.is_same_release else "counts (it is of another release)"
        yield OK, f"All rows ({found.rows:,}) of {found.tables} tables are as in the archive, by their {what}."


def findings() -> Iterator[Finding]:
    """Look at one thing after the other."""
    yield from _database()
    yield _redis()
    for name in ("DATA_DIR", "MEDIA_ROOT", "EMAIL_FILE_PATH", "BACKUP_FOLDER"):
        if folder := getattr(settings, name, None):
            yield _folder(Path(folder).expanduser())
    yield from _rooms()
    yield _privacy()
    yield from _keys()
    yield from _addresses()
    yield from _server()


def _database() -> Iterator[Finding]:
    try:
        with connection.cursor() as cursor:
            # SQLite has no clock of its own.
            cursor.execute("SELECT now()" if connection.vendor == "postgresql" else "SELECT NULL")
            theirs = cursor.fetchone()[0]
        yield OK, f"The database ({connection.vendor}) answers."
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        yield PROBLEM, f"The database does not answer: {str(error).splitlines()[0]}"
        return
    if missing:
        yield PROBLEM, f"{len(missing)} migrations are missing: run `onward migrate`."
    else:
        yield OK, "All migrations are applied."
    yield _clock(theirs)


def _clock(theirs: datetime | None) -> Finding:
    drift = abs((theirs - datetime.now(UTC)).total_seconds()) if theirs else 0
    if drift > DRIFT:
        return PROBLEM, f"The database's clock and this machine's differ by {drift:.0f} seconds."
    if datetime.now(UTC).year < 2026:
        return PROBLEM, f"This machine's clock says {datetime.now(UTC):%Y-%m-%d}: tokens and codes will not hold."
    return OK, "The clock is right, as far as can be told."


def _redis() -> Finding:
    if not settings.REDIS_URL:
        return OK, "Redis is not used: everything runs from the database."
    try:
        cache.set("doctor", "well", 5)
        if cache.get("doctor") != "well":
            return PROBLEM, "Redis forgets what it is told."
    except Exception as error:
        return PROBLEM, f"Redis does not answer ({type(error).__name__}): see ONWARD_REDIS_URL."
    return OK, "Redis answers."


def _folder(folder: Path) -> Finding:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"well")
    except OSError as error:
        return PROBLEM, f"{folder} cannot be written to: {error.strerror}."
    return OK, f"{folder} can be written to."


def _rooms() -> Iterator[Finding]:
    for room in disk.rooms():
        free, least = room.free // disk.MEGABYTE, settings.FREE_SPACE // disk.MEGABYTE
        if room.free < settings.FREE_SPACE:
            sentence = f"Only {free:,} MB are free on the disk of {room.folder}"
            yield PROBLEM, f"{sentence}: less than ONWARD_FREE_SPACE ({least:,})."
        else:
            yield OK, f"{free:,} MB are free on the disk of {room.folder}."


def _privacy() -> Finding:
    if exposed := folders.readable_by_others():
        names = ", ".join(str(path) for path in exposed)
        return PROBLEM, f"Others on this machine can read {names}: run `chmod go= {' '.join(map(str, exposed))}`."
    return OK, "Nobody else on this machine can read the data, the mails and the keys."


def _server() -> Iterator[Finding]:
    """Ask the server itself, where it listens and where people reach it."""
    try:
        here = (settings.DATA_DIR / "served_at").read_text().strip()
    except OSError:
        here = ""
    if not here or not _answers(here):
        yield ADVICE, f"No server answers at {here or settings.PUBLIC_URL}: start one with `onward serve`."
        return
    yield OK, f"The server answers at {here}."
    if not _on_loopback(settings.PUBLIC_URL) and not _answers(settings.PUBLIC_URL):
        yield ADVICE, f"ONWARD_PUBLIC_URL: no Onward answers at {settings.PUBLIC_URL}, where links in mails lead."


def _answers(address: str) -> bool:
    try:
        with OPENER.open(f"{address}{LIVE}", timeout=WAIT) as answer:
            return bool(answer.status == HTTPStatus.OK)
    except (OSError, HTTPException, ValueError):
        return False


def _keys() -> Iterator[Finding]:
    path = settings.DATA_DIR / "secret_key"
    if settings.ENVIRONMENT.secret_key:
        yield OK, "The secret key is given by ONWARD_SECRET_KEY."
    else:
        yield OK, f"The secret key is kept in {path}; other machines need ONWARD_SECRET_KEY."
    if settings.DEBUG:
        yield PROBLEM, "ONWARD_DEBUG is on: error pages tell strangers how this is built."


def _on_loopback(address: str) -> bool:
    return str(urlsplit(address).hostname) in {"localhost", "127.0.0.1", "::1"}


def _addresses() -> Iterator[Finding]:
    loopback = _on_loopback(settings.PUBLIC_URL)
    yield OK, f"People reach this at {settings.PUBLIC_URL}."
    if loopback:
        yield ADVICE, "ONWARD_PUBLIC_URL is on loopback: links in mails work on this machine only."
    elif not settings.TRUSTED_PROXIES:
        yield (
            ADVICE,
            "ONWARD_TRUSTED_PROXIES is empty: behind a proxy all visitors share one address and its limits.",
        )
    if not loopback and settings.EMAIL_BACKEND.endswith("Files"):
        yield ADVICE, "ONWARD_EMAIL_URL is empty: mails are written to files and reach nobody."
    if not settings.THROTTLE:
        yield ADVICE, "ONWARD_THROTTLE is off: nobody is slowed down."
