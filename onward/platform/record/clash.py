"""Hearing from the database that something is there already."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError

from onward.platform.refusals import Conflict


@contextmanager
def clash(*, constraint: str, column: str, refusal: Conflict) -> Iterator[None]:
    """Refuse in words what a unique constraint refuses. A transaction belongs inside it: what it has written is undone.

    :param constraint: its name, by which PostgreSQL calls it
    :param column: one of its columns with its table, by which SQLite does: ``applications_outcome.application_id``
    """
    try:
        yield
    except IntegrityError as problem:
        if constraint in str(problem) or column in str(problem):
            raise refusal from None
        raise
