"""Django's PostgreSQL backend, with its connections checked only when they have rested."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
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
LIMITS = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")


class AsBytes(Loader):
    """Leaves a value as the server sent it."""

    def load(self, data: Buffer) -> bytes:
        return bytes(data)


class DatabaseWrapper(Direct, base.DatabaseWrapper):
    """Asking a connection whether it lives, before every request, costs as much as the request's own query."""

    last_used = 0.0

    def get_connection_params(self) -> dict[str, Any]:
        """Return what Django's backend connects with, without ``session``, which is said later."""
        params: dict[str, Any] = super().get_connection_params()
        params.pop("session", None)
        return params

    def init_connection_state(self) -> None:
        """Apply to a new connection the settings of ``OPTIONS["session"]``, but those that its address names itself."""
        super().init_connection_state()
        options = self.settings_dict["OPTIONS"]
        given = options.get("options", "")
        if wanted := {name: value for name, value in options.get("session", {}).items() if name not in given}:
            self._set(wanted)

    @contextmanager
    def unlimited(self) -> Iterator[None]:
        """Take the limits on the time of a statement, a wait and a pause from this connection, and put them back."""
        with self.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(f'current_setting({name!r})' for name in LIMITS)}")
            before = cursor.fetchone()
            self._set(dict.fromkeys(LIMITS, "0"))
        try:
            yield
        finally:
            self._set(dict(zip(LIMITS, before, strict=True)))

    def _set(self, values: dict[str, str]) -> None:
        sql = ", ".join(["set_config(%s, %s, false)"] * len(values))
        self.connection.execute(f"SELECT {sql}", [part for value in values.items() for part in value], prepare=False)

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
