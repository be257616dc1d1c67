"""Making an archive while the server goes on."""

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO

from django.apps.registry import Apps
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from onward.platform.archive import filing, keys
from onward.platform.archive.container import Writer
from onward.platform.archive.problem import ArchiveProblem
from onward.platform.archive.rows import Digest, packed
from onward.platform.archive.shape import Table, tables
from onward.platform.archive.snapshot import Snapshot, snapshot

FORMAT = 1
MANIFEST, SECRET_KEY = "manifest.json", "secret_key"
DATABASE, LIST = "database/", "list/"
# A file that goes while it is looked for costs another look, and each look takes less time than the one before it.
MOST_LOOKS = 20

# Told what is being done, how much of it is done, and of how much.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Summary:
    """What an archive holds. :ivar lost: keys that rows name and that no file has"""

    made_at: datetime
    tables: int
    rows: int
    files: int
    file_bytes: int
    lost: list[str]
    size: int


def back_up(path: Path, *, secret_key: str, at: datetime, progress: Progress) -> Summary:
    """Write an archive of the database and the files; it appears under its name whole or not at all.

    :param secret_key: goes into the archive; empty: none does
    :raises ArchiveProblem: when it cannot be written, or there is nothing to write
    """
    if path.exists():
        raise ArchiveProblem(f"{path} exists already. Give another name; an archive is never overwritten.")
    applied, apps = _applied()
    part = path.with_name(f"{path.name}.part")
    try:
        with _claimed(part) as file:
            writer = Writer(file)
            manifest = _write(writer, apps=apps, progress=progress)
            if secret_key:
                writer.add(SECRET_KEY, secret_key.encode())
            manifest |= {
                "format": FORMAT,
                "release": version("onward"),
                "made_at": at.astimezone(UTC).isoformat(),
                "database": connection.vendor,
                "migrations": sorted(applied),
                "secret_key": keys.fingerprint(),
            }
            writer.add(MANIFEST, json.dumps(manifest).encode())
            writer.finish()
            part.replace(path)
            _settle(path.parent)
    except OSError as error:
        raise ArchiveProblem(f"{path} cannot be written: {error.strerror or error}.") from error
    return Summary(
        made_at=at,
        tables=len(manifest["tables"]),
        rows=sum(table["rows"] for table in manifest["tables"].values()),
        files=manifest["files"]["count"],
        file_bytes=manifest["files"]["bytes"],
        lost=manifest["files"]["lost"],
        size=path.stat().st_size,
    )


@contextmanager
def _claimed(part: Path) -> Iterator[BinaryIO]:
    """Open the file under its temporary name for this process alone; one that a killed process left is begun anew."""
    with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ArchiveProblem(f"{part} is being written by another backup. Wait until it is done.") from None
        file.truncate(0)
        try:
            yield file
        except BaseException:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise


def _settle(folder: Path) -> None:
    # Without this a power cut can forget the new name.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _applied() -> tuple[set[tuple[str, str]], Apps]:
    """Return the migrations that are applied, and the models as they were after them."""
    loader = MigrationLoader(connection)
    applied = set(loader.applied_migrations or ())
    if unknown := sorted(applied - set(loader.graph.nodes)):
        raise ArchiveProblem(
            f"The database was migrated by a newer release ({'.'.join(unknown[0])}): back it up with that one."
        )
    if not applied:
        raise ArchiveProblem("There is nothing to back up: the database has no tables yet. Run `onward migrate`.")
    return applied, loader.project_state(sorted(applied)).apps


def _write(writer: Writer, *, apps: Apps, progress: Progress) -> dict[str, Any]:
    """Write files and rows so that no row lacks its file.

    The files come first, those that rows name now. Then a look is taken at the database, and what has been added
    meanwhile is copied. A file that one of its rows names and that is gone was deleted since the look was taken: then
    another is taken, in which that row is gone too. Only then the rows are written. A file never changes, so those
    that were copied earlier are right.
    """
    files = filing.Files()
    found = tables(apps)
    lost: set[str] = set()
    with snapshot() as look:
        total = sum(1 for _ in _keys(look, found))
        lost |= set(filing.copy(_told(_keys(look, found), total, progress), writer=writer, files=files))
    for number in range(MOST_LOOKS):
        with snapshot() as look:
            gone = set(filing.copy(_keys(look, found), writer=writer, files=files))
            # What was not there before this look was taken, while its row still is, was lost long ago.
            if gone <= lost or number == MOST_LOOKS - 1:
                return _write_rows(writer, look, found, files, progress) | {
                    "files": _write_list(writer, look, found, files) | {"lost": sorted(gone)}
                }
            lost |= gone
    raise AssertionError("the last look is always taken")


def _keys(look: Snapshot, found: list[Table]) -> Iterator[str]:
    """Yield the keys of the files that rows name."""
    for name in settings.FILE_COLUMNS:
        model, _, column = name.rpartition(".")
        for table in found:
            if table.model == model and any(c.name == column for c in table.columns):
                yield from look.texts(table.name, column)


def _told(names: Iterator[str], total: int, progress: Progress) -> Iterator[str]:
    for number, name in enumerate(names, 1):
        yield name
        progress("files", number, total)


def _write_rows(
    writer: Writer, look: Snapshot, found: list[Table], files: filing.Files, progress: Progress
) -> dict[str, Any]:
    counts = {table.name: look.count(table.name) for table in found}
    total, done = sum(counts.values()), 0
    written = {}
    for table in found:
        digest = Digest(table)
        lines = (line for batch in look.rows(table) for line in digest.add(batch))
        for number, chunk in enumerate(packed(lines), 1):
            writer.add(f"{DATABASE}{table.name}/{number:06}.jsonl.gz", chunk)
            progress("rows", done + digest.rows, total)
        done += digest.rows
        written[table.name] = {
            "columns": [[column.name, column.kind] for column in table.columns],
            "rows": digest.rows,
            "sha256": str(digest),
            "last_number": look.last_number(table) if table.counts else 0,
        }
    return {"tables": written}


def _write_list(writer: Writer, look: Snapshot, found: list[Table], files: filing.Files) -> dict[str, Any]:
    for key in _keys(look, found):
        files.name(key)
    lines = (json.dumps(file) for file in files.named())
    for number, chunk in enumerate(packed(lines), 1):
        writer.add(f"{LIST}{number:06}.jsonl.gz", chunk)
    count, size = files.totals()
    return {"count": count, "bytes": size}
