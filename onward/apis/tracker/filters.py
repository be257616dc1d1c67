"""What a list may be filtered by, read from the address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q, TextChoices
from django.db.models.lookups import Exact
from django.http import HttpRequest

from onward.platform.lens import Lens
from onward.platform.refusals import Invalid
from onward.platform.wire import MAX_INT8, Param


class Filter:
    """One name in the address, and the column that it filters by."""

    field: models.Field[Any, Any] = models.TextField()
    schema: dict[str, Any] = {"type": "string"}

    def __init__(self, path: str) -> None:
        self.path = path

    def condition(self, value: Param) -> Q:
        """Give the condition that the statement puts."""
        return Q(**{self.path: value})

    def read(self, name: str, text: str) -> Any:
        """Read what stands in the address.

        :raises Invalid: when it cannot be meant
        """
        return text


class ByWord(Filter):
    """By one of a field's words. :param words: the words"""

    def __init__(self, path: str, words: type[TextChoices]) -> None:
        super().__init__(path)
        self.words = words
        self.schema = {"type": "string", "enum": list(words.values)}

    def read(self, name: str, text: str) -> str:
        if text not in self.words.values:
            raise Invalid(fields={name: [f"Select a valid choice. {text} is not one of the available choices."]})
        return text


class ByLens(Filter):
    """By one of a contract's words. :param lens: what finds everything that looks like the word"""

    def __init__(self, path: str, lens: Lens) -> None:
        super().__init__(path)
        self.lens = lens
        self.schema = {"type": "string", "enum": list(lens.words)}

    def condition(self, value: Param) -> Q:
        return Q(Exact(self.lens.case(self.path), value))

    def read(self, name: str, text: str) -> str:
        if text not in self.lens.words:
            raise Invalid(fields={name: [f"Select a valid choice. {text} is not one of the available choices."]})
        return text


class ById(Filter):
    """By the id of a related row."""

    field = models.BigIntegerField()
    schema: dict[str, Any] = {"type": "integer"}

    def read(self, name: str, text: str) -> int:
        return number_asked(name, text, least=-MAX_INT8, most=MAX_INT8)


class ByUuid(Filter):
    """By a row's UUID."""

    field = models.UUIDField()

    def read(self, name: str, text: str) -> UUID:
        try:
            return UUID(text)
        except ValueError:
            raise Invalid(fields={name: [f"{text} is not a valid UUID."]}) from None


class Filters:
    """What one list may be filtered by."""

    def __init__(self, **filters: Filter) -> None:
        self.all = filters
        self.conditions = {name: one.condition for name, one in filters.items()}
        self.values = {name: one.field for name, one in filters.items()}

    def read(self, request: HttpRequest) -> Mapping[str, Any]:
        """Read what the address asks for; an empty value asks for nothing.

        :raises Invalid: when a value cannot be meant
        """
        return {name: one.read(name, text) for name, one in self.all.items() if (text := text_asked(request, name))}


def list_parameters(filters: Filters, *, search: str, orders: Iterable[str]) -> dict[str, Any]:
    """Describe, for OpenAPI, what the address of a list may say.

    :param search: where a search looks
    """
    known = [sign + name for name in orders for sign in ("", "-")]
    return parameters(
        search=("Every word must stand in one of: " + search, {"type": "string"}),
        **{name: ("", one.schema) for name, one in filters.all.items()},
        ordering=("The order; `-` turns it round", {"type": "string", "enum": known}),
        page=("The page, from 1", {"type": "integer", "minimum": 1}),
        page_size=("Rows a page", {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}),
    )


def parameters(**described: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    """Describe, for OpenAPI, parameters that are read from the address; each by what it means and its schema."""
    return {
        "parameters": [
            {"name": name, "in": "query", "required": False, "schema": schema, "description": meaning}
            for name, (meaning, schema) in described.items()
        ]
    }


def text_asked(request: HttpRequest, name: str) -> str:
    """Read a text from the address, without the white space around it.

    :raises Invalid: when no database can be asked for it
    """
    text: str = request.GET.get(name, "").strip()
    if "\x00" in text:
        raise Invalid(fields={name: ["Null characters are not allowed."]})
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Invalid(fields={name: ["This is not valid Unicode text."]}) from None
    return text


def number_asked(name: str, text: str, *, least: int, most: int) -> int:
    """Read a whole number.

    :raises Invalid: when it is none, or out of bounds
    """
    digits = text.removeprefix("-")
    # Twenty digits are beyond every bound.
    if not (digits.isascii() and digits.isdigit() and len(digits) < 20):
        raise Invalid(fields={name: ["A valid integer is required."]})
    number = int(text)
    if not least <= number <= most:
        raise Invalid(fields={name: [f"Ensure this value lies between {least} and {most}."]})
    return number
