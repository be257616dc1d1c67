"""Asking what the service stands on whether it answers."""

import logging
import secrets

from django.core.cache import cache
from django.db import DatabaseError, InterfaceError, connection

from onward.platform import disk

logger = logging.getLogger(__name__)


def database_answers() -> bool:
    """Ask the database; a lost connection is made anew."""
    try:
        # The connection of this thread may have died since; only a new one tells how the database is now.
        if connection.connection is not None and not connection.is_usable():
            connection.close()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except (DatabaseError, InterfaceError) as problem:
        logger.warning("the database does not answer: %s", problem)
        return False


def cache_answers() -> bool:
    """Write to the cache and read it back."""
    word = secrets.token_hex(8)
    try:
        cache.set("health", word, 30)
        # Another process may have written in between: any answer is an answer.
        return cache.get("health") is not None
    except Exception as problem:
        logger.warning("the cache does not answer: %s", problem)
        return False


def room() -> str | None:
    """Return a sentence when a disk has less room than it should, and how much it has."""
    scarce = disk.scarce()
    if not scarce:
        return None
    return f"Only {min(room.free for room in scarce) // disk.MEGABYTE} MB are free on the server's disk."
