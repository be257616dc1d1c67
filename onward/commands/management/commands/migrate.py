"""`onward migrate`: Django's own, with as much time as the record needs."""

from contextlib import nullcontext
from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from onward.platform.database import making
from onward.platform.database.postgresql.base import DatabaseWrapper

# Who asks for one of these wants migrations one by one, or only to know.
ASKED = ("app_label", "check_unapplied", "fake", "fake_initial", "plan", "prune")


class Command(migrate.Command):
    help = "Bring the tables up to date; before every start of a new version."

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate without the limits that `config/settings.py` sets on the time of a statement, a wait and a pause.

        What a request must not take a migration may: a table that has grown is filled and indexed for minutes. The
        server's connections keep theirs meanwhile, so what is waited for ends.
        """
        connection = connections[options["database"]]
        with connection.unlimited() if isinstance(connection, DatabaseWrapper) else nullcontext():
            if not any(options.get(name) for name in ASKED) and making.is_empty(connection):
                making.make(connection)
            super().handle(*args, **options)
