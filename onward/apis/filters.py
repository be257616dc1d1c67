"""What the address of a list may say, and what it filters by."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q, TextChoices
from django.db.models.lookups import Exact
from django.http import HttpRequest
from ninja.errors import ValidationErrorContext
from pydantic import ValidationError, create_model

from onward.apis.base import Request
from onward.apis.bodies import UnreadableRequest
from onward.platform.lens import Lens
from onward.platform.wire import EMPTY_IS_NULL, IN_DIGITS, Body, Choice, Date, Fold, Id, OneOf, Param, Whole, empty_is

Condition = Callable[[Param], Q]


class Filter:
    """One name in the address, and the column that it filters by.

    :ivar kind: what may stand there, for Pydantic
    :ivar schema: what may stand there, for OpenAPI, in short
    :ivar field: the kind of the statement's parameter
    :ivar repeated: whether the address may say it several times
    """

    kind: Any = str
    schema: Mapping[str, Any] = {"type": "string"}
    field: "models.Field[Any, Any]" = models.TextField()
    repeated = False

    def __init__(self, path: str) -> None:
        self.path = path

    def conditions(self, name: str) -> dict[str, Condition]:
        """Return the conditions that a statement may put, each with the name of its parameter."""
        return {name: lambda value: Q(**{self.path: value})}

    def chosen(self, request: Request, name: str, value: Any) -> tuple[str, Any]:
        """Return which of the conditions is put, and its parameter."""
        return name, value

    def nothing(self, request: Request, value: Any) -> None:
        """Refuse, where nothing was found, what cannot be asked for. :raises Refusal: when there is a reason"""


class ByWord(Filter):
    """By one of a field's words. :param words: the words"""

    def __init__(self, path: str, words: type[TextChoices] | Sequence[TextChoices]) -> None:
        super().__init__(path)
        self.kind = Annotated[str, Choice(words)]
        self.schema = {"type": "string", "enum": [word.value for word in words]}


class ByLens(Filter):
    """By one of a contract's words. :param lens: what finds everything that looks like the word"""

    def __init__(self, path: str, lens: Lens) -> None:
        super().__init__(path)
        self.lens = lens
        self.kind = Annotated[str, OneOf(*lens.words)]
        self.schema = {"type": "string", "enum": list(lens.words)}
        # Where each word stands for one value, an index can find it.
        self._is_plain = all(len(lens.stored(word)) == 1 for word in lens.words)

    def conditions(self, name: str) -> dict[str, Condition]:
        if self._is_plain:
            return super().conditions(name)
        return {name: lambda value: Q(Exact(self.lens.case(self.path), value))}

    def chosen(self, request: Request, name: str, value: Any) -> tuple[str, Any]:
        return name, self.lens.read(value) if self._is_plain else value


class InAnyCase(Filter):
    """By a text, whatever its case."""

    def conditions(self, name: str) -> dict[str, Condition]:
        return {name: lambda value: Q(Exact(Fold(F(self.path)), Fold(value)))}


class ById(Filter):
    """By the id of a related row."""

    kind = Id
    schema: Mapping[str, Any] = {"type": "integer"}
    field = models.BigIntegerField()


class ByUuid(Filter):
    """By a row's UUID. :param find: refuses an id of which nothing was found, when it is not the reader's to ask for"""

    kind = UUID
    field = models.UUIDField()

    def __init__(self, path: str, find: Callable[[Request, UUID], Any] | None = None) -> None:
        super().__init__(path)
        self._find = find

    def nothing(self, request: Request, value: Any) -> None:
        if self._find is not None:
            self._find(request, value)


class ByFlag(Filter):
    """By yes or no. :param yes: the condition, without a parameter: an index could not be used for it"""

    kind = bool
    schema: Mapping[str, Any] = {"type": "boolean"}
    field = models.BooleanField()

    def __init__(self, yes: Q) -> None:
        super().__init__("")
        self.yes = yes

    def conditions(self, name: str) -> dict[str, Condition]:
        return {f"{name} yes": lambda _: self.yes, f"{name} no": lambda _: ~self.yes}

    def chosen(self, request: Request, name: str, value: Any) -> tuple[str, Any]:
        return f"{name} {'yes' if value else 'no'}", value


class FromDay(Filter):
    """By an instant on a day or later, on the reader's clock."""

    kind = Date
    schema: Mapping[str, Any] = {"type": "string", "format": "date"}
    field = models.DateTimeField()

    def conditions(self, name: str) -> dict[str, Condition]:
        return {name: lambda value: Q(**{f"{self.path}__gte": value})}

    def chosen(self, request: Request, name: str, value: Any) -> tuple[str, Any]:
        return name, begin_of(request, value)


class UntilDay(FromDay):
    """By an instant on a day or earlier, on the reader's clock."""

    def conditions(self, name: str) -> dict[str, Condition]:
        return {name: lambda value: Q(**{f"{self.path}__lt": value})}

    def chosen(self, request: Request, name: str, value: Any) -> tuple[str, Any]:
        return name, begin_of(request, value + timedelta(days=1))


def begin_of(request: Request, day: date) -> datetime:
    """Return when a day begins on the reader's clock."""
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(request.auth.zone)).astimezone(UTC)


def number(least: int, most: int, *, usual: int) -> tuple[Any, int]:
    """Describe, for an `Address`, a whole number in these bounds. :param usual: what nothing means"""
    return Annotated[int, Whole(least, most), IN_DIGITS, empty_is(usual)], usual


class Address:
    """What the address of one list may say.

    :ivar model: the same as a body
    :ivar usual: what it means when nothing is said
    :param said: by name: a filter, of which an empty value asks for nothing; or a type, for Pydantic, and what it is
        when nothing is said
    """

    def __init__(self, **said: Filter | tuple[Any, Any]) -> None:
        fields: dict[str, Any] = {
            name: (Annotated[one.kind | None, EMPTY_IS_NULL], None) if isinstance(one, Filter) else one
            for name, one in said.items()
        }
        self.model: Any = create_model("Address", __base__=Body, **fields)
        self.model.__ninja_param_source__ = "query"
        self._names = tuple(self.model.model_fields)
        self._repeated = {name for name, one in said.items() if isinstance(one, Filter) and one.repeated}
        self.usual: dict[str, Any] = self.model().model_dump()

    def read(self, request: HttpRequest) -> dict[str, Any]:
        """Read what is asked for, without the white space around it.

        :raises UnreadableRequest: when it does not validate
        """
        asked = request.GET
        if not asked:
            return dict(self.usual)
        given: dict[str, Any] = {name: asked[name].strip() for name in self._names if name in asked}
        for name in self._repeated & given.keys():
            given[name] = [text for each in asked.getlist(name) if (text := each.strip())] or None
        try:
            found: dict[str, Any] = self.model.model_validate(given).model_dump()
        except ValidationError as problem:
            context = ValidationErrorContext(pydantic_validation_error=problem, model=self.model)
            raise UnreadableRequest([context]) from None
        return found
