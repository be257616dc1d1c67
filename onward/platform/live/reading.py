"""Reading the event table in an order in which nothing can come before what was read already.

Numbers are given before commit. On SQLite one transaction writes at a time, so they are committed in their order. On
PostgreSQL a slow transaction commits a number that is lower than those that others have shown meanwhile: a tail that
goes by numbers alone would never see it. So the tail reads up to a *horizon*: the number below which every transaction
that could still commit one has ended. Who has written events and has not ended holds a lock on their table, which
PostgreSQL lists; what somebody writes who was not on that list at the last look has a higher number than the last look
saw. Transactions that write no events, those of other databases among them, hold nothing up.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from onward.platform.events.models import EventRecord

# Events that are read at once.
MOST = 1000

_TABLE = EventRecord._meta.db_table
# In this order: what is committed between them is seen by the last.
_NEWEST = {
    "postgresql": f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {_TABLE}_id_seq",  # noqa: S608
    "sqlite": f"SELECT COALESCE(MAX(id), 0) FROM {_TABLE}",  # noqa: S608
}
_WRITERS = f"""
SELECT virtualtransaction FROM pg_locks
WHERE locktype = 'relation' AND relation = '{_TABLE}'::regclass AND mode = 'RowExclusiveLock' AND granted
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
AND pid IS DISTINCT FROM pg_backend_pid()
"""  # noqa: S608


class Happened(NamedTuple):
    """A row of the event table."""

    id: int
    name: str
    owner_id: int | None
    payload: Mapping[str, Any]
    at: datetime


class Horizon:
    """Tells up to which number the event table is settled, from one look to the next."""

    def __init__(self) -> None:
        # Of each transaction that writes: every number that it may still commit is higher.
        self._above: dict[str, int] = {}
        self._newest = 0
        # Those that wrote already when the first look was taken: what they commit may lie below it.
        self._before: set[str] = set()
        # Whether the last look saw more than is settled: somebody who writes will have ended soon.
        self.is_held_up = False

    def begin(self) -> int:
        """Return the number from which to follow."""
        newest = _newest()
        writers = _writers()
        self._before = set(writers)
        self._above = {}
        self._newest = newest
        return newest

    def look(self, position: int) -> int:
        """Return the number up to which nothing can appear any more. :param position: the one of the last look"""
        newest = _newest()
        if newest == position and not self._before:
            self._newest = newest
            self.is_held_up = False
            return newest
        writers = _writers()
        self._before &= writers
        self._above = {
            writer: self._above.get(writer, self._newest) for writer in writers if writer not in self._before
        }
        self._newest = newest
        settled = max(position, min((newest, *self._above.values())))
        self.is_held_up = settled < newest
        return settled

    @property
    def has_gaps(self) -> bool:
        """Whether somebody who wrote before the first look has not ended."""
        return bool(self._before)


def events(*, after: int, until: int, names: Collection[str], owner_id: int | None = None) -> list[Happened]:
    """Return what has happened, in order, up to 1,000 rows.

    :param after: the number after which
    :param until: the last one that may be among them
    :param owner_id: whose; None for everybody's
    """
    rows = EventRecord.objects.filter(id__gt=after, id__lte=until, name__in=names)
    rows = rows.filter(owner_id__isnull=False) if owner_id is None else rows.filter(owner_id=owner_id)
    columns = rows.order_by("id").values_list("id", "name", "owner_id", "payload", "happened_at")
    return [Happened(*row) for row in columns[:MOST]]


def _newest() -> int:
    return int(_one_column(_NEWEST[connection.vendor])[0])


def _writers() -> set[str]:
    return set(_one_column(_WRITERS)) if connection.vendor == "postgresql" else set()


def _one_column(sql: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [row[0] for row in cursor.fetchall()]
