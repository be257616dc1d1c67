"""Reading what the assistant has written and is about to write."""

from collections.abc import Collection

from django.db.models import QuerySet

from onward.domain.assistant.choices import OPEN, Kind
from onward.domain.assistant.models import Generation, Task
from onward.platform.refusals import Missing
from onward.platform.wire import OWNER


def history(kinds: Collection[Kind] = tuple(Kind)) -> QuerySet[Generation]:
    """Return what was written for one person, of these kinds; the statement takes ``owner_id``."""
    return Generation.objects.filter(owner_id=OWNER, kind__in=kinds)


def favorites(kinds: Collection[Kind] = tuple(Kind)) -> QuerySet[Generation]:
    """Return a person's favourites of these kinds, the latest first; the statement takes ``owner_id``."""
    return history(kinds).filter(is_favorite=True).order_by("-created_at", "-pk")


def tasks() -> QuerySet[Task]:
    """Return one person's tasks; the statement takes ``owner_id``."""
    return Task.objects.filter(owner_id=OWNER)


def pending() -> QuerySet[Task]:
    """Return the tasks that are not at an end, the latest first; the statement takes ``owner_id``."""
    return tasks().filter(status__in=OPEN).order_by("-created_at", "-pk")


def generation(*, owner_id: int, pk: int, kinds: Collection[Kind] = tuple(Kind)) -> Generation:
    """Return one thing that was written for somebody.

    :raises Missing: when there is none of that number and these kinds, or it is another's
    """
    found = Generation.objects.filter(owner_id=owner_id, pk=pk, kind__in=kinds).first()
    if found is None:
        raise Missing()
    return found


def task(*, owner_id: int, pk: int) -> Task:
    """Return one of somebody's tasks.

    :raises Missing: when there is none of that number, or it is another's
    """
    found = Task.objects.defer("request").filter(owner_id=owner_id, pk=pk).first()
    if found is None:
        raise Missing()
    return found
