"""What a client sends: one strict base for every request body."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any
from urllib.parse import urlsplit

from annotated_types import Ge, GroupedMetadata, Le, MaxLen, MinLen
from django.db.models import TextChoices
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    field_validator,
)
from pydantic_core import PydanticCustomError

MAX_INT4 = 2**31 - 1
MAX_INT8 = 2**63 - 1
FIRST_YEAR, LAST_YEAR = 1900, 2200
LONGEST_TEXT = 100_000
DEEPEST = 32


class Body(BaseModel):
    """A request body: unknown fields are passed over, and no value can hurt what it is stored in."""

    model_config = ConfigDict(extra="ignore", str_max_length=LONGEST_TEXT)

    def __init_subclass__(cls, **options: Any) -> None:
        # Pydantic hands its options on to here too.
        super().__init_subclass__()

    @classmethod
    def __pydantic_init_subclass__(cls, *, partial: bool = False, **more: Any) -> None:
        """Make a body. :param partial: it has the fields of its base, and none of them must be sent"""
        super().__pydantic_init_subclass__(**more)
        if partial:
            for field in cls.model_fields.values():
                if field.is_required():
                    # Never used: what is not sent is left out.
                    field.default_factory = type(None)
            cls.model_rebuild(force=True)

    @field_validator("*", mode="before")
    @classmethod
    def _storable(cls, value: Any) -> Any:
        storable(value)
        return value


def storable(value: Any, depth: int = 0) -> None:
    """Refuse what a database cannot keep: NUL, lone surrogates, numbers that are none, and bottomless nesting.

    :raises PydanticCustomError: which names the field where Pydantic calls this
    """
    if isinstance(value, str):
        if "\x00" in value:
            raise PydanticCustomError("null_character", "Null characters are not allowed.")
        if not value.isascii():
            try:
                value.encode()
            except UnicodeEncodeError:
                raise PydanticCustomError("surrogate", "This is not valid Unicode text.") from None
    elif isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            raise PydanticCustomError("finite_number", "A valid number is required.")
    elif isinstance(value, dict | list):
        if depth >= DEEPEST:
            raise PydanticCustomError("too_deep", "This is nested too deeply.")
        for item in value if isinstance(value, list) else [*value.keys(), *value.values()]:
            if item.__class__ is not int:
                storable(item, depth + 1)


@dataclass(frozen=True)
class Text(GroupedMetadata):
    """Text of so many characters, without the white space around it: ``Annotated[str, Text(255)]``."""

    longest: int = LONGEST_TEXT
    shortest: int = 0

    def __iter__(self) -> Iterator[object]:
        # The bounds first: they are then the text's own, also in the schema, and what follows runs before them.
        yield MinLen(self.shortest)
        yield MaxLen(self.longest)
        yield BeforeValidator(_stripped)


def _stripped(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    stripped = value.strip()
    # What shows nothing at all says nothing.
    return stripped if stripped.isascii() or any(letter.isprintable() for letter in stripped) else ""


def _in_range(value: date | datetime) -> Any:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise PydanticCustomError("date_range", f"The year must lie between {FIRST_YEAR} and {LAST_YEAR}.")
    return value


def _day(value: Any) -> Any:
    # Pydantic would take 0 for the first day of 1970, and an instant for its day.
    if isinstance(value, bool | int | float) or (
        isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip(), re.ASCII)
    ):
        raise PydanticCustomError("date_format", "Date has wrong format. Use one of these formats instead: YYYY-MM-DD.")
    return value


def _moment(value: Any) -> Any:
    if isinstance(value, bool | int | float) or (
        isinstance(value, str) and not re.match(r"\d{4}-\d{2}-\d{2}", value.strip(), re.ASCII)
    ):
        raise PydanticCustomError(
            "datetime_format",
            "Datetime has wrong format. Use one of these formats instead: "
            "YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].",
        )
    return value


def _universal(value: datetime) -> datetime:
    if value.tzinfo is None:
        return value
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise PydanticCustomError("date_range", f"The year must lie between {FIRST_YEAR} and {LAST_YEAR}.") from None


# A scheme, and not a host with its port.
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?!\d{1,5}(?:[/?#]|$))")


def _with_scheme(value: Any) -> Any:
    """Return an address as people write it, ``example.org/jobs``, with ``https://`` before it."""
    if not isinstance(value, str) or not value or _SCHEME.match(value):
        return value
    address = value.removeprefix("//")
    host = re.split(r"[/?#:]", address, maxsplit=1)[0]
    return f"https://{address}" if "." in host.strip(".") or host == "localhost" else value


