"""Whether there is nothing on a server that a restored archive could destroy."""

from collections.abc import Iterator

from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from onward.platform.archive.problem import ArchiveProblem
from onward.platform.archive.reading import Archive
from onward.platform.archive.shape import all_names
from onward.platform.events.models import EventRecord

NOT_EMPTY = "Restoring needs an empty server, and on this one there {}. Nothing was touched."


def require_empty() -> None:
    """See that nobody has an account and nothing ever happened.

    Tables are not in the way, nor what migrations and workers write by themselves.

    :raises ArchiveProblem: when the server is not empty
    """
    there = set(connection.introspection.table_names())
    for model, what in ((get_user_model(), "are accounts"), (EventRecord, "is a record of events")):
        name = model._meta.db_table
        if name in there:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(name)} LIMIT 1")
                if cursor.fetchone():
                    raise ArchiveProblem(NOT_EMPTY.format(what))


def clear() -> None:
    """Remove the empty tables of a server that was migrated but never used, in the transaction at hand.

    :raises ArchiveProblem: when the server is not empty
    """
    there = set(connection.introspection.table_names())
    loader = MigrationLoader(connection)
    applied = sorted(set(loader.applied_migrations or ()) & set(loader.graph.nodes))
    ours = [*all_names(loader.project_state(applied).apps), "django_migrations"] if applied else ["django_migrations"]
    names = [connection.ops.quote_name(name) for name in ours if name in there]
    with connection.cursor() as cursor:
        if names:
            # Until the transaction ends, nobody else can write into them.
            cursor.execute(f"LOCK TABLE {', '.join(names)} IN ACCESS EXCLUSIVE MODE")
        require_empty()
        if names:
            cursor.execute(f"DROP TABLE {', '.join(names)} CASCADE")


def require_empty_storage(archive: Archive) -> None:
    """See that no file is stored but those that an archive holds: a restore that was stopped may have left some.

    :raises ArchiveProblem: when there is another one
    """
    for key in _stored(""):
        if archive.files.find(key) is None:
            raise ArchiveProblem(NOT_EMPTY.format(f"are stored files, such as {key}"))


def _stored(folder: str) -> Iterator[str]:
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in names:
        # What is only on its way into the storage is nobody's.
        if not name.endswith(".part"):
            yield f"{folder}/{name}".lstrip("/")
    for name in folders:
        yield from _stored(f"{folder}/{name}".lstrip("/"))
