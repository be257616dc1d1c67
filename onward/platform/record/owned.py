"""Rows that are somebody's, asked for by their uid."""

from typing import Any, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import QuerySet

from onward.platform.refusals import Forbidden, Missing, Refusal

M = TypeVar("M", bound=models.Model)


def owned(rows: QuerySet[M], *, owner_id: int, uid: UUID, called: str, owner: str = "owner_id") -> M:
    """Return somebody's row.

    :param rows: where to look
    :param called: what the person calls it: "application"
    :param owner: the path to its owner's id, where it is not its own column
    :raises Forbidden: "Not your application", when it is another's
    :raises Missing: "Application not found", when it is not there
    """
    found = rows.filter(**{owner: owner_id, "uid": uid}).first()
    if found is None:
        raise refused(rows, uid=uid, called=called)
    return found


def refused(rows: QuerySet[Any], *, uid: UUID, called: str) -> Refusal:
    """Return why somebody does not get a row that is not among theirs: it is another's, or it is not there."""
    if rows.filter(uid=uid).exists():
        return Forbidden(f"Not your {called}")
    return missing(called)


def missing(called: str) -> Missing:
    """Return the refusal of what is not there: "Application not found"."""
    return Missing(f"{called[:1].upper()}{called[1:]} not found")
