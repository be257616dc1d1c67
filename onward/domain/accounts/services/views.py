"""Views of the board and the table that somebody keeps: a name, and what the address asks for."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from onward.domain.accounts.models import User
from onward.platform.record import locked, name_key
from onward.platform.refusals import Conflict, Invalid, Missing

MOST = 30
LONGEST_NAME, LONGEST_QUERY = 50, 1000

View = dict[str, Any]


def keep(*, user_id: int, name: str, query: str, at: datetime) -> None:
    """Keep a view. One of the same name, in whatever case, is replaced.

    :param query: of the address, with its question mark
    :raises Invalid: naming what is empty or too long
    :raises Conflict: when there are as many as one may have
    """
    name = " ".join(name.split())
    problems = {}
    if not 0 < len(name) <= LONGEST_NAME:
        problems["name"] = [f"A name has 1 to {LONGEST_NAME} characters."]
    if len(query) > LONGEST_QUERY:
        problems["query"] = [f"At most {LONGEST_QUERY} characters."]
    if problems:
        raise Invalid(fields=problems)

    def kept(views: list[View]) -> list[View]:
        others = [view for view in views if name_key(view["name"]) != name_key(name)]
        if len(others) >= MOST:
            raise Conflict(f"There are {MOST} views already. Delete one first.")
        return [*others, {"id": uuid.uuid4().hex, "name": name, "query": query, "pinned": True}]

    _change(user_id, kept, at=at)


def pin(*, user_id: int, view_id: str, pinned: bool, at: datetime) -> None:
    """Show a view in the rail, or only among the others. :raises Missing: when there is none"""

    def moved(views: list[View]) -> list[View]:
        return [{**view, "pinned": pinned} if view["id"] == view_id else view for view in _with(view_id, views)]

    _change(user_id, moved, at=at)


def delete(*, user_id: int, view_id: str, at: datetime) -> View:
    """Delete a view. :returns: what it was, for `put_back` :raises Missing: when there is none"""
    gone: list[View] = []

    def without(views: list[View]) -> list[View]:
        gone.extend(view for view in _with(view_id, views) if view["id"] == view_id)
        return [view for view in views if view["id"] != view_id]

    _change(user_id, without, at=at)
    return gone[0]


def put_back(*, user_id: int, view: View, at: datetime) -> None:
    """Keep a view again that was deleted.

    :raises Conflict: when another has its name by now, or there are as many as one may have
    """

    def with_it(views: list[View]) -> list[View]:
        if any(name_key(each["name"]) == name_key(view["name"]) for each in views):
            raise Conflict("There is another view of this name.")
        if len(views) >= MOST:
            raise Conflict(f"There are {MOST} views already. Delete one first.")
        return [*views, view]

    _change(user_id, with_it, at=at)


def _with(view_id: str, views: list[View]) -> list[View]:
    if all(view["id"] != view_id for view in views):
        raise Missing()
    return views


@transaction.atomic
def _change(user_id: int, do: Callable[[list[View]], list[View]], *, at: datetime) -> None:
    user = locked(User(pk=user_id))
    user.views = sorted(do(user.views), key=lambda view: name_key(view["name"]))
    user.updated_at = at
    user.save(update_fields=["views", "updated_at"])
