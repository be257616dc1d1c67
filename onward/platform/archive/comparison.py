"""Whether a server holds what an archive holds."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from onward.platform.archive import filing
from onward.platform.archive.reading import Archive
from onward.platform.archive.rows import Digest
from onward.platform.archive.shape import tables
from onward.platform.archive.snapshot import snapshot
from onward.platform.refusals import Missing


@dataclass(frozen=True)
class Comparison:
    """What is not as it is in the archive, a sentence each. :ivar lost: of files: what is gone or changed"""

    tables: int
    rows: int
    files: int
    is_same_release: bool
    different: list[str]
    lost: list[str]


def compare(archive: Archive) -> Comparison:
    """Compare counts and checksums of all tables and files.

    Where other migrations are applied by now, tables have other columns: then rows are counted and no more.
    """
    loader = MigrationLoader(connection)
    applied = sorted(set(loader.applied_migrations or ()) & set(loader.graph.nodes))
    here = {table.name: table for table in tables(loader.project_state(applied).apps)}
    same = applied == sorted(archive.migrations)
    different = []
    with snapshot() as look:
        for name, there in archive.tables.items():
            if name not in here:
                different.append(f"{name} is in the archive and not on this server.")
                continue
            digest = Digest(here[name])
            if same:
                for batch in look.rows(here[name]):
                    digest.add(batch)
            rows = digest.rows if same else look.count(name)
            if rows != there["rows"]:
                different.append(f"{name} has {rows} rows; in the archive it has {there['rows']}.")
            elif same and str(digest) != there["sha256"]:
                different.append(f"{name} has as many rows as in the archive, and not all of them are the same.")
    count, _ = archive.files.totals()
    return Comparison(len(archive.tables), archive.rows, count, same, different, list(_lost(archive)))


def _lost(archive: Archive) -> Iterator[str]:
    for key, size, sha256 in archive.files.named():
        try:
            if filing.sha256(key) != (size, sha256):
                yield f"{key} is not the same file as in the archive."
        except Missing:
            yield f"{key} is in the archive and not in the storage."
