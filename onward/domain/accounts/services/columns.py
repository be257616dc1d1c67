"""Columns of the board and the table, as somebody names, orders, hides and folds them.

They are names on a screen: the record's statuses stay. What is kept is ``{"board": [{"key", "name", "folded",
"hidden"}, …], "table": ["status", …]}``; what is not in it is as usual.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction

from onward.domain.accounts.models import User
from onward.platform.record import locked
from onward.platform.refusals import Invalid, Missing

LONGEST_NAME = 30


class Column(NamedTuple):
    """A column of the board. :ivar name: what its owner calls it; empty where it has its usual name"""

    key: str
    name: str = ""
    folded: bool = False
    hidden: bool = False


def arranged(kept: Iterable[Mapping[str, Any]], usual: Sequence[Column]) -> list[Column]:
    """Return all columns in their owner's order. :param usual: all that there are, as they come"""
    known = {column.key for column in usual}
    found = {each["key"]: Column(**each) for each in kept if each["key"] in known}
    columns = list(found.values())
    for place, column in enumerate(usual):
        if column.key not in found:
            columns.insert(place, column)
    return columns


def change(
    *,
    user_id: int,
    key: str,
    usual: Sequence[Column],
    at: datetime,
    name: str | None = None,
    folded: bool | None = None,
    hidden: bool | None = None,
    by: int = 0,
) -> None:
    """Change what is given of one column of the board.

    :param by: -1 moves it one to the left among those that are shown, 1 to the right
    :raises Missing: when there is no such column
    :raises Invalid: when its name is too long, or no column would be shown
    """
    if key not in {column.key for column in usual}:
        raise Missing()
    given: dict[str, Any] = {"name": name, "folded": folded, "hidden": hidden}
    changes = {field: value for field, value in given.items() if value is not None}

    def changed(kept: dict[str, Any]) -> dict[str, Any]:
        columns = [
            column._replace(**changes) if column.key == key else column
            for column in arranged(kept.get("board", ()), usual)
        ]
        if by:
            columns = _moved(columns, key, by)
        return {**kept, "board": _board(columns)}

    _change(user_id, changed, at=at)


def _moved(columns: list[Column], key: str, by: int) -> list[Column]:
    place = next(number for number, column in enumerate(columns) if column.key == key)
    to = place + by
    while 0 <= to < len(columns) and columns[to].hidden:
        to += by
    if 0 <= to < len(columns):
        columns.insert(to, columns.pop(place))
    return columns


def arrange(*, user_id: int, columns: Sequence[Column], at: datetime) -> None:
    """Keep all columns of the board. :raises Invalid: when a name is too long, or no column would be shown"""
    _change(user_id, lambda kept: {**kept, "board": _board(columns)}, at=at)


def choose(*, user_id: int, names: Sequence[str], at: datetime) -> None:
    """Keep which columns the table shows, in this order; with none, the usual ones."""
    _change(user_id, lambda kept: {**kept, "table": list(dict.fromkeys(names))}, at=at)


def reset(*, user_id: int, at: datetime) -> None:
    """Have all columns as they come."""
    _change(user_id, lambda _: {}, at=at)


def _board(columns: Sequence[Column]) -> list[dict[str, Any]]:
    columns = [column._replace(name=" ".join(column.name.split())) for column in columns]
    if any(len(column.name) > LONGEST_NAME for column in columns):
        raise Invalid(fields={"name": [f"At most {LONGEST_NAME} characters."]})
    if all(column.hidden for column in columns):
        raise Invalid("At least one column is shown.")
    return [column._asdict() for column in columns]


@transaction.atomic
def _change(user_id: int, do: Callable[[dict[str, Any]], dict[str, Any]], *, at: datetime) -> None:
    user = locked(User(pk=user_id))
    user.columns, user.updated_at = do(user.columns), at
    user.save(update_fields=["columns", "updated_at"])
