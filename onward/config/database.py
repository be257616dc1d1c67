"""Whether the database answers: a wrong address stops the first start; one that has answered before is waited for."""

import hashlib
import time
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.utils import OperationalError

from onward.platform import disk

# A database that starts together with the server for the first time has this many seconds to answer.
PATIENCE = 3.0
PAUSE = 0.5


class NoAnswer(Exception):
    """The database does not answer.

    :param has_answered: whether it did for an earlier start, so that the address is right
    """

    def __init__(self, error: OperationalError, *, has_answered: bool) -> None:
        super().__init__(sentence(error))
        self.has_answered = has_answered


def sentence(error: Exception) -> str:
    """Return what the database said, naming the variable that tells where it is."""
    if disk.is_full(error):
        return "There is no room on the disk of the database."
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return f"The database that ONWARD_DATABASE_URL names does not answer as it should: {lines[0]}"


def connect() -> None:
    """Connect to the database and note that it has answered.

    :raises NoAnswer: at once when it has answered before, otherwise after some seconds
    """
    until = time.monotonic() + PATIENCE
    note = Path(settings.DATA_DIR) / "database_answered"
    has_answered = _noted(note)
    # A file is there or is not: nothing is gained by waiting.
    patient = connection.vendor != "sqlite" and not has_answered
    while True:
        try:
            connection.ensure_connection()
        except OperationalError as error:
            if not patient or time.monotonic() > until:
                raise NoAnswer(error, has_answered=has_answered or disk.is_full(error)) from None
            time.sleep(PAUSE)
        else:
            break
    if not has_answered and connection.vendor != "sqlite":
        with suppress(OSError):
            note.write_text(_address())


def _noted(note: Path) -> bool:
    try:
        return note.read_text() == _address()
    except OSError:
        return False


def _address() -> str:
    database = settings.DATABASES["default"]
    named = "\n".join(str(database.get(part, "")) for part in ("HOST", "PORT", "NAME"))
    return hashlib.sha256(named.encode()).hexdigest()
