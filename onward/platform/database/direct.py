"""Running statements past Django's cursors, whose work on each statement outweighs that of the driver."""

import time
from collections.abc import Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper


class Direct(BaseDatabaseWrapper):
    """What both databases' wrappers share. A statement is written in the driver's own words for its parameters."""

    def run_directly(self, sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Run a statement in the transaction at hand, if there is one, and give its rows as the driver gives them.

        :raises django.db.Error: as Django's cursors would
        """
        self.close_if_health_check_failed()
        self.ensure_connection()
        self.validate_no_broken_transaction()
        begun = time.monotonic()
        try:
            with self.wrap_database_errors:
                return self._run(sql, parameters)
        finally:
            if self.queries_logged:
                # Django's cursors do not see the statement, so the log that tests count by is kept here.
                self.queries_log.append({"sql": sql, "time": f"{time.monotonic() - begun:.3f}"})

    def _run(self, sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
        raise NotImplementedError
