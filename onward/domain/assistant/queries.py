"""Reading what the assistant has written and is about to write."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from onward.domain.assistant.choices import OPEN, Kind, TaskStatus
from onward.domain.assistant.models import Generation, Task
from onward.platform.refusals import Missing
from onward.platform.wire import OWNER

# Of what was written for one application, so much is shown; so long a failure stands there.
MOST = 20
FAILURES_FOR = timedelta(days=1)


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


def about(*, owner_id: int, application_id: int, kinds: Collection[Kind]) -> list[Generation]:
    """Return what was written for one of somebody's applications, the latest first; at most `MOST`."""
    rows = Generation.objects.filter(owner_id=owner_id, application_id=application_id, kind__in=kinds)
    return list(rows.order_by("-created_at", "-pk")[:MOST])


def unsettled(*, owner_id: int, application_id: int, at: datetime) -> list[Task]:
    """Return the tasks of an application that are not at an end, and those that failed within a day."""
    rows = Task.objects.filter(owner_id=owner_id, request__application_id=application_id)
    failed = Q(status=TaskStatus.FAILED, ended_at__gt=at - FAILURES_FOR)
    return list(rows.filter(Q(status__in=OPEN) | failed).defer("request", "result").order_by("-created_at", "-pk"))


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
