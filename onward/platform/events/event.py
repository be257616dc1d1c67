from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, ClassVar
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened. A subclass names it and carries what its reactions need, so that none has to ask again.

    :param owner_id: whose record it happened in; None when it is nobody's
    :param at: when it happened
    """

    name: ClassVar[str]

    owner_id: int | None
    at: datetime

    def payload(self) -> dict[str, Any]:
        """Return the fields of the subclass as JSON has them: instants in UTC with a Z, ids and decimals as text."""
        kind: Any = type(self)
        return {name: plain(getattr(self, name)) for name in _own_fields(kind)}


@cache
def _own_fields(event: Any) -> tuple[str, ...]:
    return tuple(f.name for f in fields(event) if f.name not in {"owner_id", "at"})


_AS_IT_IS = frozenset({str, int, bool, float, type(None)})


def plain(value: Any) -> Any:
    """Turn a value into one that JSON knows.

    :raises TypeError: when there is no obvious way
    """
    if type(value) in _AS_IT_IS:
        return value
    match value:
        case Enum():
            return value.value
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case UUID() | Decimal():
            return str(value)
        case list() | tuple():
            return [plain(item) for item in value]
        case dict():
            return {str(key): plain(item) for key, item in value.items()}
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")
