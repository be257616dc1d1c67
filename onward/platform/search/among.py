"""Rows by a list of numbers that comes with the statement."""

from typing import Any

from django.db.models import BooleanField, Func


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
