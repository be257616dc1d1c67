"""Rows by a short list of numbers: one that comes with the statement, or that a subquery gives."""

from typing import Any

from django.db.models import BooleanField, Func
from django.db.models.lookups import In


class Among(Func):
    """Whether a number is in a JSON list of numbers, which is one parameter however long it is."""

    arity = 2
    output_field = BooleanField()
    conditional = True

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        number, asked, parameters = self._both(compiler)
        # An array it expects to be short; of a subquery it believes that it gives a part of the table.
        listed = f"(SELECT jsonb_array_elements_text(({asked})::jsonb)::bigint)"
        return f"{number} = ANY(ARRAY{listed})", parameters

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        number, asked, parameters = self._both(compiler)
        return f"{number} IN (SELECT value FROM json_each({asked}))", parameters

    def _both(self, compiler: Any) -> tuple[str, str, list[Any]]:
        number, first = compiler.compile(self.source_expressions[0])
        asked, second = compiler.compile(self.source_expressions[1])
        return number, asked, [*first, *second]


class AmongRows(In):  # type: ignore[type-arg]
    """Whether a number is among those of a subquery, which gives few."""

    def get_rhs_op(self, connection: Any, rhs: str) -> str:
        """Return what stands behind the number."""
        if connection.vendor != "postgresql":
            found: str = super().get_rhs_op(connection, rhs)
            return found
        # Of a subquery it believes that it gives a tenth of the table, and would rather read all of that. An array it
        # expects to be short.
        return f"= ANY(ARRAY{rhs})"
