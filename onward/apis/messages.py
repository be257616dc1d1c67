"""What people are told of a field that does not validate, for the APIs that say it field by field."""

from collections.abc import Iterable, Mapping
from typing import Any

# Under which name it is told what concerns several fields, or none.
WHOLE = "non_field_errors"

_MESSAGES = {
    "missing": "This field is required.",
    "string_type": "Not a valid string.",
    "string_too_long": "Ensure this field has no more than {max_length} characters.",
    "too_long": "Ensure this field has no more than {max_length} characters.",
    "int_type": "A valid integer is required.",
    "int_parsing": "A valid integer is required.",
    "int_parsing_size": "A valid integer is required.",
    "int_from_float": "A valid integer is required.",
    "finite_number": "A valid number is required.",
    "float_type": "A valid number is required.",
    "float_parsing": "A valid number is required.",
    "decimal_type": "A valid number is required.",
    "decimal_parsing": "A valid number is required.",
    "decimal_max_digits": "Ensure that there are no more than {max_digits} digits in total.",
    "decimal_max_places": "Ensure that there are no more than {decimal_places} decimal places.",
    "decimal_whole_digits": "Ensure that there are no more than {whole_digits} digits before the decimal point.",
    "bool_type": "Must be a valid boolean.",
    "bool_parsing": "Must be a valid boolean.",
    "greater_than_equal": "Ensure this value is greater than or equal to {ge}.",
    "less_than_equal": "Ensure this value is less than or equal to {le}.",
    "greater_than": "Ensure this value is greater than {gt}.",
    "less_than": "Ensure this value is less than {lt}.",
    "list_type": "Expected a list of items.",
    "dict_type": "Expected a dictionary of items.",
}
_IN_AN_ADDRESS = {
    "choice": "Select a valid choice. {value} is not one of the available choices.",
    "enum": "Select a valid choice. {value} is not one of the available choices.",
    "uuid_parsing": "{value} is not a valid UUID.",
}
_DATE = "Date has wrong format. Use one of these formats instead: YYYY-MM-DD."
_DATETIME = (
    "Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]."
)


def by_field(problems: Iterable[tuple[str, Any]]) -> dict[str, list[str]]:
    """Return what is wrong by field. :param problems: each with where it is ("body", "query"), as Pydantic says it"""
    fields: dict[str, list[str]] = {}
    for source, error in problems:
        fields.setdefault(_field(source, error["loc"]), []).append(_message(source, error))
    return fields


def renamed(fields: Mapping[str, list[str]], names: Mapping[str, str]) -> dict[str, list[str]]:
    """Return what is wrong by the document's names. :param names: by the record's, where they differ"""
    return {names.get(name, name): problems for name, problems in fields.items()}


def _field(source: str, location: tuple[Any, ...]) -> str:
    # Ninja puts the name of the endpoint's parameter first.
    names = [part for part in location[1:] if isinstance(part, str)]
    if names:
        return names[0]
    return str(location[0]) if source in {"form", "file", "query"} and location else WHOLE


def _message(source: str, error: Any) -> str:
    kind: str = error["type"]
    if source == "query" and kind in _IN_AN_ADDRESS:
        return _IN_AN_ADDRESS[kind].format(value=error["input"])
    if kind in {"model_attributes_type", "model_type", "dict_type"} and len(error["loc"]) == 1:
        return f"Invalid data. Expected a dictionary, but got {type(error['input']).__name__}."
    if error["input"] is None and kind != "missing":
        return "This field may not be null."
    if kind == "string_too_short":
        return "This field may not be blank."
    if kind in _MESSAGES:
        return _MESSAGES[kind].format(**error.get("ctx", {}))
    if kind.startswith(("datetime_", "timezone_")) and kind != "datetime_format":
        return _DATETIME
    if kind.startswith("date_") and kind not in {"date_range", "date_format"}:
        return _DATE
    return str(error["msg"]).removeprefix("Value error, ")
