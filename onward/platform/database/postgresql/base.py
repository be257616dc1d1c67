"""Django's PostgreSQL backend, with its connections checked only when they have rested."""

import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from django.db.backends.utils import debug_transaction  # type: ignore[attr-defined]
from psycopg.abc import Buffer
from psycopg.adapt import Loader

from onward.platform.database.direct import Direct
from onward.platform.database.postgresql.prepared import Prepared

# A connection that answered this recently is taken at its word; an older one is asked before it is used.
RESTED = 1.0
# Seconds that telling the server to end a statement may take.
CANCEL = 2.0


class AsBytes(Loader):
    """Leaves a value as the server sent it."""

    def load(self, data: Buffer) -> bytes:
        return bytes(data)


class DatabaseWrapper(Direct, base.DatabaseWrapper):
    """Asking a connection whether it lives, before every request, costs as much as the request's own query."""

    last_used = 0.0

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        # JSON that the database builds goes out as it comes in.
        connection.adapters.register_loader("json", AsBytes)
        self.prepared = Prepared(connection)
        return connection

    def close_if_unusable_or_obsolete(self) -> None:
        super().close_if_unusable_or_obsolete()
        now = time.monotonic()
        if now - self.last_used < RESTED:
            self.health_check_done = True
        self.last_used = now

    def _commit(self) -> None:
        if self.connection is not None:
            with debug_transaction(self, "COMMIT"), self.wrap_database_errors:
                self.prepared.commit()

    def interrupt(self) -> None:
        """Let the statement that runs on this connection fail, if there is one; from any thread."""
        if self.connection is not None:
            # A server that cannot be told ends the statement by its own time-out.
            with suppress(psycopg.Error):
                self.connection.cancel_safe(timeout=CANCEL)

    def _run(self, sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
        return self.prepared.run(sql, parameters)