def _web_address(value: str) -> str:
    if not value:
        return value
    if any(c.isspace() or not c.isprintable() for c in value):
        raise PydanticCustomError("url", "Enter a valid URL.")
    try:
        parts = urlsplit(value)
        port_is_fine = parts.port is None or 0 < parts.port < 65536
    except ValueError:
        port_is_fine = False
    if not port_is_fine or parts.scheme not in {"http", "https"} or not parts.hostname:
        raise PydanticCustomError("url", "Enter a valid URL.")
    return value


@dataclass(frozen=True)
class WebAddress(GroupedMetadata):
    """An address of http:// or https://, which goes without saying, or nothing: ``Annotated[str, WebAddress(500)]``."""

    longest: int

    def __iter__(self) -> Iterator[object]:
        yield MaxLen(self.longest)
        yield BeforeValidator(_with_scheme)
        yield BeforeValidator(_stripped)
        yield AfterValidator(_web_address)


# A whole number in its only spelling: "+1", "01", " 1" and "1.0" name nothing.
_NUMBER = re.compile(r"-?[1-9][0-9]*|0")


def _spelled(value: Any) -> Any:
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        raise PydanticCustomError("int_parsing", "A valid integer is required.")
    return value


def _whole(value: Any) -> Any:
    if isinstance(value, bool):
        raise PydanticCustomError("int_type", "A valid integer is required.")
    return value


@dataclass(frozen=True)
class Choice(GroupedMetadata):
    """One of these words: ``Annotated[str, Choice(Status)]``.

    :param words: all of a column's, or those that an API has words for
    :param blank: a word that stands for none of them, where that is allowed
    """

    words: type[TextChoices] | Sequence[TextChoices]
    blank: str | None = None

    def __iter__(self) -> Iterator[object]:
        words = [word.value for word in self.words]
        known = words if self.blank is None else [*words, self.blank]

        def check(value: str) -> str:
            if value not in known:
                raise PydanticCustomError("choice", '"{value}" is not a valid choice.', {"value": value})
            return value

        yield AfterValidator(check)
        yield WithJsonSchema({"type": "string", "enum": known})


class OneOf(GroupedMetadata):
    """One of these words: ``Annotated[str, OneOf("Like", "Support")]``. None of them stands for null."""

    def __init__(self, *words: str | None) -> None:
        self.words = tuple(word for word in words if word is not None)

    def __iter__(self) -> Iterator[object]:
        known = self.words
        expected = " or ".join(filter(None, (", ".join(f"'{word}'" for word in known[:-1]), f"'{known[-1]}'")))

        def check(value: str) -> str:
            if value not in known:
                raise PydanticCustomError("enum", "Input should be {expected}", {"expected": expected})
            return value

        yield AfterValidator(check)
        yield WithJsonSchema({"type": "string", "enum": list(known)})


def _nothing(value: Any) -> Any:
    return None if isinstance(value, str) and not _stripped(value) else value


# Forms send an empty text where they mean nothing: ``Annotated[Date | None, EMPTY_IS_NULL]``.
EMPTY_IS_NULL = BeforeValidator(_nothing)


def empty_is(usual: Any) -> BeforeValidator:
    """Take nothing said for the usual: ``Annotated[Word, empty_is("Other")]``."""
    return BeforeValidator(lambda value: usual if _nothing(value) is None else value)


@dataclass(frozen=True)
class Whole(GroupedMetadata):
    """A whole number in these bounds, both included: ``Annotated[int, Whole(1, 5)]``."""

    least: int
    most: int

    def __iter__(self) -> Iterator[object]:
        yield Ge(self.least)
        yield Le(self.most)
        yield BeforeValidator(_whole)


Unsigned4 = Annotated[int, Whole(0, MAX_INT4)]
# Where text is read as a number: ``Annotated[int, Whole(1, 5), IN_DIGITS]``.
IN_DIGITS = BeforeValidator(_spelled)
Id = Annotated[int, Whole(-(2**63), MAX_INT8), IN_DIGITS]
Date = Annotated[date, BeforeValidator(_day), AfterValidator(_in_range)]
Instant = Annotated[
    datetime, BeforeValidator(_moment), AfterValidator(_in_range), AfterValidator(_universal), AfterValidator(_in_range)
]
Rating = Annotated[Decimal, Field(ge=0, le=5, max_digits=2, decimal_places=1, allow_inf_nan=False)]


def _code(value: Any) -> Any:
    # What an authenticator app shows has six digits; a number has lost those that were 0 before it.
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1_000_000:
        return f"{value:06d}"
    return value


# A code of six digits may come as a JSON number: ``Annotated[str, Text(32), CODE_AS_NUMBER]``.
CODE_AS_NUMBER = BeforeValidator(_code)
