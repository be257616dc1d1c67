"""`onward migrate`: Django's own, with as much time as the record needs."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from onward.platform.database.postgresql.base import DatabaseWrapper


class Command(migrate.Command):
    help = "Bring the tables up to date; before every start of a new version."

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate without the limits that `config/settings.py` sets on the time of a statement, a wait and a pause.

        What a request must not take a migration may: a table that has grown is filled and indexed for minutes. The
        server's connections keep theirs meanwhile, so what is waited for ends.
        """
        connection = connections[options["database"]]
        if not isinstance(connection, DatabaseWrapper):
            super().handle(*args, **options)
            return
        with connection.unlimited():
            super().handle(*args, **options)
