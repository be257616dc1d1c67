"""Bringing an archive back, into a server on which there is nothing yet."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.management.sql import emit_post_migrate_signal
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from onward.platform.archive import emptiness, filing, keys, loading
from onward.platform.archive.making import Progress
from onward.platform.archive.problem import ArchiveProblem
from onward.platform.archive.reading import Archive
from onward.platform.archive.shape import Table, tables
from onward.platform.database.postgresql.base import LIMITS


@dataclass(frozen=True)
class Restored:
    """What was brought back. :ivar migrated: how many migrations were applied to it afterwards"""

    tables: int
    rows: int
    files: int
    file_bytes: int
    migrated: int
    is_key_ours: bool


def restore(archive: Archive, *, progress: Progress) -> Restored:
    """Bring an archive back.

    Database last: whenever this is stopped before its end, the server is as empty as it was, and may be restored again.

    :raises ArchiveProblem: when the server is not empty, or cannot take what is in the archive
    """
    _refuse_unknown_migrations(archive)
    emptiness.require_empty_storage(archive)
    take = _into_postgresql if connection.vendor == "postgresql" else _into_sqlite
    try:
        migrated = take(archive, progress)
    except DatabaseError as error:
        raise ArchiveProblem(f"The database did not take it, and is as empty as before: {error}") from error
    count, size = archive.files.totals()
    return Restored(
        tables=len(archive.tables),
        rows=archive.rows,
        files=count,
        file_bytes=size,
        migrated=migrated,
        is_key_ours=_is_key_ours(archive),
    )


def _refuse_unknown_migrations(archive: Archive) -> None:
    nodes = MigrationExecutor(connection).loader.graph.nodes
    if unknown := [migration for migration in archive.migrations if migration not in nodes]:
        raise ArchiveProblem(
            f"The archive was made by release {archive.manifest['release']}, which knows migrations that this one does "
            f"not ({'.'.join(unknown[0])}). Restore it with that release or a newer one."
        )


def _into_postgresql(archive: Archive, progress: Progress) -> int:
    """Restore in one transaction: it is through or nothing has happened."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            for limit in LIMITS:
                cursor.execute(f"SET LOCAL {limit} = 0")
            # A table that has yet to check what it refers to cannot be altered by the next migration.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        emptiness.clear()
        migrated = _fill(archive, progress)
        _put_files(archive, progress)
        _put_secret_key(archive)
    return migrated


def _into_sqlite(archive: Archive, progress: Progress) -> int:
    """Restore into a database beside the server's, and put that into its place in one transaction of SQLite's."""
    place = Path(str(connection.settings_dict["NAME"]))
    emptiness.require_empty()
    beside = place.with_name(f"{place.name}.restoring")
    _remove(beside)
    try:
        with _database_at(beside):
            migrated = _fill(archive, progress)
        _put_files(archive, progress)
        _put_secret_key(archive)
        with closing(sqlite3.connect(beside)) as source, closing(sqlite3.connect(place, timeout=30)) as target:
            emptiness.require_empty()
            connection.close()
            source.backup(target)
            target.execute("PRAGMA journal_mode = WAL")
    finally:
        _remove(beside)
    return migrated


@contextmanager
def _database_at(path: Path) -> Iterator[None]:
    """Connect to another file within the block, for the migrations know no other one.

    A file that is thrown away when anything goes wrong needs no log and need not wait for the disk.
    """
    connection.close()
    before = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = str(path)
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode = MEMORY")
            cursor.execute("PRAGMA synchronous = OFF")
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def _remove(database: Path) -> None:
    for name in ("", "-wal", "-shm", "-journal"):
        database.with_name(database.name + name).unlink(missing_ok=True)


def _fill(archive: Archive, progress: Progress) -> int:
    """Make the tables of the archive's migrations, load its rows, see that they are the same, and migrate on."""
    executor = MigrationExecutor(connection, _migrating(progress, len(archive.migrations)))
    executor.migrate(_newest(executor, archive.migrations))
    executor.loader.build_graph()
    found = tables(executor.loader.project_state(archive.migrations).apps)
    _refuse_other_tables(archive, found)
    loading.load(archive, found, progress)
    loading.verify(archive, found, progress)
    return _migrate_on(progress)


def _newest(executor: MigrationExecutor, migrations: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return each app's last migration: the executor takes an earlier one for a wish to go back to it."""
    known = set(migrations)
    nodes = executor.loader.graph.node_map
    return [
        migration
        for migration in migrations
        if not any(child.key in known and child.key[0] == migration[0] for child in nodes[migration].children)
    ]


def _refuse_other_tables(archive: Archive, found: list[Table]) -> None:
    here = {table.name: [[column.name, column.kind] for column in table.columns] for table in found}
    if here != {name: table["columns"] for name, table in archive.tables.items()}:
        raise ArchiveProblem("The archive's tables are not those that its migrations make: its release was changed.")


def _migrate_on(progress: Progress) -> int:
    executor = MigrationExecutor(connection)
    heads = executor.loader.graph.leaf_nodes()
    plan = executor.migration_plan(heads)
    executor.progress_callback = _migrating(progress, len(plan))
    state = executor.migrate(heads, plan=plan)
    state.clear_delayed_apps_cache()
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias, apps=state.apps, plan=plan)
    return len(plan)


def _migrating(progress: Progress, total: int) -> Callable[..., None]:
    done = 0

    def tell(action: str, *_: object) -> None:
        nonlocal done
        if action == "apply_success":
            done += 1
            progress("migrations", min(done, total), total)

    return tell


def _put_files(archive: Archive, progress: Progress) -> None:
    total, _ = archive.files.totals()
    for number, (key, content) in enumerate(archive.contents(), 1):
        found = archive.files.find(key)
        if not default_storage.exists(key):
            name = default_storage.save(key, File(content, name=key))
            if name != key:
                raise ArchiveProblem(f"The storage keeps {key} under another name.")
        if filing.sha256(key) != found:
            raise ArchiveProblem(f"{key} is not the same in the storage as in the archive. Remove it and try again.")
        progress("files", number, total)


def _put_secret_key(archive: Archive) -> None:
    """Make the archive's secret key the server's, where the operator gives none.

    Nothing was signed yet with the one that was made for the empty server.
    """
    if archive.secret_key and not settings.ENVIRONMENT.secret_key:
        path = settings.DATA_DIR / "secret_key"
        made = path.with_name("secret_key.restoring")
        made.touch(0o600)
        made.write_text(archive.secret_key)
        made.replace(path)


def _is_key_ours(archive: Archive) -> bool:
    put = bool(archive.secret_key) and not settings.ENVIRONMENT.secret_key
    return put or keys.is_ours(archive.manifest["secret_key"])
