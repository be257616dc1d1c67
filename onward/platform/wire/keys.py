"""The parameters by which nearly every statement names a row and whose it is."""

from typing import Any

from django.db import models
from django.db.models import Func

from onward.platform.wire.statement import Param

OWNER = Param("owner_id", models.BigIntegerField())
KEY = Param("pk", models.BigIntegerField())
UID = Param("uid", models.UUIDField())


class KeyAmong(Func):
    """Whether a number is among those of a JSON list that is given when the statement runs."""

    arity = 2
    output_field = models.BooleanField()
    conditional = True

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self._among(compiler, "(SELECT e::bigint FROM jsonb_array_elements_text(({})::jsonb) e)")

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self._among(compiler, "(SELECT value FROM json_each({}))")

    def _among(self, compiler: Any, rows: str) -> Any:
        key, first = compiler.compile(self.source_expressions[0])
        asked, second = compiler.compile(self.source_expressions[1])
        return f"{key} IN {rows.format(asked)}", [*first, *second]
