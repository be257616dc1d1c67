"""`onward migrate`: Django's own, with as much time as the record needs."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

# What a request must not take a migration may: a table that has grown is filled and indexed for minutes.
LIMITS = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")


class Command(migrate.Command):
    help = "Bring the tables up to date; before every start of a new version."

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate without the limits that `config/settings.py` sets on the time of a statement, a wait and a pause.

        The server's connections keep theirs meanwhile, so what is waited for ends.
        """
        connection = connections[options["database"]]
        if connection.vendor != "postgresql":
            super().handle(*args, **options)
            return
        _set(connection, "SET {} = 0")
        try:
            super().handle(*args, **options)
        finally:
            _set(connection, "RESET {}")


def _set(connection: Any, form: str) -> None:
    with connection.cursor() as cursor:
        for name in LIMITS:
            cursor.execute(form.format(name))
