"""Running statements past Django's cursors, whose work on each statement outweighs that of the driver."""

import time
from collections.abc import Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from onward.platform import deadlines


class Direct(BaseDatabaseWrapper):
    """What both databases' wrappers share. A statement is written in the driver's own words for its parameters.

    No statement begins when the work that asks for it is out of time (:mod:`onward.platform.deadlines`).
    """

    health_check_done: bool

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(_in_time)

    def interrupt(self) -> None:
        """Let the statement that runs on this connection fail, if there is one; from any thread."""
        raise NotImplementedError

    def run_directly(self, sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Run a statement in the transaction at hand, if there is one, and return its rows as the driver gives them.

        :raises django.db.Error: as Django's cursors would
        """
        if self.connection is None or not self.health_check_done:
            self.close_if_health_check_failed()
            self.ensure_connection()
        if self.needs_rollback:
            self.validate_no_broken_transaction()
        if not self.force_debug_cursor:
            return deadlines.statement(self._run_as_django, sql, parameters)
        begun = time.monotonic()
        try:
            return deadlines.statement(self._run_as_django, sql, parameters)
        finally:
            # Django's cursors do not see the statement, so the log that tests count by is kept here.
            self.queries_log.append({"sql": sql, "time": f"{time.monotonic() - begun:.3f}"})

    def _run_as_django(self, sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
        try:
            return self._run(sql, parameters)
        except Exception:
            with self.wrap_database_errors:
                raise

    def _run(self, sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
        raise NotImplementedError


# What ends a transaction or a part of it has all the time that it needs.
_ENDS = ("ROLLBACK", "RELEASE")


def _in_time(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: FBT001 (Django's)
    if sql.startswith(_ENDS):
        return execute(sql, params, many, context)
    return deadlines.statement(lambda sql, params: execute(sql, params, many, context), sql, params)
