"""Taking turns: of all that is read at the same time, one batch is written at a time.

Two that found the same opening at two sources, each not seeing what the other has not committed yet, would make two
postings of it. SQLite lets one write at a time anyhow, and threads of one process wait here more cheaply than there.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from django.db import connection, transaction

# Seconds between two tries.
LOOK = 0.1
# Any number, the same in every process.
BATCHES = 7_206_411_060

_turn = Lock()


@contextmanager
def own_turn(wanted: Callable[[], None]) -> Iterator[None]:
    """Wait for one's turn, and open the transaction that it lasts for.

    :param wanted: raises when it is not wanted any more; called while it is waited for
    """
    while not _turn.acquire(timeout=LOOK):
        wanted()
    try:
        with _transaction(wanted):
            yield
    finally:
        _turn.release()


@contextmanager
def _transaction(wanted: Callable[[], None]) -> Iterator[None]:
    while True:
        with transaction.atomic():
            if _is_ours():
                yield
                return
        wanted()
        time.sleep(LOOK)


def _is_ours() -> bool:
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        # Not waited for in the database, where nobody hears that it is not wanted any more.
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [BATCHES])
        return bool(cursor.fetchone()[0])
