"""Values of a statement's rows as both databases mean them: SQLite's driver returns text for days and times."""

from datetime import UTC, date, datetime
from typing import Any


def instant(value: Any) -> datetime:
    """Return a time as a statement's row holds it."""
    # SQLite's driver returns text, or a time that names no zone; both are UTC.
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def plain_day(value: Any) -> date | None:
    """Return a day as a statement's row holds it."""
    return date.fromisoformat(value) if isinstance(value, str) else value
