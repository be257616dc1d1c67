"""What the desk's lists are filtered by that is no column's word or number."""

from collections.abc import Mapping
from typing import Annotated, Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import StrIndex
from django.db.models.lookups import Exact, GreaterThan
from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from onward.apis.base import Request
from onward.apis.filters import Condition, Filter
from onward.apis.outreach.schemas.internships import BY_HAND
from onward.domain.outreach.queries import leads
from onward.platform.wire import MAX_INT8, Fold

ME, NOBODY = "me", "none"


class ByPlace(Filter):
    """By a part of where it is, in any case; ``remote``, ``hybrid`` and ``onsite`` are places, too."""

    def conditions(self, name: str) -> dict[str, Condition]:
        def somewhere(value: Any) -> Q:
            in_text = Q(GreaterThan(StrIndex(Fold(F(f"{self.path}__location")), Fold(value)), 0))
            return in_text | Q(Exact(F(f"{self.path}__work_mode"), Fold(value)))

        return {name: somewhere}


class BySource(Filter):
    """By the name of a source that has told of it; ``manual`` is what was made by hand."""

    def conditions(self, name: str) -> dict[str, Condition]:
        return {
            name: lambda value: Q(leads.seen_at(value)),
            f"{name} by hand": lambda _: ~Q(leads.seen_anywhere()),
        }

    def chosen(self, request: Request, name: str, value: Any) -> tuple[str, Any]:
        return (f"{name} by hand" if value == BY_HAND else name), value


def _number_or_word(value: Any) -> Any:
    if isinstance(value, str) and value not in {ME, NOBODY}:
        if not (value.isascii() and value.isdigit() and int(value) <= MAX_INT8):
            raise PydanticCustomError("assignee", "The number of an account, 'me' or 'none' is required.")
        return int(value)
    return value


class ByAssignee(Filter):
    """By whose it is: a number, ``me``, or ``none`` for nobody's."""

    kind = Annotated[int | str, BeforeValidator(_number_or_word)]
    schema: Mapping[str, Any] = {"anyOf": [{"type": "integer"}, {"type": "string", "enum": [ME, NOBODY]}]}
    field = models.BigIntegerField()

    def conditions(self, name: str) -> dict[str, Condition]:
        return {
            name: lambda value: Q(**{self.path: value}),
            f"{name} nobody": lambda _: Q(**{f"{self.path}__isnull": True}),
        }

    def chosen(self, request: Request, name: str, value: Any) -> tuple[str, Any]:
        if value == NOBODY:
            return f"{name} nobody", None
        return name, request.auth.user_id if value == ME else value
