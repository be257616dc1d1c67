"""Values of the program's own that stand in the SQL itself."""

from typing import Any

from django.db.models import Value


class Literal(Value):
    """A value in the SQL, where a parameter will not do.

    A statement is planned once, for all values: a partial index serves it only where the statement itself says what
    the index holds.

    :param value: of the program's own, never of a request
    """

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return literal(self.value), []


def literal(value: str | int | None) -> str:
    """Write a value of the program's own as SQL, for a driver that reads ``%`` as the beginning of a parameter."""
    if isinstance(value, int):
        return str(value)
    return "NULL" if value is None else "'" + value.replace("'", "''").replace("%", "%%") + "'"
