"""Where a wire field's value comes from."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models import Func, OuterRef, Subquery
from django.db.models.expressions import Combinable

from onward.platform.lens import FreeText, Lens, Unset
from onward.platform.wire.statement import Param

# Given a path from the row at hand, gives the path from the row that the statement reads.
Path = Callable[[str], str]
Source = str | Callable[[Path], Combinable]


class From:
    """Names the source of a field.

    :param source: a path through the models such as ``company__name``, or a function that is given such a path's
        prefixer and gives an expression; for a nested wire class, the path of the related row
    :param lens: shows the stored value in the contract's words
    :param writes: the name under which services take the field, where the source does not tell
    """

    def __init__(self, source: Source, *, lens: Lens | FreeText | Unset | None = None, writes: str = "") -> None:
        self.source = source
        self.lens = lens
        self.writes = writes


class Many:
    """Names the rows that a list of wire objects is made of.

    :param rows: returns the rows, in their order, without regard to what they hang on
    :param by: the path on those rows to the row that they hang on
    :param to: the column of the row at hand that it leads to
    :param most: how many there may be, a parameter of the statement; without it all
    """

    def __init__(
        self,
        rows: Callable[[], models.QuerySet[Any, Any]],
        *,
        by: str,
        to: str = "pk",
        most: Param | None = None,
    ) -> None:
        self.rows = rows
        self.by = by
        self.to = to
        self.most = most


class First(Many):
    """Names the rows of which the first one is shown as an object; null, where there is none."""


class Count(From):
    """Counts the rows that hang on this one.

    :param rows: returns the rows, without regard to what they hang on
    :param by: the path on those rows to the row that they hang on
    """

    def __init__(self, rows: Callable[[], models.QuerySet[Any, Any]], *, by: str) -> None:
        def source(at: Path) -> Combinable:
            counted = rows().filter(**{by: OuterRef(at("pk"))}).order_by()
            return Subquery(
                # Django's own Count would group by the outer row, and give null for nothing.
                counted.annotate(counted=Func(template="COUNT(*)", output_field=models.BigIntegerField())).values(
                    "counted"
                ),
                output_field=models.BigIntegerField(),
            )

        super().__init__(source)


class CountOf(Subquery):
    """How many rows a queryset has, which may be cut: then no more than that are looked at."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = models.BigIntegerField()


class days_between(Func):  # noqa: N801 - reads as a function where it is used
    """Whole days from the first date to the second."""

    arity = 2
    output_field = models.IntegerField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        first, second, parameters = self._compiled(compiler)
        return f"(({second})::date - ({first})::date)", parameters

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        first, second, parameters = self._compiled(compiler)
        return f"CAST(julianday({second}) - julianday({first}) AS INTEGER)", parameters

    def _compiled(self, compiler: Any) -> tuple[str, str, list[Any]]:
        first, first_parameters = compiler.compile(self.source_expressions[0])
        second, second_parameters = compiler.compile(self.source_expressions[1])
        return first, second, [*second_parameters, *first_parameters]


class day_of(Func):  # noqa: N801 - reads as a function where it is used
    """The day on which an instant lies, on the clock of a time zone: the second argument, by its IANA name."""

    arity = 2
    output_field = models.DateField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="((%(expressions)s)::date)", arg_joiner=" AT TIME ZONE ")

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        # Django's own, of every connection; instants are kept there in UTC.
        return self.as_sql(compiler, connection, template="django_datetime_cast_date(%(expressions)s, 'UTC')")
