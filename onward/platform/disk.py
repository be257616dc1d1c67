"""Room on the disks: how much is left, and which errors say that there is none."""

import errno
import logging
import os
import sqlite3
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.db import DatabaseError

logger = logging.getLogger("onward.disk")

# A quota that is used up is a full disk, too.
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
# The second when the file that its processes share cannot be made.
_SQLITE = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE})
# What PostgreSQL says of its own disk.
_POSTGRESQL = "53100"
SENTENCE = "The server's disk is full, so nothing can be saved for the moment. What was saved before is safe."
MEGABYTE = 1024 * 1024
# Seconds in which the log does not say again that there is no room.
SILENCE = 60.0


@dataclass(frozen=True, slots=True)
class Room:
    """What is left on the disk of a folder. :ivar free: bytes that the server may still write"""

    folder: Path
    free: int


def is_full(problem: BaseException) -> bool:
    """Whether something went wrong for want of room: for a file, for SQLite or on PostgreSQL's own disk."""
    cause = problem.__cause__ if isinstance(problem, DatabaseError) and problem.__cause__ else problem
    if isinstance(cause, OSError):
        return cause.errno in NO_ROOM
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", 0) in _SQLITE
    return getattr(cause, "sqlstate", None) == _POSTGRESQL


def rooms() -> list[Room]:
    """Return how much is left for the data, the files and what is written in passing, each disk once."""
    folders = [Path(settings.DATA_DIR), Path(settings.MEDIA_ROOT), Path(tempfile.gettempdir())]
    database = settings.DATABASES["default"]
    if "sqlite" in database["ENGINE"]:
        folders.append(Path(database["NAME"]).parent)
    found: dict[int, Room] = {}
    for folder in folders:
        try:
            about, disk = os.statvfs(folder), folder.stat().st_dev
        except OSError:
            # A folder that is made with its first file.
            continue
        found.setdefault(disk, Room(folder, about.f_bavail * about.f_frsize))
    return list(found.values())


def scarce() -> list[Room]:
    """Return the disks that have less room than the operator wants to be warned of."""
    return [room for room in rooms() if room.free < settings.FREE_SPACE]


_lock = Lock()
_silent_until = 0.0


def report(problem: BaseException) -> None:
    """Log that there is no room, once a minute however many ask."""
    global _silent_until
    with _lock:
        now = time.monotonic()
        if now < _silent_until:
            return
        _silent_until = now + SILENCE
    logger.error("there is no room on the disk, so nothing that needs some is done: %s", problem)
