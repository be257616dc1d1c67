"""Reading a row for a change that must not overtake another one."""

from typing import TypeVar

from django.db import models

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


def _found(row: M, rows: models.QuerySet[M]) -> M:
    found = rows.filter(pk=row.pk).first()
    if found is None:
        raise Missing()
    return found
