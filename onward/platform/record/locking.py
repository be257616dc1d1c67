"""Reading a row for a change that must not overtake another one."""

from typing import TypeVar

from django.db import models

from onward.platform.refusals import Missing

M = TypeVar("M", bound=models.Model)


def locked(row: M) -> M:
    """Read a row again and hold it until the transaction ends.

    On SQLite the transaction itself is exclusive (it begins IMMEDIATE), so the lock costs nothing there.

    :raises Missing: when the row is gone by now
    """
    found = type(row)._default_manager.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if found is None:
        raise Missing()
    return found
