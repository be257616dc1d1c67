"""Reading a row for a change that must not overtake another one."""

from typing import Any, TypeVar

from django.db import models
from django.db.models import Subquery

from onward.platform.refusals import Missing

M = TypeVar("M", bound=models.Model)


def locked(row: M) -> M:
    """Read a row again and hold it until the transaction ends.

    What refers to it can still be written meanwhile. That matters: a transaction that has written such a row looks
    at this one when it commits, and may by then hold what this one waits for.

    On SQLite the transaction itself is exclusive (it begins IMMEDIATE), so the lock costs nothing there.

    :raises Missing: when the row is gone by now
    """
    return _found(row, type(row)._default_manager.select_for_update(of=("self",), no_key=True))


def locked_for_removal(row: M) -> M:
    """Read a row again and hold it until the transaction ends, with nothing new that refers to it.

    :raises Missing: when the row is gone by now
    """
    return _found(row, type(row)._default_manager.select_for_update(of=("self",)))


class KeyShare(Subquery):
    """The key of one row, which nobody removes or changes until the transaction ends; everything else of it may change.

    It is the lock that a row takes which refers to that one, taken before others instead of at the end.
    """

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        sql: Any = self.as_sql
        return sql(compiler, connection, template="(%(subquery)s FOR KEY SHARE)", **context)


class Share(Subquery):
    """The key of one row, which nobody changes or removes until the transaction ends; others may share it meanwhile.

    It is the lock of who reads a row and writes what has to agree with it. The row itself is read by the next
    statement: this one may have waited, and would still see what the row was before.
    """

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        sql: Any = self.as_sql
        return sql(compiler, connection, template="(%(subquery)s FOR SHARE)", **context)


def _found(row: M, rows: models.QuerySet[M]) -> M:
    found = rows.filter(pk=row.pk).first()
    if found is None:
        raise Missing()
    return found
