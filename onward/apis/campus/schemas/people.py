"""People as they are named beside what they have written, teach or take part in."""

from typing import Annotated, Any

from django.db.models.functions import Coalesce
from pydantic import AliasChoices, BeforeValidator, Field

from onward.platform.wire import From, Id, Wire


def _id_of(value: object) -> object:
    """Return the id of a reference as it is shown: ``{"id": 7, …}``."""
    return value["id"] if isinstance(value, dict) and "id" in value else value


def reference(name: str, **how: Any) -> Any:
    """Describe, for a body, a field that names a row: ``course_id``, or ``course`` with the id or as it is shown.

    ``course_id: Annotated[Id, REFERENCE] = reference("course")``

    :param how: a ``default``, where it need not be sent
    """
    return Field(validation_alias=AliasChoices(f"{name}_id", name), **how)


# Goes with `reference`.
REFERENCE = BeforeValidator(_id_of)
Reference = Annotated[Id, REFERENCE]


class PersonOut(Wire):
    """Somebody, by the name that they go by here."""

    id: int
    username: str
    display_name: Annotated[str, From(lambda at: Coalesce(at("display_name"), at("username")))]
